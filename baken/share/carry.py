"""Carry one state over the seconds to a rounded instant, and say how wide its uncertainty then is.

Where a number is rounded the object is rounded with it: a state is carried to the rounded instant by the
motion of two bodies and the Earth's flattening, never given a new date.
"""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_RADIUS_EGM2008_M, EARTH_ROTATION_RATE_RAD_S
from baken.astro.covariance import inertial_covariance, turned_covariance
from baken.astro.local_frames import rotation_inertial_to_tnw
from baken.astro.named_frames import EME2000, INERTIAL, TEME, is_earth_fixed
from baken.astro.oblate_motion import oblate_states

# Axes that do not turn with the Earth; their z lies along the Earth's to 3 mrad (precession since 2000).
STEADY = INERTIAL | EME2000 | TEME | {"TOD", "TOD_EARTH", "MOD", "MOD_EARTH"}
# Those that turn along with the object differ in velocity, and are not among them.
RTN_NAMES = frozenset({"RTN", "RSW", "RIC", "RTN_INERTIAL", "RSW_INERTIAL"})
TNW_NAMES = frozenset({"TNW", "TNW_INERTIAL"})
SPIN_RAD_S = np.array([0.0, 0.0, EARTH_ROTATION_RATE_RAD_S])
# What two bodies and J2 leave out: the rest of the Earth's field near it, with the air from 200 km up and
# the tilt of the axes, falling with the fourth power of the distance; Sun and Moon out to 100,000 km.
NEAR_M_S2, FAR_M_S2 = 4e-4, 3e-5
LOWEST_M, FARTHEST_M = EARTH_RADIUS_EGM2008_M + 180e3, 1e8
# Halves of the steps of a central difference: motion bends over hundreds of kilometres.
STEP_M, STEP_M_S = 10.0, 0.01


class Carried(NamedTuple):
    """A state some seconds on, and how far off it may be for what the motion leaves out."""

    position_m: Floats
    velocity_m_s: Floats
    off_m: float
    off_m_s: float


def can_carry(frame: str) -> bool:
    """Say whether states in a frame of this name can be carried."""
    return frame.upper() in STEADY or is_earth_fixed(frame)


def carried(frame: str, position_m: Floats, velocity_m_s: Floats, after_s: float) -> Carried:
    """Return a state so many seconds later, or earlier, in axes of the same name.

    The bound grows with the square of time: an acceleration that was left out moves an object by three
    halves of ``a t²`` at most along its track, and half of it across (Clohessy & Wiltshire 1960).

    Assumes its frame is one of those that can be carried, and that it meets no burn.

    Shape:  (3,) each.
    Raises: ValueError for one so low that air decides where it goes, or so far that the Moon does.
    """
    if after_s == 0.0:
        return Carried(position_m, velocity_m_s, 0.0, 0.0)
    start = _steady(frame, position_m, velocity_m_s)
    there_m, there_m_s = oblate_states(start[None, :3], start[None, 3:], [after_s])
    position, velocity = _back(frame, there_m[0, 0], there_m_s[0, 0], after_s)
    radii_m = float(np.linalg.norm(position_m)), float(np.linalg.norm(position))
    if not LOWEST_M <= min(radii_m) <= max(radii_m) <= FARTHEST_M:
        raise ValueError(f"at {min(radii_m) / 1000.0:.0f} km from the Earth's centre no state can be carried")
    radius_m = min(radii_m)
    left_out_m_s2 = NEAR_M_S2 * (EARTH_RADIUS_EGM2008_M / radius_m) ** 4 + FAR_M_S2
    return Carried(position, velocity, 1.5 * left_out_m_s2 * after_s**2, 3.0 * left_out_m_s2 * abs(after_s))


def carried_covariance(
    frame: str, position_m: Floats, velocity_m_s: Floats, covariance_si: Floats, after_s: float
) -> Floats:
    """Return a covariance so many seconds later, along with its state, in steady axes.

    Shape:  (3,), (3,) and (6, 6), the covariance in steady axes too.
    """
    if after_s == 0.0:
        return covariance_si
    start = _steady(frame, position_m, velocity_m_s)
    step = np.array([STEP_M] * 3 + [STEP_M_S] * 3)
    shifted = np.concatenate([start + np.diag(step), start - np.diag(step)])
    there_m, there_m_s = oblate_states(shifted[:, :3], shifted[:, 3:], [after_s])
    led = np.concatenate([there_m[:, 0], there_m_s[:, 0]], axis=1)
    transition = ((led[:6] - led[6:]) / (2.0 * step[:, None])).T
    return np.asarray(transition @ covariance_si @ transition.T)


def steady_covariance(
    frame: str, position_m: Floats, velocity_m_s: Floats, covariance_frame: str, covariance_si: Floats
) -> Floats:
    """Return a covariance in the axes of its state at that instant, standing still.

    Raises: ValueError for a frame nobody here can turn from.
    """
    name = covariance_frame.upper()
    start = _steady(frame, position_m, velocity_m_s)
    if name in RTN_NAMES:
        return inertial_covariance(start[:3], start[3:], covariance_si)
    if name in TNW_NAMES:
        rotation = rotation_inertial_to_tnw(start[:3], start[3:])
        return turned_covariance(rotation.T, covariance_si)
    if name not in ("", frame.upper()):
        raise ValueError(f"a covariance in {covariance_frame} of a state in {frame} cannot be turned")
    return _spun(covariance_si, SPIN_RAD_S) if is_earth_fixed(frame) else covariance_si


def own_covariance(frame: str, covariance_si: Floats) -> Floats:
    """Return a covariance in steady axes as a frame of this name has it, whose velocities may be its own."""
    return _spun(covariance_si, -SPIN_RAD_S) if is_earth_fixed(frame) else covariance_si


def _spun(covariance_si: Floats, spin_rad_s: Floats) -> Floats:
    """Return a covariance whose velocities have gained a spin: ``v + w x r``."""
    gain = np.eye(6)
    gain[3:, :3] = np.cross(spin_rad_s, np.eye(3)).T
    return np.asarray(gain @ covariance_si @ gain.T)


def round_sigmas(covariance_si: Floats, off_m: float, off_m_s: float) -> tuple[float, float]:
    """Return one-sigmas of position and velocity, alike in all directions, that never say more than is true.

    With them on its diagonal a covariance is no smaller, in any direction of the six, than the one given
    together with any error of position up to ``off_m`` and of velocity up to ``off_m_s``.  An error is taken
    whole (``e eᵀ ⪯ |e|² I``) and not as the mean over errors: who gets one item gets one error.

    Shape:  (6, 6).

    >>> sigmas = round_sigmas(np.diag([4.0, 9.0, 1.0, 1.0, 1.0, 1.0]), 0.0, 0.0)
    >>> [round(sigma, 6) for sigma in sigmas]
    [3.0, 1.0]
    """
    # Two errors at once: (p, v)(p, v)ᵀ ⪯ diag(2 ppᵀ, 2 vvᵀ).
    whole = covariance_si + np.diag([2.0 * off_m**2] * 3 + [2.0 * off_m_s**2] * 3)
    halves = [float(np.abs(np.linalg.eigvalsh(half)).max()) for half in (whole[:3, :3], whole[3:, 3:])]
    scale = np.repeat([half**0.5 if half > 0.0 else 1.0 for half in halves], 3)
    # Position and velocity err together; diagonal blocks alone have to be up to twice as large to cover that.
    together = max(1.0, float(np.linalg.eigvalsh(whole / np.outer(scale, scale)).max()))
    sigma_m, sigma_m_s = ((half * together) ** 0.5 for half in halves)
    return sigma_m, sigma_m_s


def _steady(frame: str, position_m: Floats, velocity_m_s: Floats) -> Floats:
    """Return a state in axes that stand still and coincide with its own at that instant."""
    velocity = (
        velocity_m_s + np.cross(SPIN_RAD_S, position_m) if is_earth_fixed(frame) else np.asarray(velocity_m_s)
    )
    return np.concatenate([position_m, velocity])


def _back(frame: str, position_m: Floats, velocity_m_s: Floats, after_s: float) -> tuple[Floats, Floats]:
    """Return a state in axes of that name again, which may have turned meanwhile."""
    if not is_earth_fixed(frame):
        return position_m, velocity_m_s
    turn_rad = EARTH_ROTATION_RATE_RAD_S * after_s
    cos, sin = np.cos(turn_rad), np.sin(turn_rad)
    rotation = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    fixed_m = rotation @ position_m
    return fixed_m, rotation @ velocity_m_s - np.cross(SPIN_RAD_S, fixed_m)
