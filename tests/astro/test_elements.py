"""Do orbits of two bodies come back from their elements, in every regime?"""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.elements import (
    KeplerianElements,
    apogee_radius_m,
    eccentric_anomaly_rad,
    elements_from_state,
    hyperbolic_anomaly_rad,
    mean_anomaly_from_true_hyperbolic_rad,
    mean_anomaly_from_true_rad,
    mean_motion_rad_s,
    perigee_radius_m,
    period_s,
    semi_major_axis_from_mean_motion_m,
    state_from_elements,
    true_anomaly_from_mean_hyperbolic_rad,
    true_anomaly_from_mean_rad,
)
from tests.astro.regimes import REGIMES, orbits
from tests.conftest import Deviation

VALLADO = json.loads((Path(__file__).parents[1] / "authorities" / "two_bodies_vallado.json").read_text())
BOOK = VALLADO["state_to_elements"]
# The book prints angles to hundredths of a degree at best, and rounds its energy on the way to the axis.
LAST_PRINTED_DIGIT_RAD = np.radians(0.005)
ROUNDED_ENERGY = 2e-7
MICROMETRE_M = 1e-6
KEPLER_DIGITS_RAD = 1e-11
# Some hundred steps of rounding: 7 micrometres on an orbit.
ROUNDING = 1e-12
angles = st.floats(0.0, 2.0 * np.pi, exclude_max=True)


@pytest.mark.capability("Keplerian elements", status="VALIDATED", authority="Vallado (2013), example 2-5")
def test_elements_agree_with_vallado(deviation: Deviation) -> None:
    found = elements_from_state(
        1e3 * np.array(BOOK["position_km"]), 1e3 * np.array(BOOK["velocity_km_s"]), BOOK["mu_km3_s2"] * 1e9
    )
    assert float(found.semi_major_axis_m) == pytest.approx(
        1e3 * BOOK["semi_major_axis_km"], rel=ROUNDED_ENERGY
    )
    assert float(found.eccentricity) == pytest.approx(BOOK["eccentricity"], abs=1e-6)
    names = ("inclination", "raan", "argument_of_perigee", "true_anomaly")
    off_rad = [abs(getattr(found, f"{name}_rad") - np.radians(BOOK[f"{name}_deg"])) for name in names]
    deviation(float(max(off_rad)), "rad", LAST_PRINTED_DIGIT_RAD)


@pytest.mark.capability(
    "Kepler's equation", status="VALIDATED", authority="Vallado (2013), examples 2-1 and 2-3"
)
def test_kepler_agrees_with_vallado(deviation: Deviation) -> None:
    ellipse, hyperbola = VALLADO["kepler"], VALLADO["kepler_hyperbolic"]
    eccentric = eccentric_anomaly_rad(np.radians(ellipse["mean_anomaly_deg"]), ellipse["eccentricity"])
    hyperbolic = hyperbolic_anomaly_rad(np.radians(hyperbola["mean_anomaly_deg"]), hyperbola["eccentricity"])
    assert float(hyperbolic) == pytest.approx(hyperbola["hyperbolic_anomaly_rad"], abs=1e-9)
    deviation(abs(float(eccentric) - np.radians(ellipse["eccentric_anomaly_deg"])), "rad", KEPLER_DIGITS_RAD)


@pytest.mark.parametrize("regime", REGIMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_states_come_back_from_their_elements(regime: str, data: st.DataObject) -> None:
    position_m, velocity_m_s = state_from_elements(data.draw(orbits(regime)))
    again_m, again_m_s = state_from_elements(elements_from_state(position_m, velocity_m_s))
    assert np.linalg.norm(again_m - position_m) < ROUNDING * np.linalg.norm(position_m)
    assert np.linalg.norm(again_m_s - velocity_m_s) < ROUNDING * np.linalg.norm(velocity_m_s)


@pytest.mark.parametrize("regime", REGIMES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_shape_and_size_come_back_from_states(regime: str, data: st.DataObject) -> None:
    drawn = data.draw(orbits(regime))
    found = elements_from_state(*state_from_elements(drawn))
    assert float(found.semi_major_axis_m) == pytest.approx(float(drawn.semi_major_axis_m), rel=1e-11)
    assert float(found.eccentricity) == pytest.approx(float(drawn.eccentricity), abs=1e-12)
    assert float(found.inclination_rad) == pytest.approx(float(drawn.inclination_rad), abs=1e-12)


def test_circles_and_equators_get_the_angles_that_exist() -> None:
    circle = KeplerianElements(*(np.asarray(value) for value in (7e6, 0.0, 1.0, 2.0, 0.5, 0.75)))
    found = elements_from_state(*state_from_elements(circle))
    assert float(found.raan_rad) == pytest.approx(2.0)
    assert float(found.argument_of_perigee_rad + found.true_anomaly_rad) == pytest.approx(1.25)

    equator = circle._replace(inclination_rad=np.asarray(0.0), eccentricity=np.asarray(0.1))
    found = elements_from_state(*state_from_elements(equator))
    assert float(found.raan_rad) == 0.0
    assert float(found.argument_of_perigee_rad) == pytest.approx(2.5)


def test_bad_rows_are_nan_and_leave_the_others_alone() -> None:
    position_m = np.array([[7e6, 0.0, 0.0], [7e6, 0.0, 0.0], [np.nan, 0.0, 0.0]])
    velocity_m_s = np.array([[0.0, 7.5e3, 0.0], [1e3, 0.0, 0.0], [0.0, 7.5e3, 0.0]])
    found = elements_from_state(position_m, velocity_m_s)
    assert np.isfinite(found.true_anomaly_rad).tolist() == [True, False, False]


@given(st.floats(-20.0, 20.0), st.floats(0.0, 0.999_999))
def test_kepler_is_solved_wherever_it_is_asked(mean_anomaly_rad: float, eccentricity: float) -> None:
    anomaly = float(eccentric_anomaly_rad(mean_anomaly_rad, eccentricity))
    assert anomaly - eccentricity * np.sin(anomaly) == pytest.approx(mean_anomaly_rad, abs=2e-14)


@given(st.floats(-1e4, 1e4), st.floats(1.000_001, 50.0))
def test_kepler_of_the_hyperbola_is_solved_wherever_it_is_asked(mean_rad: float, eccentricity: float) -> None:
    anomaly = float(hyperbolic_anomaly_rad(mean_rad, eccentricity))
    assert eccentricity * np.sinh(anomaly) - anomaly == pytest.approx(mean_rad, rel=1e-13, abs=1e-14)


@given(angles, st.floats(0.0, 0.95))
def test_anomalies_come_back(true_anomaly_rad: float, eccentricity: float) -> None:
    mean = mean_anomaly_from_true_rad(true_anomaly_rad, eccentricity)
    again = true_anomaly_from_mean_rad(mean, eccentricity)
    assert np.cos(float(again) - true_anomaly_rad) == pytest.approx(1.0, abs=1e-12)


@given(st.floats(-1.2, 1.2), st.floats(1.05, 3.0))
def test_anomalies_of_hyperbolas_come_back(true_anomaly_rad: float, eccentricity: float) -> None:
    mean = mean_anomaly_from_true_hyperbolic_rad(true_anomaly_rad, eccentricity)
    assert float(true_anomaly_from_mean_hyperbolic_rad(mean, eccentricity)) == pytest.approx(
        true_anomaly_rad, abs=1e-12
    )


@pytest.mark.parametrize("regime", sorted(set(REGIMES) - {"leaving"}))
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_body_is_nearer_than_perigee_or_farther_than_apogee(regime: str, data: st.DataObject) -> None:
    drawn = data.draw(orbits(regime))
    radius_m = np.linalg.norm(state_from_elements(drawn)[0])
    nearest_m = perigee_radius_m(drawn.semi_major_axis_m, drawn.eccentricity)
    farthest_m = apogee_radius_m(drawn.semi_major_axis_m, drawn.eccentricity)
    assert nearest_m - MICROMETRE_M <= radius_m <= farthest_m + MICROMETRE_M


@given(st.floats(6.5e6, 1e9))
def test_axis_and_mean_motion_are_two_words_for_one_thing(semi_major_axis_m: float) -> None:
    rate_rad_s = mean_motion_rad_s(semi_major_axis_m)
    assert float(semi_major_axis_from_mean_motion_m(rate_rad_s)) == pytest.approx(
        semi_major_axis_m, rel=1e-14
    )
    assert float(period_s(semi_major_axis_m) * rate_rad_s) == pytest.approx(2.0 * np.pi)


def test_what_leaves_has_no_period_and_no_apogee() -> None:
    assert period_s(-7e6) == np.inf
    assert apogee_radius_m(-7e6, 1.5) == np.inf
    assert float(perigee_radius_m(-7e6, 2.0)) == 7e6


def test_a_wrong_kind_of_orbit_is_refused() -> None:
    with pytest.raises(ValueError, match="hyperbola"):
        eccentric_anomaly_rad(1.0, 1.0)
    with pytest.raises(ValueError, match="ellipse"):
        hyperbolic_anomaly_rad(1.0, 0.5)
