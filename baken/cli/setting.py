"""What was said before the command, and the tools every command uses to answer."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from baken.astro.time import tai_ns_from_utc
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.terminal import plain_console
from baken.errors import RefusedByPolicy, WrongUsage
from baken.records.event import Runner
from baken.records.reader import Keeper, Reader, Role
from baken.report.words import LANGUAGES, Speech
from baken.wiring.readers import reader_of

SHORTEST_DAYS, LONGEST_DAYS = 0.001, 366.0
DEFAULT_DAYS = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The home and the manner in which a command answers."""

    home: Path
    as_json: bool = False
    quiet: bool = False
    debug: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise WrongUsage(f"--language is one of {', '.join(LANGUAGES)}; it was {self.language}")


def who_reads(setting: Setting, named: str | None = None) -> Reader | Keeper:
    """Return who asks: whoever the command names, else whoever is at this machine.

    Raises: RefusedByPolicy when the home has accounts, and none of them is his.
    """
    return reader_of(setting.home, named)


def refuse_other_role(reader: Reader | Keeper, *roles: Role) -> None:
    """Refuse somebody with an account who holds none of these roles; a home without accounts is its keeper's.

    Raises: RefusedByPolicy that names the roles.
    """
    if isinstance(reader, Reader) and reader.roles.isdisjoint(roles):
        raise RefusedByPolicy(
            f"this is for a {' or '.join(roles)}, and {reader.name} is none; an administrator gives roles"
        )


def refuse_lowering(reader: Reader | Keeper, node: str) -> None:
    """Refuse somebody with an account who may not consent for a node to a label that asks less.

    Raises: RefusedByPolicy unless he acts for it and is a release authority.
    """
    refuse_other_role(reader, Role.RELEASE_AUTHORITY)
    if isinstance(reader, Reader) and reader.acts_for != node:
        raise RefusedByPolicy(
            f"{reader.name} acts for {reader.acts_for}, and only {node} lowers a label here"
        )


def is_told_all(setting: Setting, named: str | None = None) -> bool:
    """Say whether whoever asks is told what came of the machine's own work, done with all there is.

    A keeper is; with accounts nobody: what is for him he finds where he reads.
    Raises: RefusedByPolicy when the home has accounts, and none of them is his.
    """
    return isinstance(who_reads(setting, named), Keeper)


def tell_kept(setting: Setting) -> int:
    """Say that the machine's work was done, and nothing of what came of it."""
    if setting.as_json:
        print_json({"kept": True})
    else:
        table_console().print(Text(Speech(setting.language)("work.kept")))
    return Exit.DONE


def instant(option: str, text: str) -> int:
    """Read an instant given on the command line.

    Raises: WrongUsage that names the option and shows the form.
    """
    try:
        return tai_ns_from_utc(text)
    except ValueError as error:
        raise WrongUsage(f"{option}: {error}; write UTC like 2026-11-22T09:00:00Z") from error


def checked_days(days: float) -> float:
    """Return how far ahead to look, as it was given.

    Raises: WrongUsage for less than a minute or so, more than a year, and what is no number.
    """
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        raise WrongUsage(f"--days is a number from {SHORTEST_DAYS:g} to {LONGEST_DAYS:g}; it was {days:g}")
    return days


def table_console() -> Console:
    """Return the console for results; wide enough for a table when nobody looks (a pipe, a file)."""
    return plain_console(width=None if sys.stdout.isatty() else 150)


def log_console(setting: Setting) -> Console:
    """Return the console for progress and remarks, on standard error."""
    return plain_console(stderr=True, quiet=setting.quiet)


def with_progress(run: Runner, setting: Setting, what: str) -> Runner:
    """Return a runner that shows how far it is, and otherwise does the same."""

    def shown(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        waiting = list(tasks)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = log_console(setting)
        # A bar that nobody watches move leaves only an empty line in a log.
        unseen = setting.quiet or not console.is_terminal
        with Progress(*columns, console=console, transient=True, disable=unseen) as progress:
            bar = progress.add_task(what, total=len(waiting))
            for result in run(function, waiting):
                progress.advance(bar)
                yield result

    return shown
