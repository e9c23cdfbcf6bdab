"""Small true things to test with: orbits that nobody published."""

import math
from dataclasses import replace

import numpy as np

from baken.astro.time import tai_ns_from_utc
from baken.catalogue.picture import draw_picture
from baken.records.catalogue import Catalogue, Picture
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject
from baken.records.event import EventKind, Finding, Window
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, Source
from baken.records.orbit import ElementSet

EPOCH_TAI_NS = tai_ns_from_utc("2026-03-01T00:00:00Z")
HOUR_NS = 3_600_000_000_000
DAY_NS = 24 * HOUR_NS
REVOLUTION_A_DAY_RAD_S = 2.0 * math.pi / 86_400.0


def element_set(norad_cat_id: int = 900_001, **changes: object) -> ElementSet:
    """Return a quiet low orbit at 900 km, changed as asked."""
    plain = ElementSet(
        identity=identity_from_norad(norad_cat_id, name=f"MADE {norad_cat_id}"),
        epoch_tai_ns=EPOCH_TAI_NS,
        mean_motion_rad_s=14.0 * REVOLUTION_A_DAY_RAD_S,
        eccentricity=0.001,
        inclination_rad=math.radians(60.0),
        raan_rad=math.radians(40.0),
        argument_of_perigee_rad=math.radians(80.0),
        mean_anomaly_rad=math.radians(10.0),
        lineage=Lineage(sources=(Source(name="made", digest="sha256:0"),), method="made for a test"),
    )
    return replace(plain, **changes)


def crossing_pair(**changes: object) -> tuple[ElementSet, ElementSet]:
    """Return two orbits that pass within 5 m of each other ten minutes after their epoch."""
    # Found by least squares on the distance at that instant, and rounded.
    second = {
        "inclination_rad": math.radians(75.0),
        "mean_anomaly_rad": math.radians(250.0) - 0.008268,
        "raan_rad": math.radians(40.0) + 0.022289,
        "mean_motion_rad_s": 14.0 * 1.0002407 * REVOLUTION_A_DAY_RAD_S,
    }
    first = {"inclination_rad": math.radians(60.0), "mean_anomaly_rad": math.radians(250.0)}
    return element_set(900_001, **{**first, **changes}), element_set(900_002, **{**second, **changes})


def warning(
    originator: str = "HERE",
    *,
    hours_before: float = 24.0,
    tca_tai_ns: int = EPOCH_TAI_NS + 2 * DAY_NS,
    radial_m: float = 30.0,
    across_m: float = 40.0,
    sigma_m: float = 100.0,
    pair: tuple[int, int] = (900_001, 900_002),
    **changes: object,
) -> ConjunctionMessage:
    """Return a warning of two that cross at a right angle, the miss in their encounter plane.

    The combined standard deviation is ``sigma_m`` in every direction.
    """
    first = _warned_of(pair[0], (7.0e6, 0.0, 0.0), (0.0, 7_546.0, 0.0), sigma_m)
    aside_m = across_m / math.sqrt(2.0)
    second = _warned_of(pair[1], (7.0e6 + radial_m, aside_m, aside_m), (0.0, 0.0, 7_546.0), sigma_m)
    created_tai_ns = tca_tai_ns - round(hours_before * HOUR_NS)
    plain = ConjunctionMessage(
        originator=originator,
        message_id=f"{originator}-{pair[0]}-{pair[1]}-{hours_before:g}",
        created_tai_ns=created_tai_ns,
        tca_tai_ns=tca_tai_ns,
        miss_distance_m=math.hypot(radial_m, across_m),
        first=first,
        second=second,
        relative_speed_m_s=7_546.0 * math.sqrt(2.0),
        relative_position_rtn_m=(radial_m, aside_m, aside_m),
        relative_velocity_rtn_m_s=(0.0, -7_546.0, 7_546.0),
        hard_body_radius_m=10.0,
        lineage=Lineage(sources=(Source(name="made.cdm", digest="sha256:0"),), method="made for a test"),
    )
    return replace(plain, **changes)


def _warned_of(
    norad_cat_id: int,
    position_m: tuple[float, float, float],
    velocity_m_s: tuple[float, float, float],
    sigma_m: float,
) -> ConjunctionObject:
    return ConjunctionObject(
        identity=identity_from_norad(norad_cat_id, name=f"MADE {norad_cat_id}"),
        designator=str(norad_cat_id),
        catalog_name="SATCAT",
        name=f"MADE {norad_cat_id}",
        international_designator="UNKNOWN",
        position_m=position_m,
        velocity_m_s=velocity_m_s,
        covariance_rtn_si=np.diag([0.5 * sigma_m**2] * 3 + [1e-6] * 3),
    )


def picture_of(*element_sets: ElementSet) -> Picture:
    """Return a picture of these orbits at their epoch."""
    return draw_picture(Catalogue(element_sets=element_sets), as_of_tai_ns=EPOCH_TAI_NS)


def window_of_hours(hours: float) -> Window:
    """Return a window that begins at the epoch of the orbits made here."""
    return Window(start_tai_ns=EPOCH_TAI_NS, end_tai_ns=EPOCH_TAI_NS + round(hours * HOUR_NS))


def falling(
    object_id: str = "OBJ-FALLS",
    *,
    hours: float = 20.0,
    half_width_h: float = 4.0,
    at_tai_ns: int = EPOCH_TAI_NS,
    **measures: float | int | str | None,
) -> Finding:
    """Return a re-entry expected some hours from an instant."""
    peak_tai_ns = at_tai_ns + round(hours * HOUR_NS)
    told = {"norad_cat_id": 900_011, "name": "MADE R/B", "window_probability": 0.9, **measures}
    return Finding(
        kind=EventKind.REENTRY,
        encounter_key=f"{object_id} falls @{peak_tai_ns}",
        object_ids=(object_id,),
        start_tai_ns=peak_tai_ns - round(half_width_h * HOUR_NS),
        peak_tai_ns=peak_tai_ns,
        end_tai_ns=peak_tai_ns + round(half_width_h * HOUR_NS),
        measures=tuple(told.items()),
        because="its orbit is down to 180 km",
        lineage=Lineage(sources=(Source(name="made", digest="sha256:0"),), method="made for a test"),
    )


def broken_up(*object_ids: str, hours: float = -30.0, **measures: float | int | str | None) -> Finding:
    """Return a breakup some hours from the epoch, told from its pieces."""
    peak_tai_ns = EPOCH_TAI_NS + round(hours * HOUR_NS)
    told = {"n_pieces": len(object_ids), "parent_norad_cat_id": 900_012, "parent_name": "MADE", **measures}
    return Finding(
        kind=EventKind.FRAGMENTATION,
        encounter_key=f"{told['parent_norad_cat_id']} breaks up @{peak_tai_ns}",
        object_ids=tuple(sorted(object_ids)),
        start_tai_ns=peak_tai_ns - HOUR_NS,
        peak_tai_ns=peak_tai_ns,
        end_tai_ns=peak_tai_ns + HOUR_NS,
        measures=tuple(told.items()),
        because="its pieces were together then",
        lineage=Lineage(sources=(Source(name="made", digest="sha256:0"),), method="made for a test"),
    )


def meeting(n: int = 0, *, hours: float = 12.0, **measures: float | int | str | None) -> Finding:
    """Return a conjunction some hours from the epoch."""
    tca_tai_ns = EPOCH_TAI_NS + round(hours * HOUR_NS)
    told = {"probability": 1e-3, "probability_region": "robust", "miss_distance_m": 100.0, **measures}
    pair = (f"OBJ-A{n:04d}", f"OBJ-B{n:04d}")
    return Finding(
        kind=EventKind.CONJUNCTION,
        encounter_key=f"{pair}@{tca_tai_ns}",
        object_ids=pair,
        start_tai_ns=tca_tai_ns,
        peak_tai_ns=tca_tai_ns,
        end_tai_ns=tca_tai_ns,
        measures=tuple(told.items()),
        because="made",
        lineage=Lineage(sources=(Source(name="made", digest="sha256:0"),), method="made for a test"),
    )
