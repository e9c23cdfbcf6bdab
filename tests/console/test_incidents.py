"""Can everything that the command line does to a case be done in the console, and is it told honestly?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from baken.evidence.keys import new_key
from baken.operations.record_determination import sign_determination
from baken.records.determination import Determination
from baken.records.marking import Realm
from tests.console.conftest import settled
from tests.console.story.cases import BREAKUP, LINK, MEETING
from tests.console.story.homes import served
from tests.memory_log import CountedLuck

PARTS = ("case", "explanations", "evidence", "told")


@pytest.fixture(scope="module")
def desk(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a node that these tests act upon, each on something of its own."""
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(story, home)
    with served(home) as address:
        yield address


def do(page: Page, button: str, *, within: str = "main", **said: str) -> None:
    """Press what is called so, fill in what it asks, do it, and wait until the node answered."""
    page.locator(within).get_by_role("button", name=button, exact=True).first.click()
    dialog = page.locator("dialog[open]")
    for label, value in said.items():
        field = dialog.get_by_label(label.replace("_", " "), exact=False).first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    dialog.locator("button.main").click()
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("theme", "language"), [("dark", "en"), pytest.param("light", "nl", marks=pytest.mark.long)]
)
def test_no_page_of_a_case_breaks_a_rule_of_accessibility(look, violations, theme, language):
    page = look("incidents", theme=theme, language=language)
    found = {"the list": violations(page)}
    page.get_by_role("link", name=BREAKUP).click()
    page.wait_for_selector("main nav a")
    for name in PARTS:
        part = page.locator(f"main nav a[href*='/{name}?']")
        part.click()
        expect(part).to_have_attribute("aria-current", "page")
        settled(page)
        found[name] = violations(page)
    assert {name: told for name, told in found.items() if told} == {}


def test_the_list_tells_what_is_most_urgent_and_what_waits(look):
    page = look("incidents")
    names = page.locator("[role=grid] [role=gridcell] a").all_inner_texts()
    assert [name for name in names if name in (MEETING, BREAKUP, LINK)] == [MEETING, BREAKUP, LINK]
    assert "T−01:29" in page.locator("[role=grid]").inner_text()
    assert "A relay in geostationary orbit" in page.locator("main").inner_text()
    page.get_by_label("also what only wants looking at").check()
    expect(page.get_by_text("Risk of a collision", exact=True).nth(1)).to_be_visible()


def test_a_case_is_worked_on_from_first_suspicion_to_close(look, desk):
    page = look(f"incidents/{MEETING}", of=desk)
    do(page, "Corroborate", What_it_rests_on="both owners say so")
    do(page, "Assign", To_whom="officer")
    page.get_by_role("button", name="Take it on").click()
    # Until the node has answered, what is done next would rest on what was read before.
    expect(page.locator("main header").first).to_contain_text("officer, taken on")
    do(page, "Judge: severity", It_is="moderate", Because="both can move", Who_else="DE")
    do(page, "Judge: deliberate (security)", It_is="no", Because="a plain meeting")
    do(page, "Write a note", Text="<b>called</b> the second owner")
    do(page, "Write it anew", Text="called the second owner twice")
    do(page, "Keep a decision", What_was_decided="the first one moves")
    do(page, "Join", An_event="SIM-CJ26-0012", Because="one of the two meets again")
    do(page, "Take out SIM-CJ26-0012", Because="it was another")
    page.get_by_role("button", name="Let the rules judge anew").click()
    do(page, "Respond", What_it_rests_on="the owners act")
    do(page, "Resolve", What_it_rests_on="it has moved")
    head = page.locator("main header").first.inner_text()
    assert "closed" in head
    assert "officer, taken on" in head
    told = page.locator("main ol").last.inner_text()
    for each in ("severity: moderate: both can move", "LOCAL: DE", "<b>called</b>", "replaced by EV-"):
        assert each.replace("LOCAL", "NL") in told
    assert "SIM-CJ26-0012 leaves: it was another" in told
    row = page.get_by_role("row", name="severity")
    assert "serious" in row.inner_text()
    assert "moderate" in row.inner_text()


def test_who_was_overtaken_reads_anew_and_keeps_his_words(look, desk):
    page = look(f"incidents/{LINK}", of=desk)
    page.get_by_role("button", name="Write a note").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Text").fill("mine")
    api = f"{desk}/api/v1/incidents/{LINK}"
    assert page.request.post(f"{api}/notes", data={"text": "quicker"}).ok
    dialog.locator("button.main").click()
    expect(dialog.get_by_role("alert")).to_contain_text("note quicker")
    dialog.get_by_role("button", name="Read it anew").click()
    dialog.locator("button.main").click()
    expect(dialog).to_have_count(0)
    assert [each["said"].get("text") for each in page.request.get(api).json()["timeline"][-2:]] == [
        "quicker",
        "mine",
    ]


def test_explanations_are_weighed_with_doubt_and_dissent_beside(look, desk):
    page = look(f"incidents/{MEETING}/explanations", of=desk)
    do(page, "Add an explanation", A_short_name="drifted", What_would="Its attitude control drifted")
    piece = page.locator("tbody th").first.get_by_role("button").first.inner_text()
    do(page, f"Grade {piece}", How_reliable="B", How_credible="2")
    do(page, f"Rate {piece}", Its_attitude="CC", Space_weather="II")
    do(
        page,
        "Judge how likely",
        explanation="drifted",
        how_likely="likely",
        confidence="low",
        What_it_rests="x",
    )
    do(page, "Dissent", With_what="I see it otherwise")
    do(page, "Name a gap", What_is_not="no telemetry")
    for each in ("fits well", "strongly against", "55–80 %", "I see it otherwise", "no telemetry", "B2"):
        expect(page.locator("main")).to_contain_text(each)
    # What nobody weighed is not the least contradicted; until it is weighed nothing leads.
    expect(page.locator("main")).to_contain_text("Nobody weighed yet: Equipment failed")
    assert page.locator("thead th.first").count() == 0
    page.get_by_role("button", name="Add an explanation").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("A short name").fill("them")
    dialog.get_by_label("What would").fill("The French did it")
    dialog.locator("button.main").click()
    expect(dialog.get_by_role("alert")).to_contain_text("names a state")


def test_evidence_is_taken_in_under_its_label_and_proved(look, desk):
    page = look(f"incidents/{BREAKUP}/evidence", of=desk)
    do(page, "Say something as evidence", What_is_said="seen from a ship", Whom="a captain", Who_else="DE")
    page.locator("main input[type=file]").set_input_files(
        {"name": "<img src=x>.txt", "mimeType": "text/plain", "buffer": b"as it came"}
    )
    do(page, "Keep a file", kind="observation")
    table = page.get_by_role("grid")
    assert "NL: DE" in table.inner_text()
    page.get_by_text("<img src=x>.txt").first.click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Keep <img src=x>.txt").click()
    assert kept.value.path().read_bytes() == b"as it came"
    page.get_by_role("button", name="Show the proof").click()
    expect(page.locator("dialog[open]")).to_contain_text("baken evidence checkpoint --realm SIMULATED")
    page.keyboard.press("Escape")
    radar = page.get_by_role("row", name="19 pieces on the first pass")
    entry_id = radar.get_by_role("gridcell").first.inner_text()
    radar.click()
    page.get_by_role("button", name="Show the proof").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("it holds")
    assert "baken/NL/simulated" in dialog.inner_text()
    assert f"verify-proof {entry_id}.proof --key 'baken/NL/simulated+" in dialog.inner_text()


def test_a_determination_is_recorded_as_it_was_signed_and_a_draft_says_no_more_than_may_be_said(look, desk):
    key = new_key("baken/NL/authority/made", CountedLuck(drawn=900))
    said = Determination(
        about=MEETING,
        state="NL",
        organ="a made-up court",
        decided_on="2026-11-26",
        wording="It was a plain meeting.",
        language="en",
        basis=(),
        is_public=True,
        actor_named="",
        realm=Realm.SIMULATED,
    )
    page = look(f"incidents/{MEETING}/told", of=desk)
    note = sign_determination(said, key).decode()
    do(page, "Record a determination", The_signed=note, The_key=key.verifier.text)
    expect(page.locator("blockquote")).to_have_text("It was a plain meeting.")
    page.get_by_label("for whom").fill("EU")
    page.get_by_role("button", name="Draft", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing of this case may be said to EU.")
    brief = page.get_by_role("link", name="PDF, Nederlands").get_attribute("href")
    assert page.request.get(f"{desk}{brief}").body()[:5] == b"%PDF-"


def test_cases_are_opened_by_hand_and_from_what_waits(look, desk):
    page = look("incidents", of=desk)
    do(page, "Open an incident", Title="Odd lights", What_it_seems="other", Because="seen by two", Events="")
    expect(page.locator("h1")).to_contain_text("Odd lights")
    look("incidents", of=desk)
    do(page, "Open a case from it", Because="worth following")
    expect(page.locator("h1")).to_contain_text("A relay in geostationary orbit")
    look("incidents", of=desk)
    assert "Odd lights" in page.get_by_role("grid").inner_text()


def test_a_case_of_another_world_is_not_shown_in_this_one(look):
    page = look(f"incidents/{BREAKUP}", realm="REAL")
    assert "another world" in page.locator("main").inner_text()
    assert "Breakup of a spent stage" not in page.locator("main").inner_text()
