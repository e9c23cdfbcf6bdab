"""How a propagated state answers to a change of where it began, and of how much drag and light it takes.

The variational equations run along steps already taken, at the same nodes.  They are linear, so that each
step is one solution of linear equations.  Their matrix is the quotient of differences of the very forces that
moved the object, over tens of metres: good to some 1e-9 of itself, drag and shadow included.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from baken.astro import _collocation as collocation
from baken.astro.arrays import Floats, FloatsLike, Instants
from baken.astro.forces.acceleration import Accelerations, Points
from baken.astro.forces.sky import SkyTable, sky_at, sky_table
from baken.astro.propagation import NumericalMotion, Propagator
from baken.astro.sgp4 import Indices

HALF_STEP_M, HALF_STEP_M_S = 20.0, 0.5
N_TOGETHER = 256  # steps whose equations are solved together
N_STATE, N_COLUMNS = 6, 8  # position, velocity; then drag and radiation, in kg/m2


@dataclass(frozen=True, slots=True, eq=False)
class Partials:
    """What became of small changes along a motion.

    ``series`` is (steps, 8, 3, N): within a step, from its beginning.  ``since_first`` is (steps, 8, 8): from
    the beginning of an object's first step to that of each.
    """

    motion: NumericalMotion
    series: Floats
    since_first: Floats

    def between(self, object_index: Indices, since_tai_ns: Instants, epoch_tai_ns: Instants) -> Floats:
        """Return d(state at epoch) / d(state since, drag_m2_kg, radiation_m2_kg), NaN outside the span.

        Shape: all arguments are (m,); the result (m, 6, 8).
        """
        index = np.asarray(object_index, dtype=np.int64)
        later, earlier = self._from_first(index, epoch_tai_ns), self._from_first(index, since_tai_ns)
        return np.asarray((later @ np.linalg.inv(earlier))[:, :N_STATE])

    def _from_first(self, index: Indices, epoch_tai_ns: Instants) -> Floats:
        motion, m = self.motion, index.size
        time_s = (np.asarray(epoch_tai_ns, dtype=np.int64) - motion.reference_tai_ns) * np.float64(1e-9)
        step = collocation.find_steps(motion.first_step, motion.start_s, motion.step_s, index, time_s)
        at = 2.0 * (time_s - motion.start_s[step]) / motion.step_s[step] - 1.0
        within = np.tile(np.eye(N_COLUMNS), (m, 1, 1))
        for column in range(N_COLUMNS):
            position, velocity = np.full((m, 3), np.nan), np.full((m, 3), np.nan)
            series = np.ascontiguousarray(self.series[:, column])
            collocation.evaluate_steps(step, series, motion.step_s, at, position, velocity)
            within[:, :3, column], within[:, 3:6, column] = position, velocity
        return np.asarray(within @ self.since_first[step])


def partials(
    propagator: Propagator,
    motion: NumericalMotion,
    *,
    drag_m2_kg: FloatsLike = 0.0,
    radiation_m2_kg: FloatsLike = 0.0,
) -> Partials:
    """Solve the variational equations along a motion that this propagator made with these parameters.

    Shape:  parameters are (n,) or one for all.
    Raises: ValueError where the Earth data say nothing.
    Source: Montenbruck & Gill (2000), Satellite Orbits, section 7.2.
    """
    n_steps = motion.step_s.size
    mine = np.repeat(np.arange(motion.n_objects), np.diff(motion.first_step))
    drag = np.broadcast_to(np.asarray(drag_m2_kg, dtype=np.float64), (motion.n_objects,))[mine]
    radiation = np.broadcast_to(np.asarray(radiation_m2_kg, dtype=np.float64), (motion.n_objects,))[mine]
    sky = sky_table(
        motion.reference_tai_ns, float(motion.start_s.min()), float(motion.end_s.max()), propagator.earth
    )
    series = np.empty((n_steps, N_COLUMNS, 3, collocation.N_COEFFICIENTS))
    over_step = np.empty((n_steps, N_COLUMNS, N_COLUMNS))
    for first in range(0, n_steps, N_TOGETHER):
        rows = np.arange(first, min(first + N_TOGETHER, n_steps))
        slopes = _slopes(propagator.accelerations, motion, rows, sky, drag[rows], radiation[rows])
        series[rows], over_step[rows] = _solved(*slopes, motion.step_s[rows])
    return Partials(motion, series, _chained(motion.first_step, over_step))


def _slopes(
    accelerations: Accelerations,
    motion: NumericalMotion,
    rows: Indices,
    sky: SkyTable,
    drag_m2_kg: Floats,
    radiation_m2_kg: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Return the slopes of the acceleration at the nodes: with position, with velocity, with both parameters.

    Shape: (steps, N, 3, 3), (steps, N, 3, 3) and (steps, N, 3, 2).
    """
    n = collocation.N_NODES
    at_s = (motion.start_s[rows, None] + motion.step_s[rows, None] * collocation.NODES).ravel()
    points = Points(
        epoch_tai_ns=motion.reference_tai_ns + np.rint(at_s * 1e9).astype(np.int64),
        sky=sky_at(sky, at_s),
        drag_m2_kg=np.repeat(drag_m2_kg, n),
        radiation_m2_kg=np.repeat(radiation_m2_kg, n),
    )
    r, v = np.empty((at_s.size, 3)), np.empty((at_s.size, 3))
    at = np.tile(2.0 * collocation.NODES - 1.0, rows.size)
    collocation.evaluate_steps(np.repeat(rows, n), motion.series_m, motion.step_s, at, r, v)
    x, y = np.ascontiguousarray(r.T), np.ascontiguousarray(v.T)
    model, axes, zeros = accelerations.model, np.eye(3)[:, :, None], np.zeros(at_s.size)

    def quotient(dx: Floats, dy: Floats, size: float) -> Floats:
        change = accelerations(x + dx, y + dy, points) - accelerations(x - dx, y - dy, points)
        return np.asarray(change / (2.0 * size))

    still = np.zeros((3, 1))
    with_position = [quotient(HALF_STEP_M * axis, still, HALF_STEP_M) for axis in axes]
    with_velocity, with_parameters = np.zeros((3, 3, at_s.size)), np.zeros((2, 3, at_s.size))
    bare = replace(points, drag_m2_kg=zeros, radiation_m2_kg=zeros)
    if model.air is not None:
        with_velocity[:] = [quotient(still, HALF_STEP_M_S * axis, HALF_STEP_M_S) for axis in axes]
    if model.air is not None or model.has_sunlight:  # drag and light are in proportion to their parameters
        without = accelerations(x, y, bare)
        with_parameters[0] = accelerations(x, y, replace(bare, drag_m2_kg=zeros + 1.0)) - without
        with_parameters[1] = accelerations(x, y, replace(bare, radiation_m2_kg=zeros + 1.0)) - without
    shape = (-1, 3, rows.size, n)
    return (
        np.array(with_position).reshape(shape).transpose(2, 3, 1, 0),
        with_velocity.reshape(shape).transpose(2, 3, 1, 0),
        with_parameters.reshape(shape).transpose(2, 3, 1, 0),
    )


def _solved(
    with_position: Floats, with_velocity: Floats, with_parameters: Floats, step_s: Floats
) -> tuple[Floats, Floats]:
    """Return for each step the series of the changes within it, and what they are at its end."""
    n, h = collocation.N_NODES, step_s[:, None, None, None]
    once, twice = collocation.ONCE_TO_NODES.T, collocation.TWICE_TO_NODES.T
    # The change of acceleration at each node depends on that at all: by way of position, and of velocity.
    couple = np.einsum("s,ij,siab->siajb", step_s**2, twice, with_position)
    couple += np.einsum("s,ij,siab->siajb", step_s, once, with_velocity)
    moved = h * collocation.NODES[:, None, None] * with_position + with_velocity
    known = np.concatenate([with_position, moved, with_parameters], axis=-1)
    matrix = np.eye(3 * n) - couple.reshape(-1, 3 * n, 3 * n)
    change = np.linalg.solve(matrix, known.reshape(-1, 3 * n, N_COLUMNS)).reshape(-1, n, 3, N_COLUMNS)

    series = np.einsum("s,cj,sjak->skac", step_s**2, collocation.TO_CHEBYSHEV, change)
    at_end = np.tile(np.eye(N_COLUMNS), (step_s.size, 1, 1))
    at_end[:, :3, 3:6] = step_s[:, None, None] * np.eye(3)
    at_end[:, :3] += np.einsum("s,j,sjak->sak", step_s**2, collocation.TWICE_TO_END, change)
    at_end[:, 3:6] += np.einsum("s,j,sjak->sak", step_s, collocation.ONCE_TO_END, change)
    for axis in range(3):
        series[:, axis, axis, 0] += 1.0
        series[:, 3 + axis, axis, :2] += 0.5 * step_s[:, None]
    return series, at_end


def _chained(first_step: Indices, over_step: Floats) -> Floats:
    """Return for each step what leads to its beginning from the beginning of its object's first."""
    since_first = np.empty_like(over_step)
    for first, end in pairwise(first_step):
        so_far = np.eye(N_COLUMNS)
        for step in range(first, end):
            since_first[step] = so_far
            so_far = over_step[step] @ so_far
    return since_first
