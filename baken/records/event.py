"""Something that happens in space and that somebody has to look at."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from baken.astro.time import utc_text
from baken.records.lineage import NO_LINEAGE, Lineage, digest_of_json
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.marking_forms import marking_document

EVENT_ID = re.compile(r"(?P<node>[A-Z]{2,8})-(?P<kind>[A-Z]{2})(?P<year>\d{2})-(?P<number>\d{4,})")


class EventKind(StrEnum):
    """The dangers Baken knows, by the two letters that stand in an event's id."""

    CONJUNCTION = "CJ"
    REENTRY = "RE"
    FRAGMENTATION = "FR"
    MANOEUVRE = "MN"
    PROXIMITY = "PX"
    INTERFERENCE = "IF"
    SPACE_WEATHER = "SW"
    NEAR_EARTH_OBJECT = "NE"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventId:
    """A short name that can be said over a telephone, given once and never to another event.

    >>> str(EventId(node="NL", kind=EventKind.CONJUNCTION, year=2026, number=1))
    'NL-CJ26-0001'
    """

    node: str
    kind: EventKind
    year: int
    number: int

    def __post_init__(self) -> None:
        if not EVENT_ID.fullmatch(str(self)):
            raise ValueError(f"an event id reads like NL-CJ26-0001; this one would read {self}")

    def __str__(self) -> str:
        return f"{self.node}-{self.kind}{self.year % 100:02d}-{self.number:04d}"


def is_event_id(text: str) -> bool:
    """Say whether a text reads like the name of an event.

    >>> is_event_id("NL-CJ26-0001"), is_event_id("NL-IN26-0001")
    (True, False)
    """
    match = EVENT_ID.fullmatch(text)
    return match is not None and match["kind"] in set(EventKind)


def read_event_id(text: str) -> EventId:
    """Read an event's name as it was said or typed.

    Raises: ValueError when it does not read like one.

    >>> read_event_id("nl-cj26-0001").number
    1
    """
    match = EVENT_ID.fullmatch(text.strip().upper())
    if match is None or match["kind"] not in set(EventKind):
        raise ValueError(f"an event id reads like NL-CJ26-0001; this one reads {text!r}")
    return EventId(
        node=match["node"],
        kind=EventKind(match["kind"]),
        year=2000 + int(match["year"]),
        number=int(match["number"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a detector saw, in the words every event shares.

    ``encounter_key`` names the happening itself, so that a later look at the same one finds the same event.
    ``measures`` are unit-named figures (``miss_distance_m``), each with its value or ``None`` for unknown.
    ``because`` says in one sentence why this is shown.
    """

    kind: EventKind
    encounter_key: str
    object_ids: tuple[str, ...]
    start_tai_ns: int
    peak_tai_ns: int
    end_tai_ns: int
    measures: tuple[tuple[str, float | int | str | None], ...]
    because: str
    assumptions: tuple[str, ...] = ()
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE

    def __post_init__(self) -> None:
        if not self.start_tai_ns <= self.peak_tai_ns <= self.end_tai_ns:
            raise ValueError(f"{self.encounter_key}: a finding peaks between its start and its end")
        if list(self.object_ids) != sorted(set(self.object_ids)):
            raise ValueError(f"{self.encounter_key}: object_ids stand once each, in order")

    def measure(self, name: str) -> float | int | str | None:
        """Return one figure by its unit-bearing name, or ``None`` when it is unknown."""
        return dict(self.measures).get(name)

    @property
    def originator(self) -> str:
        """Who said it, when it was read from a message; empty when this node saw it itself."""
        return str(self.measure("originator") or "")

    @property
    def document(self) -> dict[str, object]:
        """All that was found, and how, as JSON: what the digest covers, and nothing else."""
        return {
            "kind": self.kind.value,
            "encounter_key": self.encounter_key,
            "object_ids": list(self.object_ids),
            # Nanoseconds since 2000 pass 2^53, where JSON numbers stop being exact.
            "start_tai_ns": str(self.start_tai_ns),
            "peak_tai_ns": str(self.peak_tai_ns),
            "end_tai_ns": str(self.end_tai_ns),
            "measures": dict(self.measures),
            "because": self.because,
            "assumptions": list(self.assumptions),
            "realm": self.realm.value,
            "marking": marking_document(self.marking),
            "method": self.lineage.method,
            "settings": dict(self.lineage.settings),
            "sources": [[source.name, source.digest] for source in self.lineage.sources],
            "code_version": self.lineage.code_version,
        }

    @property
    def digest(self) -> str:
        """The digest of all that was found, and of how: the same bytes give the same digest anywhere."""
        return digest_of_json(self.document)


# New elements move a close approach by seconds; the same pair meets again half a revolution later at the
# earliest, three quarters of an hour.
SAME_HAPPENING_NS = 600 * 1_000_000_000
# An object comes down once; a month before, its window still moves by days.
SAME_REENTRY_NS = 30 * 86_400 * 1_000_000_000


def nearness_ns(kind: EventKind) -> int:
    """Return how far apart the spans of two looks at one happening may lie."""
    return SAME_REENTRY_NS if kind is EventKind.REENTRY else SAME_HAPPENING_NS


def is_same_happening(finding: Finding, other: Finding) -> bool:
    """Say whether two findings speak of one happening: same kind, same world, same objects, near in time.

    Spans lie within ten minutes; those of a re-entry within a month.  Of a breakup more pieces become known
    by the day: there the parent is the same one, or where nobody knows it a piece.
    """
    return (
        finding.kind is other.kind
        and finding.realm is other.realm
        and _same_objects(finding, other)
        and gap_ns(finding.start_tai_ns, finding.end_tai_ns, other.start_tai_ns, other.end_tai_ns)
        <= nearness_ns(finding.kind)
    )


def _same_objects(finding: Finding, other: Finding) -> bool:
    if finding.kind is not EventKind.FRAGMENTATION:
        return finding.object_ids == other.object_ids
    parents = finding.measure("parent_norad_cat_id"), other.measure("parent_norad_cat_id")
    if None not in parents:
        return parents[0] == parents[1]
    return not set(finding.object_ids).isdisjoint(other.object_ids)


def gap_ns(start_tai_ns: int, end_tai_ns: int, other_start_tai_ns: int, other_end_tai_ns: int) -> int:
    """Return the time between two spans, both ends included; 0 when they touch.

    >>> gap_ns(0, 10, 15, 20), gap_ns(15, 20, 0, 10), gap_ns(0, 10, 5, 20)
    (5, 5, 0)
    """
    return max(0, other_start_tai_ns - end_tai_ns, start_tai_ns - other_end_tai_ns)


def encounter_key_of(object_ids: tuple[str, ...], tca_tai_ns: int) -> str:
    """Return the name of a meeting before it has become an event: who, and when.

    >>> encounter_key_of(("OBJ-A", "OBJ-B"), 0)
    'OBJ-A/OBJ-B@1999-12-31T23:59:28Z'
    """
    return f"{'/'.join(object_ids)}@{utc_text(tca_tai_ns, 0)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A finding that was given a name.  The name stays; a later finding of the same happening joins it."""

    event_id: EventId
    finding: Finding

    @property
    def realm(self) -> Realm:
        return self.finding.realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What really happened of an event, and who says so.  A later one corrects it and does not erase it.

    ``parent_norad_cat_id`` is what broke up, of a breakup, where that is known.
    """

    event_id: EventId
    happened_tai_ns: int
    source: str
    kept_at_tai_ns: int
    parent_norad_cat_id: int | None = None
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ValueError(f"{self.event_id}: an outcome has a source, whoever it is")
        if self.parent_norad_cat_id is not None and self.event_id.kind is not EventKind.FRAGMENTATION:
            raise ValueError(f"{self.event_id}: only of a breakup is there a parent to tell")


Runner = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The stretch of time a detector looks at, both ends included."""

    start_tai_ns: int
    end_tai_ns: int

    def __post_init__(self) -> None:
        if self.end_tai_ns <= self.start_tai_ns:
            raise ValueError("a window ends after it starts")

    @property
    def duration_s(self) -> float:
        return (self.end_tai_ns - self.start_tai_ns) / 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What one detector saw in one window.

    ``findings`` need somebody's eye and come worst first.  ``table`` holds all that was seen, needed or not.
    ``account`` says how many of what were considered and put aside, in the order of the work.  ``lost`` names
    objects that could not be followed to the end, each with the reason.
    """

    kind: EventKind
    window: Window
    findings: tuple[Finding, ...]
    table: pl.DataFrame
    settings: tuple[tuple[str, str], ...] = ()
    account: tuple[tuple[str, int], ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
