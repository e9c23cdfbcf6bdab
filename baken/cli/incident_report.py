"""``baken incident report``: what an operator reports from outside."""

import mimetypes
import tomllib
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, table_console
from baken.errors import UnreadableInput, WrongUsage
from baken.operations.receive_report import Attachment, add_to_report, receive_report, state_of_report
from baken.records.incident import Effect, IncidentKind, Segment
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.case_documents import report_state_document
from baken.wiring.files import read_bytes, said_of

FORM = f"""\
# A report of an anomaly, interference or cyber incident. Lines that begin with # may stay as they are.
reporter = ""            # your name
organisation = ""
contact = ""             # where you can be reached now
kind = ""                # {", ".join(kind.value for kind in IncidentKind)}
system = ""              # what it happened to
what = ""                # what was seen, in your own words
observed_from_utc = ""   # UTC, like 2026-11-25T09:00:00Z
# observed_to_utc = "2026-11-25T09:40:00Z"
# segment = "link"       # {", ".join(segment.value for segment in Segment)}
# effect = "disrupt"     # {", ".join(effect.value for effect in Effect)}
# frequency_hz = 1575.42e6
# norad_cat_id = 25544
# techniques = ["EX-0016"]       # SPARTA, where you know them
# releasable_to = ["NL"]         # who else may read this; nobody unless you say so
# tlp = "AMBER"                  # your own label, kept as you say it
"""
# What is asked one by one, with whether it has to be answered.
ASKED = (
    ("reporter", True),
    ("organisation", True),
    ("contact", True),
    ("kind", True),
    ("system", True),
    ("what", True),
    ("observed_from_utc", True),
    ("observed_to_utc", False),
    ("segment", False),
    ("effect", False),
    ("frequency_hz", False),
    ("techniques", False),
    ("releasable_to", False),
    ("tlp", False),
)
LISTS, NUMBERS = frozenset({"techniques", "releasable_to"}), frozenset({"frequency_hz"})


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
        typer.echo(FORM, nl=False)
        return Exit.DONE
    if (file is None) is not interactive:
        raise WrongUsage("give a FILE.toml, made from 'baken incident report --form', or --interactive")
    attachments = [_attachment(path) for path in attached or ()]
    answers = _asked() if file is None else _filled_in(file)
    with said_of(file or "report"), working(context, by) as place:
        receipt = receive_report(
            place.desk,
            answers,
            node=place.store.node_name(),
            realm=realm,
            attachments=attachments,
        )
    if setting.as_json:
        print_json({"entry_id": receipt.entry_id, "code": receipt.code})
    else:
        table_console().print(
            Text(Speech(setting.language)("report.receipt", report=receipt.entry_id, code=receipt.code))
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
            return tomllib.loads(read_bytes(file).decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UnreadableInput(
                f"this is no TOML ({error}); begin with 'baken incident report --form'"
            ) from error


def _asked() -> dict[str, object]:
    """Ask for each field at the terminal; an empty answer leaves out what may be left out."""
    answers = {
        name: typer.prompt(name, default=None if needed else "", show_default=False, err=True)
        for name, needed in ASKED
    }
    return {name: _answer(name, text) for name, text in answers.items() if text}


def _answer(name: str, text: str) -> object:
    if name in LISTS:
        return [word.strip() for word in text.split(",")]
    if name in NUMBERS:
        try:
            return float(text)
        except ValueError:
            raise WrongUsage(f"{name}: {text!r} is no number; write hertz, like 1575.42e6") from None
    return text


def _attachment(path: str) -> Attachment:
    return Attachment(
        name=Path(path).name,
        media_type=mimetypes.guess_type(path)[0] or "application/octet-stream",
        content=read_bytes(path),
    )
