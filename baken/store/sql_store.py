"""The store of ``operations.ports``, in a relational database with bulk files beside it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl
from sqlalchemy import Connection, select

from baken.errors import WrongUsage
from baken.operations.label_ports import Under
from baken.operations.ports import (
    DEFAULT_NODE,
    NODE_OF_REALM,
    Added,
    Column,
    ImportedFile,
    KeptConjunctionMessage,
    KeptFinding,
    KeptMessages,
    KeptScreening,
    PastImport,
    ReceivedMessage,
    Screening,
    Voice,
)
from baken.records.catalogue import Catalogue
from baken.records.ephemeris import Ephemeris
from baken.records.event import Event, EventId, EventKind, Finding, Outcome
from baken.records.identity import Identity
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.store import (
    bulk,
    ephemeris_keeping,
    event_keeping,
    event_reading,
    message_keeping,
    message_reading,
    objects,
    orbits,
    outcomes,
    screenings,
)
from baken.store.database import Database
from baken.store.files import strays
from baken.store.identities import OBJECT
from baken.store.names_said import names_said
from baken.store.provenance import Labels, labels_of
from baken.store.rows import put_row
from baken.store.tables import conjunction_messages, element_sets, ephemerides, settings

NODE_NAME = "node_name"


class SqlStore:
    """A place that keeps.  What each call promises stands in ``operations.ports.Store``."""

    def __init__(self, database: Database, bulk_folder: Path, labels: Under | None = None) -> None:
        self._database = database
        self._bulk_folder = bulk_folder
        self._labels = labels

    @property
    def place(self) -> str:
        """Where the store is, in words that may be shown."""
        return self._database.place

    def close(self) -> None:
        self._database.close()

    def sweep(self) -> tuple[Path, ...]:
        """Remove bulk files that a stopped process left, and return them."""
        with self._database.reading() as connection:
            if not strays(self._bulk_folder, _files_referred_to(connection)):
                return ()
        # Files are written by whoever holds the writer's lock; under it, a file nobody refers to is a stray.
        with self._database.writing() as connection:
            found = strays(self._bulk_folder, _files_referred_to(connection))
            for stray in found:
                stray.unlink(missing_ok=True)
        return tuple(found)

    def labels(self, realm: Realm) -> Under:
        with self._database.reading() as connection:
            return Under(
                element_sets=labels_of(connection, element_sets, realm),
                ephemerides=labels_of(connection, ephemerides, realm),
                messages=labels_of(connection, conjunction_messages, realm),
            )

    def only_under(self, labels: Under) -> "SqlStore":
        return SqlStore(self._database, self._bulk_folder, labels)

    def names_said(self, realm: Realm) -> Mapping[str, Identity]:
        with self._database.reading() as connection:
            return names_said(connection, realm, self._labels)

    def histories(
        self, realm: Realm, *, kind: EventKind | None = None
    ) -> Mapping[EventId, tuple[KeptFinding, ...]]:
        with self._database.reading() as connection:
            return event_reading.histories(connection, realm, kind)

    @property
    def _element_sets(self) -> Labels:
        return None if self._labels is None else self._labels.element_sets

    @property
    def _ephemerides(self) -> Labels:
        return None if self._labels is None else self._labels.ephemerides

    @property
    def _messages(self) -> Labels:
        return None if self._labels is None else self._labels.messages

    def node_name(self) -> str:
        with self._database.reading() as connection:
            name = connection.scalar(select(settings.c.value).where(settings.c.name == NODE_NAME))
        return name or DEFAULT_NODE

    def name_node(self, name: str) -> None:
        if not (2 <= len(name) <= 8 and name.isascii() and name.isalpha() and name.isupper()):
            raise WrongUsage(f"a node is named by two to eight capitals, like NL; not {name!r}")
        if name in NODE_OF_REALM.values():
            raise WrongUsage(f"{name} is what events of an unreal world are named by; choose another name")
        with self._database.writing() as connection:
            put_row(connection, settings, {"name": NODE_NAME, "value": name})

    def add_element_sets(
        self,
        element_sets: Iterable[ElementSet],
        *,
        source: str,
        at_tai_ns: int,
        file: ImportedFile | None = None,
    ) -> Added:
        said = tuple(element_sets)
        realm = Catalogue(element_sets=said).realm
        with self._database.writing() as connection:
            added = orbits.add_element_sets(connection, said, source=source, at_tai_ns=at_tai_ns)
            if file is not None:
                orbits.keep_import(connection, file, added, realm=realm, source=source, at_tai_ns=at_tai_ns)
        return added

    def add_ephemerides(
        self,
        ephemerides: Iterable[Ephemeris],
        *,
        source: str,
        at_tai_ns: int,
        file: ImportedFile | None = None,
    ) -> Added:
        said = tuple(ephemerides)
        # The tables before the rows, both under the writer's lock, as for screenings.
        with self._database.writing() as connection:
            added = ephemeris_keeping.add_ephemerides(
                connection, self._bulk_folder, said, source=source, at_tai_ns=at_tai_ns
            )
            if file is not None:
                realm = said[0].realm if said else Realm.REAL
                orbits.keep_import(connection, file, added, realm=realm, source=source, at_tai_ns=at_tai_ns)
        return added

    def past_import(self, file_digest: str, *, source: str, realm: Realm) -> PastImport | None:
        with self._database.reading() as connection:
            return orbits.past_import(connection, file_digest, source=source, realm=realm)

    def last_imports(self, realm: Realm) -> Mapping[str, PastImport]:
        with self._database.reading() as connection:
            return orbits.last_imports(connection, realm)

    def catalogue(self, realm: Realm, *, as_of_tai_ns: int | None = None) -> Catalogue:
        with self._database.reading() as connection:
            return Catalogue(element_sets=orbits.newest(connection, realm, as_of_tai_ns, self._element_sets))

    def first_epochs(self, realm: Realm) -> Mapping[str, int]:
        with self._database.reading() as connection:
            return orbits.first_epochs(connection, realm, self._element_sets)

    def low_element_sets(
        self, realm: Realm, *, perigee_radius_m: float, start_tai_ns: int, end_tai_ns: int
    ) -> tuple[ElementSet, ...]:
        with self._database.reading() as connection:
            return orbits.low(
                connection,
                realm,
                self._element_sets,
                perigee_radius_m=perigee_radius_m,
                start_tai_ns=start_tai_ns,
                end_tai_ns=end_tai_ns,
            )

    def element_sets_of(self, object_id: str, *, realm: Realm) -> tuple[ElementSet, ...]:
        with self._database.reading() as connection:
            objects.object_known_as(connection, OBJECT, object_id, realm)
            return orbits.all_of(connection, object_id, realm, self._element_sets)

    def ephemerides_of(self, object_id: str, *, realm: Realm) -> tuple[Ephemeris, ...]:
        with self._database.reading() as connection:
            objects.object_known_as(connection, OBJECT, object_id, realm)
            return ephemeris_keeping.ephemerides_of(
                connection, self._bulk_folder, object_id, realm, self._ephemerides
            )

    def object_known_as(self, scheme: str, value: str, *, realm: Realm) -> Identity:
        with self._database.reading() as connection:
            return objects.object_known_as(connection, scheme, value, realm)

    def identities(self, realm: Realm) -> tuple[Identity, ...]:
        with self._database.reading() as connection:
            return objects.identities(connection, realm)

    def keep_findings(self, findings: Iterable[Finding], *, node: str, at_tai_ns: int) -> tuple[Event, ...]:
        found = tuple(findings)
        with self._database.writing() as connection:
            return event_keeping.keep_findings(connection, found, node=node, at_tai_ns=at_tai_ns)

    def event(self, event_id: EventId, *, realm: Realm) -> Event:
        with self._database.reading() as connection:
            return event_reading.event(connection, event_id, realm)

    def events(
        self,
        realm: Realm,
        *,
        kind: EventKind | None = None,
        peak_from_tai_ns: int | None = None,
        peak_before_tai_ns: int | None = None,
    ) -> tuple[Event, ...]:
        with self._database.reading() as connection:
            return event_reading.events_between(
                connection,
                realm,
                kind=kind,
                peak_from_tai_ns=peak_from_tai_ns,
                peak_before_tai_ns=peak_before_tai_ns,
            )

    def history_of(self, event_id: EventId, *, realm: Realm) -> tuple[KeptFinding, ...]:
        with self._database.reading() as connection:
            return event_reading.history_of(connection, event_id, realm)

    def keep_outcome(self, outcome: Outcome) -> None:
        with self._database.writing() as connection:
            outcomes.keep_outcome(connection, outcome)

    def outcomes(self, realm: Realm) -> tuple[Outcome, ...]:
        with self._database.reading() as connection:
            return outcomes.outcomes_of(connection, realm)

    def keep_messages(
        self, received: Iterable[ReceivedMessage], *, node: str, source: str, at_tai_ns: int
    ) -> KeptMessages:
        batch = tuple(received)
        with self._database.writing() as connection:
            return message_keeping.keep_messages(
                connection, batch, node=node, source=source, at_tai_ns=at_tai_ns
            )

    def messages_of(self, event_id: EventId, *, realm: Realm) -> tuple[KeptConjunctionMessage, ...]:
        with self._database.reading() as connection:
            return message_reading.messages_of(connection, event_id, realm, self._messages)

    def voices(self, realm: Realm) -> Mapping[EventId, tuple[Voice, ...]]:
        with self._database.reading() as connection:
            return message_reading.voices(connection, realm, self._messages)

    def keep_screening(
        self, screening: Screening, approaches: Mapping[str, Column], *, wall_s: float, at_tai_ns: int
    ) -> KeptScreening:
        table = bulk.table_of(approaches)
        # The file before the row, both under the writer's lock: no row ever speaks of a missing file.
        with self._database.writing() as connection:
            return screenings.keep_screening(
                connection,
                screening,
                approaches_digest=bulk.keep_table(self._bulk_folder, table),
                n_approaches=table.height,
                wall_s=wall_s,
                at_tai_ns=at_tai_ns,
            )

    def screenings(self, realm: Realm) -> tuple[KeptScreening, ...]:
        with self._database.reading() as connection:
            return screenings.screenings_of(connection, realm)

    def approaches_of(self, screening_id: str, *, realm: Realm) -> pl.DataFrame:
        with self._database.reading() as connection:
            kept = screenings.kept_screening(connection, screening_id, realm)
        return bulk.kept_table(self._bulk_folder, kept.approaches_digest, or_else="screen again")


def _files_referred_to(connection: Connection) -> set[str]:
    return screenings.files_referred_to(connection) | ephemeris_keeping.files_referred_to(connection)
