"""Is what is drawn of the sky where the sky is, and is nothing in it that a reader may not see?"""

import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest
from starlette.testclient import TestClient

from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import itrs_from_geodetic
from baken.astro.frames import state_teme_to_itrs
from baken.astro.time import tai_ns_from_utc
from baken.operations.read_as import read_as
from baken.records.marking import Marking
from baken.records.orbit_motion import motion_of
from baken.web.app import application
from baken.wiring import land_picture
from tests.makers import EPOCH_TAI_NS, HOUR_NS, element_set
from tests.operations.two_worlds import FOR_HIM, NOT_FOR_HIM, ForGermany
from tests.web.conftest import HOST

# A Float32 of 7000 km is good to half a metre.
FLOAT32_M = 1.0
LOW = element_set(900_001, marking=FOR_HIM)
HIGH = element_set(900_002, marking=FOR_HIM, mean_motion_rad_s=7.292e-5, eccentricity=0.7)
HIDDEN = element_set(900_003, marking=NOT_FOR_HIM)


@pytest.fixture
def sky(service):
    service.store.add_element_sets([LOW, HIGH, HIDDEN], source="a", at_tai_ns=EPOCH_TAI_NS)
    return service


@pytest.fixture
def client(sky):
    return TestClient(application(sky, hosts={HOST}, version="test"), base_url=f"http://{HOST}")


@pytest.fixture
def his(sky):
    """What a door shows to a reader for whom not everything is."""
    store, log = read_as(ForGermany(), sky.store, sky.log)
    lent = replace(sky, store=store, log=log)
    return TestClient(application(lent, hosts={HOST}, version="test"), base_url=f"http://{HOST}")


def at_of(index, hours=0):
    return tai_ns_from_utc(index["as_of_utc"]) + hours * HOUR_NS


def states_in(answer):
    return np.frombuffer(answer.content, dtype="<f4").reshape(-1, 6)


def test_everything_is_where_the_projects_own_theory_and_frames_have_it(client):
    index = client.get("/api/v1/sky").json()
    at_utc = index["as_of_utc"].replace("Z", ".500Z")
    answer = client.get("/api/v1/sky/positions", params={"at_utc": at_utc, "sky": index["sky"]})
    assert answer.status_code == 200
    at_tai_ns = tai_ns_from_utc(at_utc)
    position_m, velocity_m_s, _ = motion_of([LOW, HIGH, HIDDEN]).states(np.arange(3), np.full(3, at_tai_ns))
    expected_m, expected_m_s = state_teme_to_itrs(at_tai_ns, position_m, velocity_m_s, no_earth_data())
    states = states_in(answer)
    assert abs(states[:, :3] - expected_m).max() < 2 * FLOAT32_M
    assert abs(states[:, 3:] - expected_m_s).max() < 0.001
    assert answer.headers["Baken-Count"] == "3"
    assert answer.headers["Baken-Frame"].startswith("ITRF")


def test_the_index_says_what_each_row_is(client):
    index = client.get("/api/v1/sky").json()
    assert index["norad_cat_id"] == [900_001, 900_002, 900_003]
    assert [index["regimes"][each] for each in index["regime"]] == ["LEO", "HEO", "LEO"]
    assert {index["markings"][each] for each in index["marked"]} == {FOR_HIM.text, NOT_FOR_HIM.text}
    assert index["marking"] == Marking(owner=FOR_HIM.owner).text


def test_of_what_a_reader_may_not_see_there_is_neither_a_name_nor_a_byte(client, his):
    everything, seen = client.get("/api/v1/sky").json(), his.get("/api/v1/sky").json()
    hidden_id = everything["object_id"][2]
    assert seen["norad_cat_id"] == [900_001, 900_002]
    assert seen["sky"] != everything["sky"]
    assert seen["marking"] == FOR_HIM.text
    his_states, all_states = (
        states_in(who.get("/api/v1/sky/positions", params={"at_utc": seen["as_of_utc"]}))
        for who in (his, client)
    )
    assert np.array_equal(his_states, all_states[:2])
    asked = {"object_id": hidden_id, "at_utc": seen["as_of_utc"]}
    assert client.get("/api/v1/sky/track", params=asked).status_code == 200
    assert his.get("/api/v1/sky/track", params=asked).status_code == 404
    unheard_of = his.get("/api/v1/sky/track", params={**asked, "object_id": "OBJ-AAAAAAAAAA"})
    assert (
        unheard_of.json()["detail"].replace("OBJ-AAAAAAAAAA", hidden_id)
        == his.get("/api/v1/sky/track", params=asked).json()["detail"]
    )


def test_positions_of_another_sky_are_refused(client):
    answer = client.get("/api/v1/sky/positions", params={"sky": "0" * 16})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_tag_changes_with_the_orbits_and_with_nothing_else(sky, client):
    before = client.get("/api/v1/sky").json()["sky"]
    newer = replace(LOW, epoch_tai_ns=LOW.epoch_tai_ns + HOUR_NS)
    sky.store.add_element_sets([newer], source="a", at_tai_ns=EPOCH_TAI_NS)
    fresh = replace(sky, skies=type(sky.skies)())
    anew = TestClient(application(fresh, hosts={HOST}, version="test"), base_url=f"http://{HOST}")
    assert client.get("/api/v1/sky").json()["sky"] == before
    assert anew.get("/api/v1/sky").json()["sky"] != before


def test_a_revolution_closes_and_its_ground_track_goes_through_where_the_object_is(client):
    index = client.get("/api/v1/sky").json()
    for row in (0, 1):
        asked = {"object_id": index["object_id"][row], "at_utc": index["as_of_utc"]}
        told = client.get("/api/v1/sky/track", params=asked).json()
        orbit_m = np.array(told["orbit_m"])
        here_m = states_in(client.get("/api/v1/sky/positions", params={"at_utc": asked["at_utc"]}))[row, :3]
        middle = len(told["ground_utc"]) // 2
        place = itrs_from_geodetic(
            np.radians(told["latitude_deg"][middle]),
            np.radians(told["longitude_deg"][middle]),
            told["height_m"][middle],
        )
        # A thousandth of a degree is 111 m on the ground, and seven times that in geostationary height.
        assert np.linalg.norm(place - here_m) < 1_000.0
        assert np.linalg.norm(orbit_m - here_m, axis=1).min() < 3.0
        # Not even a round orbit closes: the node moves on, by some 60 km in low orbit.
        assert np.linalg.norm(orbit_m[0] - orbit_m[-1]) < 100e3


def test_where_a_theory_fails_there_is_no_number(client, sky):
    lost = element_set(900_009, mean_motion_rad_s=1.2e-3, bstar_per_earth_radius=0.1)
    sky.store.add_element_sets([lost], source="a", at_tai_ns=EPOCH_TAI_NS)
    index = client.get("/api/v1/sky").json()
    assert index["norad_cat_id"][3] == 900_009
    late = "2026-04-20T00:00:00Z"
    states = states_in(client.get("/api/v1/sky/positions", params={"at_utc": late}))
    assert np.isnan(states[3]).all()
    assert np.isfinite(states[:3]).all()


@pytest.mark.parametrize("at_utc", ["2030-01-01T00:00:00Z", "yesterday", "0001-01-01T00:00:00Z"])
def test_an_instant_the_orbits_say_nothing_of_is_refused(client, at_utc):
    assert client.get("/api/v1/sky/positions", params={"at_utc": at_utc}).status_code == 422


def test_the_sun_stands_over_the_tropic_at_the_solstice_and_over_greenwich_at_noon(client):
    june = client.get("/api/v1/sky/earth", params={"at_utc": "2026-06-21T12:00:00Z"}).json()
    assert june["sun"]["latitude_deg"] == pytest.approx(23.43, abs=0.02)
    # The equation of time of that day is -1.9 minutes: half a degree.
    assert june["sun"]["longitude_deg"] == pytest.approx(0.45, abs=0.1)


def test_land_is_land_and_sea_is_sea(client, monkeypatch, tmp_path):
    monkeypatch.setattr(land_picture.platformdirs, "user_cache_path", lambda name: tmp_path)
    land_picture.land_png.cache_clear()
    answer = client.get("/api/v1/sky/land.png")
    assert answer.headers["Cache-Control"].startswith("private")
    rows = rows_of(answer.content)
    amsterdam, atlantic, sahara = (52.4, 4.9), (30.0, -45.0), (23.0, 10.0)
    assert [brightness(rows, *place) > 127 for place in (amsterdam, atlantic, sahara)] == [True, False, True]
    land_picture.land_png.cache_clear()
    monkeypatch.setattr(land_picture, "land_share", lambda: pytest.fail("read twice"))
    assert client.get("/api/v1/sky/land.png").content == answer.content


def rows_of(content):
    width, height = struct.unpack(">II", content[16:24])
    size = struct.unpack(">I", content[33:37])[0]
    lines = np.frombuffer(zlib.decompress(content[41 : 41 + size]), dtype=np.uint8)
    return lines.reshape(height, width + 1)[:, 1:]


def brightness(rows, latitude_deg, longitude_deg):
    return int(rows[int((90.0 - latitude_deg) * 4), int((longitude_deg + 180.0) * 4)])
