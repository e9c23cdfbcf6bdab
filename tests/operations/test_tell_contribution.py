"""Does the contribution ledger follow from a log in which things were really released and answered?"""

import pytest

from baken.evidence.keys import new_key
from baken.operations.explain_release import explain_release
from baken.operations.partner_entries import What
from baken.operations.propose_release import propose_release
from baken.operations.receive_bundle import answer_fields
from baken.operations.release_desk import say_of_release
from baken.operations.send_bundle import Load, send_bundle
from baken.operations.tell_contribution import tell_contributions
from baken.records.bundle import AnswerKind, ItemAnswer
from baken.records.evidence import EntryKind
from baken.records.marking import Marking, Realm
from baken.records.partner import source_of_partner
from baken.records.release import ReleaseStage
from baken.share.exchange import ReleaseStep
from tests.operations.cases import NOON_TAI_NS
from tests.operations.releases import FOR_WARNING, house

COARSE = "epoch=1min position=1km digits=2 keep=title"


def told(here):
    return tell_contributions(here.desk.log, Realm.REAL, at_tai_ns=NOON_TAI_NS)


@pytest.fixture
def here():
    return house()


def approved(here):
    entry = here.kept(("title", "A pass"), ("miss_distance_m", 1234.5), ("sensor", "radar"))
    wish = here.wish(entry)
    return here.approved(propose_release(here.desk, here.sharing, wish).release_id), wish


def test_what_was_approved_is_given_once_it_went_in_a_bundle(here):
    standing, wish = approved(here)
    assert told(here) == ()
    view = explain_release(here.desk.log, here.sharing, wish, releaser="first", at_tai_ns=NOON_TAI_NS)
    say_of_release(here.desk, standing, ReleaseStep.SEND, "it is due")
    assert told(here) == ()
    load = Load(
        realm=Realm.REAL,
        policy_digest="sha256:" + "0" * 64,
        valid_until_tai_ns=NOON_TAI_NS + 10**15,
        items=(view.item,),
    )
    send_bundle(here.desk, new_key("baken/NL/real", here.desk.luck), "NL", "DE", load)
    (with_de,) = told(here)
    (given,) = with_de.given
    assert (with_de.partner, given.release_id, given.stage) == ("DE", standing.release_id, ReleaseStage.SENT)
    assert (given.title, given.precision, given.terms) == ("A pass", COARSE, FOR_WARNING)
    answer = ItemAnswer(
        answer_id="b" * 32,
        item_id=given.item_id,
        kind=AnswerKind.DISSENT,
        text="ours is 3 km elsewhere",
        at_tai_ns=NOON_TAI_NS,
        marking=Marking(owner="DE", releasable_to=frozenset({"NL"})),
    )
    kept = here.desk.entry(
        EntryKind.PARTNER, source_of_partner("DE"), Realm.REAL, *answer_fields("DE", What.ANSWER, answer)
    )
    here.desk.keep(kept)
    (with_de,) = told(here)
    assert (with_de.n_answered, with_de.n_dissents, with_de.given[0].said) == (1, 1, (AnswerKind.DISSENT,))
