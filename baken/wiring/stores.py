"""Which store a node keeps its records in, as whoever reads it may see it: nobody opens one unnamed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.people_ports import People
from baken.operations.ports import Store
from baken.operations.read_as import read_as
from baken.operations.standing_log import StandingLog
from baken.records.reader import Keeper, Reader
from baken.store.home import Home, open_home
from baken.wiring.admitting import admitting


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleOfHome:
    """How people show who they are, the log that says who is who, and what their node is called."""

    people: People
    log: EvidenceLog
    node: str


@contextmanager
def open_store(home: Path, reader: Reader | Keeper) -> Iterator[Store]:
    """Lend what somebody may see of the store of a home: see ``open_evidence``."""
    with open_evidence(home, reader) as (store, _):
        yield store


@contextmanager
def open_evidence(home: Path, reader: Reader | Keeper) -> Iterator[tuple[Store, EvidenceLog]]:
    """Lend what somebody may see of the store of a home and of the log of evidence beside it.

    Both stand over one database: a file in the home, or what ``$BAKEN_DATABASE_URL`` names.
    """
    with open_for_many(home) as seen_by:
        yield seen_by(reader)


@contextmanager
def open_for_many(home: Path) -> Iterator[Callable[[Reader | Keeper], tuple[Store, EvidenceLog]]]:
    """Lend what says of each that asks what he may see of a home, at the moment he asks."""
    opened = open_home(home, os.environ.get("BAKEN_DATABASE_URL"))
    try:
        yield partial(_as_seen, opened)
    finally:
        opened.store.close()


@contextmanager
def open_evidence_of_its_own(folder: Path, reader: Reader | Keeper) -> Iterator[tuple[Store, EvidenceLog]]:
    """Lend the same of a folder, whatever ``$BAKEN_DATABASE_URL`` names: for games and trials."""
    opened = open_home(folder, None)
    try:
        yield _as_seen(opened, reader)
    finally:
        opened.store.close()


@contextmanager
def open_people(home: Path, keeper: Keeper) -> Iterator[PeopleOfHome]:
    """Lend what says who comes in at a home: to its own door, and to whoever keeps it; to no reader."""
    opened = open_home(home, os.environ.get("BAKEN_DATABASE_URL"))
    try:
        store, log = _as_seen(opened, keeper)
        yield PeopleOfHome(people=opened.people, log=log, node=store.node_name())
    finally:
        opened.store.close()


def _as_seen(opened: Home, reader: Reader | Keeper) -> tuple[Store, EvidenceLog]:
    if isinstance(reader, Keeper):
        return opened.store, StandingLog(opened.log)
    return read_as(admitting(opened.folder, reader), opened.store, opened.log)
