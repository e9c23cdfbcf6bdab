"""Private keys in the home: who may read them, and what opens them."""

import getpass
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from baken.errors import UnreadableInput, WrongUsage
from baken.evidence.locked_key import locked, unlocked, whose
from baken.evidence.signed_note import SigningKey, VerifierKey
from baken.store.files import FOR_ITS_OWNER, sync_folder
from baken.store.troubles import told_plainly
from baken.wiring.luck import luck

KEYS = "keys"
PASSPHRASE = "BAKEN_PASSPHRASE"
OTHERS = 0o077


def passphrase(of: str, *, twice: bool = False) -> bytes:
    """Return the passphrase in ``$BAKEN_PASSPHRASE``, else what is typed unseen; a new one is typed twice.

    Raises: WrongUsage when nobody can type one, when it is empty, or not the same twice.
    """
    given = os.environ.get(PASSPHRASE)
    if given is None and not sys.stdin.isatty():
        raise WrongUsage(f"nobody can type the passphrase of {of} here; give it as ${PASSPHRASE}")
    typed = getpass.getpass(f"Passphrase of {of}: ") if given is None else given
    if given is None and twice and getpass.getpass("The same again: ") != typed:
        raise WrongUsage("the two passphrases differ; nothing was made, try again")
    if not typed:
        raise WrongUsage(f"{of} needs a passphrase, and this one is empty")
    return typed.encode()


def keep_key(home: Path, key: SigningKey, phrase: bytes) -> Path:
    """Keep a private key in a home, whole or not at all, for its owner alone.

    Raises: WrongUsage, OutsideServiceFailed when the disk cannot take it.
    """
    folder = home / KEYS
    file = _file_of(folder, key.verifier)
    content = locked(key, phrase, luck)
    with told_plainly(str(home)):
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        _write_for_owner(file, content)
        sync_folder(folder)
    return file


def kept_keys(home: Path) -> tuple[VerifierKey, ...]:
    """Return the public keys of those kept in a home, in order of name.

    Raises: UnreadableInput for a file that is no key.
    """
    return tuple(_whose(file) for file in sorted((home / KEYS).glob("*.pem")))


def open_key(home: Path, key: VerifierKey, phrase: bytes) -> SigningKey:
    """Open a private key that is kept in a home.

    Raises: WrongUsage when it is not there, others may read it, or the passphrase is wrong.
    """
    file = _file_of(home / KEYS, key)
    if not file.exists():
        raise WrongUsage(f"the private key {key.name} is not kept here as {file}; sign where it is kept")
    if file.stat().st_mode & OTHERS:
        raise WrongUsage(f"{file}: others may read this key; 'chmod 600' it, and rotate it if they did")
    return unlocked(file.read_bytes(), phrase)


def one_of(home: Path, name: str, good: Sequence[VerifierKey]) -> VerifierKey:
    """Return the key of a name that is good now and kept in a home.

    Raises: WrongUsage when there is none.
    """
    kept = set(kept_keys(home))
    for key in good:
        if key.name == name and key in kept:
            return key
    raise WrongUsage(f"there is no key {name} here that is good now; 'baken evidence key new' makes one")


def _file_of(folder: Path, key: VerifierKey) -> Path:
    return folder / f"{key.name.replace('/', '_')}.{key.key_id.hex()}.pem"


def _write_for_owner(file: Path, content: bytes) -> None:
    # mkstemp makes files that nobody else may read.
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _whose(file: Path) -> VerifierKey:
    try:
        return whose(file.read_bytes())
    except UnreadableInput as error:
        raise UnreadableInput(f"{file}: {error}") from error
