"""Can nobody keep all others out by asking for what takes long?"""

import pytest

from baken.web.service import MOST_SLOW
from tests.web.conftest import V1

EVENT = "LOCAL-RE26-0001"
SLOW = ("ways", "page.pdf")


@pytest.fixture
def at_work(service):
    """A node that works out as much as it can."""
    for _ in range(MOST_SLOW):
        assert service.slow.acquire(blocking=False)


@pytest.mark.parametrize("page", SLOW)
def test_whoever_asks_too_much_at_once_waits_and_all_else_is_answered(client, at_work, page):
    refused = client.get(f"{V1}/reentries/{EVENT}/{page}")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
    assert client.get(f"{V1}/reentries/{EVENT}").status_code == 200


def test_whoever_was_answered_or_refused_makes_room(client):
    for _ in range(2 * MOST_SLOW):
        assert client.get(f"{V1}/reentries/{EVENT}/ways").status_code == 200
        assert client.get(f"{V1}/reentries/LOCAL-RE26-0999/ways").status_code == 404
        assert client.get(f"{V1}/reentries/no-name/ways").status_code == 422


def test_every_page_that_is_typeset_or_worked_out_anew_is_asked_by_a_few_at_once(client, at_work):
    """Whatever ends so takes seconds: a new one is not forgotten."""
    ends = (".pdf", "/ways", "/pieces", "/options")
    asked = [path for path in client.app.openapi()["paths"] if path.endswith(ends)]
    named = {"incident": "LOCAL-IN26-0001", "event": "LOCAL-RE26-0001"}
    of_kind = {"conjunctions": "LOCAL-CJ26-0001", "breakups": "LOCAL-FR26-0001"}
    for path in asked:
        noun = path.split("/")[3]
        place = path.format(**{**named, "event": of_kind.get(noun, named["event"])})
        assert client.get(place).status_code == 429, place
    assert len(asked) >= 7
