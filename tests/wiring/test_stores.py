"""Is a store lent to somebody, and as he is at that moment?"""

from dataclasses import replace

import pytest

from baken.errors import NoSuchRecord
from baken.records.marking import Realm
from baken.records.reader import Keeper, Reader
from baken.wiring import stores
from baken.wiring.stores import open_evidence, open_for_many, open_store
from tests.makers import EPOCH_TAI_NS, element_set
from tests.operations.two_worlds import FOR_HIM, NOT_FOR_HIM

HE = Reader(name="he", acts_for="DE", audiences=frozenset({"DE"}), realms=frozenset({Realm.REAL}))
KEEPER = Keeper(name="keeper")


@pytest.fixture
def home(tmp_path):
    with open_store(tmp_path, KEEPER) as store:
        for norad, marking in ((900_001, FOR_HIM), (900_002, NOT_FOR_HIM)):
            store.add_element_sets([element_set(norad, marking=marking)], source="a", at_tai_ns=EPOCH_TAI_NS)
    return tmp_path


def test_each_is_lent_what_the_policies_of_the_home_let_him_see(home):
    with open_evidence(home, KEEPER) as (all_of_it, _), open_evidence(home, HE) as (his, _):
        assert len(all_of_it.identities(Realm.REAL)) == 2
        assert [one.norad_cat_id for one in his.identities(Realm.REAL)] == [900_001]


def test_a_policy_of_the_home_that_cannot_be_read_shows_nothing(home):
    (home / "policies").mkdir()
    (home / "policies" / "NL.cedar").write_text("permit everybody")
    with open_store(home, HE) as his, pytest.raises(NoSuchRecord):
        his.object_known_as("norad", "900001", realm=Realm.REAL)


def test_what_is_taken_from_somebody_counts_at_once(home):
    with open_for_many(home) as seen_by:
        assert seen_by(HE) is seen_by(HE)
        store, _ = seen_by(replace(HE, realms=frozenset()))
        assert store.identities(Realm.REAL) == ()


def test_after_a_minute_it_is_asked_anew_what_he_may_see(home, monkeypatch):
    monkeypatch.setattr(stores, "GOOD_FOR_S", -1.0)
    with open_for_many(home) as seen_by:
        assert seen_by(HE) is not seen_by(HE)
