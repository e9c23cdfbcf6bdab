"""Reading the table of space weather that CelesTrak and CSSI publish as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import EPOCH
from baken.astro.space_weather import SpaceWeatherTable
from baken.errors import BadMessage, UnreadableInput

# Fits over whole cycles are no forecast; they are left out.
FORECASTS = ("DAILY_PREDICTED", "MONTHLY_PREDICTED")
SECTIONS = ("OBSERVED", *FORECASTS)
# Columns count from 0.  Those of flux shift from one edition to the next, so fluxes are told by their order.
_DATE = (slice(0, 4), slice(4, 7), slice(7, 10))
_AP_3H = [slice(46 + 4 * k, 50 + 4 * k) for k in range(8)]
_AP_DAILY = slice(78, 82)
_FLUX_FROM = 92
_OBSERVED_FLUX, _CENTRED_MEAN = -3, -2
_FEWEST_FLUXES = 6


def space_weather_from_celestrak(text: str) -> SpaceWeatherTable:
    """Read the text file of CelesTrak (CSSI): days observed, days forecast, and months forecast.

    Between months, and from the last day to the first month, a forecast is linear.  Months without ap leave
    it missing.

    Raises: BadMessage with its line and field for a row that cannot be read or is out of order;
    UnreadableInput when there are no days.
    Source: CelesTrak, Space Weather Data Documentation; D. A. Vallado and T. S. Kelso, AAS 13-901.
    """
    rows = list(_rows(text))
    if len(rows) < 2:
        raise UnreadableInput(
            "no two days of space weather in this text; it should be CelesTrak's SW-All.txt"
        )
    for before, row in pairwise(rows):
        _refuse_disorder(before, row)
    given = np.array([row.mjd for row in rows])
    mjd = np.arange(given[0], given[-1] + 1)
    columns = np.array([row.numbers for row in rows])
    daily = np.stack([_by_day(mjd, given, columns[:, k]) for k in range(columns.shape[1])], axis=-1)
    measured = [row.mjd for row in rows if row.section == "OBSERVED"]
    return SpaceWeatherTable(
        mjd_utc=mjd,
        f107_observed_sfu=daily[:, 0],
        f107_81_day_sfu=daily[:, 1],
        ap_daily=daily[:, 2],
        ap_3h=daily[:, 3:],
        last_measured_mjd_utc=measured[-1] if measured else int(mjd[0]) - 1,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One day or month: flux, its mean, the daily ap and the eight of three hours."""

    line_number: int
    section: str
    mjd: int
    numbers: list[float]


def _rows(text: str) -> Iterator[_Row]:
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if mark := re.fullmatch(r"(BEGIN|END) (\w+)\s*", line):
            section = mark[2] if mark[1] == "BEGIN" else ""
        elif section in SECTIONS and line.strip():
            yield _row(number, section, line)


def _row(line_number: int, section: str, line: str) -> _Row:
    fluxes = line[_FLUX_FROM:].split()
    if len(fluxes) < _FEWEST_FLUXES:
        raise _bad(line_number, "F10.7", f"a row needs six fluxes; this one has {len(fluxes)}")
    numbers = [_number(line_number, "F10.7", fluxes[_OBSERVED_FLUX])]
    numbers.append(_number(line_number, "Ctr81", fluxes[_CENTRED_MEAN]))
    has_no_ap = section == "MONTHLY_PREDICTED" and not line[_AP_3H[0].start : _AP_DAILY.stop].strip()
    for name, at in [("Ap avg", _AP_DAILY), *(("Ap", at) for at in _AP_3H)]:
        numbers.append(np.nan if has_no_ap else _number(line_number, name, line[at]))
    return _Row(line_number, section, _mjd(line_number, line), numbers)


def _mjd(line_number: int, line: str) -> int:
    try:
        day = date(*(int(line[at]) for at in _DATE))
    except ValueError:
        raise _bad(line_number, "date", f"{line[:10]!r} is no date") from None
    return (day - EPOCH).days + MODIFIED_JULIAN_DATE_OF_EPOCH


def _number(line_number: int, field: str, written: str) -> float:
    try:
        value = float(written)
    except ValueError:
        value = np.nan
    if not 0.0 <= value < np.inf:
        raise _bad(line_number, field, f"{written!r} is no number, or a negative one")
    return value


def _refuse_disorder(before: _Row, row: _Row) -> None:
    step = row.mjd - before.mjd
    if step < 1 or (step > 1 and row.section != "MONTHLY_PREDICTED"):
        raise _bad(row.line_number, "date", f"this row is {step} days after the one before, not one")


def _bad(line_number: int, field: str, problem: str) -> BadMessage:
    return BadMessage(problem, line=line_number, field=field, next_step="fetch the file anew")


def _by_day(mjd: Floats, given: Floats, values: Floats) -> Floats:
    """Return a value a day, linear between the days given; missing where either neighbour is."""
    after = np.clip(np.searchsorted(given, mjd), 1, given.size - 1)
    weight = (mjd - given[after - 1]) / (given[after] - given[after - 1])
    between = values[after - 1] + weight * (values[after] - values[after - 1])
    return np.where(weight == 0.0, values[after - 1], np.where(weight == 1.0, values[after], between))
