"""Does the globe show the sky as it is, to who sees it, to who does not, and where no globe can be drawn?"""

import json
import re
import urllib.request
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.console.conftest import settled

PAIR_PICKED = 2
# How often a canvas was asked for a context of the graphics card, and how many of those still hold one.
COUNT_CONTEXTS = """
  window.contexts = [];
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const made = get.call(this, kind, ...rest);
    if (kind === 'webgl2' && made && !window.contexts.includes(made)) window.contexts.push(made);
    return made;
  };
"""
NO_WEBGL = """
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest);
  };
"""
# Whether what is picked was drawn where the globe is looked at.
IN_THE_MIDDLE = """() => {
  const box = (each) => document.querySelector(each)?.getBoundingClientRect();
  const [ring, globe] = [box('circle.ring'), box('[role=application]')];
  const apart = (side, size) => ring[side] + ring[size] / 2 - globe[side] - globe[size] / 2;
  return ring && Math.hypot(apart('x', 'width'), apart('y', 'height')) < 3;
}"""
COMING_AND_GOING = 6


def asked(node, noun, **params):
    with urllib.request.urlopen(
        f"{node}/api/v1{noun}?{urlencode({'realm': 'SIMULATED', **params})}"
    ) as answer:
        content = answer.read()
    return json.loads(content) if content[:1] == b"{" else np.frombuffer(content, dtype="<f4").reshape(-1, 6)


def opened(page, node, **query):
    page.goto(f"{node}/console/globe?{urlencode({'realm': 'SIMULATED', 'lang': 'en', **query})}")
    settled(page)
    return page


def drawn(page):
    """Wait until positions of the time shown are on the picture."""
    page.wait_for_selector("text=/Positions of|Posities van/")
    expect(page.locator(".standing strong")).not_to_contain_text(re.compile("on their way|onderweg"))
    return page


@pytest.mark.parametrize("theme", ["dark", pytest.param("light", marks=pytest.mark.long)])
def test_globe_map_and_table_break_no_rule_of_accessibility(look, violations, theme):
    page = drawn(look("globe", theme=theme))
    assert violations(page) == []
    page.get_by_role("button", name="Map").click()
    drawn(page)
    assert violations(page) == []
    page.get_by_role("button", name="Table").click()
    page.wait_for_selector("[role=grid]")
    assert violations(page) == []


def test_what_is_clicked_is_picked_and_told(look, node):
    page = drawn(look("globe"))
    sky = asked(node, "/sky")
    expect(page.get_by_text("8,028 objects").first).to_be_visible()
    page.get_by_role("button", name="re-entry").first.click()
    expect(page.get_by_role("heading", name="Picked")).to_be_visible()
    page.get_by_role("button", name="Turn to it").click()
    box = page.get_by_role("application").bounding_box()
    page.wait_for_function(IN_THE_MIDDLE)
    name = page.locator("aside article h3").inner_text()
    page.get_by_role("button", name="Let go").click()
    expect(page.locator("aside article")).to_have_count(0)
    # What was turned to stands in the middle; a few of its neighbours may stand before it.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    picked = page.locator("aside article h3")
    expect(picked).to_have_count(1)
    row = sky["name"].index(picked.inner_text())
    expect(page).to_have_url(re.compile(f"object={sky['object_id'][row]}"))
    assert picked.inner_text() == name
    page.wait_for_selector("path.orbit", state="attached")
    page.get_by_role("application").press("ArrowLeft")
    page.get_by_role("application").press("+")
    page.get_by_role("application").press("Home")


def test_an_address_with_a_pair_and_a_time_shows_both_then(look, node):
    event = next(
        each for each in asked(node, "/events", kind="CJ")["events"] if len(each["object_ids"]) == PAIR_PICKED
    )
    page = drawn(look(f"globe?event={event['event_id']}&view=map", t="2026-11-26T09:00:00Z"))
    expect(page.locator(".standing strong")).to_contain_text("2026-11-26 09:00:00Z")
    expect(page.locator("aside article")).to_have_count(PAIR_PICKED)
    expect(page.locator("path.ground")).to_have_count(PAIR_PICKED)
    index = asked(node, "/sky")
    row = index["object_id"].index(event["object_ids"][0])
    x, y, z = asked(node, "/sky/positions", at_utc="2026-11-26T09:00:00Z")[row, :3]
    height_km = (np.linalg.norm([x, y, z]) - 6_378_137.0) / 1e3
    told = page.locator("aside article").first.locator("dd").nth(5).inner_text()
    # The Earth's radius differs by 21 km between equator and pole.
    assert float(told.removesuffix(" km")) == pytest.approx(height_km, abs=22.0)


def test_a_class_that_is_pressed_is_hidden_everywhere(page, node):
    opened(page, node, view="table", lang="nl")
    page.get_by_role("button", name=re.compile("^puin")).click()
    expect(page.get_by_text("4 564 regels")).to_be_visible()


def test_where_no_globe_can_be_drawn_there_is_the_map_and_it_is_said(look, page, violations):
    page.add_init_script(NO_WEBGL)
    drawn(look("globe"))
    expect(page.get_by_text("cannot draw the globe")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Map with"))).to_be_visible()
    expect(page.get_by_role("button", name="Globe", exact=True)).to_be_disabled()
    assert violations(page) == []


@pytest.mark.long
def test_coming_and_going_leaves_nothing_behind(look, page):
    page.add_init_script(COUNT_CONTEXTS)
    drawn(look("globe"))
    for _ in range(COMING_AND_GOING):
        page.get_by_role("link", name="Watch").click()
        page.wait_for_selector("[role=application]", state="detached")
        page.get_by_role("link", name="Globe").click()
        page.wait_for_selector("[role=application]")
    held = page.evaluate("contexts.filter((each) => !each.isContextLost()).length")
    assert held == 1
