"""Two objects at closest approach, seen in the plane that stands across their relative motion."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._encounter_rows import projected, turned_back
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
    (position, velocity, covariance), shape = _as_rows(
        relative_position_m, relative_velocity_m_s, np.asarray(covariance_m2, float)[..., :3, :3]
    )
    return _encounters(velocity, *projected(position, velocity, covariance), shape)


def clipped_encounter_plane_hall_2017(
    relative_position_m: FloatsLike,
    relative_velocity_m_s: FloatsLike,
    covariance_m2: FloatsLike,
    smallest_sigma_m: FloatsLike,
) -> tuple[Encounters, npt.NDArray[np.bool_]]:
    """Do as ``encounter_plane``, raise what variance is too small there, and say where that was done.

    NASA CARA takes ``1e-4 * hard_body_radius_m`` as the smallest standard deviation.

    Shape:  as ``encounter_plane``; smallest_sigma_m and the second result are (...).
    Source: Hall, Hejduk & Johnson (2017), AAS 17-567.

    >>> flat = np.diag([1.0, -4.0, 9.0])
    >>> seen, raised = clipped_encounter_plane_hall_2017([0.0, 3.0, 4.0], [7.0, 0.0, 0.0], flat, 1e-3)
    >>> seen.sigma_m.tolist(), bool(raised)
    ([0.001, 3.0], True)
    """
    (position, velocity, covariance), shape = _as_rows(
        relative_position_m, relative_velocity_m_s, np.asarray(covariance_m2, float)[..., :3, :3]
    )
    miss_m, variance_m2 = projected(position, velocity, covariance)
    smallest_m2 = np.broadcast_to(np.asarray(smallest_sigma_m, float) ** 2, shape).reshape(-1, 1)
    is_raised = (variance_m2 < smallest_m2).any(axis=-1).reshape(shape)
    seen = _encounters(velocity, miss_m, np.maximum(variance_m2, smallest_m2), shape)
    return seen, is_raised & (seen.status == EncounterStatus.DEFINED)


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
    one_m2 = _in_inertial_m2(position_1_m, velocity_1_m_s, covariance_rtn_1_m2)
    return one_m2 + _in_inertial_m2(position_2_m, velocity_2_m_s, covariance_rtn_2_m2)


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
    both = np.broadcast_arrays(rotation, covariance)
    return turned_back(*(_rows_of(one, (3, 3)) for one in both)).reshape(both[0].shape)


def _as_rows(
    position: FloatsLike, velocity: FloatsLike, covariance: Floats
) -> tuple[tuple[Floats, Floats, Floats], tuple[int, ...]]:
    """Lay encounters out as rows, and remember their shape."""
    position, velocity = np.asarray(position, float), np.asarray(velocity, float)
    shape = np.broadcast_shapes(position.shape[:-1], velocity.shape[:-1], covariance.shape[:-2])
    vectors = (np.broadcast_to(vector, (*shape, 3)) for vector in (position, velocity))
    rows = [_rows_of(vector, (3,)) for vector in vectors]
    return (rows[0], rows[1], _rows_of(np.broadcast_to(covariance, (*shape, 3, 3)), (3, 3))), shape


def _rows_of(values: Floats, last: tuple[int, ...]) -> Floats:
    # A copy: one row that was broadcast still counts as borrowed, and numba warns of writing to it.
    return np.array(values, order="C").reshape(-1, *last)


def _encounters(velocity: Floats, miss_m: Floats, variance_m2: Floats, shape: tuple[int, ...]) -> Encounters:
    status = _status(velocity, miss_m, variance_m2)
    undefined = status != EncounterStatus.DEFINED
    miss_m[undefined], variance_m2[undefined] = np.nan, np.nan
    return Encounters(
        miss_m.reshape(*shape, 2), np.sqrt(variance_m2).reshape(*shape, 2), status.reshape(shape)
    )


def _status(velocity: Floats, miss_m: Floats, variance_m2: Floats) -> npt.NDArray[np.int8]:
    known = (
        np.isfinite(velocity).all(axis=-1)
        & np.isfinite(miss_m).all(axis=-1)
        & np.isfinite(variance_m2).all(axis=-1)
    )
    slow = np.linalg.norm(velocity, axis=-1) < LEAST_RELATIVE_SPEED_M_S
    positive = (variance_m2 > 0.0).all(axis=-1)
    codes = (
        EncounterStatus.NO_RELATIVE_MOTION,
        EncounterStatus.UNKNOWN_INPUT,
        EncounterStatus.NOT_POSITIVE_DEFINITE,
    )
    return np.select([slow, ~known, ~positive], codes, EncounterStatus.DEFINED).astype(np.int8)
