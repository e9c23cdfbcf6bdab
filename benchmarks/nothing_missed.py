"""Is nothing missed in a whole sky, every pair of it, against python-sgp4 walked through in small steps?

The witness needs some two seconds for each minute of a sky of 27,000 objects: ten minutes by default, a day
in most of an hour with ``--hours 24``.

    python benchmarks/nothing_missed.py [CATALOGUE] [--hours 0.17] [--after-days 0] [--miss-km 5] [--json]
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.wiring.compiler_cache import settle_compiler_cache

settle_compiler_cache()

from benchmarks.rivals import sky
from benchmarks.rivals.contest import stopwatch
from tests.assess.conjunction.accounts import compare
from tests.assess.conjunction.oracle import (
    NS_A_DAY,
    NS_A_SECOND,
    encounters,
    sgp4_bodies,
    tai_ns,
    tree_pairs_within,
)
from tests.assess.conjunction.seen import encounters_seen
from tests.assess.conjunction.skies import elements_of_rows

STEP_S = 4.0
AGREE_S, AGREE_M = 1e-3, 1e-2
SHOWN = 20


def main() -> None:
    asked = _arguments()
    with TemporaryDirectory() as folder:
        catalogue = sky.as_csv(sky.given_or_default(asked.catalogue, Path(folder)), Path(folder))
        rows = sky.rows_of(catalogue)
    start_tai_ns = tai_ns(sky.midnight_after(rows)) + round(asked.after_days * NS_A_DAY)
    end_tai_ns = start_tai_ns + round(asked.hours * 3_600 * NS_A_SECOND)
    report = _look(rows, start_tai_ns, end_tai_ns, asked.miss_km * 1e3)
    print(json.dumps(report, indent=1) if asked.json else _page(report))
    sys.exit(1 if report["missed"] or report["extra"] else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("catalogue", nargs="?", type=Path, help="mean elements; else the shared catalogue")
    parser.add_argument("--hours", type=float, default=1.0 / 6.0)
    parser.add_argument(
        "--after-days", type=float, default=0.0, help="begin so long after the catalogue's day"
    )
    parser.add_argument("--miss-km", type=float, default=5.0)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _look(rows: list[sky.Row], start_tai_ns: int, end_tai_ns: int, miss_m: float) -> dict:
    elements = elements_of_rows(rows)
    with stopwatch() as ours:
        seen = encounters_seen(elements, start_tai_ns, end_tai_ns, miss_m)
    with stopwatch() as theirs:
        bodies = sgp4_bodies(elements)
        truth = encounters(bodies, start_tai_ns, end_tai_ns, miss_m, step_s=STEP_S, within=tree_pairs_within)
    comparison = compare(truth, seen, miss_m)
    return {
        "objects": len(elements),
        "hours": (end_tai_ns - start_tai_ns) / NS_A_SECOND / 3_600,
        "miss_km": miss_m / 1e3,
        "in_both": Counter(true.kind for true, _ in comparison.matched),
        "missed": [str(encounter) for encounter in comparison.missed],
        "extra": [str(encounter) for encounter in comparison.extra],
        "largest_difference_of_miss_m": comparison.largest_miss_m,
        "largest_difference_of_tca_s": comparison.largest_tca_apart_s,
        "largest_difference_of_tca_in_tolerances": comparison.largest_share_of_tca_tolerance,
        "baken_s": ours.seconds,
        "witness_s": theirs.seconds,
    }


def _page(report: dict) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report["in_both"].items()))
    lines = [
        f"{report['objects']} objects, every pair, {report['hours']:.3g} h, below {report['miss_km']:g} km",
        f"  in both accounts: {kinds or 'none'}",
        f"  missed by Baken: {len(report['missed'])}; reported by Baken alone: {len(report['extra'])}",
        *(f"    {line}" for line in (report["missed"] + report["extra"])[:SHOWN]),
        f"  miss distances differ by {report['largest_difference_of_miss_m']:.1e} m at most,"
        f" times by {report['largest_difference_of_tca_s']:.1e} s"
        f" ({report['largest_difference_of_tca_in_tolerances']:.2g} of what their speed allows)",
        f"  Baken {report['baken_s']:.1f} s, the witness {report['witness_s']:.1f} s",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
