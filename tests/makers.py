"""Small true things to test with: orbits that nobody published."""

import math
from dataclasses import replace

from baken.astro.time import tai_ns_from_utc
from baken.catalogue.picture import draw_picture
from baken.records.catalogue import Catalogue, Picture
from baken.records.event import Window
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


def picture_of(*element_sets: ElementSet) -> Picture:
    """Return a picture of these orbits at their epoch."""
    return draw_picture(Catalogue(element_sets=element_sets), as_of_tai_ns=EPOCH_TAI_NS)


def window_of_hours(hours: float) -> Window:
    """Return a window that begins at the epoch of the orbits made here."""
    return Window(start_tai_ns=EPOCH_TAI_NS, end_tai_ns=EPOCH_TAI_NS + round(hours * HOUR_NS))
