"""How the Earth really turns: polar motion, UT1 and the length of day, as measured and as forecast.

Nothing here reads a file: a door hands over the text of the IERS file, and the result is an argument of
everything that crosses from space to ground.
"""

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Protocol

import numpy as np

from baken.astro.arrays import Floats, Instants, InstantsLike, Truths
from baken.astro.constants import ARCSECOND_RAD, EARTH_ROTATION_RATE_RAD_S
from baken.astro.leap_seconds import tai_ns_from_utc_day
from baken.astro.time import utc_minus_tai_s, utc_text
from baken.errors import BadMessage, UnreadableInput

MODIFIED_JULIAN_DATE_OF_EPOCH = 51_544
MILLIARCSECOND_RAD = 1e-3 * ARCSECOND_RAD
# The years in which an instant can be told: 1972 to 2291.
FIRST_MJD_UTC, LAST_MJD_UTC = 41_317, 158_194
# Leap seconds keep UTC within this of UT1: ITU-R TF.460-6, annex 1, 2.
LARGEST_UT1_MINUS_UTC_S = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class EarthOrientation:
    """How the Earth stands at some instants, one value an instant.

    ``dx_rad`` and ``dy_rad`` are where the pole was seen, less where IAU 2006/2000A has it.  ``sigma_rad`` is
    the standard error of the whole orientation: times a distance from the Earth's centre, metres.
    """

    x_pole_rad: Floats
    y_pole_rad: Floats
    ut1_minus_utc_s: Floats
    length_of_day_excess_s: Floats
    dx_rad: Floats
    dy_rad: Floats
    sigma_rad: Floats


class EarthData(Protocol):
    """Whoever can say how the Earth stands."""

    def at(self, epoch_tai_ns: InstantsLike) -> EarthOrientation:
        """Return the Earth's orientation; ValueError where these data say nothing."""

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell for which instants these data say something."""

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell for which instants that is a measurement, and not a forecast or a guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarthTable:
    """A table of Earth orientation at UTC midnights, linear in between.

    UT1 is interpolated against TAI, where no leap second breaks it.  What linear costs: 0.02 ms of UT1, 1 cm
    at the Earth's surface; the tides within a day, up to 0.5 mas or 2 cm, are not modelled.

    Raises: ValueError when the days do not go up, or a value is missing.
    """

    mjd_utc: Instants
    x_pole_rad: Floats
    y_pole_rad: Floats
    ut1_minus_utc_s: Floats
    length_of_day_excess_s: Floats
    dx_rad: Floats
    dy_rad: Floats
    sigma_rad: Floats
    last_measured_mjd_utc: int

    def __post_init__(self) -> None:
        if self.mjd_utc.size < 2 or np.any(np.diff(self.mjd_utc) <= 0):
            raise ValueError("mjd_utc must have two days or more, each later than the one before")
        for column in fields(EarthOrientation):
            values = getattr(self, column.name)
            if values.shape != self.mjd_utc.shape or not np.isfinite(values).all():
                raise ValueError(f"{column.name} must have a number for every day of mjd_utc")

    @property
    def start_tai_ns(self) -> int:
        return int(self._midnights_tai_ns[0])

    @property
    def end_tai_ns(self) -> int:
        return int(self._midnights_tai_ns[-1])

    @property
    def last_measured_tai_ns(self) -> int:
        return int(_midnight_tai_ns(np.asarray(self.last_measured_mjd_utc)))

    @property
    def _midnights_tai_ns(self) -> Instants:
        return _midnight_tai_ns(self.mjd_utc)

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell which instants lie within the table."""
        epochs = np.asarray(epoch_tai_ns)
        return np.asarray((epochs >= self.start_tai_ns) & (epochs <= self.end_tai_ns))

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell which instants lie within what was measured when the table was made."""
        epochs = np.asarray(epoch_tai_ns)
        return np.asarray((epochs >= self.start_tai_ns) & (epochs <= self.last_measured_tai_ns))

    def at(self, epoch_tai_ns: InstantsLike) -> EarthOrientation:
        """Return the Earth's orientation at each instant.

        Raises: ValueError for an instant outside the table, which is never stretched.
        """
        epochs = np.asarray(epoch_tai_ns)
        self._refuse_what_is_outside(epochs)
        midnights_tai_ns = self._midnights_tai_ns
        node = np.clip(np.searchsorted(midnights_tai_ns, epochs, side="right") - 1, 0, self.mjd_utc.size - 2)
        step_ns = midnights_tai_ns[node + 1] - midnights_tai_ns[node]
        weight = (epochs - midnights_tai_ns[node]) / step_ns

        def between(values: Floats) -> Floats:
            return np.asarray(values[node] + weight * (values[node + 1] - values[node]))

        ut1_minus_tai_s = between(self.ut1_minus_utc_s + utc_minus_tai_s(midnights_tai_ns))
        return EarthOrientation(
            x_pole_rad=between(self.x_pole_rad),
            y_pole_rad=between(self.y_pole_rad),
            ut1_minus_utc_s=np.asarray(ut1_minus_tai_s - utc_minus_tai_s(epochs)),
            length_of_day_excess_s=between(self.length_of_day_excess_s),
            dx_rad=between(self.dx_rad),
            dy_rad=between(self.dy_rad),
            sigma_rad=between(self.sigma_rad),
        )

    def _refuse_what_is_outside(self, epochs: Instants) -> None:
        outside = ~self.covers(epochs)
        if outside.any():
            raise ValueError(
                f"no Earth data for {utc_text(int(epochs[outside].flat[0]))}: these run from"
                f" {utc_text(self.start_tai_ns, 0)} to {utc_text(self.end_tai_ns, 0)};"
                " fetch newer ones, or say no_earth_data() and accept its error"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoughEarth:
    """The Earth as it would be if UT1 were UTC and its pole stood still: for those who have no Earth data.

    Wrong by up to 0.9 s of turning: 460 m at 7000 km from the Earth's centre, 2.8 km at geostationary height.
    Directions among inertial frames (TEME, GCRS, EME2000) hardly suffer: 1 cm in low orbit.
    """

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        """A rough answer is always at hand."""
        return np.ones(np.shape(epoch_tai_ns), dtype=np.bool_)

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Nothing here was measured."""
        return np.zeros(np.shape(epoch_tai_ns), dtype=np.bool_)

    def at(self, epoch_tai_ns: InstantsLike) -> EarthOrientation:
        """Return zeros, and how wrong they may be."""
        zeros = np.zeros(np.shape(epoch_tai_ns))
        return EarthOrientation(
            x_pole_rad=zeros,
            y_pole_rad=zeros,
            ut1_minus_utc_s=zeros,
            length_of_day_excess_s=zeros,
            dx_rad=zeros,
            dy_rad=zeros,
            sigma_rad=zeros + LARGEST_UT1_MINUS_UTC_S * EARTH_ROTATION_RATE_RAD_S,
        )


def no_earth_data() -> RoughEarth:
    """Return what can be said of the Earth without data, with its error.

    >>> bool(no_earth_data().is_measured(0))
    False
    """
    return RoughEarth()


def earth_data_from_finals2000a(text: str) -> EarthTable:
    """Read the IERS file ``finals2000A``: final values (Bulletin B), then rapid ones (A), then forecasts.

    Rows that give only a date, as at the end of the file, end the table.  Where forecasts leave out the
    length of day and the offsets of the pole, these become zero: the models' own values, 1 cm in low orbit.

    Raises: BadMessage with its line for a row that cannot be read or is not later than the one before;
    UnreadableInput when no row has values.
    Source: IERS, readme.finals2000A.
    """
    rows = [_Row(number, line) for number, line in enumerate(text.splitlines(), 1) if _has_values(line)]
    if len(rows) < 2:
        raise UnreadableInput(
            "no two days of Earth data in this text; it should be the IERS file finals2000A"
        )

    for before, row in pairwise(rows):
        row.refuse_unless_later_than(before)

    def column(*names: str) -> Floats:
        return np.array([row.first_of(*names) for row in rows])

    pole_sigma_rad = ARCSECOND_RAD * np.hypot(column("x_sigma"), column("y_sigma"))
    measured_mjd = [row.mjd for row in rows if row.is_measured]
    return EarthTable(
        mjd_utc=np.array([row.mjd for row in rows]),
        x_pole_rad=ARCSECOND_RAD * column("x_final", "x"),
        y_pole_rad=ARCSECOND_RAD * column("y_final", "y"),
        ut1_minus_utc_s=column("ut1_final", "ut1"),
        length_of_day_excess_s=1e-3 * column("lod", "nothing"),
        dx_rad=MILLIARCSECOND_RAD * column("dx_final", "dx", "nothing"),
        dy_rad=MILLIARCSECOND_RAD * column("dy_final", "dy", "nothing"),
        sigma_rad=np.hypot(pole_sigma_rad, EARTH_ROTATION_RATE_RAD_S * column("ut1_sigma")),
        last_measured_mjd_utc=measured_mjd[-1] if measured_mjd else rows[0].mjd - 1,
    )


_COLUMNS = {  # readme.finals2000A; counted from 0 here, from 1 there
    "mjd": (7, 15),
    "x": (18, 27),
    "x_sigma": (27, 36),
    "y": (37, 46),
    "y_sigma": (46, 55),
    "ut1": (58, 68),
    "ut1_sigma": (68, 78),
    "lod": (79, 86),
    "dx": (97, 106),
    "dy": (116, 125),
    "x_final": (134, 144),
    "y_final": (144, 154),
    "ut1_final": (154, 165),
    "dx_final": (165, 175),
    "dy_final": (175, 185),
}
_MEASURED_AT = (16, 57)  # the flags of polar motion and of UT1: I for IERS, P for predicted


def _has_values(line: str) -> bool:
    return bool(line[slice(*_COLUMNS["x"])].strip() and line[slice(*_COLUMNS["ut1"])].strip())


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the file, read by the names of its columns."""

    line_number: int
    line: str

    @property
    def mjd(self) -> int:
        day = int(self.number("mjd"))
        if not FIRST_MJD_UTC <= day <= LAST_MJD_UTC:
            raise self._bad("mjd", f"day {day} is not between {FIRST_MJD_UTC} and {LAST_MJD_UTC}")
        return day

    @property
    def is_measured(self) -> bool:
        return all(self.line[at] == "I" for at in _MEASURED_AT)

    def number(self, name: str) -> float:
        written = self.line[slice(*_COLUMNS[name])]
        try:
            value = float(written)
        except ValueError:
            value = np.nan
        if not np.isfinite(value):
            raise self._bad(name, f"{written!r} is no number")
        return value

    def refuse_unless_later_than(self, before: "_Row") -> None:
        if self.mjd <= before.mjd:
            raise self._bad("mjd", f"day {self.mjd} stands after day {before.mjd}")

    def _bad(self, field: str, problem: str) -> BadMessage:
        return BadMessage(problem, line=self.line_number, field=field, next_step="fetch the file anew")

    def first_of(self, *names: str) -> float:
        """Return the first of these columns that is filled in; ``nothing``, as the last of them, is zero."""
        for name in names:
            if name == "nothing":
                return 0.0
            if self.line[slice(*_COLUMNS[name])].strip():
                return self.number(name)
        return self.number(names[-1])


def _midnight_tai_ns(mjd_utc: Instants) -> Instants:
    return tai_ns_from_utc_day(mjd_utc - MODIFIED_JULIAN_DATE_OF_EPOCH, np.zeros_like(mjd_utc))
