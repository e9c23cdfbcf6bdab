"""What every propagator of a contest is given: one gravity field, one table of the Earth, one ephemeris.

They come with satkit-data; each program gets them in a folder, in the formats it reads.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import erfa
import numpy as np

from baken.astro.constants import ARCSECOND_RAD
from baken.astro.earth_data import EarthTable

EPHEMERIS = "linux_p1550p2650.440"
GRAVITY = "EGM96.gfc"
N_DAYS_AROUND = 40
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


@dataclass(frozen=True, slots=True)
class Day:
    """One row of CelesTrak's table, in its own units: arcseconds and seconds."""

    mjd: int
    x: float
    y: float
    ut1_utc: float
    lod: float
    dx: float
    dy: float


def satkit_folder() -> Path:
    import satkit_data

    return Path(satkit_data.__file__).parent / "data"


def days_around(mjd: int) -> list[Day]:
    with (satkit_folder() / "EOP-All.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if abs(int(row["MJD"]) - mjd) <= N_DAYS_AROUND]
    names = ("X", "Y", "UT1-UTC", "LOD", "DX", "DY")
    return [Day(int(row["MJD"]), *(float(row[name]) for name in names)) for row in rows]


def earth_of(days: list[Day]) -> EarthTable:
    def column(name: str, unit: float) -> np.ndarray:
        return unit * np.array([getattr(day, name) for day in days])

    return EarthTable(
        mjd_utc=np.array([day.mjd for day in days]),
        x_pole_rad=column("x", ARCSECOND_RAD),
        y_pole_rad=column("y", ARCSECOND_RAD),
        ut1_minus_utc_s=column("ut1_utc", 1.0),
        length_of_day_excess_s=column("lod", 1.0),
        dx_rad=column("dx", ARCSECOND_RAD),
        dy_rad=column("dy", ARCSECOND_RAD),
        sigma_rad=np.zeros(len(days)),
        last_measured_mjd_utc=days[-1].mjd,
    )


def write_files(folder: Path, days: list[Day]) -> None:
    """Leave the Earth as finals2000A.all, the leap seconds as tai-utc.dat, and links to the rest."""
    (folder / "finals2000A.all").write_text("".join(iers_line(day) + "\n" for day in days))
    (folder / "tai-utc.dat").write_text("".join(line + "\n" for line in leap_second_lines()))
    for file in satkit_folder().iterdir():
        (folder / file.name).symlink_to(file)


def iers_line(day: Day) -> str:
    # readme.finals2000A: rapid values, then those of Bulletin B, here the same.
    year, month, of_month, _ = erfa.jd2cal(2_400_000.5, day.mjd)
    dx, dy = 1e3 * day.dx, 1e3 * day.dy
    return (
        f"{year % 100:2d}{month:2d}{of_month:2d} {day.mjd:8.2f} I {day.x:9.6f}{0.0:9.6f}"
        f" {day.y:9.6f}{0.0:9.6f}"
        f"  I{day.ut1_utc:10.7f}{0.0:10.7f} {1e3 * day.lod:7.4f}{0.0:7.4f}  I {dx:9.3f}{0.0:9.3f} {dy:9.3f}"
        f"{0.0:9.3f}{day.x:10.6f}{day.y:10.6f}{day.ut1_utc:11.7f}{dx:10.3f}{dy:10.3f}  "
    )


def leap_second_lines() -> list[str]:
    lines = []
    for year, month, tai_minus_utc_s in erfa.leap_seconds.get():
        if year >= 1972:
            day = sum(erfa.cal2jd(year, month, 1))
            lines.append(
                f" {year} {MONTHS[month - 1]}  1 =JD {day:9.1f}  TAI-UTC={tai_minus_utc_s:12.7f} S"
                " + (MJD - 41317.) X 0.0      S"
            )
    return lines
