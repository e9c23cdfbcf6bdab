"""Warnings that nobody sent: two objects that pass, as slowly and as near as a test wants."""

import math

import numpy as np

from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.time import tai_ns_from_utc
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject
from baken.records.identity import identity_from_norad

TCA_TAI_NS = tai_ns_from_utc("2026-03-02T11:22:33Z")
HOUR_NS = 3_600_000_000_000
RADIUS_M = 7.0e6
CIRCULAR_M_S = math.sqrt(EARTH_MU_M3_S2 / RADIUS_M)


def warning(
    *,
    angle_rad: float = 1.2,
    miss_rtn_m=(40.0, 120.0, 60.0),
    sigma_rtn_m=(30.0, 200.0, 20.0),
    sigma_rtn_m_s=(0.02, 0.003, 0.003),
    radius_m: float | None = 12.0,
    **changes: object,
) -> ConjunctionMessage:
    """Return a warning of two circular orbits that cross at an angle; the miss is moved across the motion."""
    position_m = np.array([RADIUS_M, 0.0, 0.0])
    velocity_m_s = np.array([0.0, CIRCULAR_M_S, 0.0])
    other_m_s = CIRCULAR_M_S * np.array([0.0, math.cos(angle_rad), math.sin(angle_rad)])
    to_rtn = rotation_inertial_to_rtn(position_m, velocity_m_s)
    miss_m = to_rtn.T @ np.array(miss_rtn_m)
    relative_m_s = other_m_s - velocity_m_s
    along = relative_m_s / np.linalg.norm(relative_m_s)
    miss_m = miss_m - (miss_m @ along) * along
    covariance = np.diag(np.square([*sigma_rtn_m, *sigma_rtn_m_s]))
    first = made_object(900_001, position_m, velocity_m_s, covariance)
    second = made_object(900_002, position_m + miss_m, other_m_s, covariance)
    said = {
        "originator": "MADE",
        "message_id": "MADE-1",
        "created_tai_ns": TCA_TAI_NS - 30 * HOUR_NS,
        "tca_tai_ns": TCA_TAI_NS,
        "miss_distance_m": float(np.linalg.norm(miss_m)),
        "first": first,
        "second": second,
        "hard_body_radius_m": radius_m,
        "comments": () if radius_m is None else (("relativeMetadataData", (f"HBR = {radius_m:g} [m]",)),),
    }
    return ConjunctionMessage(**{**said, **changes})


def made_object(norad_cat_id, position_m, velocity_m_s, covariance_rtn_si, **changes) -> ConjunctionObject:
    """Return one object of a warning."""
    said = {
        "identity": identity_from_norad(norad_cat_id, name=f"MADE {norad_cat_id}"),
        "designator": str(norad_cat_id),
        "catalog_name": "SATCAT",
        "name": f"MADE {norad_cat_id}",
        "international_designator": "UNKNOWN",
        "position_m": tuple(position_m.tolist()),
        "velocity_m_s": tuple(velocity_m_s.tolist()),
        "covariance_rtn_si": covariance_rtn_si,
        "kind": "PAYLOAD",
    }
    return ConjunctionObject(**{**said, **changes})
