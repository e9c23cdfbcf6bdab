"""Is it shown what each would see and why before anything goes, and can all of it be done from here?"""

import re
from pathlib import Path

import pytest

from baken.evidence.signed_note import signed
from baken.records.reduction import Rule
from tests.console.conftest import settled
from tests.console.story.sharing import KEYS

WORDS = Path(__file__).parents[2] / "web/src/screens/releases/words.ts"
SCREENS = (
    "releases",
    "releases/SIM-RL26-0007",
    "releases/rules",
    "seen/SIM-RL26-0003",
    "partners",
    "partners/DE",
)
TITLE = "Pass of a visitor over the North Sea"


@pytest.fixture
def api(page, own_node):
    """What asks the node of a test something, past its pages."""

    def ask(noun, **body):
        url = f"{own_node}/api/v1{noun}"
        origin = {"Origin": own_node}
        answer = page.request.post(url, data=body, headers=origin) if body else page.request.get(url)
        assert answer.ok, answer.text()
        return answer.json()

    return ask


def test_every_word_of_a_reduction_has_one_in_dutch():
    told = WORDS.read_text().split("REDUCTIONS")[1].replace('"', "'").replace("somebody's", "somebody’s")
    known = {name.replace("’", "'") for name in re.findall(r"^\s*'([^']+)': '", told, re.M)}
    assert {rule.value for rule in Rule} == known


def test_every_screen_of_sharing_breaks_no_rule_in_either_light(look, violations):
    for place in SCREENS:
        page = look(place, language="nl")
        assert violations(page) == [], place
        page.get_by_role("button", name="Licht").click()
        assert violations(page) == [], f"{place}, light"


def test_releases_and_partners_are_told_in_both_languages(look):
    page = look("releases")
    rows = page.get_by_role("grid").get_by_role("row")
    assert rows.count() == 9
    waiting = rows.filter(has_text="SIM-RL26-0007")
    assert "waits for the second signature" in waiting.inner_text()
    assert "in 89 d 18 h" in waiting.inner_text()
    page.get_by_role("button", name="asked back").click()
    assert rows.count() == 2
    told = look("partners", language="nl").get_by_role("grid").inner_text()
    assert "Duitsland" in told
    assert "1 teruggevraagd" in told
    one = look("partners/FR").get_by_role("main").inner_text()
    assert "Our own track shows another plane" in one
    assert "the agreement NL-FR full orbits ends within 60 days" in one


def shown(page, field, code):
    """Return what the matrix shows of a field for a recipient."""
    row = page.get_by_role("row").filter(has=page.locator(f'th [title="{field}"]'))
    cell = row.get_by_role("button", name=re.compile(f"^{code}, "))
    return cell.get_attribute("aria-label").split(": ", 1)[1]


def sight(view):
    if view["after"] is None:
        return "not"
    return f"{'whole' if view['after'] == view['before'] else 'reduced'}, {view['after']}"


def test_what_each_would_see_is_shown_and_why_and_only_then_proposed(look, own_node, api, violations):
    event = next(one for one in api("/releases?realm=SIMULATED")["releases"] if one["title"] == TITLE)["what"]
    page = look("releases/new", of=own_node)
    page.get_by_role("textbox", name="Name").fill(event)
    page.get_by_role("button", name="Look").click()
    for code in ("DE", "FR"):
        page.get_by_role("group", name="To whom").get_by_text(code, exact=True).click()
    page.get_by_role("button", name="Show what each would see").click()
    page.wait_for_selector("table .cell")
    wanted = {"what": event, "because": "x", "realm": "SIMULATED", "until_utc": "2027-02-24T00:00:00Z"}
    for code in ("DE", "FR"):
        (told,) = api("/releases/explanations", **wanted, recipients=[code])["explained"]
        for view in told["entries"][0]["fields"]:
            assert shown(page, view["field"], code) == sight(view), (code, view)
    assert shown(page, "miss_distance_m", "DE").startswith("reduced, 19000")
    assert page.get_by_role("button", name="DE, miss distance (m): reduced").count() == 1
    page.get_by_role("button", name="DE, sensor: not").click()
    why = page.get_by_role("region", name="Why", exact=True)
    assert "baken:default-none" in why.inner_text()
    assert "No rule permits it." in why.inner_text()
    as_de = page.get_by_role("region", name="See as DE").inner_text()
    assert "Radar Wijk\t\n" in f"{as_de}\n"
    assert violations(page) == []
    page.get_by_label("Not younger than").select_option("1d")
    assert page.get_by_role("button", name="Propose: DE, FR").count() == 0
    page.get_by_label("Not younger than").select_option("")
    page.get_by_role("button", name="Propose: DE, FR").click()
    page.get_by_role("dialog").get_by_label("Why").fill("they fly in the same plane")
    page.get_by_role("dialog").get_by_role("button", name="Propose: DE, FR").click()
    page.wait_for_url("**/releases?*stage=waits")
    assert len(api("/releases?realm=SIMULATED")["releases"]) == 10


def test_a_release_is_signed_rejected_and_asked_back_from_its_page(look, own_node, api):
    page = look("releases/SIM-RL26-0006", of=own_node)
    assert "baken release sign SIM-RL26-0006.json --key NAME" in page.get_by_role("main").inner_text()
    note = signed(api("/releases/SIM-RL26-0006")["statement"] + "\n", KEYS["chief"]).content
    page.locator("input[type=file]").set_input_files(
        {"name": "x.note", "mimeType": "text/plain", "buffer": note}
    )
    page.get_by_text("x.note was read").wait_for()
    page.get_by_role("button", name="Hand in the signed note").click()
    page.get_by_role("dialog").get_by_label("Why").fill("agreed")
    page.get_by_role("dialog").get_by_role("button", name="Hand in the signed note").click()
    page.get_by_text("approved, not yet sent").wait_for()
    assert api("/releases/SIM-RL26-0006")["stage"] == "approved"

    page = look("releases/SIM-RL26-0008", of=own_node)
    page.get_by_role("button", name="Hand in the signed note").click()
    page.get_by_role("dialog").get_by_label("The signed note").fill("not signed at all")
    page.get_by_role("dialog").get_by_label("Why").fill("agreed")
    page.get_by_role("dialog").get_by_role("button", name="Hand in the signed note").click()
    assert "note" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("dialog").get_by_label("Why").fill("they have it")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert api("/releases/SIM-RL26-0008")["stage"] == "rejected"

    page = look("releases/SIM-RL26-0007", of=own_node)
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("dialog").get_by_label("Why").fill("on second thoughts")
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    assert "officer proposed SIM-RL26-0007" in page.get_by_role("alert").inner_text()

    page = look("releases/SIM-RL26-0002", of=own_node)
    page.get_by_role("button", name="Ask back").click()
    page.get_by_role("dialog").get_by_label("Why").fill("the track was of another object")
    page.get_by_role("dialog").get_by_role("button", name="Ask back").click()
    page.get_by_text("recalled, not yet asked").wait_for()
    assert "baken release send --for FR" in page.get_by_role("main").inner_text()


def test_who_saw_something_is_found_by_its_name(look):
    page = look("seen")
    page.get_by_label("Of what").fill("sim-rl26-0003")
    page.get_by_role("button", name="Look").click()
    settled(page)
    rows = page.get_by_role("grid").get_by_role("row")
    rows.filter(has_text="release sent").first.wait_for()
    assert "FR" in rows.filter(has_text="release sent").first.inner_text()
