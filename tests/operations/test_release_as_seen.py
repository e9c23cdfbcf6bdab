"""Do people who may not see everything release together what they may see, and learn of nothing else?"""

from dataclasses import dataclass, replace

import pytest

from baken.errors import NoSuchRecord
from baken.operations.reader_labels import Labels
from baken.operations.reader_log import ReaderLog
from baken.operations.recall_release import recall_release
from baken.operations.release_desk import release, releases
from baken.operations.standing_log import StandingLog
from baken.records.handling import Handling
from baken.records.marking import Marking, Realm
from baken.records.reader import Item
from baken.records.release import ReleaseStage
from tests.operations.releases import House, house
from tests.operations.test_send_release import sent
from tests.operations.two_worlds import hides_nothing, shows_everything

HIDDEN = Marking(owner="NL", handling=Handling(restrictive=frozenset({"for the few"})))


@dataclass(frozen=True)
class ForMost:
    """Whoever reads sees all but what is for the few."""

    def admits(self, item: Item) -> bool:
        return not item.marking.handling.restrictive


def as_most_see(here: House) -> House:
    """Return the same house as somebody sees it who is not one of the few."""
    log = ReaderLog(
        StandingLog(here.desk.log), Labels(policy=ForMost(), held_by="NL"), hides_nothing, shows_everything
    )
    return House(desk=replace(here.desk, log=log, actor="one of most"), sharing=here.sharing, keys=here.keys)


def named(here: House, title: str) -> str:
    """Return how an entry is called for whoever is here."""
    (found,) = [kept for kept in here.desk.log.entries(Realm.REAL) if kept.entry.text("title") == title]
    return found.entry_id


def test_what_one_proposes_who_sees_less_is_signed_sent_and_seen_by_all_alike():
    here = house()
    here.kept(("title", "For the few"), marking=HIDDEN)
    true_name = here.kept(("title", "A pass"), ("miss_distance_m", 1234.5))
    theirs = as_most_see(here)
    assert named(theirs, "A pass") != true_name
    proposed = theirs.proposed(named(theirs, "A pass"))
    assert release(here.desk.log, proposed.release_id).offer.what == true_name
    assert theirs.approved(proposed.release_id).stage is ReleaseStage.APPROVED
    assert [each.release_id for each in sent(here).sent] == [proposed.release_id]


def test_a_release_of_what_somebody_may_not_know_is_none_to_him_and_its_name_is_not_given_again():
    here = house()
    hidden = here.kept(("title", "For the few"), marking=HIDDEN)
    here.sharing = replace(
        here.sharing,
        partners={
            "DE": replace(here.sharing.partners["DE"], categories=frozenset({"for the few"})),
        },
    )
    secret = here.proposed(hidden)
    here.kept(("title", "A pass"))
    theirs = as_most_see(here)
    assert releases(theirs.desk.log, Realm.REAL) == ()
    with pytest.raises(NoSuchRecord):
        recall_release(theirs.desk, secret.release_id, "no")
    assert str(theirs.proposed(named(theirs, "A pass")).release_id) == "NL-RL26-0002"
    assert len(releases(here.desk.log, Realm.REAL)) == 2
