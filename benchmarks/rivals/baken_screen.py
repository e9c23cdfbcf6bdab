"""Baken, asked as an operator asks it: ``baken screen`` from a catalogue file to a table of conjunctions."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.rivals.contest import SECONDS_A_DAY, Found, Run, Task, in_a_process

BAKEN = "baken.cli.entry:entry"


def run(task: Task, environment: dict[str, str] | None = None) -> Run:
    """Screen in a process of its own; an environment may put its compiled code aside, for a cold start."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "conjunctions.csv"
        said, cost = in_a_process(
            BAKEN,
            [
                *("--home", folder, "--json", "--quiet", "screen"),
                *("--catalogue", str(task.catalogue)),
                *("--start", f"{task.start_utc.astype('datetime64[ms]')}Z"),
                *("--days", repr(task.span_s / SECONDS_A_DAY)),
                *("--miss-km", repr(task.miss_m / 1e3)),
                *("--format", "csv", "-o", str(table)),
            ],
            environment,
        )
        return Run(_found(table, json.loads(said), task), task.span_s, cost)


def _found(table: Path, summary: dict[str, object], task: Task) -> Found:
    with table.open() as lines:
        every_row = list(csv.DictReader(lines))
    # The ends of the interval are no minima of the range, and the rivals do not report them.
    rows = [row for row in every_row if row["approach_kind"] == "interior"]
    tca_utc = np.array([row["tca_utc"].rstrip("Z") for row in rows], dtype="datetime64[ns]")
    return Found(
        first=np.array([int(row["primary_norad_cat_id"]) for row in rows], dtype=np.int64),
        second=np.array([int(row["secondary_norad_cat_id"]) for row in rows], dtype=np.int64),
        tca_s=(tca_utc - task.start_utc) / np.timedelta64(1, "s"),
        miss_m=np.array([float(row["miss_distance_m"]) for row in rows]),
        objects=int(str(summary["objects"])),
        screening_s=float(str(summary["wall_s"])),
        remarks={"sieve": summary["sieve"], "at_the_ends_of_the_interval": len(every_row) - len(rows)},
    )
