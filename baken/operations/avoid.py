"""Lay out what could be done about a warning: what each burn leads to, and whom it would meet instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.encounter import (
    EncounterStatus,
    combined_covariance_m2,
    encounter_plane,
)
from baken.assess.conjunction.hard_body import combined_radius_m, hard_bodies
from baken.assess.conjunction.probability import foster_1992
from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_M3_S2, TURN_RAD
from baken.astro.covariance import clip_eigenvalues_hall_2017, is_positive_definite
from baken.astro.earth_data import no_earth_data
from baken.astro.elements import elements_from_state
from baken.astro.frames import State
from baken.astro.named_frames import state_to_gcrs
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.catalogue.burns import Burn
from baken.errors import WrongUsage
from baken.operations.screen_plans import is_same_object, plans_of_burns, screen_plans
from baken.records.avoidance import AvoidanceOption, DecisionMap, SecondaryConjunction
from baken.records.catalogue import Picture
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject
from baken.records.event import SAME_HAPPENING_NS, Runner, Window
from baken.records.identity import Identity
from baken.respond.avoidance import AXES_RTN, BurningEncounter, decision_map, grid_of_burns

HOUR_NS = 3_600 * NANOSECONDS_A_SECOND
METHOD = "foster_1992"
LISTED_LEAD_H = (48.0, 36.0, 24.0, 12.0, 6.0, 3.0)
SECONDARIES_UNTIL_H = 24.0
SECONDARIES_WITHIN_M = 5_000.0
PLANS_TOGETHER = 23  # and the object without a burn: as many as a sieve for a few looks at together
# Eigenvalues of a covariance below this share of the hard body, squared, are rounding: NASA CARA's choice.
LEAST_SIGMA_PER_RADIUS = 1e-4
# Where a passage begins to be felt as curved, and where nothing is left of a straight line.
LONG_PASSAGE_PERIODS, REFUSED_PASSAGE_PERIODS = 0.02, 0.25


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
    pair = (message.first, message.second)
    own, other = pair if asked.burns == 1 else pair[::-1]
    states = [_state_gcrs(one, message.tca_tai_ns) for one in (own, other)]
    radius_m, of_radius = _hard_body(message, asked)
    covariances, of_covariances = _covariances_m2((own, other), radius_m)
    period_s = _period_s(states[0])
    of_passage = _of_passage(states, covariances, period_s)
    encounter = BurningEncounter(
        tca_tai_ns=message.tca_tai_ns,
        burning=states[0],
        other=states[1],
        probability=_ProbabilityOf(covariances[0], covariances[1], radius_m),
        method=METHOD,
    )
    grid = grid_of_burns(
        _start(message, asked, now_tai_ns),
        message.tca_tai_ns,
        period_s=period_s,
        delta_v_max_m_s=asked.delta_v_max_m_s,
        delta_v_min_m_s=min(0.01, 0.01 * asked.delta_v_max_m_s),
        listed_lead_s=[hours * 3_600.0 for hours in LISTED_LEAD_H],
    )
    laid_out = decision_map(
        encounter,
        grid,
        norad_cat_id=own.identity.norad_cat_id,
        name=own.name,
        probability_wanted=asked.probability_wanted,
        assumptions=(of_radius, *of_covariances, *of_passage),
    )
    return replace(laid_out, realm=message.realm)


@dataclass(frozen=True, slots=True, eq=False)
class _ProbabilityOf:
    """The chance of a passage, by Foster & Estes (1992), for covariances that stay as they are in RTN."""

    own_rtn_m2: Floats
    other_rtn_m2: Floats
    hard_body_radius_m: float

    def __call__(self, own: State, other: State) -> Floats:
        covariance_m2 = combined_covariance_m2(*own, self.own_rtn_m2, *other, self.other_rtn_m2)
        seen = encounter_plane(other[0] - own[0], other[1] - own[1], covariance_m2)
        probability = np.full(seen.status.shape, np.nan)
        defined = seen.status == EncounterStatus.DEFINED
        probability[defined] = foster_1992(
            seen.miss_m[defined], seen.sigma_m[defined], self.hard_body_radius_m
        )
        return probability


def _state_gcrs(one: ConjunctionObject, tca_tai_ns: int) -> State:
    # Both are turned alike, so what Earth data would change is not seen between them.
    position_m, velocity_m_s = state_to_gcrs(
        one.frame, np.array([tca_tai_ns]), [one.position_m], [one.velocity_m_s], no_earth_data()
    )
    return position_m[0], velocity_m_s[0]


def _start(message: ConjunctionMessage, asked: AskedAvoidance, now_tai_ns: int) -> int:
    opens = max(message.tca_tai_ns - round(asked.hours * HOUR_NS), message.created_tai_ns)
    start = max(opens, now_tai_ns) if now_tai_ns < message.tca_tai_ns else opens
    if start >= message.tca_tai_ns - NANOSECONDS_A_SECOND:
        raise WrongUsage("the warning was made at or after its closest approach; nothing is left to decide")
    return start


def _hard_body(message: ConjunctionMessage, asked: AskedAvoidance) -> tuple[float, str]:
    if asked.hard_body_radius_m is not None:
        return asked.hard_body_radius_m, f"hard body: {asked.hard_body_radius_m:g} m, as asked"
    if message.hard_body_radius_m is not None:
        return message.hard_body_radius_m, f"hard body: {message.hard_body_radius_m:g} m, as in the message"
    pair = (message.first, message.second)
    bodies = hard_bodies([one.identity.norad_cat_id for one in pair], [one.name for one in pair], {})
    radius_m = float(combined_radius_m(bodies.radius_m[:1], bodies.radius_m[1:])[0])
    return radius_m, f"hard body: {radius_m:g} m, {bodies.source[0]} + {bodies.source[1]}"


def _covariances_m2(
    pair: Sequence[ConjunctionObject], radius_m: float
) -> tuple[tuple[Floats, Floats], tuple[str, ...]]:
    found, said = [], []
    for one in pair:
        covariance = one.position_covariance_rtn_m2
        if covariance is None:
            raise WrongUsage(
                f"{one.designator}: the message gives no covariance; without one nothing can be said"
            )
        if not is_positive_definite(covariance):
            covariance = clip_eigenvalues_hall_2017(
                covariance, (LEAST_SIGMA_PER_RADIUS * radius_m) ** 2
            ).covariance_m2
            said.append(f"covariance of {one.designator}: not positive definite, clipped (Hall 2017)")
        found.append(np.array(covariance))
    return (found[0], found[1]), tuple(said)


def _of_passage(
    states: Sequence[State], covariances: tuple[Floats, Floats], period_s: float
) -> tuple[str, ...]:
    """Say when a passage is long; refuse one in which nobody can speak of straight lines at all."""
    speed_m_s = float(np.linalg.norm(states[1][1] - states[0][1]))
    sigma_m = float(np.sqrt(sum(np.linalg.eigvalsh(one)[-1] for one in covariances)))
    passage_s = 8.0 * sigma_m / speed_m_s if speed_m_s > 0.0 else np.inf
    if passage_s > REFUSED_PASSAGE_PERIODS * period_s:
        raise WrongUsage(
            f"the two pass at {speed_m_s:.3g} m/s, within their doubt for {passage_s:.0f} s: "
            f"{METHOD} does not hold for so long a passage; assess it with a method of three dimensions"
        )
    if passage_s > LONG_PASSAGE_PERIODS * period_s:
        return (f"LONG PASSAGE of up to {passage_s:.0f} s: a probability of straight lines may not hold",)
    return ()


def _period_s(state: State) -> float:
    axis_m = float(elements_from_state(*state).semi_major_axis_m)
    return TURN_RAD * float(np.sqrt(axis_m**3 / EARTH_MU_M3_S2))


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
