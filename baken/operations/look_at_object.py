"""Look at one object: who says what of its orbit, which is used and why, what it is in, who may see it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from baken.assess.conjunction.hard_body import hard_bodies
from baken.catalogue.picture import can_be_moved
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.look_up import object_named
from baken.operations.partner_entries import Standing
from baken.operations.ports import Store
from baken.operations.taken_back import TakenBack, orbits_taken_back
from baken.operations.work_incident import incidents
from baken.records.catalogue import Choice, Picture
from baken.records.ephemeris import Ephemeris
from baken.records.event import Event
from baken.records.identity import Identity
from baken.records.incident import Incident
from baken.records.marking import Marking, Realm, strictest
from baken.records.orbit import ElementSet


class Use(StrEnum):
    """What the picture makes of an opinion about an orbit."""

    USED = "used"
    PASSED_OVER = "passed-over"
    NEWER = "not-drawn-yet"
    NO_THEORY = "cannot-be-moved"
    RECALLED = "recalled-by-originator"
    EXPIRED = "expired"


USE_OF_STANDING = {Standing.RECALLED: Use.RECALLED, Standing.EXPIRED: Use.EXPIRED}
BECAUSE = {
    Use.PASSED_OVER: "the picture holds one orbit for each object, and another was chosen",
    Use.NEWER: "kept after the picture was drawn; it is drawn anew within a minute",
    Use.NO_THEORY: "its elements belong to a theory that is not built in",
    Use.RECALLED: "whoever sent it took it back",
    Use.EXPIRED: "it was given for a time that is over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one source last said of an orbit, how often it spoke, and what the picture makes of it."""

    element_set: ElementSet
    n_sets: int
    use: Use
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HardBody:
    """How large an object is taken to be, and on whose word."""

    radius_m: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSeen:
    """All that a reader may see of one object.

    ``element_sets`` stand in order of epoch.  ``choice`` is None when it is in no picture.
    """

    identity: Identity
    realm: Realm
    element_sets: tuple[ElementSet, ...]
    ephemerides: tuple[Ephemeris, ...]
    choice: Choice | None
    taken_back: TakenBack
    events: tuple[Event, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """What each source last said, the newest epoch first; the one that is used stands among them."""
        said: dict[str, list[ElementSet]] = {}
        for one in self.element_sets:
            said.setdefault(source_of(one), []).append(one)
        newest = (self._opinion(sets) for sets in said.values())
        return tuple(sorted(newest, key=lambda one: -one.element_set.epoch_tai_ns))

    @property
    def labels(self) -> Mapping[Marking, tuple[int, int]]:
        """How many element sets and how many ephemerides stand under each label."""
        sets = Counter(one.marking for one in self.element_sets)
        tables = Counter(one.marking for one in self.ephemerides)
        in_order = sorted({*sets, *tables}, key=lambda marking: marking.text)
        return {marking: (sets[marking], tables[marking]) for marking in in_order}

    @property
    def marking(self) -> Marking:
        """The label of everything here together."""
        return strictest(
            frozenset(
                [
                    *self.labels,
                    *(event.finding.marking for event in self.events),
                    *(incident.marking for incident in self.incidents),
                ]
            )
        )

    @property
    def hard_body(self) -> HardBody:
        """How large it is taken to be: this node keeps no sizes, so what stands for its kind."""
        assumed = hard_bodies([self.identity.norad_cat_id], [self.identity.name], {})
        return HardBody(radius_m=float(assumed.radius_m[0]), source=str(assumed.source[0]))

    def _opinion(self, sets: Sequence[ElementSet]) -> Opinion:
        chosen = None if self.choice is None else self.choice.chosen
        shown = chosen if chosen in sets else sets[-1]
        assert shown is not None
        use = self._use(shown)
        because = self.choice.because if self.choice and use is Use.USED else BECAUSE[use]
        return Opinion(element_set=shown, n_sets=len(sets), use=use, because=because)

    def _use(self, element_set: ElementSet) -> Use:
        standing = self.taken_back.standing(element_set)
        if standing in USE_OF_STANDING:
            return USE_OF_STANDING[standing]
        if not can_be_moved(element_set):
            return Use.NO_THEORY
        if self.choice is None:
            return Use.NEWER
        if element_set == self.choice.chosen:
            return Use.USED
        return Use.PASSED_OVER if element_set in self.choice.passed_over else Use.NEWER


def source_of(element_set: ElementSet) -> str:
    """Return who says it: its originator, else what it was read from."""
    names = (source.name for source in element_set.lineage.sources)
    return element_set.originator or next(names, "")


def look_at_orbit(
    store: Store,
    log: EvidenceLog,
    picture: Picture | None,
    identities: Iterable[Identity],
    name: str,
    *,
    realm: Realm,
    now_tai_ns: int,
) -> ObjectSeen:
    """Return an object with all that is said of its orbit; ``identities`` are those known already.

    Raises: NoSuchRecord when nobody bears the name.
    """
    known = next((one for one in identities if name in _names(one)), None)
    identity = known or object_named(store, name, realm=realm)
    choices = () if picture is None else picture.choices
    of_it = (one for one in choices if one.chosen.identity.object_id == identity.object_id)
    return ObjectSeen(
        identity=identity,
        realm=realm,
        element_sets=store.element_sets_of(identity.object_id, realm=realm),
        ephemerides=store.ephemerides_of(identity.object_id, realm=realm),
        choice=next(of_it, None),
        taken_back=orbits_taken_back(log, realm, at_tai_ns=now_tai_ns),
    )


def _names(identity: Identity) -> set[str]:
    number = "" if identity.norad_cat_id is None else str(identity.norad_cat_id)
    return {identity.object_id, number, identity.cospar_id or ""}


def events_of(events: Iterable[Event], identity: Identity) -> tuple[Event, ...]:
    """Return the events an object is in, or broke up in."""
    return tuple(event for event in events if _is_in(identity, event))


def incidents_of(
    log: EvidenceLog, realm: Realm, object_id: str, events: Iterable[Event]
) -> tuple[Incident, ...]:
    """Return the incidents an object stands in, itself or through one of its events."""
    ids = {str(event.event_id) for event in events}
    return tuple(
        one
        for one in incidents(log, realm)
        if object_id in one.object_ids or not ids.isdisjoint(one.event_ids)
    )


def _is_in(identity: Identity, event: Event) -> bool:
    parent = event.finding.measure("parent_norad_cat_id")
    is_parent = parent is not None and parent == identity.norad_cat_id
    return is_parent or identity.object_id in event.finding.object_ids
