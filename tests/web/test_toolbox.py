"""Are measures listed, weighed and decided over HTTP, and is a plan tried without a trace?"""

import pytest

from baken.records.marking import Realm

OPENING = {"title": "Modems fall silent", "kind": "cyber-attack", "because": "two calls"}
HOME = "/api/v1"


@pytest.fixture
def case(client) -> str:
    return f"{HOME}/incidents/{client.post(f'{HOME}/incidents', json=OPENING).json()['incident_id']}"


def test_the_catalogue_and_what_a_case_supports_come_in_an_order_that_ranks_nothing(client, case):
    known = client.get(f"{HOME}/measures").json()["measures"]
    listed = client.get(f"{case}/measures").json()["measures"]
    assert len(known) >= 40
    assert [one["measure_id"] for one in known] == [one["measure_id"] for one in listed]
    some = client.get(f"{case}/measures", params={"category": "restrictive"}).json()["measures"]
    assert {one["category"] for one in some} == {"restrictive"}


def test_a_measure_is_weighed_proposed_and_decided_by_people(client, case):
    sheet = f"{case}/measures/raise-watch"
    too_early = {"outcome": "adopted", "decider": "x", "because": "y"}
    assert client.post(f"{sheet}/outcomes", json=too_early).status_code == 422
    weighed = client.post(f"{sheet}/worksheet", json={"effect": "we see more"}).json()
    assert weighed["weighed"]["effect"]["text"] == "we see more"
    assert client.post(f"{sheet}/worksheet", json={"luck": "much"}).status_code == 422
    assert client.post(f"{sheet}/proposals", json={"because": "little is known"}).status_code == 201
    adopted = {"outcome": "adopted", "decider": "the watch", "because": "yes"}
    decided = client.post(f"{sheet}/outcomes", json=adopted)
    assert decided.json()["decisions"][0]["decider"] == "the watch"
    assert client.get(f"{sheet}/worksheet").json() == decided.json()


def test_mutual_assistance_is_answered_in_an_exercise_and_refused_in_earnest(client, case):
    said = {"answers": [{"question": "aid-asked", "text": "two nights of observation"}]}
    assert client.post(f"{case}/assistance", json=said).status_code == 403
    drill = client.post(f"{HOME}/incidents", json={**OPENING, "realm": Realm.EXERCISE}).json()["incident_id"]
    told = client.post(f"{HOME}/incidents/{drill}/assistance", json=said)
    (asked,) = (one for one in told.json()["questions"] if one["question"] == "aid-asked")
    assert (told.status_code, asked["answers"][0]["text"]) == (201, "two nights of observation")
    assert client.get(f"{HOME}/incidents/{drill}/assistance").json() == told.json()


def test_a_plan_is_tried_and_leaves_no_trace(client, service):
    before = [service.log.size(realm) for realm in Realm]
    told = client.post(
        f"{HOME}/mechanisms/nl/plans/general/trials", json={"hours": 2.0, "silent": ["ncc-duty"]}
    )
    assert told.status_code == 200
    assert any("ESCALATED" in one["what"] for one in told.json()["happened"])
    assert [service.log.size(realm) for realm in Realm] == before
    assert client.post(f"{HOME}/mechanisms/x.toml/plans/general/trials", json={}).status_code == 404
