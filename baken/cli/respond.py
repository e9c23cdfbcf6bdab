"""``baken respond``: everybody's part in an incident, from the first call to the end."""

from collections.abc import Callable
from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_incident
from baken.cli.incident import Because, By, Place, World, working
from baken.cli.respond_view import show_board, tasks_table
from baken.cli.setting import Setting, instant, table_console
from baken.errors import WrongUsage
from baken.operations import work_on_task
from baken.operations.advance_response import advance_response, engine_of
from baken.operations.ask_others import Asking, answer_request, ask
from baken.operations.response_state import begun_response, look_at_response, mechanism_of, open_responses
from baken.operations.send_notices import acknowledge_by_code
from baken.operations.start_response import start_response
from baken.records.marking import Realm
from baken.records.response_standing import Pap, RequestKind, ResponseStanding
from baken.report.response_board import board_of
from baken.report.words import Speech
from baken.wiring.mechanisms import directory, mechanism_text
from baken.wiring.response_documents import response_document

app = typer.Typer(
    help="The response to an incident: who does what by when, who was told, and what can be done.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(metavar="INCIDENT")]
TaskName = Annotated[str, typer.Argument(metavar="TASK")]
PlanName = Annotated[str, typer.Option("--plan", metavar="PLAN", help="Which plan, where there are more.")]


@app.command("start")
def start(
    context: typer.Context,
    incident: Id,
    because: Because = "",
    mechanism: Annotated[
        str, typer.Option(metavar="NAME", help="Whose mechanism: nl, eu, or your own.")
    ] = "nl",
    plan: PlanName = "",
    approve_call_outs: Annotated[
        bool,
        typer.Option(
            "--approve-call-outs",
            help="Approve now that call-outs, which carry no facts of the case, go out by themselves.",
        ),
    ] = False,
    by: By = None,
) -> int:
    """Begin to respond by the plan that holds for the incident's kind and severity."""
    setting: Setting = context.obj
    text = mechanism_text(setting.home, mechanism)

    def begin(place: Place) -> None:
        start_response(
            place.desk,
            asked_incident(incident),
            text,
            because,
            plan_id=plan,
            approve_call_outs=approve_call_outs,
        )

    return _done(context, incident, by, begin)


@app.command("board")
def board(context: typer.Context, incident: Id, by: By = None) -> int:
    """Show the board of an incident: who, what, by when, done, overdue, and who has been told."""
    with working(context, by) as place:
        return _shown(context, place, look_at_response(place.desk, asked_incident(incident)))


@app.command("tasks")
def tasks(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(metavar="[INCIDENT]")] = "",
    role: Annotated[str, typer.Option("--role", help="Only what is asked of this role.")] = "",
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """List what is open, the soonest deadline first: of one incident, or of all."""
    setting: Setting = context.obj
    with working(context, by) as place:
        log = place.desk.log
        ids = [asked_incident(incident)] if incident else open_responses(log, realm)
        found = [begun_response(log, one) for one in ids]
        mechanisms = {plan.mechanism_digest: mechanism_of(log, plan) for one in found for plan in one.plans}
    now = place.desk.at_tai_ns
    if setting.as_json:
        print_json({"responses": [response_document(one, now) for one in found]})
        return Exit.DONE
    table_console().print(tasks_table(found, mechanisms, role, now, Speech(setting.language)))
    return Exit.DONE


@app.command("acknowledge")
def acknowledge(
    context: typer.Context,
    incident: Id,
    task: Annotated[str, typer.Argument(metavar="[TASK]")] = "",
    code: Annotated[str, typer.Option(help="The code of a letter, as it was said over the telephone.")] = "",
    who: Annotated[str, typer.Option(help="Who said it.")] = "",
    plan: PlanName = "",
    by: By = None,
) -> int:
    """Take a task on, or take down that somebody acknowledged a letter by its code."""
    if bool(task) == bool(code):
        raise WrongUsage("name a task that you take on, or give --code for a letter somebody acknowledges")

    def take(place: Place) -> None:
        if code:
            acknowledge_by_code(place.desk, asked_incident(incident), code, who)
        else:
            work_on_task.take_task(place.desk, asked_incident(incident), task, plan_id=plan)

    return _done(context, incident, by, take)


@app.command("done")
def done(
    context: typer.Context,
    incident: Id,
    task: TaskName,
    because: Because = "",
    outcome: Annotated[str, typer.Option(metavar="OPTION", help="Of a decision: how it went.")] = "",
    plan: PlanName = "",
    by: By = None,
) -> int:
    """Say that a task is done; of a decision, how it went."""
    return _done(
        context,
        incident,
        by,
        lambda place: work_on_task.complete_task(
            place.desk, asked_incident(incident), task, because, outcome=outcome, plan_id=plan
        ),
    )


@app.command("drop")
def drop(
    context: typer.Context,
    incident: Id,
    task: TaskName,
    because: Because = "",
    plan: PlanName = "",
    by: By = None,
) -> int:
    """Say that a task will not be done, and why."""
    return _done(
        context,
        incident,
        by,
        lambda place: work_on_task.drop_task(
            place.desk, asked_incident(incident), task, because, plan_id=plan
        ),
    )


@app.command("stand-down")
def stand_down(
    context: typer.Context, incident: Id, because: Because = "", plan: PlanName = "", by: By = None
) -> int:
    """End a plan: no clock of it runs any more."""
    return _done(
        context,
        incident,
        by,
        lambda place: work_on_task.stand_down(place.desk, asked_incident(incident), because, plan_id=plan),
    )


@app.command("ask")
def ask_somebody(
    context: typer.Context,
    incident: Id,
    kind: Annotated[RequestKind, typer.Argument(help="What is asked.")],
    of: Annotated[str, typer.Option("--of", metavar="ROLE", help="Of whom.")],
    purpose: Annotated[str, typer.Option(help="What it is for.")],
    due: Annotated[str, typer.Option("--due", metavar="UTC", help="By when an answer is needed.")],
    noticeable: Annotated[str, typer.Option(help="What the target could notice of it.")],
    pap: Annotated[Pap, typer.Option(help="How much of that is permitted.")] = Pap.RED,
    object_id: Annotated[str, typer.Option("--object", metavar="ID", help="Which object.")] = "",
    start_utc: Annotated[str, typer.Option("--start", metavar="UTC", help="From when on.")] = "",
    end_utc: Annotated[str, typer.Option("--end", metavar="UTC", help="Until when.")] = "",
    priority: Annotated[int, typer.Option(min=1, max=5, help="1 goes first.")] = 3,
    plan: PlanName = "",
    by: By = None,
) -> int:
    """Ask a sensor, an operator or a partner; its clock runs, and its letter waits for approval."""
    setting: Setting = context.obj
    asking = Asking(
        kind=kind,
        of=of,
        purpose=purpose,
        due_at_tai_ns=instant("--due", due),
        pap=pap,
        noticeable=noticeable,
        object_id=object_id,
        from_tai_ns=instant("--start", start_utc) if start_utc else None,
        to_tai_ns=instant("--end", end_utc) if end_utc else None,
        priority=priority,
    )
    return _done(
        context,
        incident,
        by,
        lambda place: ask(
            place.desk, asked_incident(incident), asking, directory(setting.home), plan_id=plan
        ),
    )


@app.command("answer")
def answer(
    context: typer.Context,
    incident: Id,
    request: Annotated[str, typer.Argument(metavar="R-n")],
    act: Annotated[str, typer.Argument(metavar="accept|answer|decline|withdraw")],
    because: Annotated[str, typer.Option("--because", help="What was answered; it is kept.")] = "",
    evidence: Annotated[
        list[str] | None, typer.Option(metavar="EV-n", help="An entry that came as answer.")
    ] = None,
    by: By = None,
) -> int:
    """Keep what came of a request."""
    return _done(
        context,
        incident,
        by,
        lambda place: answer_request(
            place.desk,
            asked_incident(incident),
            request.upper(),
            act,
            because,
            entry_ids=tuple(name.upper() for name in evidence or ()),
        ),
    )


def _done(context: typer.Context, incident: str, by: str | None, act: Callable[[Place], object]) -> int:
    """Do what was asked, let the engine make what follows from it, and show the board."""
    setting: Setting = context.obj
    # Read before anything is kept: a directory that cannot be read leaves nothing half done.
    people = directory(setting.home)
    with working(context, by) as place:
        act(place)
        advance_response(engine_of(place.desk), asked_incident(incident), people)
        return _shown(context, place, begun_response(place.desk.log, asked_incident(incident)))


def _shown(context: typer.Context, place: Place, found: ResponseStanding) -> int:
    setting: Setting = context.obj
    now = place.desk.at_tai_ns
    if setting.as_json:
        print_json(response_document(found, now))
        return Exit.DONE
    say = Speech(setting.language)
    for plan in found.plans:
        hung = board_of(found, plan, mechanism_of(place.desk.log, plan), now, say)
        show_board(table_console(), found, hung, now, say)
    return Exit.DONE
