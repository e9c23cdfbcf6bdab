"""Does any page claim more than the ledger, or the ledger more than the tests?"""

import ast
import re
from pathlib import Path

import pytest

from tests.ledger import PAGE, STATUSES, Capability, page

ROOT = Path(__file__).parents[2]
RANK = {status: place for place, status in enumerate(reversed(STATUSES))}
# Words that promise; a line that uses one points to the ledger, or denies.
BOASTS = re.compile(
    r"\b(validated|proven|certified|accredited|guaranteed|flawless|world-class)\b", re.IGNORECASE
)
EXCUSES = re.compile(r"ledger\.md|\bnot\b|\bno\b|\bnever\b|\bnor\b", re.IGNORECASE)


def declared_in_tests(root: Path) -> dict[tuple[str, str], str]:
    """Return what the marks in the tests allow: (capability, authority) to status."""
    marks = {}
    for path in (root / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = constants_of(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.capability":
                words = {word.arg: value_of(word.value, constants) for word in node.keywords}
                marks[(value_of(node.args[0], constants), words["authority"])] = words["status"]
    return marks


def constants_of(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the names a module gives to values."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def value_of(expression: ast.expr, constants: dict[str, ast.expr]) -> str:
    """Return the text a mark gives, written out or by the name of a constant of its module."""
    named = constants[expression.id] if isinstance(expression, ast.Name) else expression
    return ast.literal_eval(named)


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of the tables in a page, cells stripped."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|--")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def ledger_rows(text: str) -> dict[tuple[str, str], str]:
    return {(row[0], row[2]): row[1] for row in rows_of(text) if row[1] in STATUSES}


def overclaims_of_ledger(ledger: str, allowed: dict[tuple[str, str], str]) -> list[str]:
    """Return the rows of a ledger that no test allows."""
    return [
        f"{name} ({authority}): {status}"
        for (name, authority), status in ledger_rows(ledger).items()
        if RANK[status] > RANK[allowed.get((name, authority), "NOT SHOWN")]
    ]


def overclaims_of_page(text: str, ledger: str) -> list[str]:
    """Return what a page claims beyond the ledger: rows with a status, and boasts without a pointer to it."""
    best: dict[str, int] = {}
    for (name, _), status in ledger_rows(ledger).items():
        best[name] = max(best.get(name, 0), RANK[status])
    rows = [
        f"{row[0]}: {row[1]}"
        for row in rows_of(text)
        if len(row) > 1 and row[1] in STATUSES and RANK[row[1]] > best.get(row[0], 0)
    ]
    boasts = [line for line in text.splitlines() if BOASTS.search(line) and not EXCUSES.search(line)]
    return rows + boasts


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").rglob("*.md") if path != PAGE)]


def test_the_ledger_claims_nothing_that_no_test_shows():
    assert overclaims_of_ledger(PAGE.read_text(encoding="utf-8"), declared_in_tests(ROOT)) == []


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_page_claims_nothing_beyond_the_ledger(path):
    assert overclaims_of_page(path.read_text(encoding="utf-8"), PAGE.read_text(encoding="utf-8")) == []


LEDGER = page([Capability("Screening", "MODELLED", "a brute-force oracle", tests=1, passed=1)])


def test_a_ledger_that_claims_too_much_is_seen():
    assert overclaims_of_ledger(LEDGER, {}) == ["Screening (a brute-force oracle): MODELLED"]
    assert overclaims_of_ledger(LEDGER, {("Screening", "a brute-force oracle"): "MODELLED"}) == []


@pytest.mark.parametrize(
    "boast", ["| Screening | VALIDATED | |", "Screening is proven.", "| Re-entry | MODELLED | |"]
)
def test_a_page_that_claims_too_much_is_seen(boast):
    assert overclaims_of_page(boast, LEDGER) != []


def test_a_page_may_say_what_the_ledger_says():
    assert (
        overclaims_of_page("| Screening | MODELLED | |\nProven: see [the ledger](ledger.md).", LEDGER) == []
    )


def test_a_capability_whose_test_was_skipped_is_not_shown():
    assert "| NOT SHOWN |" in page([Capability("Screening", "VALIDATED", "STK", tests=2, passed=1)])
