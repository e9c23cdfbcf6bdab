"""Receive warnings: read what came in, assess each, keep every one under the event of its encounter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from baken.assess.conjunction.updates import Settings, finding_of_message
from baken.errors import UnreadableInput
from baken.formats.reading import Rejection, Strictness
from baken.formats.sniff import read_any
from baken.operations.assess_messages import Assess, AssessedMessage, each_assessed
from baken.operations.import_catalogue import READ_AS_PUBLISHED, NamedContent, Provenance
from baken.operations.ports import NODE_OF_REALM, KeptMessages, ReceivedMessage, Store
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.lineage import Lineage
from baken.records.marking import Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """Somebody who judges warnings, and the settings by which he does, as a lineage keeps them."""

    assess: Assess
    settings: Settings = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWarnings:
    """One file after reading and assessing: the warnings in it, and what was turned down."""

    name: str
    format_name: str
    received: tuple[ReceivedMessage, ...]
    rejected: tuple[Rejection, ...]

    @property
    def n_read(self) -> int:
        return len(self.received) + len(self.rejected)


def read_warnings(
    given: NamedContent,
    provenance: Provenance,
    assessor: Assessor,
    *,
    format_name: str | None = None,
    strictness: Strictness = Strictness.LENIENT,
) -> ReadWarnings:
    """Read one file of conjunction messages and assess each.

    Raises: UnreadableInput when nothing in it can be used.
    """
    reading = read_any(
        given.content,
        format_name=format_name,
        strictness=strictness,
        realm=provenance.realm or Realm.REAL,
        marking=provenance.marking,
        lineage=Lineage(sources=(given.source,), method=READ_AS_PUBLISHED),
    )
    judged = list(each_assessed(reading.records, assessor.assess))
    received = tuple(_received(one, assessor) for one in judged if isinstance(one, AssessedMessage))
    rejected = (*reading.rejected, *(one for one in judged if isinstance(one, Rejection)))
    if not received and not rejected:
        raise UnreadableInput(f"this is {reading.format_name} without a conjunction message; give a CDM")
    return ReadWarnings(
        name=given.name, format_name=reading.format_name, received=received, rejected=rejected
    )


def received_message(message: ConjunctionMessage, assessor: Assessor) -> ReceivedMessage:
    """Return a warning with what an assessor finds in it."""
    return _received(AssessedMessage(message=message, assessment=assessor.assess(message)), assessor)


def _received(one: AssessedMessage, assessor: Assessor) -> ReceivedMessage:
    finding = finding_of_message(one.message, one.assessment, assessor.settings)
    return ReceivedMessage(message=one.message, finding=finding)


def keep_warnings(
    store: Store, files: Iterable[ReadWarnings], *, source: str, at_tai_ns: int, strict: bool
) -> KeptMessages:
    """Keep what was read, all of it or nothing; under ``strict`` none of a file with a rejected record.

    Files of several worlds are kept a world at a time.
    """
    taken = [file for file in files if not (strict and file.rejected)]
    by_realm: dict[Realm, list[ReceivedMessage]] = {}
    for file in taken:
        for one in file.received:
            by_realm.setdefault(one.message.realm, []).append(one)
    kept = KeptMessages()
    for realm, received in by_realm.items():
        node = NODE_OF_REALM.get(realm) or store.node_name()
        kept = _sum(kept, store.keep_messages(received, node=node, source=source, at_tai_ns=at_tai_ns))
    return kept


def _sum(one: KeptMessages, other: KeptMessages) -> KeptMessages:
    return replace(
        one,
        event_ids=one.event_ids + other.event_ids,
        updates_new=one.updates_new + other.updates_new,
        already_known=one.already_known + other.already_known,
        events_new=one.events_new + other.events_new,
        objects_new=one.objects_new + other.objects_new,
        conflicts=one.conflicts + other.conflicts,
    )
