"""Is it said who acts, and never guessed?"""

import getpass

import pytest

from baken.errors import WrongUsage
from baken.wiring.people import actor


def test_who_is_named_acts_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_ACTOR", "officer")
    assert actor(" minister ") == "minister"
    assert actor(None) == actor("  ") == "officer"
    monkeypatch.delenv("BAKEN_ACTOR")
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert actor(None) == "login"


def test_nobody_acts_unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.delenv("BAKEN_ACTOR", raising=False)
    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(WrongUsage, match="say who acts with --as NAME"):
        actor(None)
