"""Earth data for tests: one day of given values, and IERS lines written by us."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from baken.astro.arrays import Floats, InstantsLike, Truths
from baken.astro.constants import ARCSECOND_RAD
from baken.astro.earth_data import EarthOrientation, EarthTable, no_earth_data
from baken.astro.frames import rotation_gcrs_to_cirs, rotation_gcrs_to_eme2000
from baken.astro.time import julian_date_utc, tai_ns_from_utc


def earth_of(published: Mapping[str, object]) -> EarthTable:
    """Return Earth data that stand still at what an authority used."""
    mjd = int(julian_date_utc(tai_ns_from_utc(str(published["utc"])))[0] - 2_400_000.5)

    def always(name: str, unit: float) -> np.ndarray:
        return np.full(2, float(published.get(name, 0.0)) * unit)

    return EarthTable(
        mjd_utc=np.array([mjd, mjd + 1]),
        x_pole_rad=always("x_pole_arcsec", ARCSECOND_RAD),
        y_pole_rad=always("y_pole_arcsec", ARCSECOND_RAD),
        ut1_minus_utc_s=always("ut1_minus_utc_s", 1.0),
        length_of_day_excess_s=always("length_of_day_excess_s", 1.0),
        dx_rad=always("dx_arcsec", ARCSECOND_RAD),
        dy_rad=always("dy_arcsec", ARCSECOND_RAD),
        sigma_rad=np.zeros(2),
        last_measured_mjd_utc=mjd,
    )


@dataclass(frozen=True, slots=True)
class EarthUpright:
    """An Earth whose pole stands at the third axis of EME2000: IAU's of the year 2000, without nutation."""

    def at(self, epoch_tai_ns: InstantsLike) -> EarthOrientation:
        rough = no_earth_data().at(epoch_tai_ns)
        nodding = rotation_gcrs_to_cirs(epoch_tai_ns, no_earth_data())[..., 2, :]
        upright: Floats = rotation_gcrs_to_eme2000()[2]
        return replace(rough, dx_rad=upright[0] - nodding[..., 0], dy_rad=upright[1] - nodding[..., 1])

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        return no_earth_data().covers(epoch_tai_ns)

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        return no_earth_data().is_measured(epoch_tai_ns)


def iers_line(mjd: int, ut1_minus_utc_s: float, *, flag: str = "I", is_complete: bool = True) -> str:
    """Write one line as readme.finals2000A lays it out, with made-up values."""
    line = f"{'':6} {mjd:8.2f} {flag} {0.12:9.6f}{0.0001:9.6f} {0.34:9.6f}{0.0001:9.6f}  {flag}"
    line += f"{ut1_minus_utc_s:10.7f}{0.00001:10.7f} "
    if is_complete:
        line += f"{1.25:7.4f}{0.01:7.4f}  {flag} {0.2:9.3f}{0.1:9.3f} {-0.1:9.3f}{0.1:9.3f}"
    return line.ljust(185)
