"""Does a release widen for its recipient alone, and does what goes ask as much as what it was made from?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.handling import Onward, strictest_handling
from baken.share.offer_label import label_for, missing_consents, widened
from tests.labels import COMMON, MARKINGS


@pytest.mark.capability(
    "a release widens a label for its recipient alone, and only with every originator's consent",
    status="VALIDATED",
    authority="law: random labels",
)
@given(MARKINGS, COMMON, st.frozensets(COMMON, max_size=3))
def test_nobody_but_the_recipient_gains_and_nobody_without_all_consents(marking, recipient, consents):
    after = widened(marking, recipient, held_by="NL", consents=consents)
    agreed = not missing_consents(marking, held_by="NL", consents=consents)
    assert after.releasable_to - marking.releasable_to <= ({recipient} if agreed else set())
    assert (after.handling, after.owner, after.of_fields) == (
        marking.handling,
        marking.owner,
        marking.of_fields,
    )


@given(st.lists(MARKINGS, min_size=1, max_size=3), COMMON, st.sampled_from(Onward))
def test_what_goes_is_for_its_recipient_and_asks_no_less(labels, recipient, onward):
    names = {name for label in labels for name, _ in label.of_fields}
    going = [(label, names) for label in labels]
    made = label_for(going, recipient, held_by="NL", onward=onward)
    assert (made.owner, made.releasable_to, made.handling.onward) == ("NL", {recipient}, onward)
    for label in labels:
        asked, got = label.whole.handling, made.handling
        both = strictest_handling([asked, got])
        assert (both.classifications, both.needs, both.restrictive, both.permissive, both.case_only) == (
            got.classifications,
            got.needs,
            got.restrictive,
            got.permissive,
            got.case_only,
        )
        assert (both.tlp, both.pap, both.licences) == (got.tlp, got.pap, got.licences)
        assert label.whole.originators <= made.originators | {"NL"}


@given(MARKINGS, COMMON)
def test_who_left_a_field_out_does_not_answer_for_its_label(marking, recipient):
    whole = label_for([(marking, [])], recipient, held_by="NL", onward=Onward.NOBODY)
    assert whole == label_for([(marking.without_fields, [])], recipient, held_by="NL", onward=Onward.NOBODY)
