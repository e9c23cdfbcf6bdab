"""An encounter with all that was said of it as one JSON document: the same facts, for a script."""

from baken.assess.conjunction.disagreement import Disagreement
from baken.assess.conjunction.life import Course, Life, Quantity
from baken.astro.time import utc_text
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate, Party
from baken.report.quantities import distance_text, probability_text
from baken.report.words import Speech
from baken.wiring.event_documents import finite

KEYS = {Quantity.PROBABILITY: "probability", Quantity.MISS: "miss_distance_m", Quantity.SIGMA: "sigma_m"}


def case_document(
    case: ConjunctionCase, life: Life, now_tai_ns: int, say: Speech | None = None
) -> dict[str, object]:
    """Return a case as JSON: every update, what each originator's figures do, and where they disagree."""
    standing = {id(update) for update in case.standing}
    return {
        "event_id": str(case.event_id),
        "as_of_utc": utc_text(now_tai_ns, 3),
        "originators": list(case.originators),
        "superseded": len(case.updates) - len(standing),
        "updates": [
            {"stands": id(update) in standing, **_update_document(update, now_tai_ns)}
            for update in case.updates
        ],
        "trends": [_course_document(course) for course in life.courses],
        "disagreements": [_disagreement_document(one, say or Speech("en")) for one in life.disagreements],
    }


def _update_document(update: ConjunctionUpdate, now_tai_ns: int) -> dict[str, object]:
    return {
        "originator": update.originator,
        "message_id": update.message_id,
        "created_utc": utc_text(update.created_tai_ns, 3),
        "age_h": round((now_tai_ns - update.created_tai_ns) / 3.6e12, 4),
        "kept_at_utc": utc_text(update.kept_at_tai_ns, 3),
        "digest": update.digest,
        "parties": [_party_document(party) for party in update.parties],
        "probability_said": update.probability_said,
        "method_said": update.method_said,
        **_assessment_document(update.assessment),
        "settings": dict(update.lineage.settings),
        "sources": [{"name": source.name, "digest": source.digest} for source in update.lineage.sources],
        "realm": update.realm.value,
        "marking": update.marking.text,
    }


def _party_document(party: Party) -> dict[str, object]:
    return {
        "object_id": party.object_id,
        "norad_cat_id": party.norad_cat_id,
        "name": party.name,
        "kind": party.kind,
        "operator": party.operator,
        "contact": party.contact,
        "manoeuvrable": party.manoeuvrable,
        "age_h": finite(party.age_h),
        "covariance_source": party.covariance_source,
    }


def _assessment_document(assessment: CollisionAssessment) -> dict[str, object]:
    told = {**figures_document(assessment), "sigma_m": assessment.sigma_along_miss_m}
    # A screening may lack a figure; JSON has no word for what is not a number.
    return {name: finite(value) if isinstance(value, float) else value for name, value in told.items()}


def _course_document(course: Course) -> dict[str, object]:
    return {
        "originator": course.originator,
        "quantity": KEYS[course.quantity],
        "hours_to_tca": list(course.hours_to_tca),
        "values": list(course.values),
        "direction": course.direction.value,
    }


def _disagreement_document(one: Disagreement, say: Speech) -> dict[str, object]:
    return {
        "name": one.name,
        "first": one.first,
        "second": one.second,
        "first_value": one.first_value,
        "second_value": one.second_value,
        "difference": one.difference,
        "limit": one.limit,
        "text": disagreement_text(one, say),
    }


def figures_document(assessment: CollisionAssessment) -> dict[str, object]:
    """Return an assessment as JSON, without the message it is of."""
    radial_m, transverse_m, normal_m = assessment.miss_rtn_m
    return {
        "tca_utc": utc_text(assessment.tca_tai_ns, 6),
        "miss_distance_m": assessment.miss_distance_m,
        "miss_radial_m": radial_m,
        "miss_transverse_m": transverse_m,
        "miss_normal_m": normal_m,
        "relative_speed_m_s": assessment.relative_speed_m_s,
        "hard_body_radius_m": assessment.hard_body_radius_m,
        "hard_body_source": assessment.hard_body_source,
        "methods": dict(assessment.methods),
        "max_probability": assessment.max_probability,
        "max_probability_scale": assessment.max_probability_scale,
        "mahalanobis": assessment.mahalanobis,
        "assessed": {
            "probability": assessment.probability,
            "low": assessment.low,
            "high": assessment.high,
            "method": assessment.method,
            "region": assessment.region.value,
            "checks": {check.name: check.outcome.value for check in assessment.checks},
            "because": {check.name: check.because.text for check in assessment.checks},
            "assumptions": [said.text for said in assessment.assumptions],
            "remarks": [said.text for said in assessment.remarks],
        },
    }


def disagreement_text(one: Disagreement, say: Speech) -> str:
    """Return a disagreement as a sentence with its figures."""
    value_text = distance_text if one.name == "miss" else probability_text
    figures = {"first": one.first, "difference": f"{one.difference:.3g}", "limit": f"{one.limit:.3g}"}
    if one.name != "said":
        figures["second"] = one.second
    if one.name != "tca":
        figures["first_value"] = value_text(one.first_value)
        figures["second_value"] = value_text(one.second_value)
    return say(f"case.differs.{one.name}", **figures)
