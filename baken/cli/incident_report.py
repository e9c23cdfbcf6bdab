"""``baken incident report``: what an operator reports from outside."""

import mimetypes
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.incident_form import FORM, asked_report
from baken.cli.setting import Setting, table_console
from baken.cli.terminal import print_text
from baken.errors import UnreadableInput, WrongUsage
from baken.formats.toml_table import loaded
from baken.operations.receive_report import Attachment, add_to_report, receive_report, state_of_report
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.case_documents import report_state_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, said_of


def report(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="FILE.toml", help="The form, filled in.")] = None,
    attached: Annotated[list[str] | None, typer.Option("--attach", metavar="FILE")] = None,
    form: Annotated[bool, typer.Option("--form", help="Print an empty form.")] = False,
    interactive: Annotated[bool, typer.Option("--interactive", help="Ask field by field.")] = False,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Take down a report from outside: kept as said, believed by nobody until an officer lets it join."""
    setting: Setting = context.obj
    if form:
        print_text(FORM)
        return Exit.DONE
    if (file is None) is not interactive:
        raise WrongUsage("give a FILE.toml, made from 'baken incident report --form', or --interactive")
    attachments = [_attachment(path) for path in attached or ()]
    answers = asked_report(now_tai_ns()) if file is None else _filled_in(file)
    with said_of(file or "report"), working(context, by) as place:
        receipt = receive_report(
            place.desk,
            answers,
            node=place.store.node_name(),
            realm=realm,
            attachments=attachments,
        )
    if setting.as_json:
        print_json({"entry_id": receipt.entry_id, "report": receipt.name, "code": receipt.code})
    else:
        table_console().print(
            Text(
                Speech(setting.language)(
                    "report.receipt", report=f"{receipt.entry_id} ({receipt.name})", code=receipt.code
                )
            )
        )
    return Exit.DONE


def receipt(
    context: typer.Context,
    report: Annotated[str, typer.Argument(metavar="EV-n", help="The report, as the receipt names it.")],
    code: Annotated[str, typer.Option(help="The code on the receipt.")],
    add: Annotated[str, typer.Option(metavar="TEXT", help="Add something to the report.")] = "",
    attached: Annotated[list[str] | None, typer.Option("--attach", metavar="FILE")] = None,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Ask what became of a report, or add to it, with the code that only its reporter has."""
    setting: Setting = context.obj
    say = Speech(setting.language)
    attachments = [_attachment(path) for path in attached or ()]
    with working(context, by) as place:
        if add or attachments:
            add_to_report(place.desk, report, code, add, realm=realm, attachments=attachments)
        state = state_of_report(place.desk.log, report, code, realm=realm)
    if setting.as_json:
        print_json(report_state_document(state))
    else:
        told = "report.joined" if state.joined else "report.waits"
        received = utc_text(state.received_at_tai_ns, 0)
        text = say(told, report=state.entry_id, received=received, count=state.n_additions)
        table_console().print(Text(text))
    return Exit.DONE


def _filled_in(file: str) -> dict[str, object]:
    with said_of(file):
        try:
            return loaded(read_bytes(file).decode())
        except (ValueError, RecursionError) as error:
            raise UnreadableInput(
                f"this is no TOML ({error}); begin with 'baken incident report --form'"
            ) from error


def _attachment(path: str) -> Attachment:
    return Attachment(
        name=Path(path).name,
        media_type=mimetypes.guess_type(path)[0] or "application/octet-stream",
        content=read_bytes(path),
    )
