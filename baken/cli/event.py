"""``baken event``: what was seen, under the name it was given."""

from typing import Annotated

import typer

from baken.assess.conjunction.life import life_of
from baken.astro.time import utc_text
from baken.cli.case_view import show_case
from baken.cli.doors import print_json
from baken.cli.event_id import asked_id
from baken.cli.event_view import event_table, show_event
from baken.cli.event_voices import voices_document
from baken.cli.exits import Exit
from baken.cli.setting import Setting, instant, table_console, who_reads
from baken.operations.find_event import event_in_any_world
from baken.operations.follow_event import case_of_event
from baken.operations.ports import KeptFinding, Store
from baken.records.conjunction_case import ConjunctionCase
from baken.records.event import Event, EventKind
from baken.records.marking import Realm
from baken.report.urgency import ranked
from baken.report.words import Speech
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.clock import now_tai_ns
from baken.wiring.encounter_documents import case_document
from baken.wiring.event_documents import attention_document, event_document, named
from baken.wiring.stores import open_store

app = typer.Typer(help="Events: list, show, triage, page, outcome, accuracy.", no_args_is_help=True)


@app.command("list")
def list_events(
    context: typer.Context,
    realm: Annotated[Realm, typer.Option(help="Which world; they never mix.")] = Realm.REAL,
    start: Annotated[str | None, typer.Option("--from", help="Peak at or after this UTC instant.")] = None,
    limit: Annotated[int, typer.Option(help="How many to show; 0 is all.")] = 50,
    kind: Annotated[EventKind | None, typer.Option(help="One kind only, by its two letters.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="UTC", help="How urgent then; else now.")
    ] = None,
    by_peak: Annotated[bool, typer.Option("--by-peak", help="In order of time instead of urgency.")] = False,
) -> int:
    """List events of all kinds, the most urgent first."""
    setting: Setting = context.obj
    now = instant("--as-of", as_of) if as_of else now_tai_ns()
    with open_store(setting.home, who_reads(setting)) as store:
        from_tai_ns = instant("--from", start) if start else None
        events = store.events(realm, kind=kind, peak_from_tai_ns=from_tai_ns)
        voices, node = store.voices(realm), store.node_name()
    if not by_peak:
        events = ranked(events, now)
    shown = [(event, named(voices.get(event.event_id, ()), node)) for event in events[: limit or None]]
    if setting.as_json:
        listed = [{**attention_document(event, now), **voices_document(heard)} for event, heard in shown]
        print_json({"events": len(events), "listed": listed})
        return Exit.DONE
    title = f"Events, {realm}: {len(events):,}"
    if len(shown) < len(events):
        title += f", the first {len(shown):,}"
    table_console().print(event_table(shown, title, now))
    return Exit.DONE


@app.command("show")
def show(context: typer.Context, event_id: Annotated[str, typer.Argument(metavar="ID")]) -> int:
    """Show one event: every figure with its unit, how it was found, and its history."""
    setting: Setting = context.obj
    wanted = asked_id(event_id)
    now = now_tai_ns()
    with open_store(setting.home, who_reads(setting)) as store:
        event = event_in_any_world(store, wanted)
        history = store.history_of(wanted, realm=event.realm)
        case = case_of(store, event)
    life = life_of(case) if case else None
    if setting.as_json:
        told = {"case": case_document(case, life, now)} if case and life else {}
        history_told = [_kept_document(kept) for kept in history]
        print_json({**event_document(event), "history": history_told, **told})
    elif case and life:
        say = Speech(setting.language)
        show_case(table_console(), case, life, now, say, because=event.finding.because)
    else:
        show_event(table_console(), event, history, now, Speech(setting.language))
    return Exit.DONE


def case_of(store: Store, event: Event) -> ConjunctionCase | None:
    """Return what everybody says of a conjunction; None for an event of another kind."""
    if event.event_id.kind is not EventKind.CONJUNCTION:
        return None
    return case_of_event(store, event.event_id, realm=event.realm, assessor=assessor_of_warnings())


def _kept_document(kept: KeptFinding) -> dict[str, object]:
    return {
        "kept_at_utc": utc_text(kept.kept_at_tai_ns),
        "digest": kept.finding.digest,
        "because": kept.finding.because,
    }
