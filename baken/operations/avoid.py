"""Lay out what could be done about a warning: what each burn leads to, and whom it would meet instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.assess.conjunction.assessment import (
    THREE_DIMENSIONS,
    TWO_DIMENSIONS,
    AssessmentSettings,
    assess_message,
)
from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.encounter import (
    EncounterStatus,
    clipped_encounter_plane_hall_2017,
    combined_covariance_m2,
)
from baken.assess.conjunction.encounter_3d import hall_2021
from baken.assess.conjunction.encounter_case import SMALLEST_SIGMA_SHARE
from baken.assess.conjunction.message_states import Sizes, states_at_encounter
from baken.assess.conjunction.probability import foster_1992
from baken.assess.conjunction.short_encounter import orbital_period_s
from baken.astro.arrays import Floats
from baken.astro.frames import State
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.catalogue.burns import Burn
from baken.errors import WrongUsage
from baken.operations.screen_plans import is_same_object, plans_of_burns, screen_plans
from baken.records.avoidance import AvoidanceOption, DecisionMap, SecondaryConjunction
from baken.records.catalogue import Picture
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.event import SAME_HAPPENING_NS, Runner, Window
from baken.records.identity import Identity
from baken.respond.avoidance import AXES_RTN, BurningEncounter, Probability, decision_map, grid_of_burns

HOUR_NS = 3_600 * NANOSECONDS_A_SECOND
LISTED_LEAD_H = (48.0, 36.0, 24.0, 12.0, 6.0, 3.0)
SECONDARIES_UNTIL_H = 24.0
SECONDARIES_WITHIN_M = 5_000.0
PLANS_TOGETHER = 23  # and the object without a burn: as many as a sieve for a few looks at together


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAvoidance:
    """What is asked about a warning: which object burns (1 or 2), how much at most, and how long before."""

    burns: int = 1
    delta_v_max_m_s: float = 1.0
    probability_wanted: float = 1e-6
    hours: float = 48.0
    hard_body_radius_m: float | None = None


def avoidance_of_message(
    message: ConjunctionMessage, asked: AskedAvoidance, *, now_tai_ns: int
) -> DecisionMap:
    """Return the decision map of a warning, from the states and covariances that stand in it.

    The window opens so many hours before the closest approach, at the warning's making or now, whichever is
    last; a warning of the past is looked at as on the day it was made.

    Raises: WrongUsage when a covariance is missing, or nothing is left of the window.
    """
    own = message.first if asked.burns == 1 else message.second
    sizes = Sizes(combined_radius_m=asked.hard_body_radius_m)
    assessed = assess_message(message, AssessmentSettings(sizes=sizes))
    states, covariances = _burning_first(message, asked)
    probability, finest = _probability_by(assessed.method, covariances, assessed.hard_body_radius_m)
    laid_out = decision_map(
        BurningEncounter(
            tca_tai_ns=message.tca_tai_ns,
            burning=states[0],
            other=states[1],
            probability=probability,
            method=assessed.method,
        ),
        grid_of_burns(
            _start(message, asked, now_tai_ns),
            message.tca_tai_ns,
            period_s=float(orbital_period_s(*states[0])),
            delta_v_max_m_s=asked.delta_v_max_m_s,
            delta_v_min_m_s=min(0.01, 0.01 * asked.delta_v_max_m_s),
            listed_lead_s=[hours * 3_600.0 for hours in LISTED_LEAD_H],
            n_delta_v=finest.n_delta_v,
            max_n_burns=finest.n_burns,
        ),
        norad_cat_id=own.identity.norad_cat_id,
        name=own.name,
        probability_wanted=asked.probability_wanted,
        assumptions=tuple(said.text for said in (*assessed.assumptions, *assessed.remarks)),
    )
    return replace(laid_out, realm=message.realm)


def _burning_first(
    message: ConjunctionMessage, asked: AskedAvoidance
) -> tuple[list[State], tuple[Floats, Floats]]:
    """Return states and covariances of both, those of the object that burns first."""
    at_encounter = states_at_encounter(message, (1.0, 1.0))
    states = list(zip(at_encounter.position_gcrs_m, at_encounter.velocity_gcrs_m_s, strict=True))
    first, second = at_encounter.covariance_rtn_si
    if first is None or second is None:
        raise WrongUsage("the message lacks a covariance; without one nothing can be said of a burn")
    return (states, (first, second)) if asked.burns == 1 else (states[::-1], (second, first))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finest:
    """How many burns a method can look at in a moment."""

    n_burns: int
    n_delta_v: int


def _probability_by(
    method: str, covariances: tuple[Floats, Floats], radius_m: float
) -> tuple[Probability, _Finest]:
    """Return the method that holds for the encounter, covariances staying as they are in RTN."""
    if method == TWO_DIMENSIONS:
        return _Foster(*covariances, radius_m), _Finest(n_burns=1_000, n_delta_v=25)
    if method == THREE_DIMENSIONS:
        return _Hall(*covariances, radius_m), _Finest(n_burns=32, n_delta_v=10)
    raise WrongUsage("no method holds for this encounter, so none can say what a burn leaves of it")


@dataclass(frozen=True, slots=True, eq=False)
class _Foster:
    """The chance of a passage in two dimensions."""

    own_rtn_si: Floats
    other_rtn_si: Floats
    hard_body_radius_m: float

    def __call__(self, own: State, other: State) -> Floats:
        covariance_m2 = combined_covariance_m2(*own, self.own_rtn_si, *other, self.other_rtn_si)
        smallest_m = SMALLEST_SIGMA_SHARE * self.hard_body_radius_m
        seen, _ = clipped_encounter_plane_hall_2017(
            other[0] - own[0], other[1] - own[1], covariance_m2, smallest_m
        )
        probability = np.full(seen.status.shape, np.nan)
        defined = seen.status == EncounterStatus.DEFINED
        probability[defined] = foster_1992(
            seen.miss_m[defined], seen.sigma_m[defined], self.hard_body_radius_m
        )
        return probability


@dataclass(frozen=True, slots=True, eq=False)
class _Hall:
    """The chance of a passage in three dimensions."""

    own_rtn_si: Floats
    other_rtn_si: Floats
    hard_body_radius_m: float

    def __call__(self, own: State, other: State) -> Floats:
        found = hall_2021(*own, self.own_rtn_si, *other, self.other_rtn_si, self.hard_body_radius_m)
        return np.minimum(1.0, found.expected_number)


def _start(message: ConjunctionMessage, asked: AskedAvoidance, now_tai_ns: int) -> int:
    opens = max(message.tca_tai_ns - round(asked.hours * HOUR_NS), message.created_tai_ns)
    start = max(opens, now_tai_ns) if now_tai_ns < message.tca_tai_ns else opens
    if start >= message.tca_tai_ns - NANOSECONDS_A_SECOND:
        raise WrongUsage("the warning was made at or after its closest approach; nothing is left to decide")
    return start


def with_secondaries(
    laid_out: DecisionMap,
    own: Identity,
    other: Identity,
    picture: Picture,
    *,
    probability_level: float,
    circumstances: Circumstances,
    run: Runner,
) -> DecisionMap:
    """Return a decision map that tells of each option whom it would meet instead, in a picture.

    The object's own elements are moved aside by the burn, and screened against everybody from the burn until
    a day after the encounter.  Told are meetings whose estimated probability reaches the level and that do
    not happen without the burn.  Where the picture does not hold the object, nobody looked: None.
    """
    known = [one.identity for one in picture.element_sets if is_same_object(one.identity, own)]
    if not known or not laid_out.options:
        return laid_out
    window = Window(
        start_tai_ns=laid_out.options[0].burn_tai_ns,
        end_tai_ns=laid_out.tca_tai_ns + round(SECONDARIES_UNTIL_H * HOUR_NS),
    )
    told: list[AvoidanceOption] = []
    for first in range(0, len(laid_out.options), PLANS_TOGETHER):
        options = laid_out.options[first : first + PLANS_TOGETHER]
        burns = [("as it flies", Burn(at_tai_ns=window.start_tai_ns, delta_v_rtn_m_s=(0.0, 0.0, 0.0)))]
        burns += [(str(number), _burn_of(option)) for number, option in enumerate(options)]
        plans = plans_of_burns(burns, known[0].object_id, picture, window.end_tai_ns)
        seen = screen_plans(
            plans,
            picture,
            window,
            miss_threshold_m=SECONDARIES_WITHIN_M,
            circumstances=circumstances,
            run=run,
        )
        rows = [row for row in seen.table.iter_rows(named=True) if _reaches(row, probability_level)]
        rows = [row for row in rows if not _is_the_encounter(row, other, laid_out.tca_tai_ns)]
        told += [_told(option, str(number), rows) for number, option in enumerate(options)]
    level = f"secondaries: estimated probability of {probability_level:g} or more until a day after, new ones"
    return replace(laid_out, options=tuple(told), assumptions=(*laid_out.assumptions, level))


def _burn_of(option: AvoidanceOption) -> Burn:
    radial, transverse, normal = (option.delta_v_m_s * axis for axis in AXES_RTN[option.direction])
    return Burn(at_tai_ns=option.burn_tai_ns, delta_v_rtn_m_s=(radial, transverse, normal))


def _reaches(row: dict[str, object], level: float) -> bool:
    # Where nothing can be estimated the ceiling stands in: what is not known is told, not left out.
    probability = row["probability"] if row["probability"] is not None else row["max_probability"]
    return probability is not None and float(str(probability)) >= level


def _is_the_encounter(row: dict[str, object], other: Identity, tca_tai_ns: int) -> bool:
    same = row["secondary_object_id"] == other.object_id or (
        other.norad_cat_id is not None and row["secondary_norad_cat_id"] == other.norad_cat_id
    )
    return same and abs(int(str(row["tca_tai_ns"])) - tca_tai_ns) < SAME_HAPPENING_NS


def _told(option: AvoidanceOption, name: str, rows: Sequence[dict[str, object]]) -> AvoidanceOption:
    without = [row for row in rows if row["primary_motion"] == "as it flies"]
    mine = [
        row
        for row in rows
        if row["primary_motion"] == name
        and int(str(row["tca_tai_ns"])) >= option.burn_tai_ns
        and not any(_is_same_meeting(row, old) for old in without)
    ]
    return replace(option, secondaries=tuple(_secondary(row) for row in mine))


def _is_same_meeting(row: dict[str, object], old: dict[str, object]) -> bool:
    apart_ns = abs(int(str(row["tca_tai_ns"])) - int(str(old["tca_tai_ns"])))
    return row["secondary_object_id"] == old["secondary_object_id"] and apart_ns < SAME_HAPPENING_NS


def _secondary(row: dict[str, object]) -> SecondaryConjunction:
    number, probability = row["secondary_norad_cat_id"], row["probability"]
    return SecondaryConjunction(
        norad_cat_id=None if number is None else int(str(number)),
        name=str(row["secondary_name"]),
        tca_tai_ns=int(str(row["tca_tai_ns"])),
        miss_distance_m=float(str(row["miss_distance_m"])),
        probability=None if probability is None else float(str(probability)),
    )
