"""Do the triage rules do on real histories what their page says?"""

import pytest

from baken.wiring.triage_rules import triage_rules
from benchmarks.fewer_and_better_alerts import LOWER, by_rule, every_update, latest_value, measured
from benchmarks.histories.ocmdb import FILE, read_histories


@pytest.fixture(scope="module")
def histories(shared_data):
    if not (shared_data / FILE).exists():
        pytest.skip("the histories of real conjunctions are not here")
    return read_histories(shared_data)[0]


@pytest.mark.parametrize("rule", [*triage_rules(), LOWER], ids=lambda rule: rule.name)
def test_a_rule_calls_less_often_is_right_as_often_and_calls_as_early(histories, rule):
    each, latest, ours = (
        measured(histories, policy, rule) for policy in (every_update, latest_value, by_rule)
    )
    assert ours["alerts"] < latest["alerts"] < each["alerts"]
    assert ours["calls_to_act"] <= latest["calls_to_act"]
    assert ours["stayed"] >= latest["stayed"]
    assert ours["high_and_never_called"] == 0
    assert ours["first_call_day"] == latest["first_call_day"]
    assert ours["first_alert_day"] == latest["first_alert_day"]


def test_the_rule_of_cara_does_what_the_page_says(histories):
    seen = measured(histories, by_rule, triage_rules()[0])
    assert len(histories) == 3_136
    assert (seen["alerts"], seen["calls_to_act"], seen["high_at_end"]) == (999, 46, 14)
    assert seen["stayed"] == 15 / 46
