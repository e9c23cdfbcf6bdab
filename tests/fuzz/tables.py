"""What the readers of tables (space weather, solar indices, Earth orientation) owe to any text."""

from collections.abc import Callable

import numpy as np

from baken.astro.earth_data import EarthData, earth_data_from_finals2000a
from baken.astro.solar_indices import SolarIndexTable
from baken.astro.solar_indices_text import solar_indices_from_set
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.errors import TheirMistake
from tests.astro.earth import iers_line
from tests.astro.solar_indices import dtc_text, solfsmy_text
from tests.astro.space_weather import celestrak_line, celestrak_text
from tests.fuzz.laws import A_MOMENT_S, within

N_DAYS = 8
A_DAY_NS = 86_400 * 10**9
Table = SpaceWeatherTable | SolarIndexTable | EarthData
READERS: dict[str, Callable[[str], Table]] = {
    "space-weather": space_weather_from_celestrak,
    "solfsmy": lambda text: solar_indices_from_set(text, dtc_text(N_DAYS)),
    "dtcfile": lambda text: solar_indices_from_set(solfsmy_text(N_DAYS), text),
    "finals2000a": earth_data_from_finals2000a,
}


def sound_tables() -> dict[str, bytes]:
    """Return a text that each reader of a table accepts."""
    months = (celestrak_line(31, 300.0, ap=None), celestrak_line(60, 242.0, ap=None))
    texts = {
        "space-weather": celestrak_text(N_DAYS, 2, months=months),
        "solfsmy": solfsmy_text(N_DAYS),
        "dtcfile": dtc_text(N_DAYS),
        "finals2000a": "\n".join(iers_line(60_000 + k, 0.01) for k in range(N_DAYS)),
    }
    return {name: text.encode() for name, text in texts.items()}


def hold_table(name: str, content: bytes) -> None:
    """Read a text and hold the reader to its laws.

    It answers in a moment; it raises nothing but a mistake of the sender's; and a table it gives
    has a number for every instant that it says to cover.
    """
    with within(A_MOMENT_S):
        try:
            table = READERS[name](content.decode("utf-8", errors="replace"))
        except TheirMistake:
            return
        _answers_what_it_covers(table)


def _answers_what_it_covers(table: Table) -> None:
    mjd = table.mjd_utc
    epochs = (int(mjd[0]) - 51_544 + np.arange(-1, min(mjd.size, 400) + 2)) * A_DAY_NS + A_DAY_NS // 2
    covered = epochs[table.covers(epochs)]
    found = table.at(covered)
    for field in found.__dataclass_fields__:
        assert np.isfinite(getattr(found, field)).all(), f"{field} is missing where the table covers"
