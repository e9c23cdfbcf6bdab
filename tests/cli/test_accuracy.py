"""Can one say at the command line what happened, and see how well it was foretold, in both languages?"""

import pytest

from baken.store.home import open_home
from tests.makers import EPOCH_TAI_NS, broken_up, falling


@pytest.fixture
def foretold(ask, tmp_path):
    store = open_home(tmp_path / "home", None).store
    store.keep_findings([falling(hours=20.0)], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    store.close()
    return "LOCAL-RE26-0001"


def test_an_outcome_is_entered_and_scored(ask, foretold):
    told = ask("--json", "event", "outcome", foretold, "--at", "2026-03-01T21:00:00Z", "--source", "a radar")
    assert (told.code, told.document()["outcomes_of_event"]) == (0, 1)
    document = ask("--json", "event", "accuracy").document()
    (line,) = document["lines"]
    assert (document["predictions_scored"], line["kind"], line["held"], line["is_telling"]) == (
        1,
        "RE",
        1,
        False,
    )


@pytest.mark.parametrize(
    ("language", "said"), [("en", "too few to trust"), ("nl", "te weinig om op te bouwen")]
)
def test_the_score_says_that_one_event_is_too_few(ask, foretold, language, said):
    ask("event", "outcome", foretold, "--at", "2026-03-01T21:00:00Z", "--source", "a radar")
    out = ask("--language", language, "event", "accuracy").out
    assert "1/1 (27%–100%) / 90%" in out
    assert said in " ".join(out.split())


def test_what_is_still_to_come_is_no_outcome(ask, foretold):
    told = ask("event", "outcome", foretold, "--at", "2090-01-01T00:00:00Z", "--source", "a seer")
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_a_reentry_can_be_shown_with_its_looks(ask, foretold):
    out = ask("event", "show", foretold).out
    for words in ("re-entry", "urgency", "within 8 h 0 min", "MADE R/B"):
        assert words in out, words


def test_a_list_is_ranked_as_of_an_instant_that_is_asked_for(ask, foretold):
    def urgency(*words):
        (listed,) = ask("--json", "event", "list", *words).document()["listed"]
        return listed["urgency"], listed["urgency_because"]

    assert urgency("--as-of", "2026-03-01T00:00:00Z") == ("ACT", "window opens in 16 h 0 min")
    assert urgency("--as-of", "2026-03-05T00:00:00Z") == ("QUIET", "it is over")


def test_a_list_can_be_asked_for_one_kind(ask, foretold):
    assert ask("--json", "event", "list", "--kind", "RE").document()["events"] == 1
    assert ask("--json", "event", "list", "--kind", "CJ").document()["events"] == 0


@pytest.fixture
def broken(ask, tmp_path):
    store = open_home(tmp_path / "home", None).store
    store.keep_findings([broken_up("OBJ-P")], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    store.close()
    return "LOCAL-FR26-0001"


def test_a_breakup_is_scored_with_its_parent_and_what_never_was_is_counted(ask, broken, foretold):
    words = ("event", "outcome", broken, "--at", "2026-02-27T18:30:00Z", "--source", "a telescope")
    assert ask(*words, "--parent", "900012").code == 0
    out = " ".join(ask("event", "accuracy").out.split())
    assert "24–48 h after" in out
    assert "1/1 (27%–100%) / 90%" in out
    assert "breakup: events 1, scored 1, never 0" in out
    assert "re-entry: events 1, scored 0, never 1" in out
    (line,) = ask("--json", "event", "accuracy").document()["lines"]
    assert (line["kind"], line["parents_right"], line["parents_told"]) == ("FR", 1, 1)


def test_a_parent_is_told_of_breakups_only(ask, foretold):
    words = ("--at", "2026-03-01T21:00:00Z", "--source", "a radar", "--parent", "77")
    told = ask("event", "outcome", foretold, *words)
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_where_nothing_was_said_that_is_said(ask):
    assert "Nothing was ever said" in ask("event", "accuracy").out
