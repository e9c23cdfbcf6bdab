"""Does the audit of dependencies see each fault that is planted, and nothing where there is none?"""

import json
import os
import subprocess
import sys
from datetime import date
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tools.ask_advisories import known_weaknesses
from tools.audit_dependencies import (
    REGISTRIES,
    ROOT,
    imported,
    is_allowed,
    licences_of,
    loose_pins,
    named_registries,
    pins_of,
    refused_licences,
    strangers,
    told_of_age,
    undeclared,
    weak,
)

HASH = "--hash=sha256:" + "0" * 64
LOCK = f"""numpy==2.4.6 ; python_full_version < '3.12' \\
    {HASH}
numpy==2.5.5 \\
    {HASH}
Zope.x==1 {HASH}
"""
WORDS = {"MIT License": "MIT", "Apache Software License": "Apache-2.0"}
RULES = {"allowed": ["MIT", "Apache-2.0 WITH LLVM-exception"], "words": WORDS, "licence": []}
ADVISORY = {"id": "X-1", "package": "NumPy", "affected": ">=2.5,<2.6", "what": "planted", "source": "here"}


class Installed:
    """An installed package that says of itself what a test wants."""

    def __init__(self, name: str, version: str = "1", **said: str) -> None:
        self.name, self.version, self.metadata = name, version, Message()
        for key, value in said.items():
            self.metadata[key.replace("_", "-")] = value


def test_a_lock_is_read_with_a_version_for_each_python() -> None:
    assert pins_of(LOCK) == {"numpy": {"2.4.6", "2.5.5"}, "zope-x": {"1"}}
    assert list(loose_pins("run.lock", LOCK)) == []


@pytest.mark.parametrize("line", ["x==1", "x>=1 " + HASH, "x @ https://example.org/x.zip " + HASH, "-e ."])
def test_a_dependency_that_is_not_pinned_with_a_hash_is_seen(line: str) -> None:
    assert len(list(loose_pins("run.lock", LOCK + line + "\n"))) == 1


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License_Expression": "MIT AND Zlib"}, "MIT AND Zlib"),
        ({"Classifier": "License :: OSI Approved :: MIT License", "License": "whatever it is"}, "MIT"),
        ({"License": "Apache Software License"}, "Apache-2.0"),
        ({"License": "GPL-3.0"}, "GPL-3.0"),
        ({"License": "UNKNOWN"}, ""),
        ({}, ""),
    ],
)
def test_a_licence_is_read_from_what_is_installed(said: dict[str, str], licence: str) -> None:
    assert licences_of(Installed("x", **said).metadata, WORDS) == licence


def test_of_two_licences_we_may_choose_and_two_at_once_bind_us_both() -> None:
    allowed = ["MIT", "Apache-2.0 WITH LLVM-exception"]
    assert is_allowed("GPL-3.0-only OR MIT", allowed)
    assert is_allowed("(MIT AND Apache-2.0 WITH LLVM-exception)", allowed)
    for refused in ("MIT AND GPL-2.0-only", "Apache-2.0", "AGPL-3.0-only", ""):
        assert not is_allowed(refused, allowed)


def test_a_licence_not_allowed_is_seen_and_an_excuse_has_a_reason_and_holds_for_one_licence() -> None:
    gpl, silent = Installed("x", License_Expression="GPL-3.0-only"), Installed("x")
    pins = pins_of(f"x==1 {HASH}\n")

    def told(package: Installed, *excuses: dict[str, str]) -> str:
        return "".join(refused_licences([package], pins, {**RULES, "licence": excuses}))

    excuse = {"package": "x", "licence": "Apache-2.0", "because": "its file says so"}
    assert "GPL-3.0-only" in told(gpl)
    assert "not said" in told(silent)
    assert told(silent, excuse) == ""
    assert "without a reason" in told(silent, excuse | {"because": " "})
    assert "now under GPL-3.0-only" in told(gpl, excuse)
    assert told(Installed("of-nobody", License_Expression="GPL-3.0-only")) == ""


def test_what_is_installed_beside_the_locks_or_in_another_version_is_seen() -> None:
    pins = pins_of(LOCK)
    assert list(strangers([Installed("numpy", "2.4.6"), Installed("pip")], pins, ["pip"])) == []
    assert "in no lock" in "".join(strangers([Installed("left-pad")], pins, []))
    assert "which no lock says" in "".join(strangers([Installed("numpy", "2.4.7")], pins, []))


def test_an_import_nobody_declared_and_a_declaration_nobody_imports_are_seen(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import json, yaml.parser\nfrom lxml import etree\nfrom . import b\n")
    imports = imported(tmp_path)
    assert set(imports) == {"yaml", "lxml"}
    providers = {"yaml": ["PyYAML"], "lxml": ["lxml"]}
    assert list(undeclared(imports, providers, {"lxml", "pyyaml"}, set())) == []
    told = list(undeclared(imports, providers, {"lxml", "unused", "excused"}, {"excused"}))
    assert [line.split(":")[0] for line in told] == [str(tmp_path / "a.py"), "unused"]


def test_a_locked_version_that_is_known_to_be_weak_is_seen() -> None:
    assert [line.split(",")[0] for line in weak(pins_of(LOCK), [ADVISORY])] == ["NumPy 2.5.5: X-1"]
    assert list(weak(pins_of(LOCK), [ADVISORY | {"affected": "<2.4.6"}])) == []


def test_an_old_list_of_weaknesses_is_told_and_never_fails() -> None:
    assert told_of_age("2026-11-01", date(2026, 11, 26)) == ""
    assert "208 days" in told_of_age("2026-05-02", date(2026, 11, 26))
    assert "nobody" in told_of_age("never", date(2026, 11, 26))


def test_a_file_that_names_a_registry_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("see " + REGISTRIES[0].upper() + "/simple")
    (tmp_path / "b").write_text("my" + REGISTRIES[0] + " and a link to nothing")
    (tmp_path / "c").symlink_to("nowhere")
    assert len(list(named_registries(sorted(tmp_path.iterdir())))) == 1


def test_no_service_is_asked_unasked() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tools.ask_advisories"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "NETWORK"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (2, "")
    with pytest.raises(ValueError, match="https only"):
        list(known_weaknesses("http://advisories.example", {}))


def test_what_a_service_knows_is_told_and_an_answer_that_does_not_fit_is_no_answer() -> None:
    asked, answers = [], [[{}, {"vulns": [{"id": "X-1"}]}, {}], [{}]]

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            content = json.dumps({"results": answers.pop(0)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        assert list(known_weaknesses(address, pins_of(LOCK))) == ["numpy 2.5.5: X-1"]
        with pytest.raises(ValueError, match="3 questions, and 1 answers"):
            list(known_weaknesses(address, pins_of(LOCK)))
    finally:
        server.shutdown()
        server.server_close()
    assert [one["version"] for one in asked[0]["queries"]] == ["2.4.6", "2.5.5", "1"]
