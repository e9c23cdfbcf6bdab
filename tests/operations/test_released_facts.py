"""Is an audience told only what is released to it, nothing stale, and repetition as repetition?"""

from dataclasses import replace

import pytest

from baken.operations.released_facts import released_facts
from baken.records.evidence import EntryKind
from baken.records.handling import Handling
from baken.records.incident import IncidentId
from baken.records.marking import OWNER_ONLY, Marking
from baken.report.words import Speech
from tests.operations.cases import NOON_TAI_NS, desk_of, opened

FOR_THEM = Marking(owner="NL", releasable_to=frozenset({"THEM"}))
ONE_VOICE = "go back to one source"


def told(desk, case: IncidentId) -> list[str]:
    facts = released_facts(desk.log, case, {"THEM"}, as_of_tai_ns=NOON_TAI_NS, say=Speech("en"))
    return [fact.text for fact in facts]


def said(desk, case, title: str, derived_from: tuple[str, ...] = (), marking: Marking = FOR_THEM) -> str:
    fields = (("title", title), ("text", f"says {title}"), ("derived_from", derived_from))
    entry = desk.entry(EntryKind.DOCUMENT, str(case.incident_id), case.realm, *fields, marking=marking)
    (kept,) = desk.keep(entry)
    return kept.entry_id


def look(desk, case, start: str, marking: Marking) -> None:
    fields = (
        ("event_id", "NL-RE26-0001"),
        ("event_kind", "RE"),
        ("window_start_utc", start),
        ("window_end_utc", "2026-09-19T00:00:00Z"),
        ("window_probability", 0.95),
        ("name", "STAGE 1"),
    )
    desk.keep(desk.entry(EntryKind.FINDING, str(case.incident_id), case.realm, *fields, marking=marking))


def test_pieces_that_repeat_one_source_are_told_as_one_voice():
    desk = desk_of()
    case = opened(desk)
    wire = said(desk, case, "a wire service")
    said(desk, case, "a newspaper", (wire,))
    assert told(desk, case.incident_id)[-1] == (
        "2 of these pieces go back to one source, and count as one voice: “a wire service”, “a newspaper”."
    )


def test_of_a_repetition_that_is_not_released_nothing_is_told():
    desk = desk_of()
    case = opened(desk)
    wire = said(desk, case, "a wire service")
    said(desk, case, "a newspaper", (wire,), marking=OWNER_ONLY)
    (only,) = told(desk, case.incident_id)
    assert "a wire service" in only
    assert ONE_VOICE not in only


@pytest.mark.parametrize(
    "marking",
    [
        replace(FOR_THEM, of_fields=(("title", OWNER_ONLY),)),
        replace(FOR_THEM, handling=Handling(classifications=frozenset({"NL/STG. GEHEIM"}))),
        replace(FOR_THEM, handling=Handling(needs=frozenset({"optics"}))),
    ],
)
def test_what_asks_for_more_than_being_named_is_told_in_no_letter(marking):
    desk = desk_of()
    case = opened(desk)
    said(desk, case, "a sharp picture", marking=marking)
    assert not any("sharp" in each for each in told(desk, case.incident_id))


def test_an_older_look_is_not_told_when_the_newest_is_withheld():
    desk = desk_of()
    case = opened(desk)
    look(desk, case, "2026-09-17T00:00:00Z", FOR_THEM)
    (first,) = told(desk, case.incident_id)
    assert "17 September 2026" in first
    look(desk, case, "2026-09-18T00:00:00Z", OWNER_ONLY)
    assert told(desk, case.incident_id) == []
