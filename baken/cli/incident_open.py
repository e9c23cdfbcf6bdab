"""``baken incident open``, ``join`` and ``leave``: what belongs to a case."""

from typing import Annotated

import typer

from baken.cli.event_id import asked_id
from baken.cli.hypotheses import asked_entry, asked_incident
from baken.cli.incident import Because, By, Id, Place, Seen, told, working
from baken.cli.label_options import Demands, For, OfFields, asked_label
from baken.errors import WrongUsage
from baken.operations import join_incident
from baken.operations.find_event import event_in_any_world
from baken.operations.judge_by_rules import judge_anew
from baken.operations.open_incident import open_from_report, open_incident
from baken.records.event import Event
from baken.records.incident import Incident, IncidentKind
from baken.records.marking import Realm

What = Annotated[str, typer.Argument(metavar="EVENT|EV-n", help="An event, or a piece of evidence.")]


def open_case(
    context: typer.Context,
    title: Annotated[str, typer.Option(help="What it is called.")] = "",
    kind: Annotated[IncidentKind | None, typer.Option(help="What it seems to be.")] = None,
    events: Annotated[
        list[str] | None, typer.Option("--event", metavar="ID", help="What it begins with.")
    ] = None,
    report: Annotated[
        str | None, typer.Option(metavar="EV-n", help="A report from outside that is worth following.")
    ] = None,
    because: Because = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    realm: Annotated[Realm | None, typer.Option(help="Which world; else that of its events.")] = None,
    by: By = None,
) -> int:
    """Open an incident; it is suspected until somebody corroborates it."""
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        if report is None:
            found = [event_in_any_world(place.store, asked_id(name)) for name in events or ()]
            opened = _opened(place, title, kind, found, because, realm)
        elif title or kind or events:
            raise WrongUsage("--report says title and kind itself; leave out --title, --kind and --event")
        else:
            opened = open_from_report(
                place.desk,
                node=place.store.node_name(),
                realm=realm or Realm.REAL,
                sequence=asked_entry(report),
                because=because,
                rules=place.rules(),
            )
    return told(context, opened)


def _opened(
    place: Place,
    title: str,
    kind: IncidentKind | None,
    events: list[Event],
    because: str,
    realm: Realm | None,
) -> Incident:
    if kind is None:
        raise WrongUsage(f"say what it seems to be: --kind {'|'.join(IncidentKind)}")
    return open_incident(
        place.desk,
        node=place.store.node_name(),
        realm=realm or (events[0].realm if events else Realm.REAL),
        title=title,
        kind=kind,
        because=because,
        rules=place.rules(),
        events=events,
    )


def join(
    context: typer.Context,
    incident: Id,
    what: What,
    because: Because = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    seen: Seen = None,
    by: By = None,
) -> int:
    """Let an event or a piece of evidence join an incident; the rules judge anew."""
    incident_id = asked_incident(incident)
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        if what.upper().startswith("EV-"):
            join_incident.join_entry(place.desk, incident_id, asked_entry(what), because, seen=seen)
        else:
            event = event_in_any_world(place.store, asked_id(what))
            join_incident.join_event(place.desk, incident_id, event, because, seen=seen)
        return told(context, judge_anew(place.desk, incident_id, place.rules()))


def leave(
    context: typer.Context,
    incident: Id,
    what: What,
    because: Because = "",
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
    seen: Seen = None,
    by: By = None,
) -> int:
    """Take an event or a piece of evidence out again; that it was there stays readable."""
    incident_id = asked_incident(incident)
    with working(context, by, asked_label(releasable_to, label, field_label)) as place:
        join_incident.leave(place.desk, incident_id, what.upper(), because, seen=seen)
        return told(context, judge_anew(place.desk, incident_id, place.rules()))
