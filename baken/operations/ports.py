"""What the procedures ask of the world outside: a place to keep things, and (further down) whatever else.

The procedures know these protocols and nothing behind them; drivers fill them in, ``wiring`` joins the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import polars as pl

from baken.records.catalogue import Catalogue, Picture
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.ephemeris import Ephemeris
from baken.records.event import Detection, Event, EventId, EventKind, Finding, Outcome, Runner, Window
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

if TYPE_CHECKING:
    # Whoever opens a store need not wait for the compiler behind the trajectories.
    from baken.astro.motions import Motion

DEFAULT_NODE = "LOCAL"
# A name said over the telephone must not pass a drill for the truth.
NODE_OF_REALM = {Realm.EXERCISE: "EXER", Realm.SIMULATED: "SIM", Realm.TEST: "TEST"}
Column: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.generic]] | pl.Series | Sequence[object]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One name that would not fit: what was said, of which object, and who bears that name or another one."""

    object_id: str
    scheme: str
    value: str
    known_as: str

    @property
    def text(self) -> str:
        return f"{self.object_id} is said to be {self.scheme} {self.value}, at odds with {self.known_as}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """One file as it was taken in: by its bytes, and how many of its records could be used."""

    name: str
    digest: str
    n_read: int
    n_rejected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What keeping a batch of opinions changed."""

    objects_new: int = 0
    element_sets_new: int = 0
    ephemerides_new: int = 0
    already_known: int = 0
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """An import that was done before: the file, when, and what it changed."""

    file: ImportedFile
    at_tai_ns: int
    objects_new: int
    element_sets_new: int
    ephemerides_new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFinding:
    """What was found at one moment of an event's life."""

    finding: Finding
    kept_at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One look at all pairs of a picture: over which span, how, from what, and what was discarded.

    ``sieve_account`` counts what each filter discarded; ``n_approaches`` is what was left.  ``settings`` are
    pairs in order of name, as a lineage keeps them.
    """

    start_tai_ns: int
    end_tai_ns: int
    miss_threshold_m: float
    picture_digest: str
    settings: tuple[tuple[str, str], ...] = ()
    sieve_account: tuple[tuple[str, int], ...] = ()
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScreening:
    """A screening with the name and the digest it was kept under.

    The id follows from the content, so the same screening done again is the same record; the wall time of the
    first time is told, and is no part of the digest.
    """

    screening_id: str
    screening: Screening
    approaches_digest: str
    n_approaches: int
    wall_s: float
    kept_at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMessage:
    """A warning as it came in, and what was found in it.

    The finding's objects and key are provisional: the store knows which of its objects and events they mean.
    """

    message: ConjunctionMessage
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptConjunctionMessage:
    """A warning as it is kept, under its event; its objects bear the store's own ids."""

    message: ConjunctionMessage
    event_id: EventId
    digest: str
    source: str
    kept_at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessages:
    """What keeping a batch of warnings changed.  ``event_ids`` has one for each, in the order given."""

    event_ids: tuple[EventId, ...] = ()
    updates_new: int = 0
    already_known: int = 0
    events_new: int = 0
    objects_new: int = 0
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How often somebody spoke of an event, his last probability, his labels; this node has no name here."""

    originator: str
    n_updates: int
    probability_said: float | None = None
    markings: frozenset[Marking] = frozenset()


class Store(Protocol):
    """A place that keeps: every call is one transaction, done wholly or not at all.

    What is read is read from one realm.  Nothing kept is ever changed into something else; what is overtaken
    stays as history.
    """

    def node_name(self) -> str:
        """Return the name this node puts before its event ids; ``DEFAULT_NODE`` until it is given one."""
        ...

    def name_node(self, name: str) -> None:
        """Give this node its name, two to eight capitals.  Events named before keep their ids."""
        ...

    def add_element_sets(
        self,
        element_sets: Iterable[ElementSet],
        *,
        source: str,
        at_tai_ns: int,
        file: ImportedFile | None = None,
    ) -> Added:
        """Keep what a source says; what the same source said before, word for word, is kept once.

        Sets join the object that bears their catalogue number, else their COSPAR id, else another designator,
        whatever ``object_id`` they came with.  Names that contradict are kept, and reported.
        """
        ...

    def add_ephemerides(
        self,
        ephemerides: Iterable[Ephemeris],
        *,
        source: str,
        at_tai_ns: int,
        file: ImportedFile | None = None,
    ) -> Added:
        """Keep tables of states as a source published them, each with all its words, beside all others.

        Who they speak of, and what is kept once, is decided as for element sets.
        """
        ...

    def past_import(self, file_digest: str, *, source: str, realm: Realm) -> PastImport | None:
        """Return the earlier import of the very same bytes from this source, if there was one."""
        ...

    def last_imports(self, realm: Realm) -> Mapping[str, PastImport]:
        """Return the import done last from each source."""
        ...

    def catalogue(self, realm: Realm, *, as_of_tai_ns: int | None = None) -> Catalogue:
        """Return what each source last said of each object, by epoch, at or before an instant.

        Sets of one source that share the newest epoch of an object all stand, side by side.
        """
        ...

    def first_epochs(self, realm: Realm) -> Mapping[str, int]:
        """Return the oldest epoch kept of each object."""
        ...

    def low_element_sets(
        self, realm: Realm, *, perigee_radius_m: float, start_tai_ns: int, end_tai_ns: int
    ) -> tuple[ElementSet, ...]:
        """Return every element set of a span, both ends included, whose perigee lies below a radius."""
        ...

    def element_sets_of(self, object_id: str, *, realm: Realm) -> tuple[ElementSet, ...]:
        """Return every element set of an object, from every source, in order of epoch.

        Raises: NoSuchRecord when the object is not known.
        """
        ...

    def ephemerides_of(self, object_id: str, *, realm: Realm) -> tuple[Ephemeris, ...]:
        """Return every ephemeris of an object, from every source, in order of start.

        Raises: NoSuchRecord when the object is not known.
        """
        ...

    def object_known_as(self, scheme: str, value: str, *, realm: Realm) -> Identity:
        """Return the object that bears a designator: ``norad 25544``, ``cospar 1998-067A``, ``object OBJ-…``.

        Raises: NoSuchRecord when nobody bears it.
        """
        ...

    def identities(self, realm: Realm) -> tuple[Identity, ...]:
        """Return every object with all its names, in order of id."""
        ...

    def keep_findings(self, findings: Iterable[Finding], *, node: str, at_tai_ns: int) -> tuple[Event, ...]:
        """Give each finding its event, in the order given.

        A finding of a known happening (kind and ``encounter_key``, within its realm) joins that event, which
        keeps its id; the finding it overtakes stays as history.  The same finding again changes nothing.
        """
        ...

    def event(self, event_id: EventId, *, realm: Realm) -> Event:
        """Return one event as it stands.

        Raises: NoSuchRecord when no event of that realm bears the id.
        """
        ...

    def events(
        self,
        realm: Realm,
        *,
        kind: EventKind | None = None,
        peak_from_tai_ns: int | None = None,
        peak_before_tai_ns: int | None = None,
    ) -> tuple[Event, ...]:
        """Return events as they stand, in order of peak."""
        ...

    def history_of(self, event_id: EventId, *, realm: Realm) -> tuple[KeptFinding, ...]:
        """Return every finding an event ever rested on, oldest first; the last is the one that stands.

        Raises: NoSuchRecord when no event of that realm bears the id.
        """
        ...

    def keep_outcome(self, outcome: Outcome) -> None:
        """Keep what really happened of an event, after what was entered before; nothing is overwritten.

        Raises: NoSuchRecord when no event of that realm bears the id.
        """
        ...

    def outcomes(self, realm: Realm) -> tuple[Outcome, ...]:
        """Return every outcome of a realm, event by event, in the order in which they were entered."""
        ...

    def keep_messages(
        self, received: Iterable[ReceivedMessage], *, node: str, source: str, at_tai_ns: int
    ) -> KeptMessages:
        """Keep warnings of one world whole, each under the event of its encounter.

        Objects are found by their names, as for element sets, and no warning renames one that has a name.  A
        warning joins the event of the same pair that is nearest in time and within ten minutes, whoever saw
        or said it first; else it opens one.  The same message again is kept once.  A later one of the same
        originator leaves the earlier in place.  An event rests on this node's own look where there is one,
        else on the warning created last.
        """
        ...

    def messages_of(self, event_id: EventId, *, realm: Realm) -> tuple[KeptConjunctionMessage, ...]:
        """Return every warning kept of an event, in order of creation.

        Raises: NoSuchRecord when no event of that realm bears the id.
        """
        ...

    def voices(self, realm: Realm) -> Mapping[EventId, tuple[Voice, ...]]:
        """Return who spoke of each event of a realm, in order of name, this node itself first."""
        ...

    def keep_screening(
        self, screening: Screening, approaches: Mapping[str, Column], *, wall_s: float, at_tai_ns: int
    ) -> KeptScreening:
        """Keep a screening with its table of approaches: unit-named columns of equal length."""
        ...

    def screenings(self, realm: Realm) -> tuple[KeptScreening, ...]:
        """Return the screenings of a realm, oldest first."""
        ...

    def approaches_of(self, screening_id: str, *, realm: Realm) -> pl.DataFrame:
        """Return the table of approaches of a screening.

        Raises: NoSuchRecord when there is no such screening.
        """
        ...


class Detector(Protocol):
    """Somebody who watches for one kind of danger.

    ``detect`` sees the picture, its motion (in the picture's order) and the window; ``run`` does its work
    and may be called once; the same input gives the same bytes.  ``account_names`` name all it may count.
    """

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def account_names(self) -> tuple[str, ...]: ...

    def detect(self, picture: Picture, motion: "Motion", window: Window, *, run: Runner) -> Detection:
        """Return what is seen, worst first, with the account of what was put aside."""
        ...
