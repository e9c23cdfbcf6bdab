"""Does a coarse warning follow from its two rounded states, and tell no more than they do?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.formats import cdm_json, cdm_kvn, cdm_xml
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.precision import EXACT
from baken.share.reduce_conjunction import reduce_conjunction
from baken.share.wanted import CannotReduce
from tests.share.states import COARSE, WANTED

CDM = Path(__file__).parent.parent / "authorities" / "ccsds" / "conjunction.cdm"
SECOND_NS = 1_000_000_000


def message() -> ConjunctionMessage:
    (record,) = cdm_kvn.read(CDM.read_bytes()).records
    return record


def apart_m(told: ConjunctionMessage) -> np.ndarray:
    return np.subtract(told.second.position_m, told.first.position_m)


def apart_m_s(told: ConjunctionMessage) -> np.ndarray:
    return np.subtract(told.second.velocity_m_s, told.first.velocity_m_s)


def nearest_after_s(told: ConjunctionMessage) -> float:
    """Return when two straight paths are nearest, counted from the time a message names."""
    return float(-apart_m(told) @ apart_m_s(told) / (apart_m_s(told) @ apart_m_s(told)))


def test_miss_speed_and_relative_state_are_those_of_the_rounded_states():
    coarse = reduce_conjunction(message(), WANTED)
    assert coarse.miss_distance_m == pytest.approx(np.linalg.norm(apart_m(coarse)))
    assert coarse.relative_speed_m_s == pytest.approx(np.linalg.norm(apart_m_s(coarse)))
    assert np.linalg.norm(coarse.relative_position_rtn_m) == pytest.approx(coarse.miss_distance_m)
    for one in (coarse.first, coarse.second):
        assert np.array_equal(np.mod(one.position_m, 1000.0), np.zeros(3))
        assert np.array_equal(np.mod(one.velocity_m_s, 1.0), np.zeros(3))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from([10.0, 100.0, 1000.0, 10_000.0]))
def test_the_time_of_closest_approach_is_told_no_better_than_the_states_tell_it(later_ns, grid_m):
    told = replace(message(), tca_tai_ns=message().tca_tai_ns + later_ns)
    coarse = reduce_conjunction(told, replace(WANTED, precision=replace(COARSE, position_m=grid_m)))
    moved_s = (coarse.tca_tai_ns - told.tca_tai_ns) / SECOND_NS
    speed_m_s = np.linalg.norm(apart_m_s(told))
    # Rounded to a power of ten of at least what the grid of position is worth: the message names a time ...
    assert abs(moved_s) <= 0.5 * max(1e-3, 10.0 * grid_m / speed_m_s)
    assert coarse.tca_tai_ns % 1_000_000 == 0
    # ... from which its states are nearest within what rounding them is worth.
    assert abs(nearest_after_s(coarse) + moved_s) <= np.sqrt(3.0) * grid_m / speed_m_s + 1e-3


def test_a_finer_grid_of_instants_than_the_states_give_away_is_kept():
    coarse = reduce_conjunction(message(), replace(WANTED, precision=replace(COARSE, epoch_s=0.01)))
    assert coarse.tca_tai_ns % 10_000_000 == 0
    assert abs(coarse.tca_tai_ns - message().tca_tai_ns) <= 5_000_000


def test_exact_states_with_a_rounded_time_are_refused():
    with pytest.raises(CannotReduce, match="round positions"):
        reduce_conjunction(message(), replace(WANTED, precision=replace(COARSE, position_m=EXACT)))


def test_a_probability_goes_only_when_it_is_kept_and_to_its_digits():
    assert reduce_conjunction(message(), WANTED).collision_probability is None
    keep = frozenset({"collision_probability"})
    kept = reduce_conjunction(message(), replace(WANTED, precision=replace(COARSE, keep=keep)))
    assert (kept.collision_probability, kept.collision_probability_method) == (4.8e-5, "FOSTER-1992")
    silent = replace(COARSE, keep=keep, significant_digits=None)
    with pytest.raises(CannotReduce, match="digits"):
        reduce_conjunction(message(), replace(WANTED, precision=silent))


def test_covariances_are_round_and_no_smaller_than_they_were():
    told, coarse = message(), reduce_conjunction(message(), WANTED)
    for before, after in ((told.first, coarse.first), (told.second, coarse.second)):
        scale = np.sqrt(np.diag(after.covariance_rtn_si))
        beyond = (after.covariance_rtn_si - before.covariance_rtn_si[:6, :6]) / np.outer(scale, scale)
        assert np.linalg.eigvalsh(beyond).min() > 0.0
        assert np.unique(scale).size == 2


@pytest.mark.parametrize("changes", [{"sigma_position_m": None}, {"without": frozenset({"covariance"})}])
def test_a_warning_without_covariances_is_refused(changes):
    with pytest.raises(CannotReduce, match="covariance"):
        reduce_conjunction(message(), replace(WANTED, precision=replace(COARSE, **changes)))


def test_a_warning_younger_than_the_delay_is_refused():
    with pytest.raises(CannotReduce, match="younger"):
        reduce_conjunction(message(), replace(WANTED, youngest_tai_ns=message().tca_tai_ns - 1))


@pytest.mark.parametrize("form", [cdm_kvn, cdm_xml, cdm_json])
def test_who_can_be_called_how_it_was_found_and_how_large_it_is_are_in_no_form(form):
    told = form.write([reduce_conjunction(message(), WANTED)]).decode()
    words = ("duty@example.org", "OBS_USED", "AREA_PC", "HBR", "SCREEN", "EGM", "12.5", "COLLISION_PROB")
    assert [word for word in words if word in told] == []
