"""``baken release who-saw``: of anything, at any time, who saw what of it."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.setting import Setting, instant, table_console
from baken.operations.who_saw_what import who_saw
from baken.records.marking import Realm
from baken.records.sighting import Sighting
from baken.report.words import Speech
from baken.wiring.release_documents import sighting_document

DIGEST_SHOWN = 15
COLUMNS = ("when", "who", "how", "fields", "precision", "policy")


def who_saw_it(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="An entry, a case, an event or a release, by name.")
    ],
    at: Annotated[str, typer.Option("--at", metavar="UTC", help="As it was then; else now.")] = "",
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Say who saw what of something: releases, dossiers, letters that arrived, and looks at this node."""
    setting: Setting = context.obj
    until_tai_ns = instant("--at", at) if at else None
    with working(context, by) as place:
        found = who_saw(place.desk.log, what, realm, until_tai_ns=until_tai_ns)
    say = Speech(setting.language)
    if setting.as_json:
        print_json({"what": what, "seen": [sighting_document(each) for each in found]})
        return Exit.DONE
    title = say("release.who_saw_at", what=what, when=at) if at else say("release.who_saw", what=what)
    table_console().print(_table(found, title, say) if found else Text(say("release.nobody_saw")))
    return Exit.DONE


def _table(found: Sequence[Sighting], title: str, say: Speech) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in COLUMNS:
        table.add_column(say(f"release.column.{name}"), overflow="fold")
    for one in found:
        cells = (
            utc_text(one.at_tai_ns, 0),
            one.who,
            f"{say(f'release.how.{one.how}')}: {one.told}",
            ", ".join(one.fields) or say("release.all_fields"),
            one.precision,
            one.policy_digest[:DIGEST_SHOWN],
        )
        table.add_row(*map(Text, cells))
    return table
