"""Can releases be explained, proposed, signed and recalled over HTTP, and are refusals told as such?"""

import pytest

from baken.evidence.keys import birth, new_key
from baken.evidence.signed_note import signed
from baken.operations.keep_keys import keep_key_note
from baken.records.evidence import EntryKind
from baken.records.marking import Marking, Realm
from baken.wiring.release_documents import readable
from tests.cli.conftest import befriend
from tests.makers import EPOCH_TAI_NS
from tests.memory_log import CountedLuck

KEY = new_key("baken/LOCAL/authority/chief", CountedLuck(drawn=7000))
WANTED = {
    "what": "EV-1",
    "recipients": ["DE"],
    "because": "they asked",
    "precision": "position=1km digits=2 keep=title",
    "purpose": "collision warning",
    "until_utc": "2099-01-01T00:00:00Z",
}


@pytest.fixture
def releasing(client, service):
    """Return the door of a node with a partner, an authority with a key, and one piece of evidence."""
    befriend(service.home, "DE")
    desk = service.desk()
    note = birth(KEY, at_tai_ns=EPOCH_TAI_NS)
    said = {"actor": "chief", "at_tai_ns": EPOCH_TAI_NS, "luck": service.luck, "realm": Realm.REAL}
    keep_key_note(service.log, note, **said)
    fields = (("title", "A pass"), ("miss_distance_m", 1234.5), ("sensor", "a radar"))
    desk.keep(desk.entry(EntryKind.OBSERVATION, "log", Realm.REAL, *fields, marking=Marking(owner="LOCAL")))
    return client


def test_what_was_explained_is_proposed_signed_and_recalled(releasing):
    explained = releasing.post("/api/v1/releases/explanations", json=WANTED).json()["explained"][0]
    told = {each["field"]: each["after"] for each in explained["entries"][0]["fields"]}
    assert told == {"title": "A pass", "miss_distance_m": "1000.0", "sensor": None}
    made = releasing.post("/api/v1/releases", json=WANTED)
    assert made.status_code == 201
    at = made.headers["Location"]
    (proposed,) = made.json()["releases"]
    note = signed(proposed["statement"] + "\n", KEY).content.decode()
    stale = {"note": note, "because": "it helps", "seen": 7}
    assert releasing.post(f"{at}/approvals", json=stale).status_code == 409
    approved = releasing.post(f"{at}/approvals", json={**stale, "seen": proposed["n_entries"]})
    assert approved.json()["stage"] == "approved"
    assert releasing.post(f"{at}/recalls", json={"because": "no"}).json()["stage"] == "withdrawn"
    assert releasing.post(f"{at}/recalls", json={"because": "no"}).status_code == 409
    listed = releasing.get("/api/v1/releases").json()["releases"]
    assert [one["release_id"] for one in listed] == [proposed["release_id"]]
    assert releasing.get(at).json()["stage"] == "withdrawn"


REFUSED = (
    ({"recipients": ["PL"]}, 404),
    ({"until_utc": None}, 403),
    ({"until_utc": "soon"}, 422),
    ({"what": "EV-99"}, 404),
    ({"colour": "red"}, 422),
)


def test_what_cannot_go_is_refused_as_such_and_a_stranger_signs_nothing(releasing):
    for changes, status in REFUSED:
        assert releasing.post("/api/v1/releases", json={**WANTED, **changes}).status_code == status
    (proposed,) = releasing.post("/api/v1/releases", json=WANTED).json()["releases"]
    at = f"/api/v1/releases/{proposed['release_id']}"
    stranger = new_key("baken/LOCAL/authority/chief", CountedLuck(drawn=8000))
    note = signed(proposed["statement"] + "\n", stranger).content.decode()
    refused = releasing.post(f"{at}/approvals", json={"note": note, "because": "so"})
    assert refused.status_code == 422
    assert releasing.get(at).json()["stage"] == "proposed"


def test_who_saw_something_is_told(releasing):
    releasing.get("/api/v1/evidence/EV-1")
    (seen,) = releasing.get("/api/v1/releases/sightings", params={"what": "EV-1"}).json()["seen"]
    assert (seen["who"], seen["how"]) == ("officer", "access")


@pytest.mark.parametrize("value", ["9999999999999999999", "-9000000000000000000", "no figure"])
def test_a_figure_that_no_clock_ever_showed_is_told_as_it_is(value):
    assert readable("seen_tai_ns", value) == value
