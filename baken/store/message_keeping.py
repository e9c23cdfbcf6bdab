"""Keeping the warnings of others: each whole, once, under the event of its encounter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, and_, select

from baken.operations.ports import KeptMessages, ReceivedMessage
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject
from baken.records.event import (
    SAME_HAPPENING_NS,
    EventKind,
    Finding,
    encounter_key_of,
    gap_ns,
    read_event_id,
)
from baken.records.marking import Realm
from baken.store.event_keeping import keep_findings
from baken.store.finding_text import finding_from_text
from baken.store.identities import Register
from baken.store.message_text import message_digest, message_text
from baken.store.objects import keep_register, register_of
from baken.store.provenance import keep_lineages, marking_columns
from baken.store.rows import in_batches, insert_rows
from baken.store.tables import conjunction_messages, events, findings
from baken.store.told import told, told_text

Pair: TypeAlias = tuple[str, ...]
Received: TypeAlias = Mapping[str, ReceivedMessage]  # by content digest
NO_NAME = frozenset({"", "UNKNOWN"})
LONG_BEFORE = -(2**63)


@dataclass(slots=True)
class Encounter:
    """One event of a pair as far as it is known: its key, when it was seen to be, and what it rests on."""

    encounter_key: str
    spans: list[tuple[int, int]]
    event_id: str = ""
    rests_on_own: bool = False
    newest_tai_ns: int = LONG_BEFORE

    def gap_ns(self, tca_tai_ns: int) -> int:
        return min(gap_ns(tca_tai_ns, tca_tai_ns, *span) for span in self.spans)


def keep_messages(
    connection: Connection, received: Sequence[ReceivedMessage], *, node: str, source: str, at_tai_ns: int
) -> KeptMessages:
    """Keep one batch, of one realm, within the caller's transaction."""
    if not received:
        return KeptMessages()
    digests = [message_digest(one.message) for one in received]
    said = dict(zip(digests, received, strict=True))
    known = _events_of(connection, list(said))
    new = {digest: said[digest] for digest in said if digest not in known}
    register = register_of(connection, realm := _one_realm(received))
    pairs = {digest: _objects_meant(register, one.message) for digest, one in new.items()}
    keep_register(connection, realm, register)
    joined, n_opened = _join(connection, new, pairs, node, at_tai_ns)
    _insert(connection, new, pairs, joined, source=source, at_tai_ns=at_tai_ns)
    event_of = {**known, **joined}
    return KeptMessages(
        event_ids=tuple(read_event_id(event_of[digest]) for digest in digests),
        updates_new=len(new),
        already_known=len(received) - len(new),
        events_new=n_opened,
        objects_new=len(register.new_objects),
        conflicts=tuple(register.conflicts),
    )


def _one_realm(received: Iterable[ReceivedMessage]) -> Realm:
    realms = {one.message.realm for one in received}
    if len(realms) > 1:
        raise ValueError(f"messages are kept of one world at a time; these mix {sorted(realms)}")
    return realms.pop()


def _events_of(connection: Connection, digests: Sequence[str]) -> dict[str, str]:
    columns = conjunction_messages.c.content_digest, conjunction_messages.c.event_id
    return {
        row.content_digest: row.event_id
        for some in in_batches(digests)
        for row in connection.execute(select(*columns).where(columns[0].in_(some)))
    }


def _objects_meant(register: Register, message: ConjunctionMessage) -> tuple[str, str]:
    return _object_meant(register, message.first), _object_meant(register, message.second)


def _object_meant(register: Register, one: ConjunctionObject) -> str:
    """Return the id of the object a warning speaks of; it gives a name only to one that has none."""
    object_id = register.object_meant(replace(one.identity, name=None))
    if not register.calling[object_id] and one.name not in NO_NAME:
        register.calling[object_id] = one.name
        register.renamed.add(object_id)
    return object_id


# --- Which event ------------------------------------------------------------------------------------------


def _join(
    connection: Connection,
    new: Received,
    pairs: Mapping[str, tuple[str, str]],
    node: str,
    at_tai_ns: int,
) -> tuple[dict[str, str], int]:
    """Return the event of each new message by digest, and how many events were opened for them."""
    realm = next(iter(new.values())).message.realm if new else Realm.REAL
    encounters = _encounters(connection, realm, {tuple(sorted(set(pair))) for pair in pairs.values()})
    met: dict[str, Encounter] = {}
    to_stand: list[Finding] = []
    # In order of creation, so that of a batch the last that was said stands, whatever the order of files.
    for digest, one in sorted(new.items(), key=lambda item: (item[1].message.created_tai_ns, item[0])):
        pair, tca_tai_ns = tuple(sorted(set(pairs[digest]))), one.message.tca_tai_ns
        encounter = met[digest] = _nearest(encounters.setdefault(pair, []), pair, tca_tai_ns)
        encounter.spans.append((tca_tai_ns, tca_tai_ns))
        if not encounter.rests_on_own and one.message.created_tai_ns >= encounter.newest_tai_ns:
            encounter.newest_tai_ns = one.message.created_tai_ns
            to_stand.append(replace(one.finding, object_ids=pair, encounter_key=encounter.encounter_key))
    n_opened = sum(not one.event_id for one in {id(one): one for one in met.values()}.values())
    kept = keep_findings(connection, to_stand, node=node, at_tai_ns=at_tai_ns)
    named = {event.finding.encounter_key: str(event.event_id) for event in kept}
    joined = {digest: one.event_id or named[one.encounter_key] for digest, one in met.items()}
    return joined, n_opened


def _nearest(candidates: list[Encounter], pair: Pair, tca_tai_ns: int) -> Encounter:
    """Return the encounter of a pair that is nearest in time, a new one when none is near."""
    near = [one for one in candidates if one.gap_ns(tca_tai_ns) <= SAME_HAPPENING_NS]
    if near:
        return min(near, key=lambda one: one.gap_ns(tca_tai_ns))
    candidates.append(Encounter(encounter_key_of(pair, tca_tai_ns), spans=[(tca_tai_ns, tca_tai_ns)]))
    return candidates[-1]


def _encounters(connection: Connection, realm: Realm, pairs: set[Pair]) -> dict[Pair, list[Encounter]]:
    """Return what is known of each pair: where each event stands, and what every message said of it."""
    found: dict[Pair, list[Encounter]] = {}
    by_event: dict[str, Encounter] = {}
    for row in _standing(connection, realm, [told_text(pair) for pair in sorted(pairs)]):
        finding = finding_from_text(row.finding_json)
        encounter = Encounter(
            row.encounter_key,
            spans=[(finding.start_tai_ns, finding.end_tai_ns)],
            event_id=row.event_id,
            rests_on_own=not finding.originator,
        )
        by_event[row.event_id] = encounter
        found.setdefault(told(row.object_ids_json), []).append(encounter)
    _add_messages(connection, by_event)
    return found


def _standing(connection: Connection, realm: Realm, pairs: Sequence[str]) -> Iterator[Row[Any]]:
    stands = and_(findings.c.event_id == events.c.event_id, findings.c.sequence == events.c.finding_sequence)
    wanted = select(events, findings.c.finding_json).join(findings, stands).order_by(events.c.event_id)
    of_kind = and_(events.c.realm == realm.value, events.c.kind == EventKind.CONJUNCTION.value)
    for some in in_batches(pairs):
        yield from connection.execute(wanted.where(of_kind, events.c.object_ids_json.in_(some)))


def _add_messages(connection: Connection, by_event: Mapping[str, Encounter]) -> None:
    columns = (
        conjunction_messages.c.event_id,
        conjunction_messages.c.tca_tai_ns,
        conjunction_messages.c.created_tai_ns,
    )
    for some in in_batches(list(by_event)):
        for row in connection.execute(select(*columns).where(columns[0].in_(some))):
            encounter = by_event[row.event_id]
            encounter.spans.append((row.tca_tai_ns, row.tca_tai_ns))
            encounter.newest_tai_ns = max(encounter.newest_tai_ns, row.created_tai_ns)


def _insert(
    connection: Connection,
    new: Received,
    pairs: Mapping[str, tuple[str, str]],
    joined: Mapping[str, str],
    *,
    source: str,
    at_tai_ns: int,
) -> None:
    lineages = keep_lineages(connection, {one.message.lineage for one in new.values()}, at_tai_ns)
    rows = [
        {
            **_row_of(one.message),
            "content_digest": digest,
            "event_id": joined[digest],
            "source": source,
            "first_object_id": pairs[digest][0],
            "second_object_id": pairs[digest][1],
            "lineage_digest": lineages[one.message.lineage],
            "kept_at_tai_ns": at_tai_ns,
        }
        for digest, one in new.items()
    ]
    insert_rows(connection, conjunction_messages, rows)


def _row_of(message: ConjunctionMessage) -> dict[str, object]:
    owner, marking_json = marking_columns(message.marking)
    return {
        "realm": message.realm.value,
        "originator": message.originator,
        "message_id": message.message_id,
        "created_tai_ns": message.created_tai_ns,
        "tca_tai_ns": message.tca_tai_ns,
        "miss_distance_m": message.miss_distance_m,
        "probability_said": message.collision_probability,
        "message_json": message_text(message),
        "marking_owner": owner,
        "marking_json": marking_json,
    }
