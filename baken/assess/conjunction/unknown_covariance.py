"""What can be said of a warning that lacks a covariance: how large the probability could be at most."""

from dataclasses import dataclass

import numpy as np

from baken.assess.conjunction.encounter import (
    SOCRATES_SIGMA_RTN_M,
    Encounters,
    EncounterStatus,
    combined_covariance_m2,
    covariance_of_axes_m2,
    encounter_plane,
)
from baken.assess.conjunction.message_states import CombinedBody, StatesAtEncounter
from baken.assess.conjunction.one_covariance import frisbee_2015_maximum
from baken.assess.conjunction.probability import maximum_probability
from baken.astro.arrays import Floats
from baken.records.collision_assessment import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Largest:
    """A ceiling of the two-dimensional probability, and what it holds for."""

    probability: float
    scale: float | None
    assumption: Said


def largest_without_covariance(states: StatesAtEncounter, body: CombinedBody) -> Largest | None:
    """Return the ceiling where one covariance is known, or none; None where there is no encounter plane."""
    known = [covariance for covariance in states.covariance_rtn_si if covariance is not None]
    return _with_one(states, body) if known else _with_none(states, body)


def _with_one(states: StatesAtEncounter, body: CombinedBody) -> Largest | None:
    first, second = (
        np.zeros((3, 3)) if covariance is None else covariance[:3, :3]
        for covariance in states.covariance_rtn_si
    )
    seen = _seen(states, first, second)
    if int(seen.status) != EncounterStatus.DEFINED:
        return None
    probability, _ = frisbee_2015_maximum(seen.miss_m, seen.sigma_m, body.radius_m)
    said = Said(
        name="largest_over_other",
        text="ceiling: largest 2-D probability over all covariances of the object that has none "
        "(Frisbee 2015)",
    )
    return Largest(probability=float(probability), scale=None, assumption=said)


def _with_none(states: StatesAtEncounter, body: CombinedBody) -> Largest | None:
    shape_m2 = covariance_of_axes_m2()
    seen = _seen(states, shape_m2, shape_m2)
    if int(seen.status) != EncounterStatus.DEFINED:
        return None
    probability, scale = maximum_probability(seen.miss_m, seen.sigma_m, body.radius_m)
    shape = "/".join(f"{sigma:g}" for sigma in SOCRATES_SIGMA_RTN_M)
    said = Said(
        name="largest_over_sizes",
        text=f"ceiling: largest 2-D probability over all sizes of a covariance shaped {shape} m (RTN, each); "
        "another shape may allow more",
        figures=(("shape", shape),),
    )
    return Largest(probability=float(probability), scale=float(scale), assumption=said)


def _seen(states: StatesAtEncounter, first_m2: Floats, second_m2: Floats) -> Encounters:
    (position_1_m, position_2_m), (velocity_1_m_s, velocity_2_m_s) = (
        states.position_gcrs_m,
        states.velocity_gcrs_m_s,
    )
    covariance_m2 = combined_covariance_m2(
        position_1_m, velocity_1_m_s, first_m2, position_2_m, velocity_2_m_s, second_m2
    )
    return encounter_plane(states.relative_position_m, states.relative_velocity_m_s, covariance_m2)
