"""Is a decision map drawn the same by everybody, whatever it holds?"""

from dataclasses import replace

import numpy as np
import pytest

from baken.astro.time import tai_ns_from_utc
from baken.records.avoidance import BurnDirection, DecisionMap
from baken.report.decision_map import draw_decision_map

TCA_TAI_NS = tai_ns_from_utc("2026-03-03T12:00:00Z")
HOUR_NS = 3_600_000_000_000


def made(after: np.ndarray) -> DecisionMap:
    n_burns, n_burn_sizes = after.shape[1:]
    return DecisionMap(
        norad_cat_id=900_001,
        name="MADE",
        tca_tai_ns=TCA_TAI_NS,
        probability_before=1e-4,
        miss_distance_before_m=100.0,
        probability_wanted=1e-6,
        directions=tuple(BurnDirection),
        burn_tai_ns=tuple(TCA_TAI_NS - (n_burns - k) * HOUR_NS for k in range(n_burns)),
        delta_v_m_s=tuple(np.geomspace(0.01, 1.0, n_burn_sizes).tolist()),
        probability_after=tuple(tuple(map(tuple, plane)) for plane in after.tolist()),
        miss_distance_after_m=tuple(tuple(map(tuple, plane)) for plane in after.tolist()),
        latest_tai_ns=None,
        options=(),
        assumptions=(),
    )


def sloping() -> np.ndarray:
    burn, size = np.meshgrid(np.arange(12), np.arange(9), indexing="ij")
    return np.stack([10.0 ** -(3.0 + 0.3 * k + 0.2 * burn + 0.3 * size) for k in range(6)])


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_equal_maps_give_equal_bytes_without_a_date(form, begins) -> None:
    drawn = draw_decision_map(made(sloping()), form)
    assert drawn.startswith(begins)
    assert drawn == draw_decision_map(made(sloping()), form)
    assert b"dc:date" not in drawn


def test_the_drawing_says_that_it_is_a_what_if_and_that_nothing_is_preferred() -> None:
    text = draw_decision_map(made(sloping()), "svg").decode()
    assert "HYPOTHETICAL" in text
    assert "none preferred" in text
    assert all(str(direction) in text for direction in BurnDirection)


@pytest.mark.parametrize("value", [0.0, 1.0, 1e-300, np.nan])
def test_a_map_of_one_value_everywhere_is_drawn_too(value: float) -> None:
    assert draw_decision_map(made(np.full((6, 8, 5), value)), "svg")


def test_a_panel_that_never_reaches_what_is_wanted_says_so() -> None:
    assert b"nowhere at or below" in draw_decision_map(made(np.full((6, 8, 5), 1e-3)), "svg")
    assert b"nowhere at or below" not in draw_decision_map(made(np.full((6, 8, 5), 1e-9)), "svg")


def test_no_probability_now_can_be_drawn() -> None:
    assert draw_decision_map(replace(made(sloping()), probability_before=0.0), "svg")
