"""Does a picture know what flew before it, and nothing that it was not told?"""

from hypothesis import given
from hypothesis import strategies as st

from baken.catalogue.past import LONGEST_NS, instant_of_past, is_low, past_of
from baken.catalogue.picture import digest_of_picture, draw_picture
from baken.records.catalogue import Catalogue
from baken.records.orbit import Theory
from tests.makers import DAY_NS, EPOCH_TAI_NS, HOUR_NS, REVOLUTION_A_DAY_RAD_S, element_set

LOW_RAD_S = 16.0 * REVOLUTION_A_DAY_RAD_S  # 270 km


def low(norad_cat_id, days_ago, **changes):
    epoch = EPOCH_TAI_NS - round(days_ago * DAY_NS)
    return element_set(norad_cat_id, epoch_tai_ns=epoch, mean_motion_rad_s=LOW_RAD_S, **changes)


def sky_of_twenty(days_ago):
    """A catalogue as it comes: sets of different ages, the youngest of that day."""
    return [
        element_set(n, epoch_tai_ns=EPOCH_TAI_NS - round(days_ago * DAY_NS) - n * HOUR_NS)
        for n in range(1, 21)
    ]


def test_two_catalogues_weeks_apart_tell_what_is_new():
    newcomer = element_set(99)
    catalogue = Catalogue(element_sets=(*sky_of_twenty(20), *sky_of_twenty(0), newcomer))
    past = past_of(catalogue, start_tai_ns=EPOCH_TAI_NS)
    then = {es.identity.norad_cat_id for es in past.element_sets}
    assert then == set(range(1, 21))
    assert past.as_of_tai_ns == max(es.epoch_tai_ns for es in past.element_sets)
    assert all(es.epoch_tai_ns <= past.as_of_tai_ns for es in past.element_sets)


def test_one_catalogue_has_no_past():
    assert past_of(Catalogue(element_sets=tuple(sky_of_twenty(0))), start_tai_ns=EPOCH_TAI_NS) is None
    assert past_of(Catalogue(element_sets=()), start_tai_ns=EPOCH_TAI_NS) is None


def test_a_past_lies_no_more_than_six_weeks_back_where_somebody_kept_watch():
    watched = [element_set(1, epoch_tai_ns=EPOCH_TAI_NS - days * DAY_NS) for days in range(300)]
    catalogue = Catalogue(element_sets=(*sky_of_twenty(300), *watched, *sky_of_twenty(0)))
    assert past_of(catalogue, start_tai_ns=EPOCH_TAI_NS).as_of_tai_ns == EPOCH_TAI_NS - LONGEST_NS


def test_a_past_is_as_old_as_what_was_known_where_nobody_did():
    catalogue = Catalogue(element_sets=(*sky_of_twenty(300), *sky_of_twenty(0)))
    past = past_of(catalogue, start_tai_ns=EPOCH_TAI_NS)
    assert past.as_of_tai_ns == EPOCH_TAI_NS - 300 * DAY_NS - HOUR_NS


def test_a_few_days_of_sets_are_a_history_and_no_sky_of_before():
    sets = [low(1, days) for days in (2.0, 1.0, 0.0)]
    past = past_of(Catalogue(element_sets=tuple(reversed(sets))), start_tai_ns=EPOCH_TAI_NS)
    assert past.histories == tuple(sets)
    assert past.element_sets == ()


def test_a_history_holds_low_objects_that_can_be_moved_each_epoch_once():
    first, again = low(1, 1.0), low(1, 1.0, created_tai_ns=EPOCH_TAI_NS)
    strange = low(1, 0.5, theory=Theory.SGP4_XP, ephemeris_type=4)
    high = [element_set(2, epoch_tai_ns=EPOCH_TAI_NS - n * HOUR_NS) for n in range(3)]
    ahead, last = low(1, -1.0), low(1, 0.0)
    catalogue = Catalogue(element_sets=(again, first, strange, *high, ahead, last))
    assert past_of(catalogue, start_tai_ns=EPOCH_TAI_NS).histories == (again, last)


def test_what_falls_soon_is_low_and_a_geostationary_satellite_is_not():
    assert is_low(low(1, 0.0))
    assert is_low(element_set(mean_motion_rad_s=2.3 * REVOLUTION_A_DAY_RAD_S, eccentricity=0.73))
    assert not is_low(element_set())


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.randoms())
def test_the_past_does_not_depend_on_the_order_of_its_sources(days, luck):
    sets = [low(1 + n % 5, day) for n, day in enumerate(days)]
    shuffled = list(sets)
    luck.shuffle(shuffled)
    one, other = (
        past_of(Catalogue(element_sets=tuple(some)), start_tai_ns=EPOCH_TAI_NS) for some in (sets, shuffled)
    )
    assert one == other


def test_a_picture_with_another_past_is_another_picture():
    catalogue = Catalogue(element_sets=(low(1, 1.0), low(1, 0.0)))
    alone = draw_picture(catalogue, as_of_tai_ns=EPOCH_TAI_NS)
    past = past_of(catalogue, start_tai_ns=EPOCH_TAI_NS)
    with_past = draw_picture(catalogue, as_of_tai_ns=EPOCH_TAI_NS, past=past)
    assert digest_of_picture(alone) != digest_of_picture(with_past)


def test_without_any_object_there_is_no_instant_to_compare_with():
    assert instant_of_past([], start_tai_ns=EPOCH_TAI_NS) is None
