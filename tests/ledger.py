"""The honesty ledger: what Baken may claim, gathered from the tests that show it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "ledger.md"
STATUSES = ("VALIDATED", "MODELLED", "NOT SHOWN")


@dataclass
class Capability:
    name: str
    status: str
    authority: str
    tests: int = 0
    passed: int = 0
    deviations: list[tuple[float, str, float]] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        return self.passed > 0 and self.passed == self.tests


class Ledger:
    """A pytest plug-in that listens to every test marked ``capability``."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.capabilities: dict[tuple[str, str, str], Capability] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("capability"):
                item.user_properties.append(("capability", declared(mark)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        keys = [tuple(value) for name, value in report.user_properties if name == "capability"]
        for key in keys:
            entry = self.capabilities.setdefault(key, Capability(*key))
            if report.when == "call":
                entry.passed += report.passed
                entry.deviations += [
                    tuple(value) for name, value in report.user_properties if name == "deviation"
                ]
            entry.tests += report.when == "setup"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.config.getoption("--write-ledger") and not hasattr(session.config, "workerinput"):
            PAGE.write_text(page(self.capabilities.values()), encoding="utf-8")


def declared(mark: pytest.Mark) -> tuple[str, str, str]:
    """Return what a mark declares, refusing a word the ledger does not know."""
    name, status, authority = mark.args[0], mark.kwargs["status"], mark.kwargs["authority"]
    if status not in STATUSES:
        raise pytest.UsageError(f"capability {name!r}: status is one of {STATUSES}, not {status!r}")
    return name, status, authority


def page(capabilities) -> str:
    """Return the ledger as a page, one row for each capability and authority."""
    rows = [row(entry) for entry in sorted(capabilities, key=lambda entry: (entry.name, entry.authority))]
    return "\n".join([*HEAD, *rows, ""])


HEAD = [
    "# Honesty ledger",
    "",
    "What Baken can do, and on whose word. `make ledger` writes this page from the tests that ran;",
    "nobody edits it. **VALIDATED** was held against an authority that is not ours, **MODELLED** against our",
    "own second method or a law of nature, **NOT SHOWN** against nothing yet. A capability whose tests did",
    "not all pass, or were skipped, stands as NOT SHOWN.",
    "",
    "| capability | status | held against | largest deviation seen | allowed |",
    "|---|---|---|---|---|",
]


def row(entry: Capability) -> str:
    status = entry.status if entry.shown else "NOT SHOWN"
    worst = max(entry.deviations, key=lambda d: d[0] / d[2] if d[2] else d[0], default=None)
    seen, allowed = (f"{worst[0]:.1e} {worst[1]}", f"{worst[2]:.1e} {worst[1]}") if worst else ("", "")
    return f"| {entry.name} | {status} | {entry.authority} | {seen} | {allowed} |"
