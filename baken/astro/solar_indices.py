"""What JB2008 asks of the sun, by day and hour: a table to be passed into a force model."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants, InstantsLike, Truths
from baken.astro.atmosphere.jb2008 import SolarIndices
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import utc_day_from_tai_ns
from baken.astro.time import utc_text

# Each radiation heats the layer where it is absorbed, and the lower that lies the later the air above knows.
F10_LAG_DAY, M10_LAG_DAY, Y10_LAG_DAY = 1, 2, 5
NANOSECONDS_AN_HOUR = 3_600 * 10**9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SolarIndexTable:
    """Fluxes and their 81-day means by UTC day, and what storms add to temperature at every hour of it.

    ``fluxes_sfu`` has the columns F10, S10, M10 and Y10, ``means_sfu`` their means, as published: without
    lag.  ``dst_temperature_k[d, h]`` is DSTDTC at hour ``h`` of day ``d``.

    Shape:  fluxes and means (n, 4), temperatures (n, 24).
    Raises: ValueError when a day is left out, a shape differs, or a number is missing.
    """

    mjd_utc: Instants
    fluxes_sfu: Floats
    means_sfu: Floats
    dst_temperature_k: Floats

    def __post_init__(self) -> None:
        n = self.mjd_utc.size
        if n <= Y10_LAG_DAY or np.any(np.diff(self.mjd_utc) != 1):
            raise ValueError("mjd_utc must have six days or more, each the day after the one before")
        for name, width in (("fluxes_sfu", 4), ("means_sfu", 4), ("dst_temperature_k", 24)):
            values = getattr(self, name)
            if values.shape != (n, width) or not np.isfinite(values).all():
                raise ValueError(f"{name} must have {width} numbers for every day of mjd_utc")

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        """Tell for which instants there are all indices, those of five days before too."""
        row, _ = self._row_and_hour(epoch_tai_ns)
        return np.asarray((row >= Y10_LAG_DAY) & (row < self.mjd_utc.size))

    def at(self, epoch_tai_ns: InstantsLike) -> SolarIndices:
        """Return the indices of each instant: fluxes of the days before, and temperature between two hours.

        In the last hour of the table temperature stays as it is.

        Raises: ValueError for an instant that is not covered.
        Source: Bowman and others (2008), AIAA 2008-6438, for the lags.
        """
        epochs = np.asarray(epoch_tai_ns, dtype=np.int64)
        outside = ~self.covers(epochs)
        if outside.any():
            raise ValueError(
                f"no solar indices for {utc_text(int(epochs[outside].flat[0]))}: this table begins with MJD"
                f" {self.mjd_utc[0]}, answers from five days later, and ends with MJD {self.mjd_utc[-1]}"
            )
        row, hour = self._row_and_hour(epochs)
        f10, m10, y10 = row - F10_LAG_DAY, row - M10_LAG_DAY, row - Y10_LAG_DAY
        hours = np.arange(self.dst_temperature_k.size)
        return SolarIndices(
            f10_sfu=self.fluxes_sfu[f10, 0],
            f10_81_day_sfu=self.means_sfu[f10, 0],
            s10_sfu=self.fluxes_sfu[f10, 1],
            s10_81_day_sfu=self.means_sfu[f10, 1],
            m10_sfu=self.fluxes_sfu[m10, 2],
            m10_81_day_sfu=self.means_sfu[m10, 2],
            y10_sfu=self.fluxes_sfu[y10, 3],
            y10_81_day_sfu=self.means_sfu[y10, 3],
            dst_temperature_k=np.interp(24.0 * row + hour, hours, self.dst_temperature_k.ravel()),
        )

    def _row_and_hour(self, epoch_tai_ns: InstantsLike) -> tuple[Instants, Floats]:
        day, ns_of_day = utc_day_from_tai_ns(np.asarray(epoch_tai_ns, dtype=np.int64))
        row = day + MODIFIED_JULIAN_DATE_OF_EPOCH - self.mjd_utc[0]
        # A leap second belongs to the last hour of its day.
        return np.asarray(row), np.minimum(ns_of_day / NANOSECONDS_AN_HOUR, 24.0)
