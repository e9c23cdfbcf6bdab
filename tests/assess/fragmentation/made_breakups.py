"""Breakups that never were, all known of them: elements fitted to kicked states, some days later."""

import math
from dataclasses import replace

import numpy as np

from baken.astro.constants import EARTH_MU_WGS72_M3_S2
from baken.astro.elements import elements_from_state, mean_anomaly_from_true_rad
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, Source
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.records.orbit_motion import motion_of
from tests.makers import DAY_NS, EPOCH_TAI_NS, element_set

N_FITS = 25
PINCH_TAI_NS = EPOCH_TAI_NS + 3 * DAY_NS + 12_345_000_000_000
AFTER_TAI_NS = EPOCH_TAI_NS + 10 * DAY_NS
# By this share the drag that elements tell differs from the drag there was.
DRAG_ERROR = 0.1


def parent(**changes: object) -> ElementSet:
    """Return a made object at 770 km whose orbit is known before the breakup."""
    named = identity_from_norad(900_100, name="MADE PARENT", cospar_id="2001-011A")
    return element_set(
        identity=named,
        mean_motion_rad_s=14.4 * 2.0 * math.pi / 86_400.0,
        inclination_rad=math.radians(81.0),
        bstar_per_earth_radius=1e-4,
        realm=Realm.TEST,
        **changes,
    )


def state_of(one: ElementSet, epoch_tai_ns: int) -> tuple[np.ndarray, np.ndarray]:
    position, velocity, status = motion_of([one]).states(np.array([0]), np.array([epoch_tai_ns]))
    assert status[0] == 0
    return position[0], velocity[0]


def kicked(
    one: ElementSet,
    kicks_rtn_m_s: np.ndarray,
    rng: np.random.Generator,
    *,
    pinch_tai_ns: int = PINCH_TAI_NS,
    known_at_tai_ns: int = AFTER_TAI_NS,
    first_norad_cat_id: int = 910_001,
    cospar_launch: str | None = "2001-011",
    median_bstar: float = 3e-4,
) -> tuple[ElementSet, ...]:
    """Return pieces of an object, each pushed by one kick, as their elements read some days later.

    Pieces that have come down by then are not among them.
    """
    position, velocity = state_of(one, pinch_tai_ns)
    turn = rotation_inertial_to_rtn(position, velocity)
    bstar = median_bstar * np.exp(0.6 * rng.standard_normal(len(kicks_rtn_m_s)))
    at_birth = fitted(
        np.tile(position, (len(bstar), 1)), velocity + kicks_rtn_m_s @ turn, pinch_tai_ns, bstar
    )
    later = motion_of(at_birth).states(
        np.arange(len(bstar)), np.full(len(bstar), known_at_tai_ns, dtype=np.int64)
    )
    up = later[2] == 0
    believed = bstar * (1.0 + DRAG_ERROR * rng.standard_normal(len(bstar)))
    return tuple(
        replace(
            one_piece,
            identity=identity_from_norad(
                first_norad_cat_id + row,
                name="MADE DEB",
                cospar_id=f"{cospar_launch}{_letters(row)}" if cospar_launch else None,
            ),
            realm=one.realm,
            lineage=Lineage(sources=(Source(name="made", digest="sha256:0"),), method="made for a test"),
        )
        for row, one_piece in enumerate(fitted(later[0][up], later[1][up], known_at_tai_ns, believed[up]))
    )


def ball_of_kicks(n: int, median_m_s: float, rng: np.random.Generator) -> np.ndarray:
    """Return kicks to all sides, log-normal in size as NASA's breakup model has them."""
    direction = rng.standard_normal((n, 3))
    size = median_m_s * 10.0 ** (0.4 * rng.standard_normal(n))
    return direction / np.linalg.norm(direction, axis=1, keepdims=True) * np.minimum(size, 300.0)[:, None]


def moved_on(one: ElementSet, epoch_tai_ns: int) -> ElementSet:
    """Return the same object as its elements read at a later epoch."""
    position, velocity = state_of(one, epoch_tai_ns)
    (later,) = fitted(position[None], velocity[None], epoch_tai_ns, np.array([one.bstar_per_earth_radius]))
    return replace(later, identity=one.identity, realm=one.realm, lineage=one.lineage)


def _letters(row: int) -> str:
    row += 2
    return (chr(64 + row // 24) if row >= 24 else "") + "ABCDEFGHJKLMNPQRSTUVWXYZ"[row % 24]


def fitted(
    position_m: np.ndarray, velocity_m_s: np.ndarray, epoch_tai_ns: int, bstar: np.ndarray
) -> list[ElementSet]:
    """Return mean elements whose SGP4 states at their epoch are these: corrected by what they are off by."""
    wanted = _smooth(position_m, velocity_m_s)
    mean = wanted.copy()
    for _ in range(N_FITS):
        sets = [_set(row, epoch_tai_ns, drag) for row, drag in zip(mean, bstar, strict=True)]
        n = len(sets)
        position, velocity, _ = motion_of(sets).states(np.arange(n), np.full(n, epoch_tai_ns, dtype=np.int64))
        off = wanted - _smooth(position, velocity)
        off[:, 4:] = (off[:, 4:] + np.pi) % (2.0 * np.pi) - np.pi
        mean += off
    assert np.abs(off[:, 0]).max() < 1.0
    return sets


def _smooth(position_m: np.ndarray, velocity_m_s: np.ndarray) -> np.ndarray:
    """Return elements without the seam of circles: a, e cos w, e sin w, i, node, w + M."""
    k = elements_from_state(position_m, velocity_m_s, EARTH_MU_WGS72_M3_S2)
    perigee = k.argument_of_perigee_rad
    along = perigee + mean_anomaly_from_true_rad(k.true_anomaly_rad, k.eccentricity)
    e_cos, e_sin = k.eccentricity * np.cos(perigee), k.eccentricity * np.sin(perigee)
    return np.stack([k.semi_major_axis_m, e_cos, e_sin, k.inclination_rad, k.raan_rad, along], axis=-1)


def _set(row: np.ndarray, epoch_tai_ns: int, bstar: float) -> ElementSet:
    axis_m, e_cos, e_sin, inclination, raan, along = map(float, row)
    perigee = math.atan2(e_sin, e_cos)
    turn = 2.0 * math.pi
    return element_set(
        epoch_tai_ns=epoch_tai_ns,
        mean_motion_rad_s=math.sqrt(EARTH_MU_WGS72_M3_S2 / axis_m**3),
        eccentricity=math.hypot(e_cos, e_sin),
        inclination_rad=inclination,
        raan_rad=raan % turn,
        argument_of_perigee_rad=perigee % turn,
        mean_anomaly_rad=(along - perigee) % turn,
        bstar_per_earth_radius=float(bstar),
    )
