"""What somebody said of an encounter, this node or another, in the words that all updates share."""

from collections.abc import Iterator

from baken.assess.conjunction.finding import measured
from baken.records.collision_assessment import CollisionAssessment, Region, Said
from baken.records.conjunction_case import ConjunctionUpdate, Party
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject
from baken.records.event import EventKind, Finding, encounter_key_of
from baken.records.lineage import Lineage

NANOSECONDS_AN_HOUR = 3.6e12
OWN_METHOD = "foster_1992, covariance estimated"
Settings = tuple[tuple[str, str], ...]


def finding_of_message(
    message: ConjunctionMessage, assessment: CollisionAssessment, settings: Settings
) -> Finding:
    """Return what a warning gives to look at, in the measures of a screening, signed by its originator."""
    pair = tuple(sorted({one.identity.object_id for one in (message.first, message.second)}))
    return Finding(
        kind=EventKind.CONJUNCTION,
        encounter_key=encounter_key_of(pair, message.tca_tai_ns),
        object_ids=pair,
        start_tai_ns=message.tca_tai_ns,
        peak_tai_ns=message.tca_tai_ns,
        end_tai_ns=message.tca_tai_ns,
        measures=tuple((name, measured(value)) for name, value in _measures(message, assessment)),
        because=f"{message.originator} warns: {message.message_id}",
        assumptions=tuple(said.text for said in (*assessment.assumptions, *assessment.remarks)),
        realm=message.realm,
        marking=message.marking,
        lineage=_lineage(message, assessment, settings),
    )


def _measures(
    message: ConjunctionMessage, assessment: CollisionAssessment
) -> Iterator[tuple[str, float | int | str | None]]:
    for role, one in (("primary", message.first), ("secondary", message.second)):
        yield f"{role}_norad_cat_id", one.identity.norad_cat_id
        yield f"{role}_name", one.name
        yield f"{role}_age_h", _age_h(message, one)
    yield "miss_distance_m", assessment.miss_distance_m
    yield "relative_speed_m_s", assessment.relative_speed_m_s
    for axis, value_m in zip(("radial", "transverse", "normal"), assessment.miss_rtn_m, strict=True):
        yield f"miss_{axis}_m", value_m
    yield "hard_body_radius_m", assessment.hard_body_radius_m
    yield "hard_body_source", assessment.hard_body_source
    yield "max_probability", assessment.max_probability
    yield "probability", assessment.probability
    yield "probability_low", assessment.low
    yield "probability_high", assessment.high
    yield "probability_region", assessment.region.value
    yield "probability_covariance", _covariance_source(message.first)
    yield "mahalanobis_distance", assessment.mahalanobis
    yield "probability_said", message.collision_probability
    yield "method_said", message.collision_probability_method
    yield "originator", message.originator
    yield "message_id", message.message_id


def update_of_message(
    message: ConjunctionMessage,
    assessment: CollisionAssessment,
    settings: Settings,
    *,
    digest: str,
    kept_at_tai_ns: int,
) -> ConjunctionUpdate:
    """Return a warning as one update of its encounter, with what was made of it."""
    return ConjunctionUpdate(
        originator=message.originator,
        message_id=message.message_id,
        created_tai_ns=message.created_tai_ns,
        kept_at_tai_ns=kept_at_tai_ns,
        parties=(_party(message, message.first), _party(message, message.second)),
        assessment=assessment,
        probability_said=message.collision_probability,
        method_said=message.collision_probability_method,
        digest=digest,
        realm=message.realm,
        marking=message.marking,
        lineage=_lineage(message, assessment, settings),
    )


def update_of_finding(
    finding: Finding, roles: tuple[str, str], *, originator: str, kept_at_tai_ns: int
) -> ConjunctionUpdate:
    """Return a look of this node's own as an update; ``roles`` are the ids of primary and secondary.

    It was created when it was kept: a finding knows no clock.
    """
    probability = _figure(finding, "probability")
    return ConjunctionUpdate(
        originator=originator,
        message_id=finding.encounter_key,
        created_tai_ns=kept_at_tai_ns,
        kept_at_tai_ns=kept_at_tai_ns,
        parties=(_own_party(finding, "primary", roles[0]), _own_party(finding, "secondary", roles[1])),
        assessment=_own_assessment(finding),
        probability_said=probability,
        method_said=OWN_METHOD if probability is not None else "",
        digest=finding.digest,
        realm=finding.realm,
        marking=finding.marking,
        lineage=finding.lineage,
    )


def _own_assessment(finding: Finding) -> CollisionAssessment:
    """Return what a screening made of an encounter.

    Its covariance is estimated, so nothing up to the ceiling is excluded; without a ceiling, nothing is.
    """
    probability, ceiling = _figure(finding, "probability"), _figure(finding, "max_probability")
    return CollisionAssessment(
        tca_tai_ns=finding.peak_tai_ns,
        miss_distance_m=_known(finding, "miss_distance_m"),
        miss_rtn_m=(
            _known(finding, "miss_radial_m"),
            _known(finding, "miss_transverse_m"),
            _known(finding, "miss_normal_m"),
        ),
        relative_speed_m_s=_known(finding, "relative_speed_m_s"),
        hard_body_radius_m=_known(finding, "hard_body_radius_m"),
        hard_body_source=str(finding.measure("hard_body_source") or ""),
        method=OWN_METHOD if probability is not None else "none",
        probability=probability,
        low=0.0,
        high=1.0 if ceiling is None else max(ceiling, probability or 0.0),
        region=Region(str(finding.measure("probability_region") or Region.UNDETERMINED)),
        max_probability=ceiling,
        max_probability_scale=None,
        mahalanobis=_figure(finding, "mahalanobis_distance"),
        methods=(("foster_1992", probability),),
        checks=(),
        assumptions=tuple(
            Said(name="as_screened", text=line, figures=(("line", line),)) for line in finding.assumptions
        ),
    )


def _own_party(finding: Finding, role: str, object_id: str) -> Party:
    number = finding.measure(f"{role}_norad_cat_id")
    return Party(
        object_id=object_id,
        norad_cat_id=number if isinstance(number, int) else None,
        name=str(finding.measure(f"{role}_name") or ""),
        age_h=_figure(finding, f"{role}_age_h"),
        covariance_source=str(finding.measure("probability_covariance") or ""),
    )


def _party(message: ConjunctionMessage, one: ConjunctionObject) -> Party:
    contact = (one.operator.contact_position, one.operator.phone, one.operator.email)
    return Party(
        object_id=one.identity.object_id,
        norad_cat_id=one.identity.norad_cat_id,
        name=one.name,
        kind=one.kind,
        operator=one.operator.organization,
        contact=", ".join(part for part in contact if part),
        manoeuvrable=one.manoeuvrable,
        age_h=_age_h(message, one),
        covariance_source=_covariance_source(one),
    )


def _age_h(message: ConjunctionMessage, one: ConjunctionObject) -> float | None:
    """Return how long before closest approach an object was last observed, where the sender says."""
    until_tai_ns = one.orbit_determination.last_observed_until_tai_ns
    return None if until_tai_ns is None else (message.tca_tai_ns - until_tai_ns) / NANOSECONDS_AN_HOUR


def _covariance_source(one: ConjunctionObject) -> str:
    return "none" if one.covariance_rtn_si is None else one.covariance_method


def _lineage(message: ConjunctionMessage, assessment: CollisionAssessment, settings: Settings) -> Lineage:
    return Lineage(sources=message.lineage.sources, method=assessment.method, settings=settings)


def _figure(finding: Finding, name: str) -> float | None:
    value = finding.measure(name)
    return float(value) if isinstance(value, int | float) else None


def _known(finding: Finding, name: str) -> float:
    value = _figure(finding, name)
    return float("nan") if value is None else value
