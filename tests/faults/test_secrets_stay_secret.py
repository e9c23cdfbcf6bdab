"""Is a secret that passes a door told by nothing that is logged, printed, answered or thrown?

The doors of people (passwords, one-time codes, visits, tokens) are in ``tests/web/test_sign_in.py``, that of
Space-Track in ``tests/feeds/test_space_track.py``, that of dossiers beside their operation.
"""

import ast
import logging
import re
import ssl
import traceback
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Header
from sqlalchemy import text
from starlette.testclient import TestClient

from baken.cli.main import answer
from baken.errors import BakenError, LetterRefused, OutsideServiceFailed
from baken.operations.receive_report import Receipt
from baken.store.home import open_home
from baken.transports.smtp import Login
from baken.transports.webhook import Receiver, Webhook
from baken.web.app import application
from baken.web.service import Service
from tests.cli.conftest import ask as ask
from tests.makers import EPOCH_TAI_NS
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES
from tests.transports import page_server
from tests.transports.page_server import PageServer, Reply
from tests.transports.test_webhook import letter_to

PHRASE, SHARED, IN_URL = "korrekt paard accu nietje", "geheim van twee kanten", "wachtwoord-in-url"
REPORT = {
    "reporter": "A. de Boer",
    "organisation": "X",
    "contact": "x@example.org",
    "kind": "other",
    "system": "x",
    "what": "it fell silent",
    "observed_from_utc": "2020-01-01T00:00:00Z",
}
# Fields that hold what lets somebody in, and print as nothing.
SECRET_FIELD = re.compile(r"\n    (password|passphrase|secret|code|token|shown|one_time_secret): (str|bytes)")
# The code of a country or of a partner stands on every map, and an endpoint is the address of a page.
NO_SECRETS = {"Endpoints.token", "Partner.code", "Region.code", "_Fold.code"}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any library says, down to the last detail."""
    caplog.set_level(logging.DEBUG)
    return caplog


def told_by(log: pytest.LogCaptureFixture) -> str:
    return "\n".join([log.text, *(str(record.args) for record in log.records)])


def test_a_passphrase_is_told_by_no_command_and_no_file(ask, log, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BAKEN_PASSPHRASE", PHRASE)
    told = [ask("evidence", "key", "new", "log"), ask("--debug", "evidence", "checkpoint")]
    assert [one.code for one in told] == [0, 0]
    monkeypatch.setenv("BAKEN_PASSPHRASE", PHRASE + "x")
    told += [ask("evidence", "checkpoint"), ask("--json", "evidence", "checkpoint")]
    assert [one.code for one in told[2:]] == [2, 2]
    with pytest.raises(BakenError) as thrown:
        ask("--debug", "evidence", "checkpoint")
    files = [file.read_bytes() for file in (tmp_path / "home").rglob("*") if file.is_file()]
    everything = [one.out + one.err for one in told] + ["".join(traceback.format_exception(thrown.value))]
    assert [PHRASE in one for one in [*everything, told_by(log)]] == [False] * (len(everything) + 1)
    assert [PHRASE.encode() in content for content in files] == [False] * len(files)
    assert any(b"BEGIN ENCRYPTED PRIVATE KEY" in content for content in files)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://baken:{IN_URL}@127.0.0.1:1/baken",
        f"postgresql://baken:a@b:{IN_URL}@127.0.0.1/baken",
        f"mysql://baken:{IN_URL}@127.0.0.1/baken",
        f"postgresql//baken:{IN_URL}@127.0.0.1/baken",
    ],
)
@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_a_password_in_the_address_of_a_database_is_told_by_no_refusal(
    url: str, debug: tuple[str, ...], log, tmp_path, monkeypatch, capfd
) -> None:
    monkeypatch.setenv("BAKEN_DATABASE_URL", url)
    try:
        code = answer(["--home", str(tmp_path / "home"), *debug, "incident", "list"])
        thrown = ""
    except BakenError as error:
        code, thrown = 2, "".join(traceback.format_exception(error))
    told = "".join(capfd.readouterr())
    assert code in (2, 4)
    assert IN_URL not in told + thrown + told_by(log)


def test_a_statement_that_fails_is_told_without_its_values(tmp_path: Path, log) -> None:
    opened = open_home(tmp_path / "home")
    with pytest.raises(OutsideServiceFailed) as thrown, opened.store._database.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:code)"), {"code": SHARED})
    opened.store.close()
    told = "".join(traceback.format_exception(thrown.value))
    assert "nowhere" in told
    assert SHARED not in told + told_by(log)


@pytest.mark.parametrize("reply", [Reply(status=204), Reply(status=403, body=b"no"), Reply(status=503)])
def test_what_two_sides_share_is_told_by_no_letter_answer_or_log(reply: Reply, log) -> None:
    with page_server.running(PageServer()) as page:
        page.faults.append(reply)
        receiver = Receiver(url=page.url, secret=SHARED.encode())
        webhook = Webhook(receivers=(receiver,), certificates=ssl.create_default_context(), patience_s=5.0)
        try:
            told = webhook.send(letter_to(page.url, key="warn.1"))
        except (LetterRefused, OutsideServiceFailed) as error:
            told = "".join(traceback.format_exception(error))
    said = repr(webhook) + repr(receiver) + repr(Login(user="baken", password=SHARED)) + told + told_by(log)
    assert SHARED not in said
    assert "sha256=" not in said


def mistake(x_report_code: Annotated[str, Header()]) -> str:
    return {"": ""}[x_report_code]


def test_the_code_of_a_report_is_told_once_to_its_reporter_and_never_again(tmp_path, log, capfd) -> None:
    opened = open_home(tmp_path / "home")
    service = Service(
        store=opened.store,
        log=opened.log,
        actor="officer",
        rules=RULES,
        now_tai_ns=lambda: EPOCH_TAI_NS,
        luck=CountedLuck(),
        home=tmp_path / "home",
    )
    app = application(service, hosts={"localhost"}, version="test")
    app.add_api_route("/api/v1/mistake", mistake)
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    receipt = client.post("/api/v1/reports", json=REPORT).json()
    code, place = receipt["code"], f"/api/v1/reports/{receipt['report']}"
    answers = [
        client.get(place, headers={"X-Report-Code": code}),
        client.get(place, headers={"X-Report-Code": code + "x"}),
        client.get(place, headers={"X-Report-Code": code * 10}),
        client.post(f"{place}/additions", json={"text": ""}, headers={"X-Report-Code": code}),
        client.get("/api/v1/evidence/EV-0"),
        client.get("/api/v1/mistake", headers={"X-Report-Code": code}),
    ]
    opened.store.close()
    assert [one.status_code for one in answers] == [200, 404, 422, 422, 200, 500]
    printed = repr(Receipt(entry_id="EV-1", code=code)) + "".join(capfd.readouterr())
    assert code not in "".join(one.text for one in answers) + printed + told_by(log)


def test_nothing_that_lets_somebody_in_prints_as_itself() -> None:
    texts = (file.read_text(encoding="utf-8") for file in sorted(Path("baken").rglob("*.py")))
    shown = {
        f"{record.name}.{field.target.id}"
        for text_of_file in texts
        if SECRET_FIELD.search(text_of_file)
        for record in ast.walk(ast.parse(text_of_file))
        if isinstance(record, ast.ClassDef)
        and any("dataclass" in ast.unparse(d) for d in record.decorator_list)
        for field in record.body
        if isinstance(field, ast.AnnAssign) and SECRET_FIELD.match("\n    " + ast.unparse(field))
        if "repr=False" not in ast.unparse(field)
    }
    assert shown <= NO_SECRETS
