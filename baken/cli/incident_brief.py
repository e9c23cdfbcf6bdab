"""``baken incident brief``: a case for whoever decides, at the terminal and on one page."""

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_incident
from baken.cli.incident import By, working
from baken.cli.setting import Setting, log_console, table_console
from baken.operations.brief_decision import case_file, may_say
from baken.operations.work_incident import look_at
from baken.report.decision_page import page_data
from baken.report.words import Speech
from baken.wiring.code_version import code_version
from baken.wiring.files import refuse_unwritable, write_bytes
from baken.wiring.pages import pdf_of_decision


def brief(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT")],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="PATH.pdf", help="Write the page there.")
    ] = None,
    by: By = None,
) -> int:
    """Brief whoever decides: every sentence names the entries of the log that carry it."""
    setting: Setting = context.obj
    if output:
        refuse_unwritable(output)
    with working(context, by) as place:
        found = look_at(place.desk, asked_incident(incident))
        case = case_file(
            place.desk.log,
            found.incident_id,
            as_of_tai_ns=place.desk.at_tai_ns,
            code_version=code_version(),
        )
    told = page_data(case, Speech(setting.language), may_say)
    if setting.as_json:
        print_json(told)
    else:
        show_brief(table_console(), told)
    if output:
        write_bytes(output, pdf_of_decision(case, setting.language, may_say))
        log_console(setting).print(Text(output))
    return Exit.DONE


def show_brief(console: Console, told: dict[str, object]) -> None:
    """Print a brief, section by section."""
    console.print(Text(str(told["title"]), style="bold"))
    console.print(Text(f"{told['realm']} · {told['marking']}"))
    console.print(Text(str(told["subtitle"])))
    sections = told["sections"]
    for section in sections if isinstance(sections, list) else []:
        console.print(Text(f"\n{section['title']}", style="bold"))
        if not section["claims"]:
            console.print(Text(section["empty"], style="dim"))
        for claim in section["claims"]:
            console.print(Text.assemble(f"· {claim['text']} ", (f"({claim['references']})", "dim")))
    console.print(Text(f"\n{told['foot']}", style="dim"))
