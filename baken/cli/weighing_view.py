"""Competing explanations as a person reads them at a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from baken.records.evidence import entry_id_of
from baken.records.hypothesis import Hypothesis, Matrix, Row
from baken.report.label_words import label_text
from baken.report.words import Speech


def show_matrix(console: Console, matrix: Matrix, say: Speech) -> None:
    """Print explanations in order, the evidence for and against, and what the order rests on."""
    console.print(f"[bold]{say('weigh.title', about=matrix.subject)}[/]", highlight=False)
    console.print(standings_table(matrix, say))
    if matrix.rows:
        console.print(evidence_table(matrix, say))
    for line in lines_of(matrix, say):
        console.print(f"· {line}", highlight=False, markup=False)


def explanation(hypothesis: Hypothesis, say: Speech) -> str:
    """Return an explanation in the language spoken; one that somebody added, in his own words."""
    return say(f"hypothesis.{hypothesis.hypothesis_id}") if hypothesis.standing else hypothesis.text


def standings_table(matrix: Matrix, say: Speech) -> Table:
    """Return the explanations, the least contradicted first."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(say("weigh.explanation"))
    for name in ("against", "between", "pieces", "unrated"):
        table.add_column(say(f"weigh.{name}"), justify="right")
    table.add_column(say("weigh.kind"))
    for standing in matrix.standings:
        hypothesis = standing.hypothesis
        table.add_row(
            f"{hypothesis.hypothesis_id}: {explanation(hypothesis, say)}",
            f"{standing.inconsistency:.2f}",
            f"{standing.low:.2f}–{standing.high:.2f}",
            str(standing.n_against),
            str(standing.n_unrated),
            say("weigh.no" if hypothesis.benign else "weigh.yes"),
        )
    return table


def evidence_table(matrix: Matrix, say: Speech) -> Table:
    """Return how each piece of evidence sits with each explanation, the most telling first."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(say("weigh.evidence"))
    table.add_column(say("weigh.grade"))
    table.add_column(say("weigh.root"))
    for hypothesis in matrix.hypotheses:
        table.add_column(hypothesis.hypothesis_id, justify="center")
    table.add_column(say("weigh.tells"), justify="right")
    table.add_column(say("may_see"), overflow="fold")
    for row in sorted(matrix.rows, key=lambda row: -row.diagnosticity):
        table.add_row(*_cells(row), label_text(row.marking, say))
    return table


def _cells(row: Row) -> Iterator[str]:
    yield f"{entry_id_of(row.entry_sequence)} {row.title}"
    yield row.grade.text
    yield row.root
    yield from ("·" if fit is None else fit.value for fit in row.fits)
    yield f"{row.diagnosticity:.2f}"


def lines_of(matrix: Matrix, say: Speech) -> Iterator[str]:
    """Say what the order rests on, what people judge, what is missing, and what the reader does not see."""
    yield say("weigh.note")
    yield say("weigh.settled" if matrix.settled else "weigh.unsettled")
    texts = {each.hypothesis_id: explanation(each, say) for each in matrix.hypotheses}
    for carrier in matrix.carriers:
        first = ", ".join(f"“{texts[name]}”" for name in carrier.first_without)
        yield say("weigh.carrier", pieces=_named(carrier.entry_sequences), first=first)
    if matrix.rows and not matrix.carriers:
        yield say("weigh.no_carrier")
    for _root, pieces in matrix.circular:
        yield say("weigh.circular", pieces=_named(pieces))
    yield from _judged(matrix, texts, say)
    for gap in matrix.gaps:
        yield say("weigh.gap", text=gap.text, by=gap.by)
    for dissent in matrix.dissent:
        yield say("weigh.dissent", text=dissent.text, by=dissent.by)
    if matrix.n_withheld:
        yield say("weigh.withheld", count=matrix.n_withheld)


def _judged(matrix: Matrix, texts: dict[str, str], say: Speech) -> Iterator[str]:
    for estimate in matrix.estimates:
        low, high = estimate.band_percent
        yield say(
            "weigh.estimate",
            by=estimate.by,
            explanation=texts[estimate.hypothesis_id],
            likelihood=say(f"likelihood.{estimate.likelihood}"),
            low=low,
            high=high,
            confidence=say(f"confidence.{estimate.confidence}"),
            because=estimate.because,
        )


def _named(sequences: Sequence[int]) -> str:
    return ", ".join(map(entry_id_of, sequences))
