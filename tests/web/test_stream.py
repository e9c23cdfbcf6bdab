"""Does a reader of the stream hear everything once, also when his line drops?"""

import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from baken.operations import work_incident
from baken.operations.desk import Desk
from baken.operations.start_response import start_response
from baken.records.evidence import EntryKind
from baken.web.app import application
from baken.wiring.mechanisms import mechanism_text
from tests.operations.cases import opened

PATIENCE_S = 10.0


@pytest.fixture
def address(service) -> Iterator[str]:
    app = application(service, hosts={"127.0.0.1"}, version="test")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    until_s = time.monotonic() + PATIENCE_S
    while not server.started and time.monotonic() < until_s:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/api/v1/stream"
    server.should_exit = True
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def heard(address, n, headers=None) -> list[tuple[str, dict]]:
    """Listen until so many events were heard."""
    found, last_id = [], ""
    with httpx.stream("GET", address, headers=headers, timeout=PATIENCE_S) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                told = json.loads(line.removeprefix("data: "))
            if line.startswith("id: "):
                last_id = line.removeprefix("id: ")
                found.append((last_id, told))
            if len(found) == n:
                return found
    raise AssertionError(f"the stream ended after {len(found)} events")


def test_nothing_is_lost_and_nothing_told_twice_when_the_line_drops(service, address):
    desk: Desk = service.desk()
    case = opened(desk)
    for number in range(4):
        work_incident.note(desk, case.incident_id, f"note {number}")
    first = heard(address, 2, {"Last-Event-ID": "0"})
    rest = heard(address, 2, {"Last-Event-ID": first[-1][0]})
    assert [told["entry_id"] for _, told in first + rest] == ["EV-1", "EV-2", "EV-3", "EV-4"]
    assert {told["kind"] for _, told in first + rest} == {"note"}


def test_what_happens_while_somebody_listens_is_told(service, address):
    desk: Desk = service.desk()
    case = opened(desk)
    wait = threading.Timer(1.0, work_incident.note, (desk, case.incident_id, "now"))
    wait.start()
    (_, begun), (_, told) = heard(address, 2)
    wait.join()
    assert begun == {"n_entries": 1}
    assert told == {"entry_id": "EV-1", "kind": "note", "subject": str(case.incident_id)}


def test_a_page_that_begins_anew_is_told_what_came_since(service, address):
    desk: Desk = service.desk()
    case = opened(desk)
    (place, _) = heard(address, 1)[0]
    work_incident.note(desk, case.incident_id, "meanwhile")
    assert heard(f"{address}?after={place}", 1)[0][1]["entry_id"] == "EV-1"


def test_an_event_id_that_no_event_had_is_refused(address):
    answer = httpx.get(address, headers={"Last-Event-ID": "soon"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_what_is_done_in_a_response_is_told_too(service, address):
    case = opened(service.desk())
    service.desk().say(case.incident_id, EntryKind.JUDGED, (("name", "severity"), ("value", "serious")))
    text = mechanism_text(service.home, "nl")
    start_response(service.desk(), case.incident_id, text, "it is serious")
    told = heard(address, 2, {"Last-Event-ID": "0"})[-1][1]
    assert (told["kind"], told["subject"]) == ("response", f"{case.incident_id}/response")
