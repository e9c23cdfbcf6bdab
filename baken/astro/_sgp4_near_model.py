"""From mean elements to the coefficients of SGP4's near-Earth theory: secular motion, drag, long periods."""

import math

from baken.astro import _sgp4_model as m
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

J2, J4, J3_OVER_J2, KE, TWO_THIRDS = m.J2, m.J4, m.J3_OVER_J2, m.KE, m.TWO_THIRDS


@compiled
def brouwer_mean_motion(mean_motion: float, eccentricity: float, cosine_i: float) -> float:
    """Return the mean motion as Brouwer counts it, from the one as Kozai does; radians a minute."""
    one_less_e2 = 1.0 - eccentricity * eccentricity
    a1 = (KE / mean_motion) ** TWO_THIRDS
    d1 = 0.75 * J2 * (3.0 * cosine_i * cosine_i - 1.0) / (math.sqrt(one_less_e2) * one_less_e2)
    delta_1 = d1 / (a1 * a1)
    a0 = a1 * (1.0 - delta_1 * delta_1 - delta_1 * (1.0 / 3.0 + 134.0 * delta_1 * delta_1 / 81.0))
    brouwer: float = mean_motion / (1.0 + d1 / (a0 * a0))
    return brouwer


@compiled
def long_period_l(sine_i: float, cosine_i: float) -> float:
    """Return the coefficient of the long-period term in mean longitude."""
    divisor = 1.0 + cosine_i
    if abs(divisor) <= m.NEARLY_RETROGRADE:
        divisor = m.NEARLY_RETROGRADE
    return -0.25 * J3_OVER_J2 * sine_i * (3.0 + 5.0 * cosine_i) / divisor


@compiled
def atmosphere(perigee_km: float) -> tuple[float, float]:
    """Return the density fit's parameters ``s`` (earth radii) and ``(q0 - s)^4``, by height of perigee."""
    s_km = 78.0
    if perigee_km < 156.0:
        s_km = 20.0 if perigee_km < 98.0 else perigee_km - 78.0
    return s_km / m.RADIUS_KM + 1.0, ((120.0 - s_km) / m.RADIUS_KM) ** 4


@compiled
def fill_secular_rates(near: Floats, n: float, e: float, a: float, cosine_i: float) -> None:
    """Write the rates of mean anomaly, perigee and node under J2 and J4."""
    cos2 = cosine_i * cosine_i
    cos4 = cos2 * cos2
    one_less_e2 = 1.0 - e * e
    inverse_p2 = 1.0 / (a * one_less_e2) ** 2
    beta = math.sqrt(one_less_e2)
    j2_1 = 1.5 * J2 * inverse_p2 * n
    j2_2 = 0.5 * j2_1 * J2 * inverse_p2
    j4_1 = -0.46875 * J4 * inverse_p2 * inverse_p2 * n
    # The order of sums is the reference's: over 10,000 minutes a last bit of a rate grows to 1e-6 m.
    one_less_5cos2 = 1.0 - 5.0 * cos2
    three_cos2_less_1 = -one_less_5cos2 - cos2 - cos2
    near[m.MEAN_ANOMALY_RATE] = (
        n + 0.5 * j2_1 * beta * three_cos2_less_1 + 0.0625 * j2_2 * beta * (13.0 - 78.0 * cos2 + 137.0 * cos4)
    )
    near[m.PERIGEE_RATE] = (
        -0.5 * j2_1 * one_less_5cos2
        + 0.0625 * j2_2 * (7.0 - 114.0 * cos2 + 395.0 * cos4)
        + j4_1 * (3.0 - 36.0 * cos2 + 49.0 * cos4)
    )
    first = -j2_1 * cosine_i
    near[m.NODE_RATE] = (
        first + (0.5 * j2_2 * (4.0 - 19.0 * cos2) + 2.0 * j4_1 * (3.0 - 7.0 * cos2)) * cosine_i
    )
    near[m.NODE_DRAG] = 3.5 * one_less_e2 * first  # still to be multiplied by the drag coefficient C1


@compiled
def fill_drag(near: Floats, n: float, e: float, a: float, cosine_i: float, sine_i: float, b: float) -> None:
    """Write what drag does; ``b`` is B*.  An object that dips deep keeps the first-order terms only."""
    perigee_km = (a * (1.0 - e) - 1.0) * m.RADIUS_KM
    s, q0_less_s_4 = atmosphere(perigee_km)
    w, m0 = near[m.PERIGEE], near[m.MEAN_ANOMALY]
    one_less_e2 = 1.0 - e * e
    xi = 1.0 / (a - s)
    eta = a * e * xi
    eta2, e_eta = eta * eta, e * eta
    psi2 = abs(1.0 - eta2)
    density = q0_less_s_4 * xi**4
    density_1 = density / psi2**3.5
    three_cos2_less_1 = 3.0 * cosine_i * cosine_i - 1.0
    one_less_cos2 = 1.0 - cosine_i * cosine_i
    c1 = b * (
        density_1
        * n
        * (
            a * (1.0 + 1.5 * eta2 + e_eta * (4.0 + eta2))
            + 0.375 * J2 * xi / psi2 * three_cos2_less_1 * (8.0 + 3.0 * eta2 * (8.0 + eta2))
        )
    )
    c3 = -2.0 * density * xi * J3_OVER_J2 * n * sine_i / e if e > 1.0e-4 else 0.0
    c4 = (
        2.0
        * n
        * density_1
        * a
        * one_less_e2
        * (
            eta * (2.0 + 0.5 * eta2)
            + e * (0.5 + 2.0 * eta2)
            - J2
            * xi
            / (a * psi2)
            * (
                -3.0 * three_cos2_less_1 * (1.0 - 2.0 * e_eta + eta2 * (1.5 - 0.5 * e_eta))
                + 0.75 * one_less_cos2 * (2.0 * eta2 - e_eta * (1.0 + eta2)) * math.cos(2.0 * w)
            )
        )
    )
    near[m.A_DRAG], near[m.E_DRAG], near[m.L_DRAG] = c1, b * c4, 1.5 * c1
    near[m.NODE_DRAG] *= c1
    near[m.ETA], near[m.SINE_AT_EPOCH] = eta, math.sin(m0)
    near[m.CUBE_AT_EPOCH] = (1.0 + eta * math.cos(m0)) ** 3
    is_simple = perigee_km < 220.0 or 2.0 * math.pi / n >= 225.0
    if is_simple:
        return
    near[m.PERIGEE_DRAG] = b * c3 * math.cos(w)
    near[m.ANOMALY_DRAG] = -TWO_THIRDS * density * b / e_eta if e > 1.0e-4 else 0.0
    near[m.E_DRAG_SINE] = b * (
        2.0 * density_1 * a * one_less_e2 * (1.0 + 2.75 * (eta2 + e_eta) + e_eta * eta2)
    )
    fill_higher_drag(near, a, xi, s, c1)


@compiled
def fill_higher_drag(near: Floats, a: float, xi: float, s: float, c1: float) -> None:
    """Write the drag terms in the second to the fifth power of time."""
    d2 = 4.0 * a * xi * c1 * c1
    third = d2 * xi * c1 / 3.0
    d3 = (17.0 * a + s) * third
    d4 = 0.5 * third * a * xi * (221.0 * a + 31.0 * s) * c1
    near[m.A_DRAG_2], near[m.A_DRAG_3], near[m.A_DRAG_4] = d2, d3, d4
    near[m.L_DRAG_3] = d2 + 2.0 * c1 * c1
    near[m.L_DRAG_4] = 0.25 * (3.0 * d3 + c1 * (12.0 * d2 + 10.0 * c1 * c1))
    near[m.L_DRAG_5] = 0.2 * (
        3.0 * d4 + 12.0 * c1 * d3 + 6.0 * d2 * d2 + 15.0 * c1 * c1 * (2.0 * d2 + c1 * c1)
    )


@compiled
def fill_near(near: Floats, elements: Floats) -> None:
    """Write the near-Earth row of one object.

    ``elements`` are mean motion (radians a minute), eccentricity, inclination, node, argument of perigee,
    mean anomaly and B*, in that order.
    """
    near[:] = 0.0
    kozai, e, i, node, w, m0, b = elements[:7]
    cosine_i, sine_i = math.cos(i), math.sin(i)
    n = brouwer_mean_motion(kozai, e, cosine_i)
    a = (KE / n) ** TWO_THIRDS
    near[m.MEAN_ANOMALY], near[m.PERIGEE], near[m.NODE] = m0, w, node
    near[m.ECCENTRICITY], near[m.INCLINATION], near[m.SEMI_MAJOR_AXIS], near[m.MEAN_MOTION] = e, i, a, n
    fill_secular_rates(near, n, e, a, cosine_i)
    fill_drag(near, n, e, a, cosine_i, sine_i, b)
    near[m.SINE_I], near[m.COSINE_I] = sine_i, cosine_i
    near[m.LONG_PERIOD_Y], near[m.LONG_PERIOD_L] = -0.5 * J3_OVER_J2 * sine_i, long_period_l(sine_i, cosine_i)
    near[m.THREE_COS2_LESS_1] = 3.0 * cosine_i * cosine_i - 1.0
    near[m.ONE_LESS_COS2] = 1.0 - cosine_i * cosine_i
    near[m.SEVEN_COS2_LESS_1] = 7.0 * cosine_i * cosine_i - 1.0
