"""``baken hypotheses``: what may explain an incident, and what speaks against each explanation."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
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
from baken.cli.weighing_view import show_matrix
from baken.errors import WrongUsage
from baken.operations import weigh_hypotheses
from baken.operations.case_entries import entries_of_case
from baken.operations.desk import Desk
from baken.operations.work_incident import look_at
from baken.records.evidence import EntryKind, KeptEntry, read_entry_id
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Reliability
from baken.records.incident import IncidentId, read_incident_id
from baken.report.words import Speech
from baken.wiring.case_documents import weighed_document
from baken.wiring.clock import now_tai_ns
from baken.wiring.luck import luck
from baken.wiring.people import actor
from baken.wiring.stores import open_evidence

app = typer.Typer(
    help="Competing explanations: show, add, grade, rate, estimate, gap, dissent.", no_args_is_help=True
)
Of = Annotated[str, typer.Argument(metavar="INCIDENT")]
Piece = Annotated[str, typer.Argument(metavar="EV-n", help="A piece of evidence of the case.")]
By = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who says so; else $BAKEN_ACTOR.")]
Word = TypeVar("Word", bound=StrEnum)


@app.command("show")
def show(context: typer.Context, incident: Of, by: By = None) -> int:
    """Show the explanations, the least contradicted first, and what the order rests on."""
    setting: Setting = context.obj
    with weighing(context, incident, by) as (desk, case):
        look_at(desk, case)
        matrix, entries = weigh_hypotheses.matrix(desk.log, case), entries_of_case(desk.log, case)
    if setting.as_json:
        print_json(weighed_document(matrix, entries))
    else:
        show_matrix(table_console(), matrix, Speech(setting.language))
    return Exit.DONE


@app.command("add")
def add(
    context: typer.Context,
    incident: Of,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A short name, like jammer-on-site.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What would have happened; no state is named.")],
    benign: Annotated[bool, typer.Option("--benign", help="It needs nobody's ill will.")] = False,
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Put one more explanation on the list."""
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case):
        return told(context, weigh_hypotheses.add_hypothesis(desk, case, name, text, benign=benign))


@app.command("grade")
def grade(
    context: typer.Context,
    incident: Of,
    piece: Piece,
    letter_and_figure: Annotated[str, typer.Argument(metavar="A1..F6", help="Source A-F, information 1-6.")],
    group: Annotated[str, typer.Option(help="A root shared with others: they count once together.")] = "",
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Grade a piece of evidence: how reliable its source, how credible what it says."""
    reliability = word_of(Reliability, letter_and_figure[:1].upper(), "a source is graded A to F")
    credibility = word_of(Credibility, letter_and_figure[1:], "information is graded 1 to 6")
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case):
        kept = weigh_hypotheses.grade(desk, case, asked_entry(piece), reliability, credibility, group)
        return told(context, kept)


@app.command("rate")
def rate(
    context: typer.Context,
    incident: Of,
    piece: Piece,
    fits: Annotated[list[str], typer.Argument(metavar="NAME=FIT...", help="CC, C, N, I or II each.")],
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Say how a piece sits with explanations: would one see it, if the explanation were true?"""
    said = dict(_fit(word) for word in fits)
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case):
        return told(context, weigh_hypotheses.rate(desk, case, asked_entry(piece), said))


@app.command("estimate")
def estimate(
    context: typer.Context,
    incident: Of,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    likelihood: Annotated[Likelihood, typer.Option(help="How likely it is.")],
    confidence: Annotated[Confidence, typer.Option(help="How good the basis is; another question.")],
    because: Annotated[str, typer.Option(help="What it rests on.")],
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Say how likely an explanation is and, apart from that, on how good a basis."""
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case):
        return told(context, weigh_hypotheses.estimate(desk, case, name, likelihood, confidence, because))


@app.command("gap")
def gap(
    context: typer.Context,
    incident: Of,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Say what is not known and would tell."""
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case):
        return told(context, weigh_hypotheses.remark(desk, case, EntryKind.GAP, text))


@app.command("dissent")
def dissent(
    context: typer.Context,
    incident: Of,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    by: By = None,
    releasable_to: For = "",
    label: Demands = None,
    field_label: OfFields = None,
) -> int:
    """Say that one does not agree, and why; it stands beside the rest in every brief."""
    with weighing(context, incident, by, asked_label(releasable_to, label, field_label)) as (desk, case):
        return told(context, weigh_hypotheses.remark(desk, case, EntryKind.DISSENT, text))


@contextmanager
def weighing(
    context: typer.Context, incident: str, by: str | None, asked: AskedLabel = NOTHING_ASKED
) -> Iterator[tuple[Desk, IncidentId]]:
    """Lend what it takes to weigh an incident; what is said is for its owner only, if nobody is named."""
    setting: Setting = context.obj
    with open_evidence(setting.home, who_reads(setting, by)) as (store, log):
        marking = marking_or_owner_only(setting.home, store.node_name(), asked)
        desk = Desk(log=log, actor=actor(by), at_tai_ns=now_tai_ns(), luck=luck, marking=marking)
        yield desk, asked_incident(incident)


def told(context: typer.Context, kept: tuple[KeptEntry, ...]) -> int:
    """Say under which names entries were kept."""
    setting: Setting = context.obj
    names = [each.entry_id for each in kept]
    if setting.as_json:
        print_json({"entries": names})
    else:
        table_console().print(f"kept as {', '.join(names)}", highlight=False)
    return Exit.DONE


def asked_incident(text: str) -> IncidentId:
    """Read an incident's name from the command line.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_incident_id(text)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def asked_entry(text: str) -> int:
    """Read an entry's name from the command line.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_entry_id(text)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def word_of(words: type[Word], text: str, rule: str) -> Word:
    """Return one of a few words.

    Raises: WrongUsage with the rule for any other.
    """
    if text not in {word.value for word in words}:
        raise WrongUsage(f"{rule}; {text!r} is neither")
    return words(text)


def _fit(word: str) -> tuple[str, Fit]:
    name, _, fit = word.partition("=")
    return name, word_of(Fit, fit.upper(), f"{name} sits CC, C, N, I or II")
