"""Does a label change only by an entry that says so, by the rule, and with the first entry as it was?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, Overtaken
from baken.operations.relabel import LABELS, relabel
from baken.operations.standing_log import StandingLog
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.handling import Handling
from baken.records.marking import OWNER_ONLY, Marking, Realm, strictest
from baken.records.marking_forms import marking_fields
from baken.share.label import allows_no_more
from tests.labels import PLAIN, SOME
from tests.memory_log import MemoryLog
from tests.operations.cases import desk_of
from tests.operations.two_worlds import log_for_him

OF_NL = Marking(owner="NL")
FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))
OF_BOTH = Marking(owner="NL", handling=Handling(originators=frozenset({"FR"})))


def label_that_stands(log: EvidenceLog, kept: KeptEntry) -> Marking:
    return StandingLog(log).entry(kept.entry.realm, kept.sequence).marking


def said(desk: Desk, marking: Marking) -> KeptEntry:
    fields = (("text", "it blinked"), ("sensor", "a mast"))
    return desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, *fields, marking=marking))[0]


def test_an_owner_lowers_a_label_and_the_entry_stays_as_it_was() -> None:
    desk = desk_of()
    kept, beside = said(desk, OF_NL), said(desk, OF_NL)
    done = relabel(desk, kept, FOR_DE, node="NL", because="they asked")
    assert (done.before, done.after) == (OF_NL, FOR_DE)
    assert label_that_stands(desk.log, kept) == FOR_DE
    assert label_that_stands(desk.log, beside) == OF_NL
    assert desk.log.entry(Realm.REAL, kept.sequence) == kept
    told = done.told.entry
    assert (told.kind, told.subject, told.actor) == (EntryKind.POLICY, LABELS, "officer")
    assert (told.text("entry_id"), told.text("by"), told.text("because")) == (
        kept.entry_id,
        "NL",
        "they asked",
    )
    # Whoever may not see both labels is not told that one became the other.
    assert allows_no_more(told.marking, OF_NL)


def test_every_read_of_the_log_knows_the_label_that_stands() -> None:
    desk = desk_of()
    kept = said(desk, OF_NL)
    log = StandingLog(desk.log)
    assert log.entry(Realm.REAL, 0) == kept
    relabel(desk, kept, FOR_DE, node="NL", because="they asked")
    one, told = log.entries(Realm.REAL)
    assert (one.marking, one.entry.marking, one.sealed) == (FOR_DE, OF_NL, kept.sealed)
    assert log.entry(Realm.REAL, 0).marking == FOR_DE
    assert told.marking == told.entry.marking


def test_without_consent_nothing_changes_and_nothing_is_kept() -> None:
    desk = desk_of()
    kept = said(desk, OF_BOTH)
    to = replace(OF_BOTH, releasable_to=frozenset({"DE"}))
    with pytest.raises(RefusedByPolicy, match="FR has not consented"):
        relabel(desk, kept, to, node="NL", because="they asked")
    assert (desk.log.size(Realm.REAL), label_that_stands(desk.log, kept)) == (1, OF_BOTH)
    relabel(desk, kept, to, node="NL", because="they asked", consents=frozenset({"FR"}))
    assert label_that_stands(desk.log, kept) == to


def test_a_node_lowers_what_has_no_owner_but_itself_and_raises_what_is_another_s() -> None:
    desk = desk_of()
    its_own = said(desk, OWNER_ONLY)
    relabel(desk, its_own, Marking(releasable_to=frozenset({"DE"})), node="NL", because="they asked")
    theirs = said(desk, Marking(owner="DE", releasable_to=frozenset({"NL", "FR"})))
    narrower = Marking(owner="DE", releasable_to=frozenset({"NL"}))
    relabel(desk, theirs, narrower, node="NL", because="too wide for us")
    assert label_that_stands(desk.log, theirs) == narrower
    with pytest.raises(RefusedByPolicy, match="DE has not consented"):
        relabel(desk, theirs, theirs.entry.marking, node="NL", because="after all")


@pytest.mark.parametrize(
    ("to", "told", "problem"),
    [
        (FOR_DE, {"because": " "}, "changes for a reason"),
        (FOR_DE, {"consents": frozenset({"PL"})}, "PL has no say in EV-0; who has: NL"),
        (OF_NL, {}, "has this label already"),
        (
            replace(FOR_DE, of_fields=(("senser", OF_NL),)),
            {},
            "no field 'senser' to label; there are",
        ),
        (replace(FOR_DE, of_fields=(("marking_owner", OF_NL),)), {}, "no field 'marking_owner' to label"),
    ],
)
def test_what_makes_no_sense_is_refused(to: Marking, told: dict, problem: str) -> None:
    desk = desk_of()
    kept = said(desk, OF_NL)
    with pytest.raises(WrongUsage, match=problem):
        relabel(desk, kept, to, **{"node": "NL", "because": "they asked", **told})


def test_two_who_change_labels_at_once_do_not_undo_each_other() -> None:
    class Late(MemoryLog):
        """A log to which somebody else adds once while one thinks."""

        def append(self, sealed, *, at_tai_ns, seen=None):
            if seen is not None and self.size(Realm.REAL) == 1:
                MemoryLog.append(self, [replace(sealed[0])], at_tai_ns=at_tai_ns)
            return super().append(sealed, at_tai_ns=at_tai_ns, seen=seen)

    desk = desk_of(log=Late())
    kept = said(desk, OF_NL)
    with pytest.raises(Overtaken):
        relabel(desk, kept, FOR_DE, node="NL", because="second")


def forged(desk: Desk, *fields) -> None:
    desk.keep(desk.entry(EntryKind.POLICY, LABELS, Realm.REAL, *fields))


def test_what_the_rule_does_not_allow_changes_nothing_whoever_wrote_it() -> None:
    desk = desk_of()
    kept = said(desk, OF_BOTH)
    wide = replace(OF_BOTH, releasable_to=frozenset({"DE"}))
    for consents in ((), "FR", ("DE",)):
        forged(
            desk, ("entry_id", "EV-0"), ("by", "NL"), ("consents", consents), *marking_fields(wide, "after_")
        )
    forged(desk, ("entry_id", "the first"), *marking_fields(OWNER_ONLY, "after_"))
    assert label_that_stands(desk.log, kept) == OF_BOTH


def test_a_label_nobody_can_read_lets_nobody_in() -> None:
    desk = desk_of()
    kept = said(desk, FOR_DE)
    forged(desk, ("entry_id", "EV-0"), ("by", "NL"), ("after_marking_owner", "NL"))
    assert label_that_stands(desk.log, kept) == strictest(frozenset({FOR_DE, OWNER_ONLY}))
    assert label_that_stands(desk.log, kept).is_most_restrictive


@settings(max_examples=50)
@given(PLAIN, st.lists(st.tuples(PLAIN, SOME), max_size=3))
def test_no_label_that_stands_is_wider_than_its_originators_agreed(first: Marking, changes) -> None:
    desk = desk_of()
    kept = said(desk, first)
    before = first
    for to, consents in changes:
        try:
            relabel(desk, kept, to, node="PL", because="a reason", consents=consents)
        except (RefusedByPolicy, WrongUsage):
            assert label_that_stands(desk.log, kept) == before
            continue
        assert label_that_stands(desk.log, kept) == to
        assert allows_no_more(to, before) or before.originators <= consents
        before = to


def test_whoever_may_not_see_a_field_takes_no_label_off_it() -> None:
    desk = desk_of()
    kept = said(desk, replace(FOR_DE, of_fields=(("sensor", OF_NL),)))
    seen = log_for_him(desk.log)
    his, shown = replace(desk, log=seen), seen.entry(Realm.REAL, kept.sequence)
    assert shown.marking == FOR_DE
    relabel(
        his, shown, replace(FOR_DE, releasable_to=frozenset({"DE", "PL"})), node="NL", because="they asked"
    )
    (again,) = log_for_him(desk.log).entries(Realm.REAL)
    assert (again.entry.text("sensor"), again.marking.releasable_to) == ("", {"DE", "PL"})
    assert label_that_stands(desk.log, kept).of_fields == (("sensor", OF_NL),)
