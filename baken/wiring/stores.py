"""Which store a node keeps its records in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.people_ports import People
from baken.operations.ports import Store
from baken.store.home import open_home


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleOfHome:
    """How people show who they are, the log that says who is who, and what their node is called."""

    people: People
    log: EvidenceLog
    node: str


@contextmanager
def open_store(home: Path) -> Iterator[Store]:
    """Lend the store of a home: a file in it, or the database ``$BAKEN_DATABASE_URL`` names."""
    opened = open_home(home, os.environ.get("BAKEN_DATABASE_URL"))
    try:
        yield opened.store
    finally:
        opened.store.close()


@contextmanager
def open_evidence_of_its_own(folder: Path) -> Iterator[tuple[Store, EvidenceLog]]:
    """Lend a store and a log in a folder, whatever ``$BAKEN_DATABASE_URL`` names: for games and trials."""
    opened = open_home(folder, None)
    try:
        yield opened.store, opened.log
    finally:
        opened.store.close()


@contextmanager
def open_evidence(home: Path) -> Iterator[tuple[Store, EvidenceLog]]:
    """Lend the store of a home and the log of evidence beside it, over one database."""
    opened = open_home(home, os.environ.get("BAKEN_DATABASE_URL"))
    try:
        yield opened.store, opened.log
    finally:
        opened.store.close()


@contextmanager
def open_people(home: Path) -> Iterator[PeopleOfHome]:
    """Lend what says who comes in at a home: to its doors and to whoever holds its files, to no reader."""
    opened = open_home(home, os.environ.get("BAKEN_DATABASE_URL"))
    try:
        yield PeopleOfHome(people=opened.people, log=opened.log, node=opened.store.node_name())
    finally:
        opened.store.close()
