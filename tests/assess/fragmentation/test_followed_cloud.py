"""Is a cloud under several suns a range that holds what it should, and knows nothing of the future?"""

import numpy as np
import pytest

from baken.assess.fragmentation._breakup_laws import BodyKind, BreakupKind
from baken.assess.fragmentation.cloud import cloud_elements
from baken.assess.fragmentation.followed_cloud import (
    AFTER_S,
    LAYER_DAY,
    N_LAYERS,
    air_under,
    collisions_a_year,
    collisions_in_shells_a_year,
    ends_of,
    followed,
    numbers_left,
    numbers_made,
    shells_of,
    suns_ahead,
)
from baken.assess.fragmentation.simulation import Breakup, draw_pieces
from baken.astro.space_weather import SpaceWeather, SpaceWeatherTable, centred_81_day_mean
from tests.makers import DAY_NS, EPOCH_TAI_NS

PLACE_M, VELOCITY_M_S = [6.87e6, 0.0, 0.0], [0.0, 1.0e3, 7.55e3]
FIRST_MJD = 61_100 - 30 * 365


def measured(n_days: int, seed: int = 1) -> SpaceWeatherTable:
    """Return a sun of eleven years' beat with the noise of days, measured until a day."""
    day = np.arange(n_days)
    noise = np.random.default_rng(seed).standard_normal(n_days)
    flux = 120.0 - 50.0 * np.cos(2.0 * np.pi * day / (11 * 365.25)) + 5.0 * noise
    return SpaceWeatherTable(
        mjd_utc=FIRST_MJD + day,
        f107_observed_sfu=flux,
        f107_81_day_sfu=centred_81_day_mean(flux),
        ap_3h=np.full((n_days, 8), 8.0),
        ap_daily=np.full(n_days, 8.0) + np.abs(noise),
        last_measured_mjd_utc=int(FIRST_MJD + n_days - 1),
    )


def steady(flux_sfu: float) -> SpaceWeather:
    stretches = np.full(N_LAYERS, flux_sfu)
    return SpaceWeather(f107_sfu=stretches, f107_81_day_sfu=stretches, ap=np.full(N_LAYERS, 8.0))


@pytest.fixture(scope="module")
def members():
    """The same cloud under a quiet and an active sun."""
    breakup = Breakup(BreakupKind.EXPLOSION, BodyKind.SPACECRAFT, 100.0, 0.1)
    drawn = draw_pieces(breakup, np.random.default_rng(3), 0.02)
    start = cloud_elements(PLACE_M, VELOCITY_M_S, drawn.fragments.kick_m_s)
    airs = [air_under(steady(flux_sfu), EPOCH_TAI_NS, 1.4) for flux_sfu in (70.0, 200.0)]
    return [followed(drawn, start, air, EPOCH_TAI_NS) for air in airs]


def test_an_active_sun_takes_more_pieces_down(members):
    quiet, active = numbers_left(members, 0.02).T
    assert (quiet >= active).all()
    assert quiet[-1] > active[-1]
    assert numbers_made(members, 0.02)[0] >= quiet[0]
    assert (np.diff(quiet) <= 0.0).all()


def test_no_piece_is_in_more_shells_than_one_and_risk_falls_with_the_cloud(members):
    (edge_m, *_) = shells_of(members, 100e3, 1, 0.01)
    assert edge_m[0] < 492e3 < edge_m[1], "most pieces fly where they parted"
    rates = collisions_in_shells_a_year(edge_m, 10.0, members, 0.02)
    assert rates.shape == (1, len(AFTER_S), 2)
    assert (rates[0, 0] > rates[0, -1]).all()
    own = collisions_a_year(np.array([6.87e6, 0.001, 0.9, 0.0, 0.0, 0.0]), 10.0, members, 0.02)
    assert own.shape == rates[0].shape
    assert 0.2 < own[0, 0] / rates[0, 0, 0] < 5.0


def test_suns_stand_quietest_first_and_begin_at_the_breakup():
    table = measured(25 * 365)
    suns = suns_ahead(table, EPOCH_TAI_NS, 5, np.random.default_rng(1))
    means = [np.mean(sun.f107_sfu) for sun in suns]
    assert means == sorted(means)
    assert {np.shape(sun.ap) for sun in suns} == {(N_LAYERS,)}
    assert AFTER_S[-1] <= N_LAYERS * LAYER_DAY * 86_400.0


def test_suns_know_nothing_of_what_came_after_the_breakup():
    whole, cut = measured(30 * 365), measured(22 * 365)
    then = int(cut.end_tai_ns)
    each = [suns_ahead(one.known_at(then), then, 3, np.random.default_rng(1)) for one in (whole, cut)]
    told = [suns[0].f107_sfu for suns in each]
    assert np.array_equal(*told)


def test_a_table_that_ends_before_the_breakup_is_carried_on_to_it():
    table = measured(25 * 365)
    at_end, later = (
        suns_ahead(table, table.end_tai_ns + wait * DAY_NS, 4, np.random.default_rng(2)) for wait in (0, 300)
    )
    assert not np.array_equal(at_end[0].f107_sfu, later[0].f107_sfu)


def test_without_a_table_any_moment_of_a_cycle_is_as_likely():
    suns = suns_ahead(None, EPOCH_TAI_NS, 60, np.random.default_rng(1))
    first = np.array([sun.f107_sfu[0] for sun in suns])
    assert first.min() < 90.0
    assert first.max() > 150.0


def test_too_short_a_table_is_refused():
    with pytest.raises(ValueError, match="too few"):
        suns_ahead(measured(6 * 365), EPOCH_TAI_NS, 3, np.random.default_rng(1))


def test_a_factor_moves_the_ends_and_not_the_middle():
    plain, moved = ends_of([1.0, 2.0, 9.0]), ends_of([1.0, 2.0, 9.0], 3.0)
    assert (moved.low, moved.median, moved.high) == (plain.low / 3.0, plain.median, 3.0 * plain.high)
