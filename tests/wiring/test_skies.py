"""Does a watch begin at the right hour, over the right sky?"""

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.catalogue.past import past_of
from baken.operations.taken_back import NOTHING_TAKEN_BACK
from baken.records.catalogue import Catalogue
from baken.records.marking import Realm
from baken.store.home import open_home
from baken.wiring.skies import DAY_NS, HOUR_NS, drawn_sky, simulated_sky, start_of_watch, stored_sky
from tests.makers import EPOCH_TAI_NS, element_set

SKY = Catalogue(element_sets=(element_set(epoch_tai_ns=EPOCH_TAI_NS + 17),))


def test_a_fresh_catalogue_is_watched_from_the_running_hour():
    now = EPOCH_TAI_NS + 3 * DAY_NS + HOUR_NS // 2
    start, remarks = start_of_watch(SKY, now_tai_ns=now)
    assert utc_text(start, 0) == "2026-03-04T00:00:00Z"
    assert remarks == ()


def test_an_old_catalogue_is_watched_at_its_own_date_and_that_is_said():
    start, (remark,) = start_of_watch(SKY, now_tai_ns=EPOCH_TAI_NS + 100 * DAY_NS)
    assert utc_text(start, 0) == "2026-03-01T01:00:00Z"
    assert remark.figures == (("days", 100),)


def test_a_catalogue_of_the_future_is_watched_at_its_own_date_too():
    start, (remark,) = start_of_watch(SKY, now_tai_ns=EPOCH_TAI_NS - 100 * DAY_NS)
    assert utc_text(start, 0) == "2026-03-01T01:00:00Z"
    assert remark.figures == (("days", 100),)


def test_hours_are_whole_in_utc_on_both_sides_of_a_leap_second():
    for day in ("2016-12-31T12:30:00Z", "2017-01-01T12:30:00Z"):
        sky = Catalogue(element_sets=(element_set(epoch_tai_ns=tai_ns_from_utc(day)),))
        start, _ = start_of_watch(sky, now_tai_ns=tai_ns_from_utc(day))
        assert utc_text(start, 0).endswith("T12:00:00Z")


def test_the_invented_sky_is_one_sky_all_day_long():
    morning = simulated_sky(now_tai_ns=tai_ns_from_utc("2026-03-01T06:10:00Z"), n_objects=20)
    evening = simulated_sky(now_tai_ns=tai_ns_from_utc("2026-03-01T23:50:00Z"), n_objects=20)
    assert morning.catalogue == evening.catalogue
    assert morning.digests == evening.digests
    assert evening.start_tai_ns - morning.start_tai_ns == 17 * HOUR_NS


def test_every_invented_record_names_the_recipe_it_was_drawn_from():
    drawn = drawn_sky(seed=3, n_objects=20, epoch_tai_ns=EPOCH_TAI_NS)
    assert len({source for es in drawn.element_sets for source in es.lineage.sources}) == 1
    other = drawn_sky(seed=4, n_objects=20, epoch_tai_ns=EPOCH_TAI_NS)
    assert other.element_sets[0].lineage.sources != drawn.element_sets[0].lineage.sources


def test_a_stored_sky_has_the_same_past_as_the_files_it_came_from(tmp_path):
    sets = [
        element_set(
            n, epoch_tai_ns=EPOCH_TAI_NS - days * DAY_NS - n, mean_motion_rad_s=16.0 / 86_400.0 * 6.28
        )
        for days in (30, 20, 1)
        for n in range(9)
    ]
    store = open_home(tmp_path).store
    store.add_element_sets(sets, source="here", at_tai_ns=EPOCH_TAI_NS)
    sky = stored_sky(store, realm=Realm.REAL, now_tai_ns=EPOCH_TAI_NS, taken_back=NOTHING_TAKEN_BACK)
    store.close()
    past = past_of(Catalogue(element_sets=tuple(sets)), start_tai_ns=sky.start_tai_ns)
    assert len(past.element_sets) == 9
    assert len(past.histories) == 27
    assert (sky.picture().past.element_sets, sky.past.histories) == (past.element_sets, past.histories)
