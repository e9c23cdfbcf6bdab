"""``baken incident handover`` and ``gather``: the change of the watch, and what may be a case."""

from typing import Annotated

import typer

from baken.astro.time import utc_text
from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, working
from baken.cli.incident_view import show_proposals, show_watch
from baken.cli.setting import Setting, instant, table_console
from baken.incident.gather import Proposal
from baken.incident.handover import Handover, WatchState
from baken.operations.gather_incidents import proposed_incidents
from baken.operations.hand_over_watch import offer_watch, take_watch, watch_state
from baken.records.marking import Realm
from baken.records.triage import Level
from baken.report.words import Speech
from baken.wiring.case_documents import incident_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.stores import open_evidence


def handover(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Offer the watch to somebody.")] = "",
    text: Annotated[str, typer.Option("--note", help="What he has to know.")] = "",
    accept: Annotated[bool, typer.Option("--accept", help="Take the watch that was offered.")] = False,
    realm: World = Realm.REAL,
    by: By = None,
) -> int:
    """Hand over the watch: what is open, what changed, and who has it.  Without options only look."""
    setting: Setting = context.obj
    with working(context, by) as place:
        if accept:
            take_watch(place.desk, realm)
        elif to:
            offer_watch(place.desk, realm, to=to, text=text)
        state, handovers = watch_state(place.desk.log, realm)
    if setting.as_json:
        print_json(_watch_document(state, handovers))
    else:
        say = Speech(setting.language)
        title = say("watch.title", realm=realm.value, count=len(state.open_incidents))
        show_watch(table_console(), state, handovers, title, say)
    return Exit.DONE


def gather(
    context: typer.Context,
    realm: World = Realm.REAL,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="UTC", help="As it was then; else now.")
    ] = None,
    also_to_look_at: Annotated[
        bool, typer.Option("--look", help="Also events that only want looking at.")
    ] = False,
) -> int:
    """Propose how events may be gathered into incidents, each with its reason; nothing is opened."""
    setting: Setting = context.obj
    now = instant("--as-of", as_of) if as_of else now_tai_ns()
    level = Level.LOOK if also_to_look_at else Level.ACT
    with open_evidence(setting.home) as (store, log):
        found = proposed_incidents(store, log, realm, now_tai_ns=now, at_least=level)
    if setting.as_json:
        print_json({"proposals": [_proposal_document(one) for one in found]})
    else:
        show_proposals(table_console(), found, Speech(setting.language))
    return Exit.DONE


def _proposal_document(proposal: Proposal) -> dict[str, object]:
    return {
        "event_ids": [str(event.event_id) for event in proposal.events],
        "kind": proposal.kind.value,
        "joins": None if proposal.joins is None else str(proposal.joins),
        "because": proposal.because,
    }


def _watch_document(state: WatchState, handovers: tuple[Handover, ...]) -> dict[str, object]:
    return {
        "since_utc": None if state.since_tai_ns is None else utc_text(state.since_tai_ns),
        "open": [incident_document(one) for one in state.open_incidents],
        "changed": [str(one.incident_id) for one in state.changed],
        "unassigned": [str(one.incident_id) for one in state.unassigned],
        "handovers": [
            {
                "offered_by": each.offered_by,
                "offered_to": each.offered_to,
                "offered_utc": utc_text(each.offered_at_tai_ns),
                "note": each.note,
                "accepted_by": each.accepted_by or None,
                "accepted_utc": None
                if each.accepted_at_tai_ns is None
                else utc_text(each.accepted_at_tai_ns),
            }
            for each in handovers
        ],
    }
