"""Wherever taking in or sending a bundle crashes, is all of it there once, and nothing lost?"""

from dataclasses import dataclass, field, replace

import pytest

from baken.evidence.bundle import BundleRefused, Why
from baken.operations.export_catalogue import text_of
from baken.operations.partner_entries import with_partner
from baken.operations.send_bundle import sent_again
from baken.records.bundle import ItemFile, ItemKind
from baken.records.marking import Realm
from tests.faults.test_crashed_response import BrittleLog, Crashed, Danger
from tests.makers import element_set
from tests.operations.homes import House, acquaint, house

ORBIT = ItemFile(
    name="omm.json", media_type="application/json", content=text_of([element_set(900_001)], "omm-json")
)


@dataclass
class BrittleStore:
    """A store whose process may be gone just before or after it was told of orbits."""

    store: object
    danger: Danger = field(default_factory=Danger)

    def add_element_sets(self, *said, **told):
        self.danger.pass_by("before telling the store")
        added = self.store.add_element_sets(*said, **told)
        self.danger.pass_by("after telling the store")
        return added


@pytest.fixture
def states(tmp_path):
    nl, de = house("NL", tmp_path, 90_000), house("DE", tmp_path, 95_000)
    acquaint(nl, de)
    yield nl, de
    nl.store.close()
    de.store.close()


def brittle(one: House, danger: Danger, log: BrittleLog) -> House:
    log.danger = danger
    return replace(one, desk=replace(one.desk, log=log), store=BrittleStore(one.store, danger))


def sent_by(nl: House) -> list[bytes]:
    orbit = nl.item(ItemKind.ORBIT, "DE", file=ORBIT)
    said = nl.item(ItemKind.STATEMENT, "DE", told=(("text", "one"),))
    return [
        nl.send("DE", orbit, said).content,
        nl.send("DE", nl.item(ItemKind.ORBIT, "DE", file=ORBIT)).content,
    ]


def take_in(de: House, bundles: list[bytes]) -> None:
    """Take in what lies there, as one does who does not know how far he was."""
    for content in bundles:
        try:
            de.receive(content)
        except BundleRefused as refused:
            if refused.why is not Why.REPLAYED:
                raise


@pytest.mark.capability(
    "a bundle is taken in whole or not at all, wherever the process stops",
    status="VALIDATED",
    authority="the process gone before and after each step that keeps something, then begun again",
)
def test_wherever_taking_in_crashes_all_is_there_once(states):
    nl, de = states
    bundles = sent_by(nl)
    steps = Danger()
    whole = BrittleLog()
    take_in(brittle(de, steps, whole), bundles)
    expected = [kept.entry for kept in whole.kept[Realm.REAL]]
    for place in range(1, len(steps.passed) + 1):
        log = BrittleLog()
        with pytest.raises(Crashed):
            take_in(brittle(de, Danger(crashes_at=place), log), bundles)
        of_whole_bundles = [0, 4, len(expected)]
        assert len(log.kept[Realm.REAL]) in of_whole_bundles, steps.passed[place - 1]
        take_in(brittle(de, Danger(), log), bundles)
        assert [kept.entry for kept in log.kept[Realm.REAL]] == expected
        assert len(de.store.catalogue(Realm.REAL).element_sets) == 1


def test_a_bundle_that_was_kept_and_never_laid_out_is_laid_out_from_the_log(states):
    nl, _ = states
    log = BrittleLog()
    crashing = brittle(nl, Danger(crashes_at=2), log)
    with pytest.raises(Crashed):
        sent_by(crashing)
    ((name, content),) = sent_again(log, Realm.REAL, "DE")
    assert name == "NL-DE-real-000001.zip"
    assert with_partner(log, Realm.REAL, "DE").sent.number == 1
    states[1].receive(content)
