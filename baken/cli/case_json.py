"""An encounter with all that was said of it as one JSON document: the same facts, for a script."""

from baken.assess.conjunction.disagreement import Disagreement
from baken.assess.conjunction.life import Course, Life, Quantity
from baken.astro.time import utc_text
from baken.cli.assessment_view import figures_document
from baken.cli.case_view import disagreement_text
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate, Party
from baken.report.words import Speech
from baken.wiring.event_documents import finite

KEYS = {Quantity.PROBABILITY: "probability", Quantity.MISS: "miss_distance_m", Quantity.SIGMA: "sigma_m"}


def case_document(case: ConjunctionCase, life: Life, now_tai_ns: int) -> dict[str, object]:
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
        "disagreements": [_disagreement_document(one) for one in life.disagreements],
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


def _disagreement_document(one: Disagreement) -> dict[str, object]:
    return {
        "name": one.name,
        "first": one.first,
        "second": one.second,
        "first_value": one.first_value,
        "second_value": one.second_value,
        "difference": one.difference,
        "limit": one.limit,
        "text": disagreement_text(one, Speech("en")),
    }
