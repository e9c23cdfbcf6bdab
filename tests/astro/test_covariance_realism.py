"""Does the test of covariances find the ones that are wrong, and leave the others alone?"""

import numpy as np
import pytest

from baken.astro.covariance_realism import covariance_realism, squared_mahalanobis

N_HISTORIES = 200
N_DIFFERENCES = 60
CONFIDENCE = 0.95


def history(rng, n=N_DIFFERENCES, true_scale=1.0):
    """Draw errors of many covariances, each of its own shape, ``true_scale`` times as large as they say."""
    factor = rng.normal(size=(n, 3, 3)) * np.array([10.0, 300.0, 30.0])[:, None]
    covariance = factor @ factor.swapaxes(-1, -2) + np.eye(3)
    root = np.linalg.cholesky(covariance)
    return true_scale * np.einsum("nij,nj->ni", root, rng.normal(size=(n, 3))), covariance


def judged(true_scale, seed):
    rng = np.random.default_rng(seed)
    return [covariance_realism(*history(rng, true_scale=true_scale), CONFIDENCE) for _ in range(N_HISTORIES)]


@pytest.fixture(scope="module")
def honest():
    return judged(1.0, 1)


@pytest.mark.capability(
    "Covariance realism (Cramer-von Mises on Mahalanobis distances)",
    status="MODELLED",
    authority="200 drawn histories of 60 differences, none of which it should reject more often than 1 in 20",
)
def test_an_honest_covariance_is_rejected_as_seldom_as_was_asked(honest, deviation):
    rejected = np.mean([told.verdict != "realistic" for told in honest])
    # Four standard deviations of a share of 0.05 among 200.
    deviation(abs(rejected - 0.05), "of the histories", 0.062)


@pytest.mark.parametrize(("true_scale", "verdict"), [(1.5, "too small"), (1.0 / 1.5, "too large")])
def test_sigmas_wrong_by_one_and_a_half_are_found_in_sixty_differences(true_scale, verdict):
    found = [told.verdict == verdict for told in judged(true_scale, 2)]
    assert np.mean(found) > 0.99


def test_the_interval_holds_the_true_scale_as_often_as_it_says(honest):
    holds = np.mean([told.low_scale <= 1.0 <= told.high_scale for told in honest])
    assert abs(holds - CONFIDENCE) < 0.062
    assert np.median([told.scale for told in honest]) == pytest.approx(1.0, abs=0.02)


def test_a_scaled_covariance_gives_the_same_answer_scaled():
    difference_m, covariance_m2 = history(np.random.default_rng(3))
    one, other = (
        covariance_realism(difference_m, covariance_m2),
        covariance_realism(difference_m, covariance_m2 / 4),
    )
    assert other.scale == pytest.approx(2.0 * one.scale, rel=0.01)
    assert other.squared_mahalanobis == pytest.approx(4.0 * one.squared_mahalanobis)


def test_errors_that_no_scale_explains_are_said_to_be_no_gaussian():
    rng = np.random.default_rng(4)
    difference_m, covariance_m2 = history(rng, n=400)
    # Half are ten times too large: a mixture.
    difference_m[::2] *= 10.0
    told = covariance_realism(difference_m, covariance_m2)
    assert told.verdict == "not Gaussian at any scale"
    assert np.isnan([told.scale, told.low_scale, told.high_scale]).all()


def test_rows_that_cannot_be_used_are_counted_and_not_mended():
    difference_m, covariance_m2 = history(np.random.default_rng(5))
    difference_m[0, 1], covariance_m2[1] = np.nan, -np.eye(3)
    told = covariance_realism(difference_m, covariance_m2)
    assert (told.n_used, told.n_unusable) == (N_DIFFERENCES - 2, 2)
    assert np.isnan(told.squared_mahalanobis[:2]).all()


def test_a_distance_is_that_of_the_whitened_difference():
    difference_m, covariance_m2 = history(np.random.default_rng(6))
    whitened = np.linalg.solve(np.linalg.cholesky(covariance_m2), difference_m[..., None])[..., 0]
    assert squared_mahalanobis(difference_m, covariance_m2) == pytest.approx((whitened**2).sum(axis=-1))


@pytest.mark.parametrize(("n", "confidence"), [(4, 0.95), (60, 1.0)])
def test_too_few_differences_and_impossible_confidence_are_refused(n, confidence):
    with pytest.raises(ValueError, match=r"at least 5|between 0 and 1"):
        covariance_realism(*history(np.random.default_rng(7), n=n), confidence)
