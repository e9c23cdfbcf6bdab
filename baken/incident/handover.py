"""Handing over the watch: two acts, an offer and its acceptance, and what the next one has to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baken.incident.lifecycle import OVER
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.incident import Incident, Urgency

WATCH = "watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The watch from one to another.  ``accepted_at_tai_ns`` is None until the other took it."""

    offered_by: str
    offered_to: str
    note: str
    offered_at_tai_ns: int
    entry_sequence: int
    accepted_by: str = ""
    accepted_at_tai_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """What is open, the most urgent first, and which of it changed since the watch was last taken."""

    open_incidents: tuple[Incident, ...]
    changed: tuple[Incident, ...]
    unassigned: tuple[Incident, ...]
    since_tai_ns: int | None


def handovers_of(entries: Iterable[KeptEntry]) -> tuple[Handover, ...]:
    """Return every hand-over, oldest first; an acceptance belongs to the offer it names."""
    found: dict[str, Handover] = {}
    for kept in sorted(entries, key=lambda kept: kept.sequence):
        entry = kept.entry
        if entry.kind is not EntryKind.HANDOVER:
            continue
        if entry.text("act") == "offer":
            found[kept.entry_id] = Handover(
                offered_by=entry.actor,
                offered_to=entry.text("to"),
                note=entry.text("text"),
                offered_at_tai_ns=entry.at_tai_ns,
                entry_sequence=kept.sequence,
            )
        else:
            found[entry.text("offer")] = _accepted(found[entry.text("offer")], kept)
    return tuple(found.values())


def _accepted(offer: Handover, kept: KeptEntry) -> Handover:
    return Handover(
        offered_by=offer.offered_by,
        offered_to=offer.offered_to,
        note=offer.note,
        offered_at_tai_ns=offer.offered_at_tai_ns,
        entry_sequence=offer.entry_sequence,
        accepted_by=kept.entry.actor,
        accepted_at_tai_ns=kept.entry.at_tai_ns,
    )


def state_of_watch(incidents: Sequence[Incident], handovers: Sequence[Handover]) -> WatchState:
    """Return what whoever takes the watch has to know."""
    taken = [each.accepted_at_tai_ns for each in handovers if each.accepted_at_tai_ns is not None]
    since = max(taken, default=None)
    still_open = sorted(
        (incident for incident in incidents if incident.stage not in OVER),
        key=lambda incident: (-list(Urgency).index(Urgency(incident.urgency.stands)), incident.incident_id),
    )
    changed = [each for each in incidents if since is None or each.changed_at_tai_ns > since]
    return WatchState(
        open_incidents=tuple(still_open),
        changed=tuple(changed),
        unassigned=tuple(incident for incident in still_open if not incident.assigned_to),
        since_tai_ns=since,
    )
