"""Can it be said of anything, at any time, who saw what of it?"""

import pytest

from baken.errors import NoSuchRecord
from baken.operations.keep_evidence import keep_access
from baken.operations.who_saw_what import who_saw
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.records.precision import FULL
from baken.records.sighting import How
from tests.operations.cases import opened
from tests.operations.releases import House, house
from tests.operations.test_send_release import let_go, sent


def looked(here: House, thing: str, about: str, who: str, later_s: float = 0.0) -> None:
    """Keep that somebody looked."""
    desk = here.as_(who, later_s)
    told = {"thing": thing, "about": about, "actor": who, "at_tai_ns": desk.at_tai_ns, "luck": desk.luck}
    keep_access(desk.log, Realm.REAL, **told)


def seen(here: House, what: str, **when):
    """Return who saw something, how, and which fields."""
    return [(one.who, one.how, one.fields) for one in who_saw(here.desk.log, what, Realm.REAL, **when)]


def test_what_went_was_seen_by_whom_it_went_to_field_by_field_and_by_nobody_before():
    here = house()
    entry = here.kept(("title", "A pass"), ("miss_distance_m", 1234.5), ("sensor", "a radar"))
    name = let_go(here, entry)
    assert seen(here, entry) == []
    sent(here, later_s=60.0)
    went = ("DE", How.RELEASE, ("miss_distance_m", "reduced", "title"))
    assert seen(here, entry) == seen(here, str(name)) == [went]
    assert seen(here, entry, until_tai_ns=here.desk.at_tai_ns) == []
    (one,) = who_saw(here.desk.log, entry, Realm.REAL)
    assert one.policy_digest == here.sharing.policies.digest
    assert one.precision.startswith("epoch=1min")


def test_a_dossier_tells_of_each_entry_who_was_shown_which_fields_of_it():
    here = house()
    case = str(opened(here.desk).incident_id)
    shown = here.kept(("text", "they are silent"), subject=case)
    let_go(here, case, precision=FULL)
    later = here.kept(("text", "said later"), subject=case)
    sent(here)
    hows = {how for _, how, fields in seen(here, shown) if "text" in fields}
    assert hows == {How.RELEASE, How.DOSSIER}
    assert seen(here, later) == []
    assert {who for who, _, _ in seen(here, case)} == {"DE"}


def test_a_letter_that_arrived_was_seen_and_one_that_did_not_was_not():
    here = house()
    entry = here.kept(("title", "A pass"))
    for key, acts in (("arrived", ("draft", "try", "arrive")), ("refused", ("draft", "try", "refuse"))):
        for act in acts:
            here.kept(
                ("act", act), ("key", key), ("role", "minister"), ("carried_by", (entry,)),
                kind=EntryKind.NOTICE, subject="NL-IN26-0001/response",
            )  # fmt: skip
    (one,) = who_saw(here.desk.log, entry, Realm.REAL)
    assert (one.who, one.how, one.told) == ("minister", How.LETTER, "arrived")


def test_looks_at_it_or_at_its_case_count_and_looks_at_something_else_do_not():
    here = house()
    case = str(opened(here.desk).incident_id)
    looked(here, f"{case} as of EV-2", case, "early", 1.0)
    entry = here.kept(("text", "they are silent"), subject=case)
    other = here.kept(("text", "another"), subject=case)
    looked(here, entry, case, "reader", 2.0)
    looked(here, other, case, "of another", 3.0)
    looked(here, f"the content of {entry}", case, "listener", 4.0)
    looked(here, f"{case} as of {other}", case, "of the case", 5.0)
    assert [who for who, _, _ in seen(here, entry)] == ["reader", "listener", "of the case"]


def test_what_is_not_here_was_seen_by_nobody_and_is_refused():
    with pytest.raises(NoSuchRecord):
        who_saw(house().desk.log, "NL-IN26-0099", Realm.REAL)
