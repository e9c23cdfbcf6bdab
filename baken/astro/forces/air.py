"""Atmospheres as a force model asks them: density at many places, with the weather inside."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.atmosphere import harris_priester, jb2008, nrlmsise00
from baken.astro.forces.model import Places
from baken.astro.solar_indices import SolarIndexTable
from baken.astro.space_weather import SpaceWeather, SpaceWeatherTable

# Of instants, geodetic latitude, longitude and altitude, and weather: as NRLMSISE-00 and MSIS 2 are called.
Density = Callable[[Instants, Floats, Floats, Floats, SpaceWeather], Floats]


@dataclass(frozen=True, slots=True)
class HarrisPriesterAir:
    """The air of Harris and Priester: no weather, for comparing one program with another."""

    bulge_exponent: int = harris_priester.MIDDLING_EXPONENT

    def density_kg_m3(self, places: Places) -> Floats:
        """Return the density at each place."""
        return harris_priester.density_kg_m3(
            places.position_gcrs_m, places.geodetic.height_m, places.sun_gcrs_m, self.bulge_exponent
        )


@dataclass(frozen=True, slots=True, eq=False)
class AirUnderWeather:
    """An atmosphere (``nrlmsise00.density_kg_m3``, ``msis.density_kg_m3``) under the weather of a table."""

    density: Density
    weather: SpaceWeatherTable

    def density_kg_m3(self, places: Places) -> Floats:
        """Return the density at each place.

        Raises: ValueError where the table says nothing.
        """
        ground, epochs = places.geodetic, places.epoch_tai_ns
        return self.density(
            epochs, ground.latitude_rad, ground.longitude_rad, ground.height_m, self.weather.at(epochs)
        )


@dataclass(frozen=True, slots=True, eq=False)
class AirThroughStorms:
    """The air of NRLMSISE-00 under ap of every three hours, which follows a storm as it comes and goes."""

    weather: SpaceWeatherTable

    def density_kg_m3(self, places: Places) -> Floats:
        """Return the density at each place.

        Raises: ValueError where the table says nothing, or lacks ap three days back.
        """
        ground, epochs = places.geodetic, places.epoch_tai_ns
        return nrlmsise00.storm_density_kg_m3(
            epochs,
            ground.latitude_rad,
            ground.longitude_rad,
            ground.height_m,
            self.weather.history_at(epochs),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Jb2008Air:
    """The air of Jacchia and Bowman (2008) under the solar indices of a table."""

    indices: SolarIndexTable

    def density_kg_m3(self, places: Places) -> Floats:
        """Return the density at each place: NaN below 90 km, where the model ends and so does a motion.

        Raises: ValueError where the table says nothing.
        """
        ground, x, y, z = places.geodetic, *places.sun_itrs_m.T
        density_kg_m3 = jb2008.density_kg_m3(
            places.epoch_tai_ns,
            ground.latitude_rad,
            ground.longitude_rad - np.arctan2(y, x),
            np.arctan2(z, np.hypot(x, y)),
            np.maximum(ground.height_m, jb2008.LOWEST_M),
            self.indices.at(places.epoch_tai_ns),
        )
        return np.where(ground.height_m < jb2008.LOWEST_M, np.nan, density_kg_m3)
