"""``baken incident handover`` and ``gather``: the change of the watch, and what may be a case."""

from dataclasses import replace
from typing import Annotated

import typer
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.incident import By, World, machine_work, working
from baken.cli.incident_view import show_proposals, show_watch
from baken.cli.setting import Setting, instant, table_console, told_as_done
from baken.cli.terminal import print_text
from baken.incident.history import BAKEN
from baken.operations.gather_incidents import bring_up_to_date, open_by_rule, proposed_incidents
from baken.operations.hand_over_watch import offer_watch, take_watch, watch_state
from baken.records.marking import Realm
from baken.records.triage import Level
from baken.report.words import Speech
from baken.wiring.case_documents import incident_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.priority_rules import priority_rules, text_of_rules
from baken.wiring.readers import has_accounts
from baken.wiring.watch_documents import proposal_document, watch_document


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
        before, _ = watch_state(place.desk.log, realm, now_tai_ns=place.desk.at_tai_ns)
        if accept:
            take_watch(place.desk, realm)
        elif to:
            offer_watch(place.desk, realm, to=to, text=text, language=setting.language)
        after, handovers = watch_state(place.desk.log, realm, now_tai_ns=place.desk.at_tai_ns)
    # Whoever takes the watch is told what changed under the one before, not since his own acceptance.
    state = replace(before, on_watch=after.on_watch) if accept else after
    if setting.as_json:
        print_json(watch_document(state, handovers))
    else:
        show_watch(table_console(), state, handovers, realm, Speech(setting.language))
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
    apply: Annotated[
        bool, typer.Option("--apply", help="Open what a rule of the house says needs no person first.")
    ] = False,
) -> int:
    """Propose how events may be gathered into incidents, each with its reason; a person opens or joins."""
    setting: Setting = context.obj
    say = Speech(setting.language)
    now = instant("--as-of", as_of) if as_of else now_tai_ns()
    level = Level.LOOK if also_to_look_at else Level.ACT
    with working(context, None) as place:
        found = proposed_incidents(place.store, place.desk.log, realm, now_tai_ns=now, at_least=level)
        desk = replace(place.desk, actor=BAKEN)
        opened = open_by_rule(place.store, desk, found, place.rules()) if apply else ()
    if setting.as_json:
        print_json(
            {
                "proposals": [proposal_document(one) for one in found],
                "opened": [incident_document(one) for one in opened],
            }
        )
    else:
        show_proposals(table_console(), found, opened, say)
    return Exit.DONE


def update(context: typer.Context, realm: World = Realm.REAL) -> int:
    """Keep what is newly found of the events of open incidents, and let the rules judge them anew."""
    setting: Setting = context.obj
    with machine_work(context, BAKEN) as place:
        changed = bring_up_to_date(place.store, place.desk, realm, place.rules())
    if has_accounts(setting.home):
        return told_as_done(setting)
    if setting.as_json:
        print_json({"changed": [incident_document(one) for one in changed]})
    else:
        say = Speech(setting.language)
        told = [say("incident.updated", incident=f"{one.incident_id}  {one.title}") for one in changed]
        for line in told or [say("incident.up_to_date")]:
            table_console().print(Text(line))
    return Exit.DONE


def rules(context: typer.Context) -> int:
    """Print the rules of severity and urgency that hold here: a beginning for rules of your own."""
    setting: Setting = context.obj
    priority_rules(setting.home)
    print_text(text_of_rules(setting.home))
    return Exit.DONE
