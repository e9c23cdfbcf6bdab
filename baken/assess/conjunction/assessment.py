"""What Baken makes of a warning: the probability by the method that holds, and how far it can be trusted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from baken.assess.conjunction.assessment_words import (
    ASSUMED_IN_THREE_DIMENSIONS,
    ASSUMED_IN_TWO_DIMENSIONS,
    NOTHING_TO_SAMPLE,
    assumed_always,
    remark_on_samples,
    remarks_on_case,
    remarks_on_message,
)
from baken.assess.conjunction.assumption_checks import (
    Passing,
    check_of_agreement,
    checks_of_message,
    checks_of_shape,
)
from baken.assess.conjunction.encounter import miss_rtn_m
from baken.assess.conjunction.encounter_case import (
    EncounterCase,
    by_plane,
    case_of,
    ceiling,
    curve_of_two_dimensions,
    miss_in_sigma,
    plane_figure,
    sigma_rtn_m,
    two_dimensional,
)
from baken.assess.conjunction.message_states import (
    CombinedBody,
    Sizes,
    StatesAtEncounter,
    combined_body,
    states_at_encounter,
)
from baken.assess.conjunction.monte_carlo import (
    MonteCarlo,
    NothingToSample,
    SampledMethod,
    monte_carlo_numerical,
    monte_carlo_two_body,
)
from baken.assess.conjunction.probability import probability_region
from baken.assess.conjunction.short_encounter_methods import (
    alfano_2005,
    alfriend_1999,
    chan_1997,
    laas_2015,
    patera_2005,
)
from baken.assess.conjunction.slow_encounter import (
    CLIPPED,
    Bounded,
    curve_of_three_dimensions,
    three_dimensional,
)
from baken.assess.conjunction.unknown_covariance import largest_without_covariance
from baken.astro.arrays import Floats
from baken.records.collision_assessment import Check, CollisionAssessment, Region, Said
from baken.records.conjunction_message import ConjunctionMessage, Vector

NO_METHOD, TWO_DIMENSIONS, THREE_DIMENSIONS = "none", "foster_1992", "hall_2021"
# What the two-dimensional method cannot do without.
SHAPE_CHECKS = frozenset(
    {
        "short_encounter",
        "straight_relative_path",
        "straight_uncertainty",
        "agrees_with_three_dimensions",
    }
)
# Without this an ellipsoid is no description of where an object is, whatever the method.
SIZE_CHECK = "covariance_small_beside_orbit"
FURTHER_METHODS: dict[str, Callable[[EncounterCase], float | None]] = {
    kernel.__name__: partial(by_plane, kernel)
    for kernel in (alfano_2005, chan_1997, patera_2005, laas_2015, alfriend_1999)
}


SAMPLED_METHODS: dict[str, SampledMethod] = {
    method.__name__: method for method in (monte_carlo_two_body, monte_carlo_numerical)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How Monte Carlo draws: how many pairs, and with what luck; ``seed`` only tells."""

    n_samples: int
    seed: int
    make_rng: Callable[[int], np.random.Generator]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSettings:
    """What an assessment may be asked for: sizes, scales of each covariance's sigma, further methods.

    A method that draws samples needs ``sampling``; each message is drawn for anew, with the same seed.
    """

    sizes: Sizes = field(default_factory=Sizes)
    covariance_scales: tuple[float, float] = (1.0, 1.0)
    further_methods: tuple[str, ...] = ()
    sampling: Sampling | None = None

    def __post_init__(self) -> None:
        if self.sampling is None and not SAMPLED_METHODS.keys().isdisjoint(self.further_methods):
            raise ValueError("a method that draws samples needs to be told how many, and with which luck")


DEFAULT_SETTINGS = AssessmentSettings()


def assess_message(
    message: ConjunctionMessage, settings: AssessmentSettings = DEFAULT_SETTINGS
) -> CollisionAssessment:
    """Return what Baken makes of a warning.

    The two-dimensional probability stands where everything it takes for granted was tested and held; else
    the three-dimensional one; where neither has an answer there is an interval and no number.

    Raises: WrongUsage for a frame that cannot be turned.
    """
    states = states_at_encounter(message, settings.covariance_scales)
    body = combined_body(message, settings.sizes)
    checks = tuple(checks_of_message(message, states))
    plain = _plain(message, states, body, checks, settings)
    first, second = states.covariance_rtn_si
    if first is None or second is None:
        return _bounded(plain, states, body)
    return _judged(plain, case_of(states, (first, second), body), settings)


def _plain(
    message: ConjunctionMessage,
    states: StatesAtEncounter,
    body: CombinedBody,
    checks: tuple[Check, ...],
    settings: AssessmentSettings,
) -> CollisionAssessment:
    """Return what can be said without any covariance: the geometry, and that all else is open."""
    position_m, velocity_m_s = states.position_gcrs_m[0], states.velocity_gcrs_m_s[0]
    relative_m, relative_m_s = states.relative_position_m, states.relative_velocity_m_s
    return CollisionAssessment(
        tca_tai_ns=message.tca_tai_ns,
        miss_distance_m=float(np.linalg.norm(relative_m)),
        miss_rtn_m=_vector(miss_rtn_m(position_m, velocity_m_s, relative_m)),
        relative_speed_m_s=float(np.linalg.norm(relative_m_s)),
        relative_velocity_rtn_m_s=_vector(miss_rtn_m(position_m, velocity_m_s, relative_m_s)),
        hard_body_radius_m=body.radius_m,
        hard_body_source=body.source,
        method=NO_METHOD,
        probability=None,
        low=0.0,
        high=1.0,
        region=Region.UNDETERMINED,
        max_probability=None,
        max_probability_scale=None,
        mahalanobis=None,
        methods=(),
        checks=checks,
        assumptions=tuple(assumed_always(body, settings.covariance_scales)),
        remarks=tuple(remarks_on_message(message)),
    )


def _bounded(
    plain: CollisionAssessment, states: StatesAtEncounter, body: CombinedBody
) -> CollisionAssessment:
    """Return the assessment of a warning that lacks a covariance: a ceiling, and no probability."""
    found = largest_without_covariance(states, body)
    if found is None:
        return plain
    return replace(
        plain,
        high=found.probability,
        max_probability=found.probability,
        max_probability_scale=found.scale,
        assumptions=(*plain.assumptions, found.assumption),
    )


def _judged(
    plain: CollisionAssessment, case: EncounterCase, settings: AssessmentSettings
) -> CollisionAssessment:
    """Return the assessment by the method that holds."""
    flat, full = two_dimensional(case), three_dimensional(case)
    checks = (*plain.checks, *_shape_checks(case), check_of_agreement(flat, full.probability))
    others = [further(case, name, settings) for name in settings.further_methods]
    told = replace(
        plain,
        checks=checks,
        mahalanobis=miss_in_sigma(case),
        methods=(
            (TWO_DIMENSIONS, flat),
            (THREE_DIMENSIONS, full.probability),
            *(value for value, _ in others),
        ),
        remarks=(
            *plain.remarks,
            *remarks_on_case(case),
            *full.remarks,
            *(said for _, remarks in others for said in remarks),
        ),
        plane=plane_figure(case),
        sigma_rtn_m=sigma_rtn_m(case),
    )
    failed = {check.name for check in told.failed}
    if SIZE_CHECK in failed:
        return told
    if flat is not None and not failed & SHAPE_CHECKS:
        return _by_two_dimensions(told, case, flat, full.probability)
    if full.probability is not None:
        return _by_three_dimensions(told, case, full)
    return told


def further(
    case: EncounterCase, name: str, settings: AssessmentSettings
) -> tuple[tuple[str, float | None], tuple[Said, ...]]:
    """Return what another method says, and what there is to remark of it."""
    if settings.sampling is None or name not in SAMPLED_METHODS:
        return (name, FURTHER_METHODS[name](case)), ()
    found = sampled(case, SAMPLED_METHODS[name], settings.sampling)
    if found is None:
        return (name, None), (NOTHING_TO_SAMPLE,)
    remark = remark_on_samples(name, found, settings.sampling.seed)
    return (name, found.probability), (remark, CLIPPED) if found.is_clipped else (remark,)


def sampled(case: EncounterCase, method: SampledMethod, sampling: Sampling) -> MonteCarlo | None:
    """Return what sampling says, None where there are no two closed orbits to sample."""
    (position_1_m, position_2_m), (velocity_1_m_s, velocity_2_m_s) = (
        case.states.position_gcrs_m,
        case.states.velocity_gcrs_m_s,
    )
    first, second = case.covariance_rtn_si
    try:
        return method(
            position_1_m,
            velocity_1_m_s,
            first,
            position_2_m,
            velocity_2_m_s,
            second,
            case.body.radius_m,
            n_samples=sampling.n_samples,
            rng=sampling.make_rng(sampling.seed),
        )
    except NothingToSample:
        return None


def _by_two_dimensions(
    told: CollisionAssessment, case: EncounterCase, flat: float, full: float | None
) -> CollisionAssessment:
    both = [flat] if full is None else [flat, full]
    largest, scale = ceiling(case)
    return replace(
        told,
        method=TWO_DIMENSIONS,
        probability=flat,
        low=min(both),
        high=max(both),
        region=_region(scale),
        max_probability=largest,
        max_probability_scale=scale,
        dilution_curve=curve_of_two_dimensions(case),
        assumptions=(*told.assumptions, ASSUMED_IN_TWO_DIMENSIONS),
    )


def _by_three_dimensions(
    told: CollisionAssessment, case: EncounterCase, full: Bounded
) -> CollisionAssessment:
    curve = curve_of_three_dimensions(case)
    scale, largest = max(curve, key=lambda point: point[1])
    return replace(
        told,
        method=THREE_DIMENSIONS,
        probability=full.probability,
        low=full.low,
        high=full.high,
        region=_region(scale),
        max_probability=largest,
        max_probability_scale=scale,
        dilution_curve=curve,
        assumptions=(*told.assumptions, ASSUMED_IN_THREE_DIMENSIONS),
    )


def _shape_checks(case: EncounterCase) -> tuple[Check, ...]:
    if not case.has_plane:
        return ()
    passing = Passing(
        states=case.states,
        covariance_m2=case.covariance_m2,
        narrow_sigma_m=float(case.sigma_m[0]),
        hard_body_radius_m=case.body.radius_m,
    )
    return tuple(checks_of_shape(passing))


def _region(scale: float) -> Region:
    return Region(str(probability_region(scale)))


def _vector(values: Floats) -> Vector:
    return float(values[0]), float(values[1]), float(values[2])
