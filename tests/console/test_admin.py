"""Do the pages of sources, people, audit, settings and signing in let each see and do his part?"""

import shutil

import pytest
from playwright.sync_api import expect

from tests.console.conftest import settled
from tests.console.two_readers import HERS, HIS, WORDS, house
from tests.people.door import ANNA, BERT

LIGHTS = [("dark", "en"), pytest.param("light", "nl", marks=pytest.mark.long)]


@pytest.fixture(scope="module")
def people(story, tmp_path_factory):
    """A node with accounts, on which people act one after the other."""
    home = tmp_path_factory.mktemp("people") / "home"
    shutil.copytree(story, home)
    with house(home) as at:
        yield at


@pytest.mark.parametrize(("theme", "language"), LIGHTS)
def test_no_page_of_these_breaks_a_rule_of_accessibility(look, violations, theme, language):
    for place in ("sources", "audit", "settings", "people"):
        assert violations(look(place, theme=theme, language=language)) == [], place


@pytest.mark.parametrize(("theme", "language"), LIGHTS)
def test_the_pages_for_who_comes_from_outside_break_no_rule_and_run_no_script(
    page, people, violations, theme, language
):
    page.emulate_media(color_scheme=theme)
    for place in ("sign-in", "report", "acknowledge/NL-IN26-0001"):
        page.goto(f"{people.address}/{place}?language={language}")
        assert violations(page) == [], place
        assert page.locator("script").count() == 0
        assert page.locator("html").get_attribute("lang") == language


def test_a_source_tells_its_age_and_a_screening_what_it_put_aside(look):
    page = look("sources")
    expect(page.get_by_role("region", name="BAKEN SIMULATED SKY")).to_contain_text("8,026")
    expect(page.get_by_role("region", name="Screenings of this node")).to_contain_text("apart in height")
    expect(page.get_by_role("region", name="Installed")).to_contain_text("omm-json")


def test_an_entry_of_the_log_is_found_by_its_kind_and_opens_with_its_digest(look, own_node):
    page = look("audit", of=own_node)
    page.get_by_label("Kind of entry").select_option("access")
    row = page.get_by_role("grid").get_by_role("row").nth(1)
    expect(row).to_contain_text("looked at")
    row.press("Enter")
    expect(page.get_by_role("region", name="Proof")).to_contain_text("sha256:")
    expect(page.get_by_role("heading", level=1)).to_contain_text("was read")


def test_who_clears_is_offered_no_roles_to_give_and_is_told_whose_they_are(page, people, violations):
    people.come(page, BERT, f"people/{HIS}?realm=REAL")
    settled(page)
    role = page.get_by_role("button", name="Give role")
    assert role.get_attribute("aria-disabled") == "true"
    assert "administrator" in (role.get_attribute("title") or "")
    page.get_by_role("button", name="Give need to know").click()
    page.get_by_label("need to know", exact=True).fill("optics")
    page.get_by_role("dialog").get_by_role("button", name="Give need to know").click()
    expect(page.get_by_role("button", name="Take away: optics")).to_be_visible()
    page.get_by_role("button", name="Suspend").click()
    page.get_by_role("dialog").get_by_role("button", name="Suspend").click()
    expect(page.get_by_role("region", name="Dieter")).to_contain_text("suspended")
    assert violations(page) == []


def test_a_token_is_shown_once_and_a_lost_visit_is_told_on_the_page_that_stays(page, people):
    people.come(page, ANNA, "settings?realm=REAL")
    settled(page)
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("What it is called").fill("night")
    page.get_by_role("dialog").get_by_role("button", name="Make a token").click()
    shown = page.locator(".made code").inner_text()
    page.get_by_role("button", name="I have it").click()
    assert shown not in page.content()
    expect(page.get_by_role("region", name="Your tokens")).to_contain_text("night")
    page.context.clear_cookies()
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("alert").filter(has_text="You are signed out")).to_be_visible()


def test_whoever_signs_in_anew_leaves_nothing_on_the_page_to_who_comes_in_after_him(page, people):
    people.come(page, HERS, "settings?realm=SIMULATED")
    settled(page)
    other = "drie witte zeilen op het IJ"
    page.get_by_role("button", name="Change your password").click()
    dialog = page.get_by_role("dialog", name="Change your password")
    dialog.get_by_label("Your password now").fill(WORDS[HERS])
    dialog.get_by_label("New password").fill(other)
    dialog.get_by_label("The same again").fill("something else")
    dialog.get_by_label("One-time code").fill(people.code(HERS))
    dialog.get_by_role("button", name="Change your password").click()
    expect(dialog.get_by_role("alert")).to_contain_text("differ")
    dialog.get_by_label("The same again").fill(other)
    dialog.get_by_role("button", name="Change your password").click()
    page.wait_for_url("**/sign-in")
    people.come(page, HERS, "settings?realm=SIMULATED", password=other)
    settled(page)
    expect(page.get_by_role("region", name="Your visits")).to_contain_text("this one")
    page.get_by_role("link", name="Re-entries").click()
    hers = page.get_by_role("grid").get_by_role("row").nth(1)
    expect(hers).to_be_visible()
    page.context.clear_cookies()
    people.come(page.context.new_page(), BERT, "settings")
    page.evaluate("dispatchEvent(new Event('baken-out'))")
    expect(page.get_by_role("banner")).to_contain_text(BERT.title())
    expect(hers).to_have_count(0)
