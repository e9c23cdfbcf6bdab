"""Can an operator report without an account, and ask after it, while nobody else learns of it?"""

import pytest

from baken.records.evidence import EntryKind
from baken.records.marking import Realm

V1 = "/api/v1"
REPORT = {
    "reporter": "A. de Boer",
    "organisation": "An operator",
    "contact": "+31 70 000 0000",
    "kind": "radio-interference",
    "system": "EXAMPLESAT 1, command link",
    "what": "The carrier was lost three times.",
    "observed_from_utc": "2026-02-28T09:00:00Z",
    "frequency_hz": 2.05e9,
    "techniques": ["EX-0016"],
}
FORM = {name: str(value) for name, value in REPORT.items() if name != "techniques"} | {
    "techniques": "EX-0016"
}


def reports(service):
    return [kept.entry for kept in service.log.entries(Realm.REAL, kinds={EntryKind.REPORT})]


def test_a_report_is_kept_as_said_for_its_receiver_alone(outside, service):
    assert outside.post(f"{V1}/reports", json=REPORT).status_code == 201
    (entry,) = reports(service)
    assert (entry.text("what"), entry.actor, entry.subject) == (REPORT["what"], "outside", "reports")
    assert entry.marking.text == "LOCAL: owner only"


def test_a_reporter_decides_who_else_may_read(outside, service):
    outside.post(f"{V1}/reports", json=REPORT | {"releasable_to": ["NL", "DE"]})
    assert reports(service)[0].marking.text == "LOCAL: DE, NL"


def test_no_receipt_counts_what_is_kept_here(outside, service):
    told = []
    for _ in range(2):
        service.desk().keep(service.desk().entry(EntryKind.STATEMENT, "log", Realm.REAL, ("text", "hidden")))
        receipt = outside.post(f"{V1}/reports", json=REPORT).json()
        path, code = f"{V1}/reports/{receipt['report']}", {"X-Report-Code": receipt["code"]}
        added = outside.post(f"{path}/additions", json={"text": "again"}, headers=code)
        told += [receipt, added.json(), outside.get(path, headers=code).json()]
    assert [{**each, "report": "", "code": ""} for each in told[:3]] == [
        {**each, "report": "", "code": ""} for each in told[3:]
    ]
    assert told[0]["report"] != told[3]["report"]
    assert "EV-" not in str(told)


def test_a_receipt_tells_what_became_of_a_report_and_nothing_else_does(outside, client, service):
    receipt = outside.post(f"{V1}/reports", json=REPORT).json()
    path = f"{V1}/reports/{receipt['report']}"
    assert outside.get(path, headers={"X-Report-Code": receipt["code"]}).json()["joined_an_incident"] is False
    case = client.post(f"{V1}/incidents", json={"title": "x", "kind": "other", "because": "y"}).json()
    client.post(f"{V1}/incidents/{case['incident_id']}/joined", json={"name": "EV-0"})
    assert outside.get(path, headers={"X-Report-Code": receipt["code"]}).json()["joined_an_incident"] is True
    wrong = outside.get(path, headers={"X-Report-Code": "0" * 32})
    names = ("EV-0", "EV-99", "RP-00000000", "EV-" + "9" * 25, "EV-" + "9" * 5_000, "EV-\u0661")
    for name in names:
        absent = outside.get(f"{V1}/reports/{name}", headers={"X-Report-Code": receipt["code"]})
        assert (wrong.status_code, absent.status_code) == (404, 404)
        assert wrong.json()["detail"] == absent.json()["detail"]
    assert receipt["code"] not in repr(service.log.entries(Realm.REAL)[0].entry)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("observed_from_utc", "yesterday"),
        ("observed_from_utc", "2090-01-01T00:00:00Z"),
        ("observed_to_utc", "2026-02-27T09:00:00Z"),
        ("frequency_hz", 2050.0),
        ("norad_cat_id", -5),
        ("techniques", ["T1078"]),
        ("segment", "moon"),
    ],
)
def test_a_field_that_cannot_be_is_refused_by_name_and_nothing_is_kept(outside, service, field, value):
    answer = outside.post(f"{V1}/reports", json=REPORT | {field: value})
    assert answer.status_code == 422
    assert field in answer.json()["detail"]
    assert reports(service) == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_form_can_be_sent_without_a_script(outside, service, language):
    answer = outside.post("/report", params={"language": language}, data=FORM)
    assert answer.status_code == 201
    assert f'lang="{language}"' in answer.text
    assert reports(service)[0].value("techniques") == ("EX-0016",)


def test_a_mistake_in_the_form_comes_back_with_what_was_filled_in(outside, service):
    answer = outside.post("/report", data=FORM | {"frequency_hz": "two", "what": "<b>odd</b> & 'quoted'"})
    assert answer.status_code == 422
    assert "frequency_hz" in answer.text
    assert "&lt;b&gt;odd&lt;/b&gt;" in answer.text
    assert "<b>odd" not in answer.text
    assert reports(service) == []


def test_reports_do_not_come_without_end_and_those_refused_do_not_count(outside, service):
    for _ in range(3):
        assert outside.post(f"{V1}/reports", json=REPORT | {"observed_from_utc": "soon"}).status_code == 422
    assert (service.reports.most_of_one, service.reports.most_of_all) == (60, 300)
    service.reports.most_of_one = 4
    taken = [outside.post(f"{V1}/reports", json=REPORT).status_code for _ in range(4)]
    assert set(taken) == {201}
    size = service.log.size(Realm.REAL)
    refused = [outside.post(f"{V1}/reports", json=REPORT), outside.post("/report", data=FORM)]
    assert [answer.status_code for answer in refused] == [429, 429]
    assert {answer.headers["retry-after"] for answer in refused} == {"600"}
    assert "Call us by telephone" in refused[1].text
    assert REPORT["what"] in refused[1].text
    assert service.log.size(Realm.REAL) == size
