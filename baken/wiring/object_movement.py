"""How an object moves, as JSON: where it is, how far opinions are apart, and what became of its elements."""

from collections.abc import Sequence

import numpy as np

from baken.astro.constants import DEGREE_RAD
from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.frames import rotation_teme_to_itrs, state_teme_to_itrs
from baken.astro.rotations import turned
from baken.astro.time import utc_text
from baken.catalogue.describe import Regime, regime_of
from baken.catalogue.motion import motion_of
from baken.catalogue.picture import can_be_moved
from baken.operations.look_at_object import ObjectSeen, source_of
from baken.operations.object_at import Placed, apart_rtn_m, other_places, place_of_elements
from baken.records.marking import strictest
from baken.records.orbit import ElementSet
from baken.wiring.object_documents import age_h, orbit_document

NO_COVARIANCE = "SGP4 elements carry no covariance: how far this may be off, they do not say"
NO_EARTH_DATA = (
    "without Earth data UT1 is taken for UTC: at the equator the point below may lie up to 420 m"
    " east or west of this"
)
NEAR_GEOSYNCHRONOUS = (
    "the newest elements have a semi-major axis within 300 km of 42,164 km and an eccentricity below 0.25"
)
NOT_BUILT_YET = "not built yet"
NO_ORBIT = "no orbit of it is used in the picture"
NO_STATE = "SGP4 gives no state of it at this time"


def state_document(seen: ObjectSeen, at_tai_ns: int) -> dict[str, object]:
    """Return where an object is at an instant, on whose word, and where others have it, as JSON."""
    chosen = None if seen.choice is None else seen.choice.chosen
    placed = None if chosen is None else place_of_elements(chosen, at_tai_ns)
    others = other_places(seen, at_tai_ns) if placed is not None else ()
    markings = [*(one.marking for one in others), *([] if chosen is None else [chosen.marking])]
    return {
        "object_id": seen.identity.object_id,
        "at_utc": utc_text(at_tai_ns),
        "marking": strictest(frozenset(markings)).text,
        "why_not": NO_ORBIT if chosen is None else NO_STATE if placed is None else "",
        "rests_on": None if chosen is None else _rests_on(chosen, at_tai_ns),
        "state": None if placed is None else _state(placed, at_tai_ns),
        "uncertainty": NO_COVARIANCE,
        "earth": NO_EARTH_DATA,
        "differences": [] if placed is None else [_difference(placed, one, at_tai_ns) for one in others],
    }


def history_document(seen: ObjectSeen, newest_days: int) -> dict[str, object]:
    """Return what each source said of an orbit, set by set in order of epoch, as JSON."""
    since_tai_ns = _last_epoch(seen.element_sets) - newest_days * 86_400 * 1_000_000_000
    sets = [one for one in seen.element_sets if one.epoch_tai_ns >= since_tai_ns]
    is_geo = bool(sets) and regime_of(sets[-1]) is Regime.GEO
    longitude_deg = sub_longitudes_deg(sets) if is_geo else [None] * len(sets)
    return {
        "object_id": seen.identity.object_id,
        "marking": strictest(frozenset(one.marking for one in sets)).text,
        "days": newest_days,
        "is_near_geosynchronous": is_geo,
        "criterion": NEAR_GEOSYNCHRONOUS,
        "manoeuvre_detection": NOT_BUILT_YET,
        "sets": [
            {
                **orbit_document(one),
                "source": source_of(one),
                "longitude_deg": longitude,
                "stands": seen.taken_back.standing(one).value,
                "marking": one.marking.text,
            }
            for one, longitude in zip(sets, longitude_deg, strict=True)
        ],
    }


def sub_longitudes_deg(element_sets: Sequence[ElementSet]) -> list[float | None]:
    """Return the longitude below the object at the epoch of each set; None where SGP4 gives no state."""
    movable = [row for row, one in enumerate(element_sets) if can_be_moved(one)]
    found: list[float | None] = [None] * len(element_sets)
    if not movable:
        return found
    epochs = np.array([element_sets[row].epoch_tai_ns for row in movable], dtype=np.int64)
    motion = motion_of([element_sets[row] for row in movable])
    position_teme_m, _, status = motion.states(np.arange(len(movable)), epochs)
    position_itrs_m = turned(rotation_teme_to_itrs(epochs, no_earth_data()), position_teme_m)
    longitude_deg = geodetic_from_itrs(position_itrs_m).longitude_rad / DEGREE_RAD
    for place, row in enumerate(movable):
        found[row] = None if status[place] else float(longitude_deg[place])
    return found


def _last_epoch(element_sets: Sequence[ElementSet]) -> int:
    return max((one.epoch_tai_ns for one in element_sets), default=0)


def _rests_on(chosen: ElementSet, at_tai_ns: int) -> dict[str, object]:
    return {
        "source": source_of(chosen),
        "theory": chosen.theory.value,
        "epoch_utc": utc_text(chosen.epoch_tai_ns),
        "age_h": age_h(chosen.epoch_tai_ns, at_tai_ns),
        "marking": chosen.marking.text,
    }


def _state(placed: Placed, at_tai_ns: int) -> dict[str, object]:
    position_m, velocity_m_s = state_teme_to_itrs(
        at_tai_ns, placed.position_teme_m, placed.velocity_teme_m_s, no_earth_data()
    )
    below = geodetic_from_itrs(position_m)
    return {
        "frame": "ITRF",
        "position_itrf_m": position_m.tolist(),
        "velocity_itrf_m_s": velocity_m_s.tolist(),
        "latitude_deg": float(below.latitude_rad / DEGREE_RAD),
        "longitude_deg": float(below.longitude_rad / DEGREE_RAD),
        "height_m": float(below.height_m),
        # As the stars see it; over the turning ground it is another.
        "inertial_speed_m_s": float(np.linalg.norm(placed.velocity_teme_m_s)),
        "ground_speed_m_s": float(np.linalg.norm(velocity_m_s)),
    }


def _difference(placed: Placed, other: Placed, at_tai_ns: int) -> dict[str, object]:
    apart_m = apart_rtn_m(placed, other)
    radial_m, transverse_m, normal_m = map(float, apart_m)
    told = other.told_tai_ns
    return {
        "source": other.source,
        "kind": "ephemeris" if told is None else "elements",
        "start_utc": None if other.begins_tai_ns is None else utc_text(other.begins_tai_ns),
        "epoch_utc": None if told is None else utc_text(told),
        "age_h": None if told is None else age_h(told, at_tai_ns),
        "distance_m": float(np.linalg.norm(apart_m)),
        "radial_m": radial_m,
        "transverse_m": transverse_m,
        "normal_m": normal_m,
        "sigma_rtn_m": None if other.sigma_rtn_m is None else list(other.sigma_rtn_m),
        "marking": other.marking.text,
    }
