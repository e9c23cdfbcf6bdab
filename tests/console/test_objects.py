"""Does an object say what it is called, where it is, who says what of it, and what is not known?"""

import re

from playwright.sync_api import expect

from tests.console.story.objects import KEEPER, RAISED

PAGE = f"objects/{RAISED.object_id}"


def test_a_list_of_thousands_is_filtered_walked_by_keys_and_opened(look, violations):
    page = look("objects")
    rows = page.get_by_role("grid").get_by_role("row")
    assert int(page.get_by_role("grid").get_attribute("aria-rowcount")) > 8_000
    # Of thousands only those in sight are drawn.
    assert rows.count() < 80
    assert violations(page) == []
    page.get_by_role("button", name=re.compile("^GEO")).click()
    assert "regime=GEO" in page.url
    page.get_by_role("searchbox", name="Filter: Objects").fill("station keeper")
    expect(rows).to_have_count(2)
    rows.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("MADE STATION KEEPER")


def test_sources_that_contradict_stand_side_by_side_at_the_time_that_is_shown(look, violations):
    page = look(PAGE, t="2026-11-27T06:00:00Z")
    said = page.get_by_role("region", name="What is said of its orbit")
    told = said.inner_text()
    assert "OWN NETWORK" in told
    assert "PARTNER CENTRE" in told
    assert "its epoch is 7 h 12 min older than the one used" in told
    assert re.search(r"\d+(\.\d)? k?m\nR -?\d.* · T -?\d.* · N -?\d", told)
    for name in ("899000001", "2024-201A", "RAISER-1", RAISED.object_id):
        expect(page.get_by_role("button", name=f"Copy {name}")).to_be_visible()
    assert "Manoeuvre detection: not built yet" in page.locator("main").inner_text()
    assert "owner only" in page.get_by_role("region", name="Who may see it").inner_text()
    assert violations(page) == []

    where = page.get_by_role("region", name="Where it is")
    expect(where).to_contain_text("at 2026-11-27 06:00:00Z")
    # The elements are of the evening before the day before.
    expect(where).to_contain_text("1 d 12 h")
    expect(where).to_contain_text("SGP4 elements carry no covariance")
    before = where.inner_text()
    page.get_by_role("button", name="Forth 1 h").click()
    expect(where).to_contain_text("at 2026-11-27 07:00:00Z")
    assert where.inner_text() != before


def test_one_that_keeps_its_station_has_a_waterfall_in_dutch_on_white_too(look, violations):
    page = look(f"objects/{KEEPER.norad_cat_id}", language="nl", theme="light")
    waterfall = page.get_by_role("img", name=re.compile("Lengtegraad onder het object"))
    expect(waterfall).to_have_attribute("aria-label", re.compile(r"19\.2\d°E"))
    assert waterfall.locator("circle").count() == 14
    assert "Manoeuvres herkennen: nog niet gebouwd" in page.locator("main").inner_text()
    assert violations(page) == []
    assert violations(look("objects", language="nl", theme="light")) == []


def test_an_object_stands_with_the_events_and_cases_it_is_in(look, node, page):
    case = page.request.get(f"{node}/api/v1/incidents?realm=SIMULATED").json()["incidents"][0]
    event = page.request.get(f"{node}/api/v1/events/{case['event_ids'][0]}").json()
    page = look(f"objects/{event['object_ids'][0]}")
    stands = page.get_by_role("region", name="What it is in", exact=True)
    expect(stands.get_by_role("link", name=event["event_id"])).to_be_visible()
    expect(stands.get_by_role("link", name=case["incident_id"])).to_be_visible()
    stands.get_by_text("Why am I seeing this?").first.click()
    expect(stands).to_contain_text(event["because"])


def test_an_object_nobody_knows_is_said_not_to_be_there(look):
    page = look("objects/909999")
    expect(page.get_by_role("alert")).to_contain_text("no SIMULATED object is known as 909999")
