"""Is a covariance between two that were given what an orbit makes of it, and never more than it may be?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.covariance import turned_covariance
from baken.astro.covariance_interpolation import interpolated_covariance_m2
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.two_bodies import two_body_state
from tests.conftest import Deviation

SECOND_NS = 1_000_000_000
STEP_S = 240.0
ORBIT = np.array([7.0e6, 0.0, 0.0]), np.array([0.0, 5.3e3, 5.4e3])
SIGMA = np.array([20.0, 60.0, 15.0, 0.06, 0.02, 0.015])


def carried_m2(after_s: np.ndarray) -> np.ndarray:
    """Return the covariance of a cloud of two-body orbits, seen in RTN: what the sender of a table knows."""
    rng = np.random.default_rng(4)
    to_rtn = rotation_inertial_to_rtn(*ORBIT)
    off = rng.normal(size=(4_000, 6)) * SIGMA
    off -= off.mean(axis=0)
    positions, velocities = ORBIT[0] + off[:, :3] @ to_rtn, ORBIT[1] + off[:, 3:] @ to_rtn
    found = []
    for time_s in after_s:
        cloud_m, _ = two_body_state(positions, velocities, time_s)
        middle = two_body_state(*ORBIT, time_s)
        found.append(turned_covariance(rotation_inertial_to_rtn(*middle), np.cov((cloud_m - middle[0]).T)))
    return np.array(found)


@pytest.mark.capability(
    "Covariances of an ephemeris, between those given",
    status="MODELLED",
    authority="clouds of two-body orbits between nodes four minutes apart",
)
def test_between_two_nodes_it_is_what_the_orbit_makes_of_it(deviation: Deviation) -> None:
    node_s = np.arange(0.0, 7_201.0, STEP_S)
    between_s = node_s[:-1] + 0.5 * STEP_S
    found = interpolated_covariance_m2(
        (node_s * SECOND_NS).astype(np.int64),
        carried_m2(node_s),
        (between_s * SECOND_NS).astype(np.int64),
        900.0,
    )
    sigma = np.sqrt(np.diagonal(found, axis1=1, axis2=2))
    truth = np.sqrt(np.diagonal(carried_m2(between_s), axis1=1, axis2=2))
    deviation(float(np.abs(sigma / truth - 1.0).max()), "of a sigma", 0.15)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.1, 1e4), min_size=6, max_size=6), st.floats(0.0, 1.0), st.floats(0.0, 3.0))
def test_it_stays_positive_and_between_its_neighbours(sigma, share, angle_rad) -> None:
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    nodes = np.array([np.diag(np.square(sigma[:3])), turn @ np.diag(np.square(sigma[3:])) @ turn.T])
    (found,) = interpolated_covariance_m2(
        np.array([0, SECOND_NS]), nodes, np.array([round(share * SECOND_NS)]), 2.0
    )
    assert np.linalg.eigvalsh(found)[0] > 0.0
    logs = np.linalg.slogdet(nodes)[1]
    assert logs.min() - 1e-6 <= np.linalg.slogdet(found)[1] <= logs.max() + 1e-6


def test_at_a_node_it_is_the_node_and_outside_and_in_gaps_it_is_nothing() -> None:
    nodes = np.array([np.diag([1.0, 4.0, 9.0]), np.diag([4.0, 4.0, 4.0]), np.diag([1.0, 1.0, -1.0])])
    at = np.array([0, 10, 1_000]) * SECOND_NS
    asked = np.array([0, 10, -1, 500, 1_001, 1_000]) * SECOND_NS
    found = interpolated_covariance_m2(at, nodes, asked, 20.0)
    assert np.allclose(found[:2], nodes[:2])
    assert np.isnan(found[2:]).all()
