"""``baken event accuracy`` and ``baken event outcome``: what was foretold, against what happened."""

import math
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.event import asked_id
from baken.cli.exits import Exit
from baken.cli.setting import Setting, instant, log_console, table_console
from baken.errors import WrongUsage
from baken.operations.find_event import event_in_any_world
from baken.operations.keep_score import Accuracy, keep_score
from baken.records.event import Outcome
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
) -> int:
    """Enter what really happened of an event.  What was entered before stays; the last one counts."""
    setting: Setting = context.obj
    wanted, now = asked_id(event_id), now_tai_ns()
    happened_tai_ns = instant("--at", at)
    if not source.strip():
        raise WrongUsage("--source says who reports the outcome; it cannot be empty")
    if happened_tai_ns > now:
        raise WrongUsage(f"--at {at}: an outcome has happened; this is still to come")
    with open_store(setting.home) as store:
        event = event_in_any_world(store, wanted)
        entered = Outcome(
            event_id=wanted,
            happened_tai_ns=happened_tai_ns,
            source=source,
            kept_at_tai_ns=now,
            realm=event.realm,
            marking=event.finding.marking,
        )
        store.keep_outcome(entered)
        n_entered = sum(one.event_id == wanted for one in store.outcomes(event.realm))
    if setting.as_json:
        told = {"event_id": str(wanted), "happened_utc": utc_text(happened_tai_ns), "source": source}
        print_json({**told, "outcomes_of_event": n_entered})
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
    with open_store(setting.home) as store:
        found = keep_score(store, realm)
    if setting.as_json:
        print_json(_document(found))
        return Exit.DONE
    say, console = Speech(setting.language), table_console()
    if found.lines:
        console.print(_table(found, say))
    console.print(
        say("score.counted", scored=found.n_scored, open=found.n_open), style="dim", highlight=False
    )
    if any(not line.is_telling for line in found.lines):
        console.print(say("score.few", count=TELLING), style="yellow", highlight=False)
    return Exit.DONE


def _table(found: Accuracy, say: Speech) -> Table:
    table = Table(title=say("score"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("score.kind", "score.lead", "score.events", "score.held", "score.error", "score.miss"):
        table.add_column(say(name), justify="left" if name == "score.kind" else "right")
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
    if line.median_error_s is not None and line.median_error_share is not None:
        error = f"{duration_text(line.median_error_s)} ({line.median_error_share:.2%})"
    miss = "-" if line.median_miss_error_m is None else distance_text(line.median_miss_error_m)
    return _lead_text(line), say.count(line.n_events), held, error, miss


def _lead_text(line: Line) -> str:
    if math.isinf(line.largest_lead_h):
        return f"> {line.least_lead_h:.0f} h"
    return f"{line.least_lead_h:.0f}–{line.largest_lead_h:.0f} h"


def _document(found: Accuracy) -> dict[str, object]:
    return {
        "predictions_scored": found.n_scored,
        "predictions_open": found.n_open,
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
                "is_telling": line.is_telling,
            }
            for line in found.lines
        ],
    }
