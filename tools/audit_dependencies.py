"""Hold every dependency to the house's rules: pinned, licensed, wanted, declared, and not known to be weak.

Run by ``make lint``.  It asks nothing of any network: locks, installed metadata and a list kept by hand.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
OLD_DAYS = 90
PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# In parts, for this file is searched too.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("crates", "io"),
        ("anaconda", "org"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("repo1", "maven", "org"),
        ("registry", "hub", "docker", "com"),
    )
)

Table = Mapping[str, Any]
Installed = Iterable[metadata.Distribution]
Pins = Mapping[str, frozenset[str]]


def pins_of(*texts: str) -> dict[str, frozenset[str]]:
    """Return the packages that locks pin, by canonical name, with their versions: one for each Python."""
    pins: dict[str, frozenset[str]] = {}
    for one in (PIN.match(block) for text in texts for block in blocks(text)):
        if one:
            name = canonicalize_name(one["name"])
            pins[name] = pins.get(name, frozenset()) | {one["version"]}
    return pins


def blocks(text: str) -> Iterator[str]:
    """Yield each requirement of a lock with the lines that belong to it."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    yield from (" ".join(block.split()) for block in re.split(r"(?m)^(?=\S)", lines) if block.strip())


def loose_pins(name: str, text: str) -> Iterator[str]:
    """Tell each requirement of a lock that is not pinned to one version and its hashes."""
    for block in blocks(text):
        if not PIN.match(block) or not HASH.search(block):
            yield f"{name}: {block.split(' ')[0]} is not pinned with a hash; run 'make lock'"


def licences_of(about: metadata.PackageMetadata, words: Mapping[str, str]) -> str:
    """Return what installed metadata say of a licence, as SPDX names it; nothing when they say nothing."""
    if said := about.get("License-Expression"):
        return str(said)
    classified = [
        one.split(" :: ")[-1] for one in about.get_all("Classifier") or () if one.startswith("License")
    ]
    short = (about.get("License") or "").strip()
    said_so = [*classified, short, short.removeprefix("License :: OSI Approved :: "), short.split("  ")[0]]
    known = [words.get(one, one) for one in said_so if one in words or re.fullmatch(r"[A-Z][\w.-]*", one)]
    return known[0] if known and known[0] != "UNKNOWN" else ""


def is_allowed(expression: str, allowed: Iterable[str]) -> bool:
    """Say whether an expression of licences can be met by what is allowed: of OR one, of AND all."""
    known, plain = set(allowed), expression.replace("(", " ").replace(")", " ").strip()
    return any(
        all(" ".join(part.split()) in known for part in choice.split(" AND "))
        for choice in plain.split(" OR ")
    )


def refused_licences(installed: Installed, wanted: Pins, rules: Table) -> Iterator[str]:
    """Tell each installed package of a lock whose licence is not allowed, nor excused for a reason."""
    excused = {canonicalize_name(one["package"]): one for one in rules["licence"]}
    for distribution in installed:
        name = canonicalize_name(distribution.name)
        said = licences_of(distribution.metadata, rules["words"])
        if name not in wanted or is_allowed(said, rules["allowed"]):
            continue
        if name not in excused:
            yield f"{name}: its licence is {said or 'not said'}; take it out, or say why it may stay"
        elif not excused[name]["because"].strip():
            yield f"{name}: is excused without a reason"
        elif said and said != excused[name]["licence"]:
            yield f"{name}: was excused for {excused[name]['licence']}, and is now under {said}"


def strangers(installed: Installed, locked: Pins, besides: Iterable[str]) -> Iterator[str]:
    """Tell each installed package that no lock asks for, or that has another version than any lock says."""
    for distribution in installed:
        name = canonicalize_name(distribution.name)
        if name in set(besides):
            continue
        if name not in locked:
            yield f"{name}: is installed and in no lock; run 'make clean' and begin anew"
        elif distribution.version not in locked[name]:
            yield f"{name}: {distribution.version} is installed, which no lock says; run 'make clean'"


def imported(folder: Path) -> dict[str, str]:
    """Return the packages of others that the files of a folder import, each with one file that does."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in _modules(node):
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top != "baken":
                    found.setdefault(top, str(path))
    return found


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []


def undeclared(
    imports: Mapping[str, str], providers: Mapping[str, list[str]], declared: set[str], excused: set[str]
) -> Iterator[str]:
    """Tell each import that no dependency declares, and each dependency that nobody imports."""
    provided = {
        module: {canonicalize_name(name) for name in providers.get(module, [module])} for module in imports
    }
    for module, path in imports.items():
        if not provided[module] & declared:
            yield f"{path}: imports {module}, which pyproject.toml does not name; declare it"
    for name in sorted(declared - set().union(*provided.values()) - excused):
        yield f"{name}: is declared and imported nowhere; take it out, or say why it stays"


def weak(locked: Pins, advisories: Iterable[Table]) -> Iterator[str]:
    """Tell each locked version that is known to be weak."""
    for known in advisories:
        affected = SpecifierSet(known["affected"], prereleases=True)
        for version in sorted(locked.get(canonicalize_name(known["package"]), ())):
            if affected.contains(version):
                yield f"{known['package']} {version}: {known['id']}, {known['what']}; lock one that is mended"


def told_of_age(checked_on: str, today: date) -> str:
    """Return a warning when nobody asked for new weaknesses for long; nothing when somebody did."""
    if checked_on == "never":
        return "advisories.toml: nobody asked a service that knows more yet; 'make audit NETWORK=yes' does"
    n_days = (today - date.fromisoformat(checked_on)).days
    return (
        f"advisories.toml: last checked {n_days} days ago; 'make audit NETWORK=yes'"
        if n_days > OLD_DAYS
        else ""
    )


def named_registries(files: Iterable[Path]) -> Iterator[str]:
    """Tell each file that names the host of a registry: where packages come from is its user's choice."""
    for path in files:
        content = path.read_bytes().lower() if path.is_file() else b""
        for host in REGISTRIES:
            if re.search(rb"\b" + re.escape(host.encode()) + rb"\b", content):
                yield f"{path}: names {host}; whoever installs chooses where packages come from"


def repository_files(root: Path) -> list[Path]:
    """Return the files that are kept, and those that would be; all there are where there is no repository."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=False,
    )  # fmt: skip
    if told.returncode != 0:
        return [path for path in root.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return [root / name for name in told.stdout.decode().split("\0") if name]


def problems_of(root: Path) -> Iterator[str]:
    """Tell all that is wrong with the dependencies of a repository, and of the environment it is in."""
    folder = root / "requirements"
    rules = tomllib.loads((folder / "audit.toml").read_text(encoding="utf-8"))
    known = tomllib.loads((folder / "advisories.toml").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.lock"))}
    locked = pins_of(*texts.values())
    optional = [one for extra in project["optional-dependencies"].values() for one in extra]
    declared = {canonicalize_name(Requirement(one).name) for one in project["dependencies"]}
    may_be_imported = {canonicalize_name(Requirement(one).name) for one in optional}
    excused = {canonicalize_name(one["package"]) for one in rules["not_imported"]} | may_be_imported
    installed = list(metadata.distributions())

    for name, text in texts.items():
        yield from loose_pins(name, text)
    yield from refused_licences(installed, pins_of(texts["dev.lock"]), rules)
    yield from strangers(installed, locked, rules["installed_besides"])
    yield from undeclared(
        imported(root / "baken"), metadata.packages_distributions(), declared | may_be_imported, excused
    )
    yield from weak(locked, known["advisory"])
    yield from named_registries(repository_files(root))


def main() -> int:
    """Tell what is wrong, and what is old."""
    problems = list(problems_of(ROOT))
    for problem in problems:
        sys.stderr.write(f"dependencies: {problem}\n")
    known = tomllib.loads((ROOT / "requirements" / "advisories.toml").read_text(encoding="utf-8"))
    if told := told_of_age(known["checked_on"], datetime.now(UTC).date()):
        sys.stderr.write(f"dependencies: a remark: {told}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
