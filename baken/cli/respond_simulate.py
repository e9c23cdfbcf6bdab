"""``baken respond simulate``: try a plan on an invented case, before anything happens."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.astro.time import tai_ns_from_utc
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, table_console
from baken.exercise.cast_file import NANOSECONDS_AN_HOUR, refuse_strangers, with_outages, with_silent
from baken.exercise.play import SeededLuck
from baken.exercise.rehearsal import Cast
from baken.exercise.trial import Trial, try_plan
from baken.records.incident import Severity
from baken.report.response_timeline import Happening, after_text, late, left_over, timeline, unanswered
from baken.report.words import Speech
from baken.respond.mechanism_file import read_mechanism
from baken.respond.standing import plan_for
from baken.wiring.files import said_of
from baken.wiring.mechanisms import text_of_mechanism
from baken.wiring.priority_rules import priority_rules
from baken.wiring.stores import open_evidence

# Any day will do, and always the same one: what is tried twice tells the same.
BEGINS_UTC = "2026-01-05T09:00:00Z"
SEED = 1


def simulate(
    context: typer.Context,
    mechanism: Annotated[str, typer.Argument(metavar="NAME|FILE.toml", help="A mechanism.")],
    plan: Annotated[str, typer.Argument(metavar="PLAN")],
    severity: Annotated[Severity, typer.Option(help="How grave the invented case is.")] = Severity.SERIOUS,
    silent: Annotated[
        list[str] | None, typer.Option(metavar="ROLE", help="Whoever has this role answers nothing.")
    ] = None,
    outage: Annotated[
        list[str] | None,
        typer.Option(metavar="WAY=FROM-TO", help="Letters by this way fail in these hours, like smtp=0-3."),
    ] = None,
    hours: Annotated[float, typer.Option(min=0.1, max=720.0, help="How long it is played.")] = 24.0,
) -> int:
    """Play one plan on an invented case: who is asked what when, what is late.  Nothing is sent or kept.

    Everybody acknowledges after 3 minutes and is done after 20 more, unless he is silent.
    """
    setting: Setting = context.obj
    text = text_of_mechanism(setting.home, mechanism)
    start_tai_ns = tai_ns_from_utc(BEGINS_UTC)
    with said_of(mechanism):
        read = read_mechanism(text)
    cast = with_outages(with_silent(Cast(), silent or ()), outage or (), start_tai_ns)
    refuse_strangers(cast, read)
    with TemporaryDirectory() as folder, open_evidence(Path(folder)) as (_, log):
        trial = try_plan(
            log,
            read,
            text,
            plan_for(read, plan),
            severity,
            cast,
            rules=priority_rules(setting.home),
            luck=SeededLuck(SEED),
            start_tai_ns=start_tai_ns,
            end_tai_ns=start_tai_ns + round(hours * NANOSECONDS_AN_HOUR),
        )
    return _told(setting, trial, severity)


def _told(setting: Setting, trial: Trial, severity: Severity) -> int:
    say = Speech(setting.language)
    happened = timeline(trial.entries, trial.found, trial.mechanism, say)
    noticed = (
        *late(trial.found, trial.start_tai_ns, say),
        *unanswered(trial.found, trial.mechanism, trial.end_tai_ns, say),
    )
    left = tuple(left_over(trial.found, trial.mechanism, trial.end_tai_ns, trial.start_tai_ns, say))
    if setting.as_json:
        lines = [_document(one, trial.start_tai_ns) for one in happened]
        print_json(
            {"plan": trial.found.plans[0].plan.plan_id, "happened": lines, "noticed": noticed, "left": left}
        )
    else:
        _show(trial, severity, happened, noticed, left, say)
    return Exit.DOES_NOT_HOLD if left else Exit.DONE


def _document(one: Happening, start_tai_ns: int) -> dict[str, object]:
    after_s = (one.at_tai_ns - start_tai_ns) / 1e9
    return {"after_s": after_s, "what": one.what, "task": one.task_id, "who": list(one.who)}


def _show(
    trial: Trial,
    severity: Severity,
    happened: Sequence[Happening],
    noticed: Sequence[str],
    left: Sequence[str],
    say: Speech,
) -> None:
    name = trial.found.plans[0].plan.name.read_in(say.language)
    title = say("timeline.title", plan=name, severity=say(f"incident.severity.{severity}"))
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for head, ratio in (("timeline.when", 2), ("board.what", 9), ("board.who", 6)):
        table.add_column(say(head), ratio=ratio, overflow="fold")
    for one in happened:
        when = after_text(one.at_tai_ns - trial.start_tai_ns)
        table.add_row(Text(when), Text(one.what), Text(", ".join(one.who)))
    console = table_console()
    console.print(table)
    for line in noticed:
        console.print(Text(line, style="yellow"))
    for line in left:
        console.print(Text(line, style="bold red"))
    if not left:
        console.print(Text(say("timeline.nothing_left")))
