"""The brief at the start of a watch: what needs attention, how good the data is, what was put aside."""

from dataclasses import dataclass, replace

from baken.records.catalogue import PictureAge
from baken.records.event import Detection, Event, EventKind, Window
from baken.records.marking import Realm
from baken.report.words import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOfData:
    """What a watch rests on: which sky, how many objects, how old, and what could not be used."""

    sky: Phrase
    digests: tuple[str, ...]
    n_element_sets: int
    n_objects: int
    n_rejected: int
    n_left_out: int
    age: PictureAge


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What one detector was given to look through, and what became of it."""

    kind: EventKind
    n_seen: int
    account: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One turn of the watch, told to whoever has the duty.  ``attention`` comes worst first."""

    realm: Realm
    as_of_tai_ns: int
    window: Window
    data: StateOfData
    attention: tuple[Event, ...]
    watched: tuple[Watched, ...]
    remarks: tuple[Phrase, ...] = ()
    took_s: tuple[tuple[str, float], ...] = ()

    def preceded_by(self, what: str, duration_s: float) -> "Brief":
        """Return the brief with one more step, done before the others, in its account of time."""
        return replace(self, took_s=((what, duration_s), *self.took_s))


def watched(detection: Detection) -> Watched:
    """Return what a brief tells of a detection besides its events."""
    return Watched(
        kind=detection.kind, n_seen=len(detection.table), account=detection.account, lost=detection.lost
    )
