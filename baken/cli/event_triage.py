"""``baken event triage``: which encounters ask for somebody, by which rule, and why; the rest stays quiet."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, instant, table_console, who_reads
from baken.operations.triage_events import Triaged, chances_of, triage_events
from baken.records.marking import Realm
from baken.records.triage import Alert, Level, TriageRule
from baken.report.quantities import probability_text
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.stores import open_store
from baken.wiring.triage_rules import triage_rules

STYLE = {Level.ACT: "bold red", Level.LOOK: "yellow", Level.QUIET: "dim"}
OF_THE_FORECAST = (
    "forecast: chance of standing at the rule's action level when its decision falls; fitted on one "
    "satellite, little better than the base rate (docs/chapters/triage.md)"
)


def triage(
    context: typer.Context,
    rules: Annotated[str | None, typer.Option(metavar="FILE.toml", help="Rules of your own.")] = None,
    realm: Annotated[Realm, typer.Option(help="Which world; they never mix.")] = Realm.REAL,
    start: Annotated[str | None, typer.Option("--from", help="Closest approach at or after.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that stay quiet too.")] = False,
    forecast: Annotated[
        bool, typer.Option("--forecast", help="Add the chance of reaching the action level.")
    ] = False,
) -> int:
    """Say which conjunctions a rule calls somebody to, and why.  Each alert says which rule fired."""
    setting: Setting = context.obj
    known = triage_rules(rules)
    from_tai_ns = instant("--from", start) if start else None
    with open_store(setting.home, who_reads(setting)) as store:
        found = triage_events(store, realm, known, assessor_of_warnings(), from_tai_ns=from_tai_ns)
    shown = [one for one in found if everything or one.level > Level.QUIET]
    if setting.as_json:
        told = [_document(one, known if forecast else ()) for one in shown]
        print_json({"events": len(found), "rules": [rule.name for rule in known], "called": told})
        return Exit.DONE
    console = table_console()
    console.print(_table(shown, len(found), known if forecast else ()))
    if forecast:
        console.print(OF_THE_FORECAST, style="dim", highlight=False)
    return Exit.DONE


def _table(shown: list[Triaged], n_events: int, forecast_by: tuple[TriageRule, ...]) -> Table:
    title = f"{len(shown):,} of {n_events:,} conjunctions ask for somebody"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("event\nTCA UTC\nmay see", "level", "objects", "by which rule, and why"):
        table.add_column(name, overflow="fold", no_wrap=name == "level")
    for one in shown:
        newest = one.case.updates[-1]
        reasons = [f"{alert.originator}: {alert.because}" for alert in one.standing]
        reasons += [
            f"forecast {chance.rule}, {chance.originator}: {probability_text(chance.chance)} for "
            f"Pc ≥ {chance.level_probability:.0e}"
            for chance in chances_of(one.case, forecast_by)
        ]
        table.add_row(
            f"{one.case.event_id}\n{utc_text(newest.assessment.tca_tai_ns, 0)}\n{newest.marking.text}",
            one.level.name,
            "\n".join(f"{party.norad_cat_id or '-'} {party.name}" for party in newest.parties),
            "\n".join(reasons) or "no rule fired",
            style=STYLE[one.level],
        )
    return table


def _document(one: Triaged, forecast_by: tuple[TriageRule, ...]) -> dict[str, object]:
    newest = one.case.updates[-1]
    return {
        "event_id": str(one.case.event_id),
        "tca_utc": utc_text(newest.assessment.tca_tai_ns, 6),
        "level": one.level.name,
        "standing": [_alert_document(alert) for alert in one.standing],
        "alerts": [_alert_document(alert) for alert in one.alerts],
        "forecast": [
            {
                "rule": chance.rule,
                "originator": chance.originator,
                "level_probability": chance.level_probability,
                "chance": chance.chance,
            }
            for chance in chances_of(one.case, forecast_by)
        ],
        "realm": newest.realm.value,
        "marking": newest.marking.text,
    }


def _alert_document(alert: Alert) -> dict[str, object]:
    return {
        "rule": alert.rule,
        "originator": alert.originator,
        "message_id": alert.message_id,
        "level": alert.level.name,
        "cause": alert.cause.value,
        "time_to_tca_s": alert.time_to_tca_s,
        "because": alert.because,
    }
