"""Does the table of approaches say of each one what the kernels and the catalogue say?"""

import numpy as np
import pytest

from baken.assess.conjunction.conjunction_table import COLUMNS, Circumstances
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.assess.conjunction.finding import AttentionRule, findings_of
from baken.assess.conjunction.probability import alfriend_1999_maximum
from baken.catalogue.motion import motion_of
from baken.records.event import is_same_happening
from baken.records.marking import Marking
from tests.makers import DAY_NS, EPOCH_TAI_NS, crossing_pair, element_set, picture_of, window_of_hours

PUBLISHED_DIGITS = 1e-9
METRE_M = 1.0


def seen(*element_sets, hours=3.0, **settings):
    picture = picture_of(*element_sets)
    detector = ConjunctionDetector(**settings)
    return detector.detect(picture, motion_of(element_sets), window_of_hours(hours), run=map)


@pytest.fixture(scope="module")
def crossing():
    return seen(*crossing_pair())


def test_every_column_of_the_contract_is_there(crossing):
    assert tuple(crossing.table.columns) == COLUMNS
    assert {"primary_norad_cat_id", "tca_utc", "miss_radial_m", "max_probability", "primary_age_h"} <= set(
        COLUMNS
    )


def test_the_made_encounter_is_found_where_it_was_made(crossing):
    nearest = crossing.table.sort("miss_distance_m").row(0, named=True)
    assert nearest["miss_distance_m"] < 5.0 * METRE_M
    assert abs(nearest["tca_tai_ns"] - EPOCH_TAI_NS - 600e9) < 1e9


def test_radial_transverse_and_normal_make_up_the_miss(crossing):
    parts = crossing.table.select("miss_radial_m", "miss_transverse_m", "miss_normal_m").to_numpy()
    miss_m = crossing.table["miss_distance_m"].to_numpy()
    assert np.allclose(np.linalg.norm(parts, axis=1), miss_m, rtol=PUBLISHED_DIGITS)


def test_a_probability_is_never_above_its_ceiling_for_the_same_shape(crossing):
    # The ceiling holds for one shape of covariance; far misses are where another shape may pass it.
    assert (crossing.table["max_probability"] <= 1.0).all()
    assert (crossing.table["probability"].drop_nulls() <= 1.0).all()


def test_age_is_that_of_the_elements_at_the_approach():
    first, second = crossing_pair()
    row = seen(first, second).table.sort("miss_distance_m").row(0, named=True)
    assert row["primary_age_h"] == pytest.approx(1.0 / 6.0, abs=1e-3)


def test_elements_that_are_too_old_have_a_ceiling_and_no_estimate():
    first, second = crossing_pair(epoch_tai_ns=EPOCH_TAI_NS - 20 * DAY_NS)
    table = seen(first, second, miss_threshold_m=3e6, hours=6.0).table
    assert len(table) > 0
    assert table["probability"].is_null().all()
    assert table["max_probability"].is_not_null().all()
    assert set(table["probability_region"]) == {"undetermined"}


def test_a_measured_size_takes_the_place_of_a_default():
    sizes = Circumstances(known_radius_m={900_001: 0.5, 900_002: 0.25})
    row = seen(*crossing_pair(), circumstances=sizes).table.sort("miss_distance_m").row(0, named=True)
    assert row["hard_body_radius_m"] == 0.75
    assert row["hard_body_source"] == "size data + size data"


def test_the_ceiling_follows_the_square_of_the_size():
    small, large = (
        seen(*crossing_pair(), circumstances=Circumstances(known_radius_m={900_001: r, 900_002: r})).table
        for r in (0.01, 0.02)
    )
    far = small["miss_distance_m"].to_numpy() > 100.0
    ratio = large["max_probability"].to_numpy()[far] / small["max_probability"].to_numpy()[far]
    assert np.allclose(ratio, 4.0, rtol=1e-3)
    assert alfriend_1999_maximum([100.0, 0.0], [100.0, 300.0], 0.02) == pytest.approx(
        4.0 * alfriend_1999_maximum([100.0, 0.0], [100.0, 300.0], 0.01)
    )


def test_two_that_travel_together_are_one_happening_in_company():
    first, second = (
        element_set(900_001),
        element_set(900_002, mean_anomaly_rad=element_set().mean_anomaly_rad + 2e-4),
    )
    detection = seen(first, second, hours=12.0)
    assert detection.table["in_company"].all()
    (finding,) = detection.findings
    assert finding.measure("in_company") == 1
    assert finding.measure("n_approaches") == len(detection.table) > 1
    assert "in company" in finding.because
    assert finding.start_tai_ns < finding.end_tai_ns


def test_docked_objects_have_no_probability_and_stand_last():
    detection = seen(*crossing_pair(), element_set(900_003), element_set(900_004), hours=12.0)
    assert [finding.measure("in_company") for finding in detection.findings] == [0, 1]
    docked = detection.findings[-1]
    assert docked.measure("miss_distance_m") == 0.0
    assert docked.measure("max_probability") is None


def test_a_pair_that_meets_revolution_after_revolution_is_one_happening():
    detection = seen(*crossing_pair(), attention=AttentionRule(probability=0.0, max_probability=0.0))
    assert len(detection.table) > 1
    (finding,) = detection.findings
    assert finding.measure("n_approaches") == len(detection.table)
    assert finding.measure("miss_distance_m") < 5.0 * METRE_M


def test_the_rule_that_shows_an_encounter_is_told_with_it(crossing):
    (finding,) = crossing.findings
    assert "estimate ≥ 0.0001" in finding.because
    assert dict(finding.lineage.settings)["probability"] == "0.0001"


def test_a_rule_nobody_meets_shows_nothing(crossing):
    impossible = AttentionRule(probability=2.0, max_probability=2.0, max_probability_alone=2.0)
    picture = picture_of(*crossing_pair())
    assert findings_of(crossing.table, picture, impossible, Circumstances()) == ()


def test_a_finding_may_be_seen_only_by_those_who_may_see_both_orbits():
    first, second = crossing_pair()
    nl = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    fr = Marking(owner="FR", releasable_to=frozenset({"DE"}))
    marked = crossing_pair(marking=nl)
    other = crossing_pair(marking=fr)
    detection = seen(marked[0], other[1])
    assert detection.findings[0].marking.releasable_to == {"DE"}
    assert set(detection.table["marking"]) == {"DE; FROM:FR; FROM:NL"}
    assert seen(first, second).findings[0].marking.is_most_restrictive


def test_the_same_happening_is_known_again_in_newer_elements():
    (before,) = seen(*crossing_pair()).findings
    first, second = crossing_pair()
    (after,) = seen(
        first,
        element_set(
            900_002,
            **{
                name: getattr(second, name)
                for name in ("inclination_rad", "mean_anomaly_rad", "raan_rad", "mean_motion_rad_s")
            },
            argument_of_perigee_rad=second.argument_of_perigee_rad + 1e-6,
        ),
    ).findings
    assert before.digest != after.digest
    assert is_same_happening(before, after)


def test_primaries_are_screened_against_all_and_nobody_else():
    first, second = crossing_pair()
    others = element_set(900_003), element_set(900_004)
    detection = seen(first, second, *others, primaries=frozenset({first.identity.object_id}), hours=12.0)
    assert set(detection.table["primary_object_id"]) == {first.identity.object_id}


def test_an_empty_sky_has_an_empty_table_with_all_its_columns():
    detection = seen(element_set(900_001))
    assert detection.findings == ()
    assert tuple(detection.table.columns) == COLUMNS
    assert len(detection.table) == 0
