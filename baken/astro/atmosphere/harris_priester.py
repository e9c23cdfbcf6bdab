"""Density by Harris and Priester, as modified by Long: a bulge that follows the sun, and no weather.

Simple, smooth, and used to compare orbit programs with one another; it stands for a middling sun.
"""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Vectors

# The air is densest two hours after noon: 30 degrees east of the sun.
BULGE_LAG_RAD = np.radians(30.0)
MIDDLING_EXPONENT = 4
G_KM3 = 1e-12  # in kg/m3
# Height in km, density at the antapex and at the apex of the bulge in g/km3: Montenbruck and Gill, table 3.8.
TABLE = np.array((
    (100, 4.974e+05, 4.974e+05), (120, 24900, 24900), (130, 8377, 8710), (140, 3899, 4059),
    (150, 2122, 2215), (160, 1263, 1344), (170, 800.8, 875.8), (180, 528.3, 601), (190, 361.7, 429.7),
    (200, 255.7, 316.2), (210, 183.9, 239.6), (220, 134.1, 185.3), (230, 99.49, 145.5),
    (240, 74.88, 115.7), (250, 57.09, 93.08), (260, 44.03, 75.55), (270, 34.3, 61.82), (280, 26.97, 50.95),
    (290, 21.39, 42.26), (300, 17.08, 35.26), (320, 10.99, 25.11), (340, 7.214, 18.19),
    (360, 4.824, 13.37), (380, 3.274, 9.955), (400, 2.249, 7.492), (420, 1.558, 5.684),
    (440, 1.091, 4.355), (460, 0.7701, 3.362), (480, 0.5474, 2.612), (500, 0.3916, 2.042),
    (520, 0.2819, 1.605), (540, 0.2042, 1.267), (560, 0.1488, 1.005), (580, 0.1092, 0.7997),
    (600, 0.0807, 0.639), (620, 0.06012, 0.5123), (640, 0.04519, 0.4121), (660, 0.0343, 0.3325),
    (680, 0.02632, 0.2691), (700, 0.02043, 0.2185), (720, 0.01607, 0.1779), (740, 0.01281, 0.1452),
    (760, 0.01036, 0.119), (780, 0.008496, 0.09776), (800, 0.007069, 0.08059), (840, 0.00468, 0.05741),
    (880, 0.0032, 0.0421), (920, 0.00221, 0.0313), (960, 0.00156, 0.0236), (1000, 0.00115, 0.0181),
)).T  # fmt: skip


def density_kg_m3(
    position_gcrs_m: Vectors,
    altitude_m: FloatsLike,
    sun_gcrs_m: Vectors,
    bulge_exponent: int = MIDDLING_EXPONENT,
) -> Floats:
    """Return density between that of night and that of the bulge, by the angle from its apex.

    The exponent is 2 for low inclinations, 6 for polar orbits.  Past the table, which runs from 100 to
    1000 km, density goes on with its last scale height.

    Shape:  positions (..., 3), altitude (...), the sun (..., 3) or (3,).
    Source: O. Montenbruck and E. Gill (2000), Satellite Orbits, 3.5.2, equations 3.101 to 3.104.

    >>> print(f"{density_kg_m3([7e6, 0.0, 0.0], 400e3, [1.5e11, 0.0, 0.0]):.3e}")
    6.813e-12
    """
    night, bulge = (_between(altitude_m, G_KM3 * TABLE[k]) for k in (1, 2))
    position = np.asarray(position_gcrs_m, dtype=np.float64)
    cosine = (position * _bulge_direction(sun_gcrs_m)).sum(axis=-1) / np.linalg.norm(position, axis=-1)
    # Half of one and a cosine is the square of the cosine of half the angle.
    share = np.maximum(0.5 + 0.5 * cosine, 0.0) ** (0.5 * bulge_exponent)
    return np.asarray(night + (bulge - night) * share)


def _between(altitude_m: FloatsLike, density: Floats) -> Floats:
    """Interpolate a column of the table, exponentially."""
    heights_m = 1e3 * TABLE[0]
    altitudes_m = np.asarray(altitude_m, dtype=np.float64)
    low = np.clip(np.searchsorted(heights_m, altitudes_m, side="right") - 1, 0, heights_m.size - 2)
    weight = (altitudes_m - heights_m[low]) / (heights_m[low + 1] - heights_m[low])
    return np.asarray(density[low] * (density[low + 1] / density[low]) ** weight)


def _bulge_direction(sun_gcrs_m: Vectors) -> Floats:
    """Return the unit vector to the apex: that to the sun, turned east about the pole."""
    sun = np.asarray(sun_gcrs_m, dtype=np.float64)
    x, y, z = np.moveaxis(sun / np.linalg.norm(sun, axis=-1, keepdims=True), -1, 0)
    cosine, sine = np.cos(BULGE_LAG_RAD), np.sin(BULGE_LAG_RAD)
    return np.stack([x * cosine - y * sine, x * sine + y * cosine, z], axis=-1)
