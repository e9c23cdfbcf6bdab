"""Work on an incident: open it, take it a step further, judge it, note, hand it over; all of it entries."""

from collections.abc import Iterable, Sequence

from baken.astro.time import utc_text
from baken.errors import NoSuchRecord, WrongUsage
from baken.incident.history import WORDS_OF, incident_of
from baken.incident.lifecycle import Step, advance
from baken.incident.priority import Circumstances, PriorityRules, severity_of, urgency_of_case
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog, Seen
from baken.operations.finding_evidence import entry_of_finding
from baken.operations.ports import NODE_OF_REALM
from baken.records.event import Event
from baken.records.evidence import EVIDENCE_KINDS, Entry, EntryKind, Field, KeptEntry, read_entry_id
from baken.records.incident import Incident, IncidentId, IncidentKind
from baken.records.marking import Realm, strictest

NANOSECONDS_AN_HOUR = 3_600e9


def incident(log: EvidenceLog, incident_id: IncidentId) -> Incident:
    """Return an incident as it stands.

    Raises: NoSuchRecord when there is none of that name.
    """
    entries = log.entries(realm_of_incident(incident_id), subject=str(incident_id))
    if not entries:
        raise NoSuchRecord(
            f"no incident is called {incident_id}; 'baken incident list' shows those there are"
        )
    return incident_of(entries)


def incidents(log: EvidenceLog, realm: Realm) -> tuple[Incident, ...]:
    """Return every incident of a world, in order of name."""
    opened = log.entries(realm, kinds={EntryKind.OPENED})
    about: dict[str, list[KeptEntry]] = {kept.entry.subject: [] for kept in opened}
    for kept in log.entries(realm, kinds=set(EntryKind) - {EntryKind.ACCESS}):
        if kept.entry.subject in about:
            about[kept.entry.subject].append(kept)
    return tuple(sorted(map(incident_of, about.values()), key=lambda one: one.incident_id))


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
    Raises: WrongUsage for events of another world.
    """
    _refuse_other_worlds(events, realm)
    year = int(utc_text(desk.at_tai_ns, 0)[:4])
    incident_id = desk.log.reserve_incident_id(node=NODE_OF_REALM.get(realm, node), year=year)
    severity, urgency = _priority(kind, events, rules, desk.at_tai_ns)
    opened = desk.entry(
        EntryKind.OPENED,
        str(incident_id),
        realm,
        ("title", title),
        ("kind_of_incident", kind.value),
        ("because", because),
        *severity,
        *urgency,
        marking=strictest(frozenset({desk.marking, *(event.finding.marking for event in events)})),
    )
    joining = [entry for event in events for entry in _joining(desk, incident_id, event)]
    desk.keep(opened, *joining)
    return incident(desk.log, incident_id)


def _refuse_other_worlds(events: Iterable[Event], realm: Realm) -> None:
    for event in events:
        if event.realm is not realm:
            raise WrongUsage(f"{event.event_id} is {event.realm}, this incident {realm}; worlds never mix")


def _priority(
    kind: IncidentKind, events: Sequence[Event], rules: PriorityRules, at_tai_ns: int
) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    circumstances = Circumstances(
        kind=kind,
        measures=_largest_measures(events),
        hours_ahead=tuple((event.finding.peak_tai_ns - at_tai_ns) / NANOSECONDS_AN_HOUR for event in events),
    )
    severity = severity_of(circumstances, rules)
    urgency = urgency_of_case(circumstances, rules)
    return (
        (("severity", severity.automatic), ("severity_because", severity.because)),
        (("urgency", urgency.automatic), ("urgency_because", urgency.because)),
    )


def _largest_measures(events: Sequence[Event]) -> dict[str, float]:
    largest: dict[str, float] = {}
    for name, value in (measure for event in events for measure in event.finding.measures):
        if isinstance(value, int | float):
            largest[name] = max(largest.get(name, float(value)), float(value))
    return largest


def _joining(desk: Desk, incident_id: IncidentId, event: Event) -> tuple[Entry, ...]:
    """Return the entries by which an event joins: its finding, if the log has it not yet, and the joining."""
    known = desk.log.entries(event.realm, subject=str(event.event_id), kinds={EntryKind.FINDING})
    finding = entry_of_finding(event, actor=desk.actor, at_tai_ns=desk.at_tai_ns)
    is_new = all(kept.entry.text("finding_digest") != event.finding.digest for kept in known)
    joined = desk.entry(
        EntryKind.JOINED,
        str(incident_id),
        event.realm,
        ("event_id", str(event.event_id)),
        ("object_ids", event.finding.object_ids),
        ("start_tai_ns", str(event.finding.start_tai_ns)),
        ("end_tai_ns", str(event.finding.end_tai_ns)),
    )
    return (finding, joined) if is_new else (joined,)


def step_further(desk: Desk, incident_id: IncidentId, step: Step, because: str) -> Incident:
    """Take an incident one step further.

    Raises: StepNotAllowed when its stage does not offer the step; Overtaken when somebody was quicker.
    """
    now = incident(desk.log, incident_id)
    advance(now.stage, step)
    if not because.strip():
        raise WrongUsage("a step has a reason; give --because")
    return _add(desk, now, EntryKind.STEP, ("step", step.value), ("because", because))


def join_event(desk: Desk, incident_id: IncidentId, event: Event) -> Incident:
    """Let an event join an incident, its finding as evidence.

    Raises: WrongUsage for an event of another world, or one that has joined already.
    """
    now = incident(desk.log, incident_id)
    _refuse_other_worlds([event], now.realm)
    if str(event.event_id) in now.event_ids:
        raise WrongUsage(f"{event.event_id} is in {incident_id} already")
    desk.keep(*_joining(desk, incident_id, event), seen=_seen(now))
    return incident(desk.log, incident_id)


def join_entry(desk: Desk, incident_id: IncidentId, sequence: int) -> Incident:
    """Let a piece of evidence that was kept elsewhere join an incident."""
    now = incident(desk.log, incident_id)
    kept = desk.log.entry(now.realm, sequence)
    if kept.entry.kind not in EVIDENCE_KINDS:
        raise WrongUsage(f"{kept.entry_id} is a {kept.entry.kind}, and no evidence; join what is")
    return _add(desk, now, EntryKind.JOINED, ("entry_id", kept.entry_id))


def judge(desk: Desk, incident_id: IncidentId, name: str, value: str, because: str) -> Incident:
    """Put a person's judgement beside what a rule said; an empty value takes the person's back.

    Raises: WrongUsage for what cannot be judged, or a word that is not one of its own.
    """
    now = incident(desk.log, incident_id)
    if name not in WORDS_OF:
        raise WrongUsage(f"{name} cannot be judged; {', '.join(sorted(WORDS_OF))} can")
    _refuse_unknown_word(name, value)
    if name not in ("assigned_to", "title") and not because.strip():
        raise WrongUsage("a judgement has a reason; give --because")
    return _add(desk, now, EntryKind.JUDGED, ("name", name), ("value", value), ("because", because))


def _refuse_unknown_word(name: str, value: str) -> None:
    if name in ("severity", "urgency") and not value:
        return
    try:
        WORDS_OF[name](value)
    except ValueError as error:
        known = ", ".join(str(word.value) for word in WORDS_OF[name])  # type: ignore[attr-defined]
        raise WrongUsage(f"{name} is one of {known}; not {value!r}") from error


def note(desk: Desk, incident_id: IncidentId, text: str, replaces: str = "") -> Incident:
    """Write a note; one that replaces another leaves the other readable.

    Raises: WrongUsage for an empty note, or one that replaces what is no note of this incident.
    """
    now = incident(desk.log, incident_id)
    if not text.strip():
        raise WrongUsage("a note says something")
    if replaces:
        _refuse_no_note(desk, now, replaces)
    return _add(desk, now, EntryKind.NOTE, ("text", text), ("replaces", replaces))


def _refuse_no_note(desk: Desk, now: Incident, replaces: str) -> None:
    replaced = desk.log.entry(now.realm, read_entry_id(replaces)).entry
    if replaced.kind is not EntryKind.NOTE or replaced.subject != str(now.incident_id):
        raise WrongUsage(f"{replaces} is no note of {now.incident_id}; name one that is")


def decide(desk: Desk, incident_id: IncidentId, because: str) -> Incident:
    """Keep a decision as it was taken, in the words of who took it."""
    now = incident(desk.log, incident_id)
    if not because.strip():
        raise WrongUsage("a decision says what was decided")
    return _add(desk, now, EntryKind.DECISION, ("because", because))


def _add(desk: Desk, now: Incident, kind: EntryKind, *fields: Field) -> Incident:
    entry = desk.entry(kind, str(now.incident_id), now.realm, *fields)
    desk.keep(entry, seen=_seen(now))
    return incident(desk.log, now.incident_id)


def _seen(now: Incident) -> Seen:
    return Seen(subject=str(now.incident_id), n_entries=now.n_entries)
