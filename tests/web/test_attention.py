"""Is what asks for attention told in order, with what comes next and how old the data is?"""

from baken.records.marking import Realm
from tests.makers import EPOCH_TAI_NS, falling

HOUR_NS = 3_600_000_000_000


def test_a_fall_within_a_day_comes_first_and_next(service, client):
    service.store.keep_findings([falling(hours=40.0)], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    told = client.get("/api/v1/attention").json()
    first = told["attention"][0]
    assert (first["urgency"], first["kind"]) == ("ACT", "RE")
    assert told["next"]["RE"]["event_id"] == first["event_id"]
    assert told["counts"]["RE"]["ACT"] == sum(row["urgency"] == "ACT" for row in told["attention"])


def test_the_reason_is_told_in_the_language_asked(client):
    english, dutch = (
        client.get("/api/v1/attention", params={"language": language}).json()["attention"][0]["because"]
        for language in ("en", "nl")
    )
    assert english != dutch


def test_a_world_without_orbits_has_no_source(service, client):
    assert service.store.catalogue(Realm.REAL).element_sets == ()
    assert client.get("/api/v1/attention").json()["sources"] == []


def test_more_than_is_asked_for_is_counted_and_not_told(client):
    told = client.get("/api/v1/attention", params={"most": 1}).json()
    assert (len(told["attention"]), told["more"]) == (1, 0)
