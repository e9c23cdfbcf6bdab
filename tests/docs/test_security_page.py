"""Does the page on security leave out no line of the standard, and name only tests there are?"""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from baken.people.bearer import BEARER_BYTES, new_bearer
from baken.wiring.luck import luck

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# How many requirements of level 1 or 2 each section of ASVS 5.0.0 has; those of level 3 come last in each.
LEVEL_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2,
    "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3,
    "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 11, "6.3": 3, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 3, "7.1": 3,
    "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3,
    "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2,
    "11.2": 3, "11.3": 3, "11.4": 3, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
ASKED = {f"{section}.{number}" for section, n in LEVEL_2.items() for number in range(1, n + 1)}
SQL = ("text", "execute", "exec_driver_sql", "scalar", "scalars")
STARTS = ("os.system", "os.exec", "os.spawn", "os.popen")
ROW = re.compile(
    r"^\| (?P<number>\d+\.\d+\.\d+) \| (?P<asked>[^|]+) \| (?P<status>[^|]*) \|(?P<shown>[^|]*)\|$"
)
STATUSES = ("held", "partly", "not yet", "does not apply")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINK = re.compile(r"\]\([^)]+\.md\)")
# What runs text, or starts a program.
RUNS = {"eval", "exec", "compile", "__import__"}
RUNNERS = {"pickle", "marshal", "shelve", "subprocess", "yaml", "dill", "cloudpickle", "runpy", "code"}


RUNNING = re.compile(
    rf"(?<![.\w])(?:{'|'.join(sorted(RUNS))})\(|(?:import|from) (?:{'|'.join(sorted(RUNNERS))})\b"
    r"|os\.(?:system|exec|spawn|popen)"
)


def rows(page: str) -> list[re.Match[str]]:
    return [row for row in map(ROW.match, page.splitlines()) if row]


def faults(page: str) -> Iterator[str]:
    """Tell what is wrong with a checklist."""
    numbers = [row["number"] for row in rows(page)]
    yield from (f"{number} is missing" for number in sorted(ASKED - set(numbers)))
    yield from (f"{number} is no requirement of level 2" for number in sorted(set(numbers) - ASKED))
    yield from (f"{number} stands twice" for number in sorted(set(numbers)) if numbers.count(number) > 1)
    for row in rows(page):
        if not row["status"].strip().startswith(STATUSES):
            yield f"{row['number']} has no status"
        shown = row["status"] + row["shown"]
        if row["status"].strip().startswith("held") and not (NAMED_TEST.search(shown) or says_where(row)):
            yield f"{row['number']} is held, and nothing shows it"
        if re.fullmatch(r"partly|not yet|does not apply", row["status"].strip()):
            yield f"{row['number']} does not say why"
    for file, name in NAMED_TEST.findall(page):
        if name not in named_in(file):
            yield f"{file}::{name} is not there"


def says_where(row: re.Match[str]) -> bool:
    """Say whether a requirement of documentation names the page, or that it is this one."""
    return bool(LINK.search(row["status"])) or "above" in row["status"] or "this page" in row["status"]


@cache
def named_in(file: str) -> set[str]:
    path = ROOT / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {"", *re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE)} if text else set()


def test_every_line_of_level_2_has_a_status_and_every_test_it_names_is_there() -> None:
    assert list(faults(PAGE)) == []


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        ("| 1.1.1 | decode", "| 1.1.9 | decode"),
        ("| 3.4.4 | `nosniff` | held |", "| 3.4.4 | `nosniff` | |"),
        ("test_guard.py::test_a_body_larger_than_any_is_refused", "test_guard.py::test_nothing"),
        ("| 5.4.3 | a scanner looks at files of others | not yet: what", "| 5.4.3 | a scanner | held: what"),
        ("| 9.2.2 | of the right kind |", "| 9.2.1 | of the right kind |"),
    ],
)
def test_a_checklist_that_claims_too_much_is_seen(found: str, planted: str) -> None:
    assert found in PAGE
    assert list(faults(PAGE.replace(found, planted))) != []


def test_nothing_runs_what_it_read() -> None:
    found = [
        f"{path}:{node.lineno} {name}"
        for path in sorted((ROOT / "baken").rglob("*.py"))
        if RUNNING.search(text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        for name in runs(node)
    ]
    assert found == []


def runs(node: ast.AST) -> list[str]:
    """Return what in a node runs text or starts a program."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        return [name for name in names if name.partition(".")[0] in RUNNERS]
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        return [name] if name in RUNS or name.startswith(STARTS) else []
    return []


@pytest.mark.parametrize("text", ["eval(x)", "import pickle", "from subprocess import run", "os.system(x)"])
def test_a_planted_runner_is_seen(text: str) -> None:
    assert RUNNING.search(text)
    assert [name for node in ast.walk(ast.parse(text)) for name in runs(node)]


def test_no_statement_is_made_of_what_somebody_said() -> None:
    made = [
        ast.unparse(call)
        for path in sorted((ROOT / "baken" / "store").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).endswith(SQL)
        if not isinstance(call.args[0], ast.Constant) and not is_built(call.args[0])
    ]
    assert made == []


def is_built(argument: ast.expr) -> bool:
    """Say whether a statement is SQLAlchemy's, which binds its values, or has only constants in it."""
    if isinstance(argument, ast.JoinedStr):
        parts = [part.value for part in argument.values if isinstance(part, ast.FormattedValue)]
        return all(isinstance(part, ast.Name) and part.id.isupper() for part in parts)
    return not isinstance(argument, ast.BinOp)


@pytest.mark.parametrize("planted", ['f"DROP TABLE {name}"', '"DROP TABLE " + name', '"DROP %s" % name'])
def test_a_statement_made_of_text_is_seen(planted: str) -> None:
    assert not is_built(ast.parse(planted, mode="eval").body)


def test_secrets_are_drawn_by_the_system() -> None:
    assert "os.urandom" in inspect.getsource(luck)
    assert len({new_bearer(luck) for _ in range(1000)}) == 1000
    assert BEARER_BYTES * 8 >= 128


def test_the_console_keeps_nothing_in_a_browser_but_language_and_light() -> None:
    stores = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b")
    sources = [*(ROOT / "web/src").rglob("*.ts"), *(ROOT / "web/src").rglob("*.svelte")]
    keeping = [path for path in sources if stores.search(path.read_text(encoding="utf-8"))]
    assert [path.name for path in keeping] == ["settings.svelte.ts"]
    (settings,) = keeping
    kept = re.search(r"interface Settings \{(.*?)\}", settings.read_text(encoding="utf-8"), re.DOTALL)
    assert kept
    assert re.findall(r"(\w+):", kept[1]) == ["language", "theme"]


def test_nothing_in_the_console_makes_markup_of_text() -> None:
    made = re.compile(
        r"@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function"
    )
    sources = [*(ROOT / "web/src").rglob("*.ts"), *(ROOT / "web/src").rglob("*.svelte")]
    assert [path for path in sources if made.search(path.read_text(encoding="utf-8"))] == []
