"""Are passages found where geometry puts them, each once, on any motion?"""

import numpy as np
import pytest

from baken.astro.constants import EARTH_MU_EGM2008_M3_S2
from baken.astro.earth_data import no_earth_data
from baken.astro.elements import period_s
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.forces.gravity import egm2008
from baken.astro.forces.model import ForceModel
from baken.astro.frames import rotation_gcrs_to_itrs
from baken.astro.passages import altitude, in_light, node, passages
from baken.astro.propagation import NumericalMotion, build_propagator
from baken.astro.rotations import turned
from baken.astro.sun_moon import sun_position_gcrs_m, sunlit_fraction
from tests.conftest import Deviation

DAY_NS = 86_400 * 10**9
POSITION_M, VELOCITY_M_S = np.array([7.0e6, 0.0, -10.0]), np.array([0.0, 5.3e3, 5.5e3])
MICROSECOND_S = 1e-6
CENTIMETRE_M = 1e-2


@pytest.fixture(scope="module")
def motion() -> NumericalMotion:
    model = ForceModel(gravity=egm2008(2), degree=0, order=0, has_sun=False, has_moon=False)
    faster = np.stack([VELOCITY_M_S, 1.05 * VELOCITY_M_S])
    return build_propagator(model, no_earth_data()).propagate(0, [POSITION_M] * 2, faster, DAY_NS)


@pytest.mark.capability("Passages through a node", status="VALIDATED", authority="Kepler's third law")
def test_a_node_returns_with_the_period(motion: NumericalMotion, deviation: Deviation) -> None:
    found = passages(motion, 0, DAY_NS, node).rising()
    for index in range(2):
        position_m, velocity_m_s, _ = motion.states(np.array([index]), np.array([0]))
        energy = 0.5 * (velocity_m_s**2).sum() - EARTH_MU_EGM2008_M3_S2 / np.linalg.norm(position_m)
        turn_s = float(period_s(-0.5 * EARTH_MU_EGM2008_M3_S2 / energy, EARTH_MU_EGM2008_M3_S2))
        turns_s = np.diff(found.epoch_tai_ns[found.object_index == index]) * 1e-9
        assert turns_s.size == int(86_400 / turn_s)
        deviation(float(np.abs(turns_s - turn_s).max()), "s", 3 * MICROSECOND_S)


def test_an_altitude_is_passed_up_and_down_in_turn(motion: NumericalMotion) -> None:
    found = passages(motion, 0, DAY_NS, altitude(800e3, no_earth_data()))
    position_m, _, _ = motion.states(found.object_index, found.epoch_tai_ns)
    ground_m = turned(rotation_gcrs_to_itrs(found.epoch_tai_ns, no_earth_data()), position_m)
    assert np.abs(geodetic_from_itrs(ground_m).height_m - 800e3).max() < CENTIMETRE_M
    for index in range(2):
        rising = found.is_rising[found.object_index == index]
        assert rising.size > 10
        assert (rising[1:] != rising[:-1]).all()
    assert found.falling().epoch_tai_ns.size + found.rising().epoch_tai_ns.size == found.epoch_tai_ns.size


def test_the_sun_is_half_hidden_at_the_edge_of_the_shadow(motion: NumericalMotion) -> None:
    found = passages(motion, 0, DAY_NS, in_light, step_s=30.0)
    position_m, _, _ = motion.states(found.object_index, found.epoch_tai_ns)
    seen = sunlit_fraction(position_m, sun_position_gcrs_m(found.epoch_tai_ns))
    assert found.falling().epoch_tai_ns.size > 10
    assert np.abs(seen - 0.5).max() < 1e-5


def test_nothing_is_said_of_a_motion_that_has_ended(motion: NumericalMotion) -> None:
    short = passages(motion, DAY_NS + 1, 2 * DAY_NS, node)
    assert short.epoch_tai_ns.size == 0
