"""``baken event accuracy`` and ``baken event outcome``: what was foretold, against what happened."""

import math
from collections.abc import Iterator
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.event_id import asked_id
from baken.cli.exits import Exit
from baken.cli.setting import Setting, instant, log_console, table_console, who_reads
from baken.errors import WrongUsage
from baken.operations.find_event import event_in_any_world
from baken.operations.keep_score import Accuracy, keep_score
from baken.records.event import EventKind, Outcome
from baken.records.marking import Realm
from baken.report.accuracy import TELLING, Line
from baken.report.quantities import distance_text, duration_text
from baken.report.words import Speech
from baken.wiring.clock import now_tai_ns
from baken.wiring.stores import open_store


def outcome(
    context: typer.Context,
    event_id: Annotated[str, typer.Argument(metavar="ID")],
    at: Annotated[str, typer.Option("--at", metavar="UTC", help="When it happened.")],
    source: Annotated[str, typer.Option(help="Who says so, and where.")],
    parent: Annotated[
        int | None,
        typer.Option(help="Of a breakup: catalogue number of what broke up, if known."),
    ] = None,
) -> int:
    """Enter what really happened of an event.  What was entered before stays; the last one counts."""
    setting: Setting = context.obj
    wanted, now = asked_id(event_id), now_tai_ns()
    happened_tai_ns = instant("--at", at)
    if not source.strip():
        raise WrongUsage("--source says who reports the outcome; it cannot be empty")
    if parent is not None and wanted.kind is not EventKind.FRAGMENTATION:
        raise WrongUsage(f"--parent is told of a breakup; {wanted} is none")
    if happened_tai_ns > now:
        raise WrongUsage(f"--at {at}: an outcome has happened; this is still to come")
    with open_store(setting.home, who_reads(setting)) as store:
        event = event_in_any_world(store, wanted)
        entered = Outcome(
            event_id=wanted,
            happened_tai_ns=happened_tai_ns,
            source=source,
            kept_at_tai_ns=now,
            parent_norad_cat_id=parent,
            realm=event.realm,
            marking=event.finding.marking,
        )
        store.keep_outcome(entered)
        n_entered = sum(one.event_id == wanted for one in store.outcomes(event.realm))
    if setting.as_json:
        told = {"event_id": str(wanted), "happened_utc": utc_text(happened_tai_ns), "source": source}
        print_json({**told, "parent_norad_cat_id": parent, "outcomes_of_event": n_entered})
    else:
        log_console(setting).print(
            f"{wanted}: happened {utc_text(happened_tai_ns)} ({source}); outcome {n_entered} of this event",
            highlight=False,
            markup=False,
        )
    return Exit.DONE


def accuracy(
    context: typer.Context,
    realm: Annotated[Realm, typer.Option(help="Which world; they never mix.")] = Realm.REAL,
) -> int:
    """Keep score of past predictions: how often stated windows held, and how far the middle was off."""
    setting: Setting = context.obj
    with open_store(setting.home, who_reads(setting)) as store:
        found = keep_score(store, realm)
    if setting.as_json:
        print_json(_document(found))
        return Exit.DONE
    say, console = Speech(setting.language), table_console()
    if found.lines:
        console.print(_table(found, say))
    for line in _counted(found, say):
        console.print(line, highlight=False, soft_wrap=True)
    if found.n_open:
        console.print(say("score.open"), style="dim", highlight=False, soft_wrap=True)
    if any(not line.is_telling for line in found.lines):
        console.print(say("score.few", count=TELLING), style="yellow", highlight=False)
    return Exit.DONE


def _counted(found: Accuracy, say: Speech) -> Iterator[str]:
    """Yield for each kind how many were scored, and how many never."""
    if not found.counted:
        yield say("score.nothing")
    for one in found.counted:
        yield say(
            "score.counted",
            kind=say(f"kind.{one.kind}"),
            events=one.n_events,
            events_scored=one.n_events_scored,
            events_open=one.n_events - one.n_events_scored,
            looks=one.n_looks,
            looks_scored=one.n_looks_scored,
        )


def _table(found: Accuracy, say: Speech) -> Table:
    table = Table(title=say("score"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("kind", "lead", "events", "held", "error", "miss", "parent"):
        table.add_column(say(f"score.{name}"), justify="left" if name == "kind" else "right")
    for line in found.lines:
        style = "" if line.is_telling else "dim"
        table.add_row(say(f"kind.{line.kind}"), *_cells(line, say), style=style)
    return table


def _cells(line: Line, say: Speech) -> tuple[str, ...]:
    held = "-"
    if line.coverage is not None:
        low, high = line.coverage
        stated = "" if line.stated_probability is None else f" / {line.stated_probability:.0%}"
        held = f"{line.n_held}/{line.n_windows} ({low:.0%}–{high:.0%}){stated}"
    error = "-"
    if line.median_error_s is not None:
        share = "" if line.median_error_share is None else f" ({line.median_error_share:.2%})"
        error = f"{duration_text(line.median_error_s)}{share}"
    miss = "-" if line.median_miss_error_m is None else distance_text(line.median_miss_error_m)
    parent = f"{line.n_parents_right}/{line.n_parents}" if line.n_parents else "-"
    return _lead_text(line, say), say.count(line.n_events), held, error, miss, parent


def _lead_text(line: Line, say: Speech) -> str:
    told = f"{line.least_lead_h:.0f}–{line.largest_lead_h:.0f} h"
    if math.isinf(line.largest_lead_h):
        told = f"> {line.least_lead_h:.0f} h"
    return say("score.after", time=told) if line.kind is EventKind.FRAGMENTATION else told


def _document(found: Accuracy) -> dict[str, object]:
    return {
        "predictions_scored": found.n_scored,
        "predictions_open": found.n_open,
        "kinds": [
            {
                "kind": one.kind.value,
                "events": one.n_events,
                "events_scored": one.n_events_scored,
                "events_never_scored": one.n_events - one.n_events_scored,
                "looks": one.n_looks,
                "looks_scored": one.n_looks_scored,
            }
            for one in found.counted
        ],
        "lines": [
            {
                "kind": line.kind.value,
                "least_lead_h": line.least_lead_h,
                "largest_lead_h": None if math.isinf(line.largest_lead_h) else line.largest_lead_h,
                "events": line.n_events,
                "windows": line.n_windows,
                "held": line.n_held,
                "coverage_interval": line.coverage,
                "stated_probability": line.stated_probability,
                "median_error_s": line.median_error_s,
                "median_error_share": line.median_error_share,
                "median_miss_error_m": line.median_miss_error_m,
                "parents_told": line.n_parents,
                "parents_right": line.n_parents_right,
                "is_telling": line.is_telling,
            }
            for line in found.lines
        ],
    }
