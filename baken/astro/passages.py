"""When objects pass something: an altitude, a node, the edge of the shadow.  For any motion, many at once.

What is passed is a function of time and state that changes its sign there.  It is looked at in even steps,
and where two of them differ in sign the instant is closed in on.  Two passages within one step cancel and
stay unseen: the step is the caller's to choose.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.earth_data import EarthData
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.frames import rotation_gcrs_to_itrs
from baken.astro.motions import Motion
from baken.astro.rotations import turned
from baken.astro.sgp4 import Indices
from baken.astro.sun_moon import sun_position_gcrs_m, sunlit_fraction

# Of (m,) instants, (m, 3) positions and (m, 3) velocities: (m,) numbers that change sign at a passage.
Sign = Callable[[Instants, Floats, Floats], Floats]
ENOUGH_NS = 1_000  # eight millimetres in low orbit
HALF_LIT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passages:
    """Who passed when, to the microsecond, in order of object and time; ``is_rising``: from minus to plus."""

    object_index: Indices
    epoch_tai_ns: Instants
    is_rising: Truths

    def rising(self) -> "Passages":
        """Return those from minus to plus: north through the node, up through an altitude, into the light."""
        return self._some(self.is_rising)

    def falling(self) -> "Passages":
        """Return those from plus to minus: south, down, into the shadow."""
        return self._some(~self.is_rising)

    def _some(self, which: Truths) -> "Passages":
        return Passages(
            object_index=self.object_index[which],
            epoch_tai_ns=self.epoch_tai_ns[which],
            is_rising=self.is_rising[which],
        )


def passages(
    motion: Motion, start_tai_ns: int, end_tai_ns: int, sign: Sign, step_s: float = 60.0
) -> Passages:
    """Find every passage of every object between two instants.

    A motion that ends, or has not begun, is passed over: nothing is said where it has no state.

    >>> from baken.astro.motions import ephemeris_motion
    >>> time_ns = np.arange(5) * 60_000_000_000
    >>> line = np.outer(np.arange(5) * 60.0 - 90.0, [0.0, 0.0, 1.0])
    >>> motion = ephemeris_motion([time_ns], [line], [np.tile([0.0, 0.0, 1.0], (5, 1))])
    >>> passages(motion, 0, 240_000_000_000, node).epoch_tai_ns.round(-4)
    array([90000000000])
    """
    n_steps = max(int(np.ceil((end_tai_ns - start_tai_ns) * 1e-9 / step_s)), 1)
    looked_ns = np.rint(np.linspace(start_tai_ns, end_tai_ns, n_steps + 1)).astype(np.int64)
    index = np.repeat(np.arange(motion.n_objects), looked_ns.size)
    value = _values(motion, index, np.tile(looked_ns, motion.n_objects), sign).reshape(-1, looked_ns.size)
    # A zero counts as plus, so that each passage is seen once.
    known = np.isfinite(value[:, :-1]) & np.isfinite(value[:, 1:])
    who, step = np.nonzero(known & ((value[:, :-1] < 0.0) != (value[:, 1:] < 0.0)))
    before_ns, after_ns, is_rising = looked_ns[step], looked_ns[step + 1], value[who, step] < 0.0
    while before_ns.size and (after_ns - before_ns).max() > ENOUGH_NS:
        middle_ns = before_ns + (after_ns - before_ns) // 2
        is_before = (_values(motion, who, middle_ns, sign) < 0.0) == is_rising
        before_ns, after_ns = (
            np.where(is_before, middle_ns, before_ns),
            np.where(is_before, after_ns, middle_ns),
        )
    return Passages(object_index=who, epoch_tai_ns=after_ns, is_rising=is_rising)


def altitude(altitude_m: float, earth: EarthData) -> Sign:
    """Return the sign of being above a geodetic altitude, for motion in GCRS; on the way down it falls."""

    def above(epoch_tai_ns: Instants, position_m: Floats, _velocity_m_s: Floats) -> Floats:
        to_ground = rotation_gcrs_to_itrs(epoch_tai_ns, earth)
        return np.asarray(geodetic_from_itrs(turned(to_ground, position_m)).height_m - altitude_m)

    return above


def node(_epoch_tai_ns: Instants, position_m: Floats, _velocity_m_s: Floats) -> Floats:
    """Return the sign of being north of the equator of the motion's frame."""
    return np.asarray(position_m[:, 2])


def in_light(epoch_tai_ns: Instants, position_m: Floats, _velocity_m_s: Floats) -> Floats:
    """Return the sign of seeing more than half of the Sun, for motion in GCRS."""
    return np.asarray(sunlit_fraction(position_m, sun_position_gcrs_m(epoch_tai_ns)) - HALF_LIT)


def _values(motion: Motion, index: Indices, epoch_tai_ns: Instants, sign: Sign) -> Floats:
    """Return the sign's number at each (object, time) pair, NaN where there is no state."""
    position_m, velocity_m_s, status = motion.states(index, epoch_tai_ns)
    there = status == 0
    value = np.full(index.size, np.nan)
    value[there] = sign(epoch_tai_ns[there], position_m[there], velocity_m_s[there])
    return value
