"""Can whoever leads a response read over HTTP who has which part, and try plans, contacts and playbooks?"""

import json
from dataclasses import replace

import icalendar
import pytest
from starlette.testclient import TestClient

from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.web.app import application
from baken.web.guesses import MOST_OF_ONE
from baken.wiring.mechanisms import DIRECTORY
from tests.makers import EPOCH_TAI_NS
from tests.web.conftest import HOST

V1 = "/api/v1"
DAY_NS = 86_400 * 10**9
PEOPLE = """
[directory]
stale_after = "90 d"

[[contact]]
role = "dssc-duty"
way = "telephone"
address = "+31 6 0000 0001"

[[shift]]
role = "dssc-duty"
person = "A. de Boer"
begins = "00:00Z"
ends = "24:00Z"
"""


@pytest.fixture
def later(service) -> TestClient:
    """The same node, a day later."""
    at = replace(service, now_tai_ns=lambda: EPOCH_TAI_NS + DAY_NS)
    return TestClient(application(at, hosts={HOST}, version="test"), base_url=f"http://{HOST}")


@pytest.fixture
def people(service) -> None:
    (service.home / DIRECTORY).write_text(PEOPLE)


def test_who_has_each_part_is_read_with_who_is_on_duty_now(client, people, response):
    told = client.get(f"{response}/roles").json()
    (plan,) = told["plans"]
    (duty,) = [role for role in plan["roles"] if role["role"] == "dssc-duty"]
    assert (duty["on_duty"], duty["contacts"][0]["stale"]) == (["A. de Boer"], True)
    assert told["has_directory"]
    assert plan["mechanism"]["illustrative"]
    assert told["marking"] == client.get(response).json()["marking"] == "owner only"


def test_what_a_task_waits_for_and_since_when_it_is_asked_stands_with_it(client, response):
    tasks = {one["task"]: one for one in client.get(response).json()["plans"][0]["tasks"]}
    assert any(set(one["after"]) & set(tasks) for one in tasks.values())
    asked = [one for one in tasks.values() if one["stage"] == "running"]
    assert all(one["asked_utc"] and one["unanswered"] for one in asked)
    decided = next(one for one in tasks.values() if one["kind"] == "decide")
    assert set(decided["options_named"]) == set(decided["options"])


def test_the_report_that_is_due_can_be_begun_from_a_draft_that_is_of_tasks_alone(client, later, response):
    assert client.get(f"{response}/situation-reports/draft").status_code == 422
    assert later.post(f"{response}/turns").status_code == 200
    drafts = [
        later.get(f"{response}/situation-reports/draft", params={"language": language}).json()["draft"]
        for language in ("en", "nl")
    ]
    assert drafts[0] != drafts[1]
    assert later.get(response).json()["plans"][0]["situation_reports"][-1]["issued_utc"] is None


def test_a_code_heard_over_the_telephone_is_taken_down_and_not_guessed(client, service, response):
    drafted = service.log.entries(Realm.REAL, kinds={EntryKind.NOTICE})
    letter = next(k.entry for k in drafted if k.entry.text("kind_of_notice") == "call-out")
    body = {"keys": [letter.text("key")], "because": "read"}
    letters = client.post(f"{response}/notices/approvals", json=body).json()["notices"]
    (kept,) = [one for one in letters if one["key"] == letter.text("key")]
    assert (kept["stage"], kept["way"], kept["moot"]) == ("approved", None, False)
    assert kept["leaves_as"].startswith("LOCAL: ")
    said = {"code": letter.text("code"), "who": "A. de Boer"}
    done = client.post(f"{response}/acknowledgements", json=said)
    (task,) = [one for one in done.json()["plans"][0]["tasks"] if one["task"] == letter.text("task")]
    assert task["taken_by"] == f"A. de Boer ({letter.text('role')})"
    wrong = [
        client.post(f"{response}/acknowledgements", json=said | {"code": "00000-00000"}).status_code
        for _ in range(MOST_OF_ONE + 1)
    ]
    assert wrong == [404] * MOST_OF_ONE + [429]


def test_the_engine_makes_what_became_due_when_somebody_lets_it(later, response):
    turned = later.post(f"{response}/turns").json()
    assert any(one["went_on"] for one in turned["plans"][0]["tasks"])
    assert later.post(f"{response}/turns").json()["entries"] == turned["entries"]


def test_the_clocks_of_all_responses_stand_in_one_calendar(client, response):
    own = client.get(f"{response}/clocks").json()["clocks"]
    said = client.get(f"{V1}/responses/clocks.ics")
    found = icalendar.Calendar.from_ical(said.content).walk("VEVENT")
    assert len([one for one in found if one.get("status") != "CANCELLED"]) == len(own)
    other = client.get(f"{V1}/responses/clocks.ics", params={"realm": "EXERCISE"})
    assert icalendar.Calendar.from_ical(other.content).walk("VEVENT") == []


def test_what_is_asked_over_all_responses_stands_under_the_label_of_each(client, response):
    told = client.get(f"{V1}/responses/tasks").json()
    assert {one["marking"] for one in told["tasks"]} == {told["marking"]} == {"owner only"}


def test_a_contact_that_answered_by_hand_is_fresh_and_one_without_a_way_is_not_called(client, people):
    body = {"role": "dssc-duty"}
    assert client.post(f"{V1}/mechanisms/nl/calls", json=body).status_code == 422
    assert client.post(f"{V1}/mechanisms/nl/calls/answers", json={"code": "x", "who": "y"}).status_code == 404
    kept = client.post(f"{V1}/mechanisms/nl/calls/by-hand", json=body | {"who": "A. de Boer"})
    assert kept.status_code == 201
    told = client.get(f"{V1}/mechanisms/nl/roster").json()
    (duty,) = [role for role in told["roster"] if role["role"] == "dssc-duty"]
    assert not duty["contacts"][0]["stale"]
    assert told["gaps"] == []


def test_a_plan_goes_out_as_a_playbook_and_comes_back_as_a_file_to_read_and_nothing_is_put_in_place(
    client, service
):
    out = client.get(f"{V1}/playbooks/nl/breakup", params={"tlp": "TLP:GREEN"})
    assert json.loads(out.text)["type"] == "playbook"
    back = client.post(f"{V1}/playbooks", json={"text": out.text}).json()
    assert back["tasks"] > 0
    assert back["text"].count("[[plan.task]]") == back["tasks"]
    assert not (service.home / "mechanisms").exists()
    assert client.post(f"{V1}/playbooks", json={"text": "{}"}).status_code == 422
    assert client.get(f"{V1}/playbooks/nl/none").status_code == 422
    assert "[mechanism]" in client.get(f"{V1}/mechanisms/nl/text").text
