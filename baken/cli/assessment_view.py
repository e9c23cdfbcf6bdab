"""An assessment of a warning, as a person reads it at a terminal and as a script does."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.operations.assess_messages import AssessedMessage
from baken.records.collision_assessment import Check, CheckOutcome, CollisionAssessment
from baken.records.conjunction_message import ConjunctionObject
from baken.report.quantities import UNKNOWN, distance_text, speed_text
from baken.report.words import Speech
from baken.wiring.encounter_documents import figures_document

OUTCOME_STYLE = {
    CheckOutcome.HELD: "green",
    CheckOutcome.FAILED: "bold red",
    CheckOutcome.UNTESTED: "dim",
}


def assessment_document(found: AssessedMessage) -> dict[str, object]:
    """Return a warning and its assessment as JSON."""
    message, assessment = found.message, found.assessment
    return {
        "message_id": message.message_id,
        "originator": message.originator,
        "created_utc": utc_text(message.created_tai_ns, 3),
        "primary_norad_cat_id": message.first.identity.norad_cat_id,
        "secondary_norad_cat_id": message.second.identity.norad_cat_id,
        "message_probability": message.collision_probability,
        "message_probability_method": message.collision_probability_method,
        "realm": message.realm.value,
        "marking": message.marking.text,
        **figures_document(assessment),
    }


def show_assessment(console: Console, path: str, found: AssessedMessage, say: Speech) -> None:
    """Print a warning and what is made of it: the answer, the geometry, the checks, the assumptions."""
    message, assessment = found.message, found.assessment
    console.print(
        Text(f"{_called(message.first)} – {_called(message.second)}", style="bold"),
        Text(
            f"{message.originator} {message.message_id} · {path} · {message.realm} · {message.marking.text}"
        ),
        sep="\n",
    )
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _lines(found, say):
        grid.add_row(name, value)
    for check in assessment.checks:
        grid.add_row(*_check_cells(check, say))
    for said in (*assessment.assumptions, *assessment.remarks):
        grid.add_row(say("assumed"), Text(say(f"said.{said.name}", **dict(said.figures)), style="dim"))
    console.print(grid)
    console.print()


def _lines(found: AssessedMessage, say: Speech) -> list[tuple[str, Text | str]]:
    message, assessment = found.message, found.assessment
    radial_m, transverse_m, normal_m = assessment.miss_rtn_m
    axes = f"R {radial_m:.0f}  T {transverse_m:.0f}  N {normal_m:.0f} m"
    others = ", ".join(f"{name} {digits(value)}" for name, value in assessment.methods)
    largest = UNKNOWN
    if assessment.max_probability is not None:
        scale = f"{assessment.max_probability_scale or 0.0:.2g}"
        largest = say("page.at_scale", pc=digits(assessment.max_probability), scale=scale)
    return [
        (say("page.probability"), Text(answer(assessment, say), style="bold")),
        (say("assessed.by"), f"{assessment.method}, {say(f'region.{assessment.region}')}"),
        (
            say("page.pc_said"),
            f"{digits(message.collision_probability)} {message.collision_probability_method}",
        ),
        (say("page.other_methods"), others or "–"),
        (say("page.largest"), largest),
        (
            say("page.sigma_away"),
            UNKNOWN if assessment.mahalanobis is None else f"{assessment.mahalanobis:.3g}",
        ),
        ("TCA", utc_text(assessment.tca_tai_ns, 3)),
        (say("page.miss"), f"{distance_text(assessment.miss_distance_m)}  {axes}"),
        (say("page.speed"), speed_text(assessment.relative_speed_m_s)),
        (say("page.body"), f"{assessment.hard_body_radius_m:g} m ({assessment.hard_body_source})"),
    ]


def answer(assessment: CollisionAssessment, say: Speech) -> str:
    """Return the probability with its interval, or the interval alone."""
    interval = say("assessed.between", low=digits(assessment.low), high=digits(assessment.high))
    if assessment.probability is None:
        return f"{say('page.no_probability')}, {interval}"
    return f"{digits(assessment.probability)} ({interval})"


def digits(probability: float | None) -> str:
    """Return a probability in four figures, however small: here somebody compares.

    >>> digits(4.5143e-81), digits(None)
    ('4.514e-81', 'unknown')
    """
    return UNKNOWN if probability is None else f"{probability:.4g}"


def _check_cells(check: Check, say: Speech) -> tuple[Text, Text]:
    style = OUTCOME_STYLE[check.outcome]
    mark = Text(f"{say(f'check.{check.outcome}')} {say(f'check.{check.name}')}", style=style)
    return mark, Text(say(f"said.{check.because.name}", **dict(check.because.figures)), style="dim")


def _called(one: ConjunctionObject) -> str:
    return f"{one.identity.norad_cat_id or one.designator} {one.name}".strip()
