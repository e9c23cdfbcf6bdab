"""Where one object is at an instant, and how far those who speak of it are apart."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.earth_data import no_earth_data
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.rotations import turned
from baken.catalogue.ephemeris_motion import motion_of_ephemeris
from baken.catalogue.motion import motion_of
from baken.errors import WrongUsage
from baken.operations.look_at_object import ObjectSeen, Use, source_of
from baken.operations.partner_entries import Standing
from baken.records.ephemeris import Ephemeris
from baken.records.marking import Marking
from baken.records.orbit import ElementSet

USABLE = frozenset({Use.USED, Use.PASSED_OVER, Use.NEWER})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """Where one source has the object, in TEME; ``sigma_m`` is along its own R, T and N where it is told.

    ``told_tai_ns`` is the epoch of its elements, and None of a table of states; that has ``begins_tai_ns``.
    """

    source: str
    told_tai_ns: int | None
    begins_tai_ns: int | None
    position_teme_m: Floats
    velocity_teme_m_s: Floats
    sigma_rtn_m: tuple[float, float, float] | None
    marking: Marking


def place_of_elements(element_set: ElementSet, at_tai_ns: int) -> Placed | None:
    """Return where SGP4 carries an element set; None where it gives no state."""
    states = motion_of([element_set]).states(
        np.zeros(1, dtype=np.int64), np.array([at_tai_ns], dtype=np.int64)
    )
    position_m, velocity_m_s, status = states
    if status[0]:
        return None
    return Placed(
        source=source_of(element_set),
        told_tai_ns=element_set.epoch_tai_ns,
        begins_tai_ns=None,
        position_teme_m=position_m[0],
        velocity_teme_m_s=velocity_m_s[0],
        sigma_rtn_m=None,
        marking=element_set.marking,
    )


def other_places(seen: ObjectSeen, at_tai_ns: int) -> tuple[Placed, ...]:
    """Return where everybody else has the object: the other sources' elements, and tables that hold the time.

    What was taken back is left out.
    """
    chosen = None if seen.choice is None else seen.choice.chosen
    others = (one.element_set for one in seen.opinions if one.use in USABLE and one.element_set != chosen)
    by_elements = (place_of_elements(one, at_tai_ns) for one in others)
    return tuple(one for one in (*by_elements, *_by_tables(seen, at_tai_ns)) if one is not None)


def apart_rtn_m(one: Placed, other: Placed) -> Floats:
    """Return the other minus the one, in the radial, transverse and normal of the one."""
    to_rtn = rotation_inertial_to_rtn(one.position_teme_m, one.velocity_teme_m_s)
    return turned(to_rtn, other.position_teme_m - one.position_teme_m)


def _by_tables(seen: ObjectSeen, at_tai_ns: int) -> Iterator[Placed | None]:
    for table in seen.ephemerides:
        holds = table.good_from_tai_ns <= at_tai_ns <= table.good_until_tai_ns
        if holds and seen.taken_back.standing(table) is Standing.HOLDS:
            yield _place_of_table(table, at_tai_ns)


def _place_of_table(table: Ephemeris, at_tai_ns: int) -> Placed | None:
    try:
        moved = motion_of_ephemeris([table], no_earth_data())
    except WrongUsage:
        # In a frame or about a body that nothing here can turn: it stands among the tables, uncompared.
        return None
    at = np.array([at_tai_ns], dtype=np.int64)
    position_m, velocity_m_s, status = moved.motion.states(np.zeros(1, dtype=np.int64), at)
    if status[0]:
        return None
    return Placed(
        source=table.originator,
        told_tai_ns=None,
        begins_tai_ns=table.good_from_tai_ns,
        position_teme_m=position_m[0],
        velocity_teme_m_s=velocity_m_s[0],
        sigma_rtn_m=None if moved.covariance is None else _sigma_m(moved.covariance(at)[0]),
        marking=table.marking,
    )


def _sigma_m(covariance_m2: Floats) -> tuple[float, float, float] | None:
    if not np.isfinite(covariance_m2).all():
        return None
    radial_m, transverse_m, normal_m = np.sqrt(np.diag(covariance_m2))
    return float(radial_m), float(transverse_m), float(normal_m)
