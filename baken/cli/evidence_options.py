"""What several commands about evidence are asked alike, and how the answers are read."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from baken.cli.setting import Setting
from baken.errors import WrongUsage
from baken.evidence.checkpoint import origin_of
from baken.evidence.signed_note import SigningKey, VerifierKey, read_verifier_key
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_keys import good_keys
from baken.records.evidence import read_entry_id
from baken.records.marking import Realm
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import STANDARD_STREAM, read_bytes, refuse_unwritable, said_of
from baken.wiring.keys import one_of, open_key, passphrase

As = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who acts; else $BAKEN_ACTOR, else you.")
]
World = Annotated[Realm, typer.Option(help="Which world; they never mix.")]
Keys = Annotated[list[str], typer.Option("--key", metavar="VKEY", help="A public key, or a file with one.")]

THE_LOGS_KEY, THE_WITNESS = "log", "witness"
LAST_POSIX_S = 253_402_300_799


def asked_entry(text: str) -> int:
    """Read an entry's name from the command line.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_entry_id(text)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def key_name(role: str, node: str, realm: Realm) -> str:
    """Return the full name of a key that is asked for by what it is for, or by its full name already.

    >>> key_name("log", "NL", Realm.REAL), key_name("minister", "NL", Realm.REAL)
    ('baken/NL/real', 'baken/NL/authority/minister')
    """
    if role == THE_LOGS_KEY:
        return origin_of(node, realm)
    if role == THE_WITNESS:
        return f"baken/{node}/{THE_WITNESS}"
    return role if "/" in role else f"baken/{node}/authority/{role}"


def refuse_output(setting: Setting, output: str | None) -> None:
    """Refuse a place that cannot be written, or that the JSON document needs, before the work.

    Raises: WrongUsage naming the place.
    """
    if output == STANDARD_STREAM and setting.as_json:
        raise WrongUsage("-o - and --json both want standard output; leave one of them out")
    if output:
        refuse_unwritable(output)


def given_keys(told: list[str]) -> tuple[VerifierKey, ...]:
    """Return public keys given on the command line, each written out or in a file.

    Raises: BadMessage when one of them is none.
    """
    return tuple(_given_key(text) for text in told)


def unlocked_key(setting: Setting, log: EvidenceLog, realm: Realm, name: str) -> SigningKey:
    """Open the key of a name that is good now and kept in the home; asks for its passphrase.

    Raises: WrongUsage when there is none, or the passphrase is wrong.
    """
    key = one_of(setting.home, name, good_keys(log, realm, now_tai_ns()))
    return open_key(setting.home, key, passphrase(name))


def posix_text(posix_s: int) -> str:
    """Return when a witness saw something, as UTC.

    >>> posix_text(1_679_315_147)
    '2023-03-20T12:25:47Z'
    """
    if posix_s > LAST_POSIX_S:
        return f"{posix_s} s after 1970"
    return datetime.fromtimestamp(posix_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _given_key(text: str) -> VerifierKey:
    if "+" in text and not Path(text).is_file():
        return read_verifier_key(text)
    with said_of(text):
        return read_verifier_key(read_bytes(text).decode(errors="replace").strip())
