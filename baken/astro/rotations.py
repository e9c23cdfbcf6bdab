"""Rotations as 3 x 3 matrices, many at once.  ``rotation_a_to_b @ vector_a`` is ``vector_b``."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike


def turned(rotation: FloatsLike, vector: FloatsLike) -> Floats:
    """Return the same vectors, seen in the frame the rotation leads to.

    Shape: rotation (..., 3, 3), vector (..., 3); the result (..., 3).

    >>> turned(rotation_about_z(np.pi / 2.0), [1.0, 0.0, 0.0]).round(12)
    array([ 0., -1.,  0.])
    """
    return np.asarray(np.einsum("...ij,...j->...i", np.asarray(rotation), np.asarray(vector)))


def turned_back(rotation: FloatsLike, vector: FloatsLike) -> Floats:
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


def cross_z(rate_rad_s: FloatsLike, vector: FloatsLike) -> Floats:
    """Return what a turn about z at this rate adds to the velocity of a point that turns along.

    Shape: rate (...), vector (..., 3); the result (..., 3).
    """
    vector = np.asarray(vector, dtype=np.float64)
    rate = np.asarray(rate_rad_s, dtype=np.float64)
    x, y = vector[..., 0], vector[..., 1]
    return np.stack([-rate * y, rate * x, np.zeros(np.broadcast_shapes(rate.shape, x.shape))], axis=-1)
