"""How NRLMSISE-00 varies with place, season, hour, sun and magnetic activity: sums over spherical harmonics.

Every temperature and every composition is a constant times one of these sums, or its exponential.  Angles
are as the model has them: degrees of latitude and longitude, hours, seconds, with its own rounded constants.
"""

import math
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.atmosphere._nrlmsise00_thermosphere import VARIATIONS
from baken.astro.compiled import compiled

DEGREE = 1.74533e-2
DAY = 1.72142e-2
HOUR = 0.2618
SECOND = 7.2722e-5
MEAN_FLUX_SFU = 150.0
QUIET_AP = 4.0
# Rows of VARIATIONS.
EXOSPHERE, GRADIENT, HELIUM, OXYGEN, NITROGEN_2, BASE, OXYGEN_2, ARGON, HYDROGEN, NITROGEN, HOT_OXYGEN = (
    range(11)
)
# The curve of magnetic activity that the nodes of temperature share.
NODE_AP_SLOPE, NODE_AP_BEND = 0.0847001, 0.170147


class Moment(NamedTuple):
    """What all sums of one evaluation share.

    ``legendre[m, n]`` are associated Legendre functions of sine of latitude, without the phase of Condon and
    Shortley; ``hours`` are sine and cosine of the local hour angle, once, twice and three times.
    ``longitude_weight`` is 1 for a place, 0 for the mean of all longitudes at the same local time.
    ``ap_history`` is that of ``SpaceWeatherHistory``, or empty where ap of the day counts.
    """

    legendre: Floats
    hours: Floats
    day: float
    ut_s: float
    latitude_deg: float
    longitude: float
    local_time_h: float
    flux_offset_sfu: float
    flux_excess_sfu: float
    ap_excess: float
    longitude_weight: float
    ap_history: Floats


@compiled
def moment(
    day: float,
    ut_s: float,
    latitude_deg: float,
    longitude_deg: float,
    local_time_h: float,
    f107_81: float,
    f107: float,
    ap: float,
) -> Moment:
    """Gather what all sums share."""
    hours = np.empty(6)
    for k in range(3):
        hours[2 * k] = math.sin((k + 1) * HOUR * local_time_h)
        hours[2 * k + 1] = math.cos((k + 1) * HOUR * local_time_h)
    return Moment(
        _legendre(latitude_deg),
        hours,
        day,
        ut_s,
        latitude_deg,
        longitude_deg * DEGREE,
        local_time_h,
        f107 - f107_81,
        f107_81 - MEAN_FLUX_SFU,
        ap - QUIET_AP,
        1.0,
        np.empty(0),
    )


@compiled
def with_history(at: Moment, ap_history: Floats) -> Moment:
    """Return the same moment, where six ap of the past hours count instead of that of the day."""
    return Moment(
        at.legendre,
        at.hours,
        at.day,
        at.ut_s,
        at.latitude_deg,
        at.longitude,
        at.local_time_h,
        at.flux_offset_sfu,
        at.flux_excess_sfu,
        at.ap_excess,
        at.longitude_weight,
        ap_history,
    )


@compiled
def mean_moment(
    day: float, latitude_deg: float, local_time_h: float, f107_81: float, f107: float, ap: float
) -> Moment:
    """Gather what all sums share for the mean of all longitudes at one local time, a day long."""
    at = moment(day, 0.0, latitude_deg, 0.0, local_time_h, f107_81, f107, ap)
    return Moment(
        at.legendre,
        at.hours,
        at.day,
        at.ut_s,
        at.latitude_deg,
        at.longitude,
        at.local_time_h,
        at.flux_offset_sfu,
        at.flux_excess_sfu,
        at.ap_excess,
        0.0,
        at.ap_history,
    )


@compiled
def _legendre(latitude_deg: float) -> Floats:
    """Return associated Legendre functions up to degree 7 and order 3, by recursion on the degree."""
    sine, cosine = math.sin(latitude_deg * DEGREE), math.cos(latitude_deg * DEGREE)
    p = np.zeros((4, 8))
    p[0, 0] = 1.0
    for m in range(4):
        if m > 0:
            p[m, m] = (2 * m - 1) * cosine * p[m - 1, m - 1]
        p[m, m + 1] = (2 * m + 1) * sine * p[m, m]
        for n in range(m + 2, 8):
            p[m, n] = ((2 * n - 1) * sine * p[m, n - 1] - (n + m - 1) * p[m, n - 2]) / (n - m)
    return p


@compiled
def thermosphere_sum(c: Floats, at: Moment) -> float:
    """Return the sum for a quantity of the thermosphere, of whose coefficients ``c`` is a row."""
    p = at.legendre
    annual = math.cos(DAY * (at.day - c[13]))
    flux = c[19] * at.flux_offset_sfu + c[20] * at.flux_offset_sfu**2
    total = c[30] + flux + c[19] * c[59] * at.flux_offset_sfu * at.flux_excess_sfu
    total += c[21] * at.flux_excess_sfu + c[29] * at.flux_excess_sfu**2
    total += c[1] * p[0, 2] + c[2] * p[0, 4] + c[22] * p[0, 6] + c[14] * p[0, 2] * at.flux_excess_sfu
    total += c[26] * p[0, 1] + c[18] * math.cos(DAY * (at.day - c[31]))
    total += (c[15] + c[16] * p[0, 2]) * math.cos(2.0 * DAY * (at.day - c[17]))
    total += (1.0 + c[47] * at.flux_excess_sfu + flux) * (c[9] * p[0, 1] + c[10] * p[0, 3]) * annual
    total += c[37] * p[0, 1] * math.cos(2.0 * DAY * (at.day - c[38]))
    total += (1.0 + c[49] * at.flux_excess_sfu + flux) * _tides(c, at, annual)
    if at.longitude_weight > 0.0:
        total += _longitude_terms(c, at, annual)
    if at.ap_history.size == 0:
        return float(total + ap_curve(c[43], c[44], at.ap_excess) * _magnetic_terms(c, at, annual))
    if c[51] == 0.0:
        return float(total)
    return float(total + weighed_history(c, at) * _storm_terms(c, at, annual))


@compiled
def _tides(c: Floats, at: Moment, annual: float) -> float:
    """Return what turns with the sun: once, twice and three times a day."""
    p, h = at.legendre, at.hours
    once_cosine = c[3] * p[1, 1] + c[4] * p[1, 3] + c[27] * p[1, 5] + c[11] * p[1, 2] * annual
    once_sine = c[6] * p[1, 1] + c[7] * p[1, 3] + c[28] * p[1, 5] + c[12] * p[1, 2] * annual
    twice_cosine = c[5] * p[2, 2] + c[41] * p[2, 4] + (c[23] * p[2, 3] + c[35] * p[2, 5]) * annual
    twice_sine = c[8] * p[2, 2] + c[42] * p[2, 4] + (c[33] * p[2, 3] + c[36] * p[2, 5]) * annual
    thrice_sine = c[39] * p[3, 3] + (c[93] * p[3, 4] + c[46] * p[3, 6]) * annual
    thrice_cosine = c[40] * p[3, 3] + (c[94] * p[3, 4] + c[48] * p[3, 6]) * annual
    return float(
        once_sine * h[0]
        + once_cosine * h[1]
        + twice_sine * h[2]
        + twice_cosine * h[3]
        + thrice_sine * h[4]
        + thrice_cosine * h[5]
    )


@compiled
def _longitude_terms(c: Floats, at: Moment, annual: float) -> float:
    """Return what stands with the ground, and what turns with universal time."""
    p = at.legendre
    cosine = c[64] * p[1, 2] + c[65] * p[1, 4] + c[66] * p[1, 6]
    cosine += c[103] * p[1, 1] + c[104] * p[1, 3] + c[105] * p[1, 5]
    cosine += (c[109] * p[1, 1] + c[110] * p[1, 3] + c[111] * p[1, 5]) * annual
    sine = c[90] * p[1, 2] + c[91] * p[1, 4] + c[92] * p[1, 6]
    sine += c[106] * p[1, 1] + c[107] * p[1, 3] + c[108] * p[1, 5]
    sine += (c[112] * p[1, 1] + c[113] * p[1, 3] + c[114] * p[1, 5]) * annual
    standing = cosine * math.cos(at.longitude) + sine * math.sin(at.longitude)

    universal = (1.0 + c[95] * p[0, 1]) * (1.0 + c[81] * at.flux_excess_sfu)
    universal *= 1.0 + c[119] * p[0, 1] * annual
    universal *= c[68] * p[0, 1] + c[69] * p[0, 3] + c[70] * p[0, 5]
    universal *= math.cos(SECOND * (at.ut_s - c[71]))
    mixed = (c[76] * p[2, 3] + c[77] * p[2, 5] + c[78] * p[2, 7]) * (1.0 + c[137] * at.flux_excess_sfu)
    mixed *= math.cos(SECOND * (at.ut_s - c[79]) + 2.0 * at.longitude)
    return float((1.0 + c[80] * at.flux_excess_sfu) * standing + universal + mixed)


@compiled
def _magnetic_terms(c: Floats, at: Moment, annual: float) -> float:
    """Return how the answer to magnetic activity depends on place and hour."""
    p = at.legendre
    total = c[32] + c[45] * p[0, 2] + c[34] * p[0, 4]
    total += (c[100] * p[0, 1] + c[101] * p[0, 3] + c[102] * p[0, 5]) * annual
    hourly = c[121] * p[1, 1] + c[122] * p[1, 3] + c[123] * p[1, 5]
    total += hourly * math.cos(HOUR * (at.local_time_h - c[124]))
    if at.longitude_weight > 0.0:
        total += _magnetic_longitude_terms(c, at, annual)
    return float(total)


@compiled
def _magnetic_longitude_terms(c: Floats, at: Moment, annual: float) -> float:
    p = at.legendre
    standing = (1.0 + c[120] * p[0, 1]) * (c[60] * p[1, 2] + c[61] * p[1, 4] + c[62] * p[1, 6])
    total = standing * math.cos(at.longitude - DEGREE * c[63])
    seasonal = (c[115] * p[1, 1] + c[116] * p[1, 3] + c[117] * p[1, 5]) * annual
    total += seasonal * math.cos(at.longitude - DEGREE * c[118])
    universal = c[83] * p[0, 1] + c[84] * p[0, 3] + c[85] * p[0, 5]
    return float(total + universal * math.cos(SECOND * (at.ut_s - c[75])))


@compiled
def _storm_terms(c: Floats, at: Moment, annual: float) -> float:
    """Return how the answer to the hours' magnetic activity depends on place and hour."""
    p = at.legendre
    total = c[50] + c[96] * p[0, 2] + c[54] * p[0, 4]
    total += (c[125] * p[0, 1] + c[126] * p[0, 3] + c[127] * p[0, 5]) * annual
    hourly = c[128] * p[1, 1] + c[129] * p[1, 3] + c[130] * p[1, 5]
    total += hourly * math.cos(HOUR * (at.local_time_h - c[131]))
    standing = (1.0 + c[132] * p[0, 1]) * (c[52] * p[1, 2] + c[98] * p[1, 4] + c[67] * p[1, 6])
    total += standing * math.cos(at.longitude - DEGREE * c[97])
    seasonal = (c[133] * p[1, 1] + c[134] * p[1, 3] + c[135] * p[1, 5]) * annual
    total += seasonal * math.cos(at.longitude - DEGREE * c[136])
    universal = c[55] * p[0, 1] + c[56] * p[0, 3] + c[57] * p[0, 5]
    return float(total + universal * math.cos(SECOND * (at.ut_s - c[58])))


@compiled
def weighed_history(c: Floats, at: Moment) -> float:
    """Return the answer to the ap of the past hours, each counting less the longer ago.

    Source: Hedin (1987), J. Geophys. Res. 92, 4649, appendix, for three-hour ap.
    """
    fading = math.exp(-10_800.0 * abs(c[51]) / (1.0 + c[138] * (45.0 - abs(at.latitude_deg))))
    fading = min(fading, 0.99999)
    slope, bend = max(c[24], 1e-4), c[25]
    over_eight = (1.0 - fading**8) / (1.0 - fading)
    weights = (1.0, fading, fading**2, fading**3, fading**4 * over_eight, fading**12 * over_eight)
    total = 0.0
    for k in range(6):
        total += weights[k] * ap_curve(slope, bend, at.ap_history[k] - QUIET_AP)
    return float(total / (1.0 + (1.0 - fading**19) / (1.0 - fading) * math.sqrt(fading)))


@compiled
def ap_curve(slope: float, bend: float, ap_excess: float) -> float:
    """Return how strongly the air answers to ap above its quiet value: less and less as it grows."""
    return float(ap_excess + (bend - 1.0) * (ap_excess + (math.exp(-slope * ap_excess) - 1.0) / slope))


@compiled
def node_sum(c: Floats, at: Moment) -> float:
    """Return the sum for a node of temperature at or below 110 km, of whose coefficients ``c`` is a row."""
    p, h = at.legendre, at.hours
    annual = math.cos(DAY * (at.day - c[13]))
    total = c[21] * at.flux_excess_sfu
    total += c[1] * p[0, 2] + c[2] * p[0, 4] + c[22] * p[0, 6]
    total += c[26] * p[0, 1] + c[14] * p[0, 3] + c[59] * p[0, 5]
    total += (c[18] + c[47] * p[0, 2] + c[29] * p[0, 4]) * math.cos(DAY * (at.day - c[31]))
    total += (c[15] + c[16] * p[0, 2] + c[30] * p[0, 4]) * math.cos(2.0 * DAY * (at.day - c[17]))
    total += (c[9] * p[0, 1] + c[10] * p[0, 3] + c[20] * p[0, 5]) * annual
    total += c[37] * p[0, 1] * math.cos(2.0 * DAY * (at.day - c[38]))
    total += (c[3] * p[1, 1] + c[4] * p[1, 3] + c[11] * p[1, 2] * annual) * h[1]
    total += (c[6] * p[1, 1] + c[7] * p[1, 3] + c[12] * p[1, 2] * annual) * h[0]
    total += (c[5] * p[2, 2] + c[41] * p[2, 4] + (c[23] * p[2, 3] + c[35] * p[2, 5]) * annual) * h[3]
    total += (c[8] * p[2, 2] + c[42] * p[2, 4] + (c[33] * p[2, 3] + c[36] * p[2, 5]) * annual) * h[2]
    total += p[3, 3] * (c[39] * h[4] + c[40] * h[5])
    if at.ap_history.size == 0:
        total += ap_curve(NODE_AP_SLOPE, NODE_AP_BEND, at.ap_excess) * (c[32] + c[45] * p[0, 2])
    else:
        total += weighed_history(VARIATIONS[BASE], at) * (c[50] + c[96] * p[0, 2])
    if at.longitude_weight > 0.0:
        total += _node_longitude_terms(c, at)
    return float(total)


@compiled
def _node_longitude_terms(c: Floats, at: Moment) -> float:
    p = at.legendre
    season = 1.0 + p[0, 1] * (
        c[80] * math.cos(DAY * (at.day - c[81])) + c[85] * math.cos(2.0 * DAY * (at.day - c[86]))
    )
    season += c[83] * math.cos(DAY * (at.day - c[84])) + c[87] * math.cos(2.0 * DAY * (at.day - c[88]))
    cosine = c[64] * p[1, 2] + c[65] * p[1, 4] + c[66] * p[1, 6]
    cosine += c[74] * p[1, 1] + c[75] * p[1, 3] + c[76] * p[1, 5]
    sine = c[90] * p[1, 2] + c[91] * p[1, 4] + c[92] * p[1, 6]
    sine += c[77] * p[1, 1] + c[78] * p[1, 3] + c[79] * p[1, 5]
    return float(season * (cosine * math.cos(at.longitude) + sine * math.sin(at.longitude)))
