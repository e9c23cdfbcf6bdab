"""The sky of a contest: a catalogue as every contender can read it, cut down or invented where asked."""

import csv
import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.rivals.baken_screen import BAKEN
from benchmarks.rivals.contest import ROOT, in_a_process

SEED = 20_241_101
N_INVENTED = 30_000
Row = dict[str, str]
WHOLE = {"NORAD_CAT_ID", "EPHEMERIS_TYPE", "ELEMENT_SET_NO", "REV_AT_EPOCH"}
TEXT = {"OBJECT_NAME", "OBJECT_ID", "EPOCH", "CLASSIFICATION_TYPE"}


def given_or_default(given: Path | None, folder: Path) -> Path:
    """Return the catalogue that was asked for, else the shared one, else an invented one."""
    shared = Path(os.environ.get("BAKEN_TEST_DATA", ROOT / ".." / "shared" / "data"))
    default = shared / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz"
    if given is None and not default.exists():
        return invented(N_INVENTED, folder)
    return given or default


def rows_of(catalogue: Path) -> list[Row]:
    """Read a catalogue of mean elements in CSV."""
    with gzip.open(catalogue, "rt") if catalogue.suffix == ".gz" else catalogue.open() as lines:
        return list(csv.DictReader(lines))


def as_csv(catalogue: Path, folder: Path) -> Path:
    """Return the catalogue as CSV, which every contender or its script can read."""
    if catalogue.name.endswith((".csv", ".csv.gz")):
        return catalogue
    table = folder / "catalogue.csv"
    in_a_process(BAKEN, ["convert", str(catalogue), "-o", str(table), "--format", "omm-csv"])
    return table


def as_json(rows: Iterable[Row], path: Path) -> Path:
    """Write rows as OMM in JSON: numbers where numbers belong."""
    path.write_text(json.dumps([{name: _value(name, row.get(name, "")) for name in row} for row in rows]))
    return path


def _value(name: str, text: str) -> str | int | float:
    if name in WHOLE:
        return int(text or 0)
    return text if name in TEXT or not _is_number(text) else float(text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def some_of(rows: list[Row], n: int, path: Path) -> Path:
    """Write a random part of a catalogue, the same part every time."""
    chosen = np.sort(np.random.default_rng(SEED).choice(len(rows), n, replace=False))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows[place] for place in chosen)
    return path


def invented(n: int, folder: Path) -> Path:
    """Write the simulated sky, for a machine that has no catalogue."""
    from baken.exercise.simulated_world import simulated_catalogue
    from baken.operations.export_catalogue import text_of

    drawn = simulated_catalogue(np.random.default_rng(SEED), n_objects=n, epoch_tai_ns=EPOCH_TAI_NS)
    path = folder / "simulated.csv"
    path.write_bytes(text_of(drawn.element_sets, "omm-csv"))
    return path


EPOCH_TAI_NS = 783_734_437_000_000_000  # 2024-11-01T00:00:00Z


def midnight_after(rows: Iterable[Row]) -> np.datetime64:
    """Return the midnight (UTC) after the middle one of a catalogue's epochs: where its week begins."""
    epochs = np.sort([np.datetime64(row["EPOCH"].rstrip("Z"), "ns") for row in rows])
    return (epochs[len(epochs) // 2].astype("datetime64[D]") + 1).astype("datetime64[ns]")
