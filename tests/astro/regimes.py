"""One way of drawing orbits for each regime, so that a law is tried where satellites are."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from baken.astro.elements import KeplerianElements

EARTH_RADIUS_M = 6_378_137.0


class Regime(NamedTuple):
    perigee_height_m: tuple[float, float]
    eccentricity: tuple[float, float]
    inclination_deg: tuple[float, float]


REGIMES = {
    "low": Regime((200e3, 1500e3), (0.0, 0.02), (0.0, 180.0)),
    "medium": Regime((15_000e3, 24_000e3), (0.0, 0.02), (40.0, 70.0)),
    "geostationary": Regime((35_700e3, 35_900e3), (0.0, 0.001), (0.0, 15.0)),
    "highly eccentric": Regime((200e3, 2000e3), (0.5, 0.9), (0.0, 70.0)),
    "exactly circular": Regime((300e3, 36_000e3), (0.0, 0.0), (0.0, 180.0)),
    "exactly equatorial": Regime((300e3, 36_000e3), (0.0, 0.8), (0.0, 0.0)),
    "leaving": Regime((200e3, 2000e3), (1.05, 3.0), (0.0, 180.0)),
}


def orbits(name: str) -> st.SearchStrategy[KeplerianElements]:
    """Draw elements of one regime; the true anomaly of what leaves stays well inside its asymptotes."""
    regime = REGIMES[name]
    angle = st.floats(0.0, 2.0 * np.pi, exclude_max=True)
    anomaly = st.floats(-1.2, 1.2) if name == "leaving" else angle
    return st.builds(
        _elements,
        st.floats(*regime.perigee_height_m),
        st.floats(*regime.eccentricity),
        st.floats(*regime.inclination_deg),
        angle,
        angle,
        anomaly,
    )


def _elements(
    height_m: float, eccentricity: float, inclination_deg: float, raan: float, perigee: float, anomaly: float
) -> KeplerianElements:
    semi_major_axis_m = (EARTH_RADIUS_M + height_m) / (1.0 - eccentricity)
    numbers = (semi_major_axis_m, eccentricity, np.radians(inclination_deg), raan, perigee, anomaly)
    return KeplerianElements(*(np.asarray(number, dtype=np.float64) for number in numbers))
