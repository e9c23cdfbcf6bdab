"""An encounter with all that was said of it, as a person reads it at a terminal."""

import math
from collections.abc import Iterator, Sequence
from itertools import islice

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baken.assess.conjunction.disagreement import Disagreement
from baken.assess.conjunction.life import Course, Life, Quantity, hours_to_tca
from baken.astro.time import utc_text
from baken.cli.brief_view import DRILL_STYLE, REALM_STYLE
from baken.cli.sparkline import sparkline
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate, Party
from baken.report.label_words import label_text
from baken.report.quantities import (
    SECONDS_AN_HOUR,
    UNKNOWN,
    distance_text,
    duration_text,
    probability_text,
    speed_text,
)
from baken.report.words import Speech
from baken.wiring.encounter_documents import disagreement_text

# Three columns of opinions and one of names are what a hundred characters hold.
SIDE_BY_SIDE = 3
# Enough of a digest to tell two apart; --json has all of it.
DIGEST_SHOWN = 19
WIDTH = 100


def show_case(
    console: Console, case: ConjunctionCase, life: Life, now_tai_ns: int, say: Speech, *, because: str = ""
) -> None:
    """Print a case: who, what each originator says, where it goes, where they disagree, what is assumed."""
    width = min(console.width, WIDTH)
    console.print(_title(case, now_tai_ns, say))
    if because:
        console.print(Text(f"  {say('case.because')}: {because}"), width=width)
    for party in case.parties:
        console.print(Text(_party_line(party, say)), width=width)
    standing = case.standing
    for start in range(0, len(standing), SIDE_BY_SIDE):
        some = standing[start : start + SIDE_BY_SIDE]
        console.print(_opinions(case, some, now_tai_ns, say), width=width)
    for update in standing:
        if update.parties[0].object_id != case.parties[0].object_id:
            console.print(Text(say("case.turned", originator=update.originator), style="yellow"), width=width)
    console.print(_trends(life.courses, case, say), width=width)
    console.print(_flags(life.disagreements, say), width=width)
    console.print(_foot(case, say), width=width)


def _title(case: ConjunctionCase, now_tai_ns: int, say: Speech) -> Text:
    update = case.updates[-1]
    tca_tai_ns = update.assessment.tca_tai_ns
    left_s = (tca_tai_ns - now_tai_ns) / 1e9
    left = say("case.ahead" if left_s >= 0.0 else "case.past", time=duration_text(abs(left_s)))
    title = say("case.title", event=str(case.event_id), tca=utc_text(tca_tai_ns, 3), left=left)
    realm = Text(f" {say(f'realm.{update.realm}')} ", style=REALM_STYLE.get(update.realm, DRILL_STYLE))
    return Text.assemble((title, "bold"), "  ", realm)


def _party_line(party: Party, say: Speech) -> str:
    told = (
        f"{party.norad_cat_id or '-'} {party.name}".strip(),
        party.object_id,
        party.kind.lower(),
        party.operator,
        party.contact,
        say("case.manoeuvrable", answer=say(f"yes.{party.manoeuvrable}")),
    )
    return "  " + " · ".join(part for part in told if part)


# --- Side by side -----------------------------------------------------------------------------------------


def _opinions(
    case: ConjunctionCase, standing: Sequence[ConjunctionUpdate], now_tai_ns: int, say: Speech
) -> Table:
    table = Table(
        title=say("case.side_by_side"), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
        pad_edge=False,
    )  # fmt: skip
    table.add_column("", no_wrap=True)
    for update in standing:
        table.add_column(Text(update.originator), overflow="fold")
    columns = [dict(_opinion(case, update, now_tai_ns, say)) for update in standing]
    for name in columns[0]:
        cells = (column[name].replace(UNKNOWN, say(UNKNOWN)) for column in columns)
        table.add_row(say(f"case.{name}"), *(Text(cell) for cell in cells))
    return table


def _opinion(
    case: ConjunctionCase, update: ConjunctionUpdate, now_tai_ns: int, say: Speech
) -> Iterator[tuple[str, str]]:
    assessment = update.assessment
    yield "message", update.message_id
    yield "created", utc_text(update.created_tai_ns, 0)
    yield "age", duration_text((now_tai_ns - update.created_tai_ns) / 1e9)
    yield "before", duration_text(hours_to_tca(update) * SECONDS_AN_HOUR)
    yield "tca", utc_text(assessment.tca_tai_ns, 3)
    yield "miss", distance_text(assessment.miss_distance_m)
    yield "axes", " / ".join(_metres(axis_m) for axis_m in assessment.miss_rtn_m) + " m"
    yield "sigma", _length(assessment.sigma_along_miss_m)
    yield "mahalanobis", UNKNOWN if assessment.mahalanobis is None else f"{assessment.mahalanobis:.3g}"
    yield "speed", speed_text(assessment.relative_speed_m_s)
    yield "said", f"{probability_text(update.probability_said)} {update.method_said}".rstrip()
    yield "assessed", probability_text(assessment.probability)
    yield "between", f"{probability_text(assessment.low)} – {probability_text(assessment.high)}"
    yield "region", say(f"region.{assessment.region}")
    yield "method", assessment.method
    yield "failed", ", ".join(say(f"check.{check.name}") for check in assessment.failed) or "-"
    yield "ceiling", probability_text(assessment.max_probability)
    yield "body", f"{assessment.hard_body_radius_m:g} m ({assessment.hard_body_source})"
    yield "data", " / ".join(_age(party) for party in update.parties)
    yield "covariance", " / ".join(party.covariance_source or UNKNOWN for party in update.parties)
    yield "superseded", say.count(len(case.of(update.originator)) - 1)
    yield "may_see", label_text(update.marking, say)


def _metres(axis_m: float) -> str:
    return "?" if math.isnan(axis_m) else f"{axis_m:.0f}"


def _length(length_m: float | None) -> str:
    return UNKNOWN if length_m is None else distance_text(length_m)


def _age(party: Party) -> str:
    return UNKNOWN if party.age_h is None else duration_text(party.age_h * SECONDS_AN_HOUR)


# --- What follows from them -------------------------------------------------------------------------------

COLUMNS = {Quantity.PROBABILITY: "probability", Quantity.MISS: "miss", Quantity.SIGMA: "sigma"}


def _trends(courses: Sequence[Course], case: ConjunctionCase, say: Speech) -> Table:
    table = Table(
        title=say("case.trend"), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column(say("case.originator"))
    table.add_column(say("case.updates"), justify="right", no_wrap=True)
    table.add_column(say("case.before"), no_wrap=True)
    for name in COLUMNS.values():
        table.add_column(say(f"case.{name}"), no_wrap=True)
    remaining = iter(courses)
    for originator in case.originators:
        its = list(islice(remaining, len(COLUMNS)))
        hours = its[0].hours_to_tca
        ends = dict.fromkeys((hours[0], hours[-1]))
        span = "\n".join(duration_text(hour * SECONDS_AN_HOUR) for hour in ends)
        cells = [_course_cell(course, say) for course in its]
        table.add_row(Text(originator), say.count(len(hours)), span, *cells)
    return table


def _course_cell(course: Course, say: Speech) -> str:
    text = probability_text if course.quantity is Quantity.PROBABILITY else _length
    ends = dict.fromkeys((text(course.values[0]), text(course.values[-1])))
    told = " → ".join(ends).replace(UNKNOWN, say(UNKNOWN))
    return f"{sparkline(course.values)} {say(f'case.{course.direction}')}\n{told}"


def _flags(disagreements: Sequence[Disagreement], say: Speech) -> Text:
    if not disagreements:
        return Text(say("case.agree"), style="green")
    lines = [f"  ! {disagreement_text(one, say)}" for one in disagreements]
    return Text("\n".join([say("case.disagree"), *lines]), style="bold yellow")


def _foot(case: ConjunctionCase, say: Speech) -> Text:
    said = [one for update in case.standing for one in _said(update.assessment, say)]
    lines = [f"{say('assumptions')}:", *(f"  {line}" for line in dict.fromkeys(said))] if said else []
    lines += [f"{say('case.kept')}:", *(_kept_line(update) for update in case.updates)]
    return Text("\n".join(["", *lines]), style="dim")


def _said(assessment: CollisionAssessment, say: Speech) -> list[str]:
    told = (*assessment.assumptions, *assessment.remarks)
    return [say(f"said.{said.name}", **dict(said.figures)) for said in told]


def _kept_line(update: ConjunctionUpdate) -> str:
    files = ", ".join(source.name for source in update.lineage.sources)
    digest = update.digest[:DIGEST_SHOWN]
    return f"  {utc_text(update.kept_at_tai_ns, 0)}  {update.originator}  {digest}  {files}"
