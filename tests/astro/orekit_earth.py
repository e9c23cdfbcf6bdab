"""The Earth as Orekit had it for its ephemerides: daily rows, and a cubic through four of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from baken.astro.arrays import Floats, Instants, InstantsLike, Truths
from baken.astro.constants import ARCSECOND_RAD
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH, EarthOrientation
from baken.astro.leap_seconds import tai_ns_from_utc_day

COLUMNS = {
    "x_pole_rad": ("x_arcsec", ARCSECOND_RAD),
    "y_pole_rad": ("y_arcsec", ARCSECOND_RAD),
    "ut1_minus_utc_s": ("ut1_utc_s", 1.0),
    "length_of_day_excess_s": ("lod_s", 1.0),
    "dx_rad": ("dX_arcsec", ARCSECOND_RAD),
    "dy_rad": ("dY_arcsec", ARCSECOND_RAD),
}


@dataclass(frozen=True, slots=True, eq=False)
class CubicEarth:
    """Daily Earth data with a cubic in between; no leap second may fall into them."""

    midnight_tai_ns: Instants
    rows: EarthOrientation

    def at(self, epoch_tai_ns: InstantsLike) -> EarthOrientation:
        day = (np.asarray(epoch_tai_ns) - self.midnight_tai_ns[0]) / 86_400e9
        first = np.clip(np.floor(day).astype(int) - 1, 0, self.midnight_tai_ns.size - 4)

        def cubic(values: Floats) -> Floats:
            total = np.zeros(np.shape(day))
            for k in range(4):
                weight = np.ones(np.shape(day))
                for other in set(range(4)) - {k}:
                    weight = weight * (day - first - other) / (k - other)
                total = total + weight * values[first + k]
            return total

        return EarthOrientation(**{f.name: cubic(getattr(self.rows, f.name)) for f in fields(self.rows)})

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        epochs = np.asarray(epoch_tai_ns)
        return np.asarray((epochs >= self.midnight_tai_ns[0]) & (epochs <= self.midnight_tai_ns[-1]))

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        return self.covers(epoch_tai_ns)


def cubic_earth(rows: Sequence[dict[str, float]]) -> CubicEarth:
    """Return Earth data from rows as Orekit's truth file has them."""
    columns = {
        name: np.array([row[theirs] for row in rows]) * unit for name, (theirs, unit) in COLUMNS.items()
    }
    day = np.array([int(row["mjd"]) for row in rows]) - MODIFIED_JULIAN_DATE_OF_EPOCH
    return CubicEarth(
        tai_ns_from_utc_day(day, np.zeros_like(day)),
        EarthOrientation(**columns, sigma_rad=np.zeros(day.size)),
    )
