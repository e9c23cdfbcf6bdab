"""The assumptions of the two-dimensional probability, each put to the test, with the figure that decided."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from baken.assess.conjunction.message_states import StatesAtEncounter
from baken.assess.conjunction.short_encounter import (
    bend_of_path_m,
    bend_of_uncertainty_m,
    closest_approach_offset_s,
    coppola_2012_bounds_s,
    orbital_period_s,
)
from baken.astro.arrays import Floats
from baken.astro.covariance import is_positive_definite
from baken.records.collision_assessment import Check, CheckOutcome, Said
from baken.records.conjunction_message import ConjunctionMessage

# A message gives its time to the millisecond and its miss to the metre; what is further off contradicts it.
LARGEST_TCA_OFFSET_S = 0.01
LARGEST_MISS_DIFFERENCE_M = 1.0
LARGEST_MISS_DIFFERENCE = 0.01
# Of the shorter orbital period.  Beyond, nothing of an orbit is straight any more.
LONGEST_PASSING_SHARE = 0.02
# Of the narrow standard deviation across the way: what bends less moves a probability by less than a tenth.
LARGEST_BEND_SIGMA = 0.1
# Of the distance from the Earth's centre.  Beyond, an ellipsoid says little about where an object is.
LARGEST_SIGMA_SHARE = 0.05
# The two methods agree so far, relatively, in every encounter without a failed assumption.
LARGEST_DISAGREEMENT = 0.02


def checks_of_message(message: ConjunctionMessage, states: StatesAtEncounter) -> Iterator[Check]:
    """Yield whether the message agrees with itself and brings what a probability needs."""
    relative_m, relative_m_s = states.relative_position_m, states.relative_velocity_m_s
    miss_m = float(np.linalg.norm(relative_m))
    allowed_m = max(LARGEST_MISS_DIFFERENCE_M, LARGEST_MISS_DIFFERENCE * miss_m)
    yield _check(
        "states_agree_with_miss_distance",
        abs(miss_m - message.miss_distance_m) <= allowed_m,
        "states are {states} m apart, the message says {message} m",
        states=f"{miss_m:.1f}",
        message=f"{message.miss_distance_m:.1f}",
    )
    offset_s = float(closest_approach_offset_s(relative_m, relative_m_s))
    yield _check(
        "tca_is_closest_approach",
        abs(offset_s) <= LARGEST_TCA_OFFSET_S,
        "nearest {offset} s from the TCA of the message",
        offset=f"{offset_s:+z.4f}",
    )
    yield from _checks_of_covariances(states)


def _checks_of_covariances(states: StatesAtEncounter) -> Iterator[Check]:
    given = [covariance for covariance in states.covariance_rtn_si if covariance is not None]
    yield _check("covariance_given", len(given) == 2, "{n} of 2 objects have a covariance", n=str(len(given)))
    if not given:
        return
    n_bad = sum(not bool(is_positive_definite(covariance[:3, :3])) for covariance in given)
    yield _check(
        "covariance_positive_definite",
        n_bad == 0,
        "{n} of {all} have a variance that is not above zero",
        n=str(n_bad),
        all=str(len(given)),
    )
    share = max(
        float(np.sqrt(np.diagonal(covariance)[:3].clip(0.0).max()) / np.linalg.norm(position_m))
        for covariance, position_m in zip(states.covariance_rtn_si, states.position_gcrs_m, strict=True)
        if covariance is not None
    )
    yield _check(
        "covariance_small_beside_orbit",
        share <= LARGEST_SIGMA_SHARE,
        "largest sigma is {share} of the distance from the Earth's centre",
        share=f"{share:.1g}",
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passing:
    """Two objects with a covariance each, as they pass: what the checks of shape look at."""

    states: StatesAtEncounter
    covariance_m2: Floats  # of the relative position, inertial
    narrow_sigma_m: float
    hard_body_radius_m: float


def checks_of_shape(passing: Passing) -> Iterator[Check]:
    """Yield whether the encounter is short, its path straight, and its uncertainty straight too."""
    position_m, velocity_m_s = passing.states.position_gcrs_m, passing.states.velocity_gcrs_m_s
    begins_s, ends_s = coppola_2012_bounds_s(
        passing.states.relative_position_m,
        passing.states.relative_velocity_m_s,
        passing.covariance_m2,
        passing.hard_body_radius_m,
    ).tolist()
    duration_s = ends_s - begins_s
    share = duration_s / float(orbital_period_s(position_m, velocity_m_s).min())
    yield _check(
        "short_encounter",
        share <= LONGEST_PASSING_SHARE,
        "passing takes {duration} s, {share} of a revolution",
        duration=f"{duration_s:.3g}",
        share=f"{share:.1g}",
    )
    path_m = float(bend_of_path_m(position_m, velocity_m_s, duration_s))
    errors_m = max(
        float(bend_of_uncertainty_m(where_m, covariance))
        for where_m, covariance in zip(position_m, passing.states.covariance_rtn_si, strict=True)
        if covariance is not None
    )
    sigma = f"{passing.narrow_sigma_m:.3g}"
    for name, bend_m, sentence in (
        ("straight_relative_path", path_m, "gravity bends the path by {bend} m; narrow sigma is {sigma} m"),
        ("straight_uncertainty", errors_m, "one sigma of it bends by {bend} m; narrow sigma is {sigma} m"),
    ):
        is_straight = bend_m <= LARGEST_BEND_SIGMA * passing.narrow_sigma_m
        yield _check(name, is_straight, sentence, bend=f"{bend_m:.1g}", sigma=sigma)


def check_of_agreement(two_dimensional: float | None, three_dimensional: float | None) -> Check:
    """Return whether the two-dimensional method gives what the three-dimensional one gives."""
    name = "agrees_with_three_dimensions"
    if two_dimensional is None or three_dimensional is None:
        said = Said(name="one_has_no_answer", text="one of the two has no answer")
        return Check(name=name, outcome=CheckOutcome.UNTESTED, because=said)
    larger = max(two_dimensional, three_dimensional)
    return _check(
        name,
        abs(two_dimensional - three_dimensional) <= LARGEST_DISAGREEMENT * larger,
        "2-D {flat}, 3-D {full}",
        flat=f"{two_dimensional:.3g}",
        full=f"{three_dimensional:.3g}",
    )


def _check(name: str, is_held: bool, sentence: str, **figures: str) -> Check:
    outcome = CheckOutcome.HELD if is_held else CheckOutcome.FAILED
    said = Said(name=name, text=sentence.format(**figures), figures=tuple(figures.items()))
    return Check(name=name, outcome=outcome, because=said)
