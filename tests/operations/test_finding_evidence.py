"""Does a finding survive as evidence, figure by figure and digest by digest?"""

import dataclasses

import pytest

from baken.errors import UnreadableInput
from baken.operations.finding_evidence import entry_of_finding, finding_in
from baken.records.event import Event, EventId, EventKind
from baken.records.evidence import Entry, EntryKind
from tests.store.nouns import finding

EVENT_ID = EventId(node="NL", kind=EventKind.CONJUNCTION, year=2026, number=7)
EVENT = Event(event_id=EVENT_ID, finding=finding("OBJ-7"))
ENTRY = entry_of_finding(EVENT, actor="baken", at_tai_ns=1)


def test_every_figure_is_a_field_under_its_own_name() -> None:
    assert EVENT.finding.measures
    for name, value in EVENT.finding.measures:
        assert ENTRY.value(name) == value
    assert (ENTRY.subject, ENTRY.marking, ENTRY.realm) == (
        "NL-CJ26-0007", EVENT.finding.marking, EVENT.finding.realm,
    )  # fmt: skip


def test_the_finding_comes_back_with_its_digest() -> None:
    assert finding_in(ENTRY) == EVENT.finding
    assert finding_in(ENTRY).digest == ENTRY.text("finding_digest") == EVENT.finding.digest


def test_a_changed_figure_is_noticed() -> None:
    name = EVENT.finding.measures[0][0]
    changed = tuple((field, 1e9 if field == name else value) for field, value in ENTRY.fields)
    with pytest.raises(UnreadableInput, match="not the one whose digest it names"):
        finding_in(dataclasses.replace(ENTRY, fields=changed))


def test_what_is_no_finding_tells_none() -> None:
    note = Entry(kind=EntryKind.NOTE, subject="NL-IN26-0001", actor="me", at_tai_ns=1)
    with pytest.raises(UnreadableInput, match="is a note, not a finding"):
        finding_in(note)
