"""Does a draft say only what is released to its audience, and as it stands now?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.incident.wording import objections_to
from baken.operations.draft_statement import draft_statement
from baken.records.evidence import Entry, EntryKind
from baken.records.incident import IncidentKind
from baken.records.marking import OWNER_ONLY, Marking
from baken.report.statement import Sentence, StatementKind
from baken.report.words import Speech
from baken.wiring.statement_documents import left_out_text, statement_document, statement_text
from tests.operations.cases import NOON_TAI_NS, desk_of, opened

FR = Marking(owner="NL", releasable_to=frozenset({"FR", "NL"}))
DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))
CANARY = "canary-7f3a"
KINDS = pytest.mark.parametrize("kind", StatementKind)


@pytest.fixture
def desk():
    return replace(desk_of("officer"), marking=FR)


@pytest.fixture
def case(desk):
    return opened(desk, title="Silent modems", kind=IncidentKind.CYBER_ATTACK).incident_id


def keep(desk, subject, marking, kind=EntryKind.STATEMENT, **fields):
    """Keep an entry about something under a label, and return its name."""
    entry = Entry(
        kind=kind,
        subject=str(subject),
        actor="officer",
        at_tai_ns=NOON_TAI_NS,
        fields=tuple(fields.items()),
        marking=marking,
    )
    (kept,) = desk.keep(entry)
    return kept.entry_id


def judged(desk, case, name, value, marking=FR, **more):
    return keep(desk, case, marking, EntryKind.JUDGED, name=name, value=value, because="seen", **more)


def determined(desk, case, wording, *, is_public, marking=FR):
    return keep(
        desk,
        case,
        marking,
        EntryKind.DETERMINATION,
        about=str(case),
        state="Ruritania",
        organ="Council of ministers",
        decided_on="2026-05-10",
        wording=wording,
        language="en",
        is_public=is_public,
        signed_by="k+1",
    )


def drafted(desk, case, kind=StatementKind.PARTNERS, audience="FR", language="en"):
    return draft_statement(desk.log, case, kind, audience, say=Speech(language))


def parts(found):
    return [sentence.part for sentence in found.sentences]


def statement_part(found):
    return f"{statement_text(found)} {statement_document(found)['statement']}"


@KINDS
@pytest.mark.parametrize("marking", [OWNER_ONLY, DE], ids=["owner only", "another audience"])
def test_what_is_not_released_to_an_audience_never_reaches_its_draft(desk, case, kind, marking):
    hidden = [
        keep(desk, case, marking, title=CANARY, text=CANARY),
        judged(desk, case, "title", CANARY, marking),
        judged(desk, case, "effect", "destroy", marking),
        determined(desk, case, CANARY, is_public=True, marking=marking),
    ]
    keep(desk, case, FR, title="a log", text="the modems are silent")
    found = drafted(desk, case, kind)
    told = statement_part(found)
    assert "the modems are silent" in told
    assert CANARY not in told
    assert "destroyed" not in told
    assert not any(name in told for name in hidden)
    assert CANARY not in left_out_text(found)


@KINDS
def test_nothing_is_said_to_whom_nothing_is_released(desk, case, kind):
    keep(desk, case, FR, title="a log", text="silent")
    found = drafted(desk, case, kind, audience="PUBLIC")
    assert found.sentences == ()
    assert found.marking.is_most_restrictive
    assert "EV-1 not released to PUBLIC" in left_out_text(found)


@pytest.mark.parametrize(
    ("name", "old", "new"), [("effect", "hinder", "destroy"), ("severity", "minor", "severe")]
)
def test_a_value_that_something_withheld_replaced_is_not_told_as_it_was(desk, case, name, old, new):
    judged(desk, case, name, old)
    assert name in parts(drafted(desk, case))
    judged(desk, case, name, new, OWNER_ONLY)
    assert name not in parts(drafted(desk, case))


def test_a_value_that_was_taken_back_in_secret_is_not_told(desk, case):
    judged(desk, case, "severity", "severe")
    judged(desk, case, "severity", "", OWNER_ONLY)
    assert "severity" not in parts(drafted(desk, case))


def test_an_older_look_at_an_event_is_not_told_when_the_newest_is_withheld(desk, case):
    for marking, text in ((FR, "older"), (OWNER_ONLY, CANARY)):
        keep(desk, case, marking, EntryKind.FINDING, event_id="NL-RE26-0001", title="a pass", text=text)
    assert "evidence" not in parts(drafted(desk, case))


def test_evidence_that_joined_in_secret_is_not_told(desk, case):
    piece = keep(desk, "log", FR, title="a log", text="silent")
    keep(desk, case, OWNER_ONLY, EntryKind.JOINED, entry_id=piece)
    assert "evidence" not in parts(drafted(desk, case))
    keep(desk, case, FR, EntryKind.JOINED, entry_id=piece)
    assert "evidence" in parts(drafted(desk, case))


@KINDS
def test_words_that_name_a_state_or_a_motive_are_left_out(desk, case, kind):
    keep(desk, case, FR, title="a letter", text="It was a hostile act by Russia")
    judged(desk, case, "title", "The Russian attack")
    told = statement_part(drafted(desk, case, kind))
    assert not objections_to(told)


def test_only_a_public_determination_is_quoted_and_not_to_an_operator(desk, case):
    determined(desk, case, "We hold Ruritania to be behind this", is_public=True)
    secret = determined(desk, case, CANARY, is_public=False)
    for kind in StatementKind:
        found = drafted(desk, case, kind)
        quoted = [each for each in found.sentences if each.part == "determination"]
        assert len(quoted) == (kind is not StatementKind.OPERATOR)
        assert all("“We hold Ruritania to be behind this”" in each.text for each in quoted)
        assert CANARY not in statement_part(found)
        assert secret not in statement_part(found)


def test_a_request_for_consultation_rests_on_all_that_stands_above_it(desk, case):
    keep(desk, case, FR, title="a log", text="silent")
    *above, asked = drafted(desk, case, StatementKind.DEMARCHE).sentences
    assert asked.part == "consult"
    assert "Article IX" in asked.text
    assert set(asked.carried_by) == {name for each in above for name in each.carried_by}


def test_a_draft_is_open_to_no_more_than_all_that_carries_it(desk, case):
    keep(desk, case, Marking(owner="NL", releasable_to=frozenset({"FR"})), title="a log", text="silent")
    assert drafted(desk, case).marking.releasable_to == {"FR"}


def test_a_sentence_without_an_entry_cannot_be_made():
    with pytest.raises(ValueError, match="carried by an entry"):
        Sentence(part="opened", text="Something happened.", carried_by=())


@KINDS
def test_a_draft_speaks_both_languages_from_the_same_entries(desk, case, kind):
    keep(desk, case, FR, title="a log", text="silent")
    judged(desk, case, "effect", "disrupt")
    english, dutch = (drafted(desk, case, kind, language=language) for language in ("en", "nl"))
    assert [(s.part, s.carried_by) for s in english.sentences] == [
        (s.part, s.carried_by) for s in dutch.sentences
    ]
    assert all(one.text != other.text for one, other in zip(english.sentences, dutch.sentences, strict=True))
    assert "CONCEPT, voor FR" in statement_text(dutch)


SAID = st.tuples(
    st.sampled_from(["evidence", "effect", "severity", "title", "determination"]),
    st.sampled_from([OWNER_ONLY, DE, FR]),
)


@settings(deadline=None, max_examples=60)
@given(said=st.lists(SAID, max_size=8), kind=st.sampled_from(StatementKind))
def test_a_log_without_what_is_withheld_says_every_sentence_of_the_draft_too(said, kind):
    """What is withheld can only take a sentence away, never change or add one; evidence not even that."""
    whole, without, evidence_withheld = [], [], []
    for only, kept in (((OWNER_ONLY, DE, FR), whole), ((FR,), without), (None, evidence_withheld)):
        desk = replace(desk_of("officer"), marking=FR)
        case = opened(desk, kind=IncidentKind.CYBER_ATTACK).incident_id
        for number, (what, marking) in enumerate(said):
            is_left = what == "evidence" and marking is not FR if only is None else marking not in only
            if not is_left:
                _say(desk, case, what, number, marking)
        kept += [each.text for each in drafted(desk, case, kind).sentences]
    assert set(whole) <= set(without)
    assert whole == evidence_withheld


def _say(desk, case, what, number, marking):
    if what == "evidence":
        keep(desk, case, marking, title=f"piece {number}", text="silent")
    elif what == "determination":
        determined(desk, case, f"wording {number}", is_public=True, marking=marking)
    else:
        values = {"effect": ("hinder", "disrupt"), "severity": ("minor", "severe"), "title": ("A", "B")}
        judged(desk, case, what, values[what][number % 2], marking)
