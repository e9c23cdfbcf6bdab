"""Is what is told of a made breakup what was made: the time, the place, the parent, the kicks, the kind?"""

import math
from dataclasses import replace

import numpy as np
import pytest

from baken.assess.fragmentation.analysis import analyse
from baken.assess.fragmentation.breakup import Afterwards
from baken.assess.fragmentation.kind import BreakupKind
from baken.assess.fragmentation.newcomers import groups_of, newcomers
from baken.records.identity import identity_from_norad
from tests.assess.fragmentation.made_breakups import (
    AFTER_TAI_NS,
    PINCH_TAI_NS,
    ball_of_kicks,
    fitted,
    kicked,
    moved_on,
    parent,
    state_of,
)
from tests.makers import EPOCH_TAI_NS, element_set

MINUTE_S = 60.0
KICK_TOLERANCE_M_S = 5.0


def bystanders(n, rng):
    """Objects all over the sky, known before."""
    angles = rng.uniform(0.0, 2.0 * math.pi, (n, 3))
    return tuple(
        element_set(
            920_001 + row,
            mean_motion_rad_s=float(rng.uniform(13.5, 15.3)) * 2.0 * math.pi / 86_400.0,
            inclination_rad=float(rng.uniform(0.8, 1.7)),
            raan_rad=float(angles[row, 0]),
            argument_of_perigee_rad=float(angles[row, 1]),
            mean_anomaly_rad=float(angles[row, 2]),
            realm=parent().realm,
        )
        for row in range(n)
    )


def broken(kicks, rng, before=(), after=(), **changes):
    one = parent()
    pieces = kicked(one, kicks, rng, **changes)
    known = (one, *before)
    (group,) = groups_of(newcomers(known, pieces), known)
    now = {es.identity.object_id: es for es in (*pieces, *after)}
    return analyse(group, known, now, start_tai_ns=EPOCH_TAI_NS, end_tai_ns=AFTER_TAI_NS)


@pytest.fixture(scope="module")
def explosion():
    rng = np.random.default_rng(7)
    truth = ball_of_kicks(150, 45.0, rng)
    return broken(truth, rng, before=bystanders(2_000, rng)), truth


@pytest.mark.capability("Breakup analysis", status="MODELLED", authority="made breakups, all known")
def test_the_time_of_a_made_breakup_is_found_within_its_interval(explosion, deviation):
    pinch = explosion[0].pinch
    assert pinch.start_tai_ns <= PINCH_TAI_NS <= pinch.end_tai_ns
    deviation(abs(pinch.epoch_tai_ns - PINCH_TAI_NS) / 1e9, "s", 10.0 * MINUTE_S)


def test_the_parent_is_named_first_among_two_thousand(explosion):
    first = explosion[0].candidates[0]
    assert first.element_set.identity.norad_cat_id == 900_100
    assert first.likelihood > 0.9
    assert first.afterwards is Afterwards.VANISHED


@pytest.mark.capability("Breakup analysis", status="MODELLED", authority="made breakups, all known")
def test_each_kick_is_recovered_in_size_and_direction(explosion, deviation):
    seen, truth = explosion
    off = np.linalg.norm(seen.kicks.kick_rtn_m_s - truth, axis=1)
    assert np.isfinite(off).mean() > 0.9
    deviation(float(np.nanmedian(off)), "m/s", KICK_TOLERANCE_M_S)


def test_the_place_is_where_the_parent_was(explosion):
    where, _ = state_of(parent(), PINCH_TAI_NS)
    cosine = (where @ explosion[0].pinch.position_teme_m) / np.linalg.norm(where)
    assert math.acos(cosine / np.linalg.norm(explosion[0].pinch.position_teme_m)) < math.radians(5.0)


def test_a_burst_is_an_explosion_or_a_hit_from_outside_and_the_sentence_says_so(explosion):
    kinds = explosion[0].kinds
    shared = kinds.of(BreakupKind.EXPLOSION) + kinds.of(BreakupKind.DIRECT_ASCENT)
    assert shared > 0.8
    assert "does not tell" in kinds.sentence


def test_payloads_that_part_gently_from_a_stage_that_stays_are_a_release():
    rng = np.random.default_rng(8)
    gentle = rng.normal(0.0, 0.6, (20, 3))
    seen = broken(gentle, rng, after=(moved_on(parent(), AFTER_TAI_NS),), median_bstar=1e-4)
    assert seen.candidates[0].afterwards is Afterwards.UNCHANGED
    assert seen.kinds.likeliest is BreakupKind.RELEASE


def test_a_second_object_at_the_same_place_at_high_speed_is_a_collision():
    rng = np.random.default_rng(9)
    seen = broken(ball_of_kicks(120, 60.0, rng), rng, before=(crossing_the_parent(), *bystanders(500, rng)))
    assert seen.second is not None
    assert seen.second.element_set.identity.norad_cat_id == 900_200
    assert seen.second_speed_m_s > 5_000.0
    assert seen.kinds.likeliest is BreakupKind.COLLISION


def test_the_same_pieces_give_the_same_breakup_again():
    seen = [broken(ball_of_kicks(20, 40.0, np.random.default_rng(3)), np.random.default_rng(4)) for _ in "ab"]
    assert seen[0].pinch.epoch_tai_ns == seen[1].pinch.epoch_tai_ns
    assert seen[0].pinch.start_tai_ns == seen[1].pinch.start_tai_ns


def crossing_the_parent():
    """An object whose orbit meets the parent's at the pinch, known as long before as the parent."""
    position, velocity = state_of(parent(), PINCH_TAI_NS)
    up = position / np.linalg.norm(position)
    turned = velocity * math.cos(1.4) + np.cross(up, velocity) * math.sin(1.4)
    (met,) = fitted(position[None], turned[None], PINCH_TAI_NS, np.array([1e-4]))
    named = identity_from_norad(900_200, name="MADE SECOND", cospar_id="2002-022A")
    return replace(
        moved_on(met, EPOCH_TAI_NS), identity=named, realm=parent().realm, lineage=parent().lineage
    )


def test_pieces_that_all_go_round_alike_part_at_no_one_time_and_the_caveat_says_so():
    first, *_ = kicked(parent(), np.zeros((1, 3)), np.random.default_rng(5))
    train = tuple(
        replace(
            first,
            identity=identity_from_norad(910_001 + row, name="MADE DEB", cospar_id=f"2001-011{letter}"),
            mean_anomaly_rad=first.mean_anomaly_rad + 0.01 * row,
        )
        for row, letter in enumerate("CDEFGH")
    )
    (group,) = groups_of(train, (parent(),))
    seen = analyse(group, (parent(),), {}, start_tai_ns=EPOCH_TAI_NS, end_tai_ns=AFTER_TAI_NS)
    assert seen.pinch.start_tai_ns <= EPOCH_TAI_NS
    assert seen.pinch.end_tai_ns >= AFTER_TAI_NS
    assert any("no one time" in caveat for caveat in seen.caveats)
