"""Of a collision of two objects: do two clouds tell two parents, one time and one place?

The real one is looked at 4.7 years later, when drag has long hidden the places along the orbits; what is left
is where and when planes crossed.
"""

import gzip
import math

import numpy as np
import pytest

from baken.assess.fragmentation.analysis import analyse
from baken.assess.fragmentation.finding import AND, joined
from baken.assess.fragmentation.kind import BreakupKind
from baken.assess.fragmentation.mean_orbits import normals_teme
from baken.assess.fragmentation.newcomers import groups_of, launch_of, newcomers
from baken.assess.fragmentation.orbits_of_sets import mean_orbits_of
from baken.assess.fragmentation.pinch_point import pinch_of_planes
from baken.astro.constants import DEGREE_RAD
from baken.astro.time import tai_ns_from_utc
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from tests.assess.fragmentation.made_breakups import (
    AFTER_TAI_NS,
    PINCH_TAI_NS,
    ball_of_kicks,
    kicked,
    parent,
    state_of,
)
from tests.assess.fragmentation.test_analysis import crossing_the_parent
from tests.makers import DAY_NS, EPOCH_TAI_NS

SECOND, MEETING_M, MINUTE_NS = 900_200, 60e3, 60_000_000_000
# The time between two looks at the planes: thirty months in 240 steps.
STEP_DAYS = 3.7
# Iridium 33 and Cosmos 2251: 2009-02-10 16:56 UTC, 72.5 N 97.9 E (Kelso 2009, AMOS).
COLLISION_TAI_NS = tai_ns_from_utc("2009-02-10T16:56:00Z")
COLLISION_LATITUDE_DEG = 72.5
FENGYUN_HIT_TAI_NS = tai_ns_from_utc("2007-01-11T22:26:00Z")
PUBLIC = "the public times and places of known breakups"


@pytest.fixture(scope="module")
def clouds():
    rng = np.random.default_rng(33)
    one, other = parent(), crossing_the_parent()
    pieces = (
        *kicked(one, ball_of_kicks(80, 60.0, rng), rng),
        *kicked(
            other, ball_of_kicks(60, 60.0, rng), rng, first_norad_cat_id=911_001, cospar_launch="2002-022"
        ),
    )
    known = (one, other)
    now = {es.identity.object_id: es for es in pieces}
    return [
        analyse(group, known, now, start_tai_ns=EPOCH_TAI_NS, end_tai_ns=AFTER_TAI_NS)
        for group in groups_of(newcomers(known, pieces), known)
    ]


def test_two_clouds_name_two_parents_each_the_others_second(clouds):
    named = [(one.parent.element_set.identity.norad_cat_id, one.called) for one in clouds]
    assert named == [(900_100, "2001-011"), (SECOND, "2002-022")]
    assert [one.second.element_set.identity.norad_cat_id for one in clouds] == [SECOND, 900_100]
    assert {one.kinds.likeliest for one in clouds} == {BreakupKind.COLLISION}


def test_two_clouds_part_at_one_time_and_one_place(clouds):
    first, second = (one.pinch for one in clouds)
    assert abs(first.epoch_tai_ns - second.epoch_tai_ns) < MINUTE_NS
    assert np.linalg.norm(first.position_teme_m - second.position_teme_m) < MEETING_M
    assert np.linalg.norm(first.position_teme_m - state_of(parent(), PINCH_TAI_NS)[0]) < MEETING_M


def test_two_clouds_of_one_collision_are_told_as_one_with_the_pieces_of_both(clouds):
    (told,) = joined(clouds)
    assert told.called == f"2001-011{AND}2002-022"
    assert len(told.pieces) == sum(len(one.pieces) for one in clouds)


def test_planes_alone_tell_the_time_of_a_made_breakup(clouds):
    orbits = mean_orbits_of(clouds[0].pieces)
    planes = pinch_of_planes(orbits, EPOCH_TAI_NS - 20 * DAY_NS, AFTER_TAI_NS)
    assert planes.start_tai_ns <= PINCH_TAI_NS <= planes.end_tai_ns
    assert planes.end_tai_ns - planes.start_tai_ns < 10 * DAY_NS


def test_a_pinch_of_planes_of_two_pieces_is_refused(clouds):
    orbits = mean_orbits_of(clouds[0].pieces[:2])
    with pytest.raises(ValueError, match="three pieces"):
        pinch_of_planes(orbits, EPOCH_TAI_NS, AFTER_TAI_NS)


@pytest.fixture(scope="module")
def sky_of_2013(shared_data):
    name = "spaceTrack3LEs_23_10_2013.txt"
    content = gzip.decompress((shared_data / "catalogue" / f"{name}.gz").read_bytes())
    return read_catalogue(NamedContent(name=name, content=content), Provenance(realm=None)).reading.records


def orbits_of_launch(sky, launch):
    return mean_orbits_of([es for es in sky if launch_of(es) == launch])


def planes_of(sky, launch, start="2008-01-01T00:00:00Z"):
    end_tai_ns = tai_ns_from_utc("2010-06-01T00:00:00Z")
    return pinch_of_planes(orbits_of_launch(sky, launch), tai_ns_from_utc(start), end_tai_ns)


@pytest.mark.capability("Breakup of years ago by its planes", status="VALIDATED", authority=PUBLIC)
def test_the_planes_of_cosmos_2251_cross_on_the_day_of_the_collision_seen_from_2013(sky_of_2013, deviation):
    planes = planes_of(sky_of_2013, "1993-036")
    assert planes.start_tai_ns <= COLLISION_TAI_NS <= planes.end_tai_ns
    assert planes.end_tai_ns - planes.start_tai_ns < 120 * DAY_NS
    deviation(abs(planes.epoch_tai_ns - COLLISION_TAI_NS) / DAY_NS, "days", 2.0 * STEP_DAYS)


# Node rates of an orbit over the pole, or of one that keeps to the sun, hardly depend on height.
@pytest.mark.parametrize(
    ("launch", "start", "at_tai_ns"),
    [
        ("1997-051", "2008-01-01T00:00:00Z", COLLISION_TAI_NS),
        ("1999-025", "2006-01-01T00:00:00Z", FENGYUN_HIT_TAI_NS),
    ],
)
def test_of_iridium_33_and_fengyun_1c_planes_leave_two_years_open_and_the_interval_says_so(
    sky_of_2013, launch, start, at_tai_ns
):
    planes = planes_of(sky_of_2013, launch, start)
    assert planes.start_tai_ns <= at_tai_ns <= planes.end_tai_ns
    assert planes.end_tai_ns - planes.start_tai_ns > 365 * DAY_NS


@pytest.mark.capability("Breakup of years ago by its planes", status="VALIDATED", authority=PUBLIC)
def test_on_that_day_the_two_clouds_planes_meet_at_the_latitude_of_the_collision(sky_of_2013, deviation):
    at = np.array([COLLISION_TAI_NS])
    middle = []
    for launch in ("1997-051", "1993-036"):
        orbits = orbits_of_launch(sky_of_2013, launch)
        steady = orbits.of(planes_of(sky_of_2013, launch).rows)
        middle.append(np.median(normals_teme(steady, at)[:, 0], axis=0))
    line = np.cross(*middle)
    latitude_deg = math.asin(abs(line[2]) / np.linalg.norm(line)) / DEGREE_RAD
    deviation(abs(latitude_deg - COLLISION_LATITUDE_DEG), "deg", 1.0)
