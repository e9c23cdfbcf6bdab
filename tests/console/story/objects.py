"""Objects of which there is much to say: one that two speak of, one that keeps its station; all invented."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import EARTH_J2_WGS72
from baken.catalogue.describe import WGS_72_EQUATORIAL_RADIUS_M, WGS_72_MU_M3_S2
from baken.operations.ports import Store
from baken.records.identity import Designator, identity_from_norad
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet
from baken.wiring.object_movement import sub_longitudes_deg
from tests.console.story.homes import NOW_TAI_NS, Door

DAY_NS = 86_400_000_000_000

DAYS = 14
SINKS_M_DAY, BURNED_ON_DAY, RAISED_M = 160.0, 9.0, 2_400.0
INCLINATION_DEG = 97.61
STATION_DEG, HALF_BOX_DEG = 19.2, 0.05
TURN_OF_THE_EARTH_DEG_DAY = 360.985647
OURS, THEIRS = "OWN NETWORK", "PARTNER CENTRE"
OPEN = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
NARROW = Marking(owner="NL")
RAISED = replace(
    identity_from_norad(899_000_001, name="MADE RAISER", cospar_id="2024-201A"),
    others=(Designator(scheme="operator", value="RAISER-1"),),
)
KEEPER = identity_from_norad(899_000_002, name="MADE STATION KEEPER", cospar_id="2019-077B")


def tell(door: Door) -> None:
    """Keep two weeks of both, as importers do."""
    for source, element_sets in ((OURS, raised_by_us()), (THEIRS, raised_by_them()), (THEIRS, keeping())):
        keep(door.service.store, source, element_sets)


def keep(store: Store, source: str, element_sets: Sequence[ElementSet]) -> None:
    """Keep what a source says, one set after the other."""
    store.add_element_sets(element_sets, source=source, at_tai_ns=NOW_TAI_NS)


def raised_by_us() -> list[ElementSet]:
    """Return two weeks of a low orbit that sinks and is raised once, twice a day, as we see it."""
    return [_raised(OURS, NARROW, days=0.5 * half, off_m=0.0) for half in range(2 * DAYS)]


def raised_by_them() -> list[ElementSet]:
    """Return the same as a partner sees it: once a day, and along the track somewhat elsewhere."""
    return [_raised(THEIRS, OPEN, days=day + 0.2, off_m=40.0) for day in range(DAYS)]


def keeping() -> list[ElementSet]:
    """Return two weeks of an orbit over one longitude: it drifts through its box, and is pushed back."""
    return list(_keeping())


def _axis_m(days: FloatsLike, off_m: float = 0.0) -> Floats:
    days = np.asarray(days, dtype=float)
    return 6_928_000.0 - SINKS_M_DAY * days + RAISED_M * (days >= BURNED_ON_DAY) + off_m


def _rate_rad_s(axis_m: Floats) -> Floats:
    return np.sqrt(WGS_72_MU_M3_S2 / axis_m**3)


def _turned_rad(days: float) -> float:
    """Return how far the object itself has turned since the first day, however it is seen."""
    fine = np.linspace(0.0, days, 1 + round(1000 * days))
    return float(np.trapezoid(_rate_rad_s(_axis_m(fine)), 86_400.0 * fine))


def _raised(source: str, marking: Marking, *, days: float, off_m: float) -> ElementSet:
    axis_m = float(_axis_m(days, off_m))
    node_rad_s, perigee_rad_s = _turning_rad_s()
    return ElementSet(
        identity=RAISED,
        epoch_tai_ns=NOW_TAI_NS - round((DAYS - days) * DAY_NS),
        mean_motion_rad_s=float(_rate_rad_s(np.array(axis_m))),
        eccentricity=0.0011 + 0.00002 * math.sin(days),
        inclination_rad=math.radians(INCLINATION_DEG + 0.002 * math.sin(days / 3.0)),
        raan_rad=(math.radians(120.0) + node_rad_s * 86_400.0 * days) % math.tau,
        argument_of_perigee_rad=(math.radians(75.0) + perigee_rad_s * 86_400.0 * days) % math.tau,
        mean_anomaly_rad=_turned_rad(days) % math.tau,
        bstar_per_earth_radius=2.1e-4 + 3e-5 * math.sin(1.7 * days),
        originator=source,
        realm=Realm.SIMULATED,
        marking=marking,
        lineage=_lineage(source),
    )


def _turning_rad_s() -> tuple[float, float]:
    """Return how fast node and perigee turn by the flattening of the Earth (Kaula 1966, 3.74)."""
    axis_m, tilt_rad = 6_928_000.0, math.radians(INCLINATION_DEG)
    rate = (
        1.5
        * EARTH_J2_WGS72
        * float(_rate_rad_s(np.array(axis_m)))
        * (WGS_72_EQUATORIAL_RADIUS_M / axis_m) ** 2
    )
    return -rate * math.cos(tilt_rad), rate * (2.0 - 2.5 * math.sin(tilt_rad) ** 2)


def _lineage(source: str) -> Lineage:
    return Lineage(
        sources=(Source(name=f"{source}, invented", digest=digest_of_bytes(source.encode())),),
        method="invented for the story of the console",
    )


def _keeping() -> Iterator[ElementSet]:
    for day in range(DAYS):
        days = float(day)
        since = days % 7.0 - 3.5
        # Eastward into the box, slower and slower, and back: a parabola, until the next push.
        wanted_deg = STATION_DEG + HALF_BOX_DEG - HALF_BOX_DEG * 2.0 * (since / 3.5) ** 2
        drift_deg_day = -HALF_BOX_DEG * 4.0 * since / 3.5**2
        yield _over(wanted_deg, drift_deg_day, days)


def _over(longitude_deg: float, drift_deg_day: float, days: float) -> ElementSet:
    """Return an orbit that stands over a longitude at its epoch and drifts on from there."""
    rate_deg_day = TURN_OF_THE_EARTH_DEG_DAY + drift_deg_day
    first = ElementSet(
        identity=KEEPER,
        epoch_tai_ns=NOW_TAI_NS - round((DAYS - days) * DAY_NS),
        mean_motion_rad_s=math.radians(rate_deg_day) / 86_400.0,
        eccentricity=0.0002,
        inclination_rad=math.radians(0.04 + 0.001 * days),
        raan_rad=math.radians(85.0),
        argument_of_perigee_rad=math.radians(40.0),
        mean_anomaly_rad=0.0,
        originator=THEIRS,
        realm=Realm.SIMULATED,
        marking=OPEN,
        lineage=_lineage(THEIRS),
    )
    off_deg = longitude_deg - (sub_longitudes_deg([first])[0] or 0.0)
    return replace(first, mean_anomaly_rad=math.radians(off_deg) % math.tau)
