"""How soon does somebody who opens the console see the watch?

python benchmarks/how_soon_the_console_is_there.py [--json]

A node with an invented sky, watched once, is served on this machine; Debian's Chromium, headless,
opens the watch anew several times with nothing kept.  Told are the first paint (Paint Timing, W3C), and when
what needs attention stood in the list.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, sync_playwright

from tests.console.conftest import CHROMIUM, LAUNCH, WIDE
from tests.console.story.homes import served
from tests.console.story.sky import watch

N_LOOKS = 7
WANTED_MS = 1_000.0
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if CHROMIUM is None:
        print("skipped: no Chromium on this machine; apt-get install chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        watch(home)
        with served(home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(LAUNCH))
            looks = [_look(browser, address) for _ in range(N_LOOKS)]
            browser.close()
    report = _report(looks[1:])
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _look(browser: Browser, address: str) -> tuple[float, float]:
    page = browser.new_page(viewport=WIDE)
    began_s = time.perf_counter()
    page.goto(f"{address}/console/watch?realm=SIMULATED&lang=en")
    page.get_by_role("article").first.wait_for()
    told_ms = (time.perf_counter() - began_s) * 1_000.0
    painted_ms = float(page.evaluate(FIRST_PAINT))
    page.close()
    return painted_ms, told_ms


def _report(looks: list[tuple[float, float]]) -> dict[str, float]:
    painted_ms, told_ms = zip(*looks, strict=True)
    return {
        "first_paint_median_ms": round(statistics.median(painted_ms)),
        "first_paint_longest_ms": round(max(painted_ms)),
        "list_median_ms": round(statistics.median(told_ms)),
        "list_longest_ms": round(max(told_ms)),
        "wanted_first_paint_ms": WANTED_MS,
    }


def _page(report: dict[str, float]) -> str:
    return "\n".join(f"{name:28} {value:>8}" for name, value in report.items())


if __name__ == "__main__":
    main()
