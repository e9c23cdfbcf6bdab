"""Space weather by day for what falls: measured as far as it was known, and drawn beyond."""

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.solar_outlook import SolarOutlook, climatology, outlook
from baken.astro.space_weather import SpaceWeatherTable


def weather_members(
    known: SpaceWeatherTable | None,
    first_mjd_utc: int,
    n_days: int,
    n_members: int,
    rng: np.random.Generator,
) -> Floats:
    """Return (members, days, 3): 81-day flux, flux of the day before, ap, from a day on.

    ``known`` is what was known at the time (``known_at``); without it any year is as likely as another.
    """
    if known is None:
        return _columns(climatology(n_days, n_members, rng))
    row = first_mjd_utc - int(known.mjd_utc[0]) + np.arange(n_days)
    is_known = row < known.mjd_utc.size
    n_ahead = int((~is_known).sum()) + max(0, int(row[0]) - known.mjd_utc.size)
    past = row[is_known]
    measured = np.stack(
        [known.f107_81_day_sfu[past], known.f107_observed_sfu[past - 1], known.ap_daily[past]], axis=-1
    )
    spread = np.broadcast_to(measured, (n_members, *measured.shape))
    if n_ahead == 0:
        return np.ascontiguousarray(spread)
    ahead = _columns(outlook(known, n_ahead, n_members, rng))
    return np.concatenate([spread, ahead[:, ahead.shape[1] - int((~is_known).sum()) :]], axis=1)


def weather_behind(
    known: SpaceWeatherTable | None, mjd_utc: Instants, n_members: int, rng: np.random.Generator
) -> Floats:
    """Return (days, 3) of days that are over: a day not measured yet is told by the last one that was.

    Without a table the median of any year stands for all of them.
    """
    if known is None:
        return np.repeat(np.median(_columns(climatology(1, n_members, rng)), axis=0), len(mjd_utc), axis=0)
    row = np.minimum(mjd_utc - int(known.mjd_utc[0]), known.mjd_utc.size - 1)
    return np.stack(
        [known.f107_81_day_sfu[row], known.f107_observed_sfu[row - 1], known.ap_daily[row]], axis=-1
    )


def _columns(future: SolarOutlook) -> Floats:
    return np.stack([future.f107_81_day_sfu, future.f107_sfu, future.ap], axis=-1)
