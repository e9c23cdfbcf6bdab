"""Warnings of a close approach, told coarsely: everything follows from two rounded states."""

import math

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_ROTATION_RATE_RAD_S
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.named_frames import is_earth_fixed
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject, Vector
from baken.records.precision import EXACT
from baken.share.grids import epochs_on_grid, on_grid, to_digits
from baken.share.wanted import (
    CannotReduce,
    Wanted,
    carried_state,
    checked_frame,
    reduced_covariance,
    reduced_identity,
)

WARNING = "a conjunction message"
NEEDED = (
    "position",
    "velocity",
    "covariance",
    "tca",
    "epoch",
    "first",
    "second",
    "identity",
    "norad_cat_id",
    "miss_distance",
    "frame",
)
UNKNOWN = "UNKNOWN"
FINEST_S, SLOWEST_M_S = 1e-3, 1.0


def reduce_conjunction(message: ConjunctionMessage, wanted: Wanted) -> ConjunctionMessage:
    """Return a warning made anew of two rounded states at a rounded time of closest approach.

    Two states tell when they are nearest, to the grid of position over the relative speed, whatever date
    stands beside them: the time of closest approach is rounded to that (or to a finer grid that was asked),
    since rounding it further would hide nothing and make the states wrong.  Miss distance, relative speed and
    relative state are those of the rounded states.  The probability is left out, since with the rest it tells
    what was rounded; kept, it goes to significant digits, in the words of its method.

    Raises: CannotReduce when it cannot be told as coarsely as asked.
    """
    wanted.may_lack(NEEDED, WARNING)
    tca_tai_ns = _tca(message, wanted)
    after_s = (tca_tai_ns - message.tca_tai_ns) / 1e9
    first, second = (_object(one, wanted, after_s) for one in (message.first, message.second))
    if first.frame.upper() != second.frame.upper():
        raise CannotReduce("the two objects stand in two frames; their difference cannot be made anew")
    apart_m, apart_m_s = (
        np.subtract(*pair)
        for pair in ((second.position_m, first.position_m), (second.velocity_m_s, first.velocity_m_s))
    )
    axes = _axes(first)
    digits, keeps = wanted.precision.significant_digits, "collision_probability" in wanted.precision.keep
    probability = message.collision_probability if keeps else None
    if probability is not None and digits is None:
        raise CannotReduce("the collision probability is kept to significant digits; say digits=1")
    return ConjunctionMessage(
        originator=message.originator if "originator" in wanted.precision.keep else wanted.originator,
        message_id=f"{first.designator} {second.designator} {tca_tai_ns // 1_000_000_000}",
        created_tai_ns=wanted.epoch(message.created_tai_ns, WARNING),
        tca_tai_ns=tca_tai_ns,
        miss_distance_m=float(np.linalg.norm(apart_m)),
        relative_speed_m_s=float(np.linalg.norm(apart_m_s)),
        relative_position_rtn_m=_vector(axes @ apart_m),
        relative_velocity_rtn_m_s=_vector(axes @ apart_m_s),
        first=first,
        second=second,
        collision_probability=None if probability is None else to_digits(probability, digits or 0),
        collision_probability_method="" if probability is None else message.collision_probability_method,
        realm=message.realm,
        marking=wanted.marking,
    )


def _tca(message: ConjunctionMessage, wanted: Wanted) -> int:
    """Return the time of closest approach on the finest grid that the states themselves give away."""
    rounded_as_asked_tai_ns = wanted.epoch(message.tca_tai_ns, WARNING)
    asked_s, position_m = wanted.grid("epoch_s", WARNING), wanted.grid("position_m", WARNING)
    if asked_s == EXACT:
        return rounded_as_asked_tai_ns
    if position_m == EXACT:
        raise CannotReduce("exact states tell the time of closest approach; round positions too")
    apart_m_s = np.subtract(message.second.velocity_m_s, message.first.velocity_m_s)
    told_s = position_m / max(float(np.linalg.norm(apart_m_s)), SLOWEST_M_S)
    # A power of ten, so that the grid does not tell the speed; milliseconds are as fine as a message goes.
    grid_s = max(FINEST_S, 10.0 ** math.ceil(math.log10(told_s)))
    return int(epochs_on_grid(message.tca_tai_ns, min(asked_s, grid_s)))


def _object(one: ConjunctionObject, wanted: Wanted, after_s: float) -> ConjunctionObject:
    checked_frame(one.frame, one.centre, WARNING)
    if one.covariance_rtn_si is None:
        raise CannotReduce(f"{one.designator} has no covariance; a warning must have one for each object")
    before = np.array(one.position_m), np.array(one.velocity_m_s)
    there = carried_state(one.frame, *before, after_s, WARNING)
    told = "RTN", one.covariance_rtn_si[:6, :6]
    covariance = reduced_covariance(wanted, one.frame, before, told, there, after_s, "RTN")
    if covariance is None:
        raise CannotReduce(f"{WARNING} needs a covariance; say sigma and sigma-velocity in the precision")
    position_m, velocity_m_s = wanted.grid("position_m", WARNING), wanted.grid("velocity_m_s", WARNING)
    without = wanted.precision.without
    return ConjunctionObject(
        identity=reduced_identity(one.identity, wanted.precision),
        designator=one.designator,
        catalog_name=one.catalog_name,
        name=UNKNOWN if "name" in without else one.name,
        international_designator=UNKNOWN if "cospar_id" in without else one.international_designator,
        kind=one.kind,
        position_m=_vector(on_grid(there.position_m, position_m)),
        velocity_m_s=_vector(on_grid(there.velocity_m_s, velocity_m_s)),
        covariance_rtn_si=covariance[1],
        covariance_method="DEFAULT",
        frame=one.frame,
        centre=one.centre,
    )


def _axes(one: ConjunctionObject) -> Floats:
    velocity = np.array(one.velocity_m_s)
    if is_earth_fixed(one.frame):
        velocity = velocity + np.cross([0.0, 0.0, EARTH_ROTATION_RATE_RAD_S], one.position_m)
    return rotation_inertial_to_rtn(one.position_m, velocity)


def _vector(values: Floats) -> Vector:
    first, second, third = values.tolist()
    return first, second, third
