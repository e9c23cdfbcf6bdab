"""Reading the indices of JB2008 as Space Environment Technologies publishes them: SOLFSMY and DTCFILE."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import EPOCH
from baken.astro.solar_indices import SolarIndexTable
from baken.errors import BadMessage, UnreadableInput

# A flux that was not measured stands as zero, or less than the quietest sun gives.
LOWEST_FLUX_SFU = 40.0
FLUX_NAMES = ("F10", "F81c", "S10", "S81c", "M10", "M81c", "Y10", "Y81c")
HOUR_NAMES = tuple(f"hour {hour}" for hour in range(24))


def solar_indices_from_set(solfsmy: str, dtcfile: str) -> SolarIndexTable:
    """Read SOLFSMY.TXT (fluxes by day) and DTCFILE.TXT (temperatures by hour): the days that both have.

    SOLFSMY ends with days whose last fluxes are not known yet; the table ends before them.

    Raises: BadMessage with its line and field for a row that cannot be read or is out of order;
    UnreadableInput when the two share fewer days than JB2008 looks back, or these have a gap.
    """
    fluxes = dict(_days(_flux_rows(solfsmy), FLUX_NAMES))
    temperatures = dict(_days(_hour_rows(dtcfile), HOUR_NAMES))
    mjd = np.array(sorted(_known(fluxes).keys() & temperatures.keys()), dtype=np.int64)
    if mjd.size < 6 or mjd[-1] - mjd[0] != mjd.size - 1:
        raise UnreadableInput(
            "SOLFSMY and DTCFILE share no run of six days or more without a gap; fetch both anew, together"
        )
    by_day = np.array([fluxes[day] for day in mjd.tolist()])
    return SolarIndexTable(
        mjd_utc=mjd,
        fluxes_sfu=by_day[:, 0::2],
        means_sfu=by_day[:, 1::2],
        dst_temperature_k=np.array([temperatures[day] for day in mjd.tolist()]),
    )


def _flux_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row of SOLFSMY without its Julian date, which says the same as year and day."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words and not words[0].startswith("#"):
            yield number, words[:2] + words[3 : 3 + len(FLUX_NAMES)]


def _hour_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words and words[0] == "DTC":
            yield number, words[1:]


def _days(rows: Iterator[tuple[int, list[str]]], names: tuple[str, ...]) -> Iterator[tuple[int, list[float]]]:
    """Give the modified Julian date and the numbers of each row, and refuse one that does not follow."""
    before = None
    for number, words in rows:
        if len(words) != 2 + len(names):
            raise _bad(number, "row", f"year, day and {len(names)} numbers are due; {len(words)} words stand")
        mjd = _mjd(number, *words[:2])
        if before is not None and mjd != before + 1:
            raise _bad(number, "date", f"this row is {mjd - before} days after the one before, not one")
        before = mjd
        yield mjd, [_number(number, name, word) for name, word in zip(names, words[2:], strict=True)]


def _known(fluxes: dict[int, list[float]]) -> dict[int, list[float]]:
    """Return the days of which no flux is missing; the last ones of the file are not complete yet."""
    return {day: row for day, row in fluxes.items() if min(row) >= LOWEST_FLUX_SFU}


def _mjd(line_number: int, year: str, day_of_year: str) -> int:
    try:
        day = date(int(year), 1, 1) + timedelta(days=int(day_of_year) - 1)
    except (ValueError, OverflowError):
        raise _bad(line_number, "date", f"{year} {day_of_year} is no year and day of it") from None
    if day.year != int(year):
        raise _bad(line_number, "date", f"{year} has no day {day_of_year}")
    return (day - EPOCH).days + MODIFIED_JULIAN_DATE_OF_EPOCH


def _number(line_number: int, field: str, written: str) -> float:
    try:
        value = float(written)
    except ValueError:
        value = np.nan
    if not 0.0 <= value < np.inf:
        raise _bad(line_number, field, f"{written!r} is no number, or a negative one")
    return value


def _bad(line_number: int, field: str, problem: str) -> BadMessage:
    return BadMessage(problem, line=line_number, field=field, next_step="fetch the file anew")
