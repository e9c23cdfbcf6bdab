"""Rotations as 3 x 3 matrices, many at once.  ``rotation_a_to_b @ vector_a`` is ``vector_b``."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Vectors


def turned(rotation: FloatsLike, vector: Vectors) -> Floats:
    """Return the same vectors, seen in the frame the rotation leads to.

    Shape: rotation (..., 3, 3), vector (..., 3); the result (..., 3).

    >>> turned(rotation_about_z(np.pi / 2.0), [1.0, 0.0, 0.0]).round(12)
    array([ 0., -1.,  0.])
    """
    return np.asarray(np.einsum("...ij,...j->...i", np.asarray(rotation), np.asarray(vector)))


def turned_back(rotation: FloatsLike, vector: Vectors) -> Floats:
    """Return the same vectors, seen in the frame the rotation comes from."""
    return np.asarray(np.einsum("...ji,...j->...i", np.asarray(rotation), np.asarray(vector)))


def reversed_rotation(rotation: FloatsLike) -> Floats:
    """Return the way back: of a rotation the inverse is the transpose."""
    return np.swapaxes(np.asarray(rotation), -1, -2)


def rotation_about_z(angle_rad: FloatsLike) -> Floats:
    """Return the rotation to axes turned by an angle about z, anticlockwise seen from its tip."""
    angle_rad = np.asarray(angle_rad, dtype=np.float64)
    cosine, sine, zero, one = (
        np.cos(angle_rad),
        np.sin(angle_rad),
        np.zeros_like(angle_rad),
        np.ones_like(angle_rad),
    )
    rows = [[cosine, sine, zero], [-sine, cosine, zero], [zero, zero, one]]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def velocity_of_turning_m_s(rate_rad_s: FloatsLike, position_m: FloatsLike) -> Floats:
    """Return the velocity of points that turn about z at this rate.

    Shape: rate (...), position (..., 3); the result (..., 3).

    >>> velocity_of_turning_m_s(2.0, [3.0, 0.0, 9.0])
    array([-0.,  6.,  0.])
    """
    position_m = np.asarray(position_m, dtype=np.float64)
    rate_rad_s, x_m, y_m = np.broadcast_arrays(
        np.asarray(rate_rad_s, dtype=np.float64), position_m[..., 0], position_m[..., 1]
    )
    return np.stack([-rate_rad_s * y_m, rate_rad_s * x_m, np.zeros_like(x_m)], axis=-1)
