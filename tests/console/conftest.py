"""A browser that looks at a node on this machine, at one fixed instant, and asks nobody else anything."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.console.story import tell_story
from tests.console.story.homes import NOW, served

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
LAUNCH = (
    "--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip
WIDE = {"width": 1440, "height": 900}
TABLET = {"width": 834, "height": 1112}
# Machines that do other things besides are slow, and not wrong.
expect.set_options(timeout=20_000)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(LAUNCH)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "viewport": WIDE, "reduced_motion": "reduce", "locale": "en-GB"}


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something in it for every screen, made once for all who test beside each other."""
    shared = tmp_path_factory.getbasetemp().parent
    home, lock = shared / "story", shared / "story.lock"
    with lock.open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)
        if not (shared / "story.told").exists():
            shutil.rmtree(home, ignore_errors=True)
            tell_story(home)
            (shared / "story.told").touch()
    return home


@pytest.fixture(scope="session")
def node(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a node that tells the story, to look at; whoever does something takes ``own_node``."""
    home = tmp_path_factory.mktemp("node") / "home"
    shutil.copytree(story, home)
    with served(home) as address:
        yield address


@pytest.fixture
def own_node(story: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a node that tells the story, of this test alone."""
    shutil.copytree(story, tmp_path / "home")
    with served(tmp_path / "home") as address:
        yield address


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page at ``NOW`` that fails the test when anything is asked of another host, or goes wrong unseen."""
    strangers: list[str] = []
    wrong: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    page.route("**/*", only_here)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and not _is_answer(said.text) else None,
    )
    page.clock.set_fixed_time(NOW)
    yield page
    assert strangers == [], "the console asked something of another host"
    assert wrong == [], "something went wrong in the page"


def _is_answer(text: str) -> bool:
    """Say whether the browser only tells that the node refused something; pages tell that themselves."""
    return text.startswith("Failed to load resource")


Look = Callable[..., Page]


@pytest.fixture
def look(page: Page, node: str) -> Look:
    """Open a place of the console in the world of the story, and wait until everything on it was told."""

    def at(
        place: str,
        *,
        of: str = "",
        realm: str = "SIMULATED",
        language: str = "en",
        theme: str = "dark",
        t: str = "",
    ) -> Page:
        held = f"&t={t}" if t else ""
        page.goto(f"{of or node}/console/{place}?realm={realm}&lang={language}&theme={theme}{held}")
        settled(page)
        return page

    return at


def settled(page: Page) -> None:
    """Wait until a page has asked all it asks at first, and shows it."""
    # A handle of an element that went would hold on to it: only locators, and answers that are none.
    page.locator("main > *").first.wait_for()
    page.wait_for_function("() => !document.querySelector('main p[role=status].quiet')")
    page.evaluate("() => document.fonts.ready")


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page: one line for each rule and place."""
    source = AXE.read_text()

    def of(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES
        )
        return [
            f"{one['id']}: {each['html'][:200]} {json.dumps(each['any'][:1])[:300]}"
            for one in found["violations"]
            for each in one["nodes"]
        ]

    return of
