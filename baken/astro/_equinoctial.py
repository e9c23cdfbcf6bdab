"""Two-body motion in equinoctial elements, with its partial derivatives, one object at a time, compiled.

The six elements are mean motion n, f and g (eccentricity along and across the reference direction), p and q
(tangent of half the inclination towards the node) and mean longitude.  ``factor`` is +1, or -1 for
retrograde orbits, whose singularity then lies at inclination zero.
"""

import math

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2

MOST_KEPLER_STEPS = 30


@compiled
def elements_of_state(position_m: Floats, velocity_m_s: Floats, elements: Floats) -> float:
    """Fill in the elements of a state and return their factor; an orbit that is not closed gives NaN."""
    for i in range(6):
        elements[i] = math.nan
    momentum, to_perigee, axes = np.empty(3), np.empty(3), np.empty((3, 3))
    _fill_cross(position_m, velocity_m_s, momentum)
    radius_m, turning = math.sqrt(_dot(position_m, position_m)), math.sqrt(_dot(momentum, momentum))
    axis_m = 1.0 / (2.0 / radius_m - _dot(velocity_m_s, velocity_m_s) / EARTH_MU_M3_S2)
    if not 0.0 < axis_m < math.inf or not turning > 0.0:
        return math.nan
    factor = 1.0 if momentum[2] >= 0.0 else -1.0
    upward = turning + factor * momentum[2]
    p, q = momentum[0] / upward, -momentum[1] / upward
    _fill_axes(p, q, factor, axes)
    along, across = axes[0], axes[1]
    _fill_cross(velocity_m_s, momentum, to_perigee)
    for i in range(3):
        to_perigee[i] = to_perigee[i] / EARTH_MU_M3_S2 - position_m[i] / radius_m
    f, g = _dot(to_perigee, along), _dot(to_perigee, across)
    x, y = _dot(position_m, along) / axis_m, _dot(position_m, across) / axis_m
    root = math.sqrt(1.0 - f * f - g * g)
    beta = 1.0 / (1.0 + root)
    cosine = f + ((1.0 - f * f * beta) * x - f * g * beta * y) / root
    sine = g + ((1.0 - g * g * beta) * y - f * g * beta * x) / root
    elements[0] = math.sqrt(EARTH_MU_M3_S2 / axis_m**3)
    elements[1], elements[2], elements[3], elements[4] = f, g, p, q
    elements[5] = math.atan2(sine, cosine) + g * cosine - f * sine
    return factor


@compiled
def eccentric_longitude_rad(mean_longitude_rad: float, f: float, g: float) -> float:
    """Solve Kepler's equation of the longitudes by Newton's method."""
    longitude = mean_longitude_rad + f * math.sin(mean_longitude_rad) - g * math.cos(mean_longitude_rad)
    for _ in range(MOST_KEPLER_STEPS):
        cosine, sine = math.cos(longitude), math.sin(longitude)
        off = longitude + g * cosine - f * sine - mean_longitude_rad
        step = off / (1.0 - f * cosine - g * sine)
        longitude -= max(-1.0, min(1.0, step))
        if abs(step) < 1e-9:  # the next error is the square of this
            break
    return longitude


@compiled
def state_at(elements: Floats, factor: float, time_s: float, state: Floats) -> None:
    """Fill in position and velocity a time after the epoch of the elements."""
    n, f, g = elements[0], elements[1], elements[2]
    axes = np.empty((3, 3))
    _fill_axes(elements[3], elements[4], factor, axes)
    longitude = eccentric_longitude_rad(elements[5] + n * time_s, f, g)
    cosine, sine = math.cos(longitude), math.sin(longitude)
    beta = 1.0 / (1.0 + math.sqrt(1.0 - f * f - g * g))
    axis_m = (EARTH_MU_M3_S2 / n**2) ** (1.0 / 3.0)
    speed_m_s = n * axis_m / (1.0 - f * cosine - g * sine)
    x = axis_m * ((1.0 - g * g * beta) * cosine + f * g * beta * sine - f)
    y = axis_m * ((1.0 - f * f * beta) * sine + f * g * beta * cosine - g)
    x_rate = speed_m_s * (f * g * beta * cosine - (1.0 - g * g * beta) * sine)
    y_rate = speed_m_s * ((1.0 - f * f * beta) * cosine - f * g * beta * sine)
    for i in range(3):
        state[i] = x * axes[0, i] + y * axes[1, i]
        state[3 + i] = x_rate * axes[0, i] + y_rate * axes[1, i]


@compiled
def state_and_partials_at(
    elements: Floats, factor: float, time_s: float, state: Floats, partials: Floats
) -> None:
    """Fill in the state a time after epoch, and its derivatives by the elements at epoch (6 x 6)."""
    n, f, g, p, q = elements[0], elements[1], elements[2], elements[3], elements[4]
    axes = np.empty((3, 3))
    _fill_axes(p, q, factor, axes)
    along, across, normal = axes[0], axes[1], axes[2]
    longitude = eccentric_longitude_rad(elements[5] + n * time_s, f, g)
    c, s = math.cos(longitude), math.sin(longitude)
    root = math.sqrt(1.0 - f * f - g * g)
    beta = 1.0 / (1.0 + root)
    beta_f, beta_g = beta * beta * f / root, beta * beta * g / root
    axis_m = (EARTH_MU_M3_S2 / n**2) ** (1.0 / 3.0)
    radius = 1.0 - f * c - g * s  # in semi-major axes
    # In semi-major axes: place (x, y), and its derivative by the eccentric longitude (u, v).
    x, y = (1.0 - g * g * beta) * c + f * g * beta * s - f, (1.0 - f * f * beta) * s + f * g * beta * c - g
    u, v = f * g * beta * c - (1.0 - g * g * beta) * s, (1.0 - f * f * beta) * c - f * g * beta * s
    u_l, v_l = -f * g * beta * s - (1.0 - g * g * beta) * c, -(1.0 - f * f * beta) * s - f * g * beta * c
    radius_l = f * s - g * c

    # By f and g at fixed mean longitude: the eccentric longitude follows.
    l_f, l_g = s / radius, -c / radius
    x_f = -g * g * beta_f * c + (g * beta + f * g * beta_f) * s - 1.0 + u * l_f
    x_g = -(2.0 * g * beta + g * g * beta_g) * c + (f * beta + f * g * beta_g) * s + u * l_g
    y_f = -(2.0 * f * beta + f * f * beta_f) * s + (g * beta + f * g * beta_f) * c + v * l_f
    y_g = -f * f * beta_g * s + (f * beta + f * g * beta_g) * c - 1.0 + v * l_g
    radius_f, radius_g = -c + radius_l * l_f, -s + radius_l * l_g
    u_f = (g * beta + f * g * beta_f) * c + g * g * beta_f * s + u_l * l_f
    u_g = (f * beta + f * g * beta_g) * c + (2.0 * g * beta + g * g * beta_g) * s + u_l * l_g
    v_f = -(2.0 * f * beta + f * f * beta_f) * c - (g * beta + f * g * beta_f) * s + v_l * l_f
    v_g = -f * f * beta_g * c - (f * beta + f * g * beta_g) * s + v_l * l_g

    speed = n * axis_m / radius
    x_rate, y_rate = speed * u, speed * v
    fall = -n / radius**3  # acceleration over mean motion, per unit of position
    scale = 1.0 + p * p + q * q
    for i in range(3):
        position = axis_m * (x * along[i] + y * across[i])
        velocity = x_rate * along[i] + y_rate * across[i]
        state[i], state[3 + i] = position, velocity
        partials[i, 0] = -2.0 / 3.0 * position / n + velocity * time_s / n
        partials[3 + i, 0] = velocity / (3.0 * n) + fall * position * time_s
        partials[i, 1] = axis_m * (x_f * along[i] + y_f * across[i])
        partials[i, 2] = axis_m * (x_g * along[i] + y_g * across[i])
        partials[3 + i, 1] = speed * (
            (u_f - u * radius_f / radius) * along[i] + (v_f - v * radius_f / radius) * across[i]
        )
        partials[3 + i, 2] = speed * (
            (u_g - u * radius_g / radius) * along[i] + (v_g - v * radius_g / radius) * across[i]
        )
        partials[i, 5], partials[3 + i, 5] = velocity / n, fall * position
        # The plane turns about its own axes when p or q changes.
        a_p = -2.0 / scale * (factor * q * across[i] + normal[i])
        b_p = 2.0 / scale * factor * q * along[i]
        a_q = 2.0 / scale * factor * p * across[i]
        b_q = 2.0 / scale * factor * (normal[i] - p * along[i])
        partials[i, 3], partials[i, 4] = axis_m * (x * a_p + y * b_p), axis_m * (x * a_q + y * b_q)
        partials[3 + i, 3], partials[3 + i, 4] = x_rate * a_p + y_rate * b_p, x_rate * a_q + y_rate * b_q


@compiled
def _fill_axes(p: float, q: float, factor: float, axes: Floats) -> None:
    """Fill in reference direction, the one across it, and the normal of an orbit's plane."""
    scale = 1.0 / (1.0 + p * p + q * q)
    axes[0, 0], axes[0, 1], axes[0, 2] = (
        (1.0 - p * p + q * q) * scale,
        2.0 * p * q * scale,
        -2.0 * p * factor * scale,
    )
    axes[1, 0], axes[1, 1], axes[1, 2] = (
        2.0 * p * q * factor * scale,
        (1.0 + p * p - q * q) * factor * scale,
        2.0 * q * scale,
    )
    axes[2, 0], axes[2, 1], axes[2, 2] = (
        2.0 * p * scale,
        -2.0 * q * scale,
        (1.0 - p * p - q * q) * factor * scale,
    )


@compiled
def _dot(first: Floats, second: Floats) -> float:
    return float(first[0] * second[0] + first[1] * second[1] + first[2] * second[2])


@compiled
def _fill_cross(first: Floats, second: Floats, result: Floats) -> None:
    result[0] = first[1] * second[2] - first[2] * second[1]
    result[1] = first[2] * second[0] - first[0] * second[2]
    result[2] = first[0] * second[1] - first[1] * second[0]
