"""How the sky is filled: published counts and shells, as facts with their source, rounded.

The counts shape an invented sky of about the size and crowding of the real one in 2024 and 2025; they are no
census, and no element set of any catalogue went into them.  Of a range that a source gives, one value is
taken.
"""

import math

from baken.astro.constants import DEGREE_RAD, TURN_RAD
from baken.exercise.families import (
    Batches,
    Belt,
    Decaying,
    Docked,
    Drifting,
    Eccentric,
    Family,
    Fragments,
    SimulatedKind,
    Strewn,
    SunSynchronous,
    Walker,
)

PAYLOAD, ROCKET_BODY, DEBRIS = SimulatedKind.PAYLOAD, SimulatedKind.ROCKET_BODY, SimulatedKind.DEBRIS
KM = 1000.0
DEG = DEGREE_RAD
GEO_HEIGHT_M = 35_786.0 * KM

FCC_GEN1 = "FCC 21-48 (2021), orbital shells of SpaceX's first generation"
FCC_GEN2 = "FCC 22-91 (2022), second generation, 28 planes; how far filled: J. McDowell, planet4589.org"
MCDOWELL = "J. McDowell, planet4589.org/space/con: satellites in orbit by constellation"
FCC_ONEWEB = "FCC 17-77 (2017), WorldVu; J. McDowell, planet4589.org/space/con/ow"
FCC_IRIDIUM = "FCC DA 16-875 (2016), Iridium NEXT: 6 planes of 11"
FCC_GLOBALSTAR = "FCC DA 95-128 (1995), Globalstar: 8 planes of 6 at 1414 km and 52 degrees"
FCC_PLANET = "FCC filings of Planet Labs; J. McDowell, planet4589.org/space/con"
ODQN = (
    "NASA, History of On-Orbit Satellite Fragmentations (16th ed., 2022), and Orbital Debris Quarterly News"
)
ESA = "ESA's Annual Space Environment Report (2024), section 2: objects by orbit and kind"
NAVIGATION = "Interface documents and status pages of GPS, GLONASS, Galileo and BeiDou: planes, heights"
ESA_GEO = "ESA, Classification of Geosynchronous Objects (2023)"

CONSTELLATIONS: tuple[Family, ...] = (
    Walker(
        name="BROADBAND A1", kind=PAYLOAD, weight=1440, source=FCC_GEN1, is_station_kept=True,
        n_planes=72, n_per_plane=22, phasing=65, height_m=550 * KM, inclination_rad=53.0 * DEG,
        span_rad=TURN_RAD,
    ),
    Walker(
        name="BROADBAND A2", kind=PAYLOAD, weight=1480, source=FCC_GEN1, is_station_kept=True,
        n_planes=72, n_per_plane=22, phasing=3, height_m=540 * KM, inclination_rad=53.2 * DEG,
        span_rad=TURN_RAD,
    ),
    Walker(
        name="BROADBAND A3", kind=PAYLOAD, weight=410, source=FCC_GEN1, is_station_kept=True,
        n_planes=36, n_per_plane=20, phasing=35, height_m=570 * KM, inclination_rad=70.0 * DEG,
        span_rad=TURN_RAD,
    ),
    Walker(
        name="BROADBAND A4", kind=PAYLOAD, weight=240, source=FCC_GEN1, is_station_kept=True,
        n_planes=10, n_per_plane=52, phasing=5, height_m=560 * KM, inclination_rad=97.6 * DEG,
        span_rad=TURN_RAD,
    ),
    Walker(
        name="BROADBAND B1", kind=PAYLOAD, weight=1880, source=FCC_GEN2, is_station_kept=True,
        n_planes=28, n_per_plane=72, phasing=19, height_m=530 * KM, inclination_rad=43.0 * DEG,
        span_rad=TURN_RAD,
    ),
    Walker(
        name="BROADBAND B2", kind=PAYLOAD, weight=1240, source=FCC_GEN2, is_station_kept=True,
        n_planes=28, n_per_plane=48, phasing=9, height_m=482 * KM, inclination_rad=53.0 * DEG,
        span_rad=TURN_RAD,
    ),
    Walker(
        name="BROADBAND C", kind=PAYLOAD, weight=600, source=FCC_ONEWEB, is_station_kept=True,
        n_planes=12, n_per_plane=54, phasing=0, height_m=1200 * KM, inclination_rad=87.9 * DEG,
        span_rad=TURN_RAD / 2,
    ),
    Walker(
        name="MOBILE TELEPHONY A", kind=PAYLOAD, weight=61, source=FCC_IRIDIUM, is_station_kept=True,
        n_planes=6, n_per_plane=11, phasing=3, height_m=780 * KM, inclination_rad=86.4 * DEG,
        span_rad=189.6 * DEG,
    ),
    Walker(
        name="MOBILE TELEPHONY B", kind=PAYLOAD, weight=44, source=FCC_GLOBALSTAR, is_station_kept=True,
        n_planes=8, n_per_plane=6, phasing=1, height_m=1414 * KM, inclination_rad=52.0 * DEG,
        span_rad=TURN_RAD,
    ),
    Batches(
        name="BROADBAND RAISING", kind=PAYLOAD, weight=620, source=MCDOWELL, is_station_kept=True,
        n_per_batch=21, least_height_m=310 * KM, largest_height_m=500 * KM, inclination_rad=43.0 * DEG,
        spacing_rad=0.35 * DEG,
    ),
    Walker(
        name="NAVIGATION A", kind=PAYLOAD, weight=31, source=NAVIGATION, is_station_kept=True,
        n_planes=6, n_per_plane=6, phasing=0, height_m=20_180 * KM, inclination_rad=55.0 * DEG,
        span_rad=TURN_RAD, eccentricity=5e-3,
    ),
    Walker(
        name="NAVIGATION B", kind=PAYLOAD, weight=22, source=NAVIGATION, is_station_kept=True,
        n_planes=3, n_per_plane=8, phasing=0, height_m=19_130 * KM, inclination_rad=64.8 * DEG,
        span_rad=TURN_RAD, eccentricity=1e-3,
    ),
    Walker(
        name="NAVIGATION C", kind=PAYLOAD, weight=22, source=NAVIGATION, is_station_kept=True,
        n_planes=3, n_per_plane=8, phasing=2, height_m=23_222 * KM, inclination_rad=56.0 * DEG,
        span_rad=TURN_RAD, eccentricity=3e-4,
    ),
    Walker(
        name="NAVIGATION D", kind=PAYLOAD, weight=22, source=NAVIGATION, is_station_kept=True,
        n_planes=3, n_per_plane=8, phasing=2, height_m=21_528 * KM, inclination_rad=55.0 * DEG,
        span_rad=TURN_RAD, eccentricity=7e-4,
    ),
)  # fmt: skip

CLOUDS: tuple[Family, ...] = (
    Fragments(
        name="FRAGMENT OF 2007", kind=DEBRIS, weight=2000, source=ODQN, breakup_height_m=850 * KM,
        height_spread_m=95 * KM, inclination_rad=98.8 * DEG, inclination_spread_rad=0.4 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 2009 A", kind=DEBRIS, weight=760, source=ODQN, breakup_height_m=770 * KM,
        height_spread_m=75 * KM, inclination_rad=74.0 * DEG, inclination_spread_rad=0.06 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 2009 B", kind=DEBRIS, weight=150, source=ODQN, breakup_height_m=770 * KM,
        height_spread_m=60 * KM, inclination_rad=86.4 * DEG, inclination_spread_rad=0.06 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 2021", kind=DEBRIS, weight=30, source=ODQN, breakup_height_m=440 * KM,
        height_spread_m=60 * KM, inclination_rad=82.6 * DEG, inclination_spread_rad=0.15 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 2022", kind=DEBRIS, weight=450, source=ODQN, breakup_height_m=850 * KM,
        height_spread_m=110 * KM, inclination_rad=98.8 * DEG, inclination_spread_rad=0.35 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 2024", kind=DEBRIS, weight=650, source=ODQN, breakup_height_m=805 * KM,
        height_spread_m=75 * KM, inclination_rad=89.0 * DEG, inclination_spread_rad=0.1 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 1994", kind=DEBRIS, weight=80, source=ODQN, breakup_height_m=620 * KM,
        height_spread_m=120 * KM, inclination_rad=82.0 * DEG, inclination_spread_rad=0.3 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 2015", kind=DEBRIS, weight=330, source=ODQN, breakup_height_m=850 * KM,
        height_spread_m=45 * KM, inclination_rad=98.9 * DEG, inclination_spread_rad=0.12 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 1986", kind=DEBRIS, weight=260, source=ODQN, breakup_height_m=805 * KM,
        height_spread_m=90 * KM, inclination_rad=98.6 * DEG, inclination_spread_rad=0.4 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 1970", kind=DEBRIS, weight=230, source=ODQN, breakup_height_m=1080 * KM,
        height_spread_m=110 * KM, inclination_rad=100.0 * DEG, inclination_spread_rad=0.2 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 1981", kind=DEBRIS, weight=330, source=ODQN, breakup_height_m=930 * KM,
        height_spread_m=120 * KM, inclination_rad=82.8 * DEG, inclination_spread_rad=0.25 * DEG,
    ),
    Fragments(
        name="FRAGMENT OF 1975", kind=DEBRIS, weight=330, source=ODQN, breakup_height_m=1490 * KM,
        height_spread_m=130 * KM, inclination_rad=101.9 * DEG, inclination_spread_rad=0.4 * DEG,
    ),
)  # fmt: skip

LOW_ORBITS: tuple[Family, ...] = (
    SunSynchronous(
        name="IMAGER", kind=PAYLOAD, weight=720, source=FCC_PLANET, height_m=508 * KM,
        height_spread_m=42 * KM, node_hours=(9.5, 10.5, 13.5, 18.0, 22.5), eccentricity=1.0e-3,
    ),
    SunSynchronous(
        name="OBSERVER", kind=PAYLOAD, weight=700, source=ESA, height_m=690 * KM,
        height_spread_m=85 * KM, node_hours=(6.0, 9.5, 10.0, 10.5, 13.5, 18.0, 22.0),
        eccentricity=1.2e-3,
    ),
    Strewn(
        name="SMALL SATELLITE", kind=PAYLOAD, weight=900, source=ESA, height_m=540 * KM,
        height_spread_m=75 * KM, inclination_rad=50.0 * DEG, inclination_spread_rad=12.0 * DEG,
        eccentricity=1.5e-3,
    ),
    Strewn(
        name="OLD RELAY", kind=PAYLOAD, weight=750, source=ESA, height_m=1460 * KM,
        height_spread_m=45 * KM, inclination_rad=74.0 * DEG, inclination_spread_rad=0.05 * DEG,
        eccentricity=4e-3,
    ),
    Strewn(
        name="OLD NAVIGATION", kind=PAYLOAD, weight=430, source=ESA, height_m=980 * KM,
        height_spread_m=18 * KM, inclination_rad=82.94 * DEG, inclination_spread_rad=0.02 * DEG,
        eccentricity=3e-3,
    ),
    Strewn(
        name="OLD OBSERVER", kind=PAYLOAD, weight=500, source=ESA, height_m=830 * KM,
        height_spread_m=110 * KM, inclination_rad=76.0 * DEG, inclination_spread_rad=9.0 * DEG,
        eccentricity=4e-3,
    ),
    Strewn(
        name="LIGHT STAGE R/B", kind=ROCKET_BODY, weight=270, source=ESA, height_m=970 * KM,
        height_spread_m=25 * KM, inclination_rad=82.93 * DEG, inclination_spread_rad=0.03 * DEG,
        eccentricity=4e-3,
    ),
    Strewn(
        name="HEAVY STAGE R/B", kind=ROCKET_BODY, weight=22, source=ESA, height_m=840 * KM,
        height_spread_m=8 * KM, inclination_rad=71.0 * DEG, inclination_spread_rad=0.02 * DEG,
        eccentricity=1.5e-3,
    ),
    Strewn(
        name="POLAR STAGE R/B", kind=ROCKET_BODY, weight=260, source=ESA, height_m=700 * KM,
        height_spread_m=130 * KM, inclination_rad=98.4 * DEG, inclination_spread_rad=1.0 * DEG,
        eccentricity=8e-3,
    ),
    Strewn(
        name="STAGE R/B", kind=ROCKET_BODY, weight=480, source=ESA, height_m=880 * KM,
        height_spread_m=270 * KM, inclination_rad=72.0 * DEG, inclination_spread_rad=11.0 * DEG,
        eccentricity=2e-2,
    ),
    Strewn(
        name="POLAR", kind=DEBRIS, weight=1900, source=ESA, height_m=760 * KM, height_spread_m=175 * KM,
        inclination_rad=98.7 * DEG, inclination_spread_rad=1.2 * DEG, eccentricity=1.1e-2,
    ),
    Strewn(
        name="HIGH INCLINATION", kind=DEBRIS, weight=1450, source=ESA, height_m=930 * KM,
        height_spread_m=190 * KM, inclination_rad=81.5 * DEG, inclination_spread_rad=4.0 * DEG,
        eccentricity=1.0e-2,
    ),
    Strewn(
        name="MIDDLE INCLINATION", kind=DEBRIS, weight=1500, source=ESA, height_m=980 * KM,
        height_spread_m=260 * KM, inclination_rad=66.5 * DEG, inclination_spread_rad=4.5 * DEG,
        eccentricity=1.3e-2,
    ),
    Strewn(
        name="REACTOR COOLANT", kind=DEBRIS, weight=60, source=ESA, height_m=900 * KM,
        height_spread_m=35 * KM, inclination_rad=65.0 * DEG, inclination_spread_rad=0.1 * DEG,
        eccentricity=4e-3,
    ),
    Strewn(
        name="NEEDLE CLUSTER", kind=DEBRIS, weight=40, source=ESA, height_m=3600 * KM,
        height_spread_m=120 * KM, inclination_rad=90.5 * DEG, inclination_spread_rad=3.0 * DEG,
        eccentricity=6e-3,
    ),
    Docked(
        name="STATION A", kind=PAYLOAD, weight=4, source=ESA, is_station_kept=True, height_m=418 * KM,
        inclination_rad=51.64 * DEG, separation_m=30.0,
    ),
    Docked(
        name="STATION B", kind=PAYLOAD, weight=3, source=ESA, is_station_kept=True, height_m=388 * KM,
        inclination_rad=41.47 * DEG, separation_m=20.0,
    ),
    Docked(
        name="PAIR", kind=PAYLOAD, weight=2, source=ESA, is_station_kept=True, height_m=514 * KM,
        inclination_rad=97.45 * DEG, separation_m=450.0,
    ),
    Decaying(
        name="SPENT", kind=DEBRIS, weight=14, source=ESA, least_perigee_m=150 * KM,
        largest_perigee_m=210 * KM, largest_apogee_m=420 * KM,
    ),
)  # fmt: skip

HIGH_ORBITS: tuple[Family, ...] = (
    Belt(name="GEO", kind=PAYLOAD, weight=600, source=ESA_GEO, is_station_kept=True, n_slots=1800),
    Drifting(
        name="INCLINED GEO", kind=PAYLOAD, weight=330, source=ESA_GEO, least_rise_m=-60 * KM,
        largest_rise_m=90 * KM, oldest_years=50.0,
    ),
    Drifting(
        name="GRAVEYARD", kind=PAYLOAD, weight=420, source=ESA_GEO, least_rise_m=150 * KM,
        largest_rise_m=800 * KM, oldest_years=40.0,
    ),
    Drifting(
        name="GRAVEYARD R/B", kind=ROCKET_BODY, weight=230, source=ESA_GEO, least_rise_m=-550 * KM,
        largest_rise_m=700 * KM, oldest_years=50.0,
    ),
    Drifting(
        name="NEAR GEO", kind=DEBRIS, weight=80, source=ESA_GEO, least_rise_m=-700 * KM,
        largest_rise_m=800 * KM, oldest_years=50.0,
    ),
    Eccentric(
        name="MOLNIYA", kind=PAYLOAD, weight=110, source=ESA, least_perigee_m=500 * KM,
        largest_perigee_m=2600 * KM, least_apogee_m=37_600 * KM, largest_apogee_m=39_900 * KM,
        inclination_rad=63.6 * DEG, inclination_spread_rad=0.9 * DEG,
        argument_of_perigee_rad=0.75 * TURN_RAD,
    ),
    Eccentric(
        name="MOLNIYA R/B", kind=ROCKET_BODY, weight=130, source=ESA, least_perigee_m=450 * KM,
        largest_perigee_m=2800 * KM, least_apogee_m=35_600 * KM, largest_apogee_m=39_900 * KM,
        inclination_rad=63.6 * DEG, inclination_spread_rad=1.2 * DEG,
        argument_of_perigee_rad=0.75 * TURN_RAD,
    ),
    Eccentric(
        name="TRANSFER R/B", kind=ROCKET_BODY, weight=560, source=ESA, least_perigee_m=230 * KM,
        largest_perigee_m=1200 * KM, least_apogee_m=20_000 * KM, largest_apogee_m=36_500 * KM,
        inclination_rad=17.0 * DEG, inclination_spread_rad=9.0 * DEG,
    ),
    Eccentric(
        name="TRANSFER", kind=DEBRIS, weight=1050, source=ESA, least_perigee_m=260 * KM,
        largest_perigee_m=4000 * KM, least_apogee_m=9_000 * KM, largest_apogee_m=36_500 * KM,
        inclination_rad=27.0 * DEG, inclination_spread_rad=15.0 * DEG,
    ),
    Eccentric(
        name="LOW ELLIPSE", kind=DEBRIS, weight=430, source=ESA, least_perigee_m=350 * KM,
        largest_perigee_m=1200 * KM, least_apogee_m=2_000 * KM, largest_apogee_m=5_000 * KM,
        inclination_rad=82.0 * DEG, inclination_spread_rad=15.0 * DEG,
    ),
    Strewn(
        name="RETIRED NAVIGATION", kind=PAYLOAD, weight=300, source=ESA, height_m=19_300 * KM,
        height_spread_m=300 * KM, inclination_rad=64.8 * DEG, inclination_spread_rad=0.9 * DEG,
        eccentricity=4e-3,
    ),
    Strewn(
        name="NAVIGATION STAGE R/B", kind=ROCKET_BODY, weight=250, source=ESA, height_m=19_800 * KM,
        height_spread_m=900 * KM, inclination_rad=62.0 * DEG, inclination_spread_rad=3.5 * DEG,
        eccentricity=9e-3,
    ),
)  # fmt: skip

POPULATION: tuple[Family, ...] = CONSTELLATIONS + CLOUDS + LOW_ORBITS + HIGH_ORBITS


def counts_for(n_objects: int) -> tuple[int, ...]:
    """Share a number of objects out over the families, each by its weight, the largest remainders first.

    Raises: ValueError when the number is negative.

    >>> sum(counts_for(1000))
    1000
    """
    if n_objects < 0:
        raise ValueError(f"a sky cannot hold {n_objects} objects; ask for none or more")
    total = sum(family.weight for family in POPULATION)
    exact = [n_objects * family.weight / total for family in POPULATION]
    counts = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: n_objects - sum(counts)]:
        counts[i] += 1
    return tuple(counts)
