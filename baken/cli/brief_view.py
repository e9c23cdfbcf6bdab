"""The brief as a person reads it at a terminal."""

from collections.abc import Callable, Sequence

from rich import box
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.quantities import distance_text, duration_text, probability_text, speed_text
from baken.records.event import Event, Finding
from baken.records.marking import Realm
from baken.report.briefing import Brief, Watched
from baken.report.words import speak

SHOWN = 12
LOST_SHOWN = 5
REALM_STYLE = {Realm.REAL: "bold", Realm.SIMULATED: "bold black on yellow"}
DRILL_STYLE = "bold white on red"
Phrase = Callable[[str], str]


def show_brief(console: Console, brief: Brief, language: str) -> None:
    """Print a brief: whose world, what needs attention, how good the data is, what was put aside."""
    say = speak(language)
    console.print(_head(brief, say))
    console.print(_state(brief, say))
    console.print(_attention(brief, say))
    for watched in brief.watched:
        console.print(_put_aside(watched, say))
    console.print(_foot(brief, say))


def _head(brief: Brief, say: Phrase) -> RenderableType:
    realm = Text(f" {say(f'realm.{brief.realm}')} ", style=REALM_STYLE.get(brief.realm, DRILL_STYLE))
    title = Text.assemble(
        "Baken · ", say("brief"), " ", (utc_text(brief.as_of_tai_ns, 0), "bold"), "  ", realm
    )
    return Panel(title, box=box.HEAVY_HEAD, expand=False)


def _state(brief: Brief, say: Phrase) -> RenderableType:
    age, data = brief.data.age, brief.data
    lines = Table.grid(padding=(0, 2))
    lines.add_row(say("sky"), f"{data.sky} · {data.n_objects:,} {say('objects')}")
    lines.add_row(
        say("age"),
        say("age.line").format(
            median=duration_text(age.median_s),
            ninetieth=duration_text(age.ninetieth_percentile_s),
            oldest=duration_text(age.oldest_s),
            weeks=age.n_older_than_a_week,
        ),
    )
    start, end = brief.window.start_tai_ns, brief.window.end_tai_ns
    length = duration_text(brief.window.duration_s)
    lines.add_row(say("window"), f"{utc_text(start, 0)} – {utc_text(end, 0)} ({length})")
    if data.n_rejected or data.n_left_out:
        refused = say("rejected.line").format(rejected=data.n_rejected, left_out=data.n_left_out)
        lines.add_row(say("rejected"), Text(refused, style="yellow"))
    for remark in brief.remarks:
        lines.add_row("", Text(remark, style="yellow"))
    return lines


def _attention(brief: Brief, say: Phrase) -> RenderableType:
    alone = [event for event in brief.attention if not event.finding.measure("in_company")]
    n_company = len(brief.attention) - len(alone)
    parts: list[RenderableType] = [_table(alone[:SHOWN], brief.as_of_tai_ns, say)] if alone else []
    if not alone:
        parts.append(Text(f"\n{say('attention.none')}", style="bold green"))
    if (more := len(alone) - SHOWN) > 0:
        parts.append(Text(say("attention.more").format(count=more), style="dim"))
    if n_company:
        parts.append(Text(say("company").format(count=n_company), style="dim"))
    return Group(*parts, Text())


def _table(events: Sequence[Event], now_tai_ns: int, say: Phrase) -> Table:
    table = Table(title=say("attention"), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for name in ("event", "tca", "who", "miss", "probability", "why"):
        justify: JustifyMethod = "right" if name in ("miss", "probability") else "left"
        table.add_column(say(name), justify=justify, no_wrap=name != "why")
    for event in events:
        table.add_row(*_cells(event, now_tai_ns), end_section=False)
    return table


def _cells(event: Event, now_tai_ns: int) -> tuple[str, ...]:
    finding = event.finding
    countdown = duration_text((finding.peak_tai_ns - now_tai_ns) / 1e9)
    estimated = probability_text(_figure(finding, "probability"))
    return (
        str(event.event_id),
        f"{utc_text(finding.peak_tai_ns, 0)}\n+{countdown}",
        f"{_object_text(finding, 'primary')}\n{_object_text(finding, 'secondary')}",
        f"{distance_text(_figure(finding, 'miss_distance_m'))}\n"
        f"{speed_text(_figure(finding, 'relative_speed_m_s'))}",
        f"{estimated} {finding.measure('probability_region') or ''}\n"
        f"{probability_text(_figure(finding, 'max_probability'))}",
        finding.because,
    )


def _object_text(finding: Finding, role: str) -> str:
    age_s = _figure(finding, f"{role}_age_h") * 3600.0
    norad = finding.measure(f"{role}_norad_cat_id")
    return f"{norad or '-'} {finding.measure(f'{role}_name') or ''} ({duration_text(age_s)})"


def _figure(finding: Finding, name: str) -> float:
    value = finding.measure(name)
    return float(value) if isinstance(value, int | float) else float("nan")


def _put_aside(watched: Watched, say: Phrase) -> RenderableType:
    lines = Table.grid(padding=(0, 2))
    lines.add_column()
    lines.add_column(justify="right")
    for what, count in watched.account:
        if count:
            lines.add_row(f"  {say(f'account.{what}')}", f"{count:,}")
    if watched.lost:
        lines.add_row(f"  {say('lost')}", f"{len(watched.lost):,}")
    lost = [Text(f"    {reason}", style="yellow") for _, reason in watched.lost[:LOST_SHOWN]]
    seen = say("seen").format(seen=watched.n_seen)
    return Group(Text(f"{say('put_aside')}: {seen}", style="bold"), lines, *lost, Text())


def _foot(brief: Brief, say: Phrase) -> RenderableType:
    parts = " · ".join(f"{what} {seconds:.1f} s" for what, seconds in brief.took_s)
    total_s = sum(seconds for _, seconds in brief.took_s)
    assumed = dict.fromkeys(line for event in brief.attention for line in event.finding.assumptions)
    audiences = sorted({event.finding.marking.text for event in brief.attention})
    lines = [f"{say('assumptions')}: {'; '.join(assumed)}"] if assumed else []
    lines += [f"{say('may_see')}: {' | '.join(audiences)}"] if audiences else []
    return Text("\n".join([*lines, f"{say('took')} {total_s:.1f} s ({parts})"]), style="dim")
