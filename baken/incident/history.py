"""An incident as it follows from the log: nothing else is kept of it, so nothing can disagree with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from baken.incident.lifecycle import Step, advance
from baken.records.evidence import Entry, EntryKind, KeptEntry, entry_id_of, read_entry_id
from baken.records.incident import (
    Answer,
    Effect,
    Incident,
    IncidentKind,
    Judgement,
    Moment,
    Segment,
    Severity,
    Stage,
    Urgency,
    read_incident_id,
)

BAKEN = "baken"
WORDS_OF: Mapping[str, Callable[[str], str]] = {
    "kind": IncidentKind,
    "severity": Severity,
    "urgency": Urgency,
    "unintended": Answer,
    "deliberate": Answer,
    "reversible": Answer,
    "effect": Effect,
    "segment": Segment,
    "title": str,
    "assigned_to": str,
}


def incident_of(entries: Sequence[KeptEntry]) -> Incident:
    """Return an incident as it stands after all that was said of it.

    ``entries`` are those about the incident, in any order; only their places in the log count.
    Raises: ValueError when the first is not its opening, or one asks for a step its stage does not offer.
    """
    told = sorted(entries, key=lambda kept: kept.sequence)
    if not told or told[0].entry.kind is not EntryKind.OPENED:
        raise ValueError("an incident begins with its opening")
    incident = _opened(told[0].entry)
    for kept in told[1:]:
        incident = CHANGES.get(kept.entry.kind, _unchanged)(incident, kept.entry)
    return replace(
        incident,
        changed_at_tai_ns=told[-1].entry.at_tai_ns,
        timeline=_timeline(told),
        n_entries=len(entries),
    )


def _opened(entry: Entry) -> Incident:
    return Incident(
        incident_id=read_incident_id(entry.subject),
        title=entry.text("title"),
        kind=IncidentKind(entry.text("kind_of_incident")),
        stage=Stage.SUSPECTED,
        opened_at_tai_ns=entry.at_tai_ns,
        changed_at_tai_ns=entry.at_tai_ns,
        severity=Judgement(automatic=entry.text("severity"), because=entry.text("severity_because")),
        urgency=Judgement(automatic=entry.text("urgency"), because=entry.text("urgency_because")),
        realm=entry.realm,
        marking=entry.marking,
    )


def _stepped(incident: Incident, entry: Entry) -> Incident:
    return replace(incident, stage=advance(incident.stage, Step(entry.text("step"))))


def _joined(incident: Incident, entry: Entry) -> Incident:
    event_id, object_ids = entry.text("event_id"), entry.value("object_ids")
    named = map(str, object_ids) if isinstance(object_ids, tuple) else ()
    return replace(
        incident,
        event_ids=tuple(dict.fromkeys((*incident.event_ids, *((event_id,) if event_id else ())))),
        object_ids=tuple(dict.fromkeys((*incident.object_ids, *named))),
    )


def _judged(incident: Incident, entry: Entry) -> Incident:
    name, value = entry.text("name"), entry.text("value")
    if name == "severity":
        return replace(incident, severity=_graded(incident.severity, entry))
    if name == "urgency":
        return replace(incident, urgency=_graded(incident.urgency, entry))
    decided: Mapping[str, Any] = {name: WORDS_OF[name](value)}
    return replace(incident, **decided)


def _graded(judgement: Judgement, entry: Entry) -> Judgement:
    """Put a value beside the other: a rule's in its place, a person's in his."""
    value, because = entry.text("value"), entry.text("because")
    if entry.actor == BAKEN:
        return replace(judgement, automatic=value, because=because)
    return replace(judgement, human=value or None, human_because=because, by=entry.actor)


def _unchanged(incident: Incident, _entry: Entry) -> Incident:
    return incident


CHANGES: Mapping[EntryKind, Callable[[Incident, Entry], Incident]] = {
    EntryKind.STEP: _stepped,
    EntryKind.JOINED: _joined,
    EntryKind.JUDGED: _judged,
}


def _timeline(told: Sequence[KeptEntry]) -> tuple[Moment, ...]:
    newer = {
        read_entry_id(kept.entry.text("replaces")): kept.sequence
        for kept in told
        if kept.entry.text("replaces")
    }
    return tuple(
        Moment(
            at_tai_ns=kept.entry.at_tai_ns,
            kind=kept.entry.kind.value,
            actor=kept.entry.actor,
            text=_moment_text(kept.entry),
            entry_sequence=kept.sequence,
            replaced_by=entry_id_of(newer[kept.sequence]) if kept.sequence in newer else "",
        )
        for kept in told
    )


def _moment_text(entry: Entry) -> str:
    """Return the words of an entry that tell most, as they were said."""
    said = [entry.text(name) for name in ("title", "step", "event_id", "entry_id", "name", "value", "text")]
    because = entry.text("because")
    return " ".join(part for part in said if part) + (f": {because}" if because else "")
