"""Does the contribution ledger follow from two logs between which things really went and came?"""

import pytest

from baken.evidence.keys import birth
from baken.operations.answer_partner import answer_partner
from baken.operations.explain_release import explain_release
from baken.operations.export_catalogue import text_of
from baken.operations.keep_keys import keep_key_note
from baken.operations.propose_release import propose_release
from baken.operations.release_desk import say_of_release
from baken.operations.tell_contribution import tell_contributions
from baken.records.bundle import AnswerKind, ItemFile, ItemKind
from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.records.release import ReleaseStage
from baken.records.terms import Terms
from baken.share.exchange import ReleaseStep
from tests.makers import element_set
from tests.operations import homes, releases
from tests.operations.cases import NOON_TAI_NS
from tests.operations.releases import COARSE, FOR_WARNING


@pytest.fixture
def states(tmp_path):
    houses = homes.house("NL", tmp_path, 10_000), homes.house("DE", tmp_path, 20_000)
    homes.acquaint(*houses)
    yield houses
    for one in houses:
        one.store.close()


def approved(nl: homes.House):
    """Return a release that a person signed at this desk, and the item that would go."""
    here = releases.house()
    here.desk = nl.desk
    for name, key in here.keys.items():
        note = birth(key, at_tai_ns=NOON_TAI_NS)
        keep_key_note(
            nl.desk.log, note, actor=name, at_tai_ns=NOON_TAI_NS, luck=nl.desk.luck, realm=Realm.REAL
        )
    wish = here.wish(here.kept(("title", "A pass"), ("miss_distance_m", 1234.5), ("sensor", "radar")))
    standing = here.approved(propose_release(here.desk, here.sharing, wish).release_id)
    view = explain_release(nl.desk.log, here.sharing, wish, releaser="first", at_tai_ns=NOON_TAI_NS)
    return standing, view.item


def told(one: homes.House):
    return tell_contributions(one.desk.log, Realm.REAL, at_tai_ns=NOON_TAI_NS)


def test_what_went_what_was_said_of_it_and_what_came_back_stand_in_both_houses(states):
    nl, de = states
    standing, item = approved(nl)
    assert told(nl) == ()
    say_of_release(nl.desk, standing, ReleaseStep.SEND, "it is due")
    assert told(nl) == ()
    de.receive(nl.send("DE", item).content)
    (with_de,) = told(nl)
    (given,) = with_de.given
    assert (with_de.partner, given.release_id, given.stage) == ("DE", standing.release_id, ReleaseStage.SENT)
    assert (given.title, given.precision, given.terms) == ("A pass", COARSE, FOR_WARNING)

    answer_partner(
        de.desk, Realm.REAL, "NL", item.item_id, AnswerKind.DISSENT, "ours is elsewhere", node="DE"
    )
    orbit = ItemFile(
        name="omm.json", media_type="application/json", content=text_of([element_set(900_001)], "omm-json")
    )
    terms = Terms(purpose="to compare", onward=Onward.AUDIENCE)
    nl.receive(
        de.send(
            "NL", de.item(ItemKind.ORBIT, "NL", file=orbit, in_reply_to=item.item_id, terms=terms)
        ).content
    )
    (with_de,) = told(nl)
    (came,) = with_de.returned
    assert (with_de.n_answered, with_de.n_dissents) == (1, 1)
    assert with_de.given[0].stage is ReleaseStage.RECEIVED
    assert (came.kind, came.terms, came.standing, came.in_reply_to) == ("orbit", terms, "holds", item.item_id)

    (with_nl,) = told(de)
    assert (with_nl.partner, [each.title for each in with_nl.returned]) == ("NL", ["A pass"])
    assert with_nl.returned[0].terms == FOR_WARNING
