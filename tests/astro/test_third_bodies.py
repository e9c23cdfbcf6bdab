"""Do Sun and Moon move the perigees of eccentric orbits as stepping through every revolution says?"""

import numpy as np
import pytest

from baken.astro._decay_rates import fill_mean_rates
from baken.astro._third_bodies import add_third_body_rates, third_bodies
from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_RADIUS_EGM2008_M
from baken.astro.earth_data import no_earth_data
from baken.astro.elements import KeplerianElements, elements_from_state, state_from_elements
from baken.astro.forces.gravity import egm2008
from baken.astro.forces.model import ForceModel
from baken.astro.mean_decay import clock_at, falls
from baken.astro.propagation import Propagator, build_propagator
from baken.astro.time import tai_ns_from_utc
from tests.astro.falling import WEATHER, exponential_air, weather

START = tai_ns_from_utc("2013-10-23T00:00:00Z")
DAY_S, N_DAYS = 86_400.0, 60
STEP_S = 21_600.0
NO_DRAG_M2_KG = 1e-12
# The third degree of the Moon's pull, and that of J2 upon hers, are left out: each a hundredth or two.
OF_THE_CHANGE = 0.03
TRANSFER = KeplerianElements(*map(np.array, (24_500e3, 0.73, 0.12, 1.0, 3.1, 0.0)))
ORBITS = {
    "geostationary transfer": TRANSFER,
    "Molniya": KeplerianElements(*map(np.array, (26_560e3, 0.74, 1.1, 2.5, 4.7, 0.0))),
}


def propagator(has_bodies: bool) -> Propagator:
    forces = ForceModel(gravity=egm2008(2), degree=2, order=0, has_sun=has_bodies, has_moon=has_bodies)
    return build_propagator(forces, no_earth_data())


@pytest.fixture(scope="module")
def with_and_without() -> tuple[Propagator, Propagator]:
    return propagator(True), propagator(False)


def stepped_perigee_m(one: Propagator, elements: KeplerianElements) -> float:
    """Return the mean height of perigee over the last two days."""
    position, velocity = state_from_elements(elements)
    end = START + round(N_DAYS * DAY_S * 1e9)
    motion = one.propagate(START, position[None], velocity[None], end)
    at = end - np.arange(0, 2 * 86_400, 60) * 10**9
    seen = elements_from_state(*motion.states(np.zeros(at.size, dtype=np.int64), at)[:2])
    return float(np.mean(seen.semi_major_axis_m * (1.0 - seen.eccentricity))) - EARTH_RADIUS_EGM2008_M


def averaged_perigee_m(elements: KeplerianElements, pull: float) -> float:
    """Return the same by the averaged rates; ``pull`` scales those of Sun and Moon."""
    e, omega = float(elements.eccentricity), float(elements.argument_of_perigee_rad)
    state = np.array(
        [
            float(elements.semi_major_axis_m), e * np.cos(omega), e * np.sin(omega),
            float(elements.inclination_rad), float(elements.raan_rad), omega,
        ]
    )  # fmt: skip
    bodies, air, clock = third_bodies(START, N_DAYS * DAY_S), exponential_air(), clock_at(START, START)
    bodies[:, :, 3] *= pull

    def rates(there: Floats, after_s: float) -> Floats:
        rate = np.empty(6)
        fill_mean_rates(there, after_s, NO_DRAG_M2_KG, WEATHER, clock, air, rate)
        add_third_body_rates(there, after_s, bodies, rate)
        return rate

    seen = []
    for after_s in np.arange(0.0, N_DAYS * DAY_S, STEP_S):
        state = state + STEP_S * rates(state + 0.5 * STEP_S * rates(state, after_s), after_s + 0.5 * STEP_S)
        seen.append(state[0] * (1.0 - np.hypot(state[1], state[2])))
    return float(np.mean(seen[-8:])) - EARTH_RADIUS_EGM2008_M


@pytest.mark.capability(
    "Sun and Moon on perigees, averaged over a revolution",
    status="VALIDATED",
    authority="the same forces stepped through by our propagator over 60 days",
)
@pytest.mark.parametrize("name", ORBITS)
def test_what_sun_and_moon_do_to_a_perigee_agrees_with_stepping(name, with_and_without, deviation):
    pulled, left_alone = (stepped_perigee_m(one, ORBITS[name]) for one in with_and_without)
    averaged = averaged_perigee_m(ORBITS[name], 1.0) - averaged_perigee_m(ORBITS[name], 0.0)
    assert abs(pulled - left_alone) > 2e3
    deviation(abs(averaged / (pulled - left_alone) - 1.0), "of the change", OF_THE_CHANGE)


def test_they_do_nothing_to_a_low_round_orbit():
    state, rate = np.array([6.7e6, 0.0, 0.0, 1.0, 0.3, 0.2]), np.zeros(6)
    add_third_body_rates(state, 0.0, third_bodies(START, DAY_S), rate)
    assert np.abs(rate[:3]).max() == 0.0
    assert np.abs(rate[3:]).max() * 100.0 * DAY_S < 0.01


def test_where_its_node_stands_decides_whether_a_transfer_stage_comes_down_this_year():
    nodes = np.linspace(0.0, 2.0 * np.pi, 8, endpoint=False)
    states = np.array([[24_400e3, -0.7325, 0.0, 0.1, node, 0.0] for node in nodes])
    air, clock = exponential_air(), clock_at(0, 0)
    after_s = falls(states, np.full(8, 0.1), weather(8), clock, air, longest_s=365 * DAY_S).after_s
    assert 0 < np.isfinite(after_s).sum() < 8
