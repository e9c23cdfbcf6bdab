"""Is a determination kept as it was signed, and refused when it is anything else?"""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import BadMessage
from baken.evidence.sealing import seal
from baken.incident.determination import determination_of, determinations_of, entry_of, payload_of
from baken.records.determination import Determination
from baken.records.evidence import Content, KeptEntry
from baken.records.marking import Marking, Realm

DECIDED = Determination(
    about="NL-IN22-0001",
    state="Ruritania",
    organ="Ministry of Foreign Affairs",
    decided_on="2022-05-10",
    wording="Ruritania holds the neighbouring kingdom responsible.",
    language="en",
    basis=("EV-3", "EV-17"),
    is_public=True,
    actor_named="the neighbouring kingdom",
    realm=Realm.EXERCISE,
    marking=Marking(owner="NL", releasable_to=frozenset({"NL", "DE"})),
)
ENVELOPE = Content(digest="sha256:" + "0" * 64, media_type="application/json", name="d.json", size_bytes=1)
WORDS = st.text(min_size=1).filter(str.strip)


@given(WORDS, WORDS, WORDS, st.booleans(), st.sampled_from(Realm))
def test_what_was_signed_is_what_is_read(state, organ, wording, is_public, realm):
    said = replace(DECIDED, state=state, organ=organ, wording=wording, is_public=is_public, realm=realm)
    assert determination_of(payload_of(said)) == said


@pytest.mark.parametrize("field", json.loads(payload_of(DECIDED)))
def test_a_determination_without_any_one_of_its_fields_is_refused_by_name(field):
    told = json.loads(payload_of(DECIDED))
    del told[field]
    with pytest.raises(BadMessage, match=field):
        determination_of(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("decided_on", "10 May 2022"),
        ("basis", ["telemetry"]),
        ("basis", "EV-3"),
        ("is_public", "yes"),
        ("realm", "EARTH"),
        ("organ", " "),
        ("marking", {"owner": 5, "releasable_to": []}),
    ],
)
def test_a_field_that_cannot_be_is_refused_by_name(field, value):
    told = json.loads(payload_of(DECIDED)) | {field: value}
    with pytest.raises(BadMessage, match=field):
        determination_of(json.dumps(told).encode())


def test_bytes_that_say_more_than_a_determination_are_refused():
    told = json.loads(payload_of(DECIDED)) | {"intent": "hostile"}
    with pytest.raises(BadMessage, match="more than"):
        determination_of(json.dumps(told, sort_keys=True, separators=(",", ":")).encode())


def test_two_states_that_decide_differently_stand_side_by_side():
    other = replace(DECIDED, state="Elsewhere", wording="An accident.", actor_named="")
    entries = [
        entry_of(each, signed_by=each.state, envelope=ENVELOPE, actor="clerk", at_tai_ns=0)
        for each in (DECIDED, other)
    ]
    kept = [
        KeptEntry(sequence=place, sealed=seal(entry, bytes(32)), kept_at_tai_ns=0)
        for place, entry in enumerate(entries)
    ]
    assert [each.determination for each in determinations_of(kept)] == [DECIDED, other]
