"""Does an outlook keep what is known apart from what is not, and move its box with the object?"""

import numpy as np
import pytest

from baken.assess.reentry.messages import Sender, message_of
from baken.assess.reentry.outlook import THRESHOLD_FRACTION, AskedOutlook, outlook_of
from baken.assess.reentry.regions import inside, members_for
from baken.formats.rdm_kvn import read, write
from baken.records.region import PopulationGrid, Region, RegionKind
from tests.reentries import INCLINATION_RAD, prediction

N_MEMBERS = members_for(THRESHOLD_FRACTION)


def band(code, south_deg, north_deg, west_deg=-180.0, width_deg=120.0):
    corners = [(west_deg, south_deg), (west_deg + width_deg, south_deg), (west_deg + width_deg, north_deg),
               (west_deg, north_deg)]  # fmt: skip
    return Region(
        kind=RegionKind.COUNTRY, code=code, name=code, polygons_rad=((np.radians(np.array(corners)),),)
    )


WHOLE_EARTH = tuple(
    band(f"{south}/{west}", south, south + 45.0, west)
    for south in (-90.0, -45.0, 0.0, 45.0)
    for west in (-180.0, -60.0, 60.0)
)


def grid(people_north, people_south):
    people = np.full((180, 360), float(people_south))
    people[:90] = people_north
    return PopulationGrid(people=people, north_rad=np.pi / 2, west_rad=-np.pi, cell_rad=np.pi / 180)


@pytest.mark.parametrize("n_still_up", [0, 250])
def test_the_probabilities_over_the_whole_earth_are_those_of_coming_down(n_still_up):
    made = outlook_of(prediction(n_still_up=n_still_up), AskedOutlook(regions=WHOLE_EARTH))
    assert sum(one.probability for one in made.regions) == pytest.approx(1_000 / (1_000 + n_still_up))
    assert all(one.probability <= one.touched_probability <= 1.0 for one in made.regions)
    for one in made.regions:
        assert sum(one.touched_over_time) == pytest.approx(one.touched_probability)


def test_fragments_reach_regions_the_object_never_passes():
    north = np.degrees(INCLINATION_RAD)
    just_beyond = band("BEYOND", north + 0.05, north + 0.25, 0.0)
    (one,) = outlook_of(prediction(n_members=5_000), AskedOutlook(regions=(just_beyond,))).regions
    assert one.probability == 0.0
    assert one.touched_probability > 0.0


def test_a_region_out_of_reach_is_clear_now_and_one_below_the_track_waits():
    far, near = outlook_of(
        prediction(), AskedOutlook(regions=(band("FAR", 60.0, 80.0), band("NEAR", 0.0, 50.0, 0.0)))
    ).regions
    assert far.is_clear
    assert (far.earliest_tai_ns, far.clear_from_tai_ns) == (None, None)
    assert not near.is_clear
    assert near.earliest_tai_ns < near.latest_tai_ns < near.clear_from_tai_ns


def test_who_may_still_be_up_keeps_everybody_waiting_but_whom_the_orbit_never_passes():
    regions = band("FAR", 60.0, 80.0), band("SEA", -1.0, 1.0, 100.0, 0.1)
    for n_members in (1_000, 0):
        made = outlook_of(prediction(n_members=n_members, n_still_up=500), AskedOutlook(regions=regions))
        far, sea = made.regions
        assert (far.can_be_reached, far.is_clear, far.clear_from_tai_ns) == (False, True, None)
        assert (sea.can_be_reached, sea.is_clear, sea.clear_from_tai_ns) == (True, False, None)


def test_the_all_clear_never_comes_before_the_last_of_a_few_that_may_still_come():
    made = outlook_of(prediction(n_members=N_MEMBERS), AskedOutlook(regions=WHOLE_EARTH))
    ensemble = made.prediction.ensemble
    for one in made.regions:
        if one.clear_from_tai_ns is not None:
            over = inside(ensemble.latitude_rad, ensemble.longitude_rad, *one.region.rings_rad)
            assert one.clear_from_tai_ns > ensemble.epoch_tai_ns[over].max()


def test_published_ensembles_can_speak_of_one_in_a_thousand():
    made = outlook_of(prediction(n_members=N_MEMBERS), AskedOutlook())
    assert made.threshold_fraction == THRESHOLD_FRACTION == pytest.approx(1e-3)


def test_a_region_that_waited_is_told_from_one_that_never_had_to():
    regions = band("FAR", 60.0, 80.0), band("NEAR", 0.0, 50.0, 0.0)
    asked = AskedOutlook(regions=regions, waited=frozenset({"COUNTRY:NEAR"}))
    assert [one.has_waited for one in outlook_of(prediction(), asked).regions] == [False, True]


def test_a_threshold_finer_than_the_ensemble_is_raised_to_what_it_can_tell():
    made = outlook_of(prediction(n_members=100), AskedOutlook(threshold_fraction=1e-5))
    assert made.threshold_fraction == pytest.approx(0.03)


def test_boxes_follow_the_object_through_its_window_without_a_gap():
    made = outlook_of(prediction(), AskedOutlook())
    assert made.boxes[0].start_tai_ns == made.prediction.window_start_tai_ns
    assert made.boxes[-1].end_tai_ns == made.prediction.window_end_tai_ns
    for one, after in zip(made.boxes, made.boxes[1:], strict=False):
        assert one.end_tai_ns == after.start_tai_ns
        assert one.clear_until_tai_ns - one.end_tai_ns == pytest.approx(made.footfall.fall_s * 1e9)
    track = made.prediction.track
    for box in made.boxes:
        during = (track.epoch_tai_ns > box.start_tai_ns) & (track.epoch_tai_ns < box.end_tai_ns)
        assert inside(track.latitude_rad[during], track.longitude_rad[during], box.ring_rad).all()


def test_a_window_of_days_and_a_short_track_have_no_boxes():
    assert outlook_of(prediction(sigma_s=80_000.0), AskedOutlook()).boxes == ()
    assert outlook_of(prediction(track=prediction(sigma_s=600.0).track), AskedOutlook()).boxes == ()


def test_more_people_and_more_mass_never_make_less_harm():
    few = outlook_of(prediction(), AskedOutlook(population=grid(1e4, 1e4), mass_kg=1_000.0)).casualties
    many = outlook_of(prediction(), AskedOutlook(population=grid(2e4, 1e4), mass_kg=1_000.0)).casualties
    heavy = outlook_of(prediction(), AskedOutlook(population=grid(1e4, 1e4), mass_kg=3_000.0)).casualties
    assert few.low < few.high
    assert few.low <= many.low
    assert few.high < many.high
    assert few.low < heavy.low
    assert few.high < heavy.high


@pytest.mark.parametrize("known", [{"mass_kg": 1_000.0}, {"population": grid(1.0, 1.0)}, {}])
def test_without_mass_or_people_no_harm_is_computed(known):
    assert outlook_of(prediction(), AskedOutlook(**known)).casualties is None


def test_a_message_to_another_centre_says_what_the_prediction_says():
    made = prediction()
    sender = Sender(originator="NL", message_id="NL-1", created_tai_ns=made.as_of_tai_ns)
    reading = read(write([message_of(made, sender)]))
    assert reading.deviations == ()
    (message,) = reading.records
    assert (message.reentry.nominal_tai_ns, message.what.identity.norad_cat_id) == (
        made.epoch_tai_ns,
        900_001,
    )
    assert message.reentry.window_confidence_fraction == pytest.approx(0.9)
    assert any("REALM REAL" in line for _, lines in message.comments for line in lines)
