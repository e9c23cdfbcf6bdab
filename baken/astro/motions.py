"""Motion: where objects are at any time, whatever theory or table says so.

A motion is exact by definition: it is what somebody published, evaluated as they meant it.  Trajectories
approximate a motion with a stated bound; detectors ask the motion itself for the last word.
All motions that are looked at together speak of one frame, which the caller chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.compiled import compiled
from baken.astro.sgp4 import Indices, Sgp4Batch, States, Statuses, states_teme

# Statuses beside SGP4's own, which end at 6.
OUTSIDE_THE_TABLE = 100  # a tabulated ephemeris does not cover the time
NO_ORBIT = 102  # the theory gives numbers, but nothing near the Earth moves so
BEYOND_ITS_ORBIT = 103  # the theory gives numbers, far outside the ellipse it started from
# Some element sets of dying objects come back to life in SGP4 days after their decay, at the speed of light.
# Nothing natural passes the Earth at more than 73 km/s, the sum of its own and the Sun's escape speed.
FASTEST_M_S = 100_000.0


class Motion(Protocol):
    """Anything that can say where its objects are."""

    @property
    def n_objects(self) -> int:
        """How many objects there are; they are known by their index."""
        ...

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        """Return position (m), velocity (m/s) and status of each (object, time) pair: NaN where it is not 0.

        Shape: both arguments are (m,); the results (m, 3), (m, 3) and (m,).
        """
        ...


@dataclass(frozen=True, slots=True)
class Sgp4Motion:
    """The motion of element sets, in TEME."""

    batch: Sgp4Batch

    @property
    def n_objects(self) -> int:
        return self.batch.n_objects

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        return states_teme(self.batch, object_index, epoch_tai_ns)


@dataclass(frozen=True, slots=True, eq=False)
class EphemerisMotion:
    """The motion of tabulated states: between nodes, the polynomial through ``n_nodes`` states around a time.

    Hermite in position and velocity, so ``n_nodes`` states give degree ``2 n_nodes - 1``.  Object ``i`` owns
    the rows ``first_row[i]`` to ``first_row[i + 1]``, in order of time.
    """

    first_row: Indices
    epoch_tai_ns: Instants
    position_m: Floats
    velocity_m_s: Floats
    n_nodes: int

    @property
    def n_objects(self) -> int:
        return int(self.first_row.size - 1)

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        index = np.ascontiguousarray(object_index, dtype=np.int64)
        epoch = np.ascontiguousarray(epoch_tai_ns, dtype=np.int64)
        position_m, velocity_m_s = np.full((index.size, 3), np.nan), np.full((index.size, 3), np.nan)
        status = np.full(index.size, OUTSIDE_THE_TABLE, dtype=np.int8)
        _fill_from_table(
            self.first_row, self.epoch_tai_ns, self.position_m, self.velocity_m_s, self.n_nodes,
            index, epoch, position_m, velocity_m_s, status,
        )  # fmt: skip
        return position_m, velocity_m_s, status


def ephemeris_motion(
    epoch_tai_ns: Sequence[Instants],
    position_m: Sequence[Floats],
    velocity_m_s: Sequence[Floats],
    *,
    n_nodes: int = 4,
) -> EphemerisMotion:
    """Make a motion of tabulated ephemerides, one entry of each sequence for each object.

    Shape:  epochs are (k,), positions and velocities (k, 3), k from object to object as it comes.
    Raises: ValueError when a table is too short, or its times do not rise.

    >>> time_ns = np.arange(5) * 60_000_000_000
    >>> position = np.outer(np.arange(5) * 60.0, [1.0, 0.0, 0.0])
    >>> motion = ephemeris_motion([time_ns], [position], [np.tile([1.0, 0.0, 0.0], (5, 1))])
    >>> motion.states(np.array([0]), np.array([90_000_000_000]))[0]
    array([[90.,  0.,  0.]])
    """
    for number, epochs in enumerate(epoch_tai_ns):
        if len(epochs) < n_nodes or not (np.diff(epochs) > 0).all():
            raise ValueError(f"table {number}: at least {n_nodes} states in rising order of time are needed")
    return EphemerisMotion(
        first_row=np.cumsum([0, *(len(epochs) for epochs in epoch_tai_ns)]).astype(np.int64),
        epoch_tai_ns=np.concatenate([np.asarray(e, dtype=np.int64) for e in epoch_tai_ns]),
        position_m=np.concatenate([np.asarray(p, dtype=float) for p in position_m]),
        velocity_m_s=np.concatenate([np.asarray(v, dtype=float) for v in velocity_m_s]),
        n_nodes=n_nodes,
    )


@dataclass(frozen=True, slots=True)
class JoinedMotion:
    """Several motions as one: the objects of the first, then those of the second, and so on."""

    motions: tuple[Motion, ...]

    @property
    def n_objects(self) -> int:
        return sum(motion.n_objects for motion in self.motions)

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        index, epoch = np.asarray(object_index), np.asarray(epoch_tai_ns)
        position_m, velocity_m_s = np.full((index.size, 3), np.nan), np.full((index.size, 3), np.nan)
        status = np.zeros(index.size, dtype=np.int8)
        first = 0
        for motion in self.motions:
            mine = (index >= first) & (index < first + motion.n_objects)
            if mine.any():
                position_m[mine], velocity_m_s[mine], status[mine] = motion.states(
                    index[mine] - first, epoch[mine]
                )
            first += motion.n_objects
        return position_m, velocity_m_s, status


@dataclass(frozen=True, slots=True, eq=False)
class ChosenMotion:
    """Some of the objects of a motion, in the order chosen."""

    motion: Motion
    object_index: Indices

    @property
    def n_objects(self) -> int:
        return int(self.object_index.size)

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        return self.motion.states(self.object_index[object_index], epoch_tai_ns)


@dataclass(frozen=True, slots=True)
class OrbitsOnly:
    """A motion of which what cannot be motion is told apart, with the status ``NO_ORBIT``."""

    motion: Motion

    @property
    def n_objects(self) -> int:
        return self.motion.n_objects

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        position_m, velocity_m_s, status = self.motion.states(object_index, epoch_tai_ns)
        _mark_absurd(position_m, velocity_m_s, status)
        return position_m, velocity_m_s, status


@dataclass(frozen=True, slots=True, eq=False)
class BoundMotion:
    """A motion whose objects are never further out than their orbits reach, or ``BEYOND_ITS_ORBIT``.

    SGP4 says that a dying object has decayed, and some hours later, of a few, gives states again, on a spiral
    that leaves the Earth.  Shape: largest_radius_m is (n,).
    """

    motion: Motion
    largest_radius_m: Floats

    @property
    def n_objects(self) -> int:
        return self.motion.n_objects

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        position_m, velocity_m_s, status = self.motion.states(object_index, epoch_tai_ns)
        _mark_beyond(self.largest_radius_m[object_index], position_m, velocity_m_s, status)
        return position_m, velocity_m_s, status


def join(*motions: Motion) -> JoinedMotion:
    """Return several motions as one; they must speak of the same frame."""
    return JoinedMotion(motions)


@compiled
def _mark_absurd(position_m: Floats, velocity_m_s: Floats, status: Statuses) -> None:
    """Take back every state that is faster than anything near the Earth."""
    for k in range(status.size):
        x, y, z = velocity_m_s[k, 0], velocity_m_s[k, 1], velocity_m_s[k, 2]
        if x * x + y * y + z * z > FASTEST_M_S * FASTEST_M_S:
            position_m[k] = np.nan
            velocity_m_s[k] = np.nan
            status[k] = NO_ORBIT


@compiled
def _mark_beyond(
    largest_radius_m: Floats, position_m: Floats, velocity_m_s: Floats, status: Statuses
) -> None:
    """Take back every state that lies further out than it may."""
    for k in range(status.size):
        x, y, z = position_m[k, 0], position_m[k, 1], position_m[k, 2]
        if x * x + y * y + z * z > largest_radius_m[k] * largest_radius_m[k]:
            position_m[k] = np.nan
            velocity_m_s[k] = np.nan
            status[k] = BEYOND_ITS_ORBIT


@compiled
def _hermite(nodes_s: Floats, values: Floats, rates: Floats, t_s: float) -> tuple[float, float]:
    """Return value and rate at ``t_s`` of the polynomial with these values and rates at the nodes.

    Source: Newton's divided differences with every node taken twice (Berrut & Trefethen 2004 for the idea).
    """
    n = 2 * nodes_s.size
    z, d = np.empty(n), np.empty(n)
    for k in range(nodes_s.size):
        z[2 * k] = z[2 * k + 1] = nodes_s[k]
        d[2 * k] = d[2 * k + 1] = values[k]
    for order in range(1, n):
        for k in range(n - 1, order - 1, -1):
            if order == 1 and k % 2 == 1:
                d[k] = rates[k // 2]
            else:
                d[k] = (d[k] - d[k - 1]) / (z[k] - z[k - order])
    value, rate = d[n - 1], 0.0
    for k in range(n - 2, -1, -1):
        rate = rate * (t_s - z[k]) + value
        value = value * (t_s - z[k]) + d[k]
    return value, rate


@compiled
def _fill_from_table(
    first_row: Indices,
    table_tai_ns: Instants,
    table_m: Floats,
    table_m_s: Floats,
    n_nodes: int,
    index: Indices,
    epoch_tai_ns: Instants,
    position_m: Floats,
    velocity_m_s: Floats,
    status: Statuses,
) -> None:
    """Write the interpolated state of every pair that its table covers."""
    nodes_s = np.empty(n_nodes)
    for k in range(index.size):
        lo, hi = first_row[index[k]], first_row[index[k] + 1]
        epoch = epoch_tai_ns[k]
        if epoch < table_tai_ns[lo] or epoch > table_tai_ns[hi - 1]:
            continue
        after = lo + np.searchsorted(table_tai_ns[lo:hi], epoch)
        first = min(max(after - n_nodes // 2, lo), hi - n_nodes)
        for node in range(n_nodes):
            nodes_s[node] = (table_tai_ns[first + node] - epoch) * 1e-9
        for axis in range(3):
            value, rate = _hermite(
                nodes_s, table_m[first : first + n_nodes, axis], table_m_s[first : first + n_nodes, axis], 0.0
            )
            position_m[k, axis], velocity_m_s[k, axis] = value, rate
        status[k] = 0
