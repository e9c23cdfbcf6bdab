"""A warning as arrays: both states in one inertial frame, both covariances, and the size of the bodies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from baken.assess.conjunction.hard_body import DEFAULT_RADIUS_M, KindOfObject, kind_from_name
from baken.astro.arrays import Floats
from baken.astro.earth_data import no_earth_data
from baken.astro.frames import State
from baken.astro.named_frames import is_known_frame, state_to_gcrs
from baken.errors import WrongUsage
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject

KINDS = {
    "PAYLOAD": KindOfObject.PAYLOAD,
    "ROCKET BODY": KindOfObject.ROCKET_BODY,
    "DEBRIS": KindOfObject.DEBRIS,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatesAtEncounter:
    """Both objects at the time of closest approach the message names, the first of the two first.

    Shape:  position_gcrs_m and velocity_gcrs_m_s are (2, 3); each covariance is (6, 6) in its object's own
    RTN, None where the message has none.
    """

    position_gcrs_m: Floats
    velocity_gcrs_m_s: Floats
    covariance_rtn_si: tuple[Floats | None, Floats | None]

    @property
    def relative_position_m(self) -> Floats:
        """Second object minus first."""
        return np.asarray(self.position_gcrs_m[1] - self.position_gcrs_m[0])

    @property
    def relative_velocity_m_s(self) -> Floats:
        """Second object minus first."""
        return np.asarray(self.velocity_gcrs_m_s[1] - self.velocity_gcrs_m_s[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinedBody:
    """The sphere that stands for both bodies, and where its radius is from."""

    radius_m: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """What is known of sizes besides the message: a combined radius that was asked for, and measured ones."""

    combined_radius_m: float | None = None
    known_radius_m: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked_m = self.combined_radius_m
        if asked_m is not None and not (asked_m > 0.0 and math.isfinite(asked_m)):
            raise WrongUsage(f"a combined hard-body radius is above 0 m; it was {asked_m:g} m")


def states_at_encounter(message: ConjunctionMessage, scales: tuple[float, float]) -> StatesAtEncounter:
    """Return both states in GCRS, covariances times the square of their object's scale.

    States on the Earth are turned without Earth data: both alike, so that nothing between them changes.

    Raises: WrongUsage for a frame that Baken cannot turn.
    """
    both = (message.first, message.second)
    states = [_state_gcrs(one, message.tca_tai_ns) for one in both]
    first, second = (
        None if one.covariance_rtn_si is None else one.covariance_rtn_si[:6, :6] * scale**2
        for one, scale in zip(both, scales, strict=True)
    )
    return StatesAtEncounter(
        position_gcrs_m=np.stack([position_m for position_m, _ in states]),
        velocity_gcrs_m_s=np.stack([velocity_m_s for _, velocity_m_s in states]),
        covariance_rtn_si=(first, second),
    )


def _state_gcrs(one: ConjunctionObject, tca_tai_ns: int) -> State:
    if not is_known_frame(one.frame):
        raise WrongUsage(
            f"{one.name}: REF_FRAME {one.frame} cannot be turned; give GCRF, EME2000, ITRF or TEME"
        )
    position_m, velocity_m_s = state_to_gcrs(
        one.frame, np.array([tca_tai_ns]), [one.position_m], [one.velocity_m_s], no_earth_data()
    )
    return position_m[0], velocity_m_s[0]


def combined_body(message: ConjunctionMessage, sizes: Sizes) -> CombinedBody:
    """Return the radius asked for; else the message's; else the sum of the two objects' own."""
    if sizes.combined_radius_m is not None:
        return CombinedBody(radius_m=sizes.combined_radius_m, source="asked for")
    if message.hard_body_radius_m is not None and message.hard_body_radius_m > 0.0:
        return CombinedBody(radius_m=message.hard_body_radius_m, source="in the message")
    bodies = [_own_body(one, sizes.known_radius_m) for one in (message.first, message.second)]
    radius_m = sum(body.radius_m for body in bodies)
    return CombinedBody(radius_m=radius_m, source=" + ".join(body.source for body in bodies))


def _own_body(one: ConjunctionObject, known_radius_m: Mapping[int, float]) -> CombinedBody:
    known_m = known_radius_m.get(one.identity.norad_cat_id or -1)
    if known_m is not None and known_m > 0.0:
        return CombinedBody(radius_m=known_m, source="size data")
    area_m2 = one.physical.collision_area_m2
    if area_m2 is not None and area_m2 > 0.0:
        return CombinedBody(radius_m=math.sqrt(area_m2 / math.pi), source="AREA_PC of the message")
    kind = KINDS.get(one.kind.upper()) or kind_from_name(one.name)
    return CombinedBody(radius_m=DEFAULT_RADIUS_M[kind], source=f"default for {kind}")
