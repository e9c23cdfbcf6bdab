"""How often a Gaussian of relative position and velocity enters a sphere, per second, compiled.

The sphere is cut across the narrowest axis of the Gaussian into circles, and circles into arcs between the
points where motion turns from inward to outward: within an arc everything is smooth.  Pieces are as short as
the standard deviations ask, and are left out where no density lies.
"""

import math

import numpy as np

from baken.assess.conjunction._peak_overlap import (
    AFTER_POSITION,
    COVARIANCE_M2,
    LEFT_IN_VELOCITY,
    POSITION_M,
    VELOCITY_M_S,
)
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)
N_NODES = 8
# Eight points of Gauss and Legendre integrate this much of a Gaussian to seven figures.
PIECE_SIGMA = 3.0
PIECE_RAD = 3.2
# What lies this far, in squared sigma, beyond the sphere's nearest point adds less than 1e-8.
KEPT_SQUARED = 40.0
ROOT_HALF = math.sqrt(0.5)
ROOT_TWO_PI = math.sqrt(2.0 * math.pi)
# Rows of 3 columns: where the mean lies along the own axes of position, how wide these are, and which.
OWN_MEAN_M, OWN_SIGMA_M, OWN_AXES, ROWS_IN_OWN_AXES = 0, 1, 2, 5


@compiled
def entering_rate_per_s(around: Floats, radius_m: float, fineness: int) -> float:
    """Return how many pairs enter the sphere per second; ``fineness`` multiplies the pieces it is cut into.

    Source: Coppola (2012), AAS 12-248; Hall (2021), J. Astronaut. Sci. 68.
    """
    own = np.empty((ROWS_IN_OWN_AXES, 3))
    fill_own_axes(around, own)
    mean_m, sigma_m = own[OWN_MEAN_M], own[OWN_SIGMA_M]
    velocity_m_s, follows, left = np.zeros(3), np.zeros((3, 3)), np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            velocity_m_s[i] += own[OWN_AXES + i, j] * around[VELOCITY_M_S, j]
    _turn(around, own, follows, left)
    least = nearest_squared_sigma(mean_m, sigma_m, radius_m)
    if least > 1400.0:
        return 0.0
    reach_m = sigma_m[0] * math.sqrt(least + KEPT_SQUARED)
    low_m, high_m = max(-radius_m, mean_m[0] - reach_m), min(radius_m, mean_m[0] + reach_m)
    across_m_s = math.hypot(velocity_m_s[1], velocity_m_s[2])
    speed_m_s = math.hypot(across_m_s, velocity_m_s[0])
    turning_m = radius_m * across_m_s / speed_m_s if speed_m_s > 0.0 else radius_m
    edges_rad = np.empty(4)
    edges_rad[0], edges_rad[3] = math.asin(low_m / radius_m), math.asin(high_m / radius_m)
    edges_rad[1] = math.asin(min(max(-turning_m, low_m), high_m) / radius_m)
    edges_rad[2] = math.asin(min(max(turning_m, low_m), high_m) / radius_m)
    total = 0.0
    for k in range(3):
        length_rad = edges_rad[k + 1] - edges_rad[k]
        if length_rad <= 0.0:
            continue
        n_pieces = fineness * math.ceil(length_rad / min(PIECE_RAD, PIECE_SIGMA * sigma_m[0] / radius_m))
        half_rad = 0.5 * length_rad / n_pieces
        for piece in range(n_pieces):
            for node in range(N_NODES):
                latitude_rad = edges_rad[k] + half_rad * (2.0 * piece + 1.0 + _NODES[node])
                z_m, ring_m = radius_m * math.sin(latitude_rad), radius_m * math.cos(latitude_rad)
                around_m = _circle(
                    z_m, ring_m, radius_m, mean_m, sigma_m, velocity_m_s, follows, left, least, fineness
                )
                total += half_rad * _WEIGHTS[node] * ring_m * around_m
    return float(total * radius_m / (ROOT_TWO_PI**3 * sigma_m[0] * sigma_m[1] * sigma_m[2]))


@compiled
def fill_own_axes(around: Floats, own: Floats) -> None:
    """Fill in the axes of the covariance of position, from narrow to wide, and mean and sigma along them."""
    variance_m2, axes = np.linalg.eigh(around[COVARIANCE_M2:LEFT_IN_VELOCITY])
    for i in range(3):
        own[OWN_SIGMA_M, i], own[OWN_MEAN_M, i] = math.sqrt(max(variance_m2[i], 1e-300)), 0.0
        for j in range(3):
            own[OWN_AXES + i, j] = axes[j, i]
            own[OWN_MEAN_M, i] += axes[j, i] * around[POSITION_M, j]


@compiled
def _turn(around: Floats, own: Floats, follows: Floats, left: Floats) -> None:
    """Add what velocity follows and keeps, turned to the own axes of position, to what is there."""
    for i in range(3):
        for j in range(3):
            for k in range(3):
                for m in range(3):
                    both = own[OWN_AXES + i, k] * own[OWN_AXES + j, m]
                    follows[i, j] += both * around[AFTER_POSITION + k, m]
                    left[i, j] += both * around[LEFT_IN_VELOCITY + k, m]


@compiled
def sort_first(values: Floats, n: int) -> None:
    """Sort the first few values, which a sort for many would take long to compile for."""
    for i in range(1, n):
        value, k = values[i], i
        while k > 0 and values[k - 1] > value:
            values[k], k = values[k - 1], k - 1
        values[k] = value


@compiled
def nearest_squared_sigma(mean_m: Floats, sigma_m: Floats, radius_m: float) -> float:
    """Return the squared distance, in sigma, from the mean to a ball; axes are the Gaussian's."""
    x, y, z = mean_m[0], mean_m[1], mean_m[2]
    if x * x + y * y + z * z <= radius_m * radius_m:
        return 0.0
    # The nearest point is mean / (1 + k sigma^2), on the edge; its length falls steadily with k.
    low, high = 0.0, math.sqrt(x * x + y * y + z * z) / (radius_m * sigma_m[0] ** 2)
    for _ in range(60):
        k = math.sqrt(low * high) if low > 0.0 else high * 1e-3
        length2 = 0.0
        for i in range(3):
            length2 += (mean_m[i] / (1.0 + k * sigma_m[i] ** 2)) ** 2
        if length2 > radius_m * radius_m:
            low = k
        else:
            high = k
        if low > 0.0 and high < low * (1.0 + 1e-6):
            break
        if high < 1e-280:
            break
    squared = 0.0
    for i in range(3):
        squared += (mean_m[i] * high * sigma_m[i] / (1.0 + high * sigma_m[i] ** 2)) ** 2
    return squared


@compiled
def _circle(
    z_m: float,
    ring_m: float,
    radius_m: float,
    mean_m: Floats,
    sigma_m: Floats,
    velocity_m_s: Floats,
    follows: Floats,
    left: Floats,
    least: float,
    fineness: int,
) -> float:
    """Integrate density times inward speed over the angles of one circle, without the normalisation."""
    squared = ((z_m - mean_m[0]) / sigma_m[0]) ** 2
    room = least + KEPT_SQUARED - squared
    if room <= 0.0 or ring_m <= 0.0:
        return 0.0
    low_m, high_m = mean_m[1] - sigma_m[1] * math.sqrt(room), mean_m[1] + sigma_m[1] * math.sqrt(room)
    if low_m >= ring_m or high_m <= -ring_m:
        return 0.0

    edges, n_edges = np.empty(8), 2
    edges[0], edges[1] = -math.pi, math.pi
    across_m_s = math.hypot(velocity_m_s[1], velocity_m_s[2]) * ring_m
    if abs(velocity_m_s[0] * z_m) < across_m_s:
        middle_rad = math.atan2(velocity_m_s[1], velocity_m_s[2])
        half_rad = math.acos(-velocity_m_s[0] * z_m / across_m_s)
        edges[2], edges[3] = _in_turn(middle_rad - half_rad), _in_turn(middle_rad + half_rad)
        n_edges = 4
    for bound_m in (low_m, high_m):
        if abs(bound_m) < ring_m:
            edges[n_edges] = math.asin(bound_m / ring_m)
            edges[n_edges + 1] = _in_turn(math.pi - edges[n_edges])
            n_edges += 2
    sort_first(edges, n_edges)

    total = 0.0
    for k in range(n_edges - 1):
        length_rad = edges[k + 1] - edges[k]
        if length_rad <= 0.0:
            continue
        y_m = ring_m * math.sin(0.5 * (edges[k] + edges[k + 1]))
        if y_m < low_m or y_m > high_m:
            continue
        piece_rad = min(PIECE_RAD, PIECE_SIGMA * sigma_m[1] / ring_m)
        n_pieces = fineness * math.ceil(length_rad / piece_rad)
        half_rad = 0.5 * length_rad / n_pieces
        arc = 0.0
        for piece in range(n_pieces):
            for node in range(N_NODES):
                angle_rad = edges[k] + half_rad * (2.0 * piece + 1.0 + _NODES[node])
                y_m, x_m = ring_m * math.sin(angle_rad), ring_m * math.cos(angle_rad)
                away = squared + ((y_m - mean_m[1]) / sigma_m[1]) ** 2 + ((x_m - mean_m[2]) / sigma_m[2]) ** 2
                if away < least + KEPT_SQUARED:
                    inward_m_s = _inward_speed(z_m, y_m, x_m, radius_m, velocity_m_s, follows, left)
                    arc += _WEIGHTS[node] * math.exp(-0.5 * away) * inward_m_s
        total += half_rad * arc
    return total


@compiled
def _in_turn(angle_rad: float) -> float:
    return angle_rad - 2.0 * math.pi * math.floor(0.5 + angle_rad / (2.0 * math.pi))


@compiled
def _inward_speed(
    x_m: float, y_m: float, z_m: float, radius_m: float, velocity_m_s: Floats, follows: Floats, left: Floats
) -> float:
    """Return the mean speed inward, outward counting as none, at a point of the sphere."""
    outward = (
        x_m * (velocity_m_s[0] + follows[0, 0] * x_m + follows[0, 1] * y_m + follows[0, 2] * z_m)
        + y_m * (velocity_m_s[1] + follows[1, 0] * x_m + follows[1, 1] * y_m + follows[1, 2] * z_m)
        + z_m * (velocity_m_s[2] + follows[2, 0] * x_m + follows[2, 1] * y_m + follows[2, 2] * z_m)
    ) / radius_m
    variance = (
        x_m * (left[0, 0] * x_m + 2.0 * (left[0, 1] * y_m + left[0, 2] * z_m))
        + y_m * (left[1, 1] * y_m + 2.0 * left[1, 2] * z_m)
        + left[2, 2] * z_m * z_m
    ) / (radius_m * radius_m)
    sigma_m_s = math.sqrt(max(0.0, variance))
    if abs(outward) > 9.0 * sigma_m_s:
        return max(0.0, -float(outward))
    ratio = float(outward) / sigma_m_s
    return sigma_m_s * (
        math.exp(-0.5 * ratio * ratio) / ROOT_TWO_PI - 0.5 * ratio * math.erfc(ROOT_HALF * ratio)
    )
