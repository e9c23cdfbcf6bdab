"""How good are re-entry windows?  Predict real decays with what was known before; see what windows held.

    python benchmarks/how_good_are_reentry_windows.py [SHARED_DATA]    # else $BAKEN_TEST_DATA

Decays are known by their day: the truth is taken as noon, and a window holds it when it meets that day.  The
spread of the drag's error (``DRAG_LOG_SIGMA``) may be chosen on even catalogue numbers only; odd ones judge.
"""

import csv
import gzip
import os
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baken.assess.reentry.prediction import ReentrySettings, predict, seed_of
from baken.astro.atmosphere.density_grid import DensityGrid, density_grid
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.astro.time import NANOSECONDS_A_DAY, tai_ns_from_utc
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.orbit import ElementSet

DAY = NANOSECONDS_A_DAY
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
EARLIER_DAYS = (0.0, 6.0)
LEADS_DAY = ((2, 5), (5, 10), (10, 20), (20, 40), (40, 80), (80, 140), (2, 140))
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
AIR_FROM, AIR_UNTIL = "2013-09-20T00:00:00Z", "2014-07-01T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One prediction against what happened; lead and errors in days."""

    norad_cat_id: int
    lead_day: float
    error_day: float
    is_held: bool
    rank: float


def histories(data: Path) -> Iterator[tuple[int, int, tuple[ElementSet, ...]]]:
    """Yield catalogue number, noon of the day of decay, and the element sets before."""
    with (data / "reentry/decays_2013-10_2014-02.csv").open() as stream:
        rows = csv.reader(line for line in stream if line[0].isdigit())
        noon = {int(number): tai_ns_from_utc(f"{day.strip()}T12:00:00Z") for number, day in rows}
    with tarfile.open(data / "catalogue_series/covariance_3les.tar.gz") as archive:
        for member in archive:
            name = re.search(r"/(\d+)\.txt$", member.name)
            stream = archive.extractfile(member)
            if name and stream and int(name[1]) in noon:
                given = NamedContent(name=member.name, content=stream.read())
                records = read_catalogue(given, Provenance()).reading.records
                sets = tuple(one for one in records if isinstance(one, ElementSet))
                yield int(name[1]), noon[int(name[1])], sets


def weather_of(data: Path) -> SpaceWeatherTable:
    """Return the table; what was not yet known is cut away by every prediction itself."""
    packed = data / "eop_spaceweather/celestrak_SpaceWeather-All-v1.2_2025-01-10.txt.gz"
    return space_weather_from_celestrak(gzip.decompress(packed.read_bytes()).decode())


def air() -> DensityGrid:
    """Return the air of the whole time."""
    return density_grid(tai_ns_from_utc(AIR_FROM), tai_ns_from_utc(AIR_UNTIL))


def cases(
    data: Path,
    *,
    n_members: int,
    earlier_days: tuple[float, ...] = EARLIER_DAYS,
    longest_lead_day: float = 140.0,
) -> Iterator[Case]:
    """Yield every case that can be predicted, in order of the archive."""
    table, grid = weather_of(data), air()
    settings = ReentrySettings(n_members=n_members)
    for number, noon, sets in histories(data):
        last = max(es.epoch_tai_ns for es in sets)
        for earlier in earlier_days:
            as_of = last - round(earlier * DAY)
            if noon - as_of > longest_lead_day * DAY:
                continue
            rng = np.random.default_rng(seed_of(str(number), as_of))
            made = predict(sets, as_of, table, grid, rng, settings)
            if made is None:
                continue
            half = DAY // 2
            ensemble = made.ensemble.epoch_tai_ns
            yield Case(
                norad_cat_id=number,
                lead_day=(noon - as_of) / DAY,
                error_day=(made.epoch_tai_ns - noon) / DAY,
                is_held=made.window_start_tai_ns <= noon + half and made.window_end_tai_ns >= noon - half,
                rank=float((ensemble < noon).sum() / (ensemble.size + made.ensemble.n_still_up)),
            )


def summary(some: list[Case], title: str) -> Iterator[str]:
    """Yield one line for each span of leads."""
    for low, high in LEADS_DAY:
        of_lead = [one for one in some if low <= one.lead_day < high]
        if of_lead:
            held = np.mean([one.is_held for one in of_lead])
            share = np.median([abs(one.error_day) / one.lead_day for one in of_lead])
            head = f"{title:5} {low:3}-{high:3} d {len(of_lead):4} cases"
            yield f"{head}  held {held:.2f}  median error {share:.3f} of the lead"


def main() -> None:
    """Print what windows held by lead, for both halves, and how often the truth fell below each level."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BAKEN_TEST_DATA", BESIDE))
    if not (data / "reentry").is_dir():
        print(f"no real decays to judge by: {data} (set BAKEN_TEST_DATA)")
        return
    every = list(cases(data, n_members=60))
    for title, remainder in (("even", 0), ("odd", 1)):
        half = [one for one in every if one.norad_cat_id % 2 == remainder]
        print("\n".join(summary(half, title)))
        ranks = np.array([one.rank for one in half])
        print(
            title,
            "said/seen",
            {q: round(float((ranks < q).mean()), 2) for q in (0.05, 0.25, 0.5, 0.75, 0.95)},
        )


if __name__ == "__main__":
    main()
