"""Motions made of other motions: tables one after another, and what becomes of a motion after a burn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.motions import OUTSIDE_THE_TABLE, Motion
from baken.astro.sgp4 import Indices, States


@dataclass(frozen=True, slots=True, eq=False)
class SuccessiveMotion:
    """The motion of one object, told by several motions of one object each, one after another.

    Part ``i`` holds from ``start_tai_ns[i]`` to ``end_tai_ns[i]``; where two overlap the later one has the
    word.  Nobody tells what happens in between.
    """

    parts: tuple[Motion, ...]
    start_tai_ns: tuple[int, ...]
    end_tai_ns: tuple[int, ...]

    @property
    def n_objects(self) -> int:
        return 1

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        index, epoch = np.asarray(object_index), np.asarray(epoch_tai_ns)
        position_m, velocity_m_s, status = _nowhere(index.size)
        for part, start, end in zip(self.parts, self.start_tai_ns, self.end_tai_ns, strict=True):
            mine = (epoch >= start) & (epoch <= end)
            if mine.any():
                position_m[mine], velocity_m_s[mine], status[mine] = part.states(index[mine], epoch[mine])
        return position_m, velocity_m_s, status


@dataclass(frozen=True, slots=True, eq=False)
class DisplacedMotion:
    """Variants of one object of a motion: each that motion itself until its burn, then moved aside.

    ``displacement`` tells for each variant how far it is aside, as a motion that begins at the burn.
    """

    motion: Motion
    object_index: int
    burn_tai_ns: Instants
    displacement: Motion

    @property
    def n_objects(self) -> int:
        return int(self.burn_tai_ns.size)

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        index, epoch = np.asarray(object_index), np.asarray(epoch_tai_ns)
        position_m, velocity_m_s, status = self.motion.states(np.full(index.size, self.object_index), epoch)
        after = epoch >= self.burn_tai_ns[index]
        if after.any():
            aside_m, aside_m_s, its_status = self.displacement.states(index[after], epoch[after])
            position_m[after] += aside_m
            velocity_m_s[after] += aside_m_s
            status[after] = np.where(status[after] == 0, its_status, status[after])
        return position_m, velocity_m_s, status


def successive(parts: Sequence[tuple[Motion, int, int]]) -> SuccessiveMotion:
    """Return motions of one object, each with its start and end, as one."""
    motions, starts, ends = zip(*parts, strict=True)
    return SuccessiveMotion(tuple(motions), tuple(starts), tuple(ends))


def _nowhere(n: int) -> States:
    def empty() -> Floats:
        return np.full((n, 3), np.nan)

    return empty(), empty(), np.full(n, OUTSIDE_THE_TABLE, dtype=np.int8)
