"""Can one see at a terminal what was given to partners, and what came back?"""

import pytest

from baken.records.bundle import ItemKind
from tests.cli.test_partner import ORBIT, lay, nl

__all__ = ["nl"]


@pytest.fixture
def received(ask, nl, tmp_path):
    lay(nl, tmp_path, nl.send("DE", nl.item(ItemKind.ORBIT, "DE", file=ORBIT, title="Their orbit")))
    assert ask("partner", "receive").code == 0
    return ask


def test_what_came_stands_with_its_sender_in_the_language_asked_for(received):
    assert "Their orbit" in received("contribution").out
    told = received("--language", "nl", "contribution", "NL").out
    assert "voor space safety; aan niemand anders; geen einde" in " ".join(told.split())
    (with_nl,) = received("--json", "contribution").document()["contributions"]
    (came,) = with_nl["returned"]
    assert (with_nl["partner"], with_nl["given"], came["kind"]) == ("NL", [], "orbit")
    assert came["terms"] == {
        "purpose": "space safety", "onward": "nobody", "until_utc": None, "licence": ""
    }  # fmt: skip


def test_of_another_partner_and_of_another_world_there_is_nothing(received):
    assert received("--json", "contribution", "FR").document() == {"contributions": []}
    assert received("--json", "contribution", "--realm", "EXERCISE").document() == {"contributions": []}
    assert "Nothing passed with a partner yet." in received("contribution", "FR").out
