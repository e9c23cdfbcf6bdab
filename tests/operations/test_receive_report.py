"""Is a report from outside kept as said, believed by nobody, and open only to whoever has its code?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.time import utc_text
from baken.errors import BadMessage, NoSuchRecord, WrongUsage
from baken.incident.outside_report import KNOWN, TECHNIQUE, report_of
from baken.operations import join_incident
from baken.operations.case_entries import entries_of_case
from baken.operations.open_incident import open_from_report
from baken.operations.receive_report import (
    MAX_ATTACHMENTS,
    Attachment,
    add_to_report,
    receive_report,
    state_of_report,
)
from baken.records.evidence import EntryKind
from baken.records.incident import IncidentKind, Stage
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm
from tests.operations.cases import NOON_TAI_NS, RULES, desk_of

REPORT = {
    "reporter": "A. Operator",
    "organisation": "Made Satellites",
    "contact": "+31 6 0000 0000",
    "kind": "radio-interference",
    "system": "MADE-1, transponder 4",
    "what": "A carrier 12 dB above ours,\nfor twenty minutes.",
    "observed_from_utc": "2026-08-13T09:00:00Z",
    "observed_to_utc": "2026-08-13T09:20:00Z",
    "segment": "link",
    "effect": "disrupt",
    "frequency_hz": 14.25e9,
    "techniques": ["IA-0008", "EX-0016.01"],
    "releasable_to": ["NL", "DE"],
    "tlp": "AMBER",
}
PICTURE = Attachment(name="spectrum.png", media_type="image/png", content=b"\x89PNG")


def received(desk, attachments=(), **changes):
    return receive_report(desk, {**REPORT, **changes}, node="NL", attachments=attachments)


def test_a_report_is_kept_as_said_under_its_own_label_and_belongs_to_no_case():
    desk = desk_of("outside")
    receipt = received(desk)
    entry = desk.log.entry(Realm.REAL, 0).entry
    assert (receipt.entry_id, entry.kind, entry.subject) == ("EV-0", EntryKind.REPORT, "reports")
    assert entry.marking.text == "NL: DE, NL; TLP:AMBER"
    for name in ("reporter", "contact", "what", "effect", "segment", "frequency_hz", "tlp"):
        assert entry.value(name) == REPORT[name]
    assert entry.value("techniques") == ("IA-0008", "EX-0016.01")
    assert utc_text(int(entry.text("observed_from_tai_ns")), 0) == REPORT["observed_from_utc"]


def test_the_code_itself_is_nowhere_in_the_log():
    desk = desk_of()
    receipt = received(desk, [PICTURE])
    assert len(receipt.code) == 32
    assert all(receipt.code not in str(kept.entry) for kept in desk.log.entries(Realm.REAL))
    digest = digest_of_bytes(receipt.code.encode())
    holding = [
        (kept.entry_id, name)
        for kept in desk.log.entries(Realm.REAL)
        for name, value in kept.entry.fields
        if value == digest
    ]
    # This field is never shown to anybody; no other may say the same.
    assert holding == [("EV-0", "code_digest")]


def test_the_reporter_may_ask_and_add_and_nobody_else():
    desk = desk_of()
    receipt = received(desk)
    assert not state_of_report(desk.log, receipt.entry_id, receipt.code).joined
    added = add_to_report(desk, receipt.entry_id, receipt.code, "It came back at 10:00.")
    assert state_of_report(desk.log, "ev-0", f" {receipt.code}\n").n_additions == 1
    assert desk.log.entry(Realm.REAL, 1).entry.marking == desk.log.entry(Realm.REAL, 0).entry.marking
    strangers = [(receipt.entry_id, "0" * 32), ("EV-99", receipt.code), (added, receipt.code), ("x", "")]
    for entry_id, code in strangers:
        with pytest.raises(NoSuchRecord, match="no report has this name and this code"):
            state_of_report(desk.log, entry_id, code)
        with pytest.raises(NoSuchRecord, match="no report has this name and this code"):
            add_to_report(desk, entry_id, code, "let me in")


def test_an_addition_says_something():
    desk = desk_of()
    receipt = received(desk)
    with pytest.raises(BadMessage, match="text: says nothing"):
        add_to_report(desk, receipt.entry_id, receipt.code, " ")


def test_an_officer_opens_a_suspected_case_from_it_with_all_that_came_along():
    desk = desk_of("officer")
    receipt = received(desk, [PICTURE])
    received(desk, [PICTURE])
    case = open_from_report(desk, node="NL", realm=Realm.REAL, sequence=0, because="", rules=RULES)
    assert (case.stage, case.kind) == (Stage.SUSPECTED, IncidentKind.RADIO_INTERFERENCE)
    assert case.title == "Radio interference: MADE-1, transponder 4"
    evidence = [kept for kept in entries_of_case(desk.log, case.incident_id) if kept.sequence < 4]
    assert [(kept.entry_id, kept.entry.kind.value) for kept in evidence] == [
        ("EV-0", "report"),
        ("EV-1", "document"),
    ]
    assert desk.log.content(evidence[1].entry.content.digest) == PICTURE.content
    assert state_of_report(desk.log, receipt.entry_id, receipt.code).joined


def test_a_report_opens_one_case_and_is_free_again_when_it_left():
    desk = desk_of("officer")
    receipt = received(desk)
    added = add_to_report(desk, receipt.entry_id, receipt.code, "more")

    def opens(sequence):
        return open_from_report(desk, node="NL", realm=Realm.REAL, sequence=sequence, because="", rules=RULES)

    case = opens(0)
    with pytest.raises(WrongUsage, match="EV-0 belongs to an incident already"):
        opens(0)
    with pytest.raises(WrongUsage, match=f"{added} adds to EV-0"):
        opens(1)
    with pytest.raises(WrongUsage, match="EV-2 is opened, and no report"):
        opens(2)
    join_incident.leave(desk, case.incident_id, "EV-0", "another case")
    assert not state_of_report(desk.log, receipt.entry_id, receipt.code).joined
    assert opens(0).incident_id != case.incident_id


BAD = [
    ({"reporter": ""}, "reporter: is missing"),
    ({"what": 5}, "what: is missing, or no text"),
    ({"what": "x" * 10_001}, "what: has more than 10,000 characters; attach"),
    ({"system": "MADE\x1b[2J"}, r"system: character 5 is '\\x1b'; write plain text"),
    ({"what": "safe \u202egnp.exe"}, r"what: character 6 is '\\u202e'"),
    ({"kind": "war"}, "kind: is 'war'; choose one of collision-risk"),
    ({"observed_from_utc": None}, "observed_from_utc: is missing; say since when"),
    ({"observed_from_utc": "yesterday"}, "observed_from_utc: .*write UTC"),
    ({"observed_from_utc": "2099-01-01T00:00:00Z", "observed_to_utc": None}, "lies in the future"),
    ({"observed_to_utc": "2026-08-13T08:00:00Z"}, "observed_to_utc: lies before"),
    ({"frequency_hz": 14_250}, "frequency_hz: is 14250; write hertz"),
    ({"frequency_hz": float("nan")}, "frequency_hz: is nan"),
    ({"techniques": ["T1078"]}, "techniques: 'T1078' is no SPARTA technique; write like EX-0014.03"),
    ({"techniques": "IA-0001"}, "techniques: is no list of words"),
    ({"releasable_to": ["NL: DE"]}, "releasable_to: a name in a label has none of"),
    ({"tlp": "RED"}, "tlp: is RED, yet releasable_to names others"),
    ({"tlp": "PURPLE"}, "tlp: is 'PURPLE'; choose one of RED"),
    ({"norad_cat_id": True}, "norad_cat_id: is True"),
    ({"motive": "greed"}, "'motive': there is no such field"),
]


@pytest.mark.parametrize(("changes", "why"), BAD)
def test_a_report_that_cannot_be_is_refused_by_its_field_and_nothing_is_kept(changes, why):
    desk = desk_of()
    with pytest.raises(BadMessage, match=why):
        received(desk, [PICTURE], **changes)
    assert (desk.log.size(Realm.REAL), desk.log.contents) == (0, {})


@pytest.mark.parametrize(
    ("attachments", "why"),
    [
        ([PICTURE] * (MAX_ATTACHMENTS + 1), "attachments: are 11; send 10 at most"),
        ([Attachment(name="a", media_type="text/plain", content=b"")], "a has 0 bytes"),
        ([Attachment(name="a\x07", media_type="text/plain", content=b"a")], "attachments: character 2"),
    ],
)
def test_what_comes_along_has_its_limits(attachments, why):
    desk = desk_of()
    with pytest.raises(BadMessage, match=why):
        received(desk, attachments)
    assert (desk.log.size(Realm.REAL), desk.log.contents) == (0, {})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(KNOWN)) | st.text(), ANYTHING))
def test_whatever_a_stranger_sends_is_a_report_or_a_bad_message(told):
    try:
        report_of({**REPORT, **told}, now_tai_ns=NOON_TAI_NS)
    except BadMessage as refused:
        assert refused.field  # noqa: PT017


@pytest.mark.parametrize("tactic", ["REC", "RD", "IA", "EX", "PER", "DE", "LM", "EXF", "IMP"])
def test_techniques_of_all_nine_tactics_have_the_form_that_sparta_gives_them(tactic):
    assert TECHNIQUE.fullmatch(f"{tactic}-0001")
    assert TECHNIQUE.fullmatch(f"{tactic}-0014.01")
    assert not TECHNIQUE.fullmatch(f"{tactic}-14")
    assert not TECHNIQUE.fullmatch(f"{tactic.lower()}-0001")
