"""The brief as a person reads it at a terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.records.event import Event, EventKind
from baken.records.marking import Realm
from baken.records.triage import Level
from baken.report.briefing import Brief, Watched
from baken.report.event_rows import row_of
from baken.report.label_words import label_text
from baken.report.quantities import UNKNOWN, duration_text
from baken.report.urgency import urgency_of
from baken.report.words import Speech

SHOWN = 12
LOST_SHOWN = 5
# Below this many characters two columns go under each other instead of wrapping every name.
ROOM_FOR_SIX_COLUMNS = 140
REALM_STYLE = {Realm.REAL: "bold", Realm.SIMULATED: "bold black on yellow"}
DRILL_STYLE = "bold white on red"


def show_brief(console: Console, brief: Brief, language: str) -> None:
    """Print a brief: whose world, what needs attention, how good the data is, what was put aside."""
    say = Speech(language)
    console.print(_head(brief, say))
    console.print(_state(brief, say))
    console.print(_attention(brief, say, console.width))
    for watched in brief.watched:
        console.print(_put_aside(watched, say))
    console.print(_foot(brief, say))


def _head(brief: Brief, say: Speech) -> RenderableType:
    realm = Text(f" {say(f'realm.{brief.realm}')} ", style=REALM_STYLE.get(brief.realm, DRILL_STYLE))
    title = Text.assemble(
        "Baken · ", say("brief"), " ", (utc_text(brief.as_of_tai_ns, 0), "bold"), "  ", realm
    )
    return Panel(title, box=box.HEAVY_HEAD, expand=False)


def _state(brief: Brief, say: Speech) -> RenderableType:
    age, data = brief.data.age, brief.data
    lines = Table.grid(padding=(0, 2))
    lines.add_row(say("sky"), f"{say.tell(data.sky)} · {say.count(data.n_objects)} {say('objects')}")
    lines.add_row(
        say("age"),
        say(
            "age.line",
            median=_told(duration_text(age.median_s), say),
            ninetieth=_told(duration_text(age.ninetieth_percentile_s), say),
            oldest=_told(duration_text(age.oldest_s), say),
            weeks=age.n_older_than_a_week,
        ),
    )
    start, end = brief.window.start_tai_ns, brief.window.end_tai_ns
    length = duration_text(brief.window.duration_s)
    lines.add_row(say("window"), f"{utc_text(start, 0)} – {utc_text(end, 0)} ({length})")
    if data.n_rejected or data.n_left_out:
        refused = say("rejected.line", rejected=data.n_rejected, left_out=data.n_left_out)
        lines.add_row(say("rejected"), Text(refused, style="yellow"))
    for remark in brief.remarks:
        lines.add_row("", Text(say.tell(remark), style="yellow"))
    return lines


def _attention(brief: Brief, say: Speech, width: int) -> RenderableType:
    alone = [event for event in brief.attention if not event.finding.measure("in_company")]
    n_company = len(brief.attention) - len(alone)
    table = _wide_table if width >= ROOM_FOR_SIX_COLUMNS else _narrow_table
    parts: list[RenderableType] = [Text()]
    if alone:
        parts.append(table(alone[:SHOWN], brief.as_of_tai_ns, say))
    else:
        parts.append(Text(say("attention.none"), style="bold green"))
    if (more := len(alone) - SHOWN) > 0:
        option = "" if brief.realm is Realm.REAL else f" --realm {brief.realm}"
        parts.append(Text(say("attention.more", count=more, option=option), style="dim"))
    if alone:
        parts.append(Text(say("by_kind", told=_by_kind(alone, brief.as_of_tai_ns, say)), style="dim"))
    if n_company:
        parts.append(Text(say("company", count=n_company), style="dim"))
    return Group(*parts, Text())


def _by_kind(events: Sequence[Event], now_tai_ns: int, say: Speech) -> str:
    """Return how many of each kind there are, and how many of them ask to act or to look."""
    of_kind: dict[EventKind, list[Level]] = {}
    for event in events:
        level = urgency_of(event.finding, now_tai_ns).level
        of_kind.setdefault(event.finding.kind, []).append(level)
    counts = []
    for kind, levels in of_kind.items():
        by_level = [(level, levels.count(level)) for level in sorted(Level, reverse=True)]
        told = ", ".join(f"{say.count(n)} {say(f'level.{level.name}')}" for level, n in by_level if n)
        counts.append(f"{say(f'kind.{kind}')} {say.count(len(levels))} ({told})")
    return "; ".join(counts)


def _wide_table(events: Sequence[Event], now_tai_ns: int, say: Speech) -> Table:
    table = _table(say)
    table.add_column(say("row.event"), no_wrap=True)
    table.add_column(say("row.when"), no_wrap=True)
    table.add_column(say("who"), no_wrap=True)
    table.add_column(say("row.what"), no_wrap=True, justify="right")
    table.add_column(say("row.likely"), no_wrap=True, justify="right")
    table.add_column(say("why"))
    for event in events:
        row = row_of(event.finding, now_tai_ns, say)
        name = f"{event.event_id}\n{row.kind}"
        table.add_row(name, row.when, row.who, row.what, row.likely, row.why, style=_style(event, now_tai_ns))
    return table


def _narrow_table(events: Sequence[Event], now_tai_ns: int, say: Speech) -> Table:
    table = _table(say)
    table.add_column(say("row.event_and_when"), no_wrap=True)
    table.add_column(say("who_and_why"))
    table.add_column(say("row.what"), no_wrap=True, justify="right")
    table.add_column(say("row.likely"), no_wrap=True, justify="right")
    for event in events:
        row = row_of(event.finding, now_tai_ns, say)
        name, who = f"{event.event_id}\n{row.when}\n{row.kind}", f"{row.who}\n{row.why}"
        table.add_row(name, who, row.what, row.likely, style=_style(event, now_tai_ns))
    return table


def _style(event: Event, now_tai_ns: int) -> str:
    return "bold" if urgency_of(event.finding, now_tai_ns).level is Level.ACT else ""


def _table(say: Speech) -> Table:
    return Table(
        title=say("attention"),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        leading=1,
    )


def _told(text: str, say: Speech) -> str:
    return say(UNKNOWN) if text == UNKNOWN else text


def _put_aside(watched: Watched, say: Speech) -> RenderableType:
    lines = Table.grid(padding=(0, 2))
    lines.add_column()
    lines.add_column(justify="right")
    for what, count in watched.account:
        if count:
            lines.add_row(f"  {say(f'account.{what}')}", say.count(count))
    if watched.lost:
        lines.add_row(f"  {say('lost')}", say.count(len({object_id for object_id, _ in watched.lost})))
    lost = [Text(f"    {reason}", style="yellow") for _, reason in watched.lost[:LOST_SHOWN]]
    if (more := len(watched.lost) - LOST_SHOWN) > 0:
        lost.append(Text(f"    {say('lost.more', count=more)}", style="dim"))
    title = f"{say('put_aside')}: {say(f'kind.{watched.kind}')}"
    return Group(Text(title, style="bold"), lines, *lost, Text())


def _foot(brief: Brief, say: Speech) -> RenderableType:
    parts = " · ".join(f"{say(f'took.{what}')} {seconds:.1f} s" for what, seconds in brief.took_s)
    total_s = sum(seconds for _, seconds in brief.took_s)
    assumed = dict.fromkeys(line for event in brief.attention for line in event.finding.assumptions)
    audiences = sorted({event.finding.marking for event in brief.attention}, key=lambda one: one.text)
    told = [label_text(one, say) for one in audiences]
    lines = [f"{say('assumptions')}:", *(f"  {line}" for line in assumed)] if assumed else []
    lines += [f"{say('may_see')}: {' | '.join(told)}"] if told else []
    return Text("\n".join([*lines, f"{say('took')} {total_s:.1f} s ({parts})"]), style="dim")
