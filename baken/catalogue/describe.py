"""Describe an orbit in the words people use: how high, and in which regime."""

from enum import StrEnum

from baken.records.orbit import ElementSet

# SGP4 lives in the WGS-72 world; so do the heights read off its elements.  Vallado et al. (2006), table 1.
WGS_72_MU_M3_S2 = 3.986008e14
WGS_72_EQUATORIAL_RADIUS_M = 6_378_135.0
LEO_APOGEE_HEIGHT_M = 2_000_000.0  # IADC Space Debris Mitigation Guidelines (2020), 3.3.2
GEO_RADIUS_M = 42_164_000.0
GEO_HALF_WIDTH_M = 300_000.0
HEO_ECCENTRICITY = 0.25  # CelesTrak and ESA draw the line of highly eccentric orbits here


class Regime(StrEnum):
    """Where an orbit lies, coarsely."""

    LEO = "LEO"
    MEO = "MEO"
    GEO = "GEO"
    HEO = "HEO"
    HIGH = "HIGH"


def semi_major_axis_m(element_set: ElementSet) -> float:
    """Return the size of an orbit from its mean motion, as Kepler has it; good to some kilometres."""
    return float((WGS_72_MU_M3_S2 / element_set.mean_motion_rad_s**2) ** (1.0 / 3.0))


def perigee_height_m(element_set: ElementSet) -> float:
    """Return the height of the lowest point above the equatorial radius."""
    return semi_major_axis_m(element_set) * (1.0 - element_set.eccentricity) - WGS_72_EQUATORIAL_RADIUS_M


def apogee_height_m(element_set: ElementSet) -> float:
    """Return the height of the highest point above the equatorial radius."""
    return semi_major_axis_m(element_set) * (1.0 + element_set.eccentricity) - WGS_72_EQUATORIAL_RADIUS_M


def regime_of(element_set: ElementSet) -> Regime:
    """Return the regime of an orbit: LEO below 2,000 km, GEO within 300 km of it, HEO when eccentric."""
    if apogee_height_m(element_set) < LEO_APOGEE_HEIGHT_M:
        return Regime.LEO
    if element_set.eccentricity >= HEO_ECCENTRICITY:
        return Regime.HEO
    axis_m = semi_major_axis_m(element_set)
    if abs(axis_m - GEO_RADIUS_M) <= GEO_HALF_WIDTH_M:
        return Regime.GEO
    return Regime.MEO if axis_m < GEO_RADIUS_M else Regime.HIGH
