"""Does the HTTP door do what the command line does, and refuse in one shape?"""

import pytest

from baken.records.marking import Realm
from baken.web.problems import Problem

V1 = "/api/v1"


@pytest.fixture
def case(client):
    answer = client.post(
        f"{V1}/incidents",
        json={
            "title": "Something comes down",
            "kind": "uncontrolled-reentry",
            "because": "the window is short",
            "event_ids": ["LOCAL-RE26-0001"],
        },
    )
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{V1}/incidents/LOCAL-IN26-0001"
    return answer.headers["location"]


def test_an_incident_lives_over_http_as_it_does_at_the_command_line(client, case):
    client.post(f"{case}/steps", json={"step": "corroborate", "because": "two sources"})
    client.post(f"{case}/judgements", json={"name": "severity", "value": "serious", "because": "large"})
    client.post(f"{case}/notes", json={"text": "called the coast guard"})
    client.post(f"{case}/decisions", json={"text": "warn aviation"})
    told = client.get(case).json()
    assert (told["stage"], told["severity"]["stands"], told["severity"]["automatic"]) == (
        "confirmed",
        "serious",
        "minor",
    )
    kinds = [moment["kind"] for moment in told["timeline"]]
    assert kinds == ["opened", "joined", "step", "judged", "note", "decision"]
    assert client.get(f"{V1}/incidents").json()["incidents"][0]["incident_id"] == "LOCAL-IN26-0001"


def test_explanations_are_weighed_over_http(client, case):
    (piece,) = client.get(f"{V1}/evidence").json()["evidence"]
    entry_id = piece["entry_id"]
    said = [
        ("grades", {"entry_id": entry_id, "reliability": "B", "credibility": "2"}),
        ("ratings", {"entry_id": entry_id, "fits": {"debris": "II", "equipment": "C"}}),
        ("hypotheses", {"hypothesis_id": "fuel-left", "text": "Fuel was left aboard", "benign": True}),
        (
            "estimates",
            {"hypothesis_id": "equipment", "likelihood": "likely", "confidence": "low", "because": "x"},
        ),
        ("remarks", {"kind": "gap", "text": "no radar"}),
    ]
    assert [client.post(f"{case}/{what}", json=body).status_code for what, body in said] == [201] * 5
    told = client.get(f"{case}/hypotheses").json()
    assert told["explanations"][-1]["hypothesis_id"] == "debris"
    assert told["estimates"][0]["likelihood_percent"] == [55, 80]


def test_the_brief_comes_as_a_page(client, case):
    answer = client.get(f"{case}/brief.pdf", params={"language": "nl"})
    assert (answer.status_code, answer.headers["content-type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )


REFUSALS = [
    ("GET", "/incidents/NL-IN26-0099", None, 404),
    ("GET", "/incidents/soon", None, 422),
    ("GET", "/incidents?limit=0", None, 422),
    ("GET", "/incidents?cursor=zz", None, 422),
    ("GET", "/evidence/EV-99", None, 404),
    ("GET", "/events/LOCAL-RE26-0099", None, 404),
    ("GET", "/nothing", None, 404),
    ("PUT", "/incidents", {}, 405),
    ("POST", "/incidents", {"title": "x", "kind": "war", "because": "y"}, 422),
    ("POST", "/incidents", {"title": "x", "kind": "other", "because": "y", "more": 1}, 422),
    ("POST", "/incidents/LOCAL-IN26-0001/steps", {"step": "resolve", "because": "x"}, 409),
    ("POST", "/incidents/LOCAL-IN26-0001/joined", {"name": "LOCAL-RE26-0001"}, 422),
    ("POST", "/incidents/LOCAL-IN26-0001/determinations", {"note": "we say so", "keys": ["x"]}, 422),
    (
        "POST",
        "/incidents/LOCAL-IN26-0001/hypotheses",
        {"hypothesis_id": "them", "text": "The French did it", "benign": False},
        422,
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSALS)
def test_every_refusal_has_one_shape(client, case, method, path, body, status):
    answer = client.request(method, V1 + path, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = Problem.model_validate(answer.json())
    assert (told.status, told.instance) == (status, (V1 + path).partition("?")[0])
    assert told.detail
    assert "\n" not in told.detail


def test_a_refused_step_leaves_no_trace(client, service, case):
    before = service.log.size(Realm.REAL)
    client.post(f"{case}/steps", json={"step": "resolve", "because": "x"})
    assert service.log.size(Realm.REAL) == before


def test_a_reader_who_has_an_answer_is_not_sent_it_again(client, case):
    first = client.get(f"{case}/hypotheses")
    again = client.get(f"{case}/hypotheses", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    client.post(f"{case}/remarks", json={"kind": "gap", "text": "more"})
    changed = client.get(f"{case}/hypotheses", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


def test_pages_of_a_list_join_to_the_whole_without_overlap(client):
    for number in range(5):
        client.post(f"{V1}/incidents", json={"title": f"case {number}", "kind": "other", "because": "x"})
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get(f"{V1}/incidents", params=params).json()
        seen += [one["title"] for one in page["incidents"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"case {number}" for number in range(5)]


def test_a_look_at_a_case_is_kept_once_an_hour(client, service, case):
    before = service.log.size(Realm.REAL)
    for _ in range(3):
        client.get(case)
    assert service.log.size(Realm.REAL) == before + 1


def test_worlds_do_not_mix(client, case):
    assert client.get(f"{V1}/incidents", params={"realm": "EXERCISE"}).json()["incidents"] == []
    answer = client.post(
        f"{V1}/incidents",
        json={
            "title": "a game",
            "kind": "other",
            "because": "x",
            "realm": "EXERCISE",
            "event_ids": ["LOCAL-RE26-0001"],
        },
    )
    assert answer.status_code == 422
    assert "worlds never mix" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["{case}/hypotheses", "{case}/determinations", "{v1}/evidence"])
def test_whoever_reads_is_kept_once_an_hour(client, service, case, path):
    before = service.log.size(Realm.REAL)
    for _ in range(3):
        assert client.get(path.format(case=case, v1=V1)).status_code == 200
    assert service.log.size(Realm.REAL) == before + 1
