"""Cases as JSON, told alike at the command line and over HTTP."""

from collections.abc import Sequence

from baken.astro.time import utc_text
from baken.incident.lifecycle import NEXT
from baken.operations.receive_report import ReportState
from baken.records.determination import SignedDetermination
from baken.records.evidence import KeptEntry, entry_id_of
from baken.records.hypothesis import Matrix
from baken.records.incident import Incident, Judgement, Moment
from baken.records.marking import Marking, strictest


def incidents_document(incidents: Sequence[Incident]) -> dict[str, object]:
    """Return incidents as JSON, with the label of the whole list."""
    return {
        "incidents": list(map(incident_document, incidents)),
        "marking": strictest(frozenset(_labels_of(*incidents))).text,
    }


def incident_document(incident: Incident) -> dict[str, object]:
    """Return an incident as JSON."""
    return {
        "incident_id": str(incident.incident_id),
        "title": incident.title,
        "kind": incident.kind.value,
        "stage": incident.stage.value,
        "steps": [step.value for step in NEXT[incident.stage]],
        "opened_utc": utc_text(incident.opened_at_tai_ns),
        "changed_utc": utc_text(incident.changed_at_tai_ns),
        "severity": judgement_document(incident.severity),
        "urgency": judgement_document(incident.urgency),
        "unintended": incident.unintended.value,
        "deliberate": incident.deliberate.value,
        "effect": incident.effect.value,
        "reversible": incident.reversible.value,
        "segment": incident.segment.value,
        "event_ids": list(incident.event_ids),
        "object_ids": list(incident.object_ids),
        "entry_ids": list(incident.entry_ids),
        "assigned_to": incident.assigned_to,
        "acknowledged": incident.acknowledged,
        "entries": incident.n_entries,
        "realm": incident.realm.value,
        "marking": incident.marking.text,
        # Of the case with all that was said of it: what a page that shows it stands under.
        "whole_marking": strictest(frozenset(_labels_of(incident))).text,
        "timeline": [moment_document(moment) for moment in incident.timeline],
    }


def _labels_of(*incidents: Incident) -> set[Marking]:
    moments = (moment.marking for one in incidents for moment in one.timeline)
    return {*(one.marking for one in incidents), *moments}


def judgement_document(judgement: Judgement) -> dict[str, object]:
    """Return what a rule said and what a person put beside it."""
    return {
        "stands": judgement.stands,
        "automatic": judgement.automatic,
        "automatic_because": judgement.because,
        "human": judgement.human,
        "human_because": judgement.human_because,
        "by": judgement.by,
    }


def moment_document(moment: Moment) -> dict[str, object]:
    """Return one line of a timeline."""
    return {
        "at_utc": utc_text(moment.at_tai_ns),
        "kind": moment.kind,
        "by": moment.actor,
        "text": moment.text,
        # For whoever tells it in another language.
        "said": dict(moment.said),
        "entry_id": entry_id_of(moment.entry_sequence),
        "marking": moment.marking.text,
        "replaced_by": moment.replaced_by or None,
    }


def report_state_document(state: ReportState) -> dict[str, object]:
    """Return what a reporter may know of his report as JSON."""
    return {
        "entry_id": state.entry_id,
        "received_utc": utc_text(state.received_at_tai_ns),
        "joined": state.joined,
        "additions": state.n_additions,
    }


def weighed_document(matrix: Matrix, entries: Sequence[KeptEntry]) -> dict[str, object]:
    """Return a matrix as JSON with the labels it stands under: of each piece, and of all it is made from."""
    told = matrix_document(matrix)
    pieces = zip(told["evidence"], matrix.rows, strict=True)  # type: ignore[call-overload]
    return {
        **told,
        "evidence": [{**piece, "marking": row.marking.text} for piece, row in pieces],
        "marking": strictest(frozenset(kept.marking for kept in entries)).text,
    }


def matrix_document(matrix: Matrix) -> dict[str, object]:
    """Return a matrix as JSON."""
    return {
        "about": matrix.subject,
        "settled": matrix.settled,
        "pieces_withheld": matrix.n_withheld,
        "explanations": [
            {
                "hypothesis_id": standing.hypothesis.hypothesis_id,
                "text": standing.hypothesis.text,
                "benign": standing.hypothesis.benign,
                "standing": standing.hypothesis.standing,
                "inconsistency": standing.inconsistency,
                "inconsistency_low": standing.low,
                "inconsistency_high": standing.high,
                "pieces_against": standing.n_against,
                "pieces_not_rated": standing.n_unrated,
            }
            for standing in matrix.standings
        ],
        "evidence": [
            {
                "entry_id": entry_id_of(row.entry_sequence),
                "title": row.title,
                "grade": row.grade.text,
                "root": row.root,
                "fits": {
                    hypothesis.hypothesis_id: fit and fit.value
                    for hypothesis, fit in zip(matrix.hypotheses, row.fits, strict=True)
                },
                "diagnosticity": row.diagnosticity,
            }
            for row in matrix.rows
        ],
        "carried_by": [
            {
                "entry_ids": list(map(entry_id_of, carrier.entry_sequences)),
                "first_without": list(carrier.first_without),
            }
            for carrier in matrix.carriers
        ],
        "one_voice": [list(map(entry_id_of, pieces)) for _root, pieces in matrix.circular],
        "estimates": [
            {
                "hypothesis_id": each.hypothesis_id,
                "likelihood": each.likelihood.value,
                "likelihood_percent": list(each.band_percent),
                "confidence": each.confidence.value,
                "because": each.because,
                "by": each.by,
                "entry_id": entry_id_of(each.entry_sequence),
            }
            for each in matrix.estimates
        ],
        "gaps": [{"text": each.text, "by": each.by} for each in matrix.gaps],
        "dissent": [{"text": each.text, "by": each.by} for each in matrix.dissent],
    }


def determinations_document(found: Sequence[SignedDetermination]) -> dict[str, object]:
    """Return determinations as JSON, side by side, with the label of them all."""
    return {
        "determinations": list(map(determination_document, found)),
        "marking": strictest(frozenset(each.determination.marking for each in found)).text,
    }


def determination_document(signed: SignedDetermination) -> dict[str, object]:
    """Return a determination as JSON."""
    said = signed.determination
    return {
        "entry_id": entry_id_of(signed.entry_sequence),
        "about": said.about,
        "state": said.state,
        "organ": said.organ,
        "decided_on": said.decided_on,
        "wording": said.wording,
        "language": said.language,
        "basis": list(said.basis),
        "is_public": said.is_public,
        "actor_named": said.actor_named or None,
        "signed_by": signed.signed_by,
        "marking": said.marking.text,
    }
