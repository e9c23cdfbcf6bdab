"""Does the watch show what asks for somebody, and why, and go from one to another?"""

import pytest


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_watch_breaks_no_rule_of_accessibility(look, violations, theme):
    assert violations(look("watch", theme=theme)) == []


def test_what_asks_for_somebody_stands_worst_first_with_its_reason(look):
    page = look("watch")
    rows = page.get_by_role("article")
    assert rows.nth(0).locator(".level").inner_text().startswith("Act now")
    assert "broke up 5 d" not in rows.nth(0).inner_text()
    rows.nth(0).get_by_role("button", name="Why am I seeing this?").click()
    assert "broke up 5 d" in rows.nth(0).inner_text()
    shown = rows.count()
    page.get_by_label("Quiet ones too").uncheck()
    assert 0 < rows.count() < shown


def test_what_comes_next_says_that_something_quiet_may_come_before(look):
    page = look("watch")
    # A quiet approach is two minutes away, and a quiet fall a day: neither is what needs somebody.
    assert "Next approach that needs somebody\nT−01:29" in page.get_by_role("main").inner_text()
    assert "Next re-entry that needs somebody\nT−3d" in page.get_by_role("main").inner_text()
    who = page.get_by_role("article").filter(has_text="SIM-CJ26-0002").locator(".who")
    assert "SIM MOBILE TELEPHONY A 0013 (1\u00a0d\u00a01\u00a0h)" in who.text_content()
    assert who.evaluate("box => [...box.children].every(one => one.scrollWidth <= box.clientWidth)")


def test_a_world_of_which_nothing_is_kept_is_not_told_as_quiet(look):
    told = look("watch", realm="EXERCISE").get_by_role("main").inner_text()
    assert "that nothing stands here says nothing of the sky" in told
    assert told.count("no orbits, not looked") == 4


def test_in_dutch_every_word_is_dutch(look):
    told = look("watch", language="nl").get_by_role("main").inner_text()
    assert "Wat aandacht vraagt, het ergste eerst" in told
    assert [
        word
        for word in ("Act now", "Look today", "incidents", "nobody", "confirmed", "suspected")
        if word in told
    ] == []


def test_the_watch_goes_to_whoever_takes_it(look, own_node):
    page = look("watch", of=own_node)
    page.get_by_role("button", name="Offer the watch").click()
    page.get_by_label("To", exact=True).fill("anna")
    page.get_by_label("Note for whoever takes it").fill("<b>quiet</b> night")
    page.get_by_role("dialog").get_by_role("button", name="Offer the watch").click()
    page.get_by_text("officer offered the watch to anna").wait_for()
    assert page.get_by_text("<b>quiet</b> night").is_visible()
    page.get_by_role("button", name="Take the watch").click()
    # It was offered to somebody else: the node says no, and the page says so.
    page.get_by_role("alert").wait_for()
    assert page.get_by_text("officer took it").count() == 0


def test_an_incident_opened_from_the_list_is_where_it_leads(look, own_node):
    page = look("watch", of=own_node)
    page.get_by_role("article").filter(has_text="SIM-CJ26").nth(0).get_by_role(
        "button", name="Open an incident"
    ).click()
    page.get_by_role("dialog").get_by_role("button", name="Open an incident").click()
    page.wait_for_url("**/console/incidents/SIM-IN26-*")
