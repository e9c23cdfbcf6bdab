"""What sun and magnetic field did and will do to the air: F10.7 and ap by day, as measured and as forecast.

Nothing here reads a file: a door hands over the text.  ``known_at`` is what keeps hindsight out.
"""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants, InstantsLike, Truths
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import tai_ns_from_utc_day, utc_day_from_tai_ns
from baken.astro.time import utc_text

HALF_OF_81_DAYS = 40
THREE_HOURS_NS, N_THREE_HOURS, HISTORY_DAYS = 3 * 3_600 * 10**9, 20, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceWeather:
    """What an atmosphere asks: flux of the day before, its 81-day mean around the day, and ap of the day.

    Fluxes are as observed, not brought to one astronomical unit, in solar flux units.
    """

    f107_sfu: Floats | float
    f107_81_day_sfu: Floats | float
    ap: Floats | float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceWeatherHistory:
    """What NRLMSISE-00 asks to follow a storm through its hours: the fluxes, and ap of the last 59 hours.

    ``ap_history`` (..., 6) is ap of the three hours around the instant, of those 3, 6 and 9 hours before, and
    its means from 12 to 33 and from 36 to 57 hours before.
    """

    f107_sfu: Floats | float
    f107_81_day_sfu: Floats | float
    ap_history: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceWeatherTable:
    """Space weather by UTC day, one row a day without a gap; after ``last_measured_mjd_utc`` it is forecast.

    ``ap_3h`` is (n, 8).  A forecast may lack ap, which is NaN then; such days are not covered.

    Raises: ValueError when a day is left out, or a measured value is missing.
    """

    mjd_utc: Instants
    f107_observed_sfu: Floats
    f107_81_day_sfu: Floats
    ap_3h: Floats
    ap_daily: Floats
    last_measured_mjd_utc: int

    def __post_init__(self) -> None:
        n = self.mjd_utc.size
        if n < 2 or np.any(np.diff(self.mjd_utc) != 1):
            raise ValueError("mjd_utc must have two days or more, each the day after the one before")
        measured = self.mjd_utc <= self.last_measured_mjd_utc
        for name in ("f107_observed_sfu", "f107_81_day_sfu", "ap_daily", "ap_3h"):
            values = getattr(self, name)
            if values.shape != ((n, 8) if name == "ap_3h" else (n,)):
                raise ValueError(f"{name} must have a row for every day of mjd_utc")
            if not np.isfinite(values[measured]).all():
                raise ValueError(f"{name} must have a number for every day that was measured")

    @property
    def start_tai_ns(self) -> int:
        """The first instant with a flux of the day before."""
        return int(_midnight_tai_ns(self.mjd_utc[0] + 1))

    @property
    def end_tai_ns(self) -> int:
        """The end of the last day."""
        return int(_midnight_tai_ns(self.mjd_utc[-1] + 1))

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell for which instants this table has all that an atmosphere asks."""
        row = self._row(epoch_tai_ns)
        is_inside = (row >= 1) & (row < self.mjd_utc.size)
        has_all = np.isfinite(self.f107_observed_sfu + self.f107_81_day_sfu + self.ap_daily)
        return np.asarray(is_inside & has_all[np.clip(row, 0, self.mjd_utc.size - 1)])

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell which instants lie on days that were measured."""
        mjd = mjd_utc_of(epoch_tai_ns)
        return np.asarray(self.covers(epoch_tai_ns) & (mjd <= self.last_measured_mjd_utc))

    def at(self, epoch_tai_ns: InstantsLike) -> SpaceWeather:
        """Return the space weather of each instant's day.

        Raises: ValueError for an instant that is not covered.
        """
        epochs = np.asarray(epoch_tai_ns)
        outside = ~self.covers(epochs)
        if outside.any():
            raise ValueError(
                f"no space weather for {utc_text(int(epochs[outside].flat[0]))}: this table runs from"
                f" {utc_text(self.start_tai_ns, 0)} to {utc_text(self.end_tai_ns, 0)};"
                " fetch a newer one, or draw an outlook from it (baken.astro.solar_outlook)"
            )
        row = self._row(epochs)
        return SpaceWeather(
            f107_sfu=self.f107_observed_sfu[row - 1],
            f107_81_day_sfu=self.f107_81_day_sfu[row],
            ap=self.ap_daily[row],
        )

    def history_at(self, epoch_tai_ns: InstantsLike) -> SpaceWeatherHistory:
        """Return the space weather of each instant's hours and of those before.

        Raises: ValueError for an instant that is not covered, or has no three-hour ap three days back.
        """
        epochs = np.asarray(epoch_tai_ns, dtype=np.int64)
        day, row = self.at(epochs), self._row(epochs)
        _, ns_of_day = utc_day_from_tai_ns(epochs)
        now = 8 * row + np.minimum(ns_of_day // THREE_HOURS_NS, 7)
        before = self.ap_3h.ravel()[np.maximum(now[..., None] - np.arange(N_THREE_HOURS), 0)]
        if np.any(row < HISTORY_DAYS) or not np.isfinite(before).all():
            raise ValueError(
                "a storm is followed by three-hour ap of three days back; this table lacks some of them"
            )
        early, late = before[..., 4:12].mean(axis=-1), before[..., 12:20].mean(axis=-1)
        return SpaceWeatherHistory(
            f107_sfu=day.f107_sfu,
            f107_81_day_sfu=day.f107_81_day_sfu,
            ap_history=np.stack([*np.moveaxis(before[..., :4], -1, 0), early, late], axis=-1),
        )

    def known_at(self, epoch_tai_ns: int) -> "SpaceWeatherTable":
        """Return what could be known at an instant: whole days that had ended, and means of those days only.

        Within 40 days of the end a mean of 81 days is that of the days there are.

        Raises: ValueError when fewer than two days had ended.
        """
        n = int(np.clip(self._row(epoch_tai_ns), 0, self.mjd_utc.size))
        if n < 2:
            raise ValueError(f"this table knows nothing of the days before {utc_text(int(epoch_tai_ns), 0)}")
        mean = self.f107_81_day_sfu[:n].copy()
        late = np.arange(max(n - HALF_OF_81_DAYS, 0), n)
        mean[late] = centred_81_day_mean(self.f107_observed_sfu[:n])[late]
        return SpaceWeatherTable(
            mjd_utc=self.mjd_utc[:n],
            f107_observed_sfu=self.f107_observed_sfu[:n],
            f107_81_day_sfu=mean,
            ap_3h=self.ap_3h[:n],
            ap_daily=self.ap_daily[:n],
            last_measured_mjd_utc=min(self.last_measured_mjd_utc, int(self.mjd_utc[n - 1])),
        )

    def _row(self, epoch_tai_ns: InstantsLike) -> Instants:
        return np.asarray(mjd_utc_of(epoch_tai_ns) - self.mjd_utc[0])


def mjd_utc_of(epoch_tai_ns: InstantsLike) -> Instants:
    """Return the modified Julian date of each instant's UTC day.

    >>> int(mjd_utc_of(0))
    51543
    """
    day, _ = utc_day_from_tai_ns(np.asarray(epoch_tai_ns, dtype=np.int64))
    return np.asarray(day + MODIFIED_JULIAN_DATE_OF_EPOCH)


def centred_81_day_mean(f107_sfu: Floats) -> Floats:
    """Return the mean of 40 days before, each day, and 40 after; at the ends, of the days there are.

    >>> centred_81_day_mean(np.arange(100.0))[[0, 45, 99]]
    array([20., 45., 79.])
    """
    n = f107_sfu.shape[-1]
    total = np.concatenate([np.zeros((*f107_sfu.shape[:-1], 1)), np.cumsum(f107_sfu, axis=-1)], axis=-1)
    first = np.maximum(np.arange(n) - HALF_OF_81_DAYS, 0)
    after = np.minimum(np.arange(n) + HALF_OF_81_DAYS + 1, n)
    return np.asarray((total[..., after] - total[..., first]) / (after - first))


def _midnight_tai_ns(mjd_utc: InstantsLike) -> Instants:
    day = np.asarray(mjd_utc) - MODIFIED_JULIAN_DATE_OF_EPOCH
    return tai_ns_from_utc_day(day, np.zeros_like(day))
