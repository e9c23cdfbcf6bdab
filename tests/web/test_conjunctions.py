"""Does the door tell of conjunctions what the records say, in one row and in full, and to nobody else?"""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.assess.conjunction.finding import AttentionRule
from baken.astro.time import utc_text
from baken.catalogue.motion import motion_of
from baken.operations.read_as import read_as
from baken.operations.receive_messages import received_message
from baken.records.event import EventKind
from baken.records.marking import Realm
from baken.web.app import application
from baken.wiring.assessors import assessor_of_warnings
from tests.makers import EPOCH_TAI_NS, crossing_pair, meeting, picture_of, warning, window_of_hours
from tests.operations.two_worlds import FOR_HIM, NOT_FOR_HIM, ForGermany
from tests.web.conftest import HOST

AT = "/api/v1/conjunctions"


def keep_warnings(service, *messages):
    received = [received_message(one, assessor_of_warnings()) for one in messages]
    return service.store.keep_messages(received, node="LOCAL", source="", at_tai_ns=EPOCH_TAI_NS)


@pytest.fixture
def warned(service):
    """The name of an event of which two spoke: one twice, the other once and otherwise."""
    messages = (
        warning("HERE", hours_before=40.0, sigma_m=200.0, marking=FOR_HIM),
        warning("HERE", hours_before=20.0, sigma_m=60.0, marking=FOR_HIM),
        warning("THERE", hours_before=30.0, radial_m=900.0, sigma_m=20.0, marking=NOT_FOR_HIM),
    )
    return str(keep_warnings(service, *messages).event_ids[0])


def told(client, noun="", **params):
    answer = client.get(f"{AT}{noun}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_row_tells_what_its_finding_tells(client, service, warned):
    (row,) = told(client)["conjunctions"]
    (event,) = service.store.events(Realm.REAL, kind=EventKind.CONJUNCTION)
    assert row["event_id"] == warned
    assert row["tca_utc"] == utc_text(event.finding.peak_tai_ns, 3)
    for name in ("probability", "max_probability", "miss_distance_m", "miss_radial_m", "relative_speed_m_s"):
        assert row[name] == event.finding.measure(name)
    assert row["originators"] == ["HERE", "THERE"]
    assert (row["primary_norad_cat_id"], row["secondary_norad_cat_id"]) == (900_001, 900_002)
    assert {row["primary_object_id"], row["secondary_object_id"]} == set(event.finding.object_ids)


def test_a_case_draws_each_originator_as_its_last_message_has_it(client, warned):
    case = told(client, f"/{warned}")
    assert [view["originator"] for view in case["views"]] == ["HERE", "THERE"]
    here, there = case["views"]
    newest = next(one for one in case["updates"] if one["originator"] == "HERE" and one["stands"])
    assert here["probability"] == newest["assessed"]["probability"]
    assert here["plane"] == newest["plane"]
    assert here["plane"]["miss_vertical_m"] == pytest.approx(30.0)
    assert here["plane"]["covariance_m2"][2] == pytest.approx(60.0**2)
    assert there["miss_distance_m"] > 900.0
    assert case["disagreements"], "30 m and 900 m with sigmas of 60 m and 20 m are at odds"
    assert {alert["rule"] for alert in case["triage"]} == {"CARA", "UK"}
    assert case["history"][-1]["probability"] == case["probability"]


def test_the_way_past_goes_through_the_miss_and_is_farther_at_either_end(client, warned):
    view = told(client, f"/{warned}")["views"][0]
    passage, middle = view["passage"], len(view["passage"]["after_s"]) // 2
    axes = ("radial_m", "transverse_m", "normal_m")
    assert [passage[axis][middle] for axis in axes] == pytest.approx(view["miss_rtn_m"], abs=1e-3)
    for end in (0, -1):
        assert sum(passage[axis][end] ** 2 for axis in axes) > view["miss_distance_m"] ** 2
    # The second of them flies along the normal of the first, for as long as is drawn.
    assert abs(passage["normal_m"][-1] - passage["normal_m"][0]) == pytest.approx(
        7_546.0 * (passage["after_s"][-1] - passage["after_s"][0]), rel=1e-3
    )


def test_a_conjunction_nobody_sent_a_message_of_is_drawn_from_orbits_with_the_same_figures(client, service):
    pair = crossing_pair()
    picture = picture_of(*pair)
    detector = ConjunctionDetector(
        attention=AttentionRule(probability=0.0, max_probability=0.0), circumstances=Circumstances()
    )
    seen = detector.detect(picture, motion_of(pair), window_of_hours(1.0), run=map)
    service.store.add_element_sets(pair, source="us", at_tai_ns=EPOCH_TAI_NS)
    (event, *_) = service.store.keep_findings(seen.findings[:1], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    case = told(client, f"/{event.event_id}")
    (view,) = case["views"]
    assert view["is_from_orbits"]
    assert view["probability"] == pytest.approx(event.finding.measure("probability"), rel=1e-3)
    assert view["miss_distance_m"] == pytest.approx(event.finding.measure("miss_distance_m"), abs=0.01)
    assert view["hard_body_radius_m"] == event.finding.measure("hard_body_radius_m")
    assert any("ESTIMATED" in line for line in view["assumptions"])
    assert told(client, f"/{event.event_id}/options")["decision"] is None


def test_what_cannot_be_drawn_says_so(client, service):
    (event,) = service.store.keep_findings([meeting()], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    (view,) = told(client, f"/{event.event_id}")["views"]
    assert view["why_not"] == "no_orbits"
    assert "plane" not in view


def test_options_come_from_the_newest_message_for_whoever_would_burn(client, warned):
    one, other = (told(client, f"/{warned}/options", burns=burns)["decision"] for burns in (1, 2))
    assert (one["norad_cat_id"], other["norad_cat_id"]) == (900_001, 900_002)
    assert one["options"]


def test_words_are_of_the_language_asked_for(client, service):
    service.store.keep_findings([meeting(hours=30.0)], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    because = [told(client, language=each)["conjunctions"][0]["urgency_because"] for each in ("en", "nl")]
    assert " in 1 d" in because[0]
    assert " over 1 d" in because[1]


def test_a_row_names_the_cases_it_is_in(client, warned):
    body = {"title": "They meet", "kind": "collision-risk", "because": "Pc", "event_ids": [warned]}
    opened = client.post("/api/v1/incidents", json=body).json()
    (row,) = told(client)["conjunctions"]
    assert row["incidents"] == [
        {"incident_id": opened["incident_id"], "stage": "suspected", "title": "They meet"}
    ]


def test_the_page_is_a_pdf(client, warned):
    answer = client.get(f"{AT}/{warned}/page.pdf", params={"language": "nl"})
    assert answer.content.startswith(b"%PDF")


def test_who_may_not_see_a_message_finds_nothing_of_it_here(service, warned):
    keep_warnings(service, warning("THIRD", pair=(900_003, 900_004), marking=NOT_FOR_HIM))
    store, log = read_as(ForGermany(), service.store, service.log)
    his = TestClient(
        application(replace(service, store=store, log=log), hosts={HOST}, version="test"),
        base_url=f"http://{HOST}",
    )
    (row,) = told(his)["conjunctions"]
    assert row["originators"] == ["HERE"]
    case = his.get(f"{AT}/{warned}").text
    assert "THERE" not in case
    assert '"HERE"' in case
    assert his.get(f"{AT}/LOCAL-CJ26-0002").status_code == 404


def test_every_label_on_it_counts_for_the_whole(client, warned):
    assert told(client)["marking"] == told(client)["conjunctions"][0]["marking"] == NOT_FOR_HIM.text
    assert told(client, f"/{warned}")["marking"] == NOT_FOR_HIM.text


def test_what_is_long_past_is_quiet(client, service):
    early = meeting(hours=-1.0)
    service.store.keep_findings([early], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    assert told(client)["conjunctions"][0]["urgency"] == "QUIET"
