"""Does the page of sources tell who says what, how old that is, and only to whom it may be told?"""

from dataclasses import replace

import pytest

from baken.operations.ports import ImportedFile
from baken.operations.read_as import read_as
from baken.records.marking import Marking, Realm
from baken.records.reader import Reader
from baken.web.entrance import reader_of_request
from baken.wiring.admitting import admitting
from tests.makers import DAY_NS, EPOCH_TAI_NS, HOUR_NS, element_set, warning
from tests.store.test_messages import received

FOR_BOTH = Marking(owner="LOCAL", releasable_to=frozenset({"LOCAL", "DE"}))
HE = Reader(name="dieter", acts_for="DE", audiences=frozenset({"DE"}), realms=frozenset({Realm.REAL}))
FILE = ImportedFile(name="gp.csv", digest="sha256:0", n_read=5, n_rejected=2)


def said(norad, source, hours_old, marking=FOR_BOTH):
    epoch_tai_ns = EPOCH_TAI_NS - hours_old * HOUR_NS
    created = {"created_tai_ns": epoch_tai_ns + HOUR_NS}
    return replace(
        element_set(norad, epoch_tai_ns=epoch_tai_ns, marking=marking), originator=source, **created
    )


@pytest.fixture
def told(client, service):
    """What is told after two sources spoke of two objects, a third of what is secret, and somebody warned."""
    keep = service.store.add_element_sets
    ours = [said(900_001, "A", 2), said(900_002, "A", 50)]
    keep(ours, source="A", at_tai_ns=EPOCH_TAI_NS - HOUR_NS, file=FILE)
    keep([said(900_001, "B", 26)], source="B", at_tai_ns=EPOCH_TAI_NS)
    keep([said(900_003, "SECRET", 1, Marking(owner="LOCAL"))], source="SECRET", at_tai_ns=EPOCH_TAI_NS)
    one = received(warning("HERE", hours_before=9.0, pair=(900_001, 900_003), marking=FOR_BOTH))
    service.store.keep_messages([one], node="LOCAL", source="here", at_tai_ns=EPOCH_TAI_NS + 2 * DAY_NS)
    return client.get("/api/v1/sources").json()


def by_name(told, part="orbits"):
    return {one["source"]: one for one in told[part]}


def test_each_source_is_told_with_its_ages_and_what_rests_on_it(told):
    a, b = by_name(told)["A"], by_name(told)["B"]
    assert (a["n_objects"], a["n_in_picture"], a["n_shared"]) == (2, 2, 1)
    assert (a["newest_age_s"], a["oldest_age_s"]) == (2 * 3600.0, 50 * 3600.0)
    assert a["median_age_s"] == 26 * 3600.0
    assert a["epoch_to_published_s"] == 3600.0
    assert (b["n_in_picture"], b["n_shared"], b["last_import"]) == (0, 1, None)
    assert a["last_import"]["file"] == "gp.csv"
    assert (a["last_import"]["n_accepted"], a["last_import"]["n_rejected"]) == (3, 2)


def test_who_warned_is_told_with_how_long_it_took(told):
    here = by_name(told, "warnings")["HERE"]
    assert (here["n_warnings"], here["n_events"]) == (1, 1)
    assert here["published_to_kept_s"] == 9 * 3600.0


def test_what_is_installed_is_listed_alike_whosever_it_is(told):
    names = {(one["group"], one["name"]) for one in told["plugins"]}
    assert {("detectors", "conjunction"), ("formats", "omm-json"), ("transports", "smtp")} <= names
    assert all(one["package"] and one["version"] for one in told["plugins"])


def test_no_source_import_or_count_tells_a_reader_of_what_is_not_for_him(client, service, told):
    assert "SECRET" in by_name(told)
    client.app.state.service = replace(
        service, lend=lambda reader: read_as(admitting(service.home, reader), service.store, service.log)
    )
    client.app.dependency_overrides[reader_of_request] = lambda: HE
    his = client.get("/api/v1/sources")
    assert "SECRET" not in his.text
    assert "gp.csv" not in his.text
    assert his.json()["marking"] == "LOCAL: DE, LOCAL"
    assert by_name(his.json())["A"]["n_objects"] == 2
    assert by_name(his.json())["A"]["last_import"] is None
