"""Does a dossier tell of no field that is held back, and of no label wider than the one that stands?"""

from dataclasses import replace

from baken.operations.dossier_gate import fields_without
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.marking import Marking, Realm
from tests.operations.cases import desk_of

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
