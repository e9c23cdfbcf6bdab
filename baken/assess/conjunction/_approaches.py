"""What a screening speaks of: close approaches, and objects that could not be followed."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats, Instants
from baken.astro.motions import Motion
from baken.astro.trajectories import Trajectories

Indices = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
SAME_NS = 1_000_000  # two minima of one pair within a millisecond are one, seen from two sides of a border


class Kind(StrEnum):
    """Where a minimum lies: inside, or at an end of the time in which both objects can be followed."""

    INTERIOR = "interior"
    INTERVAL_START = "interval start"
    INTERVAL_END = "interval end"


INTERIOR, INTERVAL_START, INTERVAL_END = 0, 1, 2
KINDS = (Kind.INTERIOR, Kind.INTERVAL_START, Kind.INTERVAL_END)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Approaches:
    """Close approaches side by side, in order of time, then of first and second object.

    ``relative_position_m`` is second minus first at the time of closest approach; velocities are the
    motion's own. ``kind`` counts in ``KINDS``.
    """

    first: Indices
    second: Indices
    tca_tai_ns: Instants
    miss_distance_m: Floats
    relative_speed_m_s: Floats
    relative_position_m: Floats
    first_position_m: Floats
    first_velocity_m_s: Floats
    second_position_m: Floats
    second_velocity_m_s: Floats
    kind: Codes

    def __len__(self) -> int:
        return int(self.first.size)

    @property
    def is_interior(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.kind == INTERIOR)

    def select(self, rows: "npt.NDArray[np.int64] | npt.NDArray[np.bool_]") -> "Approaches":
        """Return some of these approaches."""
        return Approaches(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def approaches_at(
    motion: Motion, first: Indices, second: Indices, tca_tai_ns: Instants, kind: Codes
) -> Approaches:
    """Return the approaches of given pairs at given times, with the motion's own states."""
    position_1_m, velocity_1_m_s, _ = motion.states(first, tca_tai_ns)
    position_2_m, velocity_2_m_s, _ = motion.states(second, tca_tai_ns)
    relative_m, relative_m_s = position_2_m - position_1_m, velocity_2_m_s - velocity_1_m_s
    return Approaches(
        first=first,
        second=second,
        tca_tai_ns=tca_tai_ns,
        miss_distance_m=np.sqrt((relative_m**2).sum(axis=1)),
        relative_speed_m_s=np.sqrt((relative_m_s**2).sum(axis=1)),
        relative_position_m=relative_m,
        first_position_m=position_1_m,
        first_velocity_m_s=velocity_1_m_s,
        second_position_m=position_2_m,
        second_velocity_m_s=velocity_2_m_s,
        kind=kind,
    )


def primary_first(approaches: Approaches, primaries: Indices) -> Approaches:
    """Let the primary stand first; of two primaries the smaller index does already."""
    swap = ~np.isin(approaches.first, primaries)

    column = swap[:, None]
    return replace(
        approaches,
        first=np.where(swap, approaches.second, approaches.first),
        second=np.where(swap, approaches.first, approaches.second),
        relative_position_m=np.where(column, -approaches.relative_position_m, approaches.relative_position_m),
        first_position_m=np.where(column, approaches.second_position_m, approaches.first_position_m),
        first_velocity_m_s=np.where(column, approaches.second_velocity_m_s, approaches.first_velocity_m_s),
        second_position_m=np.where(column, approaches.first_position_m, approaches.second_position_m),
        second_velocity_m_s=np.where(column, approaches.first_velocity_m_s, approaches.second_velocity_m_s),
    )


def in_order(approaches: Approaches) -> Approaches:
    """Sort by time, then first and second object; of one minimum seen twice, at a border, keep one."""
    order = np.lexsort((approaches.tca_tai_ns, approaches.second, approaches.first))
    by_pair = approaches.select(order)
    again = (
        (np.diff(by_pair.first) == 0)
        & (np.diff(by_pair.second) == 0)
        & (np.diff(by_pair.tca_tai_ns) <= SAME_NS)
        & (by_pair.kind[1:] == by_pair.kind[:-1])
    )
    once = by_pair.select(np.concatenate([[True], ~again])[: len(by_pair)])
    return once.select(np.lexsort((once.second, once.first, once.tca_tai_ns)))


def join_approaches(parts: list[Approaches]) -> Approaches:
    """Lay several lists of approaches one behind the other."""
    return Approaches(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Approaches.__dataclass_fields__
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lost:
    """Spans in which an object cannot be followed: which, from when to when, and the motion's own code."""

    object_index: Indices
    from_tai_ns: Instants
    until_tai_ns: Instants
    code: Codes

    def __len__(self) -> int:
        return int(self.object_index.size)


def lost_spans(motion: Motion, trajectories: Trajectories, start: int, end: int) -> Lost:
    """Return where objects have no piece, and why at the middle of it."""
    n = trajectories.n_objects
    piece_object = trajectories.object_of_piece
    object_index = np.concatenate([np.arange(n), piece_object])
    begin = np.concatenate([np.full(n, start), trajectories.end_tai_ns])
    order = np.lexsort((begin, object_index))
    until = np.full(object_index.size, end)
    # A gap runs from where a piece ends (or the slice begins) to where the next one of the object begins.
    object_index, begin = object_index[order], begin[order]
    starts = np.concatenate([np.full(n, -1), np.arange(piece_object.size)])[order]
    next_piece = starts + 1
    next_piece[starts < 0] = trajectories.first_piece[object_index[starts < 0]]
    has_next = next_piece < trajectories.first_piece[object_index + 1]
    until[has_next] = trajectories.start_tai_ns[next_piece[has_next]]
    gap = until - begin > SAME_NS
    middle = begin[gap] + (until[gap] - begin[gap]) // 2
    return Lost(
        object_index=object_index[gap],
        from_tai_ns=begin[gap],
        until_tai_ns=until[gap],
        code=motion.states(object_index[gap], middle)[2],
    )


def join_lost(parts: list[Lost]) -> Lost:
    """Join the spans that go on from one slice into the next."""
    object_index = np.concatenate([part.object_index for part in parts])
    begin = np.concatenate([part.from_tai_ns for part in parts])
    order = np.lexsort((begin, object_index))
    object_index, begin = object_index[order], begin[order]
    until = np.concatenate([part.until_tai_ns for part in parts])[order]
    code = np.concatenate([part.code for part in parts])[order]
    goes_on = (object_index[1:] == object_index[:-1]) & (begin[1:] <= until[:-1]) & (code[1:] == code[:-1])
    opens = np.concatenate([[True], ~goes_on])[: object_index.size]
    closes = np.concatenate([~goes_on, [True]])[: object_index.size]
    return Lost(
        object_index=object_index[opens],
        from_tai_ns=begin[opens],
        until_tai_ns=until[closes],
        code=code[opens],
    )
