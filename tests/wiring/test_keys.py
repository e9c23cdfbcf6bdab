"""Are private keys in a home for their owner alone, whole or not there, and opened only by who may?"""

import getpass
import os
import sys
from pathlib import Path

import pytest

from baken.errors import OutsideServiceFailed, UnreadableInput, WrongUsage
from baken.wiring import keys
from baken.wiring.keys import keep_key, kept_keys, one_of, open_key, passphrase
from tests.evidence.notes import LOG_KEY, WITNESS_KEY, key_of


class Terminal:
    def isatty(self) -> bool:
        return True


def typing(monkeypatch: pytest.MonkeyPatch, *phrases: str) -> None:
    waiting = iter(phrases)
    monkeypatch.delenv("BAKEN_PASSPHRASE", raising=False)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(waiting))


def test_a_passphrase_is_typed_unseen_and_a_new_one_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "one", "two", "two")
    assert passphrase("a key") == b"one"
    assert passphrase("a key", twice=True) == b"two"


@pytest.mark.parametrize(("typed", "said"), [(("a", "b"), "differ"), (("", ""), "this one is empty")])
def test_a_slip_makes_no_key(monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], said: str) -> None:
    typing(monkeypatch, *typed)
    with pytest.raises(WrongUsage, match=said):
        passphrase("a key", twice=True)


def test_kept_keys_are_found_and_opened(tmp_path: Path) -> None:
    assert kept_keys(tmp_path) == ()
    for key in (LOG_KEY, WITNESS_KEY):
        keep_key(tmp_path, key, b"phrase")
    assert set(kept_keys(tmp_path)) == {LOG_KEY.verifier, WITNESS_KEY.verifier}
    assert open_key(tmp_path, LOG_KEY.verifier, b"phrase").verifier == LOG_KEY.verifier
    good = [key_of(LOG_KEY.name, 9).verifier, LOG_KEY.verifier]
    assert one_of(tmp_path, LOG_KEY.name, good) == LOG_KEY.verifier
    with pytest.raises(WrongUsage, match="there is no key"):
        one_of(tmp_path, LOG_KEY.name, good[:1])
    with pytest.raises(WrongUsage, match="sign where it is kept"):
        open_key(tmp_path, good[0], b"phrase")


def test_a_disk_that_fails_leaves_no_half_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideServiceFailed, match="its disk is full"):
        keep_key(tmp_path, LOG_KEY, b"phrase")
    assert list((tmp_path / keys.KEYS).iterdir()) == []


def test_a_file_that_is_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / keys.KEYS).mkdir()
    (tmp_path / keys.KEYS / "odd.pem").write_text("-----BEGIN")
    with pytest.raises(UnreadableInput, match=r"odd\.pem: this is no key"):
        kept_keys(tmp_path)
