"""Space weather by day for what falls: measured as far as it was known, and drawn beyond, once for all."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.solar_outlook import SolarOutlook, climatology, outlook
from baken.astro.space_weather import SpaceWeatherTable


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherAhead:
    """What one instant knows of the sun: days that were measured, then futures that all who fall share.

    Rows are 81-day flux, flux of the day before, and ap.  ``measured`` (days, 3) starts on ``first_mjd_utc``,
    ``ahead`` (members, days, 3) the day after the last of it; without a table nothing is measured, and any
    year is as likely as another.
    """

    first_mjd_utc: int
    measured: Floats
    ahead: Floats

    def members_from(self, mjd_utc: int, n_days: int) -> Floats:
        """Return (members, days, 3) from a day on: so many days, or as many as were drawn.

        Raises: ValueError for a day before the table begins.
        """
        if not len(self.measured):
            return self.ahead[:, :n_days]
        row = int(self._row(np.asarray(mjd_utc)))
        past = self.measured[row : row + n_days]
        future = self.ahead[:, max(0, row - len(self.measured)) :][:, : n_days - len(past)]
        return np.concatenate([np.broadcast_to(past, (len(future), *past.shape)), future], axis=1)

    def behind(self, mjd_utc: Instants) -> Floats:
        """Return (days, 3) of days that are over: one not measured yet is told by the last one that was.

        Without a table the median of any year stands for all of them.
        """
        if not len(self.measured):
            return np.repeat(np.median(self.ahead[:, 0], axis=0)[None], len(mjd_utc), axis=0)
        return np.asarray(self.measured[np.minimum(self._row(mjd_utc), len(self.measured) - 1)])

    def _row(self, mjd_utc: Instants) -> Instants:
        row = mjd_utc - self.first_mjd_utc
        if (row < 0).any():
            raise ValueError("an element set is older than the table of space weather; give a longer table")
        return np.asarray(row)


def weather_ahead(
    known: SpaceWeatherTable | None, as_of_mjd_utc: int, n_days: int, n_members: int, rng: np.random.Generator
) -> WeatherAhead:
    """Draw futures of the days after an instant from what was known at it (``known_at``).

    A forecast that the table holds is not looked at: it has no spread.
    """
    if known is None:
        future = climatology(n_days, n_members, rng)
        return WeatherAhead(first_mjd_utc=as_of_mjd_utc, measured=np.empty((0, 3)), ahead=_columns(future))
    n_ahead = max(1, as_of_mjd_utc + n_days - known.last_measured_mjd_utc)
    future = outlook(known, n_ahead, n_members, rng)
    n = known.last_measured_mjd_utc - int(known.mjd_utc[0]) + 1
    columns = known.f107_81_day_sfu[1:n], known.f107_observed_sfu[: n - 1], known.ap_daily[1:n]
    return WeatherAhead(
        first_mjd_utc=int(known.mjd_utc[1]),
        measured=np.stack(columns, axis=-1),
        ahead=_columns(future),
    )


def _columns(future: SolarOutlook) -> Floats:
    return np.stack([future.f107_81_day_sfu, future.f107_sfu, future.ap], axis=-1)
