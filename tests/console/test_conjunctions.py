"""Does the console show of conjunctions what the node tells, figure for figure, and can it be worked with?"""

import csv
import io
import json
import math

import pytest
from playwright.sync_api import Page, Route, expect

from tests.console.conftest import TABLET, settled

LONG_LIST = 10_000
MOST_ROWS_DRAWN = 100
HOSTILE = '<img src=x onerror="document.title=1">'


@pytest.fixture
def asked(page: Page, node: str):
    """What the node tells of something."""

    def of(noun: str, **params: str) -> dict:
        answer = page.request.get(f"{node}/api/v1{noun}", params=params)
        assert answer.ok, answer.text()
        return answer.json()

    return of


@pytest.fixture
def told_of_most(asked) -> dict:
    """The conjunction of which most people spoke, as the node tells it."""
    rows = asked("/conjunctions", realm="SIMULATED")["conjunctions"]
    most = max(rows, key=lambda row: len(row["originators"]))
    return asked(f"/conjunctions/{most['event_id']}")


def pc(value: float) -> str:
    return f"{value:.1e}"


def rows_of(page: Page):
    return page.locator("[role=row][data-place]")


def test_the_table_is_what_the_node_tells_and_is_sorted_filtered_and_walked(look, asked, violations):
    page = look("conjunctions")
    told = asked("/conjunctions", realm="SIMULATED")
    coming = [row for row in told["conjunctions"] if row["tca_utc"] > told["as_of_utc"]]
    assert page.get_by_role("grid").get_attribute("aria-rowcount") == str(len(coming) + 1)
    assert told["marking"] in page.locator("main").inner_text()
    assert violations(page) == []

    page.get_by_role("button", name="Pc", exact=True).click()
    worst = max(coming, key=lambda row: row["probability"] or row["max_probability"])
    first = rows_of(page).first
    assert worst["event_id"] in first.inner_text()
    assert f"{worst['miss_distance_m']:.0f} m" in first.inner_text()
    assert "ceiling" in first.inner_text() or worst["probability_region"] in first.inner_text()

    page.get_by_role("button", name="diluted", exact=True).click()
    diluted = [row for row in coming if row["probability_region"] == "diluted"]
    assert page.get_by_role("grid").get_attribute("aria-rowcount") == str(len(diluted) + 1)
    assert "region=diluted" in page.url

    rows_of(page).first.focus()
    page.keyboard.press("ArrowDown")
    picked = page.locator("[role=row][aria-selected=true]")
    name = picked.locator(".mono").first.inner_text()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.keyboard.press("Enter")
    settled(page)
    assert f"/conjunctions/{name}" in page.url


def test_a_narrow_table_keeps_what_decides_and_its_file_has_everything(page, look, asked, violations):
    page.set_viewport_size(TABLET)
    look("conjunctions", language="nl", theme="light")
    assert violations(page) == []
    row = asked("/conjunctions", realm="SIMULATED")["conjunctions"][0]
    assert "Pc" in page.get_by_role("grid").inner_text()
    with page.expect_download() as kept:
        page.get_by_role("button", name="CSV").click()
    lines = csv.DictReader(io.StringIO(kept.value.path().read_text()))
    (line,) = [one for one in lines if one["event_id"] == row["event_id"]]
    assert float(line["miss_radial_m"]) == row["miss_radial_m"]
    assert (line["realm"], line["marking"]) == ("SIMULATED", row["marking"])


def test_every_figure_on_the_page_is_the_documents(look, told_of_most, violations):
    page = look(f"conjunctions/{told_of_most['event_id']}")
    assert violations(page) == []
    view = next(one for one in told_of_most["views"] if one["originator"] == "SIM CENTRE")
    assert page.locator("[data-figure=probability]").inner_text() == pc(view["probability"])
    assert page.locator("[data-figure=miss]").inner_text() == f"{view['miss_distance_m']:.0f} m"
    text = page.locator("main").inner_text()
    for said in (*view["assumptions"], *(each["text"] for each in told_of_most["disagreements"])):
        assert said in text
    for alert in told_of_most["triage"]:
        assert alert["because"] in text

    # One sigma across, against the hard body: both to one scale.
    body = page.locator("ellipse.body")
    across_m2, _, up_m2 = view["plane"]["covariance_m2"]
    width, height = page.locator("[data-sigma='1']").evaluate("e => [e.getBBox().width, e.getBBox().height]")
    for size, variance_m2 in ((width, across_m2), (height, up_m2)):
        sigmas = size / 2.0 / float(body.get_attribute("rx"))
        assert sigmas == pytest.approx(math.sqrt(variance_m2) / view["hard_body_radius_m"], rel=0.01)

    # What is drawn can be read, too.
    page.locator("figure", has=page.get_by_label("Dilution")).locator("summary").click()
    drawn = page.locator("figure", has=page.get_by_label("Dilution")).locator("tbody tr").count()
    assert drawn >= len([1 for _, chance in view["dilution_curve"] if chance >= 1e-12])

    operator = next(one for one in told_of_most["views"] if one["originator"] == "SIM OPERATOR")
    page.get_by_role("group", name="As seen by").get_by_role("button", name="SIM OPERATOR").click()
    assert page.locator("[data-figure=probability]").inner_text() == pc(operator["probability"])
    options = page.locator("section", has=page.get_by_role("heading", name="What could be done"))
    assert options.locator("tbody tr").count() > 0
    address = page.get_by_role("link", name="Page (PDF)").get_attribute("href")
    pdf = page.request.get(page.url.split("/console")[0] + address)
    assert pdf.body().startswith(b"%PDF")


def test_a_conjunction_known_from_orbits_alone_is_drawn_and_says_what_was_guessed(
    page, look, asked, violations
):
    page.set_viewport_size(TABLET)
    rows = asked("/conjunctions", realm="SIMULATED")["conjunctions"]
    row = next(one for one in rows if len(one["originators"]) == 1 and one["probability"] is not None)
    look(f"conjunctions/{row['event_id']}", language="nl", theme="light")
    assert violations(page) == []
    text = page.locator("main").inner_text()
    assert "covariantie GESCHAT" in text
    assert page.locator("[data-figure=probability]").inner_text() == pc(row["probability"])
    assert page.locator("ellipse.body").get_attribute("data-radius-m") == f"{row['hard_body_radius_m']:g}"
    assert "geen grond" in text or "no ground for a burn" in text


def test_an_incident_is_opened_from_here_and_stands_there_at_once(look, own_node):
    page = look("conjunctions/SIM-CJ26-0001", of=own_node)
    page.get_by_role("button", name="Open an incident").click()
    page.get_by_role("dialog").get_by_role("button", name="Open an incident").click()
    expect(page.locator("main a", has_text="SIM-IN26-").first).to_be_visible()
    expect(page.get_by_role("button", name="Open an incident")).to_have_count(0)


def many(n: int) -> dict:
    """Return a list of the node as it would be after a very bad week."""
    row = {
        **{
            f"{role}_{name}": None
            for role in ("primary", "secondary")
            for name in ("object_id", "norad_cat_id")
        },
        "primary_age_h": 20.0,
        "secondary_age_h": 30.0,
        "max_probability": 1e-3,
        "probability_covariance": "estimated",
        "miss_radial_m": 10.0,
        "miss_transverse_m": -20.0,
        "miss_normal_m": 30.0,
        "hard_body_radius_m": 10.0,
        "mahalanobis_distance": 1.0,
        "in_company": 0,
        "originators": ["NL"],
        "stands_by": "NL",
        "urgency": "QUIET",
        "urgency_because": "made",
        "incidents": [],
        "marking": "NL: owner only",
    }
    told = [
        {
            **row,
            "event_id": f"SIM-CJ26-{number:05d}",
            "tca_utc": f"2026-11-{27 + number % 3}T{number % 24:02d}:{number % 60:02d}:00.000Z",
            "primary_name": HOSTILE if number == 0 else f"MADE {number}",
            "secondary_name": f"MADE TOO {number}",
            "probability": 10.0 ** -(2 + number % 9),
            "probability_region": ("robust", "diluted")[number % 2],
            "miss_distance_m": 10.0 + number,
            "relative_speed_m_s": 7_000.0 + number,
        }
        for number in range(n)
    ]
    return {"marking": "NL: owner only", "as_of_utc": "2026-11-26T06:00:00Z", "conjunctions": told}


SCROLL = """async () => {
  const sheet = document.querySelector('[role=grid]');
  const frames = [];
  let most = 0, last = performance.now();
  for (let step = 0; step <= 60; step += 1) {
    sheet.scrollTop = (sheet.scrollHeight * step) / 60;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
    most = Math.max(most, sheet.querySelectorAll('[data-place]').length);
  }
  return { frames: frames.sort((a, b) => a - b), most };
}"""


def test_ten_thousand_rows_scroll_from_end_to_end_with_few_of_them_drawn(page, look, capsys):
    content = json.dumps(many(LONG_LIST))

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=content)

    page.route("**/api/v1/conjunctions?*", answer)
    look("conjunctions")
    # The frames of a page whose clock stands still would take no time at all.
    page.clock.resume()
    assert page.get_by_role("grid").get_attribute("aria-rowcount") == str(LONG_LIST + 1)
    assert HOSTILE in page.get_by_role("grid").inner_text()
    found = page.evaluate(SCROLL)
    assert found["most"] < MOST_ROWS_DRAWN
    expect(page.locator(f"[data-place='{LONG_LIST - 1}']")).to_be_visible()
    frames = found["frames"]
    with capsys.disabled():
        print(
            f"\n10,000 rows, {len(frames)} steps end to end, {found['most']} rows drawn at most;"
            f" frame: median {frames[len(frames) // 2]:.1f} ms, longest {frames[-1]:.1f} ms"
        )
