"""Does the frame around every screen say what must always be said, and keep to its own door?"""

import gzip
from pathlib import Path

import pytest

BUILT = Path(__file__).parent.parent.parent / "baken" / "web" / "console" / "assets"
# What a page of the console may weigh in all, screens that are fetched later too.
BUDGET_KB = 400


@pytest.mark.parametrize(("language", "told"), [("en", "an invented sky"), ("nl", "een verzonnen hemel")])
def test_the_banner_says_which_world_this_is(look, language, told):
    page = look("watch", language=language)
    banner = page.get_by_role("banner").inner_text()
    assert told in banner
    assert "2026-11-26 06:00:00Z" in banner
    assert page.locator("html").get_attribute("lang") == language


def test_all_scripts_together_keep_to_their_budget():
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in BUILT.glob("*.js")}
    assert weights, "the console was not built: make console"
    assert sum(weights.values()) <= BUDGET_KB * 1000, sorted(weights.items(), key=lambda one: -one[1])


def test_no_page_carries_a_script_of_its_own_and_the_policy_says_so(page, node):
    answer = page.goto(f"{node}/console/watch")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert (
        page.evaluate("() => document.querySelectorAll('script:not([src]), [style*=expression]').length") == 0
    )


TRY_TO_RUN = """() => {
    const script = document.createElement('script');
    try {
        script.textContent = 'window.ran = true';
        document.body.append(script);
    } catch (refused) { return refused.name; }
    return 'let in';
}"""


def test_a_script_that_gets_into_the_page_does_not_run(page, node):
    # A page that nobody watches over: here something is to go wrong.
    other = page.context.new_page()
    other.goto(f"{node}/console/watch")
    assert other.evaluate(TRY_TO_RUN) == "TypeError"
    assert other.evaluate("() => window.ran") is None


def test_the_time_it_is_and_the_time_that_is_shown_are_told_apart(look):
    page = look("watch", t="2026-11-25T12:00:00Z")
    assert "2026-11-26 06:00:00Z" in page.get_by_role("banner").inner_text()


def test_whoever_knows_the_instant_writes_it_down_and_it_is_read_as_utc(look):
    page = look("globe")
    box = page.get_by_label("Show, UTC")
    box.fill("27 november")
    box.press("Enter")
    assert "&t=" not in page.url
    box.fill("2026-11-27 12:00")
    box.press("Enter")
    page.get_by_text("Not now: 2026-11-27 12:00:00Z, in 1 d 6 h").wait_for()
    assert "t=2026-11-27T12%3A00%3A00.000Z" in page.url


def test_a_name_is_found_and_leads_to_its_page(look):
    page = look("watch")
    page.keyboard.press("/")
    page.keyboard.type("SIM-FR26")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/breakups/SIM-FR26-0001*")


def test_an_address_that_is_none_says_so(look):
    assert look("nowhere").get_by_text("There is no such page").is_visible()
