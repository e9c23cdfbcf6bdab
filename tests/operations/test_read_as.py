"""Can anybody tell from what he is shown that there is something he may not know of?"""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.records.evidence import EVIDENCE_KINDS, EntryKind
from baken.records.marking import Realm
from tests.operations.two_worlds import (
    Saying,
    answers_of,
    digest_of,
    log_for_him,
    work_of,
    world_of,
)

CASES = ["NL-IN26-0001", "NL-IN26-0002"]
SUBJECTS = [*CASES, f"{CASES[0]}/response", "NL-CJ26-0001", "log", "watch"]
OPENING = (("kind_of_incident", "other"), ("severity", "minor"), ("urgency", "today"))


def opening(case, is_for_him=True):
    fields = (("title", f"Something odd in {case}"), *OPENING)
    return Saying(EntryKind.OPENED, case, fields, is_for_him)


def follow(sayings):
    """Mark as not for him what names something he may not know of, or is said of a case he may not."""
    known, hidden_cases, told = set(), set(), []
    for number, one in enumerate(sayings):
        case = one.subject.partition("/")[0]
        named = {n for _, value in one.fields if isinstance(value, str) for n in numbers_in(value)}
        words = " ".join((case, *(value for _, value in one.fields if isinstance(value, str))))
        tells = any(hidden in words for hidden in hidden_cases)
        is_for_him = one.is_for_him and not tells and named <= known
        if one.kind is EntryKind.OPENED and not is_for_him:
            hidden_cases.add(one.subject)
        if is_for_him:
            known.add(number)
        told.append(replace(one, is_for_him=is_for_him))
    return told


def numbers_in(text):
    return [int(part.partition("}")[0]) for part in text.split("{")[1:]]


@st.composite
def some_sayings(draw):
    """Draw a log: cases, what was said of them and of other things, of this and that label, in any order."""
    said = [opening(CASES[0]), Saying(EntryKind.STATEMENT, CASES[0], (("text", "it began"),))]
    if draw(st.booleans()):
        said.insert(draw(st.integers(0, 1)), opening(CASES[1], is_for_him=draw(st.booleans())))
    for _ in range(draw(st.integers(2, 9))):
        said.append(draw(a_saying(said)))
    return follow(said)


@st.composite
def a_saying(draw, said):
    before = st.integers(0, len(said) - 1)
    evidence = st.sampled_from([n for n, one in enumerate(said) if one.kind in EVIDENCE_KINDS])
    case, piece, any_two = draw(st.sampled_from(CASES)), draw(evidence), (draw(before), draw(before))
    text = draw(st.sampled_from(["seen", f"see {{{any_two[0]}}}, again", f"of {CASES[1]}"]))
    kind, subject, fields = draw(
        st.sampled_from(
            [
                (EntryKind.NOTE, case, (("text", text),)),
                (EntryKind.NOTE, f"{CASES[0]}/response", (("text", text),)),
                (EntryKind.STATEMENT, case, (("title", "said"), ("text", text))),
                (EntryKind.DOCUMENT, "NL-CJ26-0001", (("title", "paper"), ("source", "us"))),
                (EntryKind.REPORT, "log", (("title", "odd lights"), ("text", text))),
                (EntryKind.JOINED, case, (("entry_id", f"{{{piece}}}"),)),
                (
                    EntryKind.GRADE,
                    case,
                    (("piece", f"{{{piece}}}"), ("reliability", "B"), ("credibility", "2")),
                ),
                (EntryKind.RATING, case, (("piece", f"{{{piece}}}"), ("hypothesis_id", "H1"), ("fit", "I"))),
                (EntryKind.GAP, case, (("text", text),)),
                (EntryKind.STEP, case, (("step", "corroborate"), ("because", text))),
                (
                    EntryKind.DETERMINATION,
                    case,
                    (("basis", tuple(f"{{{n}}}" for n in any_two)), ("organ", "MoD")),
                ),
                (EntryKind.HANDOVER, "watch", (("act", "offer"), ("to", "b"), ("text", text))),
                (EntryKind.ACCESS, "log", (("thing", f"{CASES[0]} as of {{{any_two[1]}}}"),)),
            ]
        )
    )
    narrower = draw(st.sampled_from([(), ("text",), ("content",), ("content", "text")]))
    return Saying(
        kind,
        subject,
        fields,
        is_for_him=draw(st.booleans()),
        content=draw(st.sampled_from([None, b"paper", b"scissors"])) if kind in EVIDENCE_KINDS else None,
        narrower=narrower if kind in EVIDENCE_KINDS else (),
        realm=draw(st.sampled_from([Realm.REAL] * 5 + [Realm.EXERCISE])) if subject == "log" else Realm.REAL,
    )


def both(sayings):
    """Return what he is told where all was kept, and where only what he may know of ever was."""
    logs = (log_for_him(world_of(sayings, without_hidden=without)) for without in (False, True))
    digests = digest_of(sayings)
    return [{**answers_of(log, SUBJECTS, digests), **work_of(log, CASES)} for log in logs]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_sayings())
def test_a_log_answers_as_if_what_he_may_not_know_of_had_never_been_kept(sayings):
    in_this_world, in_the_other = both(sayings)
    for question, told in in_the_other.items():
        assert in_this_world[question] == told, question
