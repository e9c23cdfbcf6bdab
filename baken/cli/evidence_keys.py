"""``baken evidence key``: make keys, show them, hand them on, revoke them."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.evidence_options import THE_WITNESS, As, World, key_name
from baken.cli.exits import Exit
from baken.cli.setting import Setting, instant, table_console, who_reads
from baken.cli.terminal import print_text
from baken.errors import WrongUsage
from baken.evidence.keys import Period, birth, new_key, notes_about, revocation, rotation
from baken.evidence.signed_note import NAME, SIGNER, WITNESS, SignedNote, VerifierKey
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_keys import keep_key_note, key_chains, key_notes, key_periods
from baken.records.marking import Realm
from baken.wiring.clock import now_tai_ns
from baken.wiring.keys import keep_key, kept_keys, one_of, open_key, passphrase
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.stores import open_evidence

app = typer.Typer(help="Keys: new, list, export, rotate, revoke.", no_args_is_help=True)
Role = Annotated[str, typer.Argument(metavar="log|witness|NAME", help="What the key is for.")]


@app.command("new")
def new(context: typer.Context, role: Role, realm: World = Realm.REAL, as_: As = None) -> int:
    """Make a key under a passphrase, and say in the log that it is yours."""
    setting: Setting = context.obj
    who = actor(as_)
    with open_evidence(setting.home, who_reads(setting, who)) as (store, log):
        name = _checked_name(key_name(role, store.node_name(), realm))
        if _is_alive(_chains(log, realm, name)):
            raise WrongUsage(f"there is a key {name} already; 'baken evidence key rotate {role}' replaces it")
        phrase, now = passphrase(f"the new key {name}", twice=True), now_tai_ns()
        made = new_key(name, luck, WITNESS if role == THE_WITNESS else SIGNER)
        # The file before the entry: the log never speaks of a key that was lost on the way.
        keep_key(setting.home, made, phrase)
        keep_key_note(log, birth(made, at_tai_ns=now), actor=who, at_tai_ns=now, luck=luck, realm=realm)
    return _give(setting, made.verifier)


@app.command("list")
def list_keys(context: typer.Context, realm: World = Realm.REAL) -> int:
    """List the keys the log speaks of: from when until when each was good, and which are kept here."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting)) as (_, log):
        found = key_periods(log, realm)
    here, now = set(kept_keys(setting.home)), now_tai_ns()
    if setting.as_json:
        print_json({"keys": [_document(period, here, now) for period in found]})
        return Exit.DONE
    table = Table(title=f"Keys, {realm}", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("key", "id", "for", "good from", "until", "state", "kept here"):
        table.add_column(heading, overflow="fold")
    for period in found:
        told = _document(period, here, now)
        cells = [told[name] for name in ("name", "id", "use", "from_utc", "until_utc", "state")]
        table.add_row(*(Text(str(cell or "-")) for cell in cells), "yes" if told["kept_here"] else "no")
    table_console().print(table)
    return Exit.DONE


@app.command("export")
def export(context: typer.Context, role: Role, realm: World = Realm.REAL) -> int:
    """Print the public key to hand over to others; with --json also the notes that lead to it."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting)) as (store, log):
        name = key_name(role, store.node_name(), realm)
        chain = _chain(log, realm, name)
        notes = notes_about(chain[0].key, key_notes(log, realm))
    return _give(setting, chain[-1].key, notes)


@app.command("rotate")
def rotate(context: typer.Context, role: Role, realm: World = Realm.REAL, as_: As = None) -> int:
    """Hand on from a key to a new one: both sign it, and the old one signs nothing more."""
    setting: Setting = context.obj
    who = actor(as_)
    with open_evidence(setting.home, who_reads(setting, who)) as (store, log):
        name = key_name(role, store.node_name(), realm)
        newest = _chain(log, realm, name)[-1]
        old = open_key(setting.home, one_of(setting.home, name, [newest.key]), passphrase(name))
        phrase, now = passphrase(f"the new key {name}", twice=True), now_tai_ns()
        made = new_key(name, luck, old.algorithm)
        keep_key(setting.home, made, phrase)
        note = rotation(old, made, at_tai_ns=now)
        keep_key_note(log, note, actor=who, at_tai_ns=now, luck=luck, realm=realm)
    return _give(setting, made.verifier)


@app.command("revoke")
def revoke(
    context: typer.Context,
    role: Role,
    because: Annotated[str, typer.Option(help="Why, in one line.")],
    since: Annotated[
        str | None, typer.Option(metavar="UTC", help="From when it is not to be trusted.")
    ] = None,
    key_id: Annotated[str | None, typer.Option("--id", help="An earlier key of the name, by its id.")] = None,
    realm: World = Realm.REAL,
    as_: As = None,
) -> int:
    """Say since when a key is not to be trusted: the newest revokes itself, or one that came before it."""
    setting: Setting = context.obj
    who, now = actor(as_), now_tai_ns()
    since_tai_ns = instant("--since", since) if since else now
    with open_evidence(setting.home, who_reads(setting, who)) as (store, log):
        name = key_name(role, store.node_name(), realm)
        chain = _chain(log, realm, name)
        revoked = _by_id(chain, key_id) if key_id else chain[-1].key
        by = open_key(setting.home, one_of(setting.home, name, [chain[-1].key]), passphrase(name))
        note = revocation(revoked, by, since_tai_ns=since_tai_ns, because=" ".join(because.split()))
        keep_key_note(log, note, actor=who, at_tai_ns=now, luck=luck, realm=realm)
    return _give(setting, revoked)


def _checked_name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise WrongUsage(f"a key has a name without spaces or plus; not so {name!r}")
    return name


def _is_alive(chains: Sequence[Sequence[Period]]) -> bool:
    return bool(chains) and not chains[-1][-1].is_revoked


def _chains(log: EvidenceLog, realm: Realm, name: str) -> list[tuple[Period, ...]]:
    return [chain for chain in key_chains(log, realm) if chain[0].key.name == name]


def _chain(log: EvidenceLog, realm: Realm, name: str) -> tuple[Period, ...]:
    """Return the key of a name that was born last, and those that followed it."""
    found = _chains(log, realm, name)
    if not found:
        raise WrongUsage(
            f"the log of {realm} has no key {name}; 'baken evidence key list' shows those it has"
        )
    return found[-1]


def _by_id(chain: Sequence[Period], key_id: str) -> VerifierKey:
    for period in chain:
        if period.key.key_id.hex() == key_id.lower():
            return period.key
    raise WrongUsage(f"--id {key_id}: no key of this name has it; 'baken evidence key list' shows them")


def _document(period: Period, here: set[VerifierKey], now_tai_ns: int) -> dict[str, object]:
    until = period.until_tai_ns
    ended = "revoked" if period.is_revoked else "rotated"
    return {
        "name": period.key.name,
        "id": period.key.key_id.hex(),
        "key": period.key.text,
        "use": "witness" if period.key.algorithm == WITNESS else "sign",
        "from_utc": None if period.from_tai_ns is None else utc_text(period.from_tai_ns, 0),
        "until_utc": None if until is None else utc_text(until, 0),
        "state": "good" if period.holds(now_tai_ns) and not period.is_revoked else ended,
        "kept_here": period.key in here,
    }


def _give(setting: Setting, key: VerifierKey, notes: tuple[SignedNote, ...] = ()) -> int:
    if setting.as_json:
        told = [note.content.decode() for note in notes]
        print_json({"name": key.name, "id": key.key_id.hex(), "key": key.text, "notes": told})
    else:
        print_text(key.text + "\n")
    return Exit.DONE
