"""The home of the story as two people read it: one of the node, and one of a partner who may see a little."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Page

from baken.operations.desk import Desk
from baken.operations.manage_people import Newcomer, add, begin_people, do, reset
from baken.operations.relabel import relabel
from baken.people.acts import Act, Verb
from baken.people.one_time import STEP_S, code_at
from baken.records.account import Right
from baken.records.evidence import EntryKind
from baken.records.marking import Marking, Realm
from baken.wiring.stores import PeopleOfHome, open_people
from tests.console.story.homes import NOW_TAI_NS, OFFICER, Door, at_home, served
from tests.memory_log import CountedLuck
from tests.people.door import ANNA, BERT, CHEAP, PASSWORDS

HERS, HIS = "nora", "dieter"
WORDS = PASSWORDS | {HERS: "zeven blauwe kruiken melk", HIS: "acht gele fietsen bij de brug"}
WORLD = Realm.SIMULATED
FOR_BOTH = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
# Stands in the name or the text of whatever is kept from him, and nowhere else.
HIDDEN = "VERBORGEN"
OBJECT = re.compile(r"\bOBJ-[A-Z2-7]{10}\b")
SECOND_NS = 1_000_000_000
RIGHTS = {
    HERS: [
        *((Right.ROLE, each) for each in ("duty-officer", "coordinator", "release-authority", "auditor")),
        *((Right.ACTS_FOR, "NL"), (Right.AUDIENCE, "NL"), (Right.REALM, "SIMULATED")),
    ],
    HIS: [
        *((Right.ROLE, each) for each in ("duty-officer", "analyst", "release-authority", "auditor")),
        *((Right.ACTS_FOR, "DE"), (Right.AUDIENCE, "DE"), (Right.REALM, "SIMULATED")),
    ],
}


@dataclass
class Known:
    """What he may know of: every other name of an object, an event or an incident is kept from him."""

    objects: set[str] = field(default_factory=set)
    happenings: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)


def open_to_him(home: Path) -> Known:
    """Show him every other event with its objects and a case; all else of the story is not for him."""
    known = Known()
    with at_home(home) as door:
        events = door.service.store.events(WORLD)
        shown, hidden = events[::2], events[1::2]
        findings = [replace(one.finding, marking=FOR_BOTH) for one in shown]
        door.service.store.keep_findings(findings, node="NL", at_tai_ns=NOW_TAI_NS)
        known.happenings |= {str(one.event_id) for one in shown}
        known.objects |= {each for one in findings for each in one.object_ids}
        _label_orbits(door, known, {each for one in hidden for each in one.finding.object_ids})
        _open_cases(door, known, str(shown[0].event_id), str(hidden[0].event_id))
        known.opened |= known.happenings
        _told_by_the_story(door, known)
    return known


def _told_by_the_story(door: Door, known: Known) -> None:
    """Add what the story itself labels for him: his partner's node gets some of it, and says some."""
    store = door.service.store
    said = [each for each in store.catalogue(WORLD).element_sets if _is_for_him(each.marking)]
    identities = [each.identity for each in said]
    for event in store.events(WORLD):
        for kept in store.messages_of(event.event_id, realm=WORLD):
            if _is_for_him(kept.message.marking):
                known.happenings.add(str(event.event_id))
                identities += [kept.message.first.identity, kept.message.second.identity]
    for entry in door.service.log.entries(WORLD):
        if _is_for_him(entry.marking):
            known.happenings.add(entry.entry.subject.partition("/")[0])
            known.objects |= set(OBJECT.findall(str(entry.entry.disclosable)))
    known.objects |= {each.object_id for each in identities}
    known.numbers |= {each.norad_cat_id for each in identities if each.norad_cat_id}


def _is_for_him(marking: Marking) -> bool:
    return "DE" in marking.releasable_to or marking.owner == "DE"


def _label_orbits(door: Door, known: Known, unseen: set[str]) -> None:
    sets = door.service.store.catalogue(WORLD).element_sets
    for_both = [replace(each, marking=FOR_BOTH) for each in sets if each.identity.object_id in known.objects]
    known.numbers |= {each.identity.norad_cat_id for each in for_both if each.identity.norad_cat_id}
    renamed = [
        replace(each, originator=HIDDEN, identity=replace(each.identity, name=f"{HIDDEN} {number}"))
        for number, each in enumerate(sets)
        if each.identity.object_id in unseen - known.objects
    ]
    for source, said in (
        ("shared", [replace(each, originator="shared") for each in for_both]),
        (HIDDEN, renamed),
    ):
        door.service.store.add_element_sets(said, source=source, at_tai_ns=NOW_TAI_NS)


def _open_cases(door: Door, known: Known, shown: str, hidden: str) -> None:
    case = _opened(door, "A case for two", shown)
    _opened(door, f"{HIDDEN} case", hidden)
    known.happenings.add(case)
    desk = door.service.desk()
    for kept in door.service.log.entries(WORLD, subject=case):
        if kept.entry.kind in (EntryKind.OPENED, EntryKind.NOTE):
            relabel(desk, kept, FOR_BOTH, node="NL", because="he works on it too")
    secret = door.post(f"/incidents/{case}/notes", text=f"{HIDDEN}: not for him, of what is")
    assert secret["incident_id"] == case


def _opened(door: Door, title: str, event_id: str) -> str:
    opened = door.post(
        "/incidents", title=title, kind="other", because=title, event_ids=[event_id], realm=WORLD.value
    )
    door.post(f"/incidents/{opened['incident_id']}/notes", text=f"{title} was looked at")
    return str(opened["incident_id"])


@dataclass
class House:
    """A served home with people, and their telephones."""

    address: str
    secrets: dict[str, bytes]
    times: dict[str, int] = field(default_factory=dict)

    def code(self, name: str) -> str:
        """Return a code that was not used yet: of the half minute before, of this one, of the next."""
        step = self.times.get(name, -1)
        assert step <= 1, "at one instant somebody can show himself three times"
        self.times[name] = step + 1
        return code_at(self.secrets[name], NOW_TAI_NS + step * STEP_S * SECOND_NS)

    def come(self, page: Page, name: str, place: str = "", *, password: str = "") -> None:
        """Sign in by the page, on the way to a place of the console."""
        page.goto(f"{self.address}/console/{place}")
        page.get_by_label("Name of your account").fill(name)
        page.get_by_label("Password", exact=True).fill(password or WORDS[name])
        page.get_by_label("One-time code").fill(self.code(name))
        page.get_by_role("button").click()
        page.wait_for_selector("main > *")


@contextmanager
def house(home: Path) -> Iterator[House]:
    """Serve a home to people with accounts."""
    secrets = _with_people(home)
    with served(home) as address:
        yield House(address=address, secrets=secrets)


def _with_people(home: Path) -> dict[str, bytes]:
    with open_people(home, OFFICER) as here:
        first = [Newcomer(name=name, person=name.title(), password=WORDS[name]) for name in (ANNA, BERT)]
        begin_people(_desk(here, "home"), here.people, *first, acts_for="NL", cost=CHEAP)
        for name, rights in RIGHTS.items():
            newcomer = Newcomer(name=name, person=name.title(), password=f"{WORDS[name]} eerst")
            add(_desk(here, ANNA), here.people, newcomer, node="NL", cost=CHEAP)
            for right, value in rights:
                by = ANNA if right is Right.ROLE else BERT
                do(_desk(here, by), Act(by=by, verb=Verb.GIVE, of=name, right=right, value=value))
            do(_desk(here, BERT), Act(by=BERT, verb=Verb.ADMIT, of=name))
            reset(_desk(here, name), here.people, name, WORDS[name], node="NL", cost=CHEAP)
        found = {name: here.people.secrets(name) for name in (ANNA, BERT, *RIGHTS)}
    return {name: secrets.one_time_secret for name, secrets in found.items() if secrets}


def _desk(here: PeopleOfHome, actor: str) -> Desk:
    return Desk(log=here.log, actor=actor, at_tai_ns=NOW_TAI_NS, luck=LUCK)


LUCK = CountedLuck()
