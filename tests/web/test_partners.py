"""Are partners and rules of sharing told over HTTP, and only to whoever they are for?"""

from dataclasses import replace

import pytest

from baken.operations.read_as import read_as
from baken.records.evidence import EntryKind
from baken.records.handling import Handling
from baken.records.marking import Marking, Realm
from baken.records.reader import Reader
from baken.web.entrance import reader_of_request
from baken.wiring.admitting import admitting
from tests.cli.conftest import befriend
from tests.web.test_releases import WANTED, releasing

__all__ = ["releasing"]
HE = Reader(name="he", acts_for="LOCAL", realms=frozenset({Realm.REAL}))
STATE = """
@id("as-baken-says") @en("Nothing more is asked.")
permit (principal, action, resource);
@id("no-radar") @en("Nothing of a radar goes.") @obligation("consent")
forbid (principal, action == Action::"release", resource) when { resource.kind == "image" };
"""


@pytest.fixture
def shared(releasing, service):
    """A node with two partners, one of whom the label of something names."""
    befriend(service.home, "FR")
    (service.home / "partners" / "NO.toml").write_text('code = "NO"\n')
    (service.home / "policies").mkdir()
    (service.home / "policies" / "LOCAL.cedar").write_text(STATE)
    desk, label = service.desk(), Marking(owner="LOCAL", releasable_to=frozenset({"DE"}))
    desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("title", "For them"), marking=label))
    return releasing


@pytest.fixture
def asked_by(shared, service):
    """Return what asks the node something as a reader."""

    def ask(reader, path):
        app = shared.app
        app.state.service = replace(
            service, lend=lambda one: read_as(admitting(service.home, one), service.store, service.log)
        )
        app.dependency_overrides[reader_of_request] = lambda: reader
        try:
            return shared.get(f"/api/v1{path}")
        finally:
            app.dependency_overrides.clear()

    return ask


def test_each_partner_is_told_with_what_would_go_to_him_today(shared):
    told = shared.get("/api/v1/partners").json()
    lines = {each["code"]: each for each in told["partners"]}
    assert {code: one["n_would_get"] for code, one in lines.items()} == {"DE": 1, "FR": 0, "NO": 0}
    assert [one["works_in_this_world"] for one in lines.values()] == [True, True, False]
    assert told["marking"] == "LOCAL: owner only"
    page = shared.get("/api/v1/partners/DE").json()
    assert [(each["title"], each["policy_ids"]) for each in page["would_get"]] == [
        ("For them", ["LOCAL:as-baken-says", "baken:audience-receives"])
    ]
    assert all(each["as_it_should_be"] for each in page["tried"])
    assert page["key"] == "none"
    assert "out" not in page["file"]


def test_a_partner_nobody_knows_is_refused_alike_for_everybody(shared, asked_by):
    assert shared.get("/api/v1/partners/XX").status_code == 404
    other = replace(HE, acts_for="DE", audiences=frozenset({"DE"}))
    known, unknown = (asked_by(other, f"/partners/{code}") for code in ("FR", "XX"))
    assert known.status_code == unknown.status_code == 404
    assert known.text.replace("FR", "XX") == unknown.text


@pytest.mark.parametrize(
    "other",
    [
        replace(HE, acts_for="DE", audiences=frozenset({"DE"})),
        replace(HE, realms=frozenset({Realm.EXERCISE})),
    ],
)
def test_the_files_of_partners_and_the_rules_of_the_state_are_for_whoever_acts_for_it(asked_by, other):
    assert [each["code"] for each in asked_by(HE, "/partners").json()["partners"]] == ["DE", "FR", "NO"]
    assert asked_by(other, "/partners").json()["partners"] == []
    assert [each["name"] for each in asked_by(HE, "/policies").json()["sets"]] == ["baken", "LOCAL"]
    assert [each["name"] for each in asked_by(other, "/policies").json()["sets"]] == ["baken"]


def test_what_would_go_counts_nothing_that_whoever_asks_may_not_see(shared, service, asked_by):
    (service.home / "partners" / "DE.toml").write_text('code = "DE"\nrealms = ["REAL"]\nneeds = ["radar"]\n')
    for_few = Marking(
        owner="LOCAL", releasable_to=frozenset({"DE"}), handling=Handling(needs=frozenset({"radar"}))
    )
    desk = service.desk()
    desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("title", "For few"), marking=for_few))
    assert shared.get("/api/v1/partners/DE").json()["n_would_get"] == 2
    told = asked_by(HE, "/partners/DE").json()
    assert (told["n_would_get"], [each["title"] for each in told["would_get"]]) == (1, ["For them"])


def test_a_file_that_cannot_be_read_is_told_only_to_whoever_may_read_it(service, asked_by):
    (service.home / "partners" / "IT.toml").write_text("code = ")
    assert asked_by(HE, "/partners").status_code == 422
    assert asked_by(replace(HE, acts_for="DE"), "/partners").status_code == 200


def test_each_rule_is_told_as_it_is_written_and_with_what_it_says(shared):
    told = shared.get("/api/v1/policies").json()
    rule = next(each for one in told["sets"] for each in one["rules"] if each["id"] == "LOCAL:no-radar")
    assert (rule["effect"], rule["obligations"], rule["says"]) == (
        "forbid",
        ["consent"],
        {"en": "Nothing of a radar goes."},
    )
    assert 'resource.kind) == "image"' in rule["text"]
    assert "@" not in rule["text"]


def test_rules_that_were_decided_under_are_told_with_what_changed_in_them(shared, service):
    shared.post("/api/v1/releases", json=WANTED)
    (service.home / "policies" / "LOCAL.cedar").write_text(STATE.replace("image", "orbit"))
    shared.post("/api/v1/releases", json=WANTED)
    kept = shared.get("/api/v1/policies").json()["kept"]
    assert [(one["changed"], one["by"], one["holds"]) for one in kept] == [
        (["LOCAL", "baken"], "officer", False),
        (["LOCAL"], "officer", True),
    ]
