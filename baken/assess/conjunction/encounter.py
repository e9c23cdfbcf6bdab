"""Two objects at closest approach, seen in the plane that stands across their relative motion."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.local_frames import rotation_inertial_to_rtn

# The shape CelesTrak's SOCRATES gives to an object of which nothing is known: 1-sigma in radial, transverse
# and normal direction, in the object's own RTN. Kelso & Alfano (2005), AAS 05-124.
SOCRATES_SIGMA_RTN_M = (100.0, 300.0, 100.0)
# At a millimetre a second, passing through a hundred metres of doubt takes a day: no short encounter.
LEAST_RELATIVE_SPEED_M_S = 1e-3


class EncounterStatus(IntEnum):
    """Whether an encounter has a plane and a covariance in it."""

    DEFINED = 0
    NO_RELATIVE_MOTION = 1
    NOT_POSITIVE_DEFINITE = 2
    UNKNOWN_INPUT = 3


@dataclass(frozen=True, slots=True)
class Encounters:
    """Misses and standard deviations in the encounter plane, along the covariance's own axes, narrow first.

    Shape: miss_m and sigma_m are (..., 2), status (...).  Where status is not 0 both are NaN.
    """

    miss_m: Floats
    sigma_m: Floats
    status: npt.NDArray[np.int8]


def encounter_plane(
    relative_position_m: FloatsLike, relative_velocity_m_s: FloatsLike, covariance_m2: FloatsLike
) -> Encounters:
    """Project miss and combined covariance on the plane across the relative velocity.

    Everything is in one inertial frame, at the time of closest approach or a few
    milliseconds from it: what the objects still travel toward it falls along the
    relative velocity, and so out of the plane.

    Shape:  vectors are (..., 3), covariance_m2 is (..., 3, 3) or larger, position first.
    Source: Foster & Estes (1992), NASA JSC-25898.

    >>> seen = encounter_plane([0.0, 30.0, 40.0], [7000.0, 0.0, 0.0], np.diag([1e6, 100.0, 400.0]))
    >>> seen.miss_m.tolist(), seen.sigma_m.tolist()
    ([30.0, 40.0], [10.0, 20.0])
    """
    position, velocity = np.asarray(relative_position_m, float), np.asarray(relative_velocity_m_s, float)
    covariance = np.asarray(covariance_m2, float)[..., :3, :3]
    with np.errstate(invalid="ignore", divide="ignore"):
        across = _axes_across(velocity)
        in_plane = across @ covariance @ across.swapaxes(-1, -2)
        sigma_m, axes = _principal_axes(in_plane)
        miss_m = np.abs((axes @ across @ position[..., None])[..., 0])
    status = _status(velocity, miss_m, in_plane, sigma_m)
    undefined = (status != EncounterStatus.DEFINED)[..., None]
    return Encounters(np.where(undefined, np.nan, miss_m), np.where(undefined, np.nan, sigma_m), status)


def combined_covariance_m2(
    position_1_m: FloatsLike,
    velocity_1_m_s: FloatsLike,
    covariance_rtn_1_m2: FloatsLike,
    position_2_m: FloatsLike,
    velocity_2_m_s: FloatsLike,
    covariance_rtn_2_m2: FloatsLike,
) -> Floats:
    """Add two position covariances, each given in its object's own RTN, in the frame of the states.

    Assumes that the errors of the two have nothing in common.

    Shape:  vectors are (..., 3), covariances (..., 3, 3) or larger, position first; the result (..., 3, 3).

    >>> r, v = [7.0e6, 0.0, 0.0], [0.0, 7500.0, 0.0]
    >>> own = np.diag([1.0, 9.0, 4.0])
    >>> combined_covariance_m2(r, v, own, r, [0.0, 0.0, 7500.0], own)
    array([[ 2.,  0.,  0.],
           [ 0., 13.,  0.],
           [ 0.,  0., 13.]])
    """
    return _in_inertial_m2(position_1_m, velocity_1_m_s, covariance_rtn_1_m2) + _in_inertial_m2(
        position_2_m, velocity_2_m_s, covariance_rtn_2_m2
    )


def covariance_of_axes_m2(sigma_rtn_m: FloatsLike = SOCRATES_SIGMA_RTN_M) -> Floats:
    """Return the covariance of errors that keep to the axes of RTN.

    Shape:  sigma_rtn_m is (..., 3); the result is (..., 3, 3).

    >>> covariance_of_axes_m2().diagonal().tolist()
    [10000.0, 90000.0, 10000.0]
    """
    sigma = np.asarray(sigma_rtn_m, dtype=float)
    return np.asarray(sigma[..., :, None] ** 2 * np.eye(3))


def miss_rtn_m(position_m: FloatsLike, velocity_m_s: FloatsLike, relative_position_m: FloatsLike) -> Floats:
    """Return where the other object is, in radial, transverse and normal of this one.

    Shape:  all are (..., 3).

    >>> miss_rtn_m([7.0e6, 0.0, 0.0], [0.0, 7500.0, 0.0], [1.0, 2.0, 3.0])
    array([1., 2., 3.])
    """
    rotation = rotation_inertial_to_rtn(np.asarray(position_m, float), np.asarray(velocity_m_s, float))
    return np.asarray(np.einsum("...ij,...j->...i", rotation, np.asarray(relative_position_m, float)))


def _in_inertial_m2(
    position_m: FloatsLike, velocity_m_s: FloatsLike, covariance_rtn_m2: FloatsLike
) -> Floats:
    rotation = rotation_inertial_to_rtn(np.asarray(position_m, float), np.asarray(velocity_m_s, float))
    covariance = np.asarray(covariance_rtn_m2, float)[..., :3, :3]
    return np.asarray(rotation.swapaxes(-1, -2) @ covariance @ rotation)


def _axes_across(velocity: Floats) -> Floats:
    """Return two unit vectors across each velocity, as rows: (..., 2, 3)."""
    along = velocity / np.linalg.norm(velocity, axis=-1, keepdims=True)
    # Start from the axis the velocity leans to least, where the cross product keeps its figures.
    start = np.eye(3)[np.argmin(np.abs(along), axis=-1)]
    first = np.cross(along, start)
    first /= np.linalg.norm(first, axis=-1, keepdims=True)
    return np.stack([first, np.cross(along, first)], axis=-2)


def _principal_axes(covariance: Floats) -> tuple[Floats, Floats]:
    """Return the standard deviations of 2x2 covariances, smaller first, and their axes as rows."""
    a, b, c = covariance[..., 0, 0], covariance[..., 0, 1], covariance[..., 1, 1]
    angle_rad = 0.5 * np.arctan2(2.0 * b, a - c)
    wide = np.stack([np.cos(angle_rad), np.sin(angle_rad)], axis=-1)
    narrow = np.stack([-wide[..., 1], wide[..., 0]], axis=-1)
    largest = 0.5 * (a + c) + np.hypot(0.5 * (a - c), b)
    # The determinant keeps the figures that a difference of eigenvalues loses in a thin ellipse.
    smallest = (a * c - b * b) / largest
    variance = np.stack([smallest, largest], axis=-1)
    return np.sqrt(variance), np.stack([narrow, wide], axis=-2)


def _status(velocity: Floats, miss_m: Floats, in_plane: Floats, sigma_m: Floats) -> npt.NDArray[np.int8]:
    moving = np.linalg.norm(velocity, axis=-1) >= LEAST_RELATIVE_SPEED_M_S
    known = (
        np.isfinite(velocity).all(axis=-1)
        & np.isfinite(in_plane).all(axis=(-2, -1))
        & np.isfinite(miss_m).all(axis=-1)
    )
    positive = (sigma_m > 0.0).all(axis=-1)
    return np.select(
        [~np.isfinite(velocity).all(axis=-1), ~moving, ~known, ~positive],
        [
            EncounterStatus.UNKNOWN_INPUT,
            EncounterStatus.NO_RELATIVE_MOTION,
            EncounterStatus.UNKNOWN_INPUT,
            EncounterStatus.NOT_POSITIVE_DEFINITE,
        ],
        EncounterStatus.DEFINED,
    ).astype(np.int8)
