"""Can the watch be worked over HTTP as it is at the command line, and does the slower of two hear why?"""

import pytest

from tests.makers import falling

V1 = "/api/v1"
REPORT = {
    "reporter": "A. Operator",
    "organisation": "Made",
    "contact": "+31 6",
    "kind": "cyber-attack",
    "system": "the ground segment",
    "what": "logins at night",
    "observed_from_utc": "2000-01-01T00:00:00Z",
}


@pytest.fixture
def case(client) -> str:
    body = {"title": "It comes down", "kind": "uncontrolled-reentry", "because": "x"}
    answer = client.post(f"{V1}/incidents", json={**body, "event_ids": ["LOCAL-RE26-0001"]})
    return answer.headers["location"]


def test_the_slower_of_two_is_told_what_changed(client, case):
    seen = client.get(case).json()["entries"]
    assert client.post(f"{case}/notes", json={"text": "I called them", "seen": seen}).status_code == 200
    late = client.post(f"{case}/steps", json={"step": "dismiss", "because": "nobody", "seen": seen})
    assert late.status_code == 409
    assert "officer, note I called them" in late.json()["detail"]
    assert client.get(case).json()["stage"] == "suspected"


def test_what_joined_leaves_again_and_stays_readable(client, case):
    told = client.post(f"{case}/left", json={"name": "local-re26-0001", "because": "another"}).json()
    assert told["event_ids"] == []
    assert [moment["kind"] for moment in told["timeline"]] == ["opened", "joined", "joined"]


def test_who_has_it_takes_it_on(client, case):
    assert client.post(f"{case}/acknowledgements", json={}).status_code == 422
    client.post(f"{case}/judgements", json={"name": "assigned_to", "value": "officer"})
    assert client.post(f"{case}/acknowledgements", json={}).json()["acknowledged"] is True


def test_the_watch_tells_what_is_open_and_whose_clock_runs_and_passes_in_two_acts(client, case):
    told = client.get(f"{V1}/watch").json()
    assert [one["incident_id"] for one in told["open"]] == [case.rpartition("/")[2]]
    assert [clock["what"] for clock in told["clocks"]] == ["begins", "peaks", "ends"]
    assert client.post(f"{V1}/watch/acceptances", json={}).status_code == 422
    assert client.post(f"{V1}/watch/offers", json={"to": "officer"}).status_code == 201
    assert client.post(f"{V1}/watch/acceptances", json={}).json()["accepted_by"] == "officer"
    assert client.get(f"{V1}/watch").json()["on_watch"] == "officer"


def test_what_may_be_a_case_is_proposed(client):
    (one,) = client.get(f"{V1}/proposals").json()["proposals"]
    assert (one["event_ids"], one["tie"], one["joins"]) == (["LOCAL-RE26-0001"], "alone", None)


def test_a_reporter_adds_by_his_code_and_an_officer_opens_a_case_from_it(client, outside):
    receipt = outside.post(f"{V1}/reports", json=REPORT).json()
    place, code = f"{V1}/reports/{receipt['report']}", {"X-Report-Code": receipt["code"]}
    assert outside.post(f"{place}/additions", json={"text": "again"}, headers=code).status_code == 201
    assert outside.post(f"{place}/additions", json={"text": "again"}).status_code == 404
    assert [one["entry_id"] for one in client.get(f"{V1}/watch").json()["reports"]] == ["EV-0", "EV-1"]
    opened = client.post(f"{V1}/incidents/from-report", json={"entry_id": "EV-0"})
    assert (opened.status_code, opened.json()["entry_ids"]) == (201, ["EV-0"])
    assert outside.get(place, headers=code).json()["joined_an_incident"] is True
    assert outside.post(f"{V1}/incidents/from-report", json={"entry_id": "EV-0"}).status_code == 404


def test_what_only_wants_looking_at_is_proposed_to_whoever_asks(client, service):
    service.store.keep_findings(
        [falling("OBJ-LATER", hours=60.0)], node="LOCAL", at_tai_ns=service.now_tai_ns()
    )
    urgent = client.get(f"{V1}/proposals").json()["proposals"]
    looked = client.get(f"{V1}/proposals", params={"look": True}).json()["proposals"]
    assert [each["event_ids"] for each in urgent] == [["LOCAL-RE26-0001"]]
    assert [each["event_ids"] for each in looked] == [["LOCAL-RE26-0001"], ["LOCAL-RE26-0002"]]
