"""One encounter on one page that can be forwarded: PDF, in English or Dutch."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import matplotlib
import typst

from baken.astro.time import utc_text
from baken.records.avoidance import AvoidanceOption, DecisionMap
from baken.records.collision_assessment import Check, CheckOutcome, Said
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate, Party
from baken.records.marking import Realm
from baken.report.conjunction_figures import approach_svg, dilution_svg, encounter_plane_svg, history_svg
from baken.report.label_words import label_text
from baken.report.quantities import distance_text, duration_text, probability_text, speed_text
from baken.report.words import Speech

FIGURE_WIDTH_MM, FIGURE_HEIGHT_MM = 89.0, 47.0
OPTIONS_SHOWN = 12  # two moments, each with its six directions


@dataclass(frozen=True, slots=True, kw_only=True)
class ConjunctionPage:
    """What a page of an encounter is made from: nothing on it comes from anywhere else.

    ``why`` are the rules that fired, in words; ``options`` what could be done, where somebody looked.
    """

    case: ConjunctionCase
    as_of_tai_ns: int
    why: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    options: DecisionMap | None = None
    code_version: str = ""


def conjunction_pdf(page: ConjunctionPage, template: str, language: str) -> bytes:
    """Return the page as PDF/A-2, tagged for readers who listen; the same page gives the same bytes.

    ``template`` is the text of ``conjunction_page.typ``.
    """
    say = Speech(language)
    newest = page.case.updates[-1].assessment
    size = FIGURE_WIDTH_MM, FIGURE_HEIGHT_MM
    inputs = {
        "data": json.dumps(page_data(page, say)),
        "plane": encounter_plane_svg(page.case, say, *size),
        "history": history_svg(page.case, say, *size),
        "dilution": dilution_svg(newest, say, *size),
        "approach": approach_svg(page.case.updates[-1], say, *size),
    }
    return typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs=inputs,
        font_paths=_fonts(),
        pdf_standards=["a-2b"],
        timestamp=datetime.fromisoformat(utc_text(page.as_of_tai_ns, 0)),
    )


def _fonts() -> typst.Fonts:
    """Return the letters of the page: those the drawings use, and none of this machine's."""
    folder = PurePosixPath(matplotlib.get_data_path(), "fonts", "ttf")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def page_data(page: ConjunctionPage, say: Speech) -> dict[str, object]:
    """Return every word and figure of the page, ready to be set."""
    update = page.case.updates[-1]
    names = dict(zip(("first", "second"), (_name(party) for party in update.parties), strict=True))
    return {
        "language": say.language,
        "author": "Baken",
        "head": say("page.head", event=str(page.case.event_id), now=utc_text(page.as_of_tai_ns, 0)),
        "realm": say(f"realm.{update.realm}"),
        "banner": "" if update.realm is Realm.REAL else say(f"realm.{update.realm}"),
        "marking": f"{say('may_see')}: {label_text(update.marking, say)}",
        "foot": say(
            "page.foot",
            version=page.code_version,
            count=len(page.case.updates),
            newest=utc_text(max(one.created_tai_ns for one in page.case.updates), 0),
        ),
        "title": say("page.title", **names),
        "subtitle": say(
            "page.subtitle", tca=utc_text(update.assessment.tca_tai_ns, 3), left=_left(page, update, say)
        ),
        **_answer(update, say),
        "why_label": say("page.why"),
        "why": list(page.why),
        "disagreements": list(page.disagreements),
        "alt": {key: say(f"page.alt.{key}") for key in ("plane", "history", "dilution", "approach")},
        **_tables(page, say),
        "assumptions_label": say("page.assumptions"),
        "assumptions": [
            said_text(said, say) for said in (*update.assessment.assumptions, *update.assessment.remarks)
        ],
    }


def _left(page: ConjunctionPage, update: ConjunctionUpdate, say: Speech) -> str:
    left_s = (update.assessment.tca_tai_ns - page.as_of_tai_ns) / 1e9
    return say("page.ahead" if left_s >= 0.0 else "page.past", time=duration_text(abs(left_s)))


def _answer(update: ConjunctionUpdate, say: Speech) -> dict[str, object]:
    """Return the box at the top: the probability, the geometry, and how it was judged."""
    found = update.assessment
    region = say(f"region.{found.region}")
    low, high = probability_text(found.low), probability_text(found.high)
    is_sharp = found.probability is not None and low == high
    words = (
        say("page.by", method=found.method, region=region)
        if is_sharp
        else say("page.between", low=low, high=high, region=region)
    )
    largest = "–"
    if found.max_probability is not None:
        largest = say(
            "page.at_scale",
            pc=probability_text(found.max_probability),
            scale=f"{found.max_probability_scale or 0.0:.2g}",
        )
    radial, transverse, normal = found.miss_rtn_m
    return {
        "probability_label": say("page.probability"),
        "probability": say("page.no_probability")
        if found.probability is None
        else probability_text(found.probability),
        "probability_words": words,
        "geometry": [
            [say("page.miss"), distance_text(found.miss_distance_m)],
            ["R / T / N", f"{radial:,.0f} / {transverse:,.0f} / {normal:,.0f} m"],
            [say("page.speed"), speed_text(found.relative_speed_m_s)],
            [say("page.sigma_away"), "–" if found.mahalanobis is None else f"{found.mahalanobis:.2f}"],
        ],
        "judgement": [
            [say("page.method"), found.method],
            [say("page.other_methods"), _others(found.method, found.methods)],
            [say("page.largest"), largest],
            [
                say("page.body"),
                f"{found.hard_body_radius_m:g} m ({source_text(found.hard_body_source, say)})",
            ],
        ],
    }


def _others(chosen: str, methods: tuple[tuple[str, float | None], ...]) -> str:
    others = [f"{name} {probability_text(value)}" for name, value in methods if name != chosen]
    return ", ".join(others) or "–"


def _tables(page: ConjunctionPage, say: Speech) -> dict[str, object]:
    update = page.case.updates[-1]
    return {
        "concerned_label": say("page.concerned"),
        "parties_head": [_name(party) for party in update.parties],
        "parties": [list(row) for row in _party_rows(update.parties, say)],
        "checks_label": say("page.checks"),
        "checks": [list(_check_row(check, say)) for check in update.assessment.checks],
        "updates_label": say("page.updates"),
        "updates_head": [say(f"page.{key}") for key in ("originator", "made", "miss", "pc_said", "pc_baken")],
        "updates": [list(row) for row in _update_rows(page, say)],
        "options_label": say("page.options"),
        "options_head": [say(f"page.option.{key}") for key in ("burn", "when", "delta_v", "after", "others")],
        **_options(page.options, say),
    }


def _party_rows(parties: tuple[Party, Party], say: Speech) -> Iterator[tuple[str, ...]]:
    not_said = say("page.not_said")
    for key, values in (
        ("number", [str(one.norad_cat_id or "–") for one in parties]),
        ("kind", [one.kind.lower() or not_said for one in parties]),
        ("operator", [one.operator or not_said for one in parties]),
        ("contact", [one.contact or not_said for one in parties]),
        ("manoeuvrable", [say(f"yes.{one.manoeuvrable}") for one in parties]),
        ("age", [not_said if one.age_h is None else duration_text(one.age_h * 3600.0) for one in parties]),
        ("covariance", [one.covariance_source.lower() or not_said for one in parties]),
    ):
        yield say(f"page.{key}"), *values


def _check_row(check: Check, say: Speech) -> tuple[str, str, str, str]:
    # What held needs no figure on a page; at the terminal and in JSON each has its own.
    because = "" if check.outcome is CheckOutcome.HELD else said_text(check.because, say)
    return check.outcome.value, say(f"check.{check.outcome}"), say(f"check.{check.name}"), because


def said_text(said: Said, say: Speech) -> str:
    """Return a sentence of an assessment in words of the language."""
    figures = dict(said.figures)
    if "source" in figures:
        figures["source"] = source_text(figures["source"], say)
    return say(f"said.{said.name}", **figures)


def source_text(source: str, say: Speech) -> str:
    """Return where a hard-body radius is from, in words of the language; two sources are joined by a plus."""
    return " + ".join(say(f"source.{part}") for part in source.split(" + "))


def _update_rows(page: ConjunctionPage, say: Speech) -> Iterator[tuple[str, ...]]:
    for update in page.case.standing:
        older = len(page.case.of(update.originator)) - 1
        age_s = (page.as_of_tai_ns - update.created_tai_ns) / 1e9
        superseded = f"\n{say('page.superseded', count=older)}" if older else ""
        found = update.assessment
        yield (
            f"{update.originator}{superseded}",
            f"{utc_text(update.created_tai_ns, 0)}\n({duration_text(age_s)})",
            distance_text(found.miss_distance_m),
            probability_text(update.probability_said),
            probability_text(found.probability),
        )


def _options(options: DecisionMap | None, say: Speech) -> dict[str, object]:
    if options is None:
        return {"options": [], "options_note": say("page.options.none")}
    latest = options.latest_tai_ns
    note = say(
        "page.options.latest",
        before=probability_text(options.probability_before),
        wanted=probability_text(options.probability_wanted),
        latest=say("page.never") if latest is None else utc_text(latest, 0),
    )
    rows = [list(_option_row(option, options, say)) for option in options.options[:OPTIONS_SHOWN]]
    return {"options": rows, "options_note": note}


def _option_row(option: AvoidanceOption, options: DecisionMap, say: Speech) -> tuple[str, ...]:
    before_s = (options.tca_tai_ns - option.burn_tai_ns) / 1e9
    others = option.secondaries
    return (
        option.direction.value,
        f"{_minute(option.burn_tai_ns)}  −{before_s / 3600.0:.0f} h",
        f"{option.delta_v_m_s:.3g}",
        probability_text(option.probability_after),
        say("page.option.not_looked") if others is None else str(len(others)),
    )


def _minute(epoch_tai_ns: int) -> str:
    return utc_text(epoch_tai_ns, 0)[5:16].replace("T", " ") + "Z"


def _name(party: Party) -> str:
    return party.name or str(party.norad_cat_id or party.object_id)
