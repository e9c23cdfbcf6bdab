"""Handing over the watch: two acts, an offer and its acceptance, and what the next one has to know."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from baken.errors import UnreadableInput
from baken.incident.lifecycle import OVER
from baken.incident.membership import members_of
from baken.records.event import Finding
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.incident import Incident, Urgency
from baken.records.watch import Changed, Clock, Handover, Question, WaitingReport

WATCH = "watch"
OFFER, ACCEPT = "offer", "accept"


def handovers_of(entries: Iterable[KeptEntry]) -> tuple[Handover, ...]:
    """Return every hand-over, oldest first; an acceptance belongs to the offer it names.

    Raises: UnreadableInput that names an entry which accepts what was never offered.
    """
    found: dict[str, Handover] = {}
    for kept in sorted(entries, key=lambda kept: kept.sequence):
        if kept.entry.kind is not EntryKind.HANDOVER:
            continue
        if kept.entry.text("act") == OFFER:
            found[kept.entry_id] = _offered(kept)
        else:
            offer = kept.entry.text("offer")
            if offer not in found:
                raise UnreadableInput(f"{kept.entry_id} accepts {offer or 'nothing'}, which offers no watch")
            found[offer] = replace(
                found[offer], accepted_by=kept.entry.actor, accepted_at_tai_ns=kept.entry.at_tai_ns
            )
    return tuple(found.values())


def _offered(kept: KeptEntry) -> Handover:
    return Handover(
        offered_by=kept.entry.actor,
        offered_to=kept.entry.text("to"),
        note=kept.entry.text("text"),
        offered_at_tai_ns=kept.entry.at_tai_ns,
        entry_sequence=kept.sequence,
    )


def last_taken(handovers: Sequence[Handover]) -> Handover | None:
    """Return the hand-over by which the watch is with whoever has it."""
    taken = [each for each in handovers if each.accepted_at_tai_ns is not None]
    return max(taken, key=lambda each: each.accepted_at_tai_ns or 0, default=None)


def most_urgent_first(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return incidents with what is over last, and the most urgent of the others first."""
    ladder = list(Urgency)
    return tuple(
        sorted(
            incidents,
            key=lambda one: (one.stage in OVER, -ladder.index(Urgency(one.urgency.stands)), one.incident_id),
        )
    )


def changes_since(incidents: Iterable[Incident], since_tai_ns: int | None) -> tuple[Changed, ...]:
    """Return what happened to each incident after an instant; all of it when there is none."""
    changed = (
        Changed(
            incident_id=one.incident_id,
            moments=tuple(m for m in one.timeline if since_tai_ns is None or m.at_tai_ns > since_tai_ns),
        )
        for one in incidents
    )
    return tuple(each for each in changed if each.moments)


def clocks_of(
    incident: Incident, findings: Iterable[tuple[str, Finding]], *, now_tai_ns: int
) -> tuple[Clock, ...]:
    """Return what still lies ahead of an incident, soonest first.

    ``findings`` are its events by name.  What begins, peaks and ends at once only peaks.
    """
    instants = {
        (event_id, at_tai_ns): what
        for event_id, each in findings
        for what, at_tai_ns in (
            ("begins", each.start_tai_ns),
            ("ends", each.end_tai_ns),
            ("peaks", each.peak_tai_ns),
        )
        if at_tai_ns >= now_tai_ns
    }
    return tuple(
        Clock(incident_id=incident.incident_id, event_id=event_id, what=what, at_tai_ns=at_tai_ns)
        for (event_id, at_tai_ns), what in sorted(instants.items(), key=lambda each: each[0][1])
    )


def questions_of(incident: Incident, entries: Iterable[KeptEntry]) -> tuple[Question, ...]:
    """Return what people said nobody knows of an incident."""
    return tuple(
        Question(incident_id=incident.incident_id, text=kept.entry.text("text"), asked_by=kept.entry.actor)
        for kept in entries
        if kept.entry.kind is EntryKind.GAP and kept.entry.subject == str(incident.incident_id)
    )


def waiting_reports(reports: Iterable[KeptEntry], joined: Iterable[KeptEntry]) -> tuple[WaitingReport, ...]:
    """Return reports that belong to no incident, oldest first.

    ``joined`` are the entries by which anything joined or left, of all incidents.
    """
    by_incident: dict[str, list[KeptEntry]] = {}
    for kept in joined:
        by_incident.setdefault(kept.entry.subject, []).append(kept)
    taken = {entry_id for entries in by_incident.values() for entry_id in members_of(entries).entry_ids}
    return tuple(
        WaitingReport(
            entry_id=kept.entry_id,
            title=kept.entry.text("title"),
            received_at_tai_ns=kept.kept_at_tai_ns,
            marking=kept.marking,
        )
        for kept in reports
        if kept.entry_id not in taken
    )
