"""Encounters one row at a time, compiled: a week of the whole sky has a quarter of a million of them."""

import math

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled


@compiled
def turned_back(rotation: Floats, covariance_m2: Floats) -> Floats:
    """Turn each covariance from the frame its rotation leads to, into the frame it starts from.

    Shape:  all are (n, 3, 3).
    """
    result_m2 = np.empty_like(covariance_m2)
    half = np.empty((3, 3))
    for row in range(len(rotation)):
        for a in range(3):
            for j in range(3):
                half[a, j] = _dot(covariance_m2[row, a], rotation[row, :, j])
        for i in range(3):
            for j in range(3):
                result_m2[row, i, j] = _dot(rotation[row, :, i], half[:, j])
    return result_m2


@compiled
def projected(position_m: Floats, velocity_m_s: Floats, covariance_m2: Floats) -> tuple[Floats, Floats]:
    """Project on the plane across the velocity and turn to the covariance's own axes, narrow one first.

    Shape:  vectors are (n, 3), covariances (n, 3, 3); misses and variances come back as (n, 2).
    """
    miss_m, variance_m2 = np.empty((len(position_m), 2)), np.empty((len(position_m), 2))
    across, turned = np.empty((2, 3)), np.empty((2, 3))
    for row in range(len(position_m)):
        _axes_across(velocity_m_s[row], across)
        for k in range(2):
            for i in range(3):
                turned[k, i] = _dot(covariance_m2[row, i], across[k])
        a, b, c = _dot(across[0], turned[0]), _dot(across[0], turned[1]), _dot(across[1], turned[1])
        angle_rad = 0.5 * math.atan2(2.0 * b, a - c)
        cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
        x, y = _dot(across[0], position_m[row]), _dot(across[1], position_m[row])
        miss_m[row, 0], miss_m[row, 1] = abs(cosine * y - sine * x), abs(cosine * x + sine * y)
        wide = 0.5 * (a + c) + math.hypot(0.5 * (a - c), b)
        # The determinant keeps the figures that a difference of eigenvalues loses in a thin ellipse.
        variance_m2[row, 0] = (a * c - b * b) / wide if wide != 0.0 else a + c
        variance_m2[row, 1] = wide
    return miss_m, variance_m2


@compiled
def _axes_across(velocity_m_s: Floats, across: Floats) -> None:
    """Fill in two unit vectors across a velocity and across each other."""
    along = velocity_m_s / math.sqrt(_dot(velocity_m_s, velocity_m_s))
    # Start from the axis the velocity leans to least, where the cross product keeps its figures.
    start = np.zeros(3)
    start[np.argmin(np.abs(along))] = 1.0
    _cross(along, start, across[0])
    across[0] /= math.sqrt(_dot(across[0], across[0]))
    _cross(along, across[0], across[1])


@compiled
def _dot(left: Floats, right: Floats) -> float:
    return float(left[0] * right[0] + left[1] * right[1] + left[2] * right[2])


@compiled
def _cross(left: Floats, right: Floats, result: Floats) -> None:
    result[0] = left[1] * right[2] - left[2] * right[1]
    result[1] = left[2] * right[0] - left[0] * right[2]
    result[2] = left[0] * right[1] - left[1] * right[0]
