"""Conjunction data messages of what a screening found, fit to send to whom they concern."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from baken.assess.conjunction.conjunction_table import ESTIMATED, Circumstances
from baken.assess.conjunction.element_uncertainty import estimated_sigma_rtn_m, orbit_class
from baken.assess.conjunction.hard_body import KindOfObject, kind_from_name
from baken.astro.arrays import Floats
from baken.astro.earth_data import no_earth_data
from baken.astro.frames import state_teme_to_gcrs
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.motions import Motion
from baken.astro.time import utc_text
from baken.records.catalogue import Picture
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject, ForceModel, Vector
from baken.records.event import Window
from baken.records.marking import Realm, strictest
from baken.records.orbit import ElementSet

UNKNOWN = "UNKNOWN"
KIND_WORDS = {
    KindOfObject.PAYLOAD: "PAYLOAD",
    KindOfObject.ROCKET_BODY: "ROCKET BODY",
    KindOfObject.DEBRIS: "DEBRIS",
    KindOfObject.UNKNOWN: "UNKNOWN",
}
# The standard's covariance has no room for "nobody knows"; a sphere of this size says it in numbers.
UNKNOWN_SIGMA_M = 1e6
PROBABILITY_METHOD = "FOSTER-1992"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, when, and of which screening."""

    originator: str
    created_tai_ns: int
    window: Window
    miss_threshold_m: float


def conjunction_messages(
    table: pl.DataFrame, picture: Picture, motion: Motion, sender: Sender, circumstances: Circumstances
) -> Iterator[ConjunctionMessage]:
    """Yield a message for each row of the table, states in GCRF, covariances ESTIMATED and said to be.

    Assumes the picture and the motion that the table was made from.  TEME is turned to GCRS without Earth
    data, which is good to centimetres in low orbit.
    """
    row_of = {es.identity.object_id: row for row, es in enumerate(picture.element_sets)}
    for row in table.iter_rows(named=True):
        indices = [row_of[row[f"{role}_object_id"]] for role in ("primary", "secondary")]
        sets = [picture.element_sets[index] for index in indices]
        states = [_state_gcrs(motion, index, row["tca_tai_ns"]) for index in indices]
        yield _message(row, sets, states, sender, circumstances)


def _message(
    row: dict[str, object],
    sets: Sequence[ElementSet],
    states: Sequence[tuple[Floats, Floats]],
    sender: Sender,
    circumstances: Circumstances,
) -> ConjunctionMessage:
    (position_m, velocity_m_s), (other_m, other_m_s) = states
    to_rtn = rotation_inertial_to_rtn(position_m, velocity_m_s)
    tca_tai_ns = int(row["tca_tai_ns"])  # type: ignore[call-overload]
    # The integral assumes a short encounter; of two that stay together its figure would mislead.
    probability = None if row["in_company"] else row["probability"]
    return ConjunctionMessage(
        originator=sender.originator,
        message_id=f"{_designator(sets[0])}-{_designator(sets[1])}-{utc_text(tca_tai_ns, 0)}",
        created_tai_ns=sender.created_tai_ns,
        tca_tai_ns=tca_tai_ns,
        miss_distance_m=float(np.linalg.norm(other_m - position_m)),
        first=_object(sets[0], states[0], tca_tai_ns),
        second=_object(sets[1], states[1], tca_tai_ns),
        relative_speed_m_s=float(np.linalg.norm(other_m_s - velocity_m_s)),
        relative_position_rtn_m=_vector(to_rtn @ (other_m - position_m)),
        relative_velocity_rtn_m_s=_vector(to_rtn @ (other_m_s - velocity_m_s)),
        screened_from_tai_ns=sender.window.start_tai_ns,
        screened_until_tai_ns=sender.window.end_tai_ns,
        screen_volume_frame="RTN",
        screen_volume_shape="ELLIPSOID",
        screen_volume_m=(2.0 * sender.miss_threshold_m,) * 3,
        collision_probability=probability,  # type: ignore[arg-type]
        collision_probability_method=PROBABILITY_METHOD if probability is not None else "",
        hard_body_radius_m=float(row["hard_body_radius_m"]),  # type: ignore[arg-type]
        realm=sets[0].realm,
        marking=strictest(frozenset(es.marking for es in sets)),
        comments=(("relativeMetadataData", _remarks(row, sets[0].realm, circumstances)),),
    )


def _remarks(row: dict[str, object], realm: Realm, circumstances: Circumstances) -> tuple[str, ...]:
    unreal = () if realm is Realm.REAL else (f"REALM {realm}: NOT OF THE REAL WORLD",)
    return (
        *unreal,
        f"MARKING {row['marking']}",
        f"HBR = {row['hard_body_radius_m']} [m]",
        f"COVARIANCES ARE {ESTIMATED.upper()} FROM DIFFERENCES OF ELEMENT SETS, NOT FROM ORBIT DETERMINATION",
        *_ceiling(row),
        *circumstances.assumptions,
    )


def _ceiling(row: dict[str, object]) -> tuple[str, ...]:
    if row["in_company"]:
        return ("IN COMPANY: NO SHORT ENCOUNTER, SO NO COLLISION PROBABILITY IS GIVEN",)
    if row["max_probability"] is None:
        return ("LARGEST COLLISION PROBABILITY IS NOT KNOWN: THE ENCOUNTER HAS NO PLANE",)
    return (f"LARGEST COLLISION PROBABILITY, FOR THE SHAPE NAMED BELOW = {row['max_probability']:.6e}",)


def _object(element_set: ElementSet, state: tuple[Floats, Floats], tca_tai_ns: int) -> ConjunctionObject:
    identity = element_set.identity
    age_s = (tca_tai_ns - element_set.epoch_tai_ns) / 1e9
    return ConjunctionObject(
        identity=identity,
        designator=_designator(element_set),
        catalog_name="SATCAT" if identity.norad_cat_id is not None else "BAKEN",
        name=identity.name or UNKNOWN,
        international_designator=identity.cospar_id or UNKNOWN,
        position_m=_vector(state[0]),
        velocity_m_s=_vector(state[1]),
        covariance_rtn_si=_covariance_rtn_si(element_set, age_s),
        kind=KIND_WORDS[kind_from_name(identity.name)],
        covariance_method="DEFAULT",
        forces=ForceModel(gravity="SGP4"),
        comments=(("odParameters", (f"ELEMENTS ARE {age_s / 3600.0:.1f} HOURS OLD AT TCA",)),),
    )


def _covariance_rtn_si(element_set: ElementSet, age_s: float) -> Floats:
    """Return an estimated 6x6 covariance; rates as those of an orbit whose position is off by so much."""
    row = orbit_class(
        element_set.mean_motion_rad_s, element_set.eccentricity, element_set.bstar_per_earth_radius
    )
    sigma_m = np.nan_to_num(estimated_sigma_rtn_m(row, age_s)[0], nan=UNKNOWN_SIGMA_M)
    # On a circular orbit an error along the track is one of radial rate, and the other way about.
    rate_m_s = element_set.mean_motion_rad_s * sigma_m[[1, 0, 2]]
    return np.diag(np.concatenate([sigma_m, rate_m_s]) ** 2)


def _state_gcrs(motion: Motion, index: int, tca_tai_ns: object) -> tuple[Floats, Floats]:
    epoch = np.array([tca_tai_ns], dtype=np.int64)
    position_teme_m, velocity_teme_m_s, _ = motion.states(np.array([index]), epoch)
    position_m, velocity_m_s = state_teme_to_gcrs(epoch, position_teme_m, velocity_teme_m_s, no_earth_data())
    return position_m[0], velocity_m_s[0]


def _designator(element_set: ElementSet) -> str:
    norad_cat_id = element_set.identity.norad_cat_id
    return str(norad_cat_id) if norad_cat_id is not None else element_set.identity.object_id


def _vector(values: Floats) -> Vector:
    return float(values[0]), float(values[1]), float(values[2])
