"""Does the console say of a fall what the project's own functions say, and to each only what he may see?"""

import json

import numpy as np
import pytest

from baken.assess.reentry.detector import ReentryDetector, longest_day
from baken.assess.reentry.outlook import AskedOutlook, outlook_of
from baken.astro.time import tai_ns_from_utc, utc_text
from baken.records.event import Window
from baken.records.marking import Realm
from baken.wiring.geography import regions_of_home
from tests.astro.falling import exponential_air
from tests.operations.two_worlds import NOT_FOR_HIM
from tests.web.happenings import DAYS, FALLING, NOW_TAI_NS, happen

N_WAYS = 100  # enough to compare, and soon followed down
DETECTOR = ReentryDetector(n_members=20)
DAY_NS = 86_400_000_000_000
TO_THE_MILLISECOND_NS = 1_000_000


@pytest.fixture(scope="module")
def simple_air():
    """What is shown does not hang on the air, whose table takes seconds to make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baken.assess.reentry.conditions.density_grid", lambda *_: exponential_air())
        patch.setattr("baken.wiring.falls_seen.N_WAYS", N_WAYS)
        yield


@pytest.fixture(scope="module")
def here(simple_air, tmp_path_factory):
    made = happen(tmp_path_factory.mktemp("falls") / "home", DETECTOR, orbits={})
    yield made
    made.home.store.close()


@pytest.fixture(scope="module")
def name(here):
    return str(here.event.event_id)


def test_a_list_tells_of_each_fall_what_its_finding_says(here, name):
    (row,) = here.get("/reentries", realm="SIMULATED")["reentries"]
    finding = here.event.finding
    assert (row["event_id"], row["norad_cat_id"]) == (name, FALLING)
    assert row["window_start_utc"] == utc_text(finding.start_tai_ns)
    assert row["probability"] == finding.measure("probability")
    assert row["latitude_reach_deg"] == finding.measure("inclination_deg")
    assert row["casualty_expectation"] is None
    assert (row["stands"], row["incidents"]) == ("coming", [])


def test_what_it_is_part_of_and_how_urgent_it_is_are_told_in_the_language(here, name):
    opening = {"title": "A stage", "kind": "uncontrolled-reentry", "because": "it falls", "event_ids": [name]}
    opened = here.keeper.post("/api/v1/incidents", json={**opening, "realm": "SIMULATED"})
    assert opened.status_code == 201, opened.text
    told = here.get(f"/reentries/{name}", language="nl")
    assert told["incidents"] == [opened.json()["incident_id"]]
    assert "venster" in told["urgency_because"] or "dagen" in told["urgency_because"]
    assert any("ruimteweer" in line for line in told["assumptions"])
    assert told["space_weather"] is None


def test_all_ways_down_are_those_that_the_detector_itself_finds(here, name):
    told = here.get(f"/reentries/{name}/ways")
    finding = here.event.finding
    picture = here.service.skies.of(
        here.service.store, here.service.log, Realm.SIMULATED, now_tai_ns=NOW_TAI_NS
    ).picture
    window = Window(start_tai_ns=NOW_TAI_NS, end_tai_ns=NOW_TAI_NS + round(DAYS * DAY_NS))
    made = ReentryDetector(n_members=N_WAYS).look_again(picture, finding.object_ids[0], window)
    assert told["is_same"], "the orbits that are kept give the window that was told"
    assert told["n_ways"] == N_WAYS
    assert told["median_utc"] == utc_text(made.epoch_tai_ns)
    of_way = [tai_ns_from_utc(at) for at, _, _ in told["ways"]]
    assert np.abs(np.array(of_way) - made.ensemble.epoch_tai_ns).max() <= 1_000 * TO_THE_MILLISECOND_NS
    assert sum(told["share_over_time"]) == pytest.approx(1.0 - made.ensemble.n_still_up / N_WAYS)
    assert longest_day(picture, window) == 3.0 * DAYS
    assert len(told["strips"]) == 100
    assert "km" in told["sentence"] or "certainty" in told["sentence"]


def test_regions_of_the_home_are_told_as_the_outlook_has_them(here, name):
    assert here.get(f"/reentries/{name}/ways")["regions"] == []
    ring = [[-180, -60], [-20, -60], [-20, 60], [-180, 60], [-180, -60]]
    feature = {
        "type": "Feature",
        "properties": {"NAME": "INVENTED FIR", "ICAO": "XXXX"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    folder = here.service.home / "regions"
    folder.mkdir()
    (folder / "fir.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (region,) = here.get(f"/reentries/{name}/ways")["regions"]
    picture = here.service.skies.of(
        here.service.store, here.service.log, Realm.SIMULATED, now_tai_ns=NOW_TAI_NS
    ).picture
    window = Window(start_tai_ns=NOW_TAI_NS, end_tai_ns=NOW_TAI_NS + round(DAYS * DAY_NS))
    object_id = here.event.finding.object_ids[0]
    made = ReentryDetector(n_members=N_WAYS).look_again(picture, object_id, window)
    (authority,) = outlook_of(made, AskedOutlook(regions=regions_of_home(here.service.home))).regions
    assert region["touched_probability"] == authority.touched_probability > 0.1
    assert region["touched_over_time"] == list(authority.touched_over_time)
    assert region["kind"] == "FIR"


def test_every_look_at_the_same_fall_stands_in_its_history(here, name):
    history = here.get(f"/reentries/{name}")["history"]
    kept = here.home.store.history_of(here.event.event_id, realm=Realm.SIMULATED)
    assert len(history) == len(kept) == 1
    assert [one["median_utc"] for one in history] == [utc_text(one.finding.peak_tai_ns) for one in kept]


def test_the_page_for_others_is_a_pdf(here, name):
    page = here.keeper.get(f"/api/v1/reentries/{name}/page.pdf", params={"language": "nl"})
    assert (page.status_code, page.content[:5]) == (200, b"%PDF-")


def test_a_fall_that_he_may_not_see_is_not_there_for_him(simple_air, tmp_path):
    world = happen(tmp_path / "home", DETECTOR, orbits={}, finding=NOT_FOR_HIM)
    name = str(world.event.event_id)
    told = world.get("/reentries", of=world.he, realm="SIMULATED")
    assert (told["reentries"], told["marking"]) == ([], None)
    assert world.get("/reentries", realm="SIMULATED")["reentries"] != []
    for noun in ("", "/ways", "/page.pdf"):
        assert world.he.get(f"/api/v1/reentries/{name}{noun}").status_code == 404
    world.home.store.close()


def test_where_its_orbits_are_kept_from_him_no_way_down_is_told(simple_air, tmp_path):
    world = happen(tmp_path / "home", DETECTOR, orbits={FALLING: NOT_FOR_HIM})
    name = str(world.event.event_id)
    assert len(world.get("/reentries", of=world.he, realm="SIMULATED")["reentries"]) == 1
    told = world.get(f"/reentries/{name}/ways", of=world.he)
    assert not told["is_told"]
    assert "track" not in told
    assert world.get(f"/reentries/{name}/ways")["is_told"]
    assert not world.get(f"/reentries/{name}/ways", of=world.he)["is_told"], "nor after another looked"
    assert world.he.get(f"/api/v1/reentries/{name}/page.pdf").status_code == 409
    world.home.store.close()
