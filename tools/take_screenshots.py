"""Take the pictures of the console that stand in the pages: of an invented sky, at a fixed instant.

``python -m tools.take_screenshots FOLDER`` needs a Chromium; it takes the same pictures every time.
"""

import io
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.console.conftest import CHROMIUM, LAUNCH, TABLET, WIDE, settled
from tests.console.story import tell_story
from tests.console.story.homes import NOW, served
from tests.console.story.objects import KEEPER, RAISED

COLOURS = 200
DRAWN_MS = 1_500


class Picture(NamedTuple):
    """A picture: what its file is called, and where it is taken."""

    name: str
    place: str
    theme: str = "dark"
    language: str = "en"
    is_tablet: bool = False


PICTURES = [
    Picture("watch", "watch"),
    Picture("watch-paper", "watch", theme="light", language="nl"),
    Picture("globe", "globe"),
    Picture("map-paper", "globe?view=map", theme="light", language="nl"),
    Picture("object", f"objects/{RAISED.object_id}"),
    Picture("object-geosynchronous", f"objects/{KEEPER.object_id}", language="nl"),
]


def main(folder: Path) -> None:
    """Tell the story once, and take every picture of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as there, sync_playwright() as playwright:
        home = Path(there) / "home"
        tell_story(home)
        with served(home) as node:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(LAUNCH))
            for picture in PICTURES:
                content = taken(browser, node, picture)
                (folder / f"{picture.name}.png").write_bytes(content)
                print(f"{picture.name}: {len(content) / 1000:.0f} kB")
            browser.close()


def taken(browser: Browser, node: str, picture: Picture) -> bytes:
    """Return one picture, in few colours: it is looked at, and not measured."""
    size = TABLET if picture.is_tablet else WIDE
    page = browser.new_page(viewport=size, reduced_motion="reduce")
    page.clock.set_fixed_time(NOW)
    page.goto(f"{node}/console/{_address(picture)}")
    settled(page)
    page.wait_for_timeout(DRAWN_MS)
    whole = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    small = io.BytesIO()
    whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _address(picture: Picture) -> str:
    place, _, rest = picture.place.partition("?")
    more = f"&{rest}" if rest else ""
    return f"{place}?realm=SIMULATED&theme={picture.theme}&lang={picture.language}{more}"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/figures/console"))
