"""Are the files of a home that have no label, such as whom to call, for its own people only?"""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from baken.operations.read_as import read_as
from baken.records.marking import Realm
from baken.records.reader import Reader
from baken.web.app import application
from baken.web.entrance import reader_of_request
from baken.wiring.admitting import admitting
from baken.wiring.mechanisms import DIRECTORY, FOLDER, mechanism_texts
from tests.web.conftest import HOST

OURS = Reader(name="ours", acts_for="LOCAL", realms=frozenset({Realm.REAL}))
THEIRS = replace(OURS, name="theirs", acts_for="DE", audiences=frozenset({"DE"}))
NUMBER, PERSON, PLAN, RULE = "+31 6 0000 0001", "A. de Boer", "our-secret-plan", "our own rule"
PEOPLE = f"""
[[contact]]
role = "dssc-duty"
way = "telephone"
address = "{NUMBER}"

[[shift]]
role = "dssc-duty"
person = "{PERSON}"
begins = "00:00Z"
ends = "24:00Z"
"""
PLACES = ("/mechanisms", "/mechanisms/nl/roster", "/mechanisms/nl/findings", "/mechanisms/nl/text", "/rules")


@pytest.fixture
def told_to(service):
    """Return what tells all that a reader is told of the files of a home that has its own of each."""
    home = service.home
    (home / DIRECTORY).write_text(PEOPLE)
    (home / FOLDER).mkdir()
    (home / FOLDER / f"{PLAN}.toml").write_text(mechanism_texts(home)["nl"])
    (home / "priority_rules.toml").write_text(f"# {RULE}\n")

    def tell(reader: Reader) -> str:
        lent = replace(service, lend=lambda one: read_as(admitting(home, one), service.store, service.log))
        app = application(lent, hosts={HOST}, version="test")
        app.dependency_overrides[reader_of_request] = lambda: reader
        client = TestClient(app, base_url=f"http://{HOST}")
        return "\n".join(
            client.get(f"/api/v1{place}").text for place in (*PLACES, f"/mechanisms/{PLAN}/text")
        )

    return tell


def test_whom_to_call_and_a_nodes_own_plans_and_rules_are_told_to_its_own_people_alone(
    told_to,
):
    ours, theirs = told_to(OURS), told_to(THEIRS)
    for said in (NUMBER, PERSON, RULE):
        assert said in ours
        assert said not in theirs
    assert f'"{PLAN}"' in ours
    assert f'"{PLAN}"' not in theirs
    assert '"nl"' in theirs
