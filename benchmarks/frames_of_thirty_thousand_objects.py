"""How many frames a second does the globe draw with thirty thousand objects, without a graphics card?

python benchmarks/frames_of_thirty_thousand_objects.py [N] [--json]

A node with an invented sky is served on this machine, and Debian's Chromium, headless and with its software
renderer, looks at its globe while time runs sixty times as fast as it does.  A frame counts when the browser
gave the page an animation frame and the objects were drawn in it; the globe asks for ten a second, no more.
"""

import argparse
import json
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, sync_playwright

from baken.operations.keep_sky import keep_sky
from baken.wiring.readers import THE_NODE
from baken.wiring.skies import simulated_sky
from baken.wiring.stores import open_evidence
from tests.console.conftest import CHROMIUM, LAUNCH, WIDE
from tests.console.story.homes import NOW_TAI_NS, served

N_OBJECTS = 30_000
WANTED_A_SECOND = 8.0
WATCHED_S = 10.0
# Every object is drawn in one call, and nothing else is drawn by points.
COUNT = """
  window.frames_ = [];
  const draw = WebGL2RenderingContext.prototype.drawArrays;
  WebGL2RenderingContext.prototype.drawArrays = function (mode, ...rest) {
    draw.call(this, mode, ...rest);
    if (mode !== this.POINTS) return;
    window.frames_.push(performance.now());
  };
"""

DRAWN = "() => /Positions of [^a-z]*$/.test(document.querySelector('.standing strong')?.textContent)"


def main() -> None:
    asked = _arguments()
    if CHROMIUM is None:
        print("skipped: no Chromium on this machine; apt-get install chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _keep_sky(home, asked.n)
        with served(home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(LAUNCH))
            report = _look(browser.new_page(viewport=WIDE), address, asked.n)
            browser.close()
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("n", nargs="?", type=int, default=N_OBJECTS, help="objects in the sky; else 30,000")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _keep_sky(home: Path, n: int) -> None:
    sky = simulated_sky(now_tai_ns=NOW_TAI_NS, n_objects=n)
    with open_evidence(home, THE_NODE) as (store, _):
        keep_sky(store, sky.catalogue, None, at_tai_ns=NOW_TAI_NS)


def _look(page: Page, address: str, n: int) -> dict[str, float]:
    page.add_init_script(COUNT)
    began_s = time.perf_counter()
    page.goto(f"{address}/console/globe?realm=SIMULATED&lang=en&t=2026-11-26T06:00:00Z")
    page.wait_for_function(
        "() => /Positions of [^a-z]*$/.test(document.querySelector('.standing strong')?.textContent)"
    )
    ready_s = time.perf_counter() - began_s
    page.get_by_label("Speed").select_option("60")
    page.wait_for_timeout(2_000.0)
    page.evaluate("frames_.length = 0")
    page.wait_for_timeout(WATCHED_S * 1_000.0)
    frames = page.evaluate("frames_.slice()")
    gaps_ms = sorted(after - before for before, after in pairwise(frames))
    return {
        "objects": n,
        "seconds_until_drawn": round(ready_s, 2),
        "frames_a_second": round(len(frames) / WATCHED_S, 2),
        "longest_gap_ms": round(gaps_ms[-1]) if gaps_ms else float("nan"),
        "wanted_frames_a_second": WANTED_A_SECOND,
    }


def _page(report: dict[str, float]) -> str:
    verdict = "enough" if report["frames_a_second"] >= WANTED_A_SECOND else "NOT ENOUGH"
    return (
        f"{report['objects']:,.0f} objects while time runs sixtyfold, software rendering, 1440 x 900:\n"
        f"  {report['frames_a_second']} frames a second of the ten asked for ({verdict}: at least"
        f" {WANTED_A_SECOND}), longest gap {report['longest_gap_ms']} ms\n"
        f"  {report['seconds_until_drawn']} s from asking for the page to every object on it"
    )


if __name__ == "__main__":
    main()
