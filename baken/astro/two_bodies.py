"""Two bodies in closed form: where a state leads after any time, many at once."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2

MOST_STEPS = 60
# Below this the closed forms of Stumpff's functions lose digits, and their series do not.
SMALL_ANGLE2 = 1e-2


def two_body_state(
    position_m: FloatsLike, velocity_m_s: FloatsLike, after_s: FloatsLike, mu_m3_s2: float = EARTH_MU_M3_S2
) -> tuple[Floats, Floats]:
    """Return the states to which two bodies lead after a time, before zero included.

    Lagrange's coefficients in the universal variable: any ellipse, parabola or hyperbola.

    Shape:  (..., 3), (..., 3) and (...) broadcast; the result two of (..., 3).
    Source: Battin (1999), An Introduction to the Mathematics and Methods of Astrodynamics, section 4.5;
            Laguerre's iteration as in Conway (1986), Celestial Mechanics 39, 199.

    >>> circle_s = 2.0 * np.pi * np.sqrt(7e6**3 / EARTH_MU_M3_S2)
    >>> speed_m_s = np.sqrt(EARTH_MU_M3_S2 / 7e6)
    >>> two_body_state([7e6, 0.0, 0.0], [0.0, speed_m_s, 0.0], circle_s / 4.0)[0].round(3) + 0.0
    array([      0., 7000000.,       0.])
    """
    position, velocity = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    after = np.asarray(after_s, dtype=float)
    shape = np.broadcast_shapes(position.shape[:-1], velocity.shape[:-1], after.shape)
    states = np.empty((*shape, 7))
    states[..., :3], states[..., 3:6], states[..., 6] = position, velocity, after
    led = np.empty((*shape, 6))
    _lead(states.reshape(-1, 7), mu_m3_s2, led.reshape(-1, 6))
    return led[..., :3], led[..., 3:]


@compiled
def _stumpff(z: float) -> tuple[float, float]:
    """Return Stumpff's c2 and c3."""
    if abs(z) < SMALL_ANGLE2:
        c2 = 1 / 2 - z / 24 + z**2 / 720 - z**3 / 40_320 + z**4 / 3_628_800
        return c2, 1 / 6 - z / 120 + z**2 / 5_040 - z**3 / 362_880 + z**4 / 39_916_800
    root = np.sqrt(abs(z))
    if z > 0.0:
        return (1.0 - np.cos(root)) / z, (root - np.sin(root)) / (z * root)
    return (1.0 - np.cosh(root)) / z, (np.sinh(root) - root) / (-z * root)


@compiled
def _universal(r0: float, climb: float, alpha: float, mu: float, time_s: float) -> float:
    """Solve Kepler's equation in the universal variable, by Laguerre's iteration of degree five."""
    root_mu = np.sqrt(mu)
    chi = root_mu * time_s * alpha if alpha > 0.0 else np.sign(time_s) * np.sqrt(abs(time_s) * root_mu / r0)
    for _ in range(MOST_STEPS):
        z = alpha * chi * chi
        c2, c3 = _stumpff(z)
        f = climb * chi * chi * c2 + (1.0 - alpha * r0) * chi**3 * c3 + r0 * chi - root_mu * time_s
        slope = climb * chi * (1.0 - z * c3) + (1.0 - alpha * r0) * chi * chi * c2 + r0
        bend = climb * (1.0 - z * c2) + (1.0 - alpha * r0) * chi * (1.0 - z * c3)
        root = np.sqrt(abs(16.0 * slope * slope - 20.0 * f * bend))
        step = 5.0 * f / (slope + np.sign(slope) * root)
        chi -= step
        if abs(step) <= 4e-16 * abs(chi):
            break
    return float(chi)


@compiled
def _lead(states: Floats, mu: float, led: Floats) -> None:
    """Write where each row of position, velocity and time leads."""
    for k in range(len(states)):
        r, v, time_s = states[k, :3], states[k, 3:6], states[k, 6]
        if time_s == 0.0:
            led[k] = states[k, :6]
            continue
        r0, climb = np.sqrt((r * r).sum()), (r * v).sum() / np.sqrt(mu)
        alpha = 2.0 / r0 - (v * v).sum() / mu
        # Whole turns lead nowhere; without them the iteration begins near its end.
        if alpha > 0.0:
            period_s = 2.0 * np.pi / (np.sqrt(mu) * alpha**1.5)
            time_s -= period_s * np.rint(time_s / period_s)
        chi = _universal(r0, climb, alpha, mu, time_s)
        z = alpha * chi * chi
        c2, c3 = _stumpff(z)
        f, g = 1.0 - chi * chi / r0 * c2, time_s - chi**3 / np.sqrt(mu) * c3
        led[k, :3] = f * r + g * v
        r1 = np.sqrt((led[k, :3] ** 2).sum())
        led[k, 3:] = np.sqrt(mu) / (r1 * r0) * chi * (z * c3 - 1.0) * r + (1.0 - chi * chi / r1 * c2) * v
