"""``baken respond statement``: draft what could be told to one audience; nothing is sent."""

from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_incident
from baken.cli.incident import By, working
from baken.cli.setting import Setting, log_console
from baken.cli.terminal import print_text
from baken.operations.draft_statement import draft_statement
from baken.operations.work_incident import look_at
from baken.report.statement import StatementKind
from baken.report.words import Speech
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.statement_documents import left_out_text, statement_document, statement_text


def statement(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    kind: Annotated[StatementKind, typer.Option("--kind", help="What the draft is for.")],
    audience: Annotated[str, typer.Option("--for", metavar="AUDIENCE", help="Who would read it.")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the draft there.")
    ] = None,
    by: By = None,
) -> int:
    """Draft a statement from what is released to an audience, and say on standard error what was left out.

    Nothing sends it and nothing approves it.
    """
    setting: Setting = context.obj
    if output:
        refuse_unwritable(output)
    with working(context, by) as place:
        case_id = asked_incident(incident)
        look_at(place.desk, case_id)
        found = draft_statement(place.desk.log, case_id, kind, audience, say=Speech(setting.language))
    if setting.as_json:
        print_json(statement_document(found))
    else:
        print_text(statement_text(found))
        if beneath := left_out_text(found):
            log_console(setting).print(Text(beneath))
    if output:
        write_bytes(output, statement_text(found).encode("utf-8"))
    return Exit.DONE
