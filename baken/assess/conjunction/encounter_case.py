"""One warning with both its covariances, as numbers, and what each method says of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from baken.assess.conjunction.encounter import (
    EncounterStatus,
    clipped_encounter_plane_hall_2017,
    combined_covariance_m2,
)
from baken.assess.conjunction.message_states import CombinedBody, StatesAtEncounter
from baken.assess.conjunction.probability import foster_1992, mahalanobis, maximum_probability
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.covariance import rtn_covariance
from baken.records.collision_assessment import EncounterPlaneFigure
from baken.records.conjunction_message import Vector

# NASA CARA's smallest standard deviation, as a share of the hard-body radius: Hall et al. (2017), AAS 17-567.
SMALLEST_SIGMA_SHARE = 1e-4
# Scales of a covariance's standard deviations at which a dilution curve is drawn; one of them is 1.
SCALES = np.geomspace(0.1, 10.0, 41)

InThePlane = Callable[[FloatsLike, FloatsLike, FloatsLike], Floats]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EncounterCase:
    """A warning as every method is asked about it.

    ``miss_m`` and ``sigma_m`` are in the encounter plane, along the covariance's own axes, narrow first; NaN
    where there is no plane.  ``is_clipped`` says whether a variance there was raised.
    """

    states: StatesAtEncounter
    covariance_rtn_si: tuple[Floats, Floats]
    body: CombinedBody
    covariance_m2: Floats
    miss_m: Floats
    sigma_m: Floats
    is_clipped: bool
    has_plane: bool


def case_of(
    states: StatesAtEncounter, covariance_rtn_si: tuple[Floats, Floats], body: CombinedBody
) -> EncounterCase:
    """Return the case of two states with a covariance each, seen in the encounter plane."""
    (position_1_m, position_2_m), (velocity_1_m_s, velocity_2_m_s) = (
        states.position_gcrs_m,
        states.velocity_gcrs_m_s,
    )
    first, second = covariance_rtn_si
    covariance_m2 = combined_covariance_m2(
        position_1_m, velocity_1_m_s, first, position_2_m, velocity_2_m_s, second
    )
    seen, is_clipped = clipped_encounter_plane_hall_2017(
        position_2_m - position_1_m,
        velocity_2_m_s - velocity_1_m_s,
        covariance_m2,
        SMALLEST_SIGMA_SHARE * body.radius_m,
    )
    return EncounterCase(
        states=states,
        covariance_rtn_si=covariance_rtn_si,
        body=body,
        covariance_m2=covariance_m2,
        miss_m=seen.miss_m,
        sigma_m=seen.sigma_m,
        is_clipped=bool(is_clipped),
        has_plane=int(seen.status) == EncounterStatus.DEFINED,
    )


def by_plane(method: InThePlane, case: EncounterCase) -> float | None:
    """Return a two-dimensional probability, None where the encounter has no plane or the method no answer."""
    if not case.has_plane:
        return None
    probability = float(method(case.miss_m, case.sigma_m, case.body.radius_m))
    return probability if probability == probability else None


def two_dimensional(case: EncounterCase) -> float | None:
    """Return Foster's probability, None where the encounter has no plane."""
    return by_plane(foster_1992, case)


def ceiling(case: EncounterCase) -> tuple[float, float]:
    """Return the largest two-dimensional probability over scales of the covariance, and that scale."""
    probability, scale = maximum_probability(case.miss_m, case.sigma_m, case.body.radius_m)
    return float(probability), float(scale)


def curve_of_two_dimensions(case: EncounterCase) -> tuple[tuple[float, float], ...]:
    """Return the two-dimensional probability for scales of every standard deviation."""
    probability = foster_1992(case.miss_m, SCALES[:, None] * case.sigma_m, case.body.radius_m)
    return tuple(zip(SCALES.tolist(), probability.tolist(), strict=True))


def miss_in_sigma(case: EncounterCase) -> float | None:
    """Return the Mahalanobis distance in the encounter plane."""
    return float(mahalanobis(case.miss_m, case.sigma_m)) if case.has_plane else None


def sigma_rtn_m(case: EncounterCase) -> Vector:
    """Return the standard deviations of the relative position along the first object's RTN."""
    along_axes_m2 = rtn_covariance(
        case.states.position_gcrs_m[0], case.states.velocity_gcrs_m_s[0], case.covariance_m2
    )
    radial, transverse, normal = np.sqrt(np.diagonal(along_axes_m2).clip(0.0)).tolist()
    return radial, transverse, normal


def plane_figure(case: EncounterCase) -> EncounterPlaneFigure | None:
    """Return miss and covariance along axes that stay put while updates come in."""
    if not case.has_plane:
        return None
    along = case.states.relative_velocity_m_s / np.linalg.norm(case.states.relative_velocity_m_s)
    radial = case.states.position_gcrs_m[0]
    vertical = radial - (radial @ along) * along
    vertical /= np.linalg.norm(vertical)
    horizontal = np.cross(vertical, along)
    axes = np.stack([horizontal, vertical])
    miss_m, covariance_m2 = axes @ case.states.relative_position_m, axes @ case.covariance_m2 @ axes.T
    return EncounterPlaneFigure(
        miss_horizontal_m=float(miss_m[0]),
        miss_vertical_m=float(miss_m[1]),
        covariance_m2=(float(covariance_m2[0, 0]), float(covariance_m2[0, 1]), float(covariance_m2[1, 1])),
    )
