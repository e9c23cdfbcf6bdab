"""How many probabilities of collision does one core compute in a second, by which method, beside Orekit's?

python benchmarks/a_million_probabilities.py [--encounters 1000000] [--orekit 20000] [--json]

Orekit's methods are called one encounter at a time through JPype.  What such a call costs by itself is
measured on ``java.lang.Math.max`` in the same run, and printed beside: it is not taken off.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.wiring.compiler_cache import settle_compiler_cache

settle_compiler_cache()

from baken.assess.conjunction.probability import foster_1992, maximum_probability
from baken.assess.conjunction.short_encounter_methods import alfano_2005, chan_1997, laas_2015, patera_2005
from benchmarks.rivals.contest import stopwatch
from benchmarks.rivals.orekit_probabilities import seconds_a_call, start_java, twod

SEED = 1
N_REPEATS = 3
Encounters = tuple[np.ndarray, np.ndarray, np.ndarray]


def main() -> None:
    asked = _arguments()
    some, all_of_them = _drawn(asked.encounters // 1_000), _drawn(asked.encounters)
    report = {
        "encounters": asked.encounters,
        "methods": [
            _timed("foster_1992", foster_1992, some, all_of_them),
            _timed("maximum_probability", maximum_probability, some, all_of_them),
            *(
                _timed(method.__name__, method, some, _drawn(asked.encounters // 20))
                for method in (alfano_2005, patera_2005, laas_2015, chan_1997)
            ),
        ],
        "orekit": _orekit(asked.orekit) if asked.orekit else None,
    }
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--encounters", type=int, default=1_000_000)
    parser.add_argument("--orekit", type=int, default=20_000, help="encounters for Orekit; 0 leaves it out")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _drawn(n: int) -> Encounters:
    """Draw encounters as a week of screening gives them: misses to 5 km, sigmas of 10 m to 2 km."""
    rng = np.random.default_rng(SEED)
    angle_rad = rng.uniform(0.0, 2.0 * np.pi, n)
    # As many in every ring of equal area, as straight lines through a disc are.
    range_m = 5_000.0 * np.sqrt(rng.random(n))
    miss_m = range_m[:, None] * np.stack([np.cos(angle_rad), np.sin(angle_rad)], axis=-1)
    sigma_m = 10.0 ** rng.uniform(1.0, 3.3, (n, 2))
    return miss_m, sigma_m, rng.uniform(1.0, 20.0, n)


def _timed(
    name: str, method: Callable[..., object], few: Encounters, many: Encounters
) -> dict[str, str | float]:
    with stopwatch() as first:
        method(*few)
    walls = []
    for _ in range(N_REPEATS):
        with stopwatch() as again:
            method(*many)
        walls.append(again.seconds)
    middle_s = sorted(walls)[len(walls) // 2]
    return {
        "method": name,
        "first_call_s": first.seconds,
        "wall_s": middle_s,
        "per_second": len(many[0]) / middle_s,
    }


def _orekit(n: int) -> dict[str, object]:
    """Time Orekit's methods, and compare each with Foster's integral where that can be seen."""
    start_java()
    few, encounters = _drawn(200), _drawn(n)
    exact = foster_1992(*encounters)
    seen = exact > 1e-12
    lines = []
    for name in ("Alfano2005", "Chan1997", "Laas2015", "Patera2005"):
        found = twod(name)(*encounters)
        refused = int(np.isnan(found).sum())
        off = np.abs(found[seen] / exact[seen] - 1.0)
        line = _timed("Orekit " + name, twod(name), few, encounters)
        lines.append(
            {
                **line,
                "refused": refused,
                "median_off": float(np.nanmedian(off)),
                "worst_off": float(np.nanmax(off)),
            }
        )
    return {
        "encounters": n,
        "seconds_a_call": seconds_a_call(n),
        "compared": int(seen.sum()),
        "methods": lines,
    }


def _page(report: dict) -> str:
    lines = [f"{report['encounters']} encounters, one thread, the middle of {N_REPEATS} runs"]
    lines += [
        f"  {line['method']:22}{line['wall_s']:8.2f} s {line['per_second']:12,.0f} a second"
        f"   (first call, compiled code read from disk or made: {line['first_call_s']:.2f} s)"
        for line in report["methods"]
    ]
    if report["orekit"]:
        lines += _orekit_lines(report["orekit"])
    return "\n".join(lines)


def _orekit_lines(orekit: dict) -> list[str]:
    return [
        f"Orekit, {orekit['encounters']} encounters through JPype, of which an empty call takes "
        f"{1e6 * orekit['seconds_a_call']:.1f} microseconds; off Foster's {orekit['compared']} above 1e-12:",
        *(
            f"  {line['method']:22}{line['wall_s']:8.2f} s {line['per_second']:12,.0f} a second"
            f"   off by {line['median_off']:.1e} in the middle, {line['worst_off']:.1e} at worst"
            f", refused {line['refused']}"
            for line in orekit["methods"]
        ),
    ]


if __name__ == "__main__":
    main()
