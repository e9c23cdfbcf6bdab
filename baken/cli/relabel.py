"""``baken evidence relabel``: give an entry another label, with the consent of whoever has a say in it."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.evidence_options import As, World, asked_entry
from baken.cli.exits import Exit
from baken.cli.label_options import Demands, OfFields, asked_audience, labels_of_fields, refuse_unknown_levels
from baken.cli.setting import Setting, refuse_lowering, table_console, who_reads
from baken.errors import WrongUsage
from baken.operations.desk import Desk
from baken.operations.relabel import Relabelled
from baken.operations.relabel import relabel as give_label
from baken.records.marking import Realm
from baken.records.marking_forms import marking_document
from baken.share.label import allows_no_more, changed
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.stores import open_evidence


def relabel(
    context: typer.Context,
    entry_id: Annotated[str, typer.Argument(metavar="EV-n")],
    because: Annotated[str, typer.Option(help="Why; it is kept.")],
    releasable_to: Annotated[
        str | None, typer.Option(metavar="NL,DE", help="Who else may see it; '' is nobody, unsaid as it was.")
    ] = None,
    label: Demands = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="A demand to take away, like CLASS or TLP.")
    ] = None,
    field_label: OfFields = None,
    consents: Annotated[
        list[str] | None,
        typer.Option("--consent", metavar="NAME", help="An originator who agreed, besides this node."),
    ] = None,
    realm: World = Realm.REAL,
    as_: As = None,
) -> int:
    """Give an entry another label; what is not said of it stays.  The entry itself never changes."""
    setting: Setting = context.obj
    reader = who_reads(setting, as_)
    with open_evidence(setting.home, reader) as (store, log):
        node = store.node_name()
        kept = log.entry(realm, asked_entry(entry_id))
        try:
            to = changed(
                kept.marking,
                releasable_to=None if releasable_to is None else asked_audience(releasable_to),
                demands=label or (),
                without=frozenset(without or ()),
                of_fields=labels_of_fields(kept.marking.owner or node, field_label or ()),
            )
        except ValueError as error:
            raise WrongUsage(f"--label: {error}") from error
        if not allows_no_more(to, kept.marking):
            refuse_lowering(reader, node)
        if label or field_label:
            refuse_unknown_levels(setting.home, to)
        desk = Desk(log=log, actor=actor(as_), at_tai_ns=now_tai_ns(), luck=luck)
        done = give_label(desk, kept, to, node=node, because=because, consents=frozenset(consents or ()))
    if setting.as_json:
        print_json(
            {
                "entry_id": done.entry_id,
                "before": marking_document(done.before),
                "after": marking_document(done.after),
                "told_by": done.told.entry_id,
            }
        )
    else:
        table_console().print(_table(done))
    return Exit.DONE


def _table(done: Relabelled) -> Table:
    table = Table(
        title=f"The label of {done.entry_id}", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for name in ("", "label", "said by"):
        table.add_column(name, overflow="fold")
    table.add_row("before", Text(done.before.text), "")
    table.add_row("now", Text(done.after.text), done.told.entry_id)
    return table
