"""A store as one reader sees it: only what he may see, and as if nothing else had been kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

import polars as pl

from baken.errors import NoSuchRecord, RefusedByPolicy
from baken.operations.label_ports import LabelledStore, Under
from baken.operations.ports import (
    Added,
    Column,
    Conflict,
    ImportedFile,
    KeptConjunctionMessage,
    KeptFinding,
    KeptMessages,
    KeptScreening,
    PastImport,
    ReceivedMessage,
    Screening,
    Voice,
)
from baken.operations.reader_findings import seen_history
from baken.operations.reader_labels import Labels
from baken.operations.unknown_names import no_such_event, no_such_object, no_such_screening
from baken.records.catalogue import Catalogue
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.ephemeris import Ephemeris
from baken.records.event import Event, EventId, EventKind, Finding, Outcome, is_event_id, read_event_id
from baken.records.identity import Identity
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet

ELEMENT_SET, EPHEMERIS, MESSAGE = "element-set", "ephemeris", "conjunction-message"
OUTCOME, SCREENING = "outcome", "screening"
Said: TypeAlias = ElementSet | Ephemeris | ConjunctionMessage | Screening


class ReaderStore:
    """What each call promises stands in ``operations.ports.Store``, of what one reader may see.

    An object is known when something he may see speaks of it, under the names given there.  An event stands
    where the last finding he may see left it; of all else a record is there whole, or it is not there.
    """

    def __init__(self, store: LabelledStore, labels: Labels) -> None:
        self._store, self._labels = store, labels

    def node_name(self) -> str:
        return self._store.node_name()

    def name_node(self, name: str) -> None:
        self._store.name_node(name)

    def hides(self, realm: Realm, name: str) -> bool:
        """Say of the name of an event whether it is kept from him: there is one, and not for him."""
        try:
            event_id = read_event_id(name)
            self._store.event(event_id, realm=realm)
        except (ValueError, NoSuchRecord):
            return False
        return not self._history(event_id, realm)

    def shows(self, realm: Realm, name: str) -> bool:
        """Say of the name of an event whether there is one that he may see."""
        return is_event_id(name) and bool(self._history(read_event_id(name), realm))

    # --- Objects and orbits -------------------------------------------------------------------------------

    def add_element_sets(
        self,
        element_sets: Iterable[ElementSet],
        *,
        source: str,
        at_tai_ns: int,
        file: ImportedFile | None = None,
    ) -> Added:
        said = tuple(element_sets)
        self._refuse_unseen(said, ELEMENT_SET)
        realm = Catalogue(element_sets=said).realm
        before = self._named(realm)
        added = self._store.add_element_sets(said, source=source, at_tai_ns=at_tai_ns, file=file)
        return self._answer(added, realm, before)

    def add_ephemerides(
        self,
        ephemerides: Iterable[Ephemeris],
        *,
        source: str,
        at_tai_ns: int,
        file: ImportedFile | None = None,
    ) -> Added:
        said = tuple(ephemerides)
        self._refuse_unseen(said, EPHEMERIS)
        realm = said[0].realm if said else Realm.REAL
        before = self._named(realm)
        added = self._store.add_ephemerides(said, source=source, at_tai_ns=at_tai_ns, file=file)
        return self._answer(added, realm, before)

    def past_import(self, file_digest: str, *, source: str, realm: Realm) -> PastImport | None:  # noqa: ARG002
        # An import has no label; what a file brought that he may see is found to be known when he brings it.
        return None

    def last_imports(self, realm: Realm) -> Mapping[str, PastImport]:  # noqa: ARG002
        # Nor can its figures be told: they count what he may not see.
        return {}

    def catalogue(self, realm: Realm, *, as_of_tai_ns: int | None = None) -> Catalogue:
        return self._seen(realm).catalogue(realm, as_of_tai_ns=as_of_tai_ns)

    def first_epochs(self, realm: Realm) -> Mapping[str, int]:
        return self._seen(realm).first_epochs(realm)

    def low_element_sets(
        self, realm: Realm, *, perigee_radius_m: float, start_tai_ns: int, end_tai_ns: int
    ) -> tuple[ElementSet, ...]:
        return self._seen(realm).low_element_sets(
            realm, perigee_radius_m=perigee_radius_m, start_tai_ns=start_tai_ns, end_tai_ns=end_tai_ns
        )

    def element_sets_of(self, object_id: str, *, realm: Realm) -> tuple[ElementSet, ...]:
        self.object_known_as("object", object_id, realm=realm)
        return self._seen(realm).element_sets_of(object_id, realm=realm)

    def ephemerides_of(self, object_id: str, *, realm: Realm) -> tuple[Ephemeris, ...]:
        self.object_known_as("object", object_id, realm=realm)
        return self._seen(realm).ephemerides_of(object_id, realm=realm)

    def object_known_as(self, scheme: str, value: str, *, realm: Realm) -> Identity:
        for identity in self._named(realm).values():
            if (scheme, value) in _names(identity):
                return identity
        raise no_such_object(realm, scheme, value)

    def identities(self, realm: Realm) -> tuple[Identity, ...]:
        return tuple(self._named(realm).values())

    # --- Events -------------------------------------------------------------------------------------------

    def keep_findings(self, findings: Iterable[Finding], *, node: str, at_tai_ns: int) -> tuple[Event, ...]:
        return self._store.keep_findings(findings, node=node, at_tai_ns=at_tai_ns)

    def event(self, event_id: EventId, *, realm: Realm) -> Event:
        return Event(event_id=event_id, finding=self.history_of(event_id, realm=realm)[-1].finding)

    def events(
        self,
        realm: Realm,
        *,
        kind: EventKind | None = None,
        peak_from_tai_ns: int | None = None,
        peak_before_tai_ns: int | None = None,
    ) -> tuple[Event, ...]:
        standing = (
            Event(event_id=event_id, finding=history[-1].finding)
            for event_id, history in self._histories(realm, kind).items()
        )
        return tuple(
            sorted(
                (
                    event
                    for event in standing
                    if (peak_from_tai_ns is None or event.finding.peak_tai_ns >= peak_from_tai_ns)
                    and (peak_before_tai_ns is None or event.finding.peak_tai_ns < peak_before_tai_ns)
                ),
                key=lambda event: event.finding.peak_tai_ns,
            )
        )

    def history_of(self, event_id: EventId, *, realm: Realm) -> tuple[KeptFinding, ...]:
        history = self._history(event_id, realm)
        if not history:
            raise no_such_event(realm, event_id)
        return history

    def keep_outcome(self, outcome: Outcome) -> None:
        self.event(outcome.event_id, realm=outcome.realm)
        self._store.keep_outcome(outcome)

    def outcomes(self, realm: Realm) -> tuple[Outcome, ...]:
        known = self._histories(realm, None)
        return tuple(
            one
            for one in self._store.outcomes(realm)
            if one.event_id in known and self._labels.admit_whole(one.marking, realm, kind=OUTCOME)
        )

    def keep_messages(
        self, received: Iterable[ReceivedMessage], *, node: str, source: str, at_tai_ns: int
    ) -> KeptMessages:
        batch = tuple(received)
        messages = [one.message for one in batch]
        self._refuse_unseen(messages, MESSAGE)
        realm = messages[0].realm if messages else Realm.REAL
        objects, events = self._named(realm), set(self._histories(realm, None))
        kept = self._store.keep_messages(batch, node=node, source=source, at_tai_ns=at_tai_ns)
        return replace(
            kept,
            events_new=len(set(self._histories(realm, None)) - events),
            objects_new=len(set(self._named(realm)) - set(objects)),
            conflicts=_conflicts_of(kept.conflicts, objects),
        )

    def messages_of(self, event_id: EventId, *, realm: Realm) -> tuple[KeptConjunctionMessage, ...]:
        self.history_of(event_id, realm=realm)
        return self._seen(realm).messages_of(event_id, realm=realm)

    def voices(self, realm: Realm) -> Mapping[EventId, tuple[Voice, ...]]:
        said = self._seen(realm).voices(realm)
        found = {}
        for event_id, history in self._histories(realm, None).items():
            n_own = sum(not kept.finding.originator for kept in history)
            own = (Voice(originator="", n_updates=n_own),) if n_own else ()
            found[event_id] = (*own, *(one for one in said.get(event_id, ()) if one.originator))
        return {event_id: voices for event_id, voices in found.items() if voices}

    # --- Screenings ---------------------------------------------------------------------------------------

    def keep_screening(
        self, screening: Screening, approaches: Mapping[str, Column], *, wall_s: float, at_tai_ns: int
    ) -> KeptScreening:
        self._refuse_unseen([screening], SCREENING)
        return self._store.keep_screening(screening, approaches, wall_s=wall_s, at_tai_ns=at_tai_ns)

    def screenings(self, realm: Realm) -> tuple[KeptScreening, ...]:
        known = self._named(realm)
        return tuple(one for one in self._store.screenings(realm) if self._may_see(one, known))

    def approaches_of(self, screening_id: str, *, realm: Realm) -> pl.DataFrame:
        if all(one.screening_id != screening_id for one in self.screenings(realm)):
            raise no_such_screening(realm, screening_id)
        return self._store.approaches_of(screening_id, realm=realm)

    def _may_see(self, kept: KeptScreening, known: Mapping[str, Identity]) -> bool:
        """Say whether he may see a screening, and knows every object in it.

        Its account counts all pairs and its digest all approaches: without some of them it would be another.
        """
        realm = kept.screening.realm
        if not self._labels.admit_whole(kept.screening.marking, realm, kind=SCREENING):
            return False
        table = self._store.approaches_of(kept.screening_id, realm=realm)
        ids = (table[name].unique().to_list() for name in table.columns if name.endswith("object_id"))
        return all(each in known for column in ids for each in column)

    # --- What he may see ----------------------------------------------------------------------------------

    def _seen(self, realm: Realm) -> LabelledStore:
        borne = self._store.labels(realm)
        return self._store.only_under(
            Under(
                element_sets=self._admitted(borne.element_sets, realm, ELEMENT_SET),
                ephemerides=self._admitted(borne.ephemerides, realm, EPHEMERIS),
                messages=self._admitted(borne.messages, realm, MESSAGE),
            )
        )

    def _admitted(self, labels: frozenset[Marking], realm: Realm, kind: str) -> frozenset[Marking]:
        return frozenset(one for one in labels if self._labels.admit_whole(one, realm, kind=kind))

    def _named(self, realm: Realm) -> Mapping[str, Identity]:
        return self._seen(realm).names_said(realm)

    def _histories(self, realm: Realm, kind: EventKind | None) -> Mapping[EventId, tuple[KeptFinding, ...]]:
        seen = {
            event_id: seen_history(self._labels, history)
            for event_id, history in self._store.histories(realm, kind=kind).items()
        }
        return {event_id: history for event_id, history in seen.items() if history}

    def _history(self, event_id: EventId, realm: Realm) -> tuple[KeptFinding, ...]:
        try:
            history = self._store.history_of(event_id, realm=realm)
        except NoSuchRecord:
            return ()
        return seen_history(self._labels, history)

    def _refuse_unseen(self, said: Iterable[Said], kind: str) -> None:
        """Refuse what he could not read back himself: what is known of it already is not for him to learn."""
        for one in said:
            if not self._labels.admit_whole(one.marking, one.realm, kind=kind):
                raise RefusedByPolicy(
                    f"nobody keeps what he may not read himself, and this is for {one.marking.text}; "
                    "ask whoever keeps this home"
                )

    def _answer(self, added: Added, realm: Realm, before: Mapping[str, Identity]) -> Added:
        return replace(
            added,
            objects_new=len(set(self._named(realm)) - set(before)),
            conflicts=_conflicts_of(added.conflicts, before),
        )


def _names(identity: Identity) -> set[tuple[str, str]]:
    names = {("object", identity.object_id), *((one.scheme, one.value) for one in identity.others)}
    if identity.norad_cat_id is not None:
        names.add(("norad", str(identity.norad_cat_id)))
    return names | ({("cospar", identity.cospar_id)} if identity.cospar_id else set())


def _conflicts_of(conflicts: Iterable[Conflict], known: Mapping[str, Identity]) -> tuple[Conflict, ...]:
    """Return the conflicts with names that were known before: an object's own, or one it is called by."""
    told = {value for identity in known.values() for _, value in _names(identity)}
    return tuple(one for one in conflicts if one.known_as in told)
