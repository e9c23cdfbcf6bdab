"""The orbit of two bodies: from position and velocity to Kepler's elements, and back."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import EARTH_MU_M3_S2, TURN_RAD

# Below this the direction of perigee, or of the node, is lost in the rounding of a double.
SMALLEST_ECCENTRICITY = 1e-14
SMALLEST_SINE_OF_INCLINATION = 1e-14
MOST_KEPLER_STEPS = 50


class KeplerianElements(NamedTuple):
    """Osculating elements; a hyperbola has a negative semi-major axis.

    Where there is no perigee (circular) its argument is zero and the anomaly counts from the node; where
    there is no node (equatorial) it stands on the x axis.
    """

    semi_major_axis_m: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    argument_of_perigee_rad: Floats
    true_anomaly_rad: Floats


def elements_from_state(
    position_m: FloatsLike, velocity_m_s: FloatsLike, mu_m3_s2: float = EARTH_MU_M3_S2
) -> KeplerianElements:
    """Return the elements of the orbit that passes here at this velocity.

    Shape:  (..., 3) each, in an inertial frame; the result (...) each.  A parabola, or a fall without a
            plane, has no such elements: NaN.
    Source: Vallado (2013), algorithm 9.

    >>> elements = elements_from_state([7e6, 0.0, 0.0], [0.0, 0.0, 8e3])
    >>> float(elements.inclination_rad * 2.0 / np.pi), float(elements.eccentricity.round(6))
    (1.0, 0.123933)
    """
    position, velocity = np.asarray(position_m, dtype=np.float64), np.asarray(velocity_m_s, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        radius_m = np.linalg.norm(position, axis=-1)
        momentum = np.cross(position, velocity)
        normal = momentum / np.linalg.norm(momentum, axis=-1, keepdims=True)
        to_perigee = np.cross(velocity, momentum) / mu_m3_s2 - position / radius_m[..., None]
        eccentricity = np.linalg.norm(to_perigee, axis=-1)
        energy = (velocity**2).sum(axis=-1) / 2.0 - mu_m3_s2 / radius_m
        semi_major_axis_m = np.where(energy != 0.0, -mu_m3_s2 / (2.0 * energy), np.nan)

    node = _direction_of_node(normal)
    perigee = np.where((eccentricity > SMALLEST_ECCENTRICITY)[..., None], to_perigee, node)
    return KeplerianElements(
        semi_major_axis_m=semi_major_axis_m,
        eccentricity=eccentricity,
        inclination_rad=np.arctan2(np.hypot(normal[..., 0], normal[..., 1]), normal[..., 2]),
        raan_rad=np.arctan2(node[..., 1], node[..., 0]) % TURN_RAD,
        argument_of_perigee_rad=_angle_about(normal, node, perigee),
        true_anomaly_rad=_angle_about(normal, perigee, position),
    )


def state_from_elements(
    elements: KeplerianElements, mu_m3_s2: float = EARTH_MU_M3_S2
) -> tuple[Floats, Floats]:
    """Return position and velocity of a body with these elements.

    Shape:  (...) each; the result two of (..., 3).
    Source: Vallado (2013), algorithm 10.
    """
    axis_m, eccentricity, inclination, raan, perigee, anomaly = np.broadcast_arrays(
        *(np.asarray(element, dtype=np.float64) for element in elements)
    )
    parameter_m = axis_m * (1.0 - eccentricity**2)
    latitude = perigee + anomaly
    outward, forward = _in_plane_axes(raan, inclination, latitude)
    radius_m = parameter_m / (1.0 + eccentricity * np.cos(anomaly))
    speed_m_s = np.sqrt(mu_m3_s2 / parameter_m)
    climb_m_s, across_m_s = (
        speed_m_s * eccentricity * np.sin(anomaly),
        speed_m_s * (1.0 + eccentricity * np.cos(anomaly)),
    )
    return radius_m[..., None] * outward, climb_m_s[..., None] * outward + across_m_s[..., None] * forward


def eccentric_anomaly_rad(mean_anomaly_rad: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Solve Kepler's equation: E - e sin E = M, in the same turn as M.

    Shape:  (...) each.
    Raises: ValueError when an eccentricity is not in [0, 1).
    Source: Newton's method, from the start of Danby (1987), Celestial Mechanics 40, 303.

    >>> float(eccentric_anomaly_rad(1.0, 0.5).round(12))
    1.498701133518
    """
    mean, eccentricity = _numbers(mean_anomaly_rad, eccentricity)
    if not ((eccentricity >= 0.0) & (eccentricity < 1.0)).all():
        raise ValueError(
            "an ellipse has an eccentricity in [0, 1); for a hyperbola ask hyperbolic_anomaly_rad"
        )
    turns = np.round(mean / TURN_RAD)
    mean = mean - TURN_RAD * turns
    anomaly = mean + 0.85 * np.copysign(eccentricity, mean)
    for _ in range(MOST_KEPLER_STEPS):
        step = (anomaly - eccentricity * np.sin(anomaly) - mean) / (1.0 - eccentricity * np.cos(anomaly))
        # Near e = 1 and M = 0 the slope is almost level; half a turn is as far as any answer can be.
        anomaly = anomaly - np.clip(step, -0.5 * np.pi, 0.5 * np.pi)
        if np.all(np.abs(step) < 1e-15 + 1e-15 * np.abs(anomaly)):
            break
    return np.asarray(anomaly + TURN_RAD * turns)


def hyperbolic_anomaly_rad(mean_anomaly_rad: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Solve Kepler's equation of the hyperbola: e sinh H - H = M.

    Raises: ValueError when an eccentricity is not above 1.

    >>> float(hyperbolic_anomaly_rad(1.0, 2.0).round(12))
    0.814096...
    """
    mean, eccentricity = _numbers(mean_anomaly_rad, eccentricity)
    if not (eccentricity > 1.0).all():
        raise ValueError("a hyperbola has an eccentricity above 1; for an ellipse ask eccentric_anomaly_rad")
    anomaly = np.arcsinh(mean / eccentricity)
    # From below the answer Newton's method would leap far over it; a start above it comes down evenly.
    anomaly = np.copysign(np.maximum(np.abs(anomaly), np.log(2.0 * np.abs(mean) / eccentricity + 1.8)), mean)
    for _ in range(MOST_KEPLER_STEPS):
        step = (eccentricity * np.sinh(anomaly) - anomaly - mean) / (eccentricity * np.cosh(anomaly) - 1.0)
        anomaly = anomaly - step
        if np.all(np.abs(step) < 1e-15 + 1e-15 * np.abs(anomaly)):
            break
    return np.asarray(anomaly)


def true_anomaly_from_mean_rad(mean_anomaly_rad: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Return the true anomaly in [0, 2 pi) of an ellipse.

    >>> float(true_anomaly_from_mean_rad(np.pi, 0.3).round(12))
    3.14159265359
    """
    eccentric, eccentricity = _numbers(eccentric_anomaly_rad(mean_anomaly_rad, eccentricity), eccentricity)
    sine, cosine = np.sqrt(1.0 - eccentricity**2) * np.sin(eccentric), np.cos(eccentric) - eccentricity
    return np.asarray(np.arctan2(sine, cosine) % TURN_RAD)


def mean_anomaly_from_true_rad(true_anomaly_rad: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Return the mean anomaly in [0, 2 pi) of an ellipse."""
    anomaly, eccentricity = _numbers(true_anomaly_rad, eccentricity)
    if not ((eccentricity >= 0.0) & (eccentricity < 1.0)).all():
        raise ValueError("an ellipse has an eccentricity in [0, 1)")
    eccentric = np.arctan2(np.sqrt(1.0 - eccentricity**2) * np.sin(anomaly), eccentricity + np.cos(anomaly))
    return np.asarray((eccentric - eccentricity * np.sin(eccentric)) % TURN_RAD)


def mean_anomaly_from_true_hyperbolic_rad(true_anomaly_rad: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Return the mean anomaly of a hyperbola, negative before perigee."""
    anomaly, eccentricity = _numbers(true_anomaly_rad, eccentricity)
    half = np.sqrt((eccentricity - 1.0) / (eccentricity + 1.0)) * np.tan(0.5 * anomaly)
    hyperbolic = 2.0 * np.arctanh(half)
    return np.asarray(eccentricity * np.sinh(hyperbolic) - hyperbolic)


def true_anomaly_from_mean_hyperbolic_rad(mean_anomaly_rad: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Return the true anomaly of a hyperbola, negative before perigee."""
    hyperbolic, eccentricity = _numbers(hyperbolic_anomaly_rad(mean_anomaly_rad, eccentricity), eccentricity)
    half = np.sqrt((eccentricity + 1.0) / (eccentricity - 1.0)) * np.tanh(0.5 * hyperbolic)
    return np.asarray(2.0 * np.arctan(half))


def mean_motion_rad_s(semi_major_axis_m: FloatsLike, mu_m3_s2: float = EARTH_MU_M3_S2) -> Floats:
    """Return the mean motion, of a hyperbola too."""
    return np.asarray(np.sqrt(mu_m3_s2 / np.abs(np.asarray(semi_major_axis_m, dtype=np.float64)) ** 3))


def semi_major_axis_from_mean_motion_m(
    mean_motion_rad_s: FloatsLike, mu_m3_s2: float = EARTH_MU_M3_S2
) -> Floats:
    """Return the semi-major axis of an ellipse by Kepler's third law."""
    return np.asarray(np.cbrt(mu_m3_s2 / np.asarray(mean_motion_rad_s, dtype=np.float64) ** 2))


def period_s(semi_major_axis_m: FloatsLike, mu_m3_s2: float = EARTH_MU_M3_S2) -> Floats:
    """Return the time of one revolution; infinite for what never comes back.

    >>> float(period_s(42164172.0).round(0))
    86164.0
    """
    bound = np.asarray(semi_major_axis_m, dtype=np.float64) > 0.0
    return np.where(bound, TURN_RAD / mean_motion_rad_s(semi_major_axis_m, mu_m3_s2), np.inf)[()]


def perigee_radius_m(semi_major_axis_m: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Return the smallest distance from the Earth's centre."""
    axis_m, eccentricity = _numbers(semi_major_axis_m, eccentricity)
    return np.asarray(axis_m * (1.0 - eccentricity))


def apogee_radius_m(semi_major_axis_m: FloatsLike, eccentricity: FloatsLike) -> Floats:
    """Return the largest distance from the Earth's centre; infinite for a hyperbola."""
    axis_m, eccentricity = _numbers(semi_major_axis_m, eccentricity)
    return np.where(axis_m > 0.0, axis_m * (1.0 + eccentricity), np.inf)[()]


def _numbers(first: FloatsLike, second: FloatsLike) -> tuple[Floats, Floats]:
    return np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)


def _direction_of_node(normal: Floats) -> Floats:
    x, y = normal[..., 0], normal[..., 1]
    sine = np.hypot(x, y)
    inclined = sine > SMALLEST_SINE_OF_INCLINATION
    along = np.where(inclined, sine, 1.0)
    return np.stack(
        [np.where(inclined, -y / along, 1.0), np.where(inclined, x / along, 0.0), np.zeros_like(x)], axis=-1
    )


def _angle_about(axis: Floats, start: Floats, end: Floats) -> Floats:
    """Return the angle from one direction to another about an axis square to both, in [0, 2 pi)."""
    sine = (np.cross(start, end) * axis).sum(axis=-1)
    return np.asarray(np.arctan2(sine, (start * end).sum(axis=-1)) % TURN_RAD)


def _in_plane_axes(raan: Floats, inclination: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Return the directions outward and forward at an argument of latitude."""
    node = np.stack([np.cos(raan), np.sin(raan), np.zeros_like(raan)], axis=-1)
    up = np.cos(inclination)
    square = np.stack([-up * np.sin(raan), up * np.cos(raan), np.sin(inclination)], axis=-1)
    cosine, sine = np.cos(latitude)[..., None], np.sin(latitude)[..., None]
    return cosine * node + sine * square, cosine * square - sine * node
