"""How long does it take to import a whole catalogue into the store, end to end, the first time and again?

python benchmarks/importing_a_catalogue.py [CATALOGUE] [--json]
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.rivals import sky
from benchmarks.rivals.baken_screen import BAKEN
from benchmarks.rivals.contest import Cost, in_a_process

MIB = 2.0**20
N_REPEATS = 3
SENTENCES = {
    "empty_store": "into an empty store",
    "same_file_again": "the same file again, which changes nothing",
}


def main() -> None:
    asked = _arguments()
    with TemporaryDirectory() as folder:
        catalogue = sky.given_or_default(asked.catalogue, Path(folder))
        runs = [_import_twice(catalogue, Path(folder) / f"home-{n}") for n in range(N_REPEATS)]
    report = {
        "catalogue": catalogue.name,
        "element_sets": runs[0][0]["element_sets"],
        **{name: _middle([run[1][name] for run in runs]) for name in SENTENCES},
    }
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("catalogue", nargs="?", type=Path, help="mean elements; else the shared catalogue")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _import_twice(catalogue: Path, home: Path) -> tuple[dict, dict[str, Cost]]:
    command = ["--home", str(home), "--json", "--quiet", "catalogue", "import", str(catalogue)]
    said, first = in_a_process(BAKEN, command)
    _, again = in_a_process(BAKEN, command)
    return json.loads(said), {"empty_store": first, "same_file_again": again}


def _middle(costs: list[Cost]) -> dict[str, float]:
    middle = sorted(costs, key=lambda cost: cost.wall_s)[len(costs) // 2]
    return {"wall_s": middle.wall_s, "cpu_s": middle.cpu_s, "peak_bytes": middle.peak_bytes}


def _page(report: dict) -> str:
    lines = [
        f"{report['element_sets']} element sets of {report['catalogue']}, the middle of {N_REPEATS} runs"
    ]
    for name, sentence in SENTENCES.items():
        cost = report[name]
        lines.append(
            f"  {sentence:45}{cost['wall_s']:6.2f} s wall {cost['cpu_s']:6.2f} s CPU"
            f" {cost['peak_bytes'] / MIB:6.0f} MiB"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
