"""``baken respond simulate``: try a plan on an invented case, before anything happens."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, table_console
from baken.exercise.trial import Trial
from baken.records.incident import Severity
from baken.report.response_timeline import Happening, after_text
from baken.report.words import Speech
from baken.wiring.trials import happened_in, left_of, noticed_of, run_trial, trial_document


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
    trial = run_trial(
        setting.home, mechanism, plan, severity, silent=silent or (), outages=outage or (), hours=hours
    )
    say = Speech(setting.language)
    left = left_of(trial, say)
    if setting.as_json:
        print_json(trial_document(trial, say))
    else:
        _show(trial, severity, happened_in(trial, say), noticed_of(trial, say), left, say)
    return Exit.DOES_NOT_HOLD if left else Exit.DONE


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
