"""The watch and what may be a case as JSON, told alike at the command line and over HTTP."""

from collections.abc import Sequence

from baken.astro.time import utc_text
from baken.incident.gather import Proposal
from baken.records.watch import Handover, WatchState
from baken.wiring.case_documents import incident_document, moment_document


def watch_document(state: WatchState, handovers: Sequence[Handover]) -> dict[str, object]:
    """Return what whoever takes the watch has to know, and every hand-over so far, as JSON."""
    return {
        "on_watch": state.on_watch or None,
        "since_utc": _utc(state.since_tai_ns),
        "open": [incident_document(one) for one in state.open_incidents],
        "clocks": [
            {
                "at_utc": utc_text(each.at_tai_ns),
                "what": each.what,
                "event_id": each.event_id,
                "incident_id": str(each.incident_id),
            }
            for each in state.clocks
        ],
        "changed": [
            {"incident_id": str(each.incident_id), "moments": list(map(moment_document, each.moments))}
            for each in state.changed
        ],
        "questions": [
            {"incident_id": str(each.incident_id), "text": each.text, "by": each.asked_by}
            for each in state.questions
        ],
        "reports": [
            {
                "entry_id": each.entry_id,
                "title": each.title,
                "received_utc": utc_text(each.received_at_tai_ns),
                "marking": each.marking.text,
            }
            for each in state.reports
        ],
        "unassigned": [str(one.incident_id) for one in state.unassigned],
        "handovers": list(map(handover_document, handovers)),
    }


def handover_document(each: Handover) -> dict[str, object]:
    """Return one change of the watch as JSON."""
    return {
        "offered_by": each.offered_by,
        "offered_to": each.offered_to,
        "offered_utc": utc_text(each.offered_at_tai_ns),
        "note": each.note,
        "accepted_by": each.accepted_by or None,
        "accepted_utc": _utc(each.accepted_at_tai_ns),
    }


def proposal_document(proposal: Proposal) -> dict[str, object]:
    """Return what may be one case as JSON."""
    return {
        "event_ids": [str(event.event_id) for event in proposal.events],
        "kind": proposal.kind.value,
        "joins": None if proposal.joins is None else str(proposal.joins),
        "tie": proposal.tie,
        "because": proposal.because,
    }


def _utc(instant_tai_ns: int | None) -> str | None:
    return None if instant_tai_ns is None else utc_text(instant_tai_ns)
