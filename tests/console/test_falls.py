"""Do re-entries and breakups stand on the screen as the node tells them, for eye, ear and hand?"""

import json
import re
from urllib.request import urlopen

import pytest

from tests.console.conftest import TABLET, settled

STAGE, BROKEN = "SIM-RE26-0004", "SIM-FR26-0001"
PATIENCE_S = 300.0
THEMES = ("dark", pytest.param("light", marks=pytest.mark.long))


@pytest.fixture(scope="module")
def ways(node):
    """All ways down, as the node tells them; the first time this takes seconds."""
    return asked(node, f"/reentries/{STAGE}/ways")


def asked(node, noun):
    with urlopen(f"{node}/api/v1{noun}", timeout=PATIENCE_S) as answer:
        return json.load(answer)


def test_each_window_is_counted_down_and_leads_to_its_fall(look, node, violations):
    told = {one["event_id"]: one for one in asked(node, "/reentries?realm=SIMULATED")["reentries"]}
    page = look("reentries")
    rows = page.locator("[role=grid] [role=row][tabindex]")
    assert rows.count() == len(told)
    stage = rows.filter(has_text="FALLING STAGE")
    assert "T−1d 15:0" in stage.inner_text(), "the countdown to the opening of its window"
    assert "owner only" in stage.inner_text()
    assert violations(page) == []
    stage.get_by_role("link").first.click()
    page.wait_for_selector("h1:has-text('FALLING STAGE')")
    assert f"/reentries/{STAGE}?" in page.url
    assert "realm=SIMULATED" in page.url


@pytest.mark.parametrize("theme", THEMES)
def test_a_fall_tells_when_where_over_whom_and_on_what_it_rests(look, ways, violations, theme):
    page = look(f"reentries/{STAGE}", theme=theme)
    assert page.locator(".big").all_inner_texts()[0].startswith("T−1d 15:0")
    windows = page.get_by_role("img", name="Window of 2026-11-27 21:02Z")
    assert windows.locator("rect.earlier").count() == 3, "what was said on the three days before"
    assert page.locator("path.strip").count() == len(ways["strips"])
    assert page.locator("path.region").count() == len(ways["regions"]) == 2
    likeliest = max(ways["regions"], key=lambda one: one["touched_probability"])
    first = page.get_by_role("region", name="Regions, the likeliest first").locator("tbody tr").first
    assert likeliest["code"] in first.inner_text()
    decide = page.get_by_role("region", name="For people who must decide").inner_text()
    assert ways["sentence"] in decide
    assert "the ways of the watch (2026-11-27 21:02Z" in re.sub(r"the \d+ ways", "the ways", decide)
    assert "any moment of a solar cycle" in page.inner_text("main")
    assert "Nobody outside was told" in page.inner_text("main")
    assert violations(page) == []


def test_a_fall_reads_in_dutch_and_fits_a_tablet(look, ways, page):
    page.set_viewport_size(TABLET)
    shown = look(f"reentries/{STAGE}", language="nl")
    said = shown.inner_text("main")
    assert "tot het venster opent" in said
    assert "elk moment van een zonnecyclus" in said
    assert "komt naar verwachting" in said
    assert shown.evaluate("() => document.querySelector('main').scrollWidth <= innerWidth")


def test_at_a_time_shown_the_object_stands_on_its_track(look, ways):
    at, _, _ = ways["track"][10]
    page = look(f"reentries/{STAGE}", t=at)
    assert page.locator("circle.flying").count() == 1
    assert page.get_by_text("time shown").count() == 1


def test_an_incident_is_opened_from_a_fall_and_stands_with_it(look, own_node, page):
    # Its ways down are of no matter here, and take seconds to follow.
    page.route("**/ways?*", lambda route: route.abort())
    look(f"reentries/{STAGE}", of=own_node)
    page.get_by_role("button", name="Open an incident").click()
    page.get_by_role("dialog").get_by_role("button", name="Open an incident").click()
    page.wait_for_url("**/incidents/SIM-IN26-*")
    named = page.url.split("/incidents/")[1].split("?")[0]
    assert asked(own_node, f"/reentries/{STAGE}")["incidents"] == [named]


@pytest.mark.parametrize("theme", THEMES)
def test_a_breakup_tells_what_moved_and_blames_nobody(look, node, violations, theme):
    told = asked(node, f"/breakups/{BROKEN}/pieces")
    page = look(f"breakups/{BROKEN}", theme=theme)
    diagram, n_pieces = page.get_by_role("img", name="Gabbard"), len(told["pieces"])
    assert diagram.locator("path.high").count() == diagram.locator("path.low").count() == n_pieces
    assert diagram.locator("path.parent").count() == 2
    said = page.inner_text("main")
    assert "burst or hit, not told apart" in said
    assert "blames nobody" in said
    assert told["sentence"] in said
    assert told["assets"][0]["name"] in said
    assert page.get_by_role("grid", name="Pieces").get_attribute("aria-rowcount") == str(n_pieces + 1)
    assert violations(page) == []


def test_breakups_are_listed_and_a_piece_that_is_picked_stands_out_in_the_diagram(look, violations):
    page = look("breakups", language="nl")
    assert "explosie of inslag, niet te onderscheiden" in page.inner_text("main")
    assert violations(page) == []
    page.locator("[role=grid] a").first.click()
    page.wait_for_selector("[role=grid][aria-label=Brokken]")
    settled(page)
    page.locator("[role=grid][aria-label=Brokken] [role=gridcell]").nth(1).click()
    assert page.locator("g.picked path.high").count() == 1
