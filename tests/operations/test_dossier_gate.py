"""Does a dossier tell of no field that is held back, and of no label wider than the one that stands?"""

from dataclasses import replace

import pytest

from baken.operations.dossier_gate import gate_of_labels
from baken.operations.release_question import Act
from baken.operations.released_piece import fields_without, whole_piece
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.handling import Handling, Onward, Tlp
from baken.records.marking import Marking, Realm
from tests.operations.cases import NOON_TAI_NS, desk_of
from tests.operations.releases import FOR_WARNING, house

FOR_BOTH = Marking(owner="NL", releasable_to=frozenset({"DE", "FR"}))
FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))
OF_NL = Marking(owner="NL")


def kept_under(marking: Marking) -> KeptEntry:
    desk = desk_of()
    fields = (("text", "it blinked"), ("sensor", "a mast"), ("pilot", "a name"))
    return desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, *fields, marking=marking))[0]


def test_whoever_may_not_see_a_field_is_not_told_that_it_has_a_label() -> None:
    kept = kept_under(replace(FOR_BOTH, of_fields=(("pilot", OF_NL), ("sensor", FOR_DE))))
    everything = {name for name, _ in kept.entry.disclosable}
    assert fields_without(kept, set()) == everything
    assert everything - fields_without(kept, {"pilot"}) == {"pilot", "sensor", "marking_of_fields"}


def test_a_label_that_was_raised_is_not_told_as_it_was() -> None:
    kept = kept_under(FOR_BOTH)
    told = fields_without(replace(kept, relabelled=FOR_DE), set())
    assert {"text", "sensor"} <= told
    assert not any("marking" in name for name in told)
    # One that was lowered tells of nobody who may not know.
    assert "marking_releasable_to" in fields_without(replace(kept_under(OF_NL), relabelled=FOR_DE), set())


def test_a_release_of_a_case_tells_no_label_of_a_field_that_stays_here() -> None:
    kept = kept_under(replace(FOR_BOTH, of_fields=(("pilot", OF_NL), ("sensor", FOR_DE))))
    everything, _ = whole_piece(kept, {}, {"log"})
    piece, views = whole_piece(kept, {"pilot": "its label"}, {"log"})
    assert set(everything.names) - set(piece.names) == {"pilot", "sensor", "marking_of_fields"}
    rules = {view.name: view.rule for view in views if view.after is None}
    assert "a label" in rules["marking_of_fields"]
    assert rules["pilot"] == "its label"


@pytest.mark.parametrize(
    ("expires_s", "recalled", "goes"), [(1, False, True), (0, False, False), (1, True, False)]
)
def test_a_dossier_shows_nobody_what_its_originator_took_back_or_gave_for_a_time_that_is_over(
    expires_s: int, recalled: bool, goes: bool
) -> None:
    nl = house()
    of_fr = [("partner", "FR"), ("item_id", "a" * 32)]
    told = [("what", "item"), ("text", "x"), ("expires_tai_ns", str(NOON_TAI_NS + expires_s * 10**9))]
    label = Marking(
        owner="FR",
        releasable_to=frozenset({"NL", "DE"}),
        handling=Handling(tlp=Tlp.GREEN, onward=Onward.AUDIENCE),
    )
    nl.kept(*of_fr, *told, kind=EntryKind.STATEMENT, subject="partner:FR", marking=label)
    if recalled:
        nl.kept(*of_fr, ("what", "recall"), kind=EntryKind.PARTNER, subject="partner:FR")
    act = Act(releaser="a", because="b", terms=FOR_WARNING, reduced=False, at_tai_ns=NOON_TAI_NS)
    (kept,) = nl.desk.log.entries(Realm.REAL, kinds={EntryKind.STATEMENT})
    assert bool(gate_of_labels(nl.desk.log, nl.sharing, act)(kept, "DE").names) is goes
