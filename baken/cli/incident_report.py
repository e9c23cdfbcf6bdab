"""``baken incident report``: what an operator reports from outside."""

import mimetypes
import tomllib
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, table_console
from baken.errors import UnreadableInput, WrongUsage
from baken.operations.receive_report import Attachment, receive_report
from baken.records.incident import Effect, IncidentKind, Segment
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.files import read_bytes, said_of

FORM = f"""\
# A report of an anomaly, interference or cyber incident. Lines that begin with # may stay as they are.
reporter = ""            # your name
organisation = ""
contact = ""             # where you can be reached now
kind = "radio-interference"   # {", ".join(kind.value for kind in IncidentKind)}
system = ""              # what it happened to
what = ""                # what was seen, in your own words
observed_from_utc = "2026-11-25T09:00:00Z"
# observed_to_utc = "2026-11-25T09:40:00Z"
# segment = "link"       # {", ".join(segment.value for segment in Segment)}
# effect = "disrupt"     # {", ".join(effect.value for effect in Effect)}
# frequency_hz = 1575.42e6
# norad_cat_id = 25544
# techniques = ["EX-0016"]       # SPARTA, where you know them
# releasable_to = ["NL"]         # who else may read this; nobody unless you say so
"""


def report(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="FILE.toml", help="The form, filled in.")] = None,
    attached: Annotated[list[str] | None, typer.Option("--attach", metavar="FILE")] = None,
    form: Annotated[bool, typer.Option("--form", help="Print an empty form.")] = False,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Take down a report from outside: kept as said, believed by nobody until an officer lets it join."""
    setting: Setting = context.obj
    if form:
        typer.echo(FORM, nl=False)
        return Exit.DONE
    if file is None:
        raise WrongUsage("give a FILE.toml; 'baken incident report --form' prints an empty one")
    attachments = [_attachment(path) for path in attached or ()]
    with said_of(file), working(context, by) as place:
        receipt = receive_report(
            place.desk,
            _filled_in(read_bytes(file)),
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


def _filled_in(content: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"this is no TOML ({error}); begin with 'baken incident report --form'"
        ) from error


def _attachment(path: str) -> Attachment:
    return Attachment(
        name=Path(path).name,
        media_type=mimetypes.guess_type(path)[0] or "application/octet-stream",
        content=read_bytes(path),
    )
