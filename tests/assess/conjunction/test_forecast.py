"""Does the forecast keep its laws, and beat the latest value on objects it never saw?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.assess.conjunction.forecast import chance_of_level, features_of_history
from benchmarks.histories.ocmdb import FILE
from benchmarks.will_it_still_be_high import (
    LEVELS,
    brier,
    cases_of,
    fitted,
    forecast,
    is_held_out,
    kelvins_loss,
)

DAY_S = 86_400.0
exponents = st.floats(-11.0, 0.0)


@given(exponents, st.floats(0.0, 4.0), st.floats(1.0, 4.0))
def test_a_higher_probability_is_never_less_likely_to_be_high(exponent, more, days):
    low, high = 10.0**exponent, min(1.0, 10.0 ** (exponent + more))
    chances = chance_of_level([low, high], high, days * DAY_S, 1e-6)
    # What fell has further to fall; with one highest value the order is that of the newest.
    lone = chance_of_level([low, high], [low, high], days * DAY_S, 1e-6)
    assert 0.0 < lone[0] <= lone[1] < 1.0
    assert np.isfinite(chances).all()


@given(exponents, st.floats(1.0, 3.9))
def test_the_nearer_the_decision_the_more_the_newest_value_counts(exponent, days):
    near, far = chance_of_level(10.0**exponent, 10.0**exponent, np.array([days, days + 0.1]) * DAY_S, 1e-6)
    assert near >= far


def test_a_level_that_is_no_probability_is_refused():
    with pytest.raises(ValueError, match="a level is a probability"):
        chance_of_level(1e-4, 1e-4, DAY_S, 0.0)


def test_many_at_once_equal_one_by_one():
    probability = np.geomspace(1e-9, 1e-2, 8)
    together = chance_of_level(probability, probability, DAY_S, 1e-5)
    assert [chance_of_level(one, one, DAY_S, 1e-5) for one in probability] == pytest.approx(
        together, rel=1e-15
    )
    assert features_of_history(probability, probability, DAY_S, 1e-5).shape == (8, 5)


def test_the_score_of_the_challenge_on_a_case_by_hand():
    # Two of two high risks found, one false: F2 = 10 / 11; errors of 0.5 and 0, squared, in the mean: 0.125.
    came = np.array([-5.5, -4.0, -7.0, -9.0])
    predicted = np.array([-5.0, -4.0, -5.0, -9.0])
    assert kelvins_loss(predicted, came) == pytest.approx(0.125 / (10.0 / 11.0))


@pytest.fixture(scope="module")
def histories(request):
    data = request.getfixturevalue("shared_data")
    if not (data / FILE).exists():
        pytest.skip("the histories of real conjunctions are not here")
    return cases_of(data)


def test_the_shipped_coefficients_are_those_the_script_fits(histories):
    weight = fitted(histories.part(~is_held_out(histories.secondary)))
    assert weight == pytest.approx([-2.6704, 0.2162, -0.3895, -0.9335, 0.2274], abs=2e-3)


@pytest.mark.capability(
    "Forecast of standing at a level: Brier score over that of the latest value",
    status="MODELLED",
    authority="held-out objects of NASA CARA's OCMDB 43617",
)
def test_the_forecast_beats_the_latest_value_on_objects_it_never_saw(histories, deviation):
    held_out = histories.part(is_held_out(histories.secondary))
    ratios = []
    for level in LEVELS:
        came = (held_out.at_decision >= level).astype(float)
        latest = (held_out.probability >= level).astype(float)
        ratios.append(brier(forecast(held_out, level), came) / brier(latest, came))
    deviation(max(ratios), "of the latest value's score", 1.0)
