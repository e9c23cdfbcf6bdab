"""Incidents as a person reads them at a terminal: a list, one with its timeline, the watch at its change."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.incident.gather import Proposal
from baken.incident.lifecycle import NEXT
from baken.records.evidence import entry_id_of
from baken.records.incident import Incident, Judgement, Moment
from baken.records.marking import Realm
from baken.records.watch import Handover, WatchState
from baken.report.incident_text import decided_text, judgement_text, moment_kind, moment_text, value_text
from baken.report.label_words import label_text
from baken.report.watch_text import watch_sections
from baken.report.words import Speech

COLUMNS = ("incident", "urgency", "severity", "stage", "title")
# No rule answers these; a person does.
DECIDED = ("unintended", "deliberate", "effect", "reversible", "segment")


def incident_table(incidents: Sequence[Incident], title: str, say: Speech) -> Table:
    """Return incidents as a table, in the order given, with who has each and may see it beneath."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in COLUMNS:
        table.add_column(say(f"incident.column.{name}"), no_wrap=name != "title")
    for incident in incidents:
        table.add_row(*_cells(incident, say))
    return table


def _cells(incident: Incident, say: Speech) -> Iterator[Text]:
    yield Text(str(incident.incident_id))
    yield Text(_value("urgency", incident.urgency, say))
    yield Text(_value("severity", incident.severity, say))
    yield Text(say(f"incident.stage.{incident.stage}"))
    beneath = (
        say(f"incident.kind.{incident.kind}"),
        f"{say('incident.changed')} {utc_text(incident.changed_at_tai_ns, 0)}",
        incident.assigned_to or say("watch.nobody"),
        label_text(incident.marking, say),
    )
    yield Text.assemble(incident.title, "\n", (" · ".join(beneath), "dim"))


def _value(name: str, judgement: Judgement, say: Speech) -> str:
    # A star: a person judged otherwise than the rule, or agreed with it by name.
    return value_text(name, judgement.stands, say) + ("" if judgement.human is None else " *")


def show_incident(console: Console, incident: Incident, say: Speech) -> None:
    """Print one incident: where it stands, who judged what, what can be done now, and all that was said."""
    console.print(Text(f"{incident.incident_id}  {incident.title}", style="bold"))
    may_see = f"{say('may_see')}: {label_text(incident.marking, say)}"
    console.print(Text(f"{say(f'realm.{incident.realm}')}  ·  {may_see}"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _facts(incident, say):
        grid.add_row(name, Text(value))
    console.print(grid)
    console.print(timeline_table(incident.timeline, say))


def _facts(incident: Incident, say: Speech) -> Iterator[tuple[str, str]]:
    yield say("incident.column.kind"), say(f"incident.kind.{incident.kind}")
    yield say("incident.column.stage"), say(f"incident.stage.{incident.stage}")
    yield say("incident.column.severity"), judgement_text("severity", incident.severity, say)
    yield say("incident.column.urgency"), judgement_text("urgency", incident.urgency, say)
    for name in DECIDED:
        yield say(f"incident.{name}"), decided_text(incident, name, say)
    yield say("incident.events"), ", ".join((*incident.event_ids, *incident.entry_ids)) or "–"
    yield say("incident.column.who"), incident.assigned_to or "–"
    yield say("incident.seen"), str(incident.n_entries)
    yield say("incident.can"), ", ".join(say(f"incident.step.{step}") for step in NEXT[incident.stage])


def timeline_table(timeline: Sequence[Moment], say: Speech) -> Table:
    """Return all that was said, in order; what somebody wrote anew stands struck through."""
    title = say("incident.timeline")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    for is_text in (False, False, False, True, True):
        table.add_column(overflow="fold", no_wrap=not is_text)
    for moment in timeline:
        text = Text(moment_text(moment, say), style="strike" if moment.replaced_by else "")
        if moment.replaced_by:
            text.append(f" → {moment.replaced_by}", style="not strike")
        when, kind = Text(utc_text(moment.at_tai_ns, 0)), Text(moment_kind(moment, say))
        carried_by = f"{entry_id_of(moment.entry_sequence)}\n{label_text(moment.marking, say)}"
        table.add_row(when, kind, Text(moment.actor), text, Text(carried_by))
    return table


def show_proposals(
    console: Console, proposals: Sequence[Proposal], opened: Sequence[Incident], say: Speech
) -> None:
    """Print what may belong together with the command that accepts it, and what a rule has opened."""
    if not proposals:
        console.print(say("gather.none"), highlight=False)
    for proposal in proposals:
        names = " ".join(str(event.event_id) for event in proposal.events)
        console.print(Text(f"{names}: {say(f'incident.kind.{proposal.kind}')}", style="bold"))
        console.print(Text(f"  {say(f'gather.tie.{proposal.tie}')}"))
        console.print(Text(f"  {_command(proposal)}"))
    for incident in opened:
        console.print(Text(say("gather.opened", incident=f"{incident.incident_id}  {incident.title}")))


def _command(proposal: Proposal) -> str:
    ids = [str(event.event_id) for event in proposal.events]
    if proposal.joins is not None:
        return f"baken incident join {proposal.joins} {ids[0]}"
    return f"baken incident open --kind {proposal.kind} --title '...' " + " ".join(
        f"--event {one}" for one in ids
    )


def show_watch(
    console: Console, state: WatchState, handovers: Sequence[Handover], realm: Realm, say: Speech
) -> None:
    """Print what whoever takes the watch has to know, as it is kept with the offer."""
    console.print(Text(say("watch.title", realm=say(f"realm.{realm}")), style="bold"))
    console.print(Text(say("watch.has", who=state.on_watch or say("watch.nobody"))))
    for heading, lines in watch_sections(state, say):
        console.print(Text(f"\n{heading}", style="bold"))
        for line in lines:
            console.print(Text(line))
    console.print()
    for each in handovers[-3:]:
        console.print(Text(_handover_text(each, say)))


def _handover_text(handover: Handover, say: Speech) -> str:
    taken = handover.accepted_at_tai_ns
    return say(
        "watch.offered" if taken is None else "watch.taken",
        by=handover.offered_by,
        to=handover.offered_to,
        when=utc_text(handover.offered_at_tai_ns if taken is None else taken, 0),
        text=handover.note,
    )
