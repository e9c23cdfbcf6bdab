"""Is the ballistic coefficient found again, also among element sets that are off?"""

import numpy as np

from baken.assess.reentry.ballistic_fit import (
    AIR_OF_BSTAR_KG_M2_PER_EARTH_RADIUS,
    LOG_SIGMA_OF_ONE_SET,
    fit_of_history,
    fit_of_one_set,
)

DAY_S = 86_400.0
TRUE_M2_KG = 0.02
ELEMENT_NOISE_M = 10.0


def history(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    epoch_s = np.sort(rng.uniform(0.0, 10.0 * DAY_S, 25))
    drag_m_s = -0.05 * np.exp(epoch_s / (8.0 * DAY_S))
    sunk_m = 0.05 * 8.0 * DAY_S * (np.exp(epoch_s / (8.0 * DAY_S)) - 1.0) * TRUE_M2_KG
    return epoch_s, 6.6e6 - sunk_m + ELEMENT_NOISE_M * rng.normal(size=25), drag_m_s


def test_the_coefficient_of_a_history_is_found_within_its_uncertainty():
    fit = fit_of_history(*history(np.random.default_rng(1)))
    assert abs(np.log(fit.coefficient_m2_kg / TRUE_M2_KG)) < 2.0 * fit.log_sigma
    assert fit.n_outliers == 0


def test_sets_that_are_off_are_named_and_change_little():
    epoch_s, size_m, drag_m_s = history(np.random.default_rng(2))
    clean = fit_of_history(epoch_s, size_m, drag_m_s)
    size_m = size_m.copy()
    size_m[[4, 17]] += [900.0, -700.0]
    fit = fit_of_history(epoch_s, size_m, drag_m_s)
    assert np.flatnonzero(fit.is_outlier).tolist() == [4, 17]
    assert abs(fit.coefficient_m2_kg / clean.coefficient_m2_kg - 1.0) < 0.05


def test_an_orbit_that_does_not_sink_has_no_coefficient():
    epoch_s, size_m, drag_m_s = history(np.random.default_rng(3))
    assert np.isnan(fit_of_history(epoch_s, size_m[::-1].copy(), drag_m_s).coefficient_m2_kg)


def test_one_set_tells_by_its_sinking_else_by_its_bstar():
    assert fit_of_one_set(-0.002, -0.1, 0.1).coefficient_m2_kg == 0.02
    bstar = 0.5 * TRUE_M2_KG * AIR_OF_BSTAR_KG_M2_PER_EARTH_RADIUS
    assert abs(fit_of_one_set(0.001, -0.1, bstar).coefficient_m2_kg / TRUE_M2_KG - 1.0) < 1e-12
    # Hoots & Roehrich: B = 2 B* / 0.1570 (kg/m2 an earth radius)
    assert abs(AIR_OF_BSTAR_KG_M2_PER_EARTH_RADIUS / 0.1570 - 1.0) < 1e-3


def held_up_until(end_s: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An engine carries the drag up to an instant; from then on the orbit sinks as the air will have it."""
    epoch_s = np.sort(rng.uniform(0.0, 8.0 * DAY_S, 30))
    fallen_m = 0.5 * TRUE_M2_KG * np.maximum(epoch_s - end_s, 0.0)
    return epoch_s, 6.6e6 - fallen_m + ELEMENT_NOISE_M * rng.normal(size=30), np.full(30, -0.5)


def test_who_thrust_until_lately_is_told_from_what_came_after_and_is_less_sure():
    fit = fit_of_history(*held_up_until(5.0 * DAY_S, np.random.default_rng(4)))
    assert fit.has_changed
    assert abs(np.log(fit.coefficient_m2_kg / TRUE_M2_KG)) < fit.log_sigma
    assert fit.log_sigma >= LOG_SIGMA_OF_ONE_SET


def test_who_is_held_up_all_the_time_is_said_to_be():
    fit = fit_of_history(*held_up_until(9.0 * DAY_S, np.random.default_rng(5)))
    assert fit.is_held_up
    assert np.isnan(fit.coefficient_m2_kg)


def test_what_sinks_too_little_to_see_is_not_taken_for_held_up():
    epoch_s, size_m, _ = held_up_until(9.0 * DAY_S, np.random.default_rng(6))
    assert not fit_of_history(epoch_s, size_m, np.full(30, -0.005)).is_held_up


def test_one_and_the_same_motion_does_not_count_as_changed():
    for seed in range(20):
        assert not fit_of_history(*history(np.random.default_rng(seed))).has_changed


def test_foil_is_seen_for_what_it_is():
    epoch_s, size_m, drag_m_s = history(np.random.default_rng(7))
    foil = fit_of_history(epoch_s, size_m, 0.002 * drag_m_s)
    assert abs(foil.coefficient_m2_kg / (500.0 * TRUE_M2_KG) - 1.0) < 0.1
