"""Let events and pieces of evidence join an incident, and leave it again; both acts stay readable."""

from baken.errors import WrongUsage
from baken.incident.membership import LEAVES
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.finding_evidence import entry_of_finding
from baken.operations.work_incident import add_to, as_seen
from baken.records.event import Event
from baken.records.evidence import EVIDENCE_KINDS, Entry, EntryKind, Field, KeptEntry
from baken.records.incident import Incident, IncidentId
from baken.records.marking import strictest


def join_event(
    desk: Desk, incident_id: IncidentId, event: Event, because: str = "", *, seen: int | None = None
) -> Incident:
    """Let an event join an incident, its finding as evidence.

    Raises: WrongUsage for an event of another world, or one that has joined already; Overtaken.
    """
    now = as_seen(desk, incident_id, seen)
    if event.realm is not now.realm:
        raise WrongUsage(f"{event.event_id} is {event.realm}, {incident_id} {now.realm}; worlds never mix")
    if str(event.event_id) in now.event_ids:
        raise WrongUsage(f"{event.event_id} is in {incident_id} already")
    return add_to(desk, now, *joining_event(desk, incident_id, event, because))


def join_entry(
    desk: Desk, incident_id: IncidentId, sequence: int, because: str = "", *, seen: int | None = None
) -> Incident:
    """Let a piece of evidence that was kept elsewhere join an incident.

    Raises: WrongUsage when it is no evidence, or has joined already; Overtaken.
    """
    now = as_seen(desk, incident_id, seen)
    kept = desk.log.entry(now.realm, sequence)
    if kept.entry.kind not in EVIDENCE_KINDS:
        raise WrongUsage(f"{kept.entry_id} is {kept.entry.kind}, and no evidence; join what is")
    if kept.entry_id in now.entry_ids:
        raise WrongUsage(f"{kept.entry_id} is in {incident_id} already")
    return add_to(desk, now, *joining_entry(desk, incident_id, kept, because))


def leave(
    desk: Desk, incident_id: IncidentId, what: str, because: str, *, seen: int | None = None
) -> Incident:
    """Take an event or a piece of evidence out of an incident again; that it was there stays readable.

    That it left is told no wider than that it joined.
    Raises: WrongUsage when it is not in the incident, or no reason is given; Overtaken.
    """
    now = as_seen(desk, incident_id, seen)
    by = {**dict.fromkeys(now.event_ids, "event_id"), **dict.fromkeys(now.entry_ids, "entry_id")}
    if what not in by:
        raise WrongUsage(f"{what} is not in {incident_id}; {', '.join(by) or 'nothing'} is")
    if not because.strip():
        raise WrongUsage("what leaves an incident leaves it for a reason; give --because")
    fields = ((by[what], what), ("act", LEAVES), ("because", because))
    joined = desk.log.entries(now.realm, subject=str(incident_id), kinds={EntryKind.JOINED})
    labels = {kept.marking for kept in joined if kept.entry.text(by[what]) == what}
    left = desk.entry(
        EntryKind.JOINED,
        str(incident_id),
        now.realm,
        *fields,
        marking=strictest(frozenset({desk.marking, *labels})),
    )
    return add_to(desk, now, left)


def joining_event(desk: Desk, incident_id: IncidentId, event: Event, because: str = "") -> tuple[Entry, ...]:
    """Return the entries by which an event joins: its finding, if the log has it not yet, and the joining.

    The joining names objects, so its label is no wider than that of the finding they are known from.
    """
    joined = desk.entry(
        EntryKind.JOINED,
        str(incident_id),
        event.realm,
        ("event_id", str(event.event_id)),
        ("object_ids", event.finding.object_ids),
        *_reason(because),
        marking=strictest(frozenset({desk.marking, event.finding.marking})),
    )
    return (*new_finding(desk, event), joined)


def new_finding(desk: Desk, event: Event) -> tuple[Entry, ...]:
    """Return the finding an event rests on as evidence, where it is not what the log has last of it."""
    known = desk.log.entries(event.realm, subject=str(event.event_id), kinds={EntryKind.FINDING})
    if known and known[-1].entry.text("finding_digest") == event.finding.digest:
        return ()
    return (entry_of_finding(event, actor=desk.actor, at_tai_ns=desk.at_tai_ns),)


def joining_entry(
    desk: Desk, incident_id: IncidentId, kept: KeptEntry, because: str = ""
) -> tuple[Entry, ...]:
    """Return the entries by which a piece of evidence joins, and with a report what was attached to it."""
    return tuple(
        desk.entry(
            EntryKind.JOINED,
            str(incident_id),
            kept.entry.realm,
            ("entry_id", each.entry_id),
            *_reason(because),
        )
        for each in (kept, *_attached_to(desk.log, kept))
    )


def _attached_to(log: EvidenceLog, kept: KeptEntry) -> tuple[KeptEntry, ...]:
    came_with = kept.entry.text("came_with")
    if kept.entry.kind is not EntryKind.REPORT or not came_with:
        return ()
    documents = log.entries(kept.entry.realm, subject=kept.entry.subject, kinds={EntryKind.DOCUMENT})
    return tuple(each for each in documents if each.entry.text("came_with") == came_with)


def _reason(because: str) -> tuple[Field, ...]:
    return (("because", because),) if because else ()
