"""``baken incident``: cases, from first suspicion to close."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.hypotheses import asked_entry, asked_incident
from baken.cli.incident_view import incident_table, show_incident
from baken.cli.label_options import (
    NOTHING_ASKED,
    AskedLabel,
    Demands,
    For,
    OfFields,
    asked_label,
    marking_or_owner_only,
)
from baken.cli.setting import Setting, table_console, who_reads
from baken.errors import WrongUsage
from baken.incident.handover import most_urgent_first
from baken.incident.lifecycle import OVER, Step
from baken.incident.priority import PriorityRules
from baken.operations import work_incident
from baken.operations.desk import Desk
from baken.operations.judge_by_rules import judge_anew
from baken.operations.ports import Store
from baken.records.incident import Incident
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.case_documents import incident_document, incidents_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.priority_rules import priority_rules
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence

app = typer.Typer(
    help="Incidents, from first suspicion to close: every act is an entry of the log, and none is deleted.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(metavar="INCIDENT")]
By = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who acts; else $BAKEN_ACTOR.")]
Seen = Annotated[
    int | None, typer.Option("--seen", metavar="N", help="Act only if it has no more than these N entries.")
]
Because = Annotated[str, typer.Option("--because", help="The reason; it is kept.")]
World = Annotated[Realm, typer.Option(help="Which world; they never mix.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a command works with: the store, and somebody at his desk."""

    store: Store
    desk: Desk
    home: Path

    def rules(self) -> PriorityRules:
        """Return the rules of severity and urgency of this house."""
        return priority_rules(self.home)


@app.command("list")
def list_incidents(
    context: typer.Context,
    realm: World = Realm.REAL,
    only_open: Annotated[bool, typer.Option("--open", help="Leave out what is closed or dismissed.")] = False,
) -> int:
    """List incidents, the most urgent first."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting)) as (_, log):
        known = most_urgent_first(work_incident.incidents(log, realm))
    found = [one for one in known if not (only_open and one.stage in OVER)]
    say = Speech(setting.language)
    if setting.as_json:
        print_json(incidents_document(found))
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
        found = work_incident.look_at(place.desk, asked_incident(incident))
    return told(context, found)


@app.command("advance")
def advance(
    context: typer.Context,
    incident: Id,
    step: Annotated[Step, typer.Argument(help="What is done to it.")],
    because: Because = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    seen: Seen = None,
    by: By = None,
) -> int:
    """Take an incident one step further."""
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        after = work_incident.step_further(place.desk, asked_incident(incident), step, because, seen=seen)
    return told(context, after)


@app.command("judge")
def judge(
    context: typer.Context,
    incident: Id,
    what: Annotated[str, typer.Argument(metavar="NAME=VALUE", help="Like severity=serious; see the page.")],
    because: Because = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    seen: Seen = None,
    by: By = None,
) -> int:
    """Put a person's judgement beside what a rule said; both stay."""
    name, equals, value = what.partition("=")
    if not equals:
        raise WrongUsage("say what is judged, and how, like severity=serious")
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        after = work_incident.judge(place.desk, asked_incident(incident), name, value, because, seen=seen)
        if name == "kind":
            after = judge_anew(place.desk, after.incident_id, place.rules())
    return told(context, after)


@app.command("acknowledge")
def acknowledge(context: typer.Context, incident: Id, seen: Seen = None, by: By = None) -> int:
    """Take on an incident that was assigned to you."""
    with working(context, by) as place:
        after = work_incident.acknowledge(place.desk, asked_incident(incident), seen=seen)
    return told(context, after)


@app.command("assign")
def assign(
    context: typer.Context,
    incident: Id,
    to: Annotated[str, typer.Argument(metavar="NAME")],
    seen: Seen = None,
    by: By = None,
) -> int:
    """Say with whom an incident is."""
    with working(context, by) as place:
        after = work_incident.judge(place.desk, asked_incident(incident), "assigned_to", to, "", seen=seen)
    return told(context, after)


@app.command("note")
def note(
    context: typer.Context,
    incident: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    replaces: Annotated[
        str, typer.Option(metavar="EV-n", help="An earlier note, which stays readable.")
    ] = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    seen: Seen = None,
    by: By = None,
) -> int:
    """Write a note; nothing is ever deleted."""
    if replaces:
        asked_entry(replaces)
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        after = work_incident.note(place.desk, asked_incident(incident), text, replaces.upper(), seen=seen)
    return told(context, after)


@app.command("decide")
def decide(
    context: typer.Context,
    incident: Id,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was decided, in his words.")],
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    seen: Seen = None,
    by: By = None,
) -> int:
    """Keep a decision as it was taken."""
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        after = work_incident.decide(place.desk, asked_incident(incident), text, seen=seen)
    return told(context, after)


@contextmanager
def working(context: typer.Context, by: str | None, asked: AskedLabel = NOTHING_ASKED) -> Iterator[Place]:
    """Lend what it takes to work on incidents; what is said is for its owner only, if nobody is named."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting, by)) as (store, log):
        marking = marking_or_owner_only(setting.home, store.node_name(), asked)
        desk = Desk(log=log, actor=actor(by), at_tai_ns=now_tai_ns(), luck=luck, marking=marking)
        yield Place(store=store, desk=desk, home=setting.home)


@contextmanager
def machine_work(context: typer.Context, acting: str) -> Iterator[Place]:
    """Lend what the machine's own work takes: all there is, since nothing is shown of it but what it did."""
    setting: Setting = context.obj
    with open_evidence(setting.home, THE_NODE) as (store, log):
        desk = Desk(log=log, actor=acting, at_tai_ns=now_tai_ns(), luck=luck)
        yield Place(store=store, desk=desk, home=setting.home)


def told(context: typer.Context, incident: Incident) -> int:
    """Show an incident as it stands after what was asked."""
    setting: Setting = context.obj
    if setting.as_json:
        print_json(incident_document(incident))
    else:
        show_incident(table_console(), incident, Speech(setting.language))
    return Exit.DONE
