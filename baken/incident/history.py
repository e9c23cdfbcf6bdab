"""An incident as it follows from the log: nothing else is kept of it, so nothing can disagree with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from baken.errors import UnreadableInput
from baken.incident.lifecycle import Step, StepNotAllowed, advance
from baken.incident.membership import have_unlike_labels, members_of
from baken.incident.timeline import timeline_of
from baken.records.evidence import EVIDENCE_KINDS, Entry, EntryKind, KeptEntry
from baken.records.incident import (
    Answer,
    Effect,
    Incident,
    IncidentKind,
    Judgement,
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
    "acknowledged": str,
}


class BrokenHistory(UnreadableInput):
    """Entries about an incident that cannot be its history, with the one that cannot stand there."""


def incident_of(entries: Sequence[KeptEntry]) -> Incident:
    """Return an incident as it stands after all that was said of it.

    ``entries`` are those about the incident, in any order; only their places in the log count.  A step that
    could not be taken any more changes nothing, where whoever took it may not have seen an earlier one.
    Raises: BrokenHistory that names the entry which cannot stand where it stands.
    """
    told = sorted(entries, key=lambda kept: kept.sequence)
    if not told:
        raise BrokenHistory("an incident begins with its opening; there is no entry")
    incident = _followed(told)
    members = members_of(told)
    return replace(
        incident,
        event_ids=members.event_ids,
        entry_ids=members.entry_ids,
        object_ids=members.object_ids,
        changed_at_tai_ns=told[-1].entry.at_tai_ns,
        timeline=timeline_of(told),
        n_entries=len(told),
    )


def _followed(told: Sequence[KeptEntry]) -> Incident:
    kept = told[0]
    try:
        incident = replace(_opened(kept.entry), marking=kept.marking)
        for place, kept in enumerate(told[1:], 1):
            try:
                incident = _after(incident, kept.entry)
            except StepNotAllowed:
                if not have_unlike_labels(one for one in told[: place + 1] if one.entry.kind in STEPPED):
                    raise
    except (ValueError, StepNotAllowed, UnreadableInput) as error:
        subject = told[0].entry.subject
        raise BrokenHistory(f"{kept.entry_id} cannot stand in the history of {subject}: {error}") from error
    return incident


def _after(incident: Incident, entry: Entry) -> Incident:
    if (entry.subject, entry.realm) != (str(incident.incident_id), incident.realm):
        raise BrokenHistory(f"it is about {entry.subject} in {entry.realm}")
    if entry.kind in CHANGES:
        return CHANGES[entry.kind](incident, entry)
    if entry.kind in SAID_BESIDE:
        return incident
    raise BrokenHistory(f"{entry.kind} is nothing that happens to an incident once it is open")


def _opened(entry: Entry) -> Incident:
    if entry.kind is not EntryKind.OPENED:
        raise BrokenHistory(f"an incident begins with its opening, not with {entry.kind}")
    return Incident(
        incident_id=read_incident_id(entry.subject),
        title=entry.text("title"),
        kind=IncidentKind(entry.text("kind_of_incident")),
        stage=Stage.SUSPECTED,
        opened_at_tai_ns=entry.at_tai_ns,
        changed_at_tai_ns=entry.at_tai_ns,
        severity=_by_rule(entry, "severity"),
        urgency=_by_rule(entry, "urgency"),
        realm=entry.realm,
        marking=entry.marking,
    )


def _by_rule(entry: Entry, name: str) -> Judgement:
    value = str(WORDS_OF[name](entry.text(name)))
    return Judgement(automatic=value, because=entry.text(f"{name}_because"))


def _stepped(incident: Incident, entry: Entry) -> Incident:
    return replace(incident, stage=advance(incident.stage, Step(entry.text("step"))))


def _judged(incident: Incident, entry: Entry) -> Incident:
    name, value = entry.text("name"), entry.text("value")
    if name not in WORDS_OF:
        raise BrokenHistory(f"nothing called {name!r} is judged of an incident")
    if name in ("severity", "urgency"):
        graded: Mapping[str, Any] = {name: _graded(getattr(incident, name), entry)}
        return replace(incident, **graded)
    if name == "acknowledged":
        return replace(incident, acknowledged=entry.actor == incident.assigned_to)
    if name == "assigned_to":
        return replace(incident, assigned_to=value, acknowledged=False)
    decided: Mapping[str, Any] = {name: WORDS_OF[name](value)}
    return replace(incident, **decided)


def _graded(judgement: Judgement, entry: Entry) -> Judgement:
    """Put a value in its place: a rule's where rules speak, a person's beside it, which locks neither."""
    name, value, because = entry.text("name"), entry.text("value"), entry.text("because")
    if entry.value("by_rule"):
        if entry.actor != BAKEN:
            raise BrokenHistory(f"{entry.actor} is no rule")
        return replace(judgement, automatic=str(WORDS_OF[name](value)), because=because)
    human = str(WORDS_OF[name](value)) if value else None
    return replace(judgement, human=human, human_because=because, by=entry.actor)


STEPPED = frozenset({EntryKind.OPENED, EntryKind.STEP})
CHANGES: Mapping[EntryKind, Callable[[Incident, Entry], Incident]] = {
    EntryKind.STEP: _stepped,
    EntryKind.JUDGED: _judged,
}
# These stand in the timeline, and change neither stage nor judgement; who joins is told by ``membership``.
SAID_BESIDE = EVIDENCE_KINDS | {
    EntryKind.JOINED,
    EntryKind.NOTE,
    EntryKind.HANDOVER,
    EntryKind.HYPOTHESIS,
    EntryKind.GRADE,
    EntryKind.RATING,
    EntryKind.ESTIMATE,
    EntryKind.GAP,
    EntryKind.DISSENT,
    EntryKind.DECISION,
    EntryKind.DETERMINATION,
    EntryKind.MEASURE,
    EntryKind.ACCESS,
    EntryKind.DOSSIER,
    EntryKind.PARTNER,
}
