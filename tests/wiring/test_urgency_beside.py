"""Is what another centre says of a conjunction seen, when our own look finds it quiet?"""

import pytest

from baken.operations.ports import Voice
from baken.records.triage import Level
from baken.report.urgency import urgency_of
from baken.report.words import Speech
from baken.wiring.urgency_beside import urgency_beside
from tests.makers import EPOCH_TAI_NS, falling, meeting

OURS = Voice(originator="", n_updates=1)
QUIET = meeting(probability=1e-6, probability_region="robust")


def says(probability: float | None, who: str = "CENTRE") -> Voice:
    return Voice(originator=who, n_updates=1, probability_said=probability)


def test_what_another_calls_likely_is_worth_a_look_in_his_words():
    assert urgency_of(QUIET, EPOCH_TAI_NS).level is Level.QUIET
    found = urgency_beside(QUIET, (OURS, says(1e-7, "OPERATOR"), says(2.3e-3)), EPOCH_TAI_NS)
    assert found.level is Level.LOOK
    assert Speech("en").tell(found.because).startswith("CENTRE says Pc 2.3e-03, in ")
    assert "wij niet" in Speech("nl").tell(found.because)


@pytest.mark.parametrize("voices", [(), (OURS,), (says(9e-5),), (says(None),)])
def test_who_says_little_or_nothing_changes_nothing(voices):
    assert urgency_beside(QUIET, voices, EPOCH_TAI_NS) == urgency_of(QUIET, EPOCH_TAI_NS)


def test_what_we_find_urgent_ourselves_stays_in_our_words():
    likely = meeting(probability=1e-3, probability_region="robust")
    assert urgency_beside(likely, (says(0.1),), EPOCH_TAI_NS) == urgency_of(likely, EPOCH_TAI_NS)


def test_what_is_over_is_over_whatever_was_said():
    after = QUIET.end_tai_ns + 1
    assert urgency_beside(QUIET, (says(0.1),), after) == urgency_of(QUIET, after)


def test_no_voice_makes_a_fall_a_collision():
    fall = falling(hours=200.0)
    assert urgency_beside(fall, (says(0.1),), EPOCH_TAI_NS) == urgency_of(fall, EPOCH_TAI_NS)
