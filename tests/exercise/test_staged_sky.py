"""Does what is staged in a simulated sky really happen: one comes down, the other came from one place?"""

import numpy as np
import pytest

from baken.astro.constants import EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M
from baken.astro.sgp4 import states_teme
from baken.catalogue.motion import motion_of
from baken.exercise.happenings import DAY_S, density_kg_m3, time_left_s
from baken.exercise.simulated_world import simulated_catalogue
from baken.exercise.staged_sky import (
    BALLISTIC_COEFFICIENT_M2_KG,
    N_PIECES,
    earlier,
    instant_of_staged_past,
    staged_past,
    staged_sky,
)
from baken.records.marking import Realm

NOW_TAI_NS = 783_000_000_000_000_000
# Published angles are cut at 1e-4 degrees, which is 12 m along the orbit and 5 days of turning back.
WIDTH_OF_THE_PINCH_M = 500.0
# Two hundred steps by Euler between two sets leave half a percent of the way down.
SHARE_OF_THE_DECLINE = 0.01


@pytest.fixture(scope="module")
def staged():
    return staged_sky(np.random.default_rng(5), epoch_tai_ns=NOW_TAI_NS)


def test_the_same_seed_stages_the_same_and_another_does_not(staged):
    again, other = (staged_sky(np.random.default_rng(n), epoch_tai_ns=NOW_TAI_NS) for n in (5, 6))
    assert again.element_sets == staged.element_sets
    assert other.element_sets != staged.element_sets


def test_everything_staged_says_that_it_is_simulated(staged):
    everything = (*staged.element_sets, *staged.before, *staged.histories)
    assert {es.realm for es in everything} == {Realm.SIMULATED}
    assert all(es.identity.name.startswith("SIM ") for es in everything)


def test_the_stage_comes_down_within_days(staged):
    assert 2.0 * DAY_S <= (staged.fall.reentry_tai_ns - NOW_TAI_NS) / 1e9 <= 4.0 * DAY_S


def test_the_decline_of_the_stage_is_that_of_its_ballistic_coefficient(staged):
    """Step the height down by drag, set by set, by another road than the quadrature that drew it."""
    height_m = staged.fall.orbits.semi_major_axis_m - EARTH_RADIUS_WGS72_M
    epochs_s = staged.fall.epoch_tai_ns / 1e9
    for first in range(0, len(epochs_s) - 1, 10):
        stepped_m, step_s = height_m[first], (epochs_s[first + 1] - epochs_s[first]) / 200
        for _ in range(200):
            axis_m = EARTH_RADIUS_WGS72_M + stepped_m
            stepped_m -= step_s * float(
                BALLISTIC_COEFFICIENT_M2_KG
                * density_kg_m3(np.array([stepped_m]))[0]
                * np.sqrt(EARTH_MU_WGS72_M3_S2 * axis_m)
            )
        decline_m = height_m[first] - height_m[first + 1]
        assert stepped_m == pytest.approx(height_m[first + 1], abs=SHARE_OF_THE_DECLINE * decline_m)


def test_the_published_rate_is_half_the_change_of_mean_motion(staged):
    motion = np.array([es.mean_motion_rad_s for es in staged.histories])
    seconds = np.array([es.epoch_tai_ns for es in staged.histories]) / 1e9
    changes = np.diff(motion) / np.diff(seconds)
    said = np.array([2.0 * es.mean_motion_dot_rad_s2 for es in staged.histories])
    assert changes == pytest.approx(0.5 * (said[1:] + said[:-1]), rel=0.05)


def test_a_heavier_stage_stays_up_longer_in_proportion():
    _, light_s = time_left_s(0.02)
    _, heavy_s = time_left_s(0.01)
    assert heavy_s[1:] == pytest.approx(2.0 * light_s[1:])


@pytest.mark.capability(
    "Simulated sky: pieces of a breakup, back at its instant by SGP4",
    status="VALIDATED",
    authority="the place and the kicks they were drawn with",
)
def test_all_pieces_come_from_one_place_at_the_instant_of_the_breakup(staged, deviation):
    pieces = staged.element_sets[1:]
    assert len(pieces) == N_PIECES + 1
    motion = motion_of(pieces)
    at = np.full(len(pieces), staged.breakup.epoch_tai_ns)
    position_m, velocity_m_s, _ = states_teme(motion.motion.batch, np.arange(len(pieces)), at)
    deviation(
        float(np.linalg.norm(position_m - staged.breakup.position_teme_m, axis=1).max()),
        "m",
        WIDTH_OF_THE_PINCH_M,
    )
    apart = velocity_m_s - velocity_m_s[0]
    truth = staged.breakup.kicks_teme_m_s - staged.breakup.kicks_teme_m_s[0]
    assert np.abs(apart - truth).max() < 1.0


def test_every_piece_is_first_seen_after_the_breakup_and_none_was_known_before(staged):
    past = instant_of_staged_past(NOW_TAI_NS)
    known = {es.identity.object_id for es in staged.before}
    assert all(es.epoch_tai_ns <= past for es in staged.before)
    pieces = staged.element_sets[2:]
    assert all(staged.breakup.epoch_tai_ns < es.epoch_tai_ns <= NOW_TAI_NS for es in pieces)
    assert known.isdisjoint(es.identity.object_id for es in pieces)


def test_the_past_holds_everything_that_flew_then(staged):
    sky = simulated_catalogue(np.random.default_rng(1), n_objects=500, epoch_tai_ns=NOW_TAI_NS)
    past = staged_past(staged, sky.element_sets, epoch_tai_ns=NOW_TAI_NS)
    assert len(past.element_sets) == 502
    assert all(es.epoch_tai_ns <= past.as_of_tai_ns for es in past.element_sets)
    assert [es.epoch_tai_ns for es in past.histories] == sorted(es.epoch_tai_ns for es in past.histories)


def test_what_flew_earlier_comes_back_to_where_it_is_now():
    sky = simulated_catalogue(np.random.default_rng(1), n_objects=500, epoch_tai_ns=NOW_TAI_NS).element_sets
    back = earlier(earlier(sky, 5.0 * DAY_S), -5.0 * DAY_S)
    for now, again in zip(sky, back, strict=True):
        turned = np.array([again.raan_rad - now.raan_rad, again.mean_anomaly_rad - now.mean_anomaly_rad])
        assert np.abs(np.sin(0.5 * turned)).max() < 2e-6
