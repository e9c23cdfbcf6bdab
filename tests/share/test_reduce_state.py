"""Do coarse states and ephemerides speak of where the object is, and of no more than was asked?"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.oblate_motion import oblate_states
from baken.astro.time import utc_text
from baken.records.orbit_state import Manoeuvre, StateCovariance
from baken.records.reduction import Rule
from baken.share.carry import carried, carried_covariance, steady_covariance
from baken.share.reduce_orbit import told_of
from baken.share.reduce_state import reduce_ephemeris, reduce_state
from baken.share.wanted import CannotReduce, Wanted
from tests.astro.regimes import orbits
from tests.share.states import COARSE, EPOCH_TAI_NS, SECOND_NS, WANTED, ephemeris, state

GRID_M, GRID_M_S = 1000.0, 1.0
TRUE_M, TRUE_M_S = (np.array(each) for each in (state().position_m, state().velocity_m_s))


def wanted(**changes: object) -> Wanted:
    return replace(WANTED, precision=replace(COARSE, **changes))


def truth(after_s) -> tuple:
    """Return states along the one motion that all tables of this file are of."""
    position_m, velocity_m_s = oblate_states([TRUE_M], [TRUE_M_S], after_s)
    return position_m[0], velocity_m_s[0]


def table(n: int, step_s: float, **changes: object):
    after_s = step_s * np.arange(n)
    return ephemeris(*truth(after_s), after_s, **changes)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["low", "medium", "geostationary"]).flatmap(orbits), st.integers(0, 10**12))
def test_a_coarse_state_lies_on_the_grids_and_near_the_object_at_the_epoch_it_names(elements, later_ns):
    told = state(elements, epoch_tai_ns=EPOCH_TAI_NS + later_ns)
    coarse = reduce_state(told, WANTED)
    after_s = (coarse.epoch_tai_ns - told.epoch_tai_ns) / 1e9
    there = carried("GCRF", np.array(told.position_m), np.array(told.velocity_m_s), after_s)
    off_m = np.array(coarse.position_m) - there.position_m
    off_m_s = np.array(coarse.velocity_m_s) - there.velocity_m_s
    assert utc_text(coarse.epoch_tai_ns, 9).endswith(":00.000000000Z")
    assert abs(after_s) <= 30.0
    assert np.array_equal(np.mod(coarse.position_m, GRID_M), np.zeros(3))
    assert max(np.abs(off_m).max() / GRID_M, np.abs(off_m_s).max() / GRID_M_S) <= 0.5 + 1e-9


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["low", "geostationary", "highly eccentric"])
    .flatmap(orbits)
    .filter(lambda one: float(one.semi_major_axis_m * (1.0 + one.eccentricity)) < 9e7),
    st.sampled_from(["RTN", "TNW", ""]),
    st.floats(0.01, 100.0),
)
def test_the_uncertainty_given_covers_its_own_and_the_error_that_rounding_made(elements, frame, larger):
    matrix = larger**2 * state().covariance.covariance_si
    told = state(elements, covariance=StateCovariance(frame=frame, covariance_si=matrix))
    coarse = reduce_state(told, WANTED)
    before = np.array(told.position_m), np.array(told.velocity_m_s)
    after_s = (coarse.epoch_tai_ns - told.epoch_tai_ns) / 1e9
    led = carried_covariance("GCRF", *before, steady_covariance("GCRF", *before, frame, matrix), after_s)
    there = carried("GCRF", *before, after_s)
    error = np.concatenate(
        [
            np.subtract(coarse.position_m, there.position_m),
            np.subtract(coarse.velocity_m_s, there.velocity_m_s),
        ]
    )
    given_si = coarse.covariance.covariance_si
    scale = np.sqrt(np.diag(given_si))
    beyond = (given_si - led - np.outer(error, error)) / np.outer(scale, scale)
    assert np.linalg.eigvalsh(beyond).min() > -1e-9


def test_the_shape_of_the_uncertainty_does_not_tell_who_saw_it():
    covariance = reduce_state(state(), WANTED).covariance.covariance_si
    sigmas = np.sqrt(np.diag(covariance))
    assert np.array_equal(covariance, np.diag(np.diag(covariance)))
    assert np.unique(sigmas[:3]).size == np.unique(sigmas[3:]).size == 1
    assert np.array_equal(np.mod(sigmas[[0, 3]], [GRID_M, GRID_M_S]), [0.0, 0.0])


def test_an_uncertainty_without_a_grid_is_not_told():
    assert reduce_state(state(), wanted(sigma_position_m=None)).covariance is None


def test_an_uncertainty_in_axes_nobody_knows_is_refused():
    odd = StateCovariance(frame="LVLH_ODD", covariance_si=np.eye(6))
    with pytest.raises(CannotReduce, match="LVLH_ODD"):
        reduce_state(state(covariance=odd), WANTED)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"frame": "MARS_INERTIAL"}, "MARS_INERTIAL"), ({"centre": "MOON"}, "MOON"), ({}, "velocity")],
)
def test_a_state_that_cannot_be_told_as_asked_is_refused(changes, said):
    without = frozenset({"velocity"}) if not changes else frozenset()
    with pytest.raises(CannotReduce, match=said):
        reduce_state(state(**changes), wanted(without=without))


@pytest.mark.parametrize(("after_s", "is_refused"), [(3.0, True), (30.0, False), (-1.0, False)])
def test_no_state_is_carried_over_a_burn(after_s, is_refused):
    burn = Manoeuvre(
        ignition_tai_ns=EPOCH_TAI_NS + round(after_s * 1e9),
        duration_s=0.0,
        mass_change_kg=None,
        frame="RTN",
        velocity_change_m_s=None,
    )
    # The next full minute is 13 s away.
    told = state(manoeuvres=(burn,))
    if is_refused:
        with pytest.raises(CannotReduce, match="burn"):
            reduce_state(told, WANTED)
    else:
        assert reduce_state(told, WANTED).manoeuvres == ()


def test_an_ephemeris_keeps_one_row_for_each_minute_where_the_object_was_then():
    told = table(121, 10.0)
    coarse = reduce_ephemeris(told, WANTED)
    after_s = (coarse.epoch_tai_ns - EPOCH_TAI_NS) / 1e9
    position_m, velocity_m_s = truth(after_s)
    assert np.array_equal(np.diff(coarse.epoch_tai_ns), np.full(len(coarse) - 1, 60 * SECOND_NS))
    assert len(coarse) == 20
    assert np.abs(coarse.position_m - position_m).max() <= GRID_M / 2.0 + 1e-3
    assert np.abs(coarse.velocity_m_s - velocity_m_s).max() <= GRID_M_S / 2.0 + 1e-6
    assert (coarse.interpolation, coarse.originator, coarse.comments) == ("", "NL", ("MARKING NL: DE",))


def test_the_uncertainties_of_an_ephemeris_are_thinned_and_widened_like_its_rows():
    coarse = reduce_ephemeris(table(121, 10.0), WANTED)
    epochs = coarse.covariances.epoch_tai_ns
    assert all(later > earlier for earlier, later in pairwise(epochs.tolist()))
    assert set(epochs.tolist()) <= set(coarse.epoch_tai_ns.tolist())
    assert np.diagonal(coarse.covariances.covariance_si, axis1=1, axis2=2)[:, :3].min() >= GRID_M**2


def test_rows_younger_than_the_delay_are_cut_off():
    told = table(121, 10.0)
    cut = replace(WANTED, youngest_tai_ns=EPOCH_TAI_NS + 600 * SECOND_NS)
    coarse = reduce_ephemeris(told, cut)
    assert coarse.stop_tai_ns <= cut.youngest_tai_ns
    assert np.array_equal(coarse.position_m, reduce_ephemeris(told, WANTED).position_m[: len(coarse)])
    with pytest.raises(CannotReduce, match="old enough"):
        reduce_ephemeris(told, replace(WANTED, youngest_tai_ns=EPOCH_TAI_NS))


def test_no_row_is_carried_out_of_its_table_where_a_burn_may_be():
    coarse = reduce_ephemeris(table(121, 10.0), WANTED)
    assert EPOCH_TAI_NS <= coarse.start_tai_ns <= coarse.stop_tai_ns <= EPOCH_TAI_NS + 1200 * SECOND_NS
    with pytest.raises(CannotReduce, match="within the ephemeris"):
        reduce_ephemeris(table(2, 1.0), WANTED)


def fitted_m(position_m, velocity_m_s, after_s):
    """Return the positions that somebody finds who lays one motion through rounded rows."""
    rounded = np.hstack([position_m / GRID_M, velocity_m_s / GRID_M_S])
    guess, step = np.concatenate([position_m[0], velocity_m_s[0]]), np.repeat([10.0, 0.01], 3)
    for _ in range(4):
        trial = np.vstack([guess, guess + np.diag(step)])
        along_m, along_m_s = oblate_states(trial[:, :3], trial[:, 3:], after_s)
        rows = np.concatenate([along_m / GRID_M, along_m_s / GRID_M_S], axis=-1).reshape(7, -1)
        slopes = (rows[1:] - rows[0]).T / step
        guess = guess + np.linalg.lstsq(slopes, rounded.ravel() - rows[0], rcond=None)[0]
    return oblate_states([guess[:3]], [guess[3:]], after_s)[0][0]


def test_many_rows_of_one_motion_tell_more_and_the_dry_run_says_how_much():
    told = table(641, 6.0)
    coarse = reduce_ephemeris(told, WANTED)
    after_s = (coarse.epoch_tai_ns - coarse.epoch_tai_ns[0]) / 1e9
    true_m, _ = truth((coarse.epoch_tai_ns - EPOCH_TAI_NS) / 1e9)
    off_m = fitted_m(coarse.position_m, coarse.velocity_m_s, after_s) - true_m
    found_m = float(np.sqrt((off_m**2).sum(axis=-1).mean()))
    said_m = GRID_M / np.sqrt(4.0 * len(coarse))
    assert len(coarse) == 64
    assert said_m / 2.0 < found_m < 2.0 * said_m
    (warning,) = [one for one in told_of((told,), (coarse,), COARSE) if one.rule is Rule.TOGETHER]
    assert warning.after == "64 rows together give away a position to about 62.5 m"


def test_the_same_motion_told_from_other_rows_gives_the_same_bytes():
    # What an owner releases anew after a new determination is another item; the same motion is not.
    once = reduce_ephemeris(table(121, 10.0), WANTED)
    finer = reduce_ephemeris(table(241, 5.0), WANTED)
    assert np.array_equal(once.position_m, finer.position_m)
    assert np.array_equal(once.velocity_m_s, finer.velocity_m_s)
