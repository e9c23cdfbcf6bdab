"""Does a week of Envisat against the catalogue of 2013-10-23 agree with STK, encounter for encounter?

The table is an AdvCAT report: every approach below 20 km, times to a millisecond, ranges to a millimetre.
python-sgp4 alone gives all 401 of them to 0.6 ms and 1.6 mm, and not one more, between these two instants.
"""

import csv

import numpy as np
import pytest

from tests.assess.conjunction.accounts import compare
from tests.assess.conjunction.oracle import NS_A_SECOND, Encounter, encounters, sgp4_bodies, tai_ns
from tests.assess.conjunction.seen import encounters_seen
from tests.assess.conjunction.skies import read_three_lines

ENVISAT = 27386
AUTHORITY = "STK AdvCAT, Envisat against the catalogue of 2013-10-23, one week"
START_TAI_NS, END_TAI_NS = tai_ns("2013-10-23T03:58:20.414"), tai_ns("2013-10-30T00:00:00")
THRESHOLD_M = 20_000.0
# Mean heights are some 10 km off the true ones; who never comes nearer than this is left out.
OUT_OF_REACH_M = 100_000.0
TCA_TOLERANCE_S = 2e-3
MISS_TOLERANCE_M = 1.0
# STK printed 744.352 m where python-sgp4 finds 744.3505 m; all else is rounding.
ORACLE_TCA_TOLERANCE_S = 0.6e-3
ORACLE_MISS_TOLERANCE_M = 2e-3


@pytest.fixture(scope="module")
def catalogue(shared_data):
    """Return the objects that can come near Envisat's height; the whole catalogue gives the same, slower."""
    whole = read_three_lines(shared_data / "catalogue" / "spaceTrack3LEs_23_10_2013.txt.gz")
    (envisat,) = np.nonzero(whole.norad_cat_id == ENVISAT)[0]
    lowest_m, highest_m = whole.perigee_radius_m[envisat], whole.apogee_radius_m[envisat]
    above = whole.perigee_radius_m > highest_m + OUT_OF_REACH_M
    below = whole.apogee_radius_m < lowest_m - OUT_OF_REACH_M
    return whole.rows(~(above | below))


@pytest.fixture(scope="module")
def stk(shared_data, catalogue):
    row_of = {number: row for row, number in enumerate(catalogue.norad_cat_id.tolist())}
    with (shared_data / "conjunction" / "envisat_stk_first_week.csv").open() as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return [
        Encounter(
            first=row_of[ENVISAT],
            second=row_of[int(row["secondary_norad"])],
            tca_tai_ns=tai_ns(row["tca_utc"].rstrip("Z")),
            miss_distance_m=1e3 * float(row["min_range_km"]),
            relative_speed_m_s=np.nan,
            kind="interior",
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def comparison(catalogue, stk):
    seen = encounters_seen(catalogue, START_TAI_NS, END_TAI_NS, THRESHOLD_M, primaries=[stk[0].first])
    return compare(stk, seen, THRESHOLD_M)


@pytest.mark.capability(
    "Screening: nothing missed, nothing extra",
    status="VALIDATED",
    authority=AUTHORITY,
)
def test_every_approach_of_envisat_that_stk_reports_is_found_and_no_other(comparison, deviation):
    assert len(comparison.matched) == 401
    assert sum(true.miss_distance_m < 5_000.0 for true, _ in comparison.matched) == 25
    deviation(len(comparison.missed) + len(comparison.extra), "encounters", 0)


@pytest.mark.capability("Screening: miss distance", status="VALIDATED", authority=AUTHORITY)
def test_the_miss_distances_of_envisat_agree_with_stk(comparison, deviation):
    deviation(comparison.largest_miss_m, "m", MISS_TOLERANCE_M)


@pytest.mark.capability("Screening: time of closest approach", status="VALIDATED", authority=AUTHORITY)
def test_the_times_of_closest_approach_of_envisat_agree_with_stk(comparison, deviation):
    deviation(comparison.largest_tca_apart_s, "s", TCA_TOLERANCE_S)


def test_the_oracle_agrees_with_stk_on_every_encounter_it_reports(catalogue, stk):
    for true in stk:
        # A minute about the instant: that there are no others took python-sgp4 five minutes, once.
        around = 30 * NS_A_SECOND
        pair = sgp4_bodies(catalogue.rows([true.first, true.second]))
        seen = encounters(pair, true.tca_tai_ns - around, true.tca_tai_ns + around, THRESHOLD_M)
        assert len(seen) == 1
        assert abs(seen[0].tca_tai_ns - true.tca_tai_ns) < ORACLE_TCA_TOLERANCE_S * NS_A_SECOND
        assert abs(seen[0].miss_distance_m - true.miss_distance_m) < ORACLE_MISS_TOLERANCE_M
