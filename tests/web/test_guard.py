"""Is nothing told to whoever should not ask, and nothing done that another site's page asks for?"""

import asyncio

import pytest
from starlette.testclient import TestClient

from baken.cli.main import answer as ask_baken
from baken.errors import OutsideServiceFailed
from baken.records.marking import Realm
from baken.web.app import application
from baken.web.limits import LARGEST_BODY_BYTES, Limited
from baken.web.problems import SAFE_HEADERS
from tests.web.conftest import HOST

V1 = "/api/v1"
OPENING = {"title": "x", "kind": "other", "because": "y"}


def test_whoever_asks_under_another_name_is_refused(client):
    answer = client.get(f"{V1}/incidents", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")


def test_a_page_of_another_site_cannot_act_here(client, service):
    answer = client.post(f"{V1}/incidents", json=OPENING, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert service.log.size(Realm.REAL) == 0
    own = client.post(f"{V1}/incidents", json=OPENING, headers={"Origin": f"http://{HOST}"})
    assert own.status_code == 201


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}],
)
def test_a_page_of_another_site_cannot_let_somebody_have_looked(client, service, headers):
    name = client.post(f"{V1}/incidents", json=OPENING).json()["incident_id"]
    before = service.log.size(Realm.REAL)
    assert client.get(f"{V1}/incidents/{name}", headers=headers).status_code == 403
    assert service.log.size(Realm.REAL) == before
    assert client.get(f"{V1}/incidents/{name}", headers={"Sec-Fetch-Site": "none"}).status_code == 200


def test_the_form_for_reports_may_be_linked_to(outside):
    assert outside.get("/report", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_an_address_that_is_none_is_refused_and_not_a_mistake_of_ours(outside):
    assert outside.get("/report", headers={"Host": "[::1"}).status_code == 421
    assert outside.post("/report", headers={"Origin": "http://[::1"}).status_code == 403


def test_a_form_of_another_site_cannot_pass_for_json(client, service):
    answer = client.post(f"{V1}/incidents", content=b'{"title":"x","kind":"other","because":"y"}')
    assert answer.status_code == 422
    assert service.log.size(Realm.REAL) == 0


def test_strangers_find_nothing_but_the_door_for_reports(outside):
    inside = ["/incidents", "/evidence", "/events", "/stream", "/mechanisms", "/responses/tasks"]
    inside += ["/incidents/LOCAL-IN26-0001/brief.pdf", "/incidents/LOCAL-IN26-0001/response"]
    assert [outside.get(V1 + path).status_code for path in inside] == [404] * len(inside)
    assert outside.get("/report").status_code == 200
    paths = outside.get(f"{V1}/openapi.json").json()["paths"]
    assert all(path.startswith((f"{V1}/reports", f"{V1}/acknowledgements")) for path in paths)


def test_a_node_does_not_open_itself_to_a_network_by_an_option(tmp_path, capsys):
    code = ask_baken(["--home", str(tmp_path), "serve", "--host", "0.0.0.0"])
    assert code == 3
    assert "--only-reports" in capsys.readouterr().err


def test_answers_may_not_be_framed_kept_or_guessed_at(client):
    headers = client.get("/report").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_form_loads_nothing_from_elsewhere(client, language):
    page = client.get("/report", params={"language": language}).text
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_a_body_larger_than_any_is_refused(client):
    answer = client.post(f"{V1}/incidents", json=OPENING | {"because": "x" * 2_000_000})
    assert answer.status_code == 413


def test_every_answer_says_to_a_browser_how_little_it_may_do_refusals_and_our_own_mistakes_too(service):
    app = application(service, hosts={HOST}, version="test")
    app.add_api_route("/api/v1/mistake", lambda: {}["a secret"])
    client = TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False)
    too_long = b"x" * (LARGEST_BODY_BYTES + 1)
    answers = [
        client.get("/report"),
        client.get(f"{V1}/incidents"),
        client.get("/", follow_redirects=False),
        client.get("/report", headers={"If-None-Match": "*"}),
        client.get("/report", headers={"Host": "evil.example"}),
        client.post("/report", headers={"Origin": "http://evil.example"}),
        client.get("/nothing"),
        client.put("/report"),
        client.post("/report", content=too_long),
        client.post("/report", content=iter([too_long[:1000], too_long])),
        client.post(f"{V1}/incidents", json={}),
        client.get("/api/v1/mistake"),
    ]
    statuses = [200, 200, 307, 304, 421, 403, 404, 405, 413, 413, 422, 500]
    assert [answer.status_code for answer in answers] == statuses
    for answer in answers:
        assert {name: answer.headers[name] for name in SAFE_HEADERS} == SAFE_HEADERS
    assert "a secret" not in answers[-1].text
    assert {answer.headers["content-type"] for answer in answers[4:]} == {"application/problem+json"}


def test_a_body_that_drips_is_refused_and_what_comes_in_time_is_not(service):
    async def dripping():
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"r", "more_body": True}

    async def whole():
        return {"type": "http.request", "body": b"reporter=x", "more_body": False}

    inside = application(service, hosts={HOST}, version="test")
    app = Limited(inside, longest_s=0.2)
    assert [asyncio.run(_status(app, inside, receive)) for receive in (dripping, whole)] == [408, 422]


async def _status(app, inside, receive):
    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"host", HOST.encode())]
    scope = {"type": "http", "method": "POST", "path": "/report", "headers": headers, "query_string": b""}
    scope["app"] = inside
    await app(scope, receive, send)
    return sent[0]["status"]


def test_numbers_and_nesting_beyond_all_measure_are_refused_without_a_mistake_of_ours(client, service):
    for body in (
        b"[" * 400_000,
        b'{"norad_cat_id": ' + b"9" * 5000 + b"}",
        b'{"a":' * 900 + b"1" + b"}" * 900,
    ):
        answer = client.post(f"{V1}/reports", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422)
    assert client.post("/report", data={"norad_cat_id": "9" * 5000}).status_code == 422
    assert service.log.size(Realm.REAL) == 0


def test_no_door_knows_trace(client, outside):
    assert [door.request("TRACE", "/report").status_code for door in (client, outside)] == [405, 405]


def test_no_answer_tells_where_on_this_machine_the_home_is(service):
    def fail() -> None:
        raise OutsideServiceFailed(f"the store {service.home}/baken.sqlite: its disk is full")

    app = application(service, hosts={HOST}, version="test")
    app.add_api_route("/api/v1/fail", fail)
    answer = TestClient(app, base_url=f"http://{HOST}").get("/api/v1/fail")
    assert answer.json()["detail"] == "the store the home/baken.sqlite: its disk is full"
