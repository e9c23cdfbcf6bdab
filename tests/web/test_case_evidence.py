"""Can evidence be taken in, taken out and proved over HTTP, each under its label?"""

import base64
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from baken.evidence.check_proof import check_proof
from baken.evidence.checkpoint import origin_of
from baken.evidence.keys import birth, new_key
from baken.incident.priority_file import read_priority_rules
from baken.operations.keep_keys import keep_key_note
from baken.operations.read_as import read_as
from baken.operations.sign_log import sign_log
from baken.records.marking import Realm
from baken.records.reader import Reader
from baken.web.app import application
from baken.web.entrance import reader_of_request
from baken.wiring.admitting import admitting
from tests.makers import EPOCH_TAI_NS, HOUR_NS
from tests.operations.cases import SHIPPED
from tests.web.conftest import HOST

V1 = "/api/v1"
HE = Reader(name="he", acts_for="DE", audiences=frozenset({"DE"}), realms=frozenset({Realm.REAL}))
HOSTILE = "<img src=x onerror=alert(1)>.html"


@pytest.fixture
def case(client) -> str:
    body = {"title": "Noise", "kind": "other", "because": "x", "event_ids": ["LOCAL-RE26-0001"]}
    return client.post(f"{V1}/incidents", json=body).headers["location"]


def said(client, case, **more):
    body = {"about": case.rpartition("/")[2], "text": "noise on the link", "source": "radar", **more}
    (entry_id,) = client.post(f"{V1}/evidence", json=body).json()["entry_ids"]
    return entry_id


def brought(client, case, content=b"<b>as it came</b>", name=HOSTILE, **more):
    coded = base64.b64encode(content).decode()
    body = {"about": case.rpartition("/")[2], "name": name, "content": coded, "kind": "image", **more}
    return client.post(f"{V1}/evidence/files", json=body)


def test_what_is_said_and_brought_is_evidence_of_the_case(client, case):
    entry_id = said(client, case, label="DE, FR; TLP:GREEN")
    (file_id,) = brought(client, case).json()["entry_ids"]
    client.post(f"{case}/grades", json={"entry_id": entry_id, "reliability": "B", "credibility": "2"})
    told = client.get(f"{case}/evidence").json()
    pieces = {each["entry_id"]: each for each in told["evidence"]}
    assert [each["kind"] for each in told["evidence"]] == ["finding", "statement", "image"]
    assert (pieces[entry_id]["marking"], pieces[entry_id]["grade"]["text"]) == (
        "LOCAL: DE, FR; TLP:GREEN",
        "B2",
    )
    assert pieces[file_id]["content"]["size_bytes"] == len(b"<b>as it came</b>")
    assert told["marking"] == "owner only; FROM:LOCAL"


def test_a_file_leaves_as_bytes_that_no_browser_runs(client, case):
    (file_id,) = brought(client, case).json()["entry_ids"]
    answer = client.get(f"{V1}/evidence/{file_id}/content")
    assert (answer.content, answer.headers["content-type"]) == (
        b"<b>as it came</b>",
        "application/octet-stream",
    )
    assert answer.headers["content-disposition"].startswith(
        f"attachment; filename*=UTF-8''REAL-{file_id}-%3C"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"{V1}/evidence/EV-0/content").status_code == 404


WRONG = (
    {"content": "no base64"},
    {"name": "a/b"},
    {"kind": "finding"},
    {"source_time_utc": "soon"},
    {"label": "a: b: c"},
)


def test_what_cannot_be_kept_is_refused_and_leaves_nothing(client, service, case):
    before = service.log.size(Realm.REAL)
    body = {"about": case.rpartition("/")[2], "name": "a.txt", "content": "eA=="}
    told = [client.post(f"{V1}/evidence/files", json={**body, **wrong}).status_code for wrong in WRONG]
    assert told == [422] * len(WRONG)
    assert service.log.size(Realm.REAL) == before


def test_every_act_on_a_case_takes_a_label(client, case):
    noted = client.post(f"{case}/notes", json={"text": "called", "label": "DE"}).json()
    assert noted["timeline"][-1]["marking"] == "LOCAL: DE"
    assert noted["whole_marking"] == "owner only; FROM:LOCAL"
    refused = client.post(f"{case}/notes", json={"text": "called", "label": "DE; CLASS:XX/SECRET"})
    assert refused.status_code == 422
    assert "no classification XX/SECRET" in refused.json()["detail"]


def test_a_proof_can_be_checked_by_whoever_has_only_the_key(client, service, case):
    entry_id = said(client, case)
    unsigned = client.get(f"{V1}/evidence/{entry_id}/proof")
    assert (unsigned.status_code, "no checkpoint" in unsigned.json()["detail"]) == (404, True)
    key = new_key(origin_of("LOCAL", Realm.REAL), service.luck)
    note = birth(key, at_tai_ns=EPOCH_TAI_NS)
    keep_key_note(service.log, note, actor="k", at_tai_ns=EPOCH_TAI_NS, luck=service.luck, realm=Realm.REAL)
    sign_log(service.log, Realm.REAL, key, at_tai_ns=EPOCH_TAI_NS)
    told = client.get(f"{V1}/evidence/{entry_id}/proof").json()
    assert (told["holds"], told["signed_by"]) == (
        True,
        [{"name": key.name, "key_id": key.verifier.key_id.hex(), "key": key.verifier.text}],
    )
    assert check_proof(told["proof"].encode(), [key.verifier]).holds
    assert 2 ** told["path_length"] >= told["size"] / 2
    assert told["commitment"] == client.get(f"{V1}/evidence/{entry_id}").json()["commitment"]


def test_the_rules_judge_anew_when_asked_and_what_a_person_said_stays(client, service, case):
    client.post(f"{case}/judgements", json={"name": "urgency", "value": "routine", "because": "known"})
    rules = read_priority_rules(SHIPPED.read_text(encoding="utf-8"))
    later = replace(service, rules=rules, now_tai_ns=lambda: EPOCH_TAI_NS + 15 * HOUR_NS)
    closer = TestClient(application(later, hosts={HOST}, version="test"), base_url=f"http://{HOST}")
    told = closer.post(f"{case}/judgements/by-rule").json()["urgency"]
    assert (told["automatic"], told["automatic_because"], told["stands"]) == (
        "now",
        "within six hours",
        "routine",
    )


def test_a_reader_finds_no_evidence_that_is_not_for_him_and_no_proof(client, service, case):
    opened = client.post(
        f"{V1}/incidents", json={"title": "Open", "kind": "other", "because": "x", "label": "DE"}
    )
    shared = opened.headers["location"]
    said(client, shared, text="for him", label="DE")
    said(client, shared, text="canary-51c7")
    brought(client, shared, name="canary-51c7.txt")
    lent = replace(
        service, lend=lambda reader: read_as(admitting(service.home, reader), service.store, service.log)
    )
    app = application(lent, hosts={HOST}, version="test")
    app.dependency_overrides[reader_of_request] = lambda: HE
    his = TestClient(app, base_url=f"http://{HOST}")
    told = his.get(f"{shared}/evidence")
    assert [each["text"] for each in told.json()["evidence"]] == ["for him"]
    assert told.json()["marking"] == "LOCAL: DE"
    assert "canary" not in told.text
    (entry_id,) = (each["entry_id"] for each in told.json()["evidence"])
    assert his.get(f"{V1}/evidence/{entry_id}/proof").status_code == 403
    assert his.get(f"{case}/evidence").status_code == 404
