"""Does a page that stands open for a whole shift hear everything, forget nothing, and grow no fatter?"""

import shutil
from pathlib import Path

from playwright.sync_api import Page

from tests.console.conftest import settled
from tests.console.story.homes import at_home, served

CASE = {"title": "While you were away", "kind": "other", "because": "something came in", "realm": "SIMULATED"}
HEARS_WITHIN_MS = 15_000
ROUNDS = 3
# Of a page that goes round all its screens again, in nodes of its document and in listeners.
# One table kept at each visit would be 400 a screen and round; what was shown last may linger once.
MORE_NODES, MORE_LISTENERS = 1_200, 60


def open_case(home: Path, title: str) -> None:
    """Let something happen at the node."""
    with at_home(home) as door:
        door.post("/incidents", **{**CASE, "title": title})


def test_what_came_in_while_the_line_was_down_is_told_when_it_is_back(page, story, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(story, home)
    with served(home) as address:
        page.goto(f"{address}/console/watch?realm=SIMULATED&lang=en")
        settled(page)
        page.get_by_role("banner").get_by_text("live").wait_for()
        open_case(home, "Before the line went down")
        page.get_by_role("button", name="News 1").wait_for(timeout=HEARS_WITHIN_MS)
    open_case(home, "While the line was down")
    assert page.get_by_role("button", name="News 1").is_visible()
    with served(home, port=int(address.rpartition(":")[2])):
        page.get_by_role("button", name="News 2").wait_for(timeout=HEARS_WITHIN_MS)
        page.get_by_role("main").get_by_text("While the line was down").wait_for(timeout=HEARS_WITHIN_MS)
        page.get_by_role("button", name="News").click()
        assert page.get_by_role("dialog").get_by_role("listitem").count() == 2


def weight_of(page: Page) -> tuple[int, int]:
    """Return how many nodes and listeners a page has after what it no longer needs was cleared away."""
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    told = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return int(told["Nodes"]), int(told["JSEventListeners"])


def go_round(page: Page) -> None:
    """Open every screen of the rail once."""
    rail = page.get_by_role("navigation")
    for place in range(rail.get_by_role("link").count()):
        rail.get_by_role("link").nth(place).click()
        settled(page)


def test_going_round_all_screens_again_and_again_leaves_nothing_behind(look):
    page = look("watch")
    go_round(page)
    nodes, listeners = weight_of(page)
    for _ in range(ROUNDS):
        go_round(page)
    nodes_after, listeners_after = weight_of(page)
    assert nodes_after - nodes < MORE_NODES, (nodes, nodes_after)
    assert listeners_after - listeners < MORE_LISTENERS, (listeners, listeners_after)
