"""How long does a week of all on all take, from a catalogue file to its conjunctions, and what else is there?

Baken against the honest usual way (python-sgp4, a k-d tree and a straight-line filter) and astroz, in one
run, on one machine, each in a process of its own.  The rivals look at a shorter span, and their cost is
given per day; ``--full`` makes them look at all of it.

    python benchmarks/a_week_of_all_on_all.py [CATALOGUE] [--days 7] [--miss-km 5] [--full] [--json]
"""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.rivals import baken_screen, sky
from benchmarks.rivals.contest import SECONDS_A_DAY, Run, Task, run_module
from benchmarks.rivals.differences import Judge, differences
from benchmarks.rivals.page import page

USUAL_SPAN_S = 3_600.0
ASTROZ_SPAN_S = 4 * 3_600.0
N_REPEATS = 3


def main() -> None:
    asked = _arguments()
    with TemporaryDirectory() as folder:
        report = _contest(asked, Path(folder))
    print(json.dumps(report, indent=1) if asked.json else page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("catalogue", nargs="?", type=Path, help="mean elements; else the shared catalogue")
    parser.add_argument("--days", type=float, default=7.0)
    parser.add_argument("--miss-km", type=float, default=5.0)
    parser.add_argument("--start", help="UTC; else the midnight after the catalogue's middle epoch")
    parser.add_argument("--full", action="store_true", help="let the rivals look at the whole span")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _contest(asked: argparse.Namespace, folder: Path) -> dict[str, object]:
    catalogue = sky.as_csv(sky.given_or_default(asked.catalogue, folder), folder)
    rows = sky.rows_of(catalogue)
    start_utc = np.datetime64(asked.start.rstrip("Z"), "ns") if asked.start else sky.midnight_after(rows)
    whole = Task(catalogue, start_utc, asked.days * SECONDS_A_DAY, asked.miss_km * 1e3)

    cold = _cold(whole, folder)
    ours = baken_screen.run(whole)
    _tell(f"baken: {ours.cost.wall_s:.1f} s")
    rivals = _rivals(whole, sky.as_json(rows, folder / "catalogue.json"), full=asked.full)
    judge = Judge(rows, start_utc, whole.miss_m)
    return {
        "catalogue": catalogue.name,
        "objects": ours.found.objects,
        "start_utc": f"{start_utc.astype('datetime64[s]')}Z",
        "days": asked.days,
        "miss_km": asked.miss_km,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "contenders": [_line("Baken, baken screen", ours)] + [_line(name, run) for name, run in rivals],
        "cold_start": cold,
        "differences": {
            name: asdict(differences(ours.found, run.found, run.span_s, judge)) for name, run in rivals
        },
        "growth_with_days": _growth_with_days(whole, ours),
        "growth_with_objects": _growth_with_objects(whole, rows, folder),
        "sieve": ours.found.remarks["sieve"],
    }


def _cold(whole: Task, folder: Path) -> dict[str, float]:
    """Screen an hour with no compiled code on disk, and again with it: the difference is paid once."""
    hour = replace(whole, span_s=3_600.0)
    aside = {"NUMBA_CACHE_DIR": str(folder / "compiled")}
    first, second = baken_screen.run(hour, aside), baken_screen.run(hour, aside)
    _tell(f"an hour, the first time ever: {first.cost.wall_s:.1f} s; again: {second.cost.wall_s:.1f} s")
    # Whoever never ran Baken has not compiled it either: the runs after this one find the usual cache warm.
    baken_screen.run(hour)
    return {
        "first_ever_wall_s": first.cost.wall_s,
        "first_ever_cpu_s": first.cost.cpu_s,
        "again_wall_s": second.cost.wall_s,
        "again_cpu_s": second.cost.cpu_s,
    }


def _rivals(whole: Task, as_json: Path, *, full: bool) -> list[tuple[str, Run]]:
    usual = replace(whole, span_s=whole.span_s if full else min(whole.span_s, USUAL_SPAN_S))
    zig = replace(usual, catalogue=as_json, span_s=whole.span_s if full else min(whole.span_s, ASTROZ_SPAN_S))
    runs = []
    for name, module, task in (
        ("python-sgp4 + k-d tree", "benchmarks.rivals.usual_way", usual),
        ("astroz", "benchmarks.rivals.astroz_screen", zig),
    ):
        runs.append((name, run_module(module, task)))
        _tell(f"{name}: {runs[-1][1].cost.wall_s:.1f} s for {runs[-1][1].days:.3g} days")
    return runs


def _line(name: str, run: Run) -> dict[str, object]:
    return {
        "name": name,
        "days": run.days,
        "wall_s": run.cost.wall_s,
        "cpu_s": run.cost.cpu_s,
        "screening_s": run.found.screening_s,
        "peak_bytes": run.cost.peak_bytes,
        "conjunctions": len(run.found),
    }


def _growth_with_days(whole: Task, ours: Run) -> list[dict[str, object]]:
    spans = [days * SECONDS_A_DAY for days in (1.0, 2.0, 4.0) if days * SECONDS_A_DAY < whole.span_s]
    return [_line("", baken_screen.run(replace(whole, span_s=span_s))) for span_s in spans] + [
        _line("", ours)
    ]


def _growth_with_objects(whole: Task, rows: list[sky.Row], folder: Path) -> list[dict[str, object]]:
    """Screen parts of the catalogue, the first so small that only the start of the program is left."""
    day = replace(whole, span_s=min(whole.span_s, SECONDS_A_DAY))
    counts = [len(rows) // 200, len(rows) // 4, len(rows) // 2]
    cut = [sky.some_of(rows, n, folder / f"{n}.csv") for n in counts]
    return [_middle(replace(day, catalogue=part)) for part in cut] + [_middle(day)]


def _middle(task: Task) -> dict[str, object]:
    """Return the run of the middle wall time."""
    runs = sorted((baken_screen.run(task) for _ in range(N_REPEATS)), key=lambda run: run.cost.wall_s)
    middle = runs[len(runs) // 2]
    _tell(f"baken, {middle.found.objects} objects, {middle.days:g} days: {middle.cost.wall_s:.1f} s")
    return {"objects": middle.found.objects, **_line("", middle)}


def _tell(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
