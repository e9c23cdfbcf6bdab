"""Does the answer to why a pair was not reported agree with what a screening reports?"""

import pytest

from baken.assess.conjunction.detector import ConjunctionDetector
from baken.operations.assess_picture import assess_picture
from baken.operations.explain_pair import explain_pair
from tests.makers import crossing_pair, element_set, picture_of, window_of_hours

MILLIMETRE_M = 1e-3
HIGHER_RAD_S = 9.0e-4
THRESHOLD_M = 5_000.0


@pytest.fixture(scope="module")
def picture():
    return picture_of(*crossing_pair(), element_set(900_003, mean_motion_rad_s=HIGHER_RAD_S))


def ids(picture, *numbers):
    known = {es.identity.norad_cat_id: es.identity.object_id for es in picture.element_sets}
    return tuple(known[number] for number in numbers)


def test_a_reported_pair_is_said_to_be_reported_with_the_figure_of_the_screening(picture):
    window = window_of_hours(3.0)
    assessment = assess_picture(picture, window, [ConjunctionDetector()], run=map)
    nearest_m = assessment.detections[0].table["miss_distance_m"].min()
    explained = explain_pair(picture, ids(picture, 900_001, 900_002), window, miss_threshold_m=THRESHOLD_M)
    assert explained.answer.reason == "reported"
    assert abs(explained.answer.closest_m - nearest_m) < MILLIMETRE_M


def test_a_pair_apart_in_height_is_said_to_be_so_whichever_is_named_first(picture):
    for numbers in ((900_001, 900_003), (900_003, 900_001)):
        explained = explain_pair(
            picture, ids(picture, *numbers), window_of_hours(3.0), miss_threshold_m=THRESHOLD_M
        )
        assert explained.answer.reason == "apart in height"
        assert explained.first.identity.norad_cat_id == numbers[0]


def test_an_object_that_is_not_in_the_picture_is_a_mistake_of_the_caller(picture):
    with pytest.raises(ValueError, match="OBJ-NOBODY is not in this picture"):
        explain_pair(
            picture,
            (picture.element_sets[0].identity.object_id, "OBJ-NOBODY"),
            window_of_hours(1.0),
            miss_threshold_m=THRESHOLD_M,
        )
