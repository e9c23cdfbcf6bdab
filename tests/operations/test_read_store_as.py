"""Can anybody tell from the records he is shown that there are some he may not know of?"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.errors import NoSuchRecord, RefusedByPolicy
from baken.operations.keep_score import keep_score
from baken.operations.look_up import list_objects, object_named
from baken.operations.ports import Screening
from baken.operations.reader_labels import Labels
from baken.operations.reader_store import ReaderStore
from baken.operations.taken_back import NOTHING_TAKEN_BACK
from baken.records.event import EventId, EventKind, Outcome
from baken.records.identity import mint_object_id
from baken.records.marking import Realm
from baken.store.home import open_home
from tests.makers import DAY_NS, EPOCH_TAI_NS, HOUR_NS, element_set, falling, warning
from tests.operations.two_worlds import FOR_HIM, NOT_FOR_HIM, ForGermany, answer
from tests.store.test_ephemerides import ephemeris
from tests.store.test_messages import received

OBJECTS = (900_001, 900_002, 900_003, 900_004)
EVENTS = [
    EventId(node=node, kind=kind, year=2026, number=number)
    for node in ("NL", "XX")
    for kind in (EventKind.REENTRY, EventKind.CONJUNCTION)
    for number in (1, 2, 3)
]
PARTLY = replace(FOR_HIM, of_fields=(("window_probability", NOT_FOR_HIM),))


@dataclass(frozen=True)
class Act:
    """Something that was kept, and whether it is for him."""

    keep: Callable[..., object]
    is_for_him: bool

    def __call__(self, store, at_tai_ns):
        self.keep(store, FOR_HIM if self.is_for_him else NOT_FOR_HIM, at_tai_ns)


def orbit(norad, days, source, name):
    def keep(store, marking, at_tai_ns):
        said = element_set(norad, epoch_tai_ns=EPOCH_TAI_NS + days * DAY_NS, marking=marking)
        said = replace(said, identity=replace(said.identity, name=name))
        store.add_element_sets([said], source=source, at_tai_ns=at_tai_ns)

    return keep


def table(norad, days):
    def keep(store, marking, at_tai_ns):
        identity = element_set(norad).identity
        said = ephemeris(identity, start_tai_ns=EPOCH_TAI_NS + days * DAY_NS, marking=marking)
        store.add_ephemerides([said], source="operator", at_tai_ns=at_tai_ns)

    return keep


def fall(key, hours, narrower=False):
    def keep(store, marking, at_tai_ns):
        # What is for nobody but him is numbered elsewhere: numbers are given in order, and never again.
        node = "XX" if key.startswith("hidden") else "NL"
        label = PARTLY if narrower and marking == FOR_HIM else marking
        found = replace(falling(hours=hours), encounter_key=key, marking=label)
        store.keep_findings([found], node=node, at_tai_ns=at_tai_ns)

    return keep


def said_of_pair(pair, hours_before, originator="HERE"):
    def keep(store, marking, at_tai_ns):
        message = warning(originator, hours_before=hours_before, pair=pair, marking=marking)
        one = received(message)
        one = replace(one, finding=replace(one.finding, marking=marking))
        node = "XX" if 900_003 in pair else "NL"
        store.keep_messages([one], node=node, source="here", at_tai_ns=at_tai_ns)

    return keep


def happened(event_id, hours):
    def keep(store, marking, at_tai_ns):
        outcome = Outcome(
            event_id=event_id,
            happened_tai_ns=EPOCH_TAI_NS + hours * HOUR_NS,
            source="somebody",
            kept_at_tai_ns=at_tai_ns,
            marking=marking,
        )
        store.keep_outcome(outcome)

    return keep


def screened(miss_m, pair):
    ids = [mint_object_id("norad", str(norad)) for norad in pair]

    def keep(store, marking, at_tai_ns):
        asked = Screening(
            start_tai_ns=0, end_tai_ns=1, miss_threshold_m=miss_m, picture_digest="sha256:0", marking=marking
        )
        found = {"primary_object_id": ids[:1], "secondary_object_id": ids[1:], "miss_distance_m": [1.0]}
        store.keep_screening(asked, found, wall_s=1.0, at_tai_ns=at_tai_ns)

    return keep


# What is always there, and in this order.
FIRST = [
    Act(orbit(900_001, 0, "a", "ONE"), True),
    Act(orbit(900_002, 0, "a", "TWO"), True),
    Act(fall("first", 20.0), True),
    Act(fall("second", 30.0), True),
    Act(said_of_pair((900_001, 900_002), 24.0), True),
]
anyone, either = st.sampled_from(OBJECTS[:3]), st.booleans()
SOMETHING = st.one_of(
    st.builds(
        Act,
        st.builds(
            orbit, anyone, st.integers(-3, 3), st.sampled_from("ab"), st.sampled_from(["ONE", "USA 1", None])
        ),
        either,
    ),
    st.builds(Act, st.builds(table, st.sampled_from(OBJECTS[1:]), st.integers(0, 2)), either),
    st.builds(
        Act,
        st.builds(fall, st.sampled_from(["first", "second"]), st.sampled_from([20.0, 25.0]), either),
        either,
    ),
    st.builds(Act, st.builds(fall, st.sampled_from(["hidden 1", "hidden 2"]), st.just(5.0)), st.just(False)),
    st.builds(
        Act, st.builds(said_of_pair, st.just((900_001, 900_003)), st.sampled_from([9.0, 8.0])), st.just(False)
    ),
    # Older than what stands, so that it would stand in neither world.
    st.builds(
        Act, st.builds(said_of_pair, st.just((900_001, 900_002)), st.sampled_from([50.0, 60.0])), either
    ),
    st.builds(Act, st.builds(happened, st.sampled_from(EVENTS[:2]), st.integers(18, 22)), either),
    st.builds(
        Act,
        st.builds(screened, st.sampled_from([1e3, 5e3]), st.sampled_from([OBJECTS[:2], OBJECTS[1:3]])),
        either,
    ),
)


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    return home_named_nl(tmp_path_factory.mktemp("empty") / "home")


def home_named_nl(folder):
    """Make a home in which nothing was kept yet; copies of it are made faster."""
    opened = open_home(folder, None)
    opened.store.name_node("NL")
    opened.store.close()
    return folder


def told_of(empty_home, folder, acts, seen_by_him=None):
    """Keep what was done in a home of its own, and return all that he is told of it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(empty_home, folder)
    store = open_home(folder, None).store
    for number, act in acts:
        act(store, EPOCH_TAI_NS + number)
    told = answers_of((seen_by_him or as_seen)(store))
    store.close()
    return told


def as_seen(store):
    return ReaderStore(store, Labels(policy=ForGermany(), held_by="NL"))


def answers_of(store):
    real = Realm.REAL
    told = {
        "node": store.node_name(),
        "identities": store.identities(real),
        "first epochs": list(store.first_epochs(real).items()),
        "screenings": store.screenings(real),
        "outcomes": store.outcomes(real),
        "voices": list(store.voices(real).items()),
        "another world": [
            store.catalogue(Realm.TEST),
            store.events(Realm.TEST),
            store.identities(Realm.TEST),
        ],
        "import": store.past_import("sha256:0", source="a", realm=real),
        "imports": store.last_imports(real),
        "low": store.low_element_sets(
            real, perigee_radius_m=9e6, start_tai_ns=EPOCH_TAI_NS, end_tai_ns=EPOCH_TAI_NS + 9 * DAY_NS
        ),
        "scores": answer(lambda: keep_score(store, real)),
        "listed": answer(
            lambda: list_objects(
                store,
                realm=real,
                as_of_tai_ns=EPOCH_TAI_NS,
                regime=None,
                name_part="o",
                taken_back=NOTHING_TAKEN_BACK,
            )
        ),
    }
    for days in (None, -1, 0, 2):
        as_of = None if days is None else EPOCH_TAI_NS + days * DAY_NS
        told[f"catalogue {days}"] = store.catalogue(real, as_of_tai_ns=as_of)
    return {**told, **of_objects(store), **of_events(store), **of_screenings(store)}


def of_objects(store):
    told = {}
    for norad in (*OBJECTS, 7):
        object_id = mint_object_id("norad", str(norad))
        for scheme, value in (("norad", str(norad)), ("object", object_id), ("cospar", "1998-067A")):
            told[f"known {scheme} {value}"] = answer(
                lambda scheme=scheme, value=value: store.object_known_as(scheme, value, realm=Realm.REAL)
            )
        told[f"named {norad}"] = answer(lambda norad=norad: object_named(store, str(norad), realm=Realm.REAL))
        told[f"sets {norad}"] = answer(lambda one=object_id: store.element_sets_of(one, realm=Realm.REAL))
        told[f"tables {norad}"] = answer(
            lambda one=object_id: repr(store.ephemerides_of(one, realm=Realm.REAL))
        )
    return told


def of_events(store):
    real, told = Realm.REAL, {}
    for kind in (None, EventKind.REENTRY, EventKind.CONJUNCTION, EventKind.MANOEUVRE):
        for hours in (None, 22, 28):
            peak = None if hours is None else EPOCH_TAI_NS + hours * HOUR_NS
            told[f"events {kind} {hours}"] = [
                store.events(real, kind=kind, peak_from_tai_ns=peak),
                store.events(real, kind=kind, peak_before_tai_ns=peak),
            ]
    for event_id in EVENTS:
        told[f"event {event_id}"] = answer(lambda one=event_id: store.event(one, realm=real))
        told[f"history {event_id}"] = answer(lambda one=event_id: store.history_of(one, realm=real))
        told[f"messages {event_id}"] = answer(
            lambda one=event_id: [(m.digest, m.kept_at_tai_ns) for m in store.messages_of(one, realm=real)]
        )
        told[f"is hidden {event_id}"] = answer(lambda one=event_id: store.event(one, realm=Realm.TEST))
    return told


def of_screenings(store):
    names = [one.screening_id for one in store.screenings(Realm.REAL)]
    return {
        f"approaches {name}": answer(lambda name=name: store.approaches_of(name, realm=Realm.REAL).to_dicts())
        for name in (*names, "SCR-AAAAAAAAAA")
    }


def differences(empty_home, tmp_path, acts, seen_by_him=None):
    numbered = list(enumerate(acts))
    without = [(number, act) for number, act in numbered if act.is_for_him]
    here = told_of(empty_home, tmp_path / "here", numbered, seen_by_him)
    there = told_of(empty_home, tmp_path / "there", without, seen_by_him)
    return [question for question in {**here, **there} if here.get(question) != there.get(question)]


@pytest.mark.capability(
    "A reader is told nothing that differs because of an item he may not know of",
    status="MODELLED",
    authority="a world in which it was never kept",
)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SOMETHING, min_size=3, max_size=8))
def test_a_store_answers_as_if_what_he_may_not_know_of_had_never_been_kept(empty_home, tmp_path, acts):
    assert differences(empty_home, tmp_path, [*FIRST, *acts]) == []


# Something of each kind that is not for him, beside what is.
RICH = [
    Act(orbit(900_003, 0, "a", "THREE"), False),
    *FIRST,
    Act(orbit(900_001, 1, "a", "USA 1"), False),
    Act(table(900_002, 0), False),
    Act(table(900_004, 0), False),
    Act(table(900_004, 1), True),
    Act(fall("second", 35.0), False),
    Act(fall("second", 32.0), True),
    Act(fall("first", 25.0), False),
    Act(fall("first", 26.0), False),
    Act(fall("hidden 1", 5.0), False),
    Act(said_of_pair((900_001, 900_002), 50.0, "THERE"), False),
    Act(said_of_pair((900_001, 900_003), 9.0), False),
    Act(happened(EVENTS[0], 20), False),
    Act(screened(1e3, OBJECTS[:2]), True),
    Act(screened(5e3, OBJECTS[:2]), False),
    Act(screened(2e3, OBJECTS[1:3]), False),
]


class Count(ReaderStore):
    def voices(self, realm):
        return self._store.voices(realm)


class List(ReaderStore):
    def events(self, realm, **asked):
        return self._store.events(realm, **asked)


class Search(ReaderStore):
    def object_known_as(self, scheme, value, *, realm):
        return self._store.object_known_as(scheme, value, realm=realm)


class History(ReaderStore):
    def history_of(self, event_id, *, realm):
        super().history_of(event_id, realm=realm)
        return self._store.history_of(event_id, realm=realm)


class Graph(ReaderStore):
    def identities(self, realm):
        return self._store.identities(realm)


class Newest(ReaderStore):
    """The newest of all is chosen before it is asked whether it is for him."""

    def catalogue(self, realm, **asked):
        found = self._store.catalogue(realm, **asked)
        return replace(found, element_sets=tuple(one for one in found.element_sets if one.marking == FOR_HIM))


class ErrorText(ReaderStore):
    def event(self, event_id, *, realm):
        try:
            return super().event(event_id, realm=realm)
        except NoSuchRecord:
            self._store.event(event_id, realm=realm)
            raise NoSuchRecord("you may not see this") from None


class Ordering(ReaderStore):
    """Events of which most was kept come first."""

    def events(self, realm, **asked):
        def n_kept(event):
            return len(self._store.history_of(event.event_id, realm=realm))

        return tuple(sorted(super().events(realm, **asked), key=n_kept))


LEAKS = [
    (Count, "voices"),
    (List, "events"),
    (Search, "known"),
    (History, "history"),
    (Graph, "identities"),
    (Newest, "catalogue"),
    (ErrorText, "event"),
    (Ordering, "events"),
]


def test_the_store_with_something_of_each_kind_gives_nothing_away(empty_home, tmp_path):
    assert differences(empty_home, tmp_path, RICH) == []


@pytest.mark.parametrize(("leaky", "question"), LEAKS, ids=lambda one: getattr(one, "__name__", one))
def test_a_planted_leak_is_found(empty_home, tmp_path, leaky, question):
    def seen_by_him(store):
        return leaky(store, Labels(policy=ForGermany(), held_by="NL"))

    found = differences(empty_home, tmp_path, RICH, seen_by_him)
    assert any(each.startswith(question) for each in found)


# --- What is not for him of what is, and what he keeps himself ----------------------------------------------


@pytest.fixture
def store(empty_home, tmp_path):
    shutil.copytree(empty_home, tmp_path / "home")
    opened = open_home(tmp_path / "home", None).store
    for number, act in enumerate(RICH):
        act(opened, EPOCH_TAI_NS + number)
    yield opened
    opened.close()


def test_a_figure_that_is_not_for_him_is_not_there_nor_its_label(store):
    store.keep_findings(
        [replace(falling(), encounter_key="first", marking=PARTLY)], node="NL", at_tai_ns=EPOCH_TAI_NS
    )
    told = as_seen(store).event(EVENTS[0], realm=Realm.REAL).finding
    assert told.marking == FOR_HIM
    assert dict(told.measures) == {"norad_cat_id": 900_011, "name": "MADE R/B"}


@pytest.mark.parametrize("name", ["because", "object_ids", "originator"])
def test_a_finding_without_what_makes_it_one_is_not_there(store, name):
    label = replace(FOR_HIM, of_fields=((name, NOT_FOR_HIM),))
    kept = store.keep_findings(
        [replace(falling(), encounter_key="odd", marking=label)], node="NL", at_tai_ns=EPOCH_TAI_NS
    )
    with pytest.raises(NoSuchRecord):
        as_seen(store).event(kept[0].event_id, realm=Realm.REAL)


def test_what_he_brings_is_new_to_him_when_others_know_it_under_a_label_not_for_him(store):
    his = as_seen(store)
    mine = element_set(900_003, marking=FOR_HIM)
    first = his.add_element_sets([mine], source="a", at_tai_ns=EPOCH_TAI_NS)
    assert (first.objects_new, first.element_sets_new, first.already_known) == (1, 1, 0)
    again = his.add_element_sets([mine], source="a", at_tai_ns=EPOCH_TAI_NS)
    assert (again.objects_new, again.element_sets_new, again.already_known) == (0, 0, 1)


def test_nobody_keeps_what_he_may_not_read_back(store):
    with pytest.raises(RefusedByPolicy, match="nobody keeps what he may not read himself"):
        as_seen(store).add_element_sets([element_set(marking=NOT_FOR_HIM)], source="a", at_tai_ns=0)


class Counted:
    """A store that counts how often it is asked what."""

    def __init__(self, store):
        self.store, self.asked = store, []

    def __getattr__(self, name):
        self.asked.append(name)
        return getattr(self.store, name)


def test_asking_for_what_is_kept_from_him_is_as_much_work_as_asking_for_what_nobody_has(store):
    hidden, unknown = EventId(node="XX", kind=EventKind.REENTRY, year=2026, number=1), EVENTS[-1]
    assert store.event(hidden, realm=Realm.REAL)
    work = []
    for name in (hidden, unknown):
        counted = Counted(store)
        with pytest.raises(NoSuchRecord):
            as_seen(counted).event(name, realm=Realm.REAL)
        work.append(counted.asked)
    assert work[0] == work[1] == ["history_of"]
