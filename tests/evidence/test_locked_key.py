"""Does a passphrase open its key, and nothing else, and can others open it as well?"""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from baken.errors import TheirMistake, UnreadableInput, WrongUsage
from baken.evidence.locked_key import WrongPassphrase, locked, unlocked, whose
from tests.evidence.notes import LOG_KEY, WITNESS_KEY, key_of
from tests.memory_log import CountedLuck

PHRASE = "correct horse, bétterie".encode()
LOCKED = locked(LOG_KEY, PHRASE, CountedLuck())


@pytest.mark.parametrize("key", [LOG_KEY, WITNESS_KEY])
def test_a_passphrase_opens_its_key(key) -> None:
    content = locked(key, PHRASE, CountedLuck())
    assert unlocked(content, PHRASE).verifier == key.verifier == whose(content)


@pytest.mark.parametrize("wrong", [b"", b"correct horse", PHRASE + b" ", PHRASE.upper(), b"\x00"])
def test_no_other_passphrase_does(wrong: bytes) -> None:
    with pytest.raises(WrongPassphrase, match="does not open the key baken/NL/real; try again"):
        unlocked(LOCKED, wrong)


def test_a_key_is_not_kept_without_a_passphrase() -> None:
    with pytest.raises(WrongUsage, match="give one"):
        locked(LOG_KEY, b"", CountedLuck())


def test_the_private_key_stands_nowhere_in_the_open() -> None:
    assert LOG_KEY.private_key.private_bytes_raw() not in LOCKED
    assert b"ENCRYPTED" in LOCKED


def test_two_locks_of_one_key_differ() -> None:
    luck = CountedLuck()
    assert locked(LOG_KEY, PHRASE, luck) != locked(LOG_KEY, PHRASE, luck)


def test_another_reader_opens_it() -> None:
    opened = load_pem_private_key(LOCKED, PHRASE)
    assert opened.private_bytes_raw() == LOG_KEY.private_key.private_bytes_raw()


def test_openssl_opens_it(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here")
    (tmp_path / "key.pem").write_bytes(LOCKED)
    command = [openssl, "pkey", "-in", "key.pem", "-passin", "stdin", "-text", "-noout"]
    done = subprocess.run(command, cwd=tmp_path, input=PHRASE, capture_output=True, check=True)
    told = bytes(done.stdout).replace(b"\n    ", b"").decode()
    assert LOG_KEY.private_key.private_bytes_raw().hex(":") in told


def test_a_key_under_the_name_of_another_is_refused() -> None:
    _, rest = LOCKED.split(b"\n", 1)
    other = locked(key_of("baken/NL/real", 9), PHRASE, CountedLuck()).split(b"\n", 1)[0]
    with pytest.raises(UnreadableInput, match="is another one"):
        unlocked(other + b"\n" + rest, PHRASE)


def test_every_changed_byte_is_noticed() -> None:
    # A key whose line for people is whole opens as itself or not at all; the rounds make this slow.
    for place in range(0, len(LOCKED), len(LOCKED) // 6):
        changed = LOCKED[:place] + bytes([LOCKED[place] ^ 4]) + LOCKED[place + 1 :]
        try:
            assert unlocked(changed, PHRASE).verifier == LOG_KEY.verifier
        except (TheirMistake, WrongUsage):
            continue


@pytest.mark.parametrize("content", [b"", b"-----BEGIN", LOCKED.split(b"\n", 1)[1], b"\xff\n"])
def test_what_is_no_key_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match="no key of Baken's"):
        unlocked(content, PHRASE)
