"""What becomes of an object of the picture after a burn: its own elements, and how far it is moved aside.

Elements tell where the object would have been; the burn's effect is the difference of two numerical orbits
from the same state, with the burn and without.  What both leave out (drag, higher terms of gravity, Moon and
Sun) cancels but for its change across the displacement, and without a burn nothing changes at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.changed_motions import DisplacedMotion
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.motions import Motion, ephemeris_motion
from baken.astro.oblate_motion import oblate_states
from baken.astro.rotations import turned_back
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.errors import WrongUsage

ROW_S = 60.0
FEWEST_ROWS = 8
HALF_A_SECOND_NS = NANOSECONDS_A_SECOND // 2
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn:
    """An impulsive burn: when, and by how much in the object's own radial, transverse and normal."""

    at_tai_ns: int
    delta_v_rtn_m_s: Vector


def motion_after_burns(
    motion: Motion, object_index: int, burns: Sequence[Burn], end_tai_ns: int
) -> DisplacedMotion:
    """Return an object of a motion (in TEME) as each burn would leave it, until an end.

    Raises: WrongUsage when a burn is not before the end, or the object is nowhere at that time.
    """
    tables = [_displacement(motion, object_index, burn, end_tai_ns) for burn in burns]
    return DisplacedMotion(
        motion=motion,
        object_index=object_index,
        burn_tai_ns=np.array([burn.at_tai_ns for burn in burns], dtype=np.int64),
        displacement=ephemeris_motion(*zip(*tables, strict=True)),
    )


def _displacement(
    motion: Motion, object_index: int, burn: Burn, end_tai_ns: int
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Floats, Floats]:
    """Return the rows of how far aside a burn moves an object."""
    span_s = (end_tai_ns - burn.at_tai_ns) / NANOSECONDS_A_SECOND
    if span_s <= 0.0:
        raise WrongUsage("a burn comes before the end of the window; give an earlier one, or more --days")
    n_rows = max(FEWEST_ROWS, int(np.ceil(span_s / ROW_S)) + 2)
    position_m, velocity_m_s = _state_of_positions(motion, object_index, burn.at_tai_ns)
    to_rtn = rotation_inertial_to_rtn(position_m, velocity_m_s)
    both_m_s = np.stack([velocity_m_s, velocity_m_s + turned_back(to_rtn, np.array(burn.delta_v_rtn_m_s))])
    along_m, along_m_s = oblate_states(
        np.stack([position_m, position_m]), both_m_s, ROW_S * np.arange(n_rows)
    )
    epochs = burn.at_tai_ns + np.arange(n_rows) * round(ROW_S * NANOSECONDS_A_SECOND)
    return epochs, along_m[1] - along_m[0], along_m_s[1] - along_m_s[0]


def _state_of_positions(motion: Motion, object_index: int, at_tai_ns: int) -> tuple[Floats, Floats]:
    """Return a state whose velocity is the rate of the positions, which SGP4's own is not."""
    epochs = np.array([at_tai_ns - HALF_A_SECOND_NS, at_tai_ns, at_tai_ns + HALF_A_SECOND_NS])
    position_m, _, status = motion.states(np.full(3, object_index), epochs)
    if status.any():
        raise WrongUsage("the object cannot be followed at the time of the burn; choose another time")
    return position_m[1], position_m[2] - position_m[0]
