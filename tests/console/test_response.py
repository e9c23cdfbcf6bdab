"""Can all that is done about an incident be done from its page, and is it told as done only when it is?"""

import re

import pytest
from playwright.sync_api import Page, expect

# An hour of a response is played through.
PLAYED_MS = 30_000
CASE = "incidents/SIM-IN26-0001"
PLACES = {
    "response": f"{CASE}/response",
    "measures": f"{CASE}/measures",
    "letters": f"{CASE}/letters",
    "tasks": "response",
    "mechanism": "response/nl",
}


def do(page: Page, act: str, **said: str) -> None:
    """Do something: press its button, say what it asks, and wait until the node has said that it is done."""
    ask(page, act, **said)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[role=status][aria-live=polite]")).to_contain_text(act)


def ask(page: Page, act: str, **said: str) -> None:
    """Press the button of an act, and say what it asks, by the beginning of each label."""
    page.get_by_role("button", name=act, exact=True).first.click()
    dialog = page.locator("dialog[open]")
    for label, text in said.items():
        field = dialog.get_by_label(label.replace("_", " ")).first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    dialog.locator("button.main").click()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("theme", "language"), [("dark", "en"), pytest.param("light", "nl", marks=pytest.mark.long)]
)
def test_no_page_of_a_response_breaks_a_rule_of_accessibility(look, violations, place, theme, language):
    page = look(PLACES[place], theme=theme, language=language)
    if place == "measures":
        for choice in page.locator(".list button").all()[:2]:
            choice.click()
    assert violations(page) == []


def test_the_board_shows_who_has_what_and_what_is_late_and_who_is_silent(look):
    page = look(PLACES["response"])
    board = page.get_by_role("table", name="Who does what")
    expect(board.get_by_role("row").filter(has_text="DSSC watch officer").first).to_contain_text("on duty")
    expect(board.locator(".card.critical").first).to_contain_text("T+")
    expect(board).to_contain_text("Waits for: scale-up")
    expect(page.get_by_text("Illustrative: confirmed by nobody")).to_be_visible()
    answers = page.get_by_role("region", name="Who has answered")
    expect(answers.get_by_text("not yet").first).to_be_visible()
    board.get_by_role("button", name="Decide whom we consult").click()
    assert "task=breakup.consult-partners" in page.url
    expect(page.get_by_role("heading", name="Task consult-partners")).to_be_visible()
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("heading", name="Taak consult-partners")).to_be_visible()


def test_every_act_of_a_response_is_done_from_its_page(look, own_node):
    page = look(f"{PLACES['response']}", of=own_node)

    def pick(words: str) -> None:
        page.locator("button.card", has_text=words).click()

    pick("Warn operators")
    do(page, "Take it on")
    expect(page.locator("button.card", has_text="Warn operators")).to_contain_text("officer")
    do(page, "Done", What_was_done="all were called")
    pick("Decide whether the committee")
    do(page, "Record the decision", How_it_was_decided="stay", Why="it is calm")
    pick("Tell the public")
    do(page, "Drop", Why="somebody else did")
    do(page, "Ask somebody", Of_whom="esa-debris-office", What_is_asked="release", What_it_is_for="their fit",
       What_the_target="nothing")  # fmt: skip
    do(page, "Keep what came of it", What_was_answered="telemetry until 23:58Z")
    do(page, "Put it off", Until="2026-11-26T08:00:00Z", Why="the pass is at seven")
    page.get_by_role("button", name="Begin from what changed").click()
    expect(page.locator("pre")).to_contain_text("Situation report 2")
    do(page, "Issue the report")
    do(page, "Note a lesson", What_to_do="call earlier", Who_takes_it_up="Lina")
    do(page, "Close", What_was_done="the number is in the directory now")
    do(page, "Let the clocks turn")
    do(page, "Start another plan", Plan="eu/", Why="the Union has a part")
    do(page, "Approve call-outs", Why="they carry no facts")
    ask(page, "Take down an acknowledgement", Code="00000-00000", Who="nobody")
    expect(page.get_by_role("alert")).to_contain_text("no letter has this code")
    page.get_by_role("button", name="Not now").locator("visible=true").click()
    do(page, "Stand down", Why="it is over")
    expect(page.get_by_text("Stood down 2026-11-26 06:00Z by officer")).to_be_visible()


def test_letters_are_read_word_for_word_approved_withdrawn_told_and_sent(look, own_node):
    page = look(PLACES["letters"], of=own_node)
    first = page.locator(".line button").filter(has_text="waits for approval").first
    first.click()
    words = page.locator("article[lang=nl] pre")
    expect(words).not_to_be_empty()
    do(page, "Approve", Why="read, and right")
    do(page, "Told by telephone", What_you_heard="he repeated it")
    page.locator(".line button").filter(has_text="waits for approval").first.click()
    do(page, "Withdraw", Why="it says too much")
    page.get_by_role("button", name="Choose all that wait").click()
    page.get_by_role("button", name="Approve ").first.click()
    page.locator("dialog[open]").get_by_label("Why").fill("read, and right")
    page.locator("dialog[open] button.main").click()
    expect(page.get_by_text("0 wait for approval")).to_be_visible()
    do(page, "Send what is approved")
    expect(page.get_by_role("heading", name="Tried just now")).to_be_visible()
    page.get_by_label("Audience").fill("NL")
    page.get_by_role("button", name="Draft", exact=True).click()
    expect(page.get_by_text("Draft for NL")).to_be_visible()


def test_measures_stand_side_by_side_and_people_weigh_propose_and_decide(look, own_node):
    page = look(f"{PLACES['measures']}", of=own_node)
    expect(page.get_by_text("Listed, never chosen")).to_be_visible()
    one, other = page.locator(".list button").all()[:2]
    one.click()
    other.click()
    assert "measures=" in page.url
    table = page.get_by_role("table", name="Side by side")
    assert table.locator("th[scope=col]").count() == 2
    do(page, "Weigh", What_it_would_bring="others look too", How_hard="an hour of a radar")
    expect(table).to_contain_text("an hour of a radar")
    do(page, "Propose", Why="it harms nobody")
    do(page, "Record a decision", How_it_was_decided="adopted", Who_decided="the committee", Why="agreed")
    expect(table).to_contain_text("adopted, the committee: agreed")


@pytest.mark.long
def test_a_mechanism_is_checked_tried_called_and_taken_from_a_playbook(look, own_node):
    page = look("response", of=own_node)
    expect(page.get_by_role("row").filter(has_text="late").first).to_contain_text("SIM-IN26-0001")
    playbook = page.request.get(f"{own_node}/api/v1/playbooks/nl/breakup").text()
    page.get_by_role("link", name="Mechanism The Netherlands").click()
    page.get_by_label("plan", exact=True).select_option("breakup")
    page.get_by_label("Silent roles").select_option(["dssc-duty"])
    page.get_by_label("For how many hours").fill("1")
    page.get_by_role("button", name="Play it").click()
    expect(page.get_by_role("table", name="What happened")).to_be_visible(timeout=PLAYED_MS)
    do(page, "I reached him", Who_answered="A. de Boer")
    do(page, "Read it", The_playbook=playbook)
    expect(page.get_by_text(re.compile(r"^\d+ tasks, \d+ that nobody has"))).to_be_visible()
