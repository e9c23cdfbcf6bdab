"""The three-dimensional probability of one case, with its bounds and what it says of larger uncertainty."""

from dataclasses import dataclass

import numpy as np

from baken.assess.conjunction.encounter_3d import ExpectedCollisions, ExpectedStatus, hall_2021
from baken.assess.conjunction.encounter_case import SCALES, EncounterCase
from baken.astro.arrays import Floats
from baken.records.collision_assessment import Said

CLIPPED = Said(
    name="clipped_state",
    text="a covariance of a state was not positive definite; for the 3-D method it was mended "
    "(clip_eigenvalues_hall_2017)",
)
# Of the value: within so much Hall's published numbers agree with ours, and both with his Monte Carlo.
METHOD_SHARE = 0.01
NO_ANSWER = {
    ExpectedStatus.NOT_CONVERGED: "the 3-D integral did not converge",
    ExpectedStatus.NOT_POSITIVE_DEFINITE: "the 3-D method finds no variance in some direction",
    ExpectedStatus.NOT_CLOSED: "one of the orbits is no ellipse, and the 3-D method needs two",
    ExpectedStatus.UNKNOWN_INPUT: "a number is missing for the 3-D method",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A probability with its numerical bounds; None where the method has no answer, and a remark why."""

    probability: float | None
    low: float = 0.0
    high: float = 1.0
    remarks: tuple[Said, ...] = ()


def three_dimensional(case: EncounterCase) -> Bounded:
    """Return the expected number of collisions as a probability, which it never falls below."""
    found = _expected(case, np.array([1.0]))
    status = ExpectedStatus(int(found.status[0]))
    if status in NO_ANSWER:
        said = Said(name=f"three_dimensions_{status.name.lower()}", text=NO_ANSWER[status])
        return Bounded(probability=None, remarks=(said,))
    number = float(found.expected_number[0])
    error = float(found.error_estimate[0]) + METHOD_SHARE * number
    return Bounded(
        probability=min(1.0, number),
        low=min(1.0, max(0.0, number - error)),
        high=min(1.0, number + error),
        remarks=(CLIPPED,) if status is ExpectedStatus.CLIPPED else (),
    )


def curve_of_three_dimensions(case: EncounterCase) -> tuple[tuple[float, float], ...]:
    """Return the probability for scales of every standard deviation, where the method has an answer."""
    found = _expected(case, SCALES)
    probability = np.minimum(1.0, found.expected_number)
    return tuple(
        (float(scale), float(value))
        for scale, value in zip(SCALES, probability, strict=True)
        if np.isfinite(value)
    )


def _expected(case: EncounterCase, scales: Floats) -> ExpectedCollisions:
    (position_1_m, position_2_m), (velocity_1_m_s, velocity_2_m_s) = (
        case.states.position_gcrs_m,
        case.states.velocity_gcrs_m_s,
    )
    first, second = (covariance * scales[:, None, None] ** 2 for covariance in case.covariance_rtn_si)
    return hall_2021(
        position_1_m, velocity_1_m_s, first, position_2_m, velocity_2_m_s, second, case.body.radius_m
    )
