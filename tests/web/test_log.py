"""Does the log over HTTP hold what was said and done, newest first, and only what is for the reader?"""

from dataclasses import replace

import pytest

from baken.evidence.checkpoint import origin_of
from baken.evidence.keys import new_key
from baken.operations.read_as import read_as
from baken.operations.sign_log import sign_log
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.records.reader import Reader
from baken.web.entrance import reader_of_request
from baken.wiring.admitting import admitting
from tests.makers import EPOCH_TAI_NS

OPENING = {"title": "Beacon silent", "kind": "other", "because": "no answer"}
STRANGER = Reader(name="dieter", acts_for="DE", audiences=frozenset({"DE"}), realms=frozenset({Realm.REAL}))


@pytest.fixture
def case(client):
    name = client.post("/api/v1/incidents", json=OPENING).json()["incident_id"]
    client.post(f"/api/v1/incidents/{name}/notes", json={"text": "asked again"})
    return name


def read(client, **asked):
    answer = client.get("/api/v1/log", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_newest_entry_stands_first_and_a_look_is_an_entry(client, case):
    # The reading itself is kept, once an hour.
    kinds = [one["fields"]["kind"] for one in read(client)["entries"]]
    assert [*kinds[:2], kinds[-1]] == [EntryKind.ACCESS, EntryKind.NOTE, EntryKind.OPENED]
    assert len(read(client)["entries"]) == len(kinds)


def test_entries_are_found_by_kind_by_subject_and_by_who_made_them(client, case):
    (note,) = read(client, kind="note")["entries"]
    assert (note["fields"]["text"], note["label"]) == ("asked again", "owner only")
    assert {one["fields"]["subject"] for one in read(client, subject=case)["entries"]} == {case}
    assert read(client, actor="nobody")["entries"] == []


def test_page_after_page_tells_every_entry_once(client, case):
    whole = [one["entry_id"] for one in read(client)["entries"]]
    told, before = [], None
    while True:
        page = read(client, limit=2, **({"before": before} if before else {}))
        told += [one["entry_id"] for one in page["entries"]]
        before = page["before"]
        if before is None:
            break
    assert told == whole


def test_the_head_tells_the_newest_signature_to_whoever_keeps_the_home(client, service, case):
    assert client.get("/api/v1/log/head").json()["checkpoint"] is None
    key = new_key(origin_of("NL", Realm.REAL), service.luck)
    sign_log(service.log, Realm.REAL, key, at_tai_ns=EPOCH_TAI_NS)
    head = client.get("/api/v1/log/head").json()
    assert head["checkpoint"]["origin"] == "baken/NL/real"
    assert (head["checkpoint"]["size"], head["checkpoint"]["witnesses"]) == (head["size"], [])


def test_who_may_see_nothing_of_it_finds_an_empty_log_and_no_count(client, service, case):
    lend = replace(
        service, lend=lambda reader: read_as(admitting(service.home, reader), service.store, service.log)
    )
    client.app.state.service = lend
    client.app.dependency_overrides[reader_of_request] = lambda: STRANGER
    told = client.get("/api/v1/log")
    head = client.get("/api/v1/log/head").json()
    assert told.json()["entries"] == []
    assert (head["size"], head["checkpoint"]) == (0, None)
    assert "whole log" in head["refused"]


@pytest.mark.parametrize("page", ["log?subject=", "evidence?about="])
def test_nobody_fills_the_log_by_asking_for_what_he_makes_up(client, service, case, page):
    client.get(f"/api/v1/{page}made-up")
    size = service.log.size(Realm.REAL)
    for number in range(20):
        assert client.get(f"/api/v1/{page}made-up-{number}").status_code == 200
    assert service.log.size(Realm.REAL) == size
    client.get(f"/api/v1/{page}{case}")
    assert service.log.size(Realm.REAL) == size + 1
