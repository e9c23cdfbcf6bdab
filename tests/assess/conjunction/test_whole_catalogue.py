"""Is nothing missed when the whole sky is looked at, every pair of it, if only for some minutes?

``benchmarks/nothing_missed.py`` asks the same of hours and days.
"""

import pytest

from tests.assess.conjunction.accounts import MISS_TOLERANCE_M, compare
from tests.assess.conjunction.oracle import (
    NS_A_DAY,
    NS_A_SECOND,
    encounters,
    sgp4_bodies,
    tai_ns,
    tree_pairs_within,
)
from tests.assess.conjunction.seen import encounters_seen
from tests.assess.conjunction.skies import read_omm_csv

THRESHOLD_M = 5_000.0
STEP_S = 4.0
LOOKS = {"the_first_minutes": (0.0, 2.0), "six_days_later": (6.0, 1.0)}  # days after the start; minutes


@pytest.fixture(scope="module")
def sky(shared_data):
    return read_omm_csv(shared_data / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.capability(
    "Screening: nothing missed, nothing extra",
    status="MODELLED",
    authority="brute force with python-sgp4 alone, all pairs of the catalogue of 2024-11-01, three minutes",
)
def test_nothing_is_missed_and_nothing_is_extra_in_the_whole_sky(look, sky, deviation):
    after_days, minutes = LOOKS[look]
    start = tai_ns("2024-11-01") + round(after_days * NS_A_DAY)
    end = start + round(minutes * 60 * NS_A_SECOND)
    truth = encounters(sgp4_bodies(sky), start, end, THRESHOLD_M, step_s=STEP_S, within=tree_pairs_within)
    comparison = compare(truth, encounters_seen(sky, start, end, THRESHOLD_M), THRESHOLD_M)
    assert len(comparison.matched) > 20
    assert comparison.missed == []
    assert comparison.extra == []
    assert comparison.largest_share_of_tca_tolerance <= 1.0
    deviation(comparison.largest_miss_m, "m", MISS_TOLERANCE_M)
