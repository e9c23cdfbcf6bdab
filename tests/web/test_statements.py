"""Can a draft be asked for over HTTP, and is what was left out kept apart from it?"""

V1 = "/api/v1"


def test_a_draft_tells_nothing_to_whom_nothing_is_released(client):
    body = {"title": "canary-7f3a", "kind": "cyber-attack", "because": "x"}
    case = client.post(f"{V1}/incidents", json=body).headers["location"]
    answer = client.get(f"{case}/statement", params={"kind": "demarche", "audience": "EU", "language": "nl"})
    assert answer.status_code == 200, answer.json()
    assert answer.json()["statement"]["sentences"] == []
    assert "niet vrijgegeven aan EU" in answer.json()["left_out"][0]["because"]
    assert "canary-7f3a" not in answer.text


def test_a_kind_nobody_knows_is_refused(client):
    body = {"title": "x", "kind": "cyber-attack", "because": "x"}
    case = client.post(f"{V1}/incidents", json=body).headers["location"]
    asked = {"kind": "ultimatum", "audience": "EU"}
    assert client.get(f"{case}/statement", params=asked).status_code in (400, 422)
