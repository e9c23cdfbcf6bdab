"""What all predictions of one instant share: the air, and space weather, measured and drawn, once for all."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from baken.assess.reentry.weather_ahead import WeatherAhead, weather_ahead
from baken.assess.reentry.window import N_MEMBERS
from baken.astro.atmosphere.density_grid import DensityGrid, density_grid
from baken.astro.space_weather import SpaceWeatherTable, mjd_utc_of
from baken.astro.time import NANOSECONDS_A_DAY
from baken.records.lineage import digest_of_json

MakeRng = Callable[[int], np.random.Generator]
# The air of one instant begins this long before it: where the oldest element sets of use may be.
OLDEST_SET_DAY = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReentrySettings:
    """At which altitude a fall counts, how far ahead to look, and in how many ways it may go."""

    altitude_m: float = 80e3
    longest_day: float = 200.0
    n_members: int = N_MEMBERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The air and the weather that everything falls in, as known at an instant.

    One future of the sun is one for all who fall: the same member of two predictions saw the same sun.
    """

    as_of_tai_ns: int
    air: DensityGrid
    weather: WeatherAhead

    @property
    def weather_is_known(self) -> bool:
        return len(self.weather.measured) > 0


def conditions_at(
    as_of_tai_ns: int,
    space_weather: SpaceWeatherTable | None,
    settings: ReentrySettings,
    make_rng: MakeRng,
    *,
    air: DensityGrid | None = None,
) -> Conditions:
    """Return what predictions as of an instant share; nothing of the space weather after it is looked at.

    ``air`` may be given where several instants share it, and is made for the span that is needed if not.
    """
    n_days = 2 + int(settings.longest_day)
    known = None if space_weather is None else space_weather.known_at(as_of_tai_ns)
    rng = make_rng(seed_of("space weather", as_of_tai_ns))
    weather = weather_ahead(known, int(mjd_utc_of(as_of_tai_ns)), n_days, settings.n_members, rng)
    return Conditions(
        as_of_tai_ns=as_of_tai_ns,
        air=air if air is not None else air_of(as_of_tai_ns, settings.longest_day),
        weather=weather,
    )


def seed_of(name: str, as_of_tai_ns: int) -> int:
    """Return where the luck of one prediction begins: the same object and instant, the same ensemble."""
    return int(digest_of_json([name, str(as_of_tai_ns)])[-15:], 16)


def air_of(as_of_tai_ns: int, longest_day: float) -> DensityGrid:
    """Return the air that predictions as of an instant fall in; it is the dearest part of them."""
    before = round(OLDEST_SET_DAY * NANOSECONDS_A_DAY)
    return density_grid(as_of_tai_ns - before, as_of_tai_ns + round(longest_day * NANOSECONDS_A_DAY))
