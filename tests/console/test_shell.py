"""Does the frame around every screen say what must always be said?"""

import pytest


@pytest.mark.parametrize(("language", "told"), [("en", "an invented sky"), ("nl", "een verzonnen hemel")])
def test_the_banner_says_which_world_this_is(look, language, told):
    assert told in look("watch", language=language).locator("header").inner_text()


def test_the_watch_breaks_no_rule_of_accessibility(look, violations):
    assert violations(look("watch")) == []


def test_it_looks_as_it_does(look):
    look("watch").screenshot(path="/tmp/q/watch.png")
