"""Does a brief say only what the log carries, and never who did it unless a state said so, signed?"""

import io
import json
from dataclasses import replace

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.errors import BakenError, WrongUsage
from baken.evidence.keys import new_key
from baken.evidence.signed_note import WITNESS, BadSignature, cosigned, read_note
from baken.incident.lifecycle import Step
from baken.operations import weigh_hypotheses, work_incident
from baken.operations.brief_decision import case_file, may_say
from baken.operations.open_incident import open_from_report
from baken.operations.receive_report import receive_report
from baken.operations.record_determination import (
    determinations,
    record_determination,
    sign_determination,
)
from baken.records.determination import Determination
from baken.records.evidence import EntryKind, read_entry_id
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Reliability
from baken.records.marking import Marking, Realm
from baken.report.decision_brief import Claim, Section, claims_of
from baken.report.decision_page import page_data
from baken.report.words import Speech
from baken.wiring.pages import pdf_of_decision
from tests.memory_log import CountedLuck
from tests.operations.cases import NOON_TAI_NS, RULES, desk_of, opened

STATES = st.sampled_from(
    ["Russia", "Russische", "China", "Iranian", "Dutch", "USA", "Moskou", "Turks", "KOREA"]
)
KEY = new_key("ministry.example", CountedLuck())
OTHER_KEY = new_key("somebody.example", CountedLuck(drawn=99))


def said_everywhere(desk, text):
    """Put a text into every field of a case in which a person can write, as far as Baken lets him."""
    case = opened(desk, title=text, because=text)
    piece = desk.entry(
        EntryKind.STATEMENT, str(case.incident_id), case.realm, ("title", text), ("text", text)
    )
    (kept,) = desk.keep(piece)
    attempts = [
        lambda: weigh_hypotheses.add_hypothesis(desk, case.incident_id, "extra", text, benign=False),
        lambda: weigh_hypotheses.grade(
            desk, case.incident_id, kept.sequence, Reliability.B, Credibility.PROBABLY_TRUE, text
        ),
        lambda: weigh_hypotheses.rate(
            desk,
            case.incident_id,
            kept.sequence,
            {"deliberate": Fit.CONSISTENT, "equipment": Fit.INCONSISTENT},
        ),
        lambda: weigh_hypotheses.estimate(
            desk, case.incident_id, "deliberate", Likelihood.LIKELY, Confidence.LOW, text
        ),
        lambda: weigh_hypotheses.remark(desk, case.incident_id, EntryKind.GAP, text),
        lambda: weigh_hypotheses.remark(desk, case.incident_id, EntryKind.DISSENT, text),
        lambda: work_incident.note(desk, case.incident_id, text),
        lambda: work_incident.judge(desk, case.incident_id, "severity", "serious", text),
        lambda: work_incident.step_further(desk, case.incident_id, Step.CORROBORATE, text),
        lambda: work_incident.decide(desk, case.incident_id, text),
    ]
    for attempt in attempts:
        try:
            attempt()
        except BakenError:
            continue
    return case.incident_id


def brief_text(desk, incident_id, language):
    case = case_file(desk.log, incident_id, as_of_tai_ns=NOON_TAI_NS)
    return json.dumps(page_data(case, Speech(language), may_say), ensure_ascii=False)


def determined(incident_id, **changes):
    said = {
        "about": str(incident_id),
        "state": "Ruritania",
        "organ": "its council",
        "decided_on": "2026-11-25",
        "wording": "We hold the Russian service responsible.",
        "language": "en",
        "actor_named": "the Russian service",
        "marking": Marking(owner="Ruritania", releasable_to=frozenset({"NL"})),
    }
    return Determination(**(said | changes))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STATES, st.sampled_from(["{} did it", "it was the {} fleet", "({})", "says the {} press"]))
def test_no_brief_names_a_state_whatever_people_write(state, frame):
    desk = desk_of()
    incident_id = said_everywhere(desk, frame.format(state))
    for language in ("en", "nl"):
        assert state not in brief_text(desk, incident_id, language)


@pytest.mark.parametrize("motive", ["a hostile act", "vijandig", "in order to blind us", "opzettelijk"])
def test_no_brief_gives_a_motive_whatever_people_write(motive):
    desk = desk_of()
    assert motive not in brief_text(desk, said_everywhere(desk, f"It was {motive}."), "en")


def test_a_state_is_named_once_an_authority_signed_for_it_and_only_in_its_own_words():
    desk = desk_of()
    incident_id = said_everywhere(desk, "the Russian service")
    assert "Russian" not in brief_text(desk, incident_id, "en")
    record_determination(desk, sign_determination(determined(incident_id), KEY), [KEY.verifier])
    case = case_file(desk.log, incident_id, as_of_tai_ns=NOON_TAI_NS)
    naming = [claim for claim in claims_of(case, Speech("en"), may_say) if "Russian" in claim.text]
    assert [claim.section for claim in naming] == [Section.DETERMINED]
    assert "“We hold the Russian service responsible.”" in naming[0].text


def test_several_states_may_determine_otherwise_side_by_side():
    desk = desk_of()
    incident_id = opened(desk).incident_id
    for said in (determined(incident_id), determined(incident_id, state="Elsewhere", wording="An accident.")):
        record_determination(desk, sign_determination(said, KEY), [KEY.verifier])
    assert [each.determination.state for each in determinations(desk.log, incident_id)] == [
        "Ruritania",
        "Elsewhere",
    ]


def test_a_determination_that_its_authority_did_not_sign_is_refused_and_not_kept():
    desk = desk_of()
    incident_id = opened(desk).incident_id
    note = sign_determination(determined(incident_id), OTHER_KEY)
    before = desk.log.size(Realm.REAL)
    with pytest.raises(BadSignature):
        record_determination(desk, note, [KEY.verifier])
    altered = sign_determination(determined(incident_id), KEY).replace(b"Russian", b"Belgian")
    with pytest.raises(BadSignature):
        record_determination(desk, altered, [KEY.verifier])
    assert desk.log.size(Realm.REAL) == before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"about": "NL-IN26-0099"}, "no incident is called"),
        ({"about": "the incident"}, "incident id reads like"),
        ({"basis": ("EV-99",)}, "rests on EV-99"),
        ({"realm": Realm.EXERCISE}, "worlds never mix"),
    ],
)
def test_a_determination_of_what_is_not_here_is_refused(changes, why):
    desk = desk_of()
    note = sign_determination(determined(opened(desk).incident_id, **changes), KEY)
    with pytest.raises(BakenError, match=why):
        record_determination(desk, note, [KEY.verifier])


def test_a_sentence_that_no_entry_carries_cannot_be_made():
    with pytest.raises(ValueError, match="carried by at least one entry"):
        Claim(section=Section.ESTABLISHED, text="Something happened.", carried_by=())


def test_every_sentence_names_entries_of_this_very_case():
    desk = desk_of()
    other = opened(desk)
    incident_id = said_everywhere(desk, "A signal was lost")
    case = case_file(desk.log, incident_id, as_of_tai_ns=NOON_TAI_NS)
    own = {kept.sequence for kept in case.entries}
    claims = claims_of(case, Speech("en"), may_say)
    assert {claim.section for claim in claims} >= {Section.ESTABLISHED, Section.EXPLAINED, Section.DONE}
    assert all(set(claim.carried_by) <= own for claim in claims)
    assert other.incident_id != incident_id


@pytest.mark.parametrize(("language", "word"), [("en", "Brief for decision"), ("nl", "Beslisnotitie")])
def test_the_page_is_the_same_bytes_each_time_and_fits_on_one(language, word):
    desk = desk_of()
    incident_id = said_everywhere(desk, "A signal was lost")
    case = case_file(desk.log, incident_id, as_of_tai_ns=NOON_TAI_NS)
    page = pdf_of_decision(case, language, may_say)
    assert page == pdf_of_decision(case, language, may_say)
    read = pypdf.PdfReader(io.BytesIO(page))
    assert len(read.pages) == 1
    assert word in read.pages[0].extract_text()


def test_the_brief_of_an_exercise_says_so():
    desk = desk_of()
    incident_id = opened(desk, realm=Realm.EXERCISE).incident_id
    case = case_file(desk.log, incident_id, as_of_tai_ns=NOON_TAI_NS)
    assert page_data(case, Speech("nl"), may_say)["banner"] == "OEFENING OEFENING OEFENING"


@pytest.mark.parametrize("system", ["Russia did it, a hostile act by Moscow", "Russia"])
def test_a_reporter_cannot_name_a_state_by_calling_his_system_so(system):
    desk = desk_of()
    told = {
        **dict.fromkeys(("reporter", "organisation", "contact", "what"), "x"),
        **{"system": system, "kind": "other", "observed_from_utc": "2026-01-01T00:00:00Z"},
    }
    sequence = read_entry_id(receive_report(desk, told, node="NL").entry_id)
    case = open_from_report(desk, node="NL", realm=Realm.REAL, sequence=sequence, because="", rules=RULES)
    weigh_hypotheses.remark(desk, case.incident_id, EntryKind.GAP, "Why Russia did it")
    for language in ("en", "nl"):
        assert "Russia" not in brief_text(desk, case.incident_id, language)


def test_nobody_names_a_state_by_signing_his_words_so():
    desk = replace(desk_of(), actor="Russia did it")
    incident_id = said_everywhere(desk, "A signal was lost")
    assert "Russia" not in brief_text(desk, incident_id, "en")


def test_an_explanation_that_came_into_the_log_otherwise_names_no_state_in_a_brief():
    desk = desk_of()
    incident_id = said_everywhere(desk, "A signal was lost")
    said = (("hypothesis_id", "other"), ("text", "Russia did it"), ("benign", False))
    desk.say(incident_id, EntryKind.HYPOTHESIS, said)
    assert "Russia" not in brief_text(desk, incident_id, "en")


def test_the_name_of_an_explanation_names_no_state():
    desk = desk_of()
    incident_id = opened(desk).incident_id
    with pytest.raises(WrongUsage, match="names a state"):
        weigh_hypotheses.add_hypothesis(desk, incident_id, "russia-did-it", "Something", benign=False)


def test_a_witness_who_saw_a_determination_did_not_make_it():
    desk = desk_of()
    incident_id = opened(desk).incident_id
    witness = new_key("witness.example", CountedLuck(drawn=7), WITNESS)
    signed_by_another = read_note(sign_determination(determined(incident_id), OTHER_KEY))
    note = cosigned(signed_by_another, witness, posix_s=1).content
    with pytest.raises(BadSignature):
        record_determination(desk, note, [witness.verifier])


def test_a_determination_that_is_sent_twice_is_recorded_once():
    desk = desk_of()
    incident_id = opened(desk).incident_id
    note = sign_determination(determined(incident_id), KEY)
    record_determination(desk, note, [KEY.verifier])
    with pytest.raises(WrongUsage, match="recorded before, as EV-1"):
        record_determination(desk, note, [KEY.verifier])


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("COSMOS 1408", True),
        ("USA 248", True),
        ("FENGYUN 1C DEB", True),
        ("ISS (ZARYA)", True),
        ("Russia did it", False),
        ("RUSSIA DID IT", False),
        ("it was a hostile act", False),
    ],
)
def test_an_object_is_called_by_its_name_unless_the_name_says_who_did_it(name, is_told):
    desk = desk_of()
    case = opened(desk)
    fields = (
        ("title", "a fall"),
        ("event_kind", "RE"),
        ("norad_cat_id", 900_100),
        ("name", name),
        ("window_start_utc", "2026-11-25T00:00:00Z"),
        ("window_end_utc", "2026-11-26T00:00:00Z"),
        ("window_probability", 0.9),
    )
    desk.keep(desk.entry(EntryKind.FINDING, str(case.incident_id), case.realm, *fields))
    told = brief_text(desk, case.incident_id, "en")
    assert "900100" in told
    assert (name in told) == is_told


def test_while_an_explanation_was_not_weighed_no_brief_says_that_another_is_least_contradicted():
    desk = desk_of()
    incident_id = said_everywhere(desk, "Something happened")
    case = case_file(desk.log, incident_id, as_of_tai_ns=NOON_TAI_NS)
    told = [
        claim.text for claim in claims_of(case, Speech("en"), may_say) if claim.section is Section.EXPLAINED
    ]
    (unweighed,) = (text for text in told if text.startswith("Nobody weighed yet: "))
    assert "Space weather" in unweighed
    assert not any(text.startswith(("Least contradicted", "The evidence does not")) for text in told)
