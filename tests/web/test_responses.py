"""Can everybody's part be done over HTTP, and a letter be acknowledged by a stranger who learns no more?"""

import io
import time

import icalendar
import pypdf
import pytest

from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.web.acknowledgements import EVERY_ANSWER_TAKES_S
from baken.web.guesses import MOST_OF_ALL, MOST_OF_ONE, WINDOW_NS, Guesses

V1 = "/api/v1"
WRONG = {"code": "00000-00000", "who": "A. Nobody"}


def letters(service):
    drafted = service.log.entries(Realm.REAL, kinds={EntryKind.NOTICE})
    return [kept.entry for kept in drafted if kept.entry.text("act") == "draft"]


def approved_call_out(client, service, response):
    letter = next(one for one in letters(service) if one.text("kind_of_notice") == "call-out")
    body = {"keys": [letter.text("key")], "because": "read"}
    assert client.post(f"{response}/notices/approvals", json=body).status_code == 200
    return letter


def test_a_task_is_taken_on_and_done_and_the_engine_goes_on(client, response):
    asked = client.get(f"{V1}/responses/tasks").json()["tasks"]
    task = next(one for one in asked if one["kind"] == "act")
    before = client.get(response).json()["entries"]
    taken = client.post(f"{response}/tasks/{task['task']}/taken", json={"seen": before}).json()
    assert taken["entries"] > before
    done = client.post(f"{response}/tasks/{task['task']}/done", json={"because": "it was"}).json()
    (standing,) = [one for one in done["plans"][0]["tasks"] if one["task"] == task["task"]]
    assert (standing["stage"], standing["ended_by"]) == ("done", "officer")
    again = client.post(f"{response}/tasks/{task['task']}/taken", json={})
    assert again.status_code == 409


@pytest.mark.parametrize("what", ["requests", "lessons", "notices/told"])
def test_whoever_saw_less_than_there_is_hears_so_and_nothing_is_kept(client, service, response, what):
    bodies = {
        "requests": {
            "kind": "operator-data",
            "of": client.get(f"{V1}/mechanisms/nl/roster").json()["roster"][0]["role"],
            "purpose": "where it is",
            "noticeable": "nothing",
            "due_utc": "2030-01-01T00:00:00Z",
        },
        "lessons": {"text": "call earlier"},
        "notices/told": {"key": letters(service)[0].text("key"), "said": "heard"},
    }
    size = service.log.size(Realm.REAL)
    late = client.post(f"{response}/{what}", json=bodies[what] | {"seen": 0})
    assert (late.status_code, service.log.size(Realm.REAL)) == (409, size)


def test_a_request_is_asked_and_answered_and_its_clock_runs_between(client, response):
    role = client.get(f"{V1}/mechanisms/nl/roster").json()["roster"][0]["role"]
    body = {"kind": "operator-data", "of": role, "purpose": "where it is", "noticeable": "nothing"}
    asked = client.post(f"{response}/requests", json=body | {"due_utc": "2030-01-01T00:00:00Z"})
    assert asked.status_code == 201
    assert "R-1" in [clock["name"] for clock in client.get(f"{response}/clocks").json()["clocks"]]
    answered = client.post(f"{response}/requests/r-1/answers", json={"act": "answer", "because": "here"})
    assert answered.json()["requests"][0]["stage"] == "answered"
    refused = client.post(f"{response}/requests", json=body | {"due_utc": "tomorrow"})
    assert refused.status_code == 422
    assert "due_utc" in refused.json()["detail"]


def test_a_lesson_is_noted_and_closed_once(client, response):
    assert client.post(f"{response}/lessons", json={"text": "call earlier"}).status_code == 201
    closed = client.post(f"{response}/lessons/L-1/closed", json={"because": "we do"})
    assert closed.json()["lessons"][0]["closed_because"] == "we do"
    assert client.post(f"{response}/lessons/L-1/closed", json={"because": "again"}).status_code == 422


def test_a_look_back_is_read_as_data_and_as_a_page_in_both_languages(client, response):
    client.post(f"{response}/lessons", json={"text": "call earlier", "owner": "Lina"})
    read = {
        language: client.get(f"{response}/after-action", params={"language": language}).json()
        for language in ("en", "nl")
    }
    assert [told["lessons"]["rows"][0][1] for told in read.values()] == ["“call earlier”"] * 2
    assert read["en"]["lessons"]["title"] != read["nl"]["lessons"]["title"]
    for language, told in read.items():
        page = client.get(f"{response}/after-action.pdf", params={"language": language})
        assert page.headers["content-type"] == "application/pdf"
        text = " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(page.content)).pages)
        assert told["lessons"]["title"] in text
        assert "call earlier" in text


def test_every_running_clock_stands_in_the_calendar_and_goes_away_when_its_plan_is_stood_down(
    client, response
):
    def entries():
        answer = client.get(f"{response}/clocks.ics")
        assert answer.headers["content-type"].startswith("text/calendar")
        return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")

    running = client.get(f"{response}/clocks").json()["clocks"]
    due = {entry.end.strftime("%Y-%m-%dT%H:%M") for entry in entries() if entry.get("status") != "CANCELLED"}
    assert running
    assert {clock["due_utc"][:16] for clock in running} == due
    plan = client.get(f"{response}/board").json()["boards"][0]["plan_id"]
    client.post(f"{response}/plans/{plan}/stood-down", json={"because": "over"})
    assert {entry["status"] for entry in entries()} == {"CANCELLED"}


@pytest.mark.parametrize("what", ["after-action", "after-action.pdf", "clocks.ics"])
def test_of_a_case_nobody_responds_to_there_is_nothing_to_look_back_on(client, case, what):
    answer = client.get(f"{case}/response/{what}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_no_letter_leaves_a_home_that_says_no_way(client, service, response):
    approved_call_out(client, service, response)
    answer = client.post(f"{response}/notices/deliveries")
    assert answer.status_code == 422
    assert "transports.toml" in answer.json()["detail"]


def test_the_board_is_read_in_dutch_and_a_plan_is_stood_down(client, response):
    (board,) = client.get(f"{response}/board", params={"language": "nl"}).json()["boards"]
    assert board["rows"]
    plan = board["plan_id"]
    assert client.post(f"{response}/plans/{plan}/call-outs", json={"because": "no facts"}).status_code == 200
    down = client.post(f"{response}/plans/{plan}/stood-down", json={"because": "over"}).json()
    assert (down["plans"][0]["stood_down_by"], down["clocks"]) == ("officer", [])


def test_a_mechanism_can_be_checked_and_what_is_not_there_is_refused(client, case):
    assert "nl" in client.get(f"{V1}/mechanisms").json()["mechanisms"]
    assert client.get(f"{V1}/mechanisms/nl/findings").json()["mechanism"] == "nl"
    paths = [f"{V1}/mechanisms/none/roster", f"{case}/response", f"{case}/response/notices"]
    assert [client.get(path).status_code for path in paths] == [404] * 3


def test_a_stranger_with_the_code_takes_the_task_on_and_is_told_what_stood_in_his_letter(
    client, outside, service, case, response
):
    letter = approved_call_out(client, service, response)
    said = {"incident": case.rpartition("/")[2], "code": letter.text("code").lower(), "who": "A. de Boer"}
    answer = outside.post(f"{V1}/acknowledgements", json=said)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["letter"], told["taken_on"]) == (letter.text("title"), True)
    assert told["task"] in letter.text("text")
    tasks = client.get(response).json()["plans"][0]["tasks"]
    (task,) = [one for one in tasks if one["task"] == letter.text("task")]
    assert task["taken_by"] == f"A. de Boer ({letter.text('role')})"


def test_a_wrong_code_no_response_and_no_incident_are_answered_alike_and_as_slowly(
    outside, case, client, service
):
    def answered(name):
        began_s = time.monotonic()
        answer = outside.post(f"{V1}/acknowledgements", json=WRONG | {"incident": name})
        assert time.monotonic() - began_s >= EVERY_ANSWER_TAKES_S
        return answer.status_code, answer.json()

    name = case.rpartition("/")[2]
    without = answered(name)
    client.post(f"{case}/response/plans", json={"because": "it is serious"})
    size = service.log.size(Realm.REAL)
    told = [without, answered(name), answered("LOCAL-IN26-0099"), answered("soon")]
    assert told[0][0] == 404
    assert all(each == told[0] for each in told)
    assert service.log.size(Realm.REAL) == size


def test_a_letter_nobody_approved_is_acknowledged_by_nobody(outside, service, case, response):
    said = {"incident": case.rpartition("/")[2], "code": letters(service)[0].text("code"), "who": "x"}
    assert outside.post(f"{V1}/acknowledgements", json=said).status_code == 404


def test_codes_cannot_be_guessed_and_the_door_says_when_to_come_back(outside, service, case):
    name = case.rpartition("/")[2]
    for _ in range(MOST_OF_ONE):
        assert service.guesses.wait_s(name, service.now_tai_ns()) == 0
    answer = outside.post(f"{V1}/acknowledgements", json=WRONG | {"incident": name.lower()})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "600")
    assert answer.headers["content-type"] == "application/problem+json"
    page = outside.post(f"/acknowledge/{name}", data=WRONG)
    assert (page.status_code, page.headers["retry-after"]) == (429, "600")
    other = outside.post(f"{V1}/acknowledgements", json=WRONG | {"incident": "LOCAL-IN26-0099"})
    assert other.status_code == 404


def test_guesses_are_bounded_over_all_names_and_forgotten_in_time_and_right_ones_do_not_count():
    guesses = Guesses()
    assert [guesses.wait_s(str(number), 0) for number in range(MOST_OF_ALL)] == [0] * MOST_OF_ALL
    assert guesses.wait_s("one more", 0) == 600
    guesses.was_right("7", 0)
    assert guesses.wait_s("one more", 0) == 0
    assert guesses.wait_s("another", 0) == 600
    assert guesses.wait_s("another", WINDOW_NS) == 0


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_of_a_letter_works_without_a_script_and_keeps_no_code(
    client, outside, service, case, response, language
):
    letter = approved_call_out(client, service, response)
    place, asked = f"/acknowledge/{case.rpartition('/')[2]}", {"language": language}
    empty = outside.get(place, params=asked)
    assert f'lang="{language}"' in empty.text
    assert "<script" not in empty.text
    wrong = outside.post(place, params=asked, data={"code": "ABCDE-12345", "who": "<b>A</b>"})
    assert wrong.status_code == 404
    assert "&lt;b&gt;A" in wrong.text
    assert "ABCDE-12345" not in wrong.text
    right = outside.post(place, params=asked, data={"code": letter.text("code"), "who": "A"})
    assert right.status_code == 201
    assert letter.text("code") not in right.text


def test_the_page_is_the_same_whether_there_is_such_an_incident_or_not(outside, case):
    name = case.rpartition("/")[2]
    there, absent = outside.get(f"/acknowledge/{name}"), outside.get("/acknowledge/LOCAL-IN26-0099")
    assert there.text.replace(name, "") == absent.text.replace("LOCAL-IN26-0099", "")


def test_a_browser_may_say_where_our_own_form_came_from(outside):
    # Under "no-referrer" it says Origin: null, which is nobody of ours.
    # Source: Fetch Standard, "append a request Origin header".
    assert outside.get("/report").headers["referrer-policy"] == "same-origin"
