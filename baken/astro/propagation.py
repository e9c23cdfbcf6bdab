"""Numerical propagation: many objects at once under one force model, as motion for everybody else to use.

heyoka makes machine code of the forces; the steps are taken by collocation (``_collocation``), each object
with steps of its own length.  heyoka's Taylor integrator, on the same forces, is the witness in the tests and
several times as slow: docs/chapters/propagation.md tells why.
"""

from dataclasses import dataclass, replace

import numpy as np

from baken.astro import _collocation as collocation
from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike, Truths
from baken.astro.earth_data import EarthData
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.forces.acceleration import Accelerations, Points, compiled_accelerations
from baken.astro.forces.model import ForceModel
from baken.astro.forces.sky import SkyAtPoints, SkyTable, sky_at, sky_table
from baken.astro.sgp4 import Indices, States

OUTSIDE_THE_SPAN = 104  # status of a time that was not propagated to, or that an object did not live to see
N_TOGETHER = 256  # objects that step side by side: few enough to stay in the processor's cache
# What the last terms of a step may weigh.  Its end, by Gauss's points, is better by orders: a hundred such
# steps, a day in low orbit, end within 0.01 mm of where finer steps end.
TOLERANCE_M = 1e-5
FIRST_STEP_RAD = 0.7
LONGEST_STEP_RAD, SHORTEST_STEP_S = 1.6, 1e-3
# Picard's iteration stands still where rounding begins.
ROUNDING, FIRST_STILL_M = 1e-15, 1e-2
MAX_N_TURNS, MAX_N_ASKED = 40, 12
# The dear force is asked again until what another answer would change is this much of the rounding.
LOST_IN_ROUNDING = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumericalMotion:
    """Propagated objects, in GCRS: a ``Motion`` whose states are as exact as its steps.

    Object ``i`` owns steps ``first_step[i]`` to ``first_step[i + 1]``, in order of time.  ``is_whole`` tells
    who came to the end; who went below the floor, or was lost, has steps up to there.
    """

    reference_tai_ns: int
    first_step: Indices
    start_s: Floats
    step_s: Floats
    series_m: Floats
    is_whole: Truths

    @property
    def n_objects(self) -> int:
        return int(self.first_step.size - 1)

    @property
    def end_s(self) -> Floats:
        return self.start_s + self.step_s

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        """Return position and velocity of each (object, time) pair, and ``OUTSIDE_THE_SPAN`` beyond it."""
        index = np.asarray(object_index, dtype=np.int64)
        time_s = _seconds(np.asarray(epoch_tai_ns, dtype=np.int64) - self.reference_tai_ns)
        step = collocation.find_steps(self.first_step, self.start_s, self.step_s, index, time_s)
        position_m, velocity_m_s = np.full((index.size, 3), np.nan), np.full((index.size, 3), np.nan)
        at = 2.0 * (time_s - self.start_s[step]) / self.step_s[step] - 1.0
        collocation.evaluate_steps(step, self.series_m, self.step_s, at, position_m, velocity_m_s)
        return position_m, velocity_m_s, np.where(step < 0, OUTSIDE_THE_SPAN, 0).astype(np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Propagator:
    """A force model ready to run.  Make it once (heyoka compiles for seconds), use it for everything."""

    accelerations: Accelerations
    earth: EarthData
    tolerance_m: float = TOLERANCE_M

    def propagate(
        self,
        epoch_tai_ns: InstantsLike,
        position_gcrs_m: FloatsLike,
        velocity_gcrs_m_s: FloatsLike,
        end_tai_ns: InstantsLike,
        *,
        drag_m2_kg: FloatsLike = 0.0,
        radiation_m2_kg: FloatsLike = 0.0,
        floor_m: float = -np.inf,
    ) -> NumericalMotion:
        """Carry objects from their epochs to the end, later or earlier; who sinks below the floor stops.

        ``drag_m2_kg`` is drag coefficient times area over mass, ``radiation_m2_kg`` that of sunlight.
        ``floor_m`` is a geodetic altitude; a step that ends below it is an object's last.

        Shape:  position and velocity are (n, 3); epochs, end and parameters (n,) or one for all.
        Raises: ValueError when a state is not finite, an end is its epoch, or Earth data are wanting.
        """
        start = _Start.of(
            epoch_tai_ns, position_gcrs_m, velocity_gcrs_m_s, end_tai_ns, drag_m2_kg, radiation_m2_kg
        )
        span_s = np.append(start.time_s, start.end_s)
        sky = sky_table(start.reference_tai_ns, float(span_s.min()), float(span_s.max()), self.earth)
        blocks = [
            self._walk(start.some(np.arange(first, min(first + N_TOGETHER, start.n))), sky, floor_m, first)
            for first in range(0, start.n, N_TOGETHER)
        ]
        steps = _Steps.joined([steps for steps, _ in blocks])
        return steps.as_motion(start.reference_tai_ns, np.concatenate([whole for _, whole in blocks]))

    def _walk(self, start: "_Start", sky: SkyTable, floor_m: float, first: int) -> tuple["_Steps", Truths]:
        """Step all objects of a block until each is at its end, below the floor, or lost."""
        now, ahead_s = start, _first_steps_s(start, self.accelerations.model.gravity.mu_m3_s2)
        number, is_whole = np.arange(start.n), np.zeros(start.n, dtype=np.bool_)
        taken: list[_Steps] = []
        while now.n:
            left_s = now.end_s - now.time_s
            is_last = np.abs(ahead_s) >= np.abs(left_s)
            step_s = np.where(is_last, left_s, ahead_s)
            end, series_m, error_m, height_m = self._step(now, step_s, sky, floor_m)
            is_good = error_m <= self.tolerance_m
            taken.append(_Steps(first + number, now.time_s, step_s, series_m).some(is_good))
            is_whole[number[is_good & is_last]] = True
            now = now.moved(end, step_s, is_good)
            # Where no step is short enough an object is lost: in the ground, or in a bad state.
            is_lost = ~is_good & (np.abs(step_s) < SHORTEST_STEP_S)
            goes_on = ~(is_lost | (is_good & (is_last | (height_m < floor_m))))
            ahead_s = _next_steps_s(step_s, error_m, self.tolerance_m, now, self.accelerations.model)[goes_on]
            now, number = now.some(goes_on), number[goes_on]
        return _Steps.joined(taken), is_whole

    def _step(
        self, now: "_Start", step_s: Floats, sky: SkyTable, floor_m: float
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Try one step of every object: its end, its series, its error (NaN: failed), its lowest height."""
        n, mu = collocation.N_NODES, self.accelerations.model.gravity.mu_m3_s2
        at_s = now.time_s[:, None] + step_s[:, None] * collocation.NODES
        points = _points(now, sky_at(sky, at_s.ravel()), at_s)
        shape = (3, now.n, n)
        x = np.repeat(now.position_m.T[:, :, None], n, axis=2)
        v, a, more = np.empty(shape), np.empty(shape), np.zeros(shape)
        change_m = np.empty(now.n)
        still_m = ROUNDING * float(np.abs(now.position_m).max())
        before_m = np.full(now.n, np.inf)
        for asked in range(MAX_N_ASKED):
            collocation.close_the_loop(
                mu, now.position_m, now.velocity_m_s, step_s, more,
                still_m if asked else FIRST_STILL_M, MAX_N_TURNS, x, v, a, change_m,
            )  # fmt: skip
            if asked > 1 and not _would_still_move(change_m, before_m, still_m).any():
                break
            before_m = change_m.copy() if asked else before_m
            more = self.accelerations(x.reshape(3, -1), v.reshape(3, -1), points).reshape(shape)
            collocation.subtract_cheap(mu, x, more)
        end_m, end_m_s = np.empty((now.n, 3)), np.empty((now.n, 3))
        series_m, error_m = np.empty((now.n, 3, collocation.N_COEFFICIENTS)), np.empty(now.n)
        collocation.end_of_step(
            now.position_m, now.velocity_m_s, step_s, a, end_m, end_m_s, series_m, error_m
        )
        error_m[np.isnan(change_m) | _would_still_move(change_m, before_m, still_m)] = np.nan
        height_m = np.full(now.n, np.inf)
        if floor_m > -np.inf:
            ground_m = np.einsum("pij,jp->pi", points.sky.rotation_gcrs_to_itrs, x.reshape(3, -1))
            height_m = np.min(geodetic_from_itrs(ground_m).height_m.reshape(now.n, n), axis=1)
        return np.stack([end_m, end_m_s]), series_m, error_m, height_m


def build_propagator(model: ForceModel, earth: EarthData, tolerance_m: float = TOLERANCE_M) -> Propagator:
    """Compile a force model for an Earth.

    >>> from baken.astro.earth_data import no_earth_data
    >>> from baken.astro.forces.gravity import egm2008
    >>> two_body = ForceModel(gravity=egm2008(2), degree=0, order=0, has_sun=False, has_moon=False)
    >>> propagator = build_propagator(two_body, no_earth_data())
    >>> motion = propagator.propagate(0, [[7e6, 0, 0]], [[0, 7546.053287, 0]], 5828_516_638_000)
    >>> position_m, _, _ = motion.states(np.array([0]), np.array([5828_516_638_000]))
    >>> position_m.round(1) + 0.0
    array([[7000000.,       0.,       0.]])
    """
    return Propagator(compiled_accelerations(model), earth, tolerance_m)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Start:
    """Where n objects stand, when, and how far they are to go."""

    reference_tai_ns: int
    time_s: Floats
    end_s: Floats
    position_m: Floats
    velocity_m_s: Floats
    drag_m2_kg: Floats
    radiation_m2_kg: Floats

    @staticmethod
    def of(
        epoch: InstantsLike, position: FloatsLike, velocity: FloatsLike, end: InstantsLike, drag: FloatsLike,
        radiation: FloatsLike,
    ) -> "_Start":  # fmt: skip
        position_m = np.array(position, dtype=np.float64, ndmin=2)
        velocity_m_s = np.array(velocity, dtype=np.float64, ndmin=2)
        n = len(position_m)
        if not (np.isfinite(position_m).all() and np.isfinite(velocity_m_s).all()):
            raise ValueError("every position_gcrs_m and velocity_gcrs_m_s must be finite; leave bad rows out")
        epochs, ends = (np.broadcast_to(np.asarray(t, dtype=np.int64), (n,)) for t in (epoch, end))
        if (epochs == ends).any():
            raise ValueError("every end_tai_ns must be earlier or later than its epoch_tai_ns")
        reference = int(epochs.min())
        return _Start(
            reference_tai_ns=reference,
            time_s=_seconds(epochs - reference),
            end_s=_seconds(ends - reference),
            position_m=position_m,
            velocity_m_s=velocity_m_s,
            drag_m2_kg=np.broadcast_to(np.asarray(drag, dtype=np.float64), (n,)),
            radiation_m2_kg=np.broadcast_to(np.asarray(radiation, dtype=np.float64), (n,)),
        )

    @property
    def n(self) -> int:
        return int(self.time_s.size)

    def some(self, which: Truths | Indices) -> "_Start":
        return replace(
            self,
            time_s=self.time_s[which],
            end_s=self.end_s[which],
            position_m=self.position_m[which],
            velocity_m_s=self.velocity_m_s[which],
            drag_m2_kg=self.drag_m2_kg[which],
            radiation_m2_kg=self.radiation_m2_kg[which],
        )

    def moved(self, end: Floats, step_s: Floats, is_good: Truths) -> "_Start":
        good = is_good[:, None]
        return replace(
            self,
            time_s=np.where(is_good, self.time_s + step_s, self.time_s),
            position_m=np.where(good, end[0], self.position_m),
            velocity_m_s=np.where(good, end[1], self.velocity_m_s),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Steps while they are gathered: whose, from when, how long (backwards is negative), and the series."""

    object_index: Indices
    start_s: Floats
    step_s: Floats
    series_m: Floats

    def some(self, which: Truths | Indices) -> "_Steps":
        if which.dtype == np.bool_ and which.all():
            return self
        return _Steps(self.object_index[which], self.start_s[which], self.step_s[which], self.series_m[which])

    @staticmethod
    def joined(parts: list["_Steps"]) -> "_Steps":
        return _Steps(
            np.concatenate([part.object_index for part in parts]),
            np.concatenate([part.start_s for part in parts]),
            np.concatenate([part.step_s for part in parts]),
            np.concatenate([part.series_m for part in parts]),
        )

    def as_motion(self, reference_tai_ns: int, is_whole: Truths) -> NumericalMotion:
        """Put steps in order of object and time; a step backwards is told forwards."""
        order = np.lexsort((np.minimum(self.start_s, self.start_s + self.step_s), self.object_index))
        mine = self.some(order)
        back = mine.step_s < 0.0
        # Of a series over [-1, 1] told the other way round, the odd terms change sign.
        mine.series_m[back, :, 1::2] *= -1.0
        return NumericalMotion(
            reference_tai_ns=reference_tai_ns,
            first_step=np.searchsorted(mine.object_index, np.arange(is_whole.size + 1)).astype(np.int64),
            start_s=np.where(back, mine.start_s + mine.step_s, mine.start_s),
            step_s=np.abs(mine.step_s),
            series_m=mine.series_m,
            is_whole=is_whole,
        )


def _seconds(duration_ns: Instants) -> Floats:
    return np.asarray(duration_ns * 1e-9, dtype=np.float64)


def _points(now: _Start, sky: SkyAtPoints, at_s: Floats) -> Points:
    n = collocation.N_NODES
    return Points(
        epoch_tai_ns=now.reference_tai_ns + np.rint(at_s.ravel() * 1e9).astype(np.int64),
        sky=sky,
        drag_m2_kg=np.repeat(now.drag_m2_kg, n),
        radiation_m2_kg=np.repeat(now.radiation_m2_kg, n),
    )


def _would_still_move(change_m: Floats, before_m: Floats, still_m: float) -> Truths:
    """Tell where another answer of the dear force would count, as changes shrink by one factor each time."""
    return np.asarray((change_m > still_m) & (change_m**2 > LOST_IN_ROUNDING * still_m * before_m))


def _longest_steps_s(now: _Start, mu_m3_s2: float) -> Floats:
    radius_m = np.sqrt((now.position_m**2).sum(axis=1))
    return np.asarray(np.sqrt(radius_m**3 / mu_m3_s2))


def _first_steps_s(start: _Start, mu_m3_s2: float) -> Floats:
    way = np.sign(start.end_s - start.time_s)
    return np.asarray(way * FIRST_STEP_RAD * _longest_steps_s(start, mu_m3_s2))


def _next_steps_s(
    step_s: Floats, error_m: Floats, tolerance_m: float, now: _Start, model: ForceModel
) -> Floats:
    """Return the step that would have met the tolerance, with some caution; half where the step failed."""
    with np.errstate(divide="ignore"):
        factor = 0.9 * (tolerance_m / error_m) ** (1.0 / collocation.N_NODES)
    factor = np.where(np.isnan(error_m), 0.5, np.clip(factor, 0.3, 1.6))
    longest_s = LONGEST_STEP_RAD * _longest_steps_s(now, model.gravity.mu_m3_s2)
    return np.asarray(np.sign(step_s) * np.minimum(np.abs(step_s) * factor, longest_s))
