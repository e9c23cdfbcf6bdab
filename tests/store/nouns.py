"""Invented objects, orbits and findings for the tests of the store."""

from baken.astro.time import tai_ns_from_utc
from baken.records.event import EventKind, Finding
from baken.records.identity import Identity, identity_from_norad, mint_object_id
from baken.records.lineage import Lineage, Source
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

NOW_TAI_NS = tai_ns_from_utc("2026-11-22T12:00:00Z")
HOUR_NS = 3_600_000_000_000
LINEAGE = Lineage(
    sources=(Source(name="invented.csv", digest="sha256:00", as_of_tai_ns=NOW_TAI_NS),),
    method="OMM",
    settings=(("mode", "strict"),),
    code_version="0.1.0",
)


def orbit(
    identity: Identity,
    *,
    epoch_tai_ns: int = NOW_TAI_NS,
    eccentricity: float = 0.001,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = LINEAGE,
) -> ElementSet:
    return ElementSet(
        identity=identity,
        epoch_tai_ns=epoch_tai_ns,
        mean_motion_rad_s=0.1 / 90.0,
        eccentricity=eccentricity,
        inclination_rad=0.9,
        raan_rad=1.0 / 3.0,
        argument_of_perigee_rad=2.0,
        mean_anomaly_rad=3.0,
        realm=realm,
        marking=marking,
        lineage=lineage,
    )


def known_by_cospar(cospar_id: str, norad_cat_id: int | None = None) -> Identity:
    return Identity(
        object_id=mint_object_id("cospar", cospar_id), cospar_id=cospar_id, norad_cat_id=norad_cat_id
    )


def many_orbits(n: int, *, epoch_tai_ns: int = NOW_TAI_NS) -> tuple[ElementSet, ...]:
    return tuple(
        orbit(
            identity_from_norad(number, name=f"INVENTED {number}", cospar_id=f"2026-{number:05d}A"),
            epoch_tai_ns=epoch_tai_ns,
        )
        for number in range(1, n + 1)
    )


def finding(
    encounter_key: str = "5-25544-1",
    *,
    miss_distance_m: float = 812.5,
    kind: EventKind = EventKind.CONJUNCTION,
    peak_tai_ns: int = NOW_TAI_NS + HOUR_NS,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
) -> Finding:
    return Finding(
        kind=kind,
        encounter_key=encounter_key,
        object_ids=("OBJ-A", "OBJ-B"),
        start_tai_ns=peak_tai_ns - 1,
        peak_tai_ns=peak_tai_ns,
        end_tai_ns=peak_tai_ns + 1,
        measures=(("miss_distance_m", miss_distance_m), ("probability", None), ("region", "undetermined")),
        because="it passes within a kilometre",
        assumptions=("no covariance was published",),
        realm=realm,
        marking=marking,
        lineage=LINEAGE,
    )
