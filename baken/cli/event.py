"""``baken event``: what was seen, under the name it was given."""

from typing import Annotated

import typer

from baken.astro.time import utc_text
from baken.cli.brief_json import event_document
from baken.cli.doors import print_json
from baken.cli.event_view import event_table, show_event
from baken.cli.exits import Exit
from baken.cli.setting import Setting, instant, table_console
from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.ports import KeptFinding
from baken.records.event import read_event_id
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.stores import open_store

app = typer.Typer(help="Events: list, show.", no_args_is_help=True)


@app.command("list")
def list_events(
    context: typer.Context,
    realm: Annotated[Realm, typer.Option(help="Which world; they never mix.")] = Realm.REAL,
    start: Annotated[str | None, typer.Option("--from", help="Peak at or after this UTC instant.")] = None,
    limit: Annotated[int, typer.Option(help="How many to show; 0 is all.")] = 50,
) -> int:
    """List events in order of their peak."""
    setting: Setting = context.obj
    with open_store(setting.home) as store:
        events = store.events(realm, peak_from_tai_ns=instant("--from", start) if start else None)
    shown = events[:limit] if limit else events
    if setting.as_json:
        print_json({"events": len(events), "listed": [event_document(event) for event in shown]})
        return Exit.DONE
    title = f"Events, {realm}: {len(events):,}"
    if len(shown) < len(events):
        title += f", the first {len(shown):,}"
    table_console().print(event_table(shown, title, now_tai_ns()))
    return Exit.DONE


@app.command("show")
def show(context: typer.Context, event_id: Annotated[str, typer.Argument(metavar="ID")]) -> int:
    """Show one event: every figure with its unit, how it was found, and its history."""
    setting: Setting = context.obj
    try:
        wanted = read_event_id(event_id)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    with open_store(setting.home) as store:
        for realm in Realm:
            try:
                event, history = store.event(wanted, realm=realm), store.history_of(wanted, realm=realm)
                break
            except NoSuchRecord:
                continue
        else:
            raise NoSuchRecord(f"no event is called {wanted}; 'baken event list' shows those there are")
    if setting.as_json:
        print_json({**event_document(event), "history": [_kept_document(kept) for kept in history]})
        return Exit.DONE
    show_event(table_console(), event, history, Speech(setting.language))
    return Exit.DONE


def _kept_document(kept: KeptFinding) -> dict[str, object]:
    return {
        "kept_at_utc": utc_text(kept.kept_at_tai_ns),
        "digest": kept.finding.digest,
        "because": kept.finding.because,
    }
