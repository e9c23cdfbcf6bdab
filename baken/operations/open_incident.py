"""Open an incident: from events, from a report an officer accepts, or from what a person was told."""

from collections.abc import Iterable, Sequence

from baken.astro.time import utc_text
from baken.errors import WrongUsage
from baken.incident.handover import waiting_reports
from baken.incident.priority import PriorityRules
from baken.operations.desk import Desk
from baken.operations.join_incident import joining_entry, joining_event
from baken.operations.judge_by_rules import rules_say
from baken.operations.ports import NODE_OF_REALM
from baken.operations.work_incident import incident
from baken.records.event import Event
from baken.records.evidence import Entry, EntryKind, Field, KeptEntry
from baken.records.incident import Incident, IncidentId, IncidentKind, Judgement
from baken.records.marking import Realm, strictest
from baken.report.words import Speech


def open_incident(
    desk: Desk,
    *,
    node: str,
    realm: Realm,
    title: str,
    kind: IncidentKind,
    because: str,
    rules: PriorityRules,
    events: Sequence[Event] = (),
) -> Incident:
    """Open an incident with the events it begins with, their findings kept as evidence.

    Its label is that of all it begins with together, and no wider than the desk's.
    Raises: WrongUsage for events of another world, and for a title that says nothing.
    """
    refuse_other_worlds(events, realm)
    labels = frozenset({desk.marking, *(event.finding.marking for event in events)})
    judged = rules_say(kind, [event.finding for event in events], rules, now_tai_ns=desk.at_tai_ns)
    incident_id = _named(desk, node, realm)
    opened = desk.entry(
        EntryKind.OPENED,
        str(incident_id),
        realm,
        *_opening(title, kind, because, judged),
        marking=strictest(labels),
    )
    joining = [entry for event in events for entry in joining_event(desk, incident_id, event)]
    return _opened(desk, incident_id, opened, *joining)


def open_from_report(
    desk: Desk, *, node: str, realm: Realm, sequence: int, because: str, rules: PriorityRules
) -> Incident:
    """Open an incident from a report: an officer finds it worth following, and believes no more than that.

    Raises: WrongUsage when the entry is no report, adds to another, or belongs to an incident already.
    """
    report = waiting_report(desk, realm, sequence)
    kind = IncidentKind(report.entry.text("kind_of_incident"))
    incident_id = _named(desk, node, realm)
    opened = desk.entry(
        EntryKind.OPENED,
        str(incident_id),
        realm,
        *_opening(
            f"{Speech('en')(f'incident.kind.{kind}')}: {report.entry.text('title')}",
            kind,
            because or f"reported from outside, {report.entry_id}",
            rules_say(kind, (), rules, now_tai_ns=desk.at_tai_ns),
        ),
        marking=strictest(frozenset({desk.marking, report.marking})),
    )
    return _opened(desk, incident_id, opened, *joining_entry(desk, incident_id, report))


def waiting_report(desk: Desk, realm: Realm, sequence: int) -> KeptEntry:
    """Return a report that belongs to no incident yet.

    Raises: WrongUsage when it is none, or belongs to one; NoSuchRecord when the log is shorter.
    """
    report = desk.log.entry(realm, sequence)
    if report.entry.kind is not EntryKind.REPORT:
        raise WrongUsage(f"{report.entry_id} is {report.entry.kind}, and no report from outside")
    adds_to = report.entry.text("adds_to")
    if adds_to:
        raise WrongUsage(f"{report.entry_id} adds to {adds_to}; join it to the incident of that one")
    if not waiting_reports([report], desk.log.entries(realm, kinds={EntryKind.JOINED})):
        raise WrongUsage(f"{report.entry_id} belongs to an incident already")
    return report


def refuse_other_worlds(events: Iterable[Event], realm: Realm) -> None:
    """Refuse events of another world than the incident's."""
    for event in events:
        if event.realm is not realm:
            raise WrongUsage(f"{event.event_id} is {event.realm}, this incident {realm}; worlds never mix")


def _named(desk: Desk, node: str, realm: Realm) -> IncidentId:
    year = int(utc_text(desk.at_tai_ns, 0)[:4])
    return desk.log.reserve_incident_id(node=NODE_OF_REALM.get(realm, node), year=year)


def _opening(title: str, kind: IncidentKind, because: str, judged: dict[str, Judgement]) -> tuple[Field, ...]:
    if not title.strip():
        raise WrongUsage("an incident has a title; give one")
    return (
        ("title", title.strip()),
        ("kind_of_incident", kind.value),
        ("because", because),
        *((name, judgement.automatic) for name, judgement in judged.items()),
        *((f"{name}_because", judgement.because) for name, judgement in judged.items()),
    )


def _opened(desk: Desk, incident_id: IncidentId, *entries: Entry) -> Incident:
    desk.keep(*entries)
    return incident(desk.log, incident_id)
