"""Do covariances keep what turning cannot change, and is mending said aloud?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from baken.astro.arrays import Floats
from baken.astro.covariance import (
    clip_eigenvalues_hall_2017,
    inertial_covariance,
    is_positive_definite,
    rtn_covariance,
    turned_covariance,
)
from baken.astro.local_frames import rotation_inertial_to_rtn

# NASA CARA's habit: a ten-thousandth of the hard body's radius, squared; for 20 m, 2 mm.
SMALLEST_M2 = (1e-4 * 20.0) ** 2
ROTATION = rotation_inertial_to_rtn([5e6, 4e6, 2e6], [-3e3, 5e3, 4e3])

factors = st.sampled_from([3, 6]).flatmap(
    lambda n: hnp.arrays(np.float64, (n, n), elements=st.floats(-100.0, 100.0, allow_subnormal=False))
)


def covariance_of(factor: Floats) -> Floats:
    return factor @ factor.T + np.eye(len(factor))


@given(factors)
def test_turning_changes_no_eigenvalue(factor: Floats) -> None:
    covariance = covariance_of(factor)
    turned = turned_covariance(ROTATION, covariance)
    largest = np.abs(covariance).max()
    assert np.linalg.eigvalsh(turned) == pytest.approx(np.linalg.eigvalsh(covariance), abs=1e-11 * largest)
    assert turned_covariance(ROTATION.T, turned) == pytest.approx(covariance, abs=1e-12 * largest)
    assert np.array_equal(turned, turned.T)


def test_a_turned_covariance_is_that_of_turned_errors() -> None:
    errors = np.random.default_rng(5).normal(size=(400, 6)) * [1.0, 20.0, 3.0, 0.02, 0.001, 0.01]
    turned_errors = np.concatenate([errors[:, :3] @ ROTATION.T, errors[:, 3:] @ ROTATION.T], axis=1)
    assert turned_covariance(ROTATION, np.cov(errors.T)) == pytest.approx(np.cov(turned_errors.T), abs=1e-10)


@given(factors)
def test_to_rtn_and_back_is_no_journey_and_the_radial_error_is_radial(factor: Floats) -> None:
    position_m, velocity_m_s = np.array([5e6, 4e6, 2e6]), np.array([-3e3, 5e3, 4e3])
    covariance = covariance_of(factor)
    there = rtn_covariance(position_m, velocity_m_s, covariance)
    largest = np.abs(covariance).max()
    assert inertial_covariance(position_m, velocity_m_s, there) == pytest.approx(
        covariance, abs=1e-12 * largest
    )
    radial = position_m / np.linalg.norm(position_m)
    assert there[0, 0] == pytest.approx(radial @ covariance[:3, :3] @ radial, abs=1e-11 * largest)


def test_many_covariances_at_once_equal_one_by_one() -> None:
    rotations = np.stack([ROTATION, ROTATION.T])
    covariances = np.stack([np.diag([1.0, 4.0, 9.0]), np.diag([2.0, 3.0, 5.0])])
    one_by_one = [turned_covariance(r, c) for r, c in zip(rotations, covariances, strict=True)]
    assert np.array_equal(turned_covariance(rotations, covariances), one_by_one)


def test_a_covariance_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="3 x 3 or 6 x 6"):
        turned_covariance(ROTATION, np.eye(7))


@given(factors)
def test_real_covariances_are_known_for_what_they_are(factor: Floats) -> None:
    assert is_positive_definite(covariance_of(factor))
    assert not is_positive_definite(-covariance_of(factor))


def test_metres_and_millimetres_per_second_count_alike() -> None:
    sigma = np.array([1e4, 1e5, 1e3, 1e-4, 1e-5, 1e-4])
    correlation = np.eye(6)
    correlation[3, 4] = correlation[4, 3] = 0.5
    assert is_positive_definite(correlation * np.outer(sigma, sigma))
    correlation[3, 4] = correlation[4, 3] = 1.01
    assert not is_positive_definite(correlation * np.outer(sigma, sigma))


def test_a_covariance_with_a_hole_is_no_covariance() -> None:
    holed = np.eye(3)
    holed[0, 1] = np.nan
    assert is_positive_definite(np.stack([holed, np.eye(3), np.zeros((3, 3))])).tolist() == [
        False,
        True,
        False,
    ]


@pytest.mark.capability(
    "Repair of covariances", status="MODELLED", authority="laws of Hall, Hejduk & Johnson 2017, AAS 17-567"
)
@given(hnp.arrays(np.float64, (3, 3), elements=st.floats(-1e3, 1e3, allow_subnormal=False)))
def test_clipping_raises_what_is_too_small_and_nothing_else(matrix: Floats) -> None:
    matrix = 0.5 * (matrix + matrix.T)
    clipped = clip_eigenvalues_hall_2017(matrix, SMALLEST_M2)
    rounding = 1e-12 * (np.abs(matrix).max() + 1.0)
    wanted = np.maximum(np.linalg.eigvalsh(matrix), SMALLEST_M2)
    assert np.linalg.eigvalsh(clipped.covariance_m2) == pytest.approx(wanted, abs=rounding)
    assert int(clipped.n_raised) == int((clipped.eigenvalues_before_m2 < SMALLEST_M2).sum())
    if clipped.n_raised == 0:
        assert np.array_equal(clipped.covariance_m2, matrix)


def test_clipping_says_row_by_row_what_it_did() -> None:
    clipped = clip_eigenvalues_hall_2017(np.stack([np.eye(2), np.diag([1.0, -1.0])]), SMALLEST_M2)
    assert clipped.n_raised.tolist() == [0, 1]
    assert clipped.eigenvalues_before_m2.tolist() == [[1.0, 1.0], [-1.0, 1.0]]


def test_clipping_refuses_what_it_cannot_mend() -> None:
    with pytest.raises(ValueError, match="positive"):
        clip_eigenvalues_hall_2017(np.eye(3), 0.0)
    with pytest.raises(ValueError, match="missing"):
        clip_eigenvalues_hall_2017(np.full((3, 3), np.nan), SMALLEST_M2)
