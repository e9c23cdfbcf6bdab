"""Does a picture choose the orbit it says it chooses, and keep what it passed over?"""

import random

from hypothesis import given
from hypothesis import strategies as st

from baken.catalogue.age import age_of
from baken.catalogue.picture import catalogue_date, draw_picture, objects_left_out
from baken.records.catalogue import Catalogue
from baken.records.orbit import Theory
from tests.makers import DAY_NS, EPOCH_TAI_NS, HOUR_NS, element_set


def picture_of(*element_sets, as_of_tai_ns=EPOCH_TAI_NS):
    return draw_picture(Catalogue(element_sets=element_sets), as_of_tai_ns=as_of_tai_ns)


def test_the_latest_epoch_is_used_and_the_others_are_kept():
    old, new = element_set(1, epoch_tai_ns=EPOCH_TAI_NS - DAY_NS), element_set(1)
    (choice,) = picture_of(new, old).choices
    assert choice.chosen is new
    assert choice.passed_over == (old,)
    assert choice.because == "the latest epoch of 2"


def test_a_set_far_ahead_yields_to_one_of_the_present():
    present, ahead = element_set(1), element_set(1, epoch_tai_ns=EPOCH_TAI_NS + 9 * DAY_NS)
    assert picture_of(present, ahead).choices[0].chosen is present


def test_a_set_far_ahead_is_used_when_there_is_nothing_else_and_that_is_said():
    ahead = element_set(1, epoch_tai_ns=EPOCH_TAI_NS + 9 * DAY_NS)
    later = element_set(1, epoch_tai_ns=EPOCH_TAI_NS + 10 * DAY_NS)
    (choice,) = picture_of(ahead, later).choices
    assert choice.chosen is later
    assert "ahead" in choice.because


def test_of_two_sets_with_one_epoch_the_one_issued_last_is_used():
    first = element_set(1, created_tai_ns=EPOCH_TAI_NS)
    second = element_set(1, created_tai_ns=EPOCH_TAI_NS + HOUR_NS)
    assert picture_of(second, first).choices[0].chosen is second


def test_a_theory_that_cannot_be_moved_is_left_out_and_told():
    xp = element_set(1, theory=Theory.SGP4_XP, ephemeris_type=4)
    catalogue = Catalogue(element_sets=(xp, element_set(2)))
    assert len(draw_picture(catalogue, as_of_tai_ns=EPOCH_TAI_NS).choices) == 1
    assert objects_left_out(catalogue) == (xp,)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-100, 60)), min_size=1, max_size=30), st.randoms())
def test_a_picture_does_not_depend_on_the_order_of_the_catalogue(numbers, luck: random.Random):
    sets = [element_set(norad, epoch_tai_ns=EPOCH_TAI_NS + hours * HOUR_NS) for norad, hours in numbers]
    shuffled = list(sets)
    luck.shuffle(shuffled)
    assert picture_of(*sets).element_sets == picture_of(*shuffled).element_sets


def test_every_set_is_either_chosen_or_passed_over():
    sets = [element_set(1 + n % 3, epoch_tai_ns=EPOCH_TAI_NS + n) for n in range(10)]
    choices = picture_of(*sets).choices
    assert sum(1 + len(choice.passed_over) for choice in choices) == len(sets)


def test_a_few_sets_issued_for_days_ahead_do_not_date_a_catalogue():
    sets = [element_set(n, epoch_tai_ns=EPOCH_TAI_NS) for n in range(1, 200)]
    ahead = element_set(999, epoch_tai_ns=EPOCH_TAI_NS + 30 * DAY_NS)
    assert catalogue_date(Catalogue(element_sets=(*sets, ahead))) == EPOCH_TAI_NS


def test_age_is_told_at_the_instant_of_the_picture():
    age = age_of(picture_of(element_set(1), element_set(2, epoch_tai_ns=EPOCH_TAI_NS - 8 * DAY_NS)))
    assert (age.median_s, age.oldest_s, age.n_older_than_a_week) == (4 * 86_400.0, 8 * 86_400.0, 1)
