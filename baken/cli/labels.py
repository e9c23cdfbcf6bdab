"""``baken evidence labels``: which classifications there are here, and which clearance is good for what."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, table_console
from baken.errors import NoSuchRecord
from baken.share.classifications import Classifications, may_handle, why_covers
from baken.wiring.classification_documents import classifications_document
from baken.wiring.classifications import classifications

NO_ACCREDITATION = (
    "This table carries what its owner says. It accredits no machine and clears nobody: that is for the "
    "security authority."
)


def labels(
    context: typer.Context,
    clearances: Annotated[
        list[str] | None, typer.Argument(metavar="[POLICY/LEVEL]...", help="What these are good for only.")
    ] = None,
) -> int:
    """Show the table of classifications: levels, what a clearance covers, by which agreement."""
    setting: Setting = context.obj
    table = classifications(setting.home)
    asked = list(clearances or ())
    unknown = [name for name in asked if name not in table.by_name]
    if unknown:
        known = ", ".join(sorted(table.by_name))
        raise NoSuchRecord(f"there is no level {unknown[0]!r}, so it gives nothing; there are {known}")
    if setting.as_json:
        print_json(classifications_document(table, asked))
        return Exit.DONE
    console = table_console()
    if asked:
        console.print(_good_for(asked, table))
    else:
        for shown in (_levels(table), _agreements(table), _rules(table), _sources(table)):
            console.print(shown)
        for line in table.unverified:
            console.print(Text(f"Not checked, so not in it. {line}"))
    console.print(Text(NO_ACCREDITATION))
    return Exit.DONE


def _levels(table: Classifications) -> Table:
    shown = _table(
        f"Classifications, version {table.version}", "level", "written", "a clearance covers", "source"
    )
    for level in table.levels:
        covered = ", ".join(name.partition("/")[2] for name in sorted(level.covers)) or "only this"
        shown.add_row(*map(Text, (level.name, level.written, covered, level.source.source_id)))
    return shown


def _agreements(table: Classifications) -> Table:
    shown = _table("Across policies", "agreement", "what", "source")
    for agreement in table.agreements:
        alike = [" = ".join(sorted(group)) for group in agreement.alike]
        one_way = [f"{clearance} is good for {good_for}" for clearance, good_for in sorted(agreement.one_way)]
        what = "\n".join([f"{agreement.scope}:", *alike, *one_way])
        shown.add_row(*map(Text, (agreement.agreement_id, what, agreement.source.source_id)))
    return shown


def _rules(table: Classifications) -> Table:
    shown = _table("Where a policy has no level of its own", "policy", "information", "handled so", "source")
    for rule in table.handling:
        shown.add_row(*map(Text, (rule.policy, rule.classification, rule.rule, rule.source.source_id)))
    return shown


def _sources(table: Classifications) -> Table:
    shown = _table("Sources", "source", "what", "where", "read")
    for source in table.sources:
        shown.add_row(*map(Text, (source.source_id, source.title, source.where, source.checked)))
    return shown


def _good_for(clearances: list[str], table: Classifications) -> Table:
    shown = _table(f"Good for, by {', '.join(clearances)}", "classification", "because of")
    for name in sorted(may_handle(frozenset(clearances), table)):
        why = next(filter(None, (why_covers(clearance, name, table) for clearance in clearances)))
        shown.add_row(Text(name), Text(why))
    return shown


def _table(title: str, *columns: str) -> Table:
    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        shown.add_column(name, overflow="fold")
    return shown
