"""How sun and magnetic field may go on after the last day that was measured: many equally likely futures.

The logarithm of flux, or of ap, at each lead is a linear regression on what the last year looked like: three
days at a time through the last rotation of the sun, whose 27 days come back, and means of 81 and 365 days.
Around it go the residuals of whole past stretches that began when the sun was about as active, so that the
spread, its growth and its memory are those that were seen.
"""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.space_weather import HALF_OF_81_DAYS, SpaceWeatherTable, centred_81_day_mean

A_YEAR_DAY = 365
SOLAR_ROTATION_DAY = 27
BIN_DAY = 3
# Past stretches start this far apart: closer ones say the same again.
STRIDE_DAY = 3
FEWEST_STRETCHES = 300
ANALOGUES_SHARE = 0.25
AP_SHIFT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SolarOutlook:
    """Futures of space weather: ``(n_members, n_days)``, from the day ``first_mjd_utc``.

    The columns mean what ``SpaceWeather`` means: what an atmosphere asks of a day, so ``f107_sfu`` is the
    flux of the day before.  ``first_mjd_utc`` is None where the outlook holds for any time.
    """

    first_mjd_utc: int | None
    f107_sfu: Floats
    f107_81_day_sfu: Floats
    ap: Floats


def outlook(known: SpaceWeatherTable, n_days: int, n_members: int, rng: np.random.Generator) -> SolarOutlook:
    """Draw futures from what was measured, and from nothing else; they start the day after.

    Assumes the sun goes on as it did in the years of the table: two cycles or more make it good.

    Raises: ValueError when the table holds too few years for a future of so many days.
    """
    n_leads = n_days + HALF_OF_81_DAYS
    measured = known.mjd_utc <= known.last_measured_mjd_utc
    flux, ap = known.f107_observed_sfu[measured], known.ap_daily[measured]
    starts = np.arange(2 * A_YEAR_DAY, flux.size - n_leads + 1, STRIDE_DAY)
    if starts.size < FEWEST_STRETCHES:
        raise ValueError(
            f"{flux.size} days of space weather are too few for an outlook of {n_days} days: give a longer"
            " table, or draw from climatology()"
        )
    picked = _analogues(flux, starts, n_members, rng)
    ahead = np.exp(_futures(np.log(flux), starts, picked, n_leads))
    past = np.broadcast_to(flux[-HALF_OF_81_DAYS - 1 :], (n_members, HALF_OF_81_DAYS + 1))
    joined = np.concatenate([past, ahead], axis=-1)
    today = HALF_OF_81_DAYS + 1 + np.arange(n_days)
    return SolarOutlook(
        first_mjd_utc=int(known.mjd_utc[measured][-1]) + 1,
        f107_sfu=joined[:, today - 1],
        f107_81_day_sfu=centred_81_day_mean(joined)[:, today],
        ap=np.maximum(np.exp(_futures(np.log(ap + AP_SHIFT), starts, picked, n_days)) - AP_SHIFT, 0.0),
    )


def _analogues(flux: Floats, starts: Instants, n_members: int, rng: np.random.Generator) -> Instants:
    """Pick rows of ``starts`` at which the mean flux was about what it is now."""
    trailing = _trailing_mean(np.log(flux), 81)
    distance = np.abs(trailing[starts - 1] - trailing[-1])
    n_near = max(FEWEST_STRETCHES, int(ANALOGUES_SHARE * starts.size))
    return np.argsort(distance, kind="stable")[rng.integers(0, n_near, n_members)]


def _futures(series: Floats, starts: Instants, picked: Instants, n_leads: int) -> Floats:
    """Return what regression expects after the end of a series, and the residuals of past stretches on it."""
    looks = _looks(series, np.append(starts, series.size))
    came = series[starts[:, None] + np.arange(n_leads)]
    across, upper = np.linalg.qr(looks[:-1])
    weights = np.linalg.solve(upper, across.T @ came)
    residuals = came[picked] - looks[picked] @ weights
    return np.asarray(looks[-1] @ weights + residuals)


def _looks(series: Floats, before: Instants) -> Floats:
    """Return how the last two years look from some days, of which nothing from that day on is seen."""
    recent = _trailing_mean(series, BIN_DAY)
    n_bins = SOLAR_ROTATION_DAY // BIN_DAY
    columns = [np.ones(before.size), series[before - 1]]
    columns += [recent[before - 1 - BIN_DAY * k] for k in range(n_bins)]
    mean, year = _trailing_mean(series, 81), _trailing_mean(series, A_YEAR_DAY)
    columns += [mean[before - 1], mean[before - 82], year[before - 1], year[before - 1 - A_YEAR_DAY]]
    return np.stack(columns, axis=-1)


def _trailing_mean(series: Floats, n_days: int) -> Floats:
    """Return the mean of each day and the days before it, fewer at the start."""
    total = np.concatenate([[0.0], np.cumsum(series)])
    first = np.maximum(np.arange(series.size) + 1 - n_days, 0)
    after = np.arange(series.size) + 1
    return np.asarray((total[after] - total[first]) / (after - first))


# --- Without a table ----------------------------------------------------------------------------------------

# K. F. Tapping (2013), The 10.7 cm solar radio flux, Space Weather 11, 394: a quiet sun gives less than
# 70, and an active one 150 to 250.  All numbers below give the quantiles since 1957 within 10 %.
QUIET_SUN_SFU = 68.0
MEDIAN_HEIGHT_SFU, LOG_HEIGHT_SIGMA = 125.0, 0.25
# D. H. Hathaway (2015), The Solar Cycle, Living Rev. Solar Phys. 12, 4: eleven years, of which four go up.
CYCLE_DAY = 11.0 * 365.25
RISE_SHARE = 0.38
PEAKEDNESS = 2.6
# How far a day lies from its 81-day mean, and how much is left of that a day later.
LOG_FLUX_SIGMA, FLUX_MEMORY = 0.19, 0.9
# ap by day: J. Bartels's scale, whose values spread over the years as a lognormal does.
MEDIAN_AP, LOG_AP_SIGMA, AP_MEMORY = 8.5, 0.85, 0.6


def climatology(n_days: int, n_members: int, rng: np.random.Generator) -> SolarOutlook:
    """Draw futures for someone who has no table: any moment of a solar cycle is as likely as any other.

    The spread is that of all years since 1957, within 10 % at its quantiles; it knows nothing of today.

    >>> climatology(3, 5, np.random.default_rng(1)).ap.shape
    (5, 3)
    """
    day = np.arange(-1, n_days)
    phase = (rng.random((n_members, 1)) + day / CYCLE_DAY) % 1.0
    height_sfu = MEDIAN_HEIGHT_SFU * np.exp(LOG_HEIGHT_SIGMA * rng.standard_normal((n_members, 1)))
    mean = QUIET_SUN_SFU + height_sfu * _cycle(phase)
    is_active = np.sqrt(1.0 - QUIET_SUN_SFU / (mean + 1.0))
    flux = mean * np.exp(is_active * _red_noise(LOG_FLUX_SIGMA, FLUX_MEMORY, phase.shape, rng))
    ap = MEDIAN_AP * np.exp(_red_noise(LOG_AP_SIGMA, AP_MEMORY, phase.shape, rng))
    return SolarOutlook(first_mjd_utc=None, f107_sfu=flux[:, :-1], f107_81_day_sfu=mean[:, 1:], ap=ap[:, 1:])


def _cycle(phase: Floats) -> Floats:
    """Return the height of a cycle, 0 to 1, by how much of it has passed."""
    rising = phase < RISE_SHARE
    part = np.where(rising, phase / RISE_SHARE, (1.0 - phase) / (1.0 - RISE_SHARE))
    return np.asarray(np.sin(0.5 * np.pi * part) ** PEAKEDNESS)


def _red_noise(sigma: float, memory: float, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Return noise of which each day keeps a part of the day before."""
    white = rng.standard_normal(shape)
    red = np.empty(shape)
    red[:, 0] = white[:, 0]
    for day in range(1, shape[1]):
        red[:, day] = memory * red[:, day - 1] + np.sqrt(1.0 - memory**2) * white[:, day]
    return sigma * red
