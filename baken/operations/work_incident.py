"""Work on an incident: read it, take it a step further, judge it, note, assign; every act an entry.

Whoever acts may say with ``seen`` how many entries he had read; where there are more by now nothing is kept,
and he is told what changed.
"""

from collections.abc import Sequence

from baken.astro.time import utc_text
from baken.errors import NoSuchRecord, WrongUsage
from baken.incident.history import BAKEN, WORDS_OF, incident_of
from baken.incident.lifecycle import Step, advance
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog, Overtaken, Seen
from baken.operations.keep_evidence import keep_access
from baken.records.evidence import Entry, EntryKind, Field, entry_id_of, read_entry_id
from baken.records.incident import Incident, IncidentId, Moment
from baken.records.marking import Realm

# These say who, or how it is called; no reason is asked.
NEEDS_NO_REASON = frozenset({"assigned_to", "title", "acknowledged"})
MAY_BE_TAKEN_BACK = frozenset({"severity", "urgency"})


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
    opened = {kept.entry.subject for kept in log.entries(realm, kinds={EntryKind.OPENED})}
    # Asked one by one: a log has far more evidence than incidents.
    found = (incident_of(log.entries(realm, subject=subject)) for subject in opened)
    return tuple(sorted(found, key=lambda one: one.incident_id))


def step_further(
    desk: Desk, incident_id: IncidentId, step: Step, because: str, *, seen: int | None = None
) -> Incident:
    """Take an incident one step further.

    Raises: StepNotAllowed when its stage does not offer the step; Overtaken when somebody was quicker.
    """
    now = as_seen(desk, incident_id, seen)
    advance(now.stage, step)
    if not because.strip():
        raise WrongUsage("a step has a reason; say why")
    return _say(desk, now, EntryKind.STEP, ("step", step.value), ("because", because))


def judge(
    desk: Desk, incident_id: IncidentId, name: str, value: str, because: str, *, seen: int | None = None
) -> Incident:
    """Put a person's judgement beside what a rule said; an empty severity or urgency takes his back.

    Raises: WrongUsage for what cannot be judged, or a word that is not one of its own; Overtaken.
    """
    if desk.actor == BAKEN:
        raise WrongUsage(f"{BAKEN} is what the rules are called; a person judges under his own name")
    now = as_seen(desk, incident_id, seen)
    if name not in WORDS_OF or name == "acknowledged":
        known = ", ".join(sorted(set(WORDS_OF) - {"acknowledged"}))
        raise WrongUsage(f"{name} cannot be judged; {known} can")
    _refuse_unknown_word(name, value)
    if name not in NEEDS_NO_REASON and not because.strip():
        raise WrongUsage("a judgement has a reason; say why")
    return _say(desk, now, EntryKind.JUDGED, ("name", name), ("value", value), ("because", because))


def _refuse_unknown_word(name: str, value: str) -> None:
    if name in MAY_BE_TAKEN_BACK and not value:
        return
    if not value.strip():
        raise WrongUsage(f"{name} cannot be empty")
    try:
        WORDS_OF[name](value)
    except ValueError as error:
        known = ", ".join(str(word.value) for word in WORDS_OF[name])  # type: ignore[attr-defined]
        raise WrongUsage(f"{name} is one of {known}; not {value!r}") from error


def acknowledge(desk: Desk, incident_id: IncidentId, *, seen: int | None = None) -> Incident:
    """Take on an incident that was assigned to whoever acts.

    Raises: WrongUsage when it is with somebody else, or taken on already; Overtaken.
    """
    now = as_seen(desk, incident_id, seen)
    if now.assigned_to != desk.actor:
        with_whom = now.assigned_to or "nobody"
        raise WrongUsage(f"{incident_id} is assigned to {with_whom}, and you are {desk.actor}")
    if now.acknowledged:
        raise WrongUsage(f"{desk.actor} has taken on {incident_id} already")
    return _say(desk, now, EntryKind.JUDGED, ("name", "acknowledged"), ("value", desk.actor))


def note(
    desk: Desk, incident_id: IncidentId, text: str, replaces: str = "", *, seen: int | None = None
) -> Incident:
    """Write a note; one that replaces another leaves the other readable.

    Raises: WrongUsage for an empty note, or one that replaces what is no note of this incident; Overtaken.
    """
    now = as_seen(desk, incident_id, seen)
    if not text.strip():
        raise WrongUsage("a note says something")
    if not replaces:
        return _say(desk, now, EntryKind.NOTE, ("text", text))
    _refuse_no_note(now, replaces)
    return _say(desk, now, EntryKind.NOTE, ("text", text), ("replaces", replaces))


def _refuse_no_note(now: Incident, replaces: str) -> None:
    notes = {m.entry_sequence: m for m in now.timeline if m.kind == EntryKind.NOTE}
    replaced = notes.get(read_entry_id(replaces))
    if replaced is None:
        raise WrongUsage(f"{replaces} is no note of {now.incident_id}; name one that is")
    if replaced.replaced_by:
        raise WrongUsage(f"{replaces} was replaced by {replaced.replaced_by}; replace that one")


def decide(desk: Desk, incident_id: IncidentId, because: str, *, seen: int | None = None) -> Incident:
    """Keep a decision as it was taken, in the words of who took it."""
    now = as_seen(desk, incident_id, seen)
    if not because.strip():
        raise WrongUsage("a decision says what was decided")
    return _say(desk, now, EntryKind.DECISION, ("because", because))


def look_at(desk: Desk, incident_id: IncidentId) -> Incident:
    """Return an incident, and keep that whoever acts saw it so: once an hour for each state of it."""
    found = incident(desk.log, incident_id)
    keep_access(
        desk.log,
        found.realm,
        thing=f"{incident_id} as of {entry_id_of(found.timeline[-1].entry_sequence)}",
        about=str(incident_id),
        actor=desk.actor,
        at_tai_ns=desk.at_tai_ns,
        luck=desk.luck,
    )
    return found


def as_seen(desk: Desk, incident_id: IncidentId, seen: int | None) -> Incident:
    """Return an incident as it stands, if that is as whoever acts saw it.

    Raises: Overtaken with what changed since.
    """
    now = incident(desk.log, incident_id)
    if seen is not None and seen != now.n_entries:
        raise _overtaken(now, seen)
    return now


def add_to(desk: Desk, now: Incident, *entries: Entry) -> Incident:
    """Keep entries about an incident, all or none, and return it as it stands then.

    Raises: Overtaken with what changed, when somebody else was quicker.
    """
    try:
        desk.keep(*entries, seen=Seen(subject=str(now.incident_id), n_entries=now.n_entries))
    except Overtaken:
        raise _overtaken(incident(desk.log, now.incident_id), now.n_entries) from None
    return incident(desk.log, now.incident_id)


def _say(desk: Desk, now: Incident, kind: EntryKind, *fields: Field) -> Incident:
    return add_to(desk, now, desk.entry(kind, str(now.incident_id), now.realm, *fields))


def _overtaken(now: Incident, n_seen: int) -> Overtaken:
    """Say what came since; one who claims to have seen more than there is has seen another incident."""
    if n_seen > now.n_entries:
        return Overtaken(f"{now.incident_id} has {now.n_entries} entries, not {n_seen}; read it again")
    return Overtaken(
        f"{now.incident_id} changed since you read it: {_told(now.timeline[n_seen:])}; "
        f"read it again, and decide again"
    )


def _told(moments: Sequence[Moment]) -> str:
    return "; ".join(
        f"{utc_text(each.at_tai_ns, 0)} {each.actor}, {each.kind} {each.text} "
        f"({entry_id_of(each.entry_sequence)})"
        for each in moments
    )
