"""A breakup as far as it is known: when, where, from what, how hard, and what kind; facts about motion."""

from dataclasses import dataclass
from enum import StrEnum

from baken.assess.fragmentation.gabbard import Gabbard
from baken.assess.fragmentation.kicks import Kicks, KickSummary
from baken.assess.fragmentation.kind import KindWeights
from baken.assess.fragmentation.pinch_point import PinchPoint
from baken.records.orbit import ElementSet


class Afterwards(StrEnum):
    """What became of a candidate parent."""

    UNCHANGED = "still there, its orbit as before"
    CHANGED = "still there, its orbit changed"
    VANISHED = "no longer in the catalogue"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An object that may have been what the pieces came from, with the figures its likelihood rests on.

    ``likelihood`` is relative to the other objects of the same catalogue, by motion alone.
    """

    element_set: ElementSet
    likelihood: float
    across_m: float
    radial_m: float
    late_s: float
    along_sigma_m: float
    kick_m_s: float
    afterwards: Afterwards


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Breakup:
    """What motion says of pieces that parted.

    ``called`` is the launch they share, or how else they were put together.  ``candidates`` stand likeliest
    first; ``second`` is a further object that passed the place together with the likeliest.  The place is
    geodetic, WGS 84, of the epoch of the pinch.  ``caveats`` are sentences.
    """

    called: str
    pieces: tuple[ElementSet, ...]
    pinch: PinchPoint
    latitude_rad: float
    longitude_rad: float
    height_m: float
    candidates: tuple[Candidate, ...]
    second: Candidate | None
    second_speed_m_s: float
    kicks: Kicks
    kick_summary: KickSummary
    kick_error_m_s: float
    gabbard: Gabbard
    parent_gabbard: Gabbard | None
    kinds: KindWeights
    caveats: tuple[str, ...]

    @property
    def parent(self) -> Candidate | None:
        """The likeliest parent, if any object known before fits."""
        return self.candidates[0] if self.candidates else None

    @property
    def half_width_s(self) -> float:
        """Half the length of the interval of the time."""
        return (self.pinch.end_tai_ns - self.pinch.start_tai_ns) / 2e9
