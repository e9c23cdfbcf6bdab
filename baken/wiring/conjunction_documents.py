"""Conjunctions as the console shows them: one short row each, and all that is known of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baken.assess.conjunction.life import life_of
from baken.astro.time import utc_text, utc_texts
from baken.operations.look_at_encounter import LookedAt, Passage
from baken.operations.ports import KeptFinding, Voice
from baken.operations.triage_events import Triaged
from baken.records.collision_assessment import CollisionAssessment, EncounterPlaneFigure
from baken.records.event import Event, EventId, Finding
from baken.records.identity import mint_object_id
from baken.records.incident import Incident
from baken.records.marking import Marking, strictest
from baken.records.sighting import Sighting
from baken.records.triage import TriageRule
from baken.report.conjunction_page import said_text
from baken.report.urgency import urgency_of
from baken.report.words import Speech
from baken.wiring.encounter_documents import case_document
from baken.wiring.event_documents import finite, named
from baken.wiring.release_documents import sighting_document
from baken.wiring.urgency_beside import urgency_beside

Document = dict[str, object]
ROLES = ("primary", "secondary")
OF_A_PARTY = ("norad_cat_id", "name", "age_h")
MEASURES = (
    "probability", "max_probability", "probability_region", "probability_covariance", "miss_distance_m",
    "miss_radial_m", "miss_transverse_m", "miss_normal_m", "relative_speed_m_s", "hard_body_radius_m",
    "mahalanobis_distance", "in_company",
)  # fmt: skip
UTC_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the events of a world: who spoke of each, and which cases each is in."""

    voices: Mapping[EventId, Sequence[Voice]]
    cases: Mapping[str, Sequence[Incident]]
    node: str

    @classmethod
    def of(
        cls, voices: Mapping[EventId, Sequence[Voice]], incidents: Iterable[Incident], node: str
    ) -> "Around":
        """Return what stands around events, the cases by the name of each event."""
        cases: dict[str, list[Incident]] = {}
        for incident in incidents:
            for name in incident.event_ids:
                cases.setdefault(name, []).append(incident)
        return cls(voices=voices, cases=cases, node=node)

    def originators(self, event_id: EventId) -> list[str]:
        """Return who spoke of an event, in order of name."""
        return [voice.originator for voice in named(self.voices.get(event_id, ()), self.node)]

    def marking(self, event: Event) -> Marking:
        """Return the label of an event with who spoke of it, and with the cases it is in."""
        said = (voice.markings for voice in self.voices.get(event.event_id, ()))
        cases = (case.marking for case in self.cases.get(str(event.event_id), ()))
        return strictest(frozenset({event.finding.marking, *cases}.union(*said)))


def conjunctions_document(events: Sequence[Event], around: Around, now_tai_ns: int, say: Speech) -> Document:
    """Return all conjunctions of a world as JSON, in order of closest approach."""
    return {
        "marking": strictest(frozenset(map(around.marking, events))).text,
        "as_of_utc": utc_text(now_tai_ns, 0),
        "conjunctions": [
            _row(event, tca_utc, around, now_tai_ns, say)
            for event, tca_utc in zip(events, _tca_texts(events), strict=True)
        ],
    }


def conjunction_row(event: Event, around: Around, now_tai_ns: int, say: Speech) -> Document:
    """Return one conjunction in short as JSON: what a table shows of it."""
    return _row(event, _tca_texts([event])[0], around, now_tai_ns, say)


def _tca_texts(events: Sequence[Event]) -> list[str]:
    """Return the times of closest approach; of many at once they cost next to nothing."""
    return utc_texts(np.array([event.finding.peak_tai_ns for event in events], dtype=np.int64), UTC_DIGITS)


def _row(event: Event, tca_utc: str, around: Around, now_tai_ns: int, say: Speech) -> Document:
    finding = event.finding
    measures = dict(finding.measures)
    urgency = urgency_beside(finding, around.voices.get(event.event_id, ()), now_tai_ns)
    ids = _in_roles(finding, measures)
    return {
        "event_id": str(event.event_id),
        "tca_utc": tca_utc,
        **{f"{role}_object_id": object_id for role, object_id in zip(ROLES, ids, strict=True)},
        **{f"{role}_{name}": finite(measures.get(f"{role}_{name}")) for role in ROLES for name in OF_A_PARTY},
        **{name: finite(measures.get(name)) for name in MEASURES},
        "originators": around.originators(event.event_id),
        "stands_by": finding.originator or around.node,
        "urgency": urgency.level.name,
        "urgency_because": say.tell(urgency.because),
        "incidents": [_case_in_short(case) for case in around.cases.get(str(event.event_id), ())],
        "marking": around.marking(event).text,
    }


def _in_roles(finding: Finding, measures: Mapping[str, object]) -> tuple[str | None, ...]:
    """Return the ids of primary and secondary, None each where a finding does not tell which is which."""
    minted = [mint_object_id("norad", str(measures.get(f"{role}_norad_cat_id"))) for role in ROLES]
    for ids in (finding.object_ids, finding.object_ids[::-1]):
        if any(one == other for one, other in zip(ids, minted, strict=True)):
            return ids
    return None, None


def _case_in_short(case: Incident) -> Document:
    return {"incident_id": str(case.incident_id), "stage": case.stage.value, "title": case.title}


# --- One of them ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All that is known of one conjunction: what was said, what can be drawn, who was told."""

    event: Event
    triaged: Triaged
    looks: Sequence[LookedAt]
    history: Sequence[KeptFinding]
    sightings: Sequence[Sighting]
    rules: Sequence[TriageRule]
    around: Around

    @property
    def marking(self) -> Marking:
        """What all of it allows."""
        said = (update.marking for update in self.triaged.case.updates)
        drawn = (look.message.marking for look in self.looks if look.message is not None)
        found = (kept.finding.marking for kept in self.history)
        return strictest(frozenset((self.around.marking(self.event), *said, *drawn, *found)))


def case_file_document(file: CaseFile, now_tai_ns: int, say: Speech) -> Document:
    """Return one conjunction with all that is known of it as JSON."""
    case = file.triaged.case
    told = case_document(case, life_of(case), now_tai_ns, say)
    planes = [_plane_document(update.assessment.plane) for update in case.updates]
    updates = told["updates"]
    assert isinstance(updates, list)
    return {
        **conjunction_row(file.event, file.around, now_tai_ns, say),
        **told,
        "realm": file.event.realm.value,
        "updates": [{**one, "plane": plane} for one, plane in zip(updates, planes, strict=True)],
        "parties": updates[0]["parties"],
        "because": file.event.finding.because,
        "views": [_look_document(look, say) for look in file.looks],
        "triage": [_alert_document(file, place) for place in range(len(file.triaged.standing))],
        "history": [_kept_document(kept, file.around.node, say) for kept in file.history],
        "told": [sighting_document(each) for each in file.sightings],
        "marking": file.marking.text,
    }


def _alert_document(file: CaseFile, place: int) -> Document:
    alert = file.triaged.standing[place]
    source = next((rule.source for rule in file.rules if rule.name == alert.rule), "")
    return {
        "rule": alert.rule,
        "source": source,
        "level": alert.level.name,
        "cause": alert.cause.value,
        "because": alert.because,
        "originator": alert.originator,
    }


def _kept_document(kept: KeptFinding, node: str, say: Speech) -> Document:
    finding = kept.finding
    urgency = urgency_of(finding, kept.kept_at_tai_ns)
    return {
        "kept_utc": utc_text(kept.kept_at_tai_ns, 0),
        "originator": finding.originator or node,
        "urgency": urgency.level.name,
        "urgency_because": say.tell(urgency.because),
        "probability": finite(finding.measure("probability")),
        "max_probability": finite(finding.measure("max_probability")),
        "because": finding.because,
        "digest": finding.digest,
        "marking": finding.marking.text,
    }


def _look_document(look: LookedAt, say: Speech) -> Document:
    """Return what one originator says now, as it can be drawn; ``why_not`` where it cannot."""
    update = look.update
    told: Document = {
        "originator": update.originator,
        "is_from_orbits": look.is_from_orbits,
        "message_id": update.message_id,
        "created_utc": utc_text(update.created_tai_ns, 0),
        "why_not": look.why_not,
    }
    if look.message is None or look.assessment is None or look.passage is None:
        return told
    return {
        **told,
        "marking": look.message.marking.text,
        **_assessed_document(look.assessment, say),
        "plane": _plane_document(look.assessment.plane),
        "passage": _passage_document(look.passage),
    }


def _assessed_document(found: CollisionAssessment, say: Speech) -> Document:
    return {
        "tca_utc": utc_text(found.tca_tai_ns, UTC_DIGITS),
        "miss_distance_m": finite(found.miss_distance_m),
        "miss_rtn_m": [finite(value) for value in found.miss_rtn_m],
        "sigma_rtn_m": None if found.sigma_rtn_m is None else [finite(sigma) for sigma in found.sigma_rtn_m],
        "relative_speed_m_s": finite(found.relative_speed_m_s),
        "hard_body_radius_m": found.hard_body_radius_m,
        "mahalanobis": found.mahalanobis,
        "probability": found.probability,
        "low": found.low,
        "high": found.high,
        "method": found.method,
        "region": found.region.value,
        "max_probability": found.max_probability,
        "max_probability_scale": found.max_probability_scale,
        "dilution_curve": [list(point) for point in found.dilution_curve],
        "checks": [
            {
                "name": say(f"check.{check.name}"),
                "outcome": check.outcome.value,
                "because": said_text(check.because, say),
            }
            for check in found.checks
        ],
        "assumptions": [said_text(said, say) for said in (*found.assumptions, *found.remarks)],
    }


def _plane_document(plane: EncounterPlaneFigure | None) -> Document | None:
    if plane is None:
        return None
    return {
        "miss_horizontal_m": plane.miss_horizontal_m,
        "miss_vertical_m": plane.miss_vertical_m,
        "covariance_m2": list(plane.covariance_m2),
    }


def _passage_document(passage: Passage) -> Document:
    radial, transverse, normal = passage.relative_rtn_m.T.round(3).tolist()
    return {
        "after_s": passage.after_s.round(6).tolist(),
        "radial_m": radial,
        "transverse_m": transverse,
        "normal_m": normal,
    }
