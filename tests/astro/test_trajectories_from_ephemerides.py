"""Is a trajectory made of a table never further from the truth than it says?"""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.arrays import Floats, Instants
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.ephemeris_trajectories import approximate_tables, left_out_misses_m
from baken.astro.motions import EphemerisMotion, ephemeris_motion
from baken.astro.trajectories import Trajectories, approximate
from baken.formats.reading import Strictness
from baken.formats.sniff import read_any
from tests.conftest import Deviation

SECOND_NS = 1_000_000_000
HALF_A_DAY_NS = 43_200 * SECOND_NS
TOLERANCE_M = 20.0
ROUNDING_M = 0.01
ISS_OEM = "precise_orbits/ISS.OEM_J2K_EPH_20250310.xml.gz"
KEPLER_STEPS = 60
BURNS_S = (9_000.0, 10_356.0, 15_780.0, 20_390.0, 21_203.0)


def on_an_ellipse(
    epoch_tai_ns: Instants, *, perigee_radius_m: float, eccentricity: float, start_s: float = 0.0
) -> tuple[Floats, Floats]:
    """Return where Kepler has an object, by bisection alone: the truth that tables are made of."""
    axis_m = perigee_radius_m / (1.0 - eccentricity)
    rate_rad_s = math.sqrt(EARTH_MU_M3_S2 / axis_m**3)
    mean_rad = rate_rad_s * (epoch_tai_ns / SECOND_NS - start_s)
    low, high = mean_rad - 1.0, mean_rad + 1.0
    for _ in range(KEPLER_STEPS):
        middle = 0.5 * (low + high)
        is_early = middle - eccentricity * np.sin(middle) < mean_rad
        low, high = np.where(is_early, middle, low), np.where(is_early, high, middle)
    anomaly, share = 0.5 * (low + high), math.sqrt(1.0 - eccentricity**2)
    rate = rate_rad_s / (1.0 - eccentricity * np.cos(anomaly))
    none = np.zeros_like(anomaly)
    position_m = axis_m * np.stack([np.cos(anomaly) - eccentricity, share * np.sin(anomaly), none], axis=-1)
    along_m_s = axis_m * np.stack([-np.sin(anomaly), share * np.cos(anomaly), none], axis=-1)
    return position_m, along_m_s * rate[:, None]


def table_of(step_s: float, **orbit: float) -> EphemerisMotion:
    step_ns = round(step_s * SECOND_NS)
    epoch_tai_ns = np.arange(0, HALF_A_DAY_NS + step_ns, step_ns)
    position_m, velocity_m_s = on_an_ellipse(epoch_tai_ns, **orbit)
    return ephemeris_motion([epoch_tai_ns], [position_m], [velocity_m_s])


def any_times(n: int = 20_000) -> Instants:
    return np.sort(np.random.default_rng(7).integers(0, HALF_A_DAY_NS, n))


def bounds_at(trajectories: Trajectories, epoch_tai_ns: Instants) -> Floats:
    piece = trajectories.piece_at(np.zeros(epoch_tai_ns.size, np.int64), epoch_tai_ns)
    assert (piece >= 0).all()
    return trajectories.error_bound_m[piece]


def share_of_bound(trajectories: Trajectories, epoch_tai_ns: Instants, truth_m: Floats) -> float:
    """Return how much of its bound a trajectory uses up where it uses most."""
    position_m, _, _ = trajectories.states(np.zeros(epoch_tai_ns.size, np.int64), epoch_tai_ns)
    off_m = np.linalg.norm(position_m - truth_m, axis=1)
    return float((off_m / bounds_at(trajectories, epoch_tai_ns)).max())


@pytest.mark.capability(
    "Trajectories from ephemerides, with an error bound",
    status="MODELLED",
    authority="Kepler's ellipses, solved by bisection",
)
@pytest.mark.parametrize(
    ("step_s", "perigee_radius_m", "eccentricity"),
    [(60.0, 6.8e6, 0.001), (240.0, 6.8e6, 0.001), (60.0, 6.6e6, 0.73), (900.0, 4.2e7, 0.0003)],
)
def test_no_trajectory_is_further_from_the_truth_than_it_says(
    step_s: float, perigee_radius_m: float, eccentricity: float, deviation: Deviation
) -> None:
    orbit = {"perigee_radius_m": perigee_radius_m, "eccentricity": eccentricity}
    trajectories = approximate_tables(table_of(step_s, **orbit), 0, HALF_A_DAY_NS, tolerance_m=TOLERANCE_M)
    truth_m, _ = on_an_ellipse(any_times(), **orbit)
    deviation(share_of_bound(trajectories, any_times(), truth_m), "of its bound", 1.0)


@settings(max_examples=15, deadline=None)
@given(
    step_s=st.floats(30.0, 300.0), eccentricity=st.floats(0.0, 0.8), perigee_radius_m=st.floats(6.5e6, 4.2e7)
)
def test_the_bound_holds_on_any_ellipse(step_s: float, eccentricity: float, perigee_radius_m: float) -> None:
    orbit = {"perigee_radius_m": perigee_radius_m, "eccentricity": eccentricity}
    trajectories = approximate_tables(table_of(step_s, **orbit), 0, HALF_A_DAY_NS, tolerance_m=TOLERANCE_M)
    truth_m, _ = on_an_ellipse(any_times(2_000), **orbit)
    assert share_of_bound(trajectories, any_times(2_000), truth_m) <= 1.0


def test_a_dense_table_leaves_hardly_more_open_than_its_polynomials_do() -> None:
    table = table_of(60.0, perigee_radius_m=6.8e6, eccentricity=0.001)
    assert left_out_misses_m(table).max() < ROUNDING_M
    trajectories = approximate_tables(table, 0, HALF_A_DAY_NS, tolerance_m=TOLERANCE_M)
    assert trajectories.error_bound_m.max() < TOLERANCE_M + ROUNDING_M


def table_across_a_burn(burn_s: float) -> EphemerisMotion:
    """Return a table every four minutes that passes from a circle to an ellipse between two of its rows."""
    epoch_tai_ns = np.arange(0, HALF_A_DAY_NS + SECOND_NS, 240 * SECOND_NS)
    before = on_an_ellipse(epoch_tai_ns, perigee_radius_m=6.8e6, eccentricity=0.0)
    # They touch at the perigee of the second, where it is a metre and a half a second faster.
    turned_rad = math.sqrt(EARTH_MU_M3_S2 / 6.8e6**3) * burn_s
    c, s = math.cos(turned_rad), math.sin(turned_rad)
    turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    after = on_an_ellipse(epoch_tai_ns, perigee_radius_m=6.8e6, eccentricity=0.0004, start_s=burn_s)
    is_before = (epoch_tai_ns < burn_s * SECOND_NS)[:, None]
    return ephemeris_motion(
        [epoch_tai_ns],
        [np.where(is_before, before[0], after[0] @ turn.T)],
        [np.where(is_before, before[1], after[1] @ turn.T)],
    )


def in_the_table(table: EphemerisMotion, epoch_tai_ns: Instants) -> Floats:
    return table.states(np.zeros(epoch_tai_ns.size, np.int64), epoch_tai_ns)[0]


@pytest.mark.parametrize("burn_s", BURNS_S)
def test_a_burn_between_two_rows_widens_the_bound_around_it(burn_s: float) -> None:
    table = table_across_a_burn(burn_s)
    trajectories = approximate_tables(table, 0, HALF_A_DAY_NS, tolerance_m=TOLERANCE_M)
    assert share_of_bound(trajectories, any_times(), in_the_table(table, any_times())) <= 1.0
    at_burn, long_before = bounds_at(trajectories, np.array([round(burn_s * SECOND_NS), 0]))
    assert at_burn - long_before > 0.9 * left_out_misses_m(table).max() > 1.0


def test_the_coefficients_alone_do_not_see_every_burn() -> None:
    """Were this to fail, trajectories would need no comparing with their tables any longer."""
    tables = [table_across_a_burn(burn_s) for burn_s in BURNS_S]
    blind = [approximate(table, 0, HALF_A_DAY_NS, tolerance_m=TOLERANCE_M) for table in tables]
    shares = [
        share_of_bound(one, any_times(), in_the_table(table, any_times()))
        for one, table in zip(blind, tables, strict=True)
    ]
    assert max(shares) > 1.0


def test_tables_together_give_what_each_gives_alone() -> None:
    tables = [
        table_of(step_s, perigee_radius_m=7e6, eccentricity=e) for step_s, e in [(60.0, 0.0), (120.0, 0.2)]
    ]
    both = ephemeris_motion(
        [table.epoch_tai_ns for table in tables],
        [table.position_m for table in tables],
        [table.velocity_m_s for table in tables],
    )
    together = approximate_tables(both, 0, HALF_A_DAY_NS)
    for number, table in enumerate(tables):
        alone = approximate_tables(table, 0, HALF_A_DAY_NS)
        pieces = slice(*together.first_piece[number : number + 2])
        assert np.array_equal(together.coefficients_m[pieces], alone.coefficients_m)
        assert np.array_equal(together.error_bound_m[pieces], alone.error_bound_m)


def test_a_table_too_short_to_leave_a_row_out_is_refused() -> None:
    epoch_tai_ns = np.arange(4) * 60 * SECOND_NS
    table = ephemeris_motion([epoch_tai_ns], [np.ones((4, 3))], [np.zeros((4, 3))])
    with pytest.raises(ValueError, match="at least 4 states"):
        approximate_tables(table, 0, int(epoch_tai_ns[-1]))


@pytest.mark.capability(
    "Trajectories from a published ephemeris: rows it never saw lie within its bound",
    status="VALIDATED",
    authority="NASA, ISS ephemeris of 2025-02-26 to 2025-03-13",
)
def test_every_other_row_of_the_iss_lies_within_the_bound_of_the_others(
    shared_data: Path, deviation: Deviation
) -> None:
    (iss,) = read_any((shared_data / ISS_OEM).read_bytes(), strictness=Strictness.LENIENT).records
    kept, left_out = slice(None, None, 2), slice(1, None, 2)
    table = ephemeris_motion([iss.epoch_tai_ns[kept]], [iss.position_m[kept]], [iss.velocity_m_s[kept]])
    trajectories = approximate_tables(
        table,
        int(iss.epoch_tai_ns[kept][0]),
        int(iss.epoch_tai_ns[kept][-1]),
        tolerance_m=TOLERANCE_M,
        max_n_halvings=11,
    )
    share = share_of_bound(trajectories, iss.epoch_tai_ns[left_out], iss.position_m[left_out])
    deviation(share, "of its bound", 1.0)
