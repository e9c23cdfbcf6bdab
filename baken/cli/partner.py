"""``baken partner``: with whom this home shares, what came from them, and what is answered."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.dossier_check import check_dossier
from baken.cli.exits import Exit
from baken.cli.incident import By, Place, World, machine_work, working
from baken.cli.partner_view import exchange_view, numbers_text, outcomes_table, partner_table, partners_table
from baken.cli.setting import Setting, table_console, who_reads
from baken.errors import WrongUsage
from baken.evidence.bundle import MAX_BUNDLE_BYTES, Why
from baken.operations.answer_partner import answer_partner
from baken.operations.partner_entries import look_at_partner, partners_heard_of
from baken.operations.receive_bundle import Around
from baken.operations.receive_folder import Outcome, receive_all
from baken.records.bundle import AnswerKind
from baken.records.marking import Realm
from baken.records.partner import Partner
from baken.records.reader import Keeper
from baken.report.words import Speech
from baken.share.partner_doubts import Doubted, doubts_about
from baken.transports.bundle_folder import BundleFolder
from baken.wiring.clock import now_tai_ns
from baken.wiring.partner_documents import (
    exchange_document,
    outcome_document,
    outcome_in_short,
    partner_document,
)
from baken.wiring.partners import FOLDER, folder_of, partner, partners
from baken.wiring.people import actor

app = typer.Typer(
    help="Partners: list, show, check, receive what they sent, answer, log.", no_args_is_help=True
)
Code = Annotated[str, typer.Argument(metavar="CODE", help="The partner, like DE.")]


@app.command("list")
def list_partners(context: typer.Context) -> int:
    """List the partners of this home, and what in their files to look at."""
    setting: Setting = context.obj
    known, now, say = partners(setting.home), now_tai_ns(), Speech(setting.language)
    told = [(each, _doubts(each, known, now)) for each in known.values()]
    if setting.as_json:
        print_json({"partners": [partner_document(each, doubts, now) for each, doubts in told]})
    elif told:
        table_console().print(partners_table(told, now, say))
    else:
        table_console().print(say("partner.none", folder=str(setting.home / FOLDER)), highlight=False)
    return Exit.DONE


@app.command("show")
def show(context: typer.Context, code: Code) -> int:
    """Show one partner: what was agreed, which keys, and what to look at."""
    setting: Setting = context.obj
    known, now = partners(setting.home), now_tai_ns()
    found = partner(setting.home, code)
    doubts = _doubts(found, known, now)
    if setting.as_json:
        print_json(partner_document(found, doubts, now))
    else:
        table_console().print(partner_table(found, doubts, now, Speech(setting.language)))
    return Exit.DONE


@app.command("receive")
def receive(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE|FOLDER", help="A bundle, or where they lie; else the partners' folders."
        ),
    ] = None,
    by: By = None,
) -> int:
    """Take in bundles that partners sent, each verified and in its turn; what is refused says why."""
    setting: Setting = context.obj
    known = partners(setting.home)
    folders = _folders(setting.home, known, path)
    reader = who_reads(setting, by)
    with machine_work(context, actor(by)) as place:
        around = Around(me=place.store.node_name(), partners=known, check_dossier=check_dossier)
        outcomes = [each for one in folders for each in _received(place, one, around)]
    # Who may not read everything learns what came in from 'log', of which he sees what is for him.
    in_full = isinstance(reader, Keeper)
    if setting.as_json:
        tell = outcome_document if in_full else outcome_in_short
        print_json({"bundles": [tell(each) for each in outcomes]})
    else:
        _tell(outcomes, folders, Speech(setting.language), in_full=in_full)
    return Exit.DOES_NOT_HOLD if any(_is_refused(each) for each in outcomes) else Exit.DONE


@app.command("answer")
def answer(
    context: typer.Context,
    code: Code,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The item, or how its name begins.")],
    kind: Annotated[AnswerKind, typer.Argument(metavar="taken|dissent|recall-done|recall-refused")],
    text: Annotated[str, typer.Option(help="What is said of it; the partner reads it.")] = "",
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Say something of an item of a partner; it goes with the next bundle to him."""
    setting: Setting = context.obj
    found = partner(setting.home, code)
    with working(context, by) as place:
        node = place.store.node_name()
        kept = answer_partner(place.desk, realm, found.code, item, kind, text, node=node)
    if setting.as_json:
        print_json({"entry_id": kept.entry_id, "answer": kind.value, "due": True})
    else:
        table_console().print(Text(kept.entry_id))
    return Exit.DONE


@app.command("log")
def log(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="The partner; without one, all in short.")
    ] = None,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Show what passed with a partner: what he sent and how it stands, what he asks, what he says of ours."""
    setting: Setting = context.obj
    if code is None:
        return _log_of_all(context, realm, by)
    with working(context, by) as place:
        now = look_at_partner(place.desk, realm, code)
    if setting.as_json:
        print_json(exchange_document(now, now_tai_ns()))
    else:
        for part in exchange_view(now, now_tai_ns(), Speech(setting.language)):
            table_console().print(part)
    return Exit.DONE


def _log_of_all(context: typer.Context, realm: Realm, by: str | None) -> int:
    """Show how far the bundles with every partner are: of those with a file here, and those heard of."""
    setting: Setting = context.obj
    with working(context, by) as place:
        codes = sorted({*partners(setting.home), *partners_heard_of(place.desk.log, realm)})
        told = [look_at_partner(place.desk, realm, code) for code in codes]
    if setting.as_json:
        print_json({"partners": [exchange_document(one, now_tai_ns()) for one in told]})
        return Exit.DONE
    say = Speech(setting.language)
    for one in told:
        table_console().print(Text(f"{one.partner}  {numbers_text(one, say)}"))
    if not told:
        table_console().print(say("partner.none", folder=str(setting.home / FOLDER)), highlight=False)
    return Exit.DONE


def _doubts(one: Partner, known: Mapping[str, Partner], at_tai_ns: int) -> tuple[Doubted, ...]:
    """Return what in the file of a partner to look at; 'check' also looks for audiences nobody knows."""
    others = frozenset(known) - {one.code}
    return doubts_about(one, known_audiences=one.audiences, other_codes=others, at_tai_ns=at_tai_ns)


def _folders(home: Path, known: Mapping[str, Partner], path: Path | None) -> tuple[Path, ...]:
    """Return where to look: the file or folder that was named, else the folders of the partners.

    Raises: WrongUsage when nothing is there.
    """
    if path is not None:
        if not path.exists():
            raise WrongUsage(f"{path}: there is no such file or folder; name a bundle, or where bundles lie")
        return (path,)
    found = [folder_of(home, one.in_folder) for one in known.values()]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _received(place: Place, path: Path, around: Around) -> Iterator[Outcome]:
    """Take in what lies in a folder and put it away; of a file named by itself the file stays."""
    folder = BundleFolder(path=path if path.is_dir() else path.parent, max_bytes=MAX_BUNDLE_BYTES)
    lying = folder.lying() if path.is_dir() else (folder.one(path.name),)
    for outcome in receive_all(place.desk, place.store, lying, around):
        if outcome.received and path.is_dir():
            folder.put_away(outcome.name)
        yield outcome


def _is_refused(outcome: Outcome) -> bool:
    # What waits for another is no trouble yet, and what came before was taken then.
    return outcome.refused is not None and outcome.refused.why not in (Why.GAP, Why.REPLAYED)


def _tell(outcomes: list[Outcome], folders: tuple[Path, ...], say: Speech, *, in_full: bool) -> None:
    if outcomes:
        table_console().print(outcomes_table(outcomes, say, in_full=in_full))
    else:
        where = ", ".join(map(str, folders)) or say("partner.no-in-folder")
        table_console().print(say("partner.nothing-lies", where=where), highlight=False)
