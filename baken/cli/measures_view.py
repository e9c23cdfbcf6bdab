"""The toolbox as a person reads it: a list that ranks nothing, one measure, several side by side."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.records.evidence import entry_id_of
from baken.records.measure import (
    Attribution,
    CaseSupport,
    Category,
    Listed,
    Measure,
    Missing,
    Need,
    Said,
    Weighing,
    Worksheet,
)
from baken.records.response import Source
from baken.report.words import Speech

# A name that is broken over lines cannot be typed again.
LONGEST_NAME = 26


def show_catalogue(console: Console, measures: Sequence[Measure], say: Speech) -> None:
    """Print what there is, and what each measure would ask of a case."""
    console.print(Text(say("measure.title", count=len(measures)), style="bold"))
    rows = [(one, "; ".join(asked(one, say)) or say("measure.nothing_asked")) for one in measures]
    _print_families(console, rows, "asks", say)


def show_listed(
    console: Console, case: CaseSupport, some: Sequence[Listed], n_left_out: int, say: Speech
) -> None:
    """Print what a case supports, and what it lacks for the rest, in the order of the list."""
    console.print(Text(say("measure.case", case=case.incident_id), style="bold"))
    for line in facts_of(case, say):
        console.print(Text(f"· {line}"))
    _print_families(console, [(one.measure, told(one, say)) for one in some], "case", say)
    if n_left_out:
        console.print(Text(f"· {say('measure.left_out', count=n_left_out)}"))


def facts_of(case: CaseSupport, say: Speech) -> Iterator[str]:
    """Say what a case has to show."""
    yield say(
        "measure.facts",
        kind=say(f"incident.kind.{case.kind}"),
        severity=say(f"incident.severity.{case.severity}"),
        stage=say(f"incident.stage.{case.stage}"),
    )
    if case.likelihood and case.confidence:
        held = (say(f"likelihood.{case.likelihood}"), say(f"confidence.{case.confidence}"))
        yield say("measure.judged", likelihood=held[0], confidence=held[1])
    else:
        yield say("measure.not_judged")
    if case.determined_by:
        yield say("measure.determined", states=", ".join(case.determined_by))
    else:
        yield say("measure.not_determined")
    if case.released:
        audiences = ", ".join(f"{audience} {number}" for audience, number in case.released)
        yield say("measure.released", audiences=audiences, count=case.n_pieces)
    else:
        yield say("measure.not_released", count=case.n_pieces)


def told(one: Listed, say: Speech) -> str:
    """Say that a measure is supported, or all that is missing."""
    return "; ".join(missing_text(each, say) for each in one.missing) or say("measure.supported")


def missing_text(missing: Missing, say: Speech) -> str:
    """Say one thing that a case lacks."""
    family = "incident.severity" if missing.need is Need.SEVERITY else "confidence"
    return say(
        f"measure.missing.{missing.need}",
        word=say(f"{family}.{missing.word}") if missing.word else "",
        audience=missing.audience,
        count=missing.n_pieces,
    )


def asked(measure: Measure, say: Speech) -> Iterator[str]:
    """Say what a measure asks of any case."""
    yield from _asked_to_know(measure, say)
    for audience, number in measure.evidence_for:
        yield say("measure.asks.evidence", count=number, audience=audience)
    if measure.from_severity.value != "minor":
        yield say("measure.asks.severity", word=say(f"incident.severity.{measure.from_severity}"))
    if measure.when_confirmed:
        yield say("measure.asks.stage")


def _asked_to_know(measure: Measure, say: Speech) -> Iterator[str]:
    if measure.attribution is Attribution.CONFIDENCE:
        yield say("measure.asks.judgement", word=say(f"confidence.{measure.from_confidence}"))
    if measure.attribution is Attribution.DETERMINATION:
        yield say("measure.asks.determination")


def _print_families(console: Console, rows: Sequence[tuple[Measure, str]], last: str, say: Speech) -> None:
    for category in Category:
        some = [row for row in rows if row[0].category is category]
        if some:
            console.print(Text(f"\n{say(f'measure.category.{category}')}", style="bold"))
            console.print(_family(some, last, say))
    console.print(Text(f"\n· {say('measure.note' if rows else 'measure.none')}"))


def _family(rows: Sequence[tuple[Measure, str]], last: str, say: Speech) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    table.add_column(say("measure.column.measure"), min_width=LONGEST_NAME, ratio=5)
    for name, ratio in (("decided", 6), ("nature", 4), (last, 5)):
        table.add_column(say(f"measure.column.{name}"), ratio=ratio, overflow="fold")
    for measure, text in rows:
        table.add_row(
            Text.assemble((measure.measure_id, "bold"), "\n", measure.name.read_in(say.language)),
            Text(f"{way_of(measure, say)} ({say(f'measure.voting.{measure.voting}')})"),
            Text(nature_of(measure, say)),
            Text(text),
        )
    return table


def way_of(measure: Measure, say: Speech) -> str:
    """Say who proposes, decides and carries out; the same party once."""
    parties = (measure.proposer, measure.decider, measure.executor)
    return " → ".join(dict.fromkeys(party.read_in(say.language) for party in parties))


def nature_of(measure: Measure, say: Speech) -> str:
    """Say whether it can be taken back, how risky it is, and how soon it works."""
    return " · ".join(
        (
            say(f"measure.reversible.{measure.reversible}"),
            say(f"measure.escalation.{measure.escalation}"),
            say(f"measure.pace.{measure.works_within}"),
        )
    )


# --- One or several in full -------------------------------------------------------------------------------


def show_measure(console: Console, measure: Measure, say: Speech) -> None:
    """Print one measure in full, with its sources."""
    console.print(Text.assemble((measure.name.read_in(say.language), "bold"), f"  {measure.measure_id}"))
    table = Table.grid(padding=(0, 2))
    for name, text in rows_of(measure, say):
        table.add_row(Text(say(f"measure.row.{name}"), style="dim"), Text(text))
    for source in measure.sources:
        table.add_row(
            Text(say("measure.row.sources"), style="dim"), Text(_source_text(source, say), overflow="fold")
        )
    console.print(table)
    if measure.to_be_checked_by_counsel:
        console.print(Text(say("measure.counsel"), style="yellow"))


def rows_of(measure: Measure, say: Speech) -> Iterator[tuple[str, str]]:
    """Return all that a measure says, by the name of the row."""
    language = say.language
    yield "what", measure.what.read_in(language)
    yield (
        "category",
        f"{say(f'measure.category.{measure.category}')}, {say(f'measure.level.{measure.level}')}",
    )
    yield "legal_basis", measure.legal_basis.read_in(language)
    yield "proposer", measure.proposer.read_in(language)
    yield "decider", measure.decider.read_in(language)
    yield "executor", measure.executor.read_in(language)
    yield "voting", say(f"measure.voting.{measure.voting}")
    word = say(f"confidence.{measure.from_confidence}")
    yield "attribution", say(f"measure.attribution.{measure.attribution}", word=word)
    needed = [
        say("measure.asks.evidence", count=number, audience=name) for name, number in measure.evidence_for
    ]
    yield "evidence", ", ".join(needed) or say("measure.nothing_asked")
    kinds = ", ".join(say(f"incident.kind.{kind}") for kind in sorted(measure.kinds))
    yield "kinds", kinds or say("measure.all_kinds")
    yield "from_severity", say(f"incident.severity.{measure.from_severity}")
    yield "reversible", say(f"measure.reversible.{measure.reversible}")
    yield "escalation", say(f"measure.escalation.{measure.escalation}")
    yield "works_within", say(f"measure.pace.{measure.works_within}")
    yield "duration", measure.duration.read_in(language)
    yield (
        "precedent",
        measure.precedent.read_in(language) if measure.precedent else say("measure.no_precedent"),
    )
    yield "line", measure.line.read_in(language)


def _source_text(source: Source, say: Speech) -> str:
    checked = source.checked_on or say("measure.not_checked")
    return f"{source.title} ({checked})\n{source.says}\n{source.url}"


def show_compared(
    console: Console, case: CaseSupport, some: Sequence[tuple[Listed, Worksheet]], say: Speech
) -> None:
    """Print measures side by side: what the catalogue says, what the case lacks, what people said."""
    title = say("weighing.compared", case=case.incident_id)
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, expand=True)
    table.box, table.show_lines = box.SIMPLE_HEAD, True
    table.add_column("", ratio=2)
    for one, _ in some:
        table.add_column(Text(one.measure.name.read_in(say.language)), ratio=5, overflow="fold")
    columns = [dict(rows_of(one.measure, say)) for one, _ in some]
    for name in columns[0]:
        table.add_row(Text(say(f"measure.row.{name}")), *(Text(column[name]) for column in columns))
    table.add_row(Text(say("measure.row.case")), *(Text(told(one, say)) for one, _ in some))
    sheets = [dict(sheet_rows(sheet, say)) for _, sheet in some]
    for name in sheets[0]:
        table.add_row(Text(name), *(Text(sheet[name]) for sheet in sheets))
    console.print(table)
    console.print(Text(f"· {say('measure.note')}"))


def show_worksheet(console: Console, measure: Measure, case_id: str, sheet: Worksheet, say: Speech) -> None:
    """Print what people said of one measure."""
    title = say("weighing.title", measure=measure.name.read_in(say.language), case=case_id)
    console.print(Text(title, style="bold"))
    table = Table.grid(padding=(0, 2))
    for name, text in sheet_rows(sheet, say):
        table.add_row(Text(name, style="dim"), Text(text))
    console.print(table)


def sheet_rows(sheet: Worksheet, say: Speech) -> Iterator[tuple[str, str]]:
    """Return what people said of a measure, row by row; what nobody said says so."""
    nobody = say("weighing.nobody")
    for name in Weighing:
        said = sheet.said_of(name)
        yield say(f"weighing.{name}"), _said_text(said) if said else nobody
    yield say("weighing.proposed"), "\n".join(map(_said_text, sheet.proposals)) or nobody
    yield say("weighing.decided"), "\n".join(_decided_text(each, say) for each in sheet.decisions) or nobody


def _said_text(said: Said) -> str:
    return f"{said.text} ({said.by}, {entry_id_of(said.entry_sequence)})"


def _decided_text(said: Said, say: Speech) -> str:
    return f"{say(f'weighing.outcome.{said.outcome}', decider=said.decider)}: {_said_text(said)}"
