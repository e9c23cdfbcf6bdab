"""The air as orbits meet it, turn after turn: density by height and time, a mean over latitudes and hours."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike
from baken.astro.atmosphere.nrlmsise00 import density_kg_m3
from baken.astro.constants import EARTH_FLATTENING_WGS84, EARTH_RADIUS_WGS84_M, TURN_RAD
from baken.astro.space_weather import SpaceWeather

LOWEST_M, STEP_M, N_HEIGHTS = 100e3, 20e3, 96
N_LATITUDES, N_HOURS = 6, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AirLayers:
    """Logarithms of density (kg/m3) at heights above the equator's radius, from each epoch on until the next.

    Shape: ``epoch_tai_ns`` is (k,), increasing; ``log_density`` (k, n).  The first row serves earlier times.
    """

    epoch_tai_ns: Instants
    lowest_m: float
    step_m: float
    log_density: Floats


def layers_of_air(
    epoch_tai_ns: InstantsLike, weather: SpaceWeather, inclination_rad: float, scale: float = 1.0
) -> AirLayers:
    """Return the mean air along orbits of an inclination, by NRLMSISE-00, from 100 to 2000 km.

    Mean over half a turn, from farthest south to farthest north, and over six hours of the local day.
    Heights count from a sphere of the equator's radius: at the poles that is 21 km more above ground.
    ``scale`` multiplies all: what is unsure about any model of the air.

    Shape:  epochs (k,); weather holds numbers or (k,).

    >>> weather = SpaceWeather(f107_sfu=150.0, f107_81_day_sfu=150.0, ap=10.0)
    >>> layers = layers_of_air([0], weather, 1.4)
    >>> bool(-27.0 < layers.log_density[0, 15] < -25.0)  # 400 km
    True
    """
    epochs = np.atleast_1d(np.asarray(epoch_tai_ns, dtype=np.int64))
    height_m = LOWEST_M + STEP_M * np.arange(N_HEIGHTS)
    turn_rad = np.pi * ((np.arange(N_LATITUDES) + 0.5) / N_LATITUDES - 0.5)
    latitude_rad = np.arcsin(np.sin(inclination_rad) * np.sin(turn_rad))
    longitude_rad = TURN_RAD * np.arange(N_HOURS) / N_HOURS
    below_m = EARTH_RADIUS_WGS84_M * EARTH_FLATTENING_WGS84 * np.sin(latitude_rad) ** 2
    density = density_kg_m3(
        epochs[:, None, None, None],
        latitude_rad[:, None],
        longitude_rad,
        height_m[:, None, None] + below_m[:, None],
        SpaceWeather(
            f107_sfu=_tall(weather.f107_sfu),
            f107_81_day_sfu=_tall(weather.f107_81_day_sfu),
            ap=_tall(weather.ap),
        ),
    )
    mean = density.mean(axis=(-2, -1))
    return AirLayers(epoch_tai_ns=epochs, lowest_m=LOWEST_M, step_m=STEP_M, log_density=np.log(scale * mean))


def _tall(values: FloatsLike) -> Floats:
    return np.asarray(values, dtype=float)[..., None, None, None]
