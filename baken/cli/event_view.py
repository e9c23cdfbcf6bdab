"""Events as a person reads them at a terminal: a list, and one with all that is known of it."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.cli.event_voices import said_text, voices_text
from baken.cli.pairs import paired_table
from baken.operations.ports import KeptFinding, Voice
from baken.records.event import Event, EventKind, Finding
from baken.report.event_rows import row_of
from baken.report.quantities import UNKNOWN, duration_text
from baken.report.urgency import KIND_WEIGHTS, figure, urgency_of
from baken.report.words import Speech

PAIRS = (
    ("event", "peak UTC, from now"),
    ("miss, window", "or pieces"),
    ("object", "other object"),
    ("how likely", "and at most"),
    ("originators", "Pc said"),
    ("why", "may see"),
)
WORDY = frozenset({"object", "why"})
# The unit that ends a figure's name, and how it is written after the figure.
UNITS = (("_m_s", " m/s"), ("_m", " m"), ("_h", " h"), ("_s", " s"))


def event_table(events: Sequence[tuple[Event, Sequence[Voice]]], title: str, now_tai_ns: int) -> Table:
    """Return events as a table, in the order given, each with who spoke of it."""
    rows = [_cells(event, voices, now_tai_ns) for event, voices in events]
    return paired_table(title, PAIRS, rows, WORDY)


def _cells(event: Event, voices: Sequence[Voice], now_tai_ns: int) -> tuple[str, ...]:
    finding = event.finding
    row = row_of(finding, now_tai_ns, Speech("en"))
    who, _, other = row.who.partition("\n")
    what, _, further = row.what.partition("\n")
    return (
        f"{event.event_id} {row.kind}",
        row.when.replace("\n", "  "),
        what,
        further,
        who,
        other,
        *_likely(row.likely),
        voices_text(voices),
        said_text(voices),
        row.why.replace("\n", "; "),
        finding.marking.text,
    )


def _likely(told: str) -> tuple[str, str]:
    first, _, second = told.partition("\n")
    return first, second


def show_event(
    console: Console, event: Event, history: Sequence[KeptFinding], now_tai_ns: int, say: Speech
) -> None:
    """Print one event: how urgent, every figure with its unit, how it was found, and all earlier looks."""
    urgency = urgency_of(event.finding, now_tai_ns)
    console.print(
        f"[bold]{event.event_id}[/]  {say(f'kind.{event.finding.kind}')}  {say(f'realm.{event.realm}')}",
        highlight=False,
    )
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("urgency", f"{say(f'level.{urgency.level.name}')}: {say.tell(urgency.because)}")
    for name, value in _lines(event.finding):
        grid.add_row(name, Text(value))
    for kept in history:
        grid.add_row("seen", f"{utc_text(kept.kept_at_tai_ns, 0)}  {_look_text(kept.finding)}")
    console.print(grid)


def _look_text(finding: Finding) -> str:
    width_s = (finding.end_tai_ns - finding.start_tai_ns) / 1e9
    span = f" within {duration_text(width_s)}" if width_s else ""
    return f"peak {utc_text(finding.peak_tai_ns, 0)}{span}  {finding.digest}"


def _lines(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "why", finding.because
    yield "peak", utc_text(finding.peak_tai_ns, 3)
    if finding.start_tai_ns < finding.end_tai_ns:
        yield "from, to", f"{utc_text(finding.start_tai_ns, 3)}, {utc_text(finding.end_tai_ns, 3)}"
    yield "objects", ", ".join(finding.object_ids)
    unseen = finding.measure("second_name") is None and finding.measure("second_norad_cat_id") is None
    for name, value in finding.measures:
        if not (name.startswith(KIND_WEIGHTS) or (unseen and name.startswith("second_"))):
            yield measure_line(name, value)
    if finding.kind is EventKind.FRAGMENTATION:
        yield from _of_breakup(finding, unseen)
    yield "may be seen by", finding.marking.text
    for assumption in finding.assumptions:
        yield "assumed", assumption
    yield "method", finding.lineage.method
    yield "settings", ", ".join(f"{name} {value}" for name, value in finding.lineage.settings)
    for source in finding.lineage.sources:
        yield "source", f"{source.name}  {source.digest}"


def _of_breakup(finding: Finding, unseen: bool) -> Iterator[tuple[str, str]]:
    if unseen:
        yield "second object", "none seen there at that time"
    weights = [
        f"{name.removeprefix(KIND_WEIGHTS).replace('_', ' ')} {weight:.2f}"
        for name, _ in finding.measures
        if name.startswith(KIND_WEIGHTS) and (weight := figure(finding, name)) is not None
    ]
    if weights:
        yield "leaning, not calibrated", ", ".join(weights)


def measure_line(name: str, value: float | int | str | None) -> tuple[str, str]:
    """Return a figure as a person reads it: its name in plain words, its unit behind it.

    >>> measure_line("miss_distance_m", 441.084), measure_line("probability", None)
    (('miss distance', '441.084 m'), ('probability', 'unknown'))
    """
    ending, unit = next((pair for pair in UNITS if name.endswith(pair[0])), ("", ""))
    told = name.removesuffix(ending).removeprefix("n_").replace("_", " ")
    if value is None:
        return told, UNKNOWN
    if name.startswith("in_"):
        return told, "yes" if value else "no"
    return told, f"{value}{unit}"
