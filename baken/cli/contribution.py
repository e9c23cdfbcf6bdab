"""``baken contribution``: what was given to whom under which terms, and what came back."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, table_console
from baken.operations.tell_contribution import tell_contributions
from baken.records.contribution import Contribution
from baken.records.marking import Realm
from baken.report.contribution_rows import COLUMNS, contribution_rows, contribution_summary
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.contribution_documents import contribution_document


def contribution(
    context: typer.Context,
    partners: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTNER]...", help="With whom; else with everybody.")
    ] = None,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Tell what was given to partners under which terms, and what came back."""
    setting: Setting = context.obj
    with working(context, by) as place:
        told = tell_contributions(place.desk.log, realm, at_tai_ns=now_tai_ns())
    chosen = [each for each in told if not partners or each.partner in partners]
    say = Speech(setting.language)
    if setting.as_json:
        print_json({"contributions": [contribution_document(each) for each in chosen]})
    elif not chosen:
        table_console().print(say("contribution.none"))
    else:
        for each in chosen:
            _show(each, say)
    return Exit.DONE


def _show(told: Contribution, say: Speech) -> None:
    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        title=Text(say("contribution.title", partner=told.partner)),
        title_justify="left",
        caption=Text(contribution_summary(told, say)),
        caption_justify="left",
    )
    for column in COLUMNS:
        table.add_column(say(f"contribution.column.{column}"), overflow="fold")
    for row in contribution_rows(told, say):
        table.add_row(*map(Text, row))
    table_console().print(table)
