"""From mean elements to the coefficients of SGP4's deep-space theory: Sun, Moon, and resonance.

The names of the sums (``z11``, ``s1``, ``f220``, ``g201``) are those of the report, where each is derived.
Source: Hujsak (1979), Spacetrack Report 1; Hoots & Roehrich (1980); Vallado et al. (2006), AIAA 2006-6753.
"""

import math

import numpy as np

from baken.astro import _sgp4_model as m
from baken.astro._sin_cos import within_a_turn
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

# Mean motion (radians a minute) and eccentricity of the Sun's and the Moon's apparent orbits.
SUN_MOTION, SUN_ECCENTRICITY, SUN_PULL = 1.19459e-5, 0.01675, 2.9864797e-6
MOON_MOTION, MOON_ECCENTRICITY, MOON_PULL = 1.5835218e-4, 0.05490, 4.7968065e-7
ECLIPTIC_SINE, ECLIPTIC_COSINE = 0.39785416, 0.91744867
SUN_PERIGEE_COSINE, SUN_PERIGEE_SINE = 0.1945905, -0.98088458
EARTH_TURN = 4.37526908801129966e-3  # radians a minute
# Where an equatorial orbit has no node to move: 3 degrees, or within 3 degrees of 180.
NEARLY_EQUATORIAL = 5.2359877e-2
Q22, Q31, Q33 = 1.7891679e-6, 2.1460748e-6, 2.2123015e-7
ROOT22, ROOT32, ROOT44 = 1.7891679e-6, 3.7393792e-7, 7.3636953e-9
ROOT52, ROOT54 = 1.1428639e-7, 2.1765803e-9
TURN = 2.0 * math.pi


@compiled
def body_direction(zg: tuple[float, float], zi: tuple[float, float], zh: tuple[float, float]) -> Floats:
    """Return a1 to a10: the third body's orbit seen from the equator, from cosine and sine of its angles."""
    cos_g, sin_g = zg
    cos_i, sin_i = zi
    cos_h, sin_h = zh
    a = np.zeros(11)
    a[1] = cos_g * cos_h + sin_g * cos_i * sin_h
    a[3] = -sin_g * cos_h + cos_g * cos_i * sin_h
    a[7] = -cos_g * sin_h + sin_g * cos_i * cos_h
    a[8] = sin_g * sin_i
    a[9] = sin_g * sin_h + cos_g * cos_i * cos_h
    a[10] = cos_g * sin_i
    return a


@compiled
def third_body(a: Floats, pull: float, elements: Floats, n: float) -> tuple[Floats, Floats]:
    """Return the sums s1 to s7, and z1 to z33 (as ``z[j]`` and ``z[10 j + k]``), for one third body."""
    e, i, w = elements[1], elements[2], elements[4]
    cos_i, sin_i, cos_w, sin_w = math.cos(i), math.sin(i), math.cos(w), math.sin(w)
    e2 = e * e
    beta2 = 1.0 - e2
    a2, a4 = cos_i * a[7] + sin_i * a[8], cos_i * a[9] + sin_i * a[10]
    a5, a6 = -sin_i * a[7] + cos_i * a[8], -sin_i * a[9] + cos_i * a[10]
    a1, a3 = a[1], a[3]
    x1, x2 = a1 * cos_w + a2 * sin_w, a3 * cos_w + a4 * sin_w
    x3, x4 = -a1 * sin_w + a2 * cos_w, -a3 * sin_w + a4 * cos_w
    x5, x6, x7, x8 = a5 * sin_w, a6 * sin_w, a5 * cos_w, a6 * cos_w
    z = np.zeros(34)
    z[31] = 12.0 * x1 * x1 - 3.0 * x3 * x3
    z[32] = 24.0 * x1 * x2 - 6.0 * x3 * x4
    z[33] = 12.0 * x2 * x2 - 3.0 * x4 * x4
    z[1] = 3.0 * (a1 * a1 + a2 * a2) + z[31] * e2
    z[2] = 6.0 * (a1 * a3 + a2 * a4) + z[32] * e2
    z[3] = 3.0 * (a3 * a3 + a4 * a4) + z[33] * e2
    z[11] = -6.0 * a1 * a5 + e2 * (-24.0 * x1 * x7 - 6.0 * x3 * x5)
    z[12] = -6.0 * (a1 * a6 + a3 * a5) + e2 * (-24.0 * (x2 * x7 + x1 * x8) - 6.0 * (x3 * x6 + x4 * x5))
    z[13] = -6.0 * a3 * a6 + e2 * (-24.0 * x2 * x8 - 6.0 * x4 * x6)
    z[21] = 6.0 * a2 * a5 + e2 * (24.0 * x1 * x5 - 6.0 * x3 * x7)
    z[22] = 6.0 * (a4 * a5 + a2 * a6) + e2 * (24.0 * (x2 * x5 + x1 * x6) - 6.0 * (x4 * x7 + x3 * x8))
    z[23] = 6.0 * a4 * a6 + e2 * (24.0 * x2 * x6 - 6.0 * x4 * x8)
    for j in range(1, 4):
        z[j] = z[j] + z[j] + beta2 * z[30 + j]
    s = np.zeros(8)
    s[3] = pull / n
    s[2] = -0.5 * s[3] / math.sqrt(beta2)
    s[4] = s[3] * math.sqrt(beta2)
    s[1] = -15.0 * e * s[4]
    s[5], s[6], s[7] = x1 * x3 + x2 * x4, x2 * x3 + x1 * x4, x2 * x4 - x1 * x3
    return s, z


@compiled
def fill_periods(
    deep: Floats, first: int, phase: float, s: Floats, z: Floats, e: float, body_e: float
) -> None:
    """Write phase and amplitudes of one body's periodic terms, beginning at column ``first``."""
    e2 = e * e
    deep[first] = phase
    deep[first + 1], deep[first + 2] = 2.0 * s[1] * s[6], 2.0 * s[1] * s[7]
    deep[first + 3], deep[first + 4] = 2.0 * s[2] * z[12], 2.0 * s[2] * (z[13] - z[11])
    deep[first + 5], deep[first + 6] = -2.0 * s[3] * z[2], -2.0 * s[3] * (z[3] - z[1])
    deep[first + 7] = -2.0 * s[3] * (-21.0 - 9.0 * e2) * body_e
    deep[first + 8], deep[first + 9] = 2.0 * s[4] * z[32], 2.0 * s[4] * (z[33] - z[31])
    deep[first + 10] = -18.0 * s[4] * body_e
    deep[first + 11], deep[first + 12] = -2.0 * s[2] * z[22], -2.0 * s[2] * (z[23] - z[21])


@compiled
def add_secular_rates(deep: Floats, motion: float, s: Floats, z: Floats, e: float, i: float) -> None:
    """Add one body's secular rates of eccentricity, inclination, mean anomaly, perigee and node."""
    cos_i, sin_i = math.cos(i), math.sin(i)
    deep[m.E_RATE] += s[1] * motion * s[5]
    deep[m.I_RATE] += s[2] * motion * (z[11] + z[13])
    deep[m.M_RATE] += -motion * s[3] * (z[1] + z[3] - 14.0 - 6.0 * e * e)
    perigee = s[4] * motion * (z[31] + z[33] - 6.0)
    node = -motion * s[2] * (z[21] + z[23])
    if i < NEARLY_EQUATORIAL or i > math.pi - NEARLY_EQUATORIAL:
        node = 0.0
    if sin_i != 0.0:
        node = node / sin_i
    deep[m.PERIGEE_RATE_3] += perigee - cos_i * node
    deep[m.NODE_RATE_3] += node


@compiled
def fill_third_bodies(deep: Floats, elements: Floats, n: float, day_of_1950: float) -> None:
    """Write what Sun and Moon do to one object, from where they stand at its epoch."""
    e, i, node = elements[1], elements[2], elements[3]
    cos_node, sin_node = math.cos(node), math.sin(node)
    day = day_of_1950 + 18261.5
    sun_phase = within_a_turn(6.2565837 + 0.017201977 * day)
    a = body_direction(
        (SUN_PERIGEE_COSINE, SUN_PERIGEE_SINE), (ECLIPTIC_COSINE, ECLIPTIC_SINE), (cos_node, sin_node)
    )
    s, z = third_body(a, SUN_PULL, elements, n)
    fill_periods(deep, m.ZMOS, sun_phase, s, z, e, SUN_ECCENTRICITY)
    add_secular_rates(deep, SUN_MOTION, s, z, e, i)

    moon_node = within_a_turn(4.5236020 - 9.2422029e-4 * day)
    sin_n, cos_n = math.sin(moon_node), math.cos(moon_node)
    cos_mi = 0.91375164 - 0.03568096 * cos_n
    sin_mi = math.sqrt(1.0 - cos_mi * cos_mi)
    sin_mh = 0.089683511 * sin_n / sin_mi
    cos_mh = math.sqrt(1.0 - sin_mh * sin_mh)
    gamma = 5.8351514 + 0.0019443680 * day
    angle = math.atan2(ECLIPTIC_SINE * sin_n / sin_mi, cos_mh * cos_n + ECLIPTIC_COSINE * sin_mh * sin_n)
    angle = gamma + angle - moon_node
    moon_phase = within_a_turn(4.7199672 + 0.22997150 * day - gamma)
    a = body_direction(
        (math.cos(angle), math.sin(angle)),
        (cos_mi, sin_mi),
        (cos_mh * cos_node + sin_mh * sin_node, sin_node * cos_mh - cos_node * sin_mh),
    )
    s, z = third_body(a, MOON_PULL, elements, n)
    fill_periods(deep, m.ZMOL, moon_phase, s, z, e, MOON_ECCENTRICITY)
    add_secular_rates(deep, MOON_MOTION, s, z, e, i)


@compiled
def fill_one_day(deep: Floats, near: Floats, elements: Floats) -> None:
    """Write the resonance of an object that keeps up with the Earth."""
    e, i, node, w, m0 = elements[1], elements[2], elements[3], elements[4], elements[5]
    n, e2, cos_i, sin_i = near[m.MEAN_MOTION], e * e, math.cos(i), math.sin(i)
    a_inverse = (n / m.KE) ** m.TWO_THIRDS
    g200, g310 = 1.0 + e2 * (-2.5 + 0.8125 * e2), 1.0 + 2.0 * e2
    g300 = 1.0 + e2 * (-6.0 + 6.60937 * e2)
    f220 = 0.75 * (1.0 + cos_i) * (1.0 + cos_i)
    f311 = 0.9375 * sin_i * sin_i * (1.0 + 3.0 * cos_i) - 0.75 * (1.0 + cos_i)
    f330 = 1.875 * (1.0 + cos_i) ** 3
    common = 3.0 * n * n * a_inverse * a_inverse
    deep[m.DEL1] = common * f311 * g310 * Q31 * a_inverse
    deep[m.DEL2] = 2.0 * common * f220 * g200 * Q22
    deep[m.DEL3] = 3.0 * common * f330 * g300 * Q33 * a_inverse
    theta = deep[m.SIDEREAL_ANGLE]
    deep[m.LAMBDA_AT_EPOCH] = within_a_turn(m0 + node + w - theta)
    deep[m.LAMBDA_RATE] = (
        near[m.MEAN_ANOMALY_RATE]
        + (near[m.PERIGEE_RATE] + near[m.NODE_RATE])
        - EARTH_TURN
        + deep[m.M_RATE]
        + deep[m.PERIGEE_RATE_3]
        + deep[m.NODE_RATE_3]
        - n
    )


@compiled
def eccentricity_functions(e: float) -> Floats:
    """Return g201, g211, g310, g322, g410, g422, g520, g521, g532 and g533 of an eccentric half-day orbit."""
    e2 = e * e
    e3 = e * e2
    g = np.empty(10)
    g[0] = -0.306 - (e - 0.64) * 0.440
    if e <= 0.65:
        g[1] = 3.616 - 13.2470 * e + 16.2900 * e2
        g[2] = -19.302 + 117.3900 * e - 228.4190 * e2 + 156.5910 * e3
        g[3] = -18.9068 + 109.7927 * e - 214.6334 * e2 + 146.5816 * e3
        g[4] = -41.122 + 242.6940 * e - 471.0940 * e2 + 313.9530 * e3
        g[5] = -146.407 + 841.8800 * e - 1629.014 * e2 + 1083.4350 * e3
        g[6] = -532.114 + 3017.977 * e - 5740.032 * e2 + 3708.2760 * e3
    else:
        g[1] = -72.099 + 331.819 * e - 508.738 * e2 + 266.724 * e3
        g[2] = -346.844 + 1582.851 * e - 2415.925 * e2 + 1246.113 * e3
        g[3] = -342.585 + 1554.908 * e - 2366.899 * e2 + 1215.972 * e3
        g[4] = -1052.797 + 4758.686 * e - 7193.992 * e2 + 3651.957 * e3
        g[5] = -3581.690 + 16178.110 * e - 24462.770 * e2 + 12422.520 * e3
        if e > 0.715:
            g[6] = -5149.66 + 29936.92 * e - 54087.36 * e2 + 31324.56 * e3
        else:
            g[6] = 1464.74 - 4664.75 * e + 3763.64 * e2
    if e < 0.7:
        g[7] = -822.71072 + 4568.6173 * e - 8491.4146 * e2 + 5337.524 * e3
        g[8] = -853.66600 + 4690.2500 * e - 8624.7700 * e2 + 5341.4 * e3
        g[9] = -919.22770 + 4988.6100 * e - 9064.7700 * e2 + 5542.21 * e3
    else:
        g[7] = -51752.104 + 218913.95 * e - 309468.16 * e2 + 146349.42 * e3
        g[8] = -40023.880 + 170470.89 * e - 242699.48 * e2 + 115605.82 * e3
        g[9] = -37995.780 + 161616.52 * e - 229838.20 * e2 + 109377.94 * e3
    return g


@compiled
def inclination_functions(i: float) -> Floats:
    """Return f220, f221, f321, f322, f441, f442, f522, f523, f542 and f543."""
    c, s = math.cos(i), math.sin(i)
    c2, s2 = c * c, s * s
    f = np.empty(10)
    f[0], f[1] = 0.75 * (1.0 + 2.0 * c + c2), 1.5 * s2
    f[2], f[3] = 1.875 * s * (1.0 - 2.0 * c - 3.0 * c2), -1.875 * s * (1.0 + 2.0 * c - 3.0 * c2)
    f[4], f[5] = 35.0 * s2 * f[0], 39.3750 * s2 * s2
    f[6] = 9.84375 * s * (s2 * (1.0 - 2.0 * c - 5.0 * c2) + 0.33333333 * (-2.0 + 4.0 * c + 6.0 * c2))
    f[7] = s * (4.92187512 * s2 * (-2.0 - 4.0 * c + 10.0 * c2) + 6.56250012 * (1.0 + 2.0 * c - 3.0 * c2))
    f[8] = 29.53125 * s * (2.0 - 8.0 * c + c2 * (-12.0 + 8.0 * c + 10.0 * c2))
    f[9] = 29.53125 * s * (-2.0 - 8.0 * c + c2 * (12.0 + 8.0 * c - 10.0 * c2))
    return f


@compiled
def fill_half_day(deep: Floats, near: Floats, elements: Floats) -> None:
    """Write the resonance of an eccentric object that comes round twice a day."""
    n = near[m.MEAN_MOTION]
    g, f = eccentricity_functions(elements[1]), inclination_functions(elements[2])
    a_inverse = (n / m.KE) ** m.TWO_THIRDS
    factor = 3.0 * n * n * a_inverse * a_inverse
    deep[m.D2201], deep[m.D2211] = factor * ROOT22 * f[0] * g[0], factor * ROOT22 * f[1] * g[1]
    factor = factor * a_inverse
    deep[m.D3210], deep[m.D3222] = factor * ROOT32 * f[2] * g[2], factor * ROOT32 * f[3] * g[3]
    factor = factor * a_inverse
    deep[m.D4410], deep[m.D4422] = 2.0 * factor * ROOT44 * f[4] * g[4], 2.0 * factor * ROOT44 * f[5] * g[5]
    factor = factor * a_inverse
    deep[m.D5220], deep[m.D5232] = factor * ROOT52 * f[6] * g[6], factor * ROOT52 * f[7] * g[8]
    deep[m.D5421], deep[m.D5433] = 2.0 * factor * ROOT54 * f[8] * g[7], 2.0 * factor * ROOT54 * f[9] * g[9]
    node, theta = elements[3], deep[m.SIDEREAL_ANGLE]
    deep[m.LAMBDA_AT_EPOCH] = within_a_turn(elements[5] + node + node - theta - theta)
    deep[m.LAMBDA_RATE] = (
        near[m.MEAN_ANOMALY_RATE]
        + deep[m.M_RATE]
        + 2.0 * (near[m.NODE_RATE] + deep[m.NODE_RATE_3] - EARTH_TURN)
        - n
    )


@compiled
def sidereal_angle(day_of_1950: float) -> float:
    """Return Greenwich mean sidereal time (IAU 1982) as SGP4 reckons it, radians."""
    centuries = (day_of_1950 + 2433281.5 - 2451545.0) / 36525.0
    seconds = (
        -6.2e-6 * centuries**3
        + 0.093104 * centuries**2
        + (876600.0 * 3600.0 + 8640184.812866) * centuries
        + 67310.54841
    )
    angle = within_a_turn(math.radians(seconds) / 240.0)
    return angle + TURN if angle < 0.0 else angle


@compiled
def fill_deep(deep: Floats, near: Floats, elements: Floats, day_of_1950: float) -> None:
    """Write the deep-space row of one object whose near-Earth row is there."""
    deep[:] = 0.0
    n, e = near[m.MEAN_MOTION], elements[1]
    fill_third_bodies(deep, elements, n, day_of_1950)
    deep[m.SIDEREAL_ANGLE] = sidereal_angle(day_of_1950)
    deep[m.RESONANCE] = m.NO_RESONANCE
    if 0.0034906585 < n < 0.0052359877:
        deep[m.RESONANCE] = m.ONE_DAY
        fill_one_day(deep, near, elements)
    elif 8.26e-3 <= n <= 9.24e-3 and e >= 0.5:
        deep[m.RESONANCE] = m.HALF_DAY
        fill_half_day(deep, near, elements)
