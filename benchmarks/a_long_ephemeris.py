"""What does an ephemeris of 200 MB cost to judge, to read and to convert, in seconds and in memory?

python benchmarks/a_long_ephemeris.py [--megabytes 200] [--json]
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.rivals.baken_screen import BAKEN
from benchmarks.rivals.contest import Cost, in_a_process

MEGABYTE = 1e6
HEAD = """CCSDS_OEM_VERS = 2.0
CREATION_DATE = 2026-02-02T06:07:08
ORIGINATOR = BAKEN
META_START
OBJECT_NAME = SIM BAKEN 1
OBJECT_ID = 2026-001A
CENTER_NAME = EARTH
REF_FRAME = GCRF
TIME_SYSTEM = UTC
START_TIME = 2026-02-01T00:00:00.000
STOP_TIME = 2029-02-01T00:00:00.000
META_STOP
"""
STEP_MS = 10_000
ROWS_AT_ONCE = 10_000


def main() -> None:
    asked = _arguments()
    with TemporaryDirectory() as folder:
        path, written = Path(folder) / "long.oem", Path(folder) / "long.xml"
        n_rows = _write(path, asked.megabytes * MEGABYTE)
        report = {
            "megabytes": path.stat().st_size / MEGABYTE,
            "rows": n_rows,
            "validate": _cost(["validate", str(path)]),
            "validate_lenient": _cost(["validate", "--lenient", str(path)]),
            "convert_to_xml": _cost(["convert", str(path), "-o", str(written), "--format", "oem-xml"]),
            "validate_xml": _cost(["validate", "--format", "oem-xml", str(written)]),
        }
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=200.0)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _write(path: Path, n_bytes: float) -> int:
    """Write an ephemeris of about so many bytes, and return how many rows it has."""
    n_rows = 0
    with path.open("w") as file:
        file.write(HEAD)
        while file.tell() < n_bytes:
            file.writelines(_rows(n_rows))
            n_rows += ROWS_AT_ONCE
    return n_rows


def _rows(first: int) -> Iterator[str]:
    k = np.arange(first, first + ROWS_AT_ONCE)
    angle_rad = k * 0.01
    epochs = np.datetime64("2026-02-01T00:00:00.000") + k * np.timedelta64(STEP_MS, "ms")
    cos, sin = np.cos(angle_rad).tolist(), np.sin(angle_rad).tolist()
    for epoch, c, s in zip(epochs.astype(str), cos, sin, strict=True):
        yield f"{epoch} {7e3 * c:.9f} {7e3 * s:.9f} {c:.9f} {-7.5 * s:.12f} {7.5 * c:.12f} {s:.12f}\n"


def _cost(command: list[str]) -> dict[str, float]:
    cost: Cost = in_a_process(BAKEN, command)[1]
    return {"wall_s": cost.wall_s, "cpu_s": cost.cpu_s, "peak_megabytes": cost.peak_bytes / MEGABYTE}


def _page(report: dict) -> str:
    lines = [f"{report['megabytes']:.0f} MB of KVN, {report['rows']} rows"]
    for name, cost in report.items():
        if isinstance(cost, dict):
            sentence = name.replace("_", " ")
            lines.append(f"  {sentence:18} {cost['wall_s']:6.1f} s  {cost['peak_megabytes']:6.0f} MB at most")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
