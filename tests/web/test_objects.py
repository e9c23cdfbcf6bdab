"""Does an object over HTTP say who says what of it, where it is, and no more than its reader may know?"""

import math
from dataclasses import replace

import numpy as np
import pytest
from starlette.testclient import TestClient

from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.frames import state_teme_to_itrs
from baken.astro.time import tai_ns_from_utc
from baken.catalogue.describe import GEO_RADIUS_M, WGS_72_MU_M3_S2, perigee_height_m, semi_major_axis_m
from baken.catalogue.motion import motion_of
from baken.operations.export_ephemeris import propagated
from baken.operations.read_as import read_as
from baken.records.catalogue import Choice
from baken.records.event import Window
from baken.records.marking import Realm
from baken.records.orbit import Theory
from baken.store.home import open_home
from baken.web.app import application
from baken.web.service import Service
from baken.wiring import objects_seen
from baken.wiring.objects_seen import ObjectsSeen
from baken.wiring.skies_seen import SeenSky
from tests.makers import EPOCH_TAI_NS, HOUR_NS, REVOLUTION_A_DAY_RAD_S, broken_up, element_set, falling
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES
from tests.operations.two_worlds import FOR_HIM, NOT_FOR_HIM, ForGermany
from tests.web.conftest import HOST

V1 = "/api/v1"
THEIRS = element_set(900_001, originator="THEM", epoch_tai_ns=EPOCH_TAI_NS - 6 * HOUR_NS)
OURS_BEFORE = element_set(900_001, originator="US", epoch_tai_ns=EPOCH_TAI_NS - 30 * HOUR_NS)
OURS = element_set(900_001, originator="US", epoch_tai_ns=EPOCH_TAI_NS - 2 * HOUR_NS)
OTHER_THEORY = element_set(900_001, originator="XP", theory=Theory.SGP4_XP, ephemeris_type=4)
GEO_RATE_RAD_S = math.sqrt(WGS_72_MU_M3_S2 / GEO_RADIUS_M**3)
STILL = element_set(
    900_002, originator="US", mean_motion_rad_s=GEO_RATE_RAD_S, eccentricity=1e-4, inclination_rad=1e-3
)
FALLS = element_set(
    900_003, originator="US", mean_motion_rad_s=16.2 * REVOLUTION_A_DAY_RAD_S, bstar_per_earth_radius=0.05
)
TOLD_TWICE = element_set(900_004, originator="US")
MILLIMETRE_M = 1e-3


def keep(store, *element_sets):
    for one in element_sets:
        store.add_element_sets([one], source=one.originator, at_tai_ns=EPOCH_TAI_NS)


def node_of(store, log, home):
    service = Service(
        store=store,
        log=log,
        actor="officer",
        rules=RULES,
        now_tai_ns=lambda: EPOCH_TAI_NS,
        luck=CountedLuck(),
        home=home,
    )
    app = application(service, hosts={HOST}, version="test")
    return TestClient(app, base_url=f"http://{HOST}")


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """A node that knows some objects, one with a table, and one that is in two events and a case."""
    home = tmp_path_factory.mktemp("objects") / "home"
    opened = open_home(home, None)
    keep(opened.store, OURS_BEFORE, THEIRS, OURS, OTHER_THEORY, STILL, FALLS, TOLD_TWICE)
    window = Window(start_tai_ns=EPOCH_TAI_NS, end_tai_ns=EPOCH_TAI_NS + 4 * HOUR_NS)
    choice = Choice(chosen=TOLD_TWICE, because="")
    table = propagated(choice, window, step_s=None, originator="TABLE", at_tai_ns=EPOCH_TAI_NS)
    opened.store.add_ephemerides([table], source="TABLE", at_tai_ns=EPOCH_TAI_NS)
    fall = falling(OURS.identity.object_id, hours=50.0)
    parent = broken_up("OBJ-PIECE", hours=-40.0, parent_norad_cat_id=900_001)
    opened.store.keep_findings([fall, parent], node="NL", at_tai_ns=EPOCH_TAI_NS)
    client = node_of(opened.store, opened.log, home)
    case = {"title": "It comes down", "kind": "uncontrolled-reentry", "because": "x"}
    client.post(f"{V1}/incidents", json={**case, "event_ids": ["NL-RE26-0001"]})
    yield client
    opened.store.close()


@pytest.fixture
def ask(node):
    def get(place, **params):
        answer = node.get(f"{V1}/objects{place}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return get


def test_an_object_is_found_by_its_id_and_its_number_and_by_no_other_name(ask, node):
    by_number = ask("/900001")
    assert ask(f"/{OURS.identity.object_id}") == by_number
    assert node.get(f"{V1}/objects/909999").status_code == 404
    assert node.get(f"{V1}/objects/900001", params={"realm": "SIMULATED"}).status_code == 404


def test_an_object_is_looked_up_once_a_minute_and_by_each_reader_for_himself(monkeypatch):
    asked = []

    def counted(store, *_, **__):
        asked.append(store)
        return len(asked)

    monkeypatch.setattr(objects_seen, "look_at_orbit", counted)
    seen, sky = ObjectsSeen(), SeenSky(picture=None, identities=(), drawn_tai_ns=0)
    one, other = object(), object()
    told = [
        seen.of(store, None, sky, "1", realm=Realm.REAL, now_tai_ns=0) for store in (one, one, other, one)
    ]
    assert (told, asked) == ([1, 1, 2, 1], [one, other])


def test_each_source_says_its_own_and_the_picture_says_which_it_uses_and_why(ask):
    told = {one["source"]: one for one in ask("/900001")["opinions"]}
    assert {source: one["use"] for source, one in told.items()} == {
        "US": "used",
        "THEM": "passed-over",
        "XP": "cannot-be-moved",
    }
    assert told["US"]["because"].startswith("the latest epoch of")
    assert (told["US"]["n_sets"], told["US"]["age_h"], told["THEM"]["age_h"]) == (2, 2.0, 6.0)
    assert told["US"]["perigee_height_m"] == perigee_height_m(OURS)


def test_the_size_of_an_object_is_said_to_be_assumed(ask):
    assert ask("/900001")["hard_body"] == {"radius_m": 14.5, "source": "default for payload"}


def test_it_is_where_sgp4_and_the_turning_earth_put_it(ask):
    told = ask("/900001/state", at_utc="2026-03-01T03:00:00Z")
    at_tai_ns = tai_ns_from_utc("2026-03-01T03:00:00Z")
    teme = motion_of([OURS]).states(np.zeros(1, dtype=np.int64), np.array([at_tai_ns]))
    position_m, velocity_m_s = state_teme_to_itrs(at_tai_ns, teme[0][0], teme[1][0], no_earth_data())
    below = geodetic_from_itrs(position_m)
    state = told["state"]
    assert np.allclose(state["position_itrf_m"], position_m, rtol=0.0, atol=MILLIMETRE_M)
    assert np.allclose(state["velocity_itrf_m_s"], velocity_m_s, rtol=0.0, atol=1e-6)
    assert state["latitude_deg"] == pytest.approx(math.degrees(below.latitude_rad), abs=1e-9)
    assert state["height_m"] == pytest.approx(float(below.height_m), abs=MILLIMETRE_M)
    assert (told["rests_on"]["source"], told["rests_on"]["age_h"]) == ("US", 5.0)
    assert "no covariance" in told["uncertainty"]


def test_two_who_speak_of_one_object_are_as_far_apart_as_their_orbits(ask):
    told = ask("/900001/state", at_utc="2026-03-01T03:00:00Z")
    at = np.full(2, tai_ns_from_utc("2026-03-01T03:00:00Z"))
    position_m, _, _ = motion_of([OURS, THEIRS]).states(np.arange(2), at)
    (apart,) = told["differences"]
    assert (apart["source"], apart["kind"], apart["sigma_rtn_m"]) == ("THEM", "elements", None)
    distance_m = float(np.linalg.norm(position_m[1] - position_m[0]))
    assert apart["distance_m"] == pytest.approx(distance_m, abs=MILLIMETRE_M)
    along_m = math.hypot(apart["radial_m"], apart["transverse_m"], apart["normal_m"])
    assert along_m == pytest.approx(distance_m, abs=MILLIMETRE_M)


def test_a_table_of_states_stands_beside_the_elements_it_was_made_of(ask):
    (of_table,) = ask("/900004/state", at_utc="2026-03-01T03:00:30Z")["differences"]
    # By way of GCRS and back; a table is made to be within a metre.
    assert (of_table["kind"], of_table["distance_m"] < 1.0) == ("ephemeris", True)
    assert ask("/900004/state", at_utc="2026-03-01T09:00:00Z")["differences"] == []
    assert ask("/900004")["ephemerides"][0]["frame"] == "GCRF"


def test_where_sgp4_gives_no_state_none_is_shown(ask):
    told = ask("/900003/state", at_utc="2026-04-01T00:00:00Z")
    assert (told["state"], told["why_not"]) == (None, "SGP4 gives no state of it at this time")
    assert told["rests_on"]["age_h"] == 31 * 24.0


def test_what_became_of_an_orbit_is_told_set_by_set(ask):
    told = ask("/900001/history")
    assert [one["source"] for one in told["sets"]] == ["US", "THEM", "US", "XP"]
    assert told["sets"][0]["semi_major_axis_m"] == semi_major_axis_m(OURS_BEFORE)
    assert [one["source"] for one in ask("/900001/history", days=1)["sets"]] == ["THEM", "US", "XP"]
    assert not told["is_near_geosynchronous"]
    assert told["manoeuvre_detection"] == "not built yet"


def test_only_an_object_that_keeps_pace_with_the_earth_has_a_longitude(ask):
    assert {one["longitude_deg"] for one in ask("/900001/history")["sets"]} == {None}
    told = ask("/900002/history")
    at_epoch = ask("/900002/state", at_utc=told["sets"][0]["epoch_utc"])
    assert told["is_near_geosynchronous"]
    assert told["sets"][0]["longitude_deg"] == pytest.approx(at_epoch["state"]["longitude_deg"], abs=1e-6)


def test_an_object_stands_with_what_it_is_in_the_next_first(ask):
    told = ask("/900001")
    ids = [(one["event_id"], one["is_over"]) for one in told["events"]]
    assert ids == [("NL-RE26-0001", False), ("NL-FR26-0001", True)]
    assert [one["title"] for one in told["incidents"]] == ["It comes down"]


def test_the_list_holds_every_object_column_by_column_and_page_by_page(ask):
    whole = ask("")
    assert whole["columns"]["norad_cat_id"] == [900_001, 900_002, 900_003, 900_004]
    assert whole["columns"]["regime"] == ["LEO", "GEO", "LEO", "LEO"]
    assert {len(column) for column in whole["columns"].values()} == {4}
    assert ask("", regime="GEO")["columns"]["norad_cat_id"] == [900_002]
    assert ask("", words="made 900001")["columns"]["source"] == ["US"]
    first = ask("", limit=1)
    assert ask("", limit=1, cursor=first["next_cursor"])["columns"]["norad_cat_id"] == [900_002]


def test_a_reader_finds_nothing_of_an_orbit_that_is_not_for_him(tmp_path):
    opened = open_home(tmp_path / "home", None)
    keep(
        opened.store,
        replace(OURS, marking=NOT_FOR_HIM),
        replace(THEIRS, marking=FOR_HIM),
        replace(STILL, marking=NOT_FOR_HIM),
    )

    keeper = node_of(opened.store, opened.log, tmp_path)
    he = node_of(*read_as(ForGermany(), opened.store, opened.log), tmp_path)
    places = ("", "/900001", "/900001/history", "/900001/state")
    for place in places:
        assert '"US"' in keeper.get(f"{V1}/objects{place}").text
        told = he.get(f"{V1}/objects{place}")
        assert '"US"' not in told.text
        assert told.json()["marking"] == "NL: DE"
    assert keeper.get(f"{V1}/objects/900001").json()["marking"] == "NL: owner only"
    assert he.get(f"{V1}/objects/900001").json()["opinions"][0]["use"] == "used"
    assert he.get(f"{V1}/objects/900002").status_code == 404
    assert he.get(f"{V1}/objects").json()["n_objects"] == 1
    opened.store.close()
