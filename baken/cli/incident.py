"""``baken incident``: cases, from first suspicion to close."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.event import asked_id
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_entry, asked_incident
from baken.cli.incident_view import incident_table, show_incident
from baken.cli.setting import Setting, table_console
from baken.errors import WrongUsage
from baken.incident.lifecycle import OVER, Step
from baken.operations import work_incident
from baken.operations.desk import Desk
from baken.operations.find_event import event_in_any_world
from baken.operations.keep_evidence import keep_access
from baken.operations.ports import Store
from baken.records.incident import Incident, IncidentKind, Urgency
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.case_documents import incident_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.priority_rules import priority_rules
from baken.wiring.stores import open_evidence

app = typer.Typer(
    help="Incidents: list, show, open, advance, join, judge, assign, note, decide, handover, report, brief.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(metavar="INCIDENT")]
By = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who acts; else $BAKEN_ACTOR.")]
Because = Annotated[str, typer.Option("--because", help="The reason; it is kept.")]
World = Annotated[Realm, typer.Option(help="Which world; they never mix.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a command works with: the store, and somebody at his desk."""

    store: Store
    desk: Desk


@app.command("list")
def list_incidents(
    context: typer.Context,
    realm: World = Realm.REAL,
    only_open: Annotated[bool, typer.Option("--open", help="Leave out what is closed or dismissed.")] = False,
) -> int:
    """List incidents, the most urgent first."""
    setting: Setting = context.obj
    with open_evidence(setting.home) as (_, log):
        found = [one for one in work_incident.incidents(log, realm) if not (only_open and one.stage in OVER)]
    found.sort(key=lambda one: (one.stage in OVER, -list(Urgency).index(Urgency(one.urgency.stands))))
    say = Speech(setting.language)
    if setting.as_json:
        print_json({"incidents": [incident_document(one) for one in found]})
    elif found:
        title = say("incident.list", realm=realm.value, count=len(found))
        table_console().print(incident_table(found, title, say))
    else:
        table_console().print(say("incident.none"), highlight=False)
    return Exit.DONE


@app.command("show")
def show(context: typer.Context, incident: Id, by: By = None) -> int:
    """Show one incident: where it stands, who judged what, and all that was said of it."""
    with working(context, by) as place:
        found = work_incident.incident(place.desk.log, asked_incident(incident))
        keep_access(
            place.desk.log,
            found.realm,
            thing=str(found.incident_id),
            about=str(found.incident_id),
            actor=place.desk.actor,
            at_tai_ns=place.desk.at_tai_ns,
            luck=luck,
        )
    return told(context, found)


@app.command("open")
def open_incident(
    context: typer.Context,
    title: Annotated[str, typer.Option(help="What it is called.")],
    kind: Annotated[IncidentKind, typer.Option(help="What it seems to be.")],
    events: Annotated[
        list[str] | None, typer.Option("--event", metavar="ID", help="What it begins with.")
    ] = None,
    because: Because = "",
    realm: Annotated[Realm | None, typer.Option(help="Which world; else that of its events.")] = None,
    by: By = None,
) -> int:
    """Open an incident; it is suspected until somebody corroborates it."""
    setting: Setting = context.obj
    with working(context, by) as place:
        found = [event_in_any_world(place.store, asked_id(name)) for name in events or ()]
        opened = work_incident.open_incident(
            place.desk,
            node=place.store.node_name(),
            realm=realm or (found[0].realm if found else Realm.REAL),
            title=title,
            kind=kind,
            because=because,
            rules=priority_rules(setting.home),
            events=found,
        )
    return told(context, opened)


@app.command("advance")
def advance(
    context: typer.Context,
    incident: Id,
    step: Annotated[Step, typer.Argument(help="What is done to it.")],
    because: Because = "",
    by: By = None,
) -> int:
    """Take an incident one step further."""
    with working(context, by) as place:
        after = work_incident.step_further(place.desk, asked_incident(incident), step, because)
    return told(context, after)


@app.command("join")
def join(
    context: typer.Context,
    incident: Id,
    what: Annotated[str, typer.Argument(metavar="EVENT|EV-n", help="An event, or a piece of evidence.")],
    by: By = None,
) -> int:
    """Let an event or a piece of evidence join an incident."""
    with working(context, by) as place:
        if what.upper().startswith("EV-"):
            after = work_incident.join_entry(place.desk, asked_incident(incident), asked_entry(what))
        else:
            event = event_in_any_world(place.store, asked_id(what))
            after = work_incident.join_event(place.desk, asked_incident(incident), event)
    return told(context, after)


@app.command("judge")
def judge(
    context: typer.Context,
    incident: Id,
    what: Annotated[str, typer.Argument(metavar="NAME=VALUE", help="Like severity=serious; see the page.")],
    because: Because = "",
    by: By = None,
) -> int:
    """Put a person's judgement beside what a rule said; both stay."""
    name, equals, value = what.partition("=")
    if not equals:
        raise WrongUsage("say what is judged, and how, like severity=serious")
    with working(context, by) as place:
        after = work_incident.judge(place.desk, asked_incident(incident), name, value, because)
    return told(context, after)


@app.command("assign")
def assign(
    context: typer.Context,
    incident: Id,
    to: Annotated[str, typer.Argument(metavar="NAME")],
    by: By = None,
) -> int:
    """Say with whom an incident is."""
    with working(context, by) as place:
        after = work_incident.judge(place.desk, asked_incident(incident), "assigned_to", to, "")
    return told(context, after)


@app.command("note")
def note(
    context: typer.Context,
    incident: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    replaces: Annotated[
        str, typer.Option(metavar="EV-n", help="An earlier note, which stays readable.")
    ] = "",
    by: By = None,
) -> int:
    """Write a note; nothing is ever deleted."""
    if replaces:
        asked_entry(replaces)
    with working(context, by) as place:
        after = work_incident.note(place.desk, asked_incident(incident), text, replaces.upper())
    return told(context, after)


@app.command("decide")
def decide(
    context: typer.Context,
    incident: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was decided, in his words.")],
    by: By = None,
) -> int:
    """Keep a decision as it was taken."""
    with working(context, by) as place:
        after = work_incident.decide(place.desk, asked_incident(incident), text)
    return told(context, after)


@contextmanager
def working(context: typer.Context, by: str | None) -> Iterator[Place]:
    """Lend what it takes to work on incidents."""
    setting: Setting = context.obj
    with open_evidence(setting.home) as (store, log):
        yield Place(store=store, desk=Desk(log=log, actor=actor(by), at_tai_ns=now_tai_ns(), luck=luck))


def told(context: typer.Context, incident: Incident) -> int:
    """Show an incident as it stands after what was asked."""
    setting: Setting = context.obj
    if setting.as_json:
        print_json(incident_document(incident))
    else:
        show_incident(table_console(), incident, Speech(setting.language))
    return Exit.DONE
