"""One breakup on one page that can be forwarded: PDF/A, in English or Dutch."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import matplotlib
import typst

from baken.astro.time import utc_text
from baken.records.breakup_outlook import BreakupOutlook, CandidateParent
from baken.records.marking import Realm
from baken.records.simulated_breakup import Range
from baken.report.breakup_figures import ASSETS_SHOWN, gabbard_svg, kicks_svg, pinch_svg, risk_svg
from baken.report.breakup_sentence import (
    MOST_LIKELY_FROM,
    kind_of,
    likelihood_text,
    object_name,
    row_name,
    sentence,
    years_text,
)
from baken.report.label_words import label_text
from baken.report.moments import minute_text
from baken.report.quantities import distance_text, duration_text, speed_text
from baken.report.reentry_sentence import percent_text
from baken.report.urgency import RELEASE
from baken.report.words import Speech

FIGURE_MM = (89.0, 42.0)
LONGEST_NAME, CANDIDATES_SHOWN = 22, 4
LEAST_WEIGHT = 0.005
TURN_NS = 5_400 * 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakupPage:
    """What a page of a breakup is made from: nothing on it comes from anywhere else.

    ``called`` is the name of the event, where it has one.
    """

    outlook: BreakupOutlook
    as_of_tai_ns: int
    called: str = ""
    code_version: str = ""


def breakup_pdf(page: BreakupPage, template: str, language: str) -> bytes:
    """Return the page as PDF/A-2; the same page gives the same bytes.

    ``template`` is the text of ``breakup_page.typ``.
    """
    say = Speech(language)
    drawings = {"gabbard": gabbard_svg, "kicks": kicks_svg, "pinch": pinch_svg, "risk": risk_svg}
    inputs = {name: draw(page.outlook, say, FIGURE_MM) for name, draw in drawings.items()}
    fonts = str(PurePosixPath(matplotlib.get_data_path(), "fonts", "ttf"))
    return typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(page_data(page, say)), **inputs},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
        pdf_standards=["a-2b"],
        timestamp=datetime.fromisoformat(utc_text(page.as_of_tai_ns, 0)),
    )


def page_data(page: BreakupPage, say: Speech) -> dict[str, object]:
    """Return every word and figure of the page, ready to be set."""
    outlook = page.outlook
    realm, marking = say(f"realm.{outlook.realm}"), outlook.marking
    title = _title(outlook, say)
    return {
        "language": say.language,
        "author": "Baken",
        "head": say(
            "breakup.head",
            event=page.called or say("breakup.head.none"),
            now=minute_text(page.as_of_tai_ns, say),
        ),
        "realm": realm,
        "banner": "" if outlook.realm is Realm.REAL else realm,
        "marking": f"{say('may_see')}: {label_text(marking, say)}",
        "foot": say("breakup.foot", version=page.code_version),
        "title": title,
        "subtitle": _subtitle(outlook, say),
        "sentence": sentence(outlook, say),
        "alt": {key: say(f"breakup.alt.{key}") for key in ("gabbard", "kicks", "pinch", "risk")},
        "candidates_label": say("breakup.candidates"),
        "candidates_head": [say(f"breakup.column.{name}") for name in CANDIDATE_COLUMNS],
        "candidates": [_candidate_row(one, say) for one in _told_candidates(outlook)],
        "nobody": say("breakup.nobody"),
        "endangered_label": say("breakup.endangered", area=f"{outlook.area_m2:g}"),
        "endangered_head": [say(f"breakup.column.{name}") for name in RISK_COLUMNS],
        "endangered": list(_risk_rows(outlook, say)),
        "facts_label": say("breakup.facts"),
        "facts": [list(fact) for fact in _facts(outlook, say)],
        "unknowns_label": say("breakup.unknowns"),
        "unknowns": list(unknowns(outlook, say)),
    }


CANDIDATE_COLUMNS = ("object", "likelihood", "across", "late", "afterwards")
RISK_COLUMNS = ("where", "pieces", "share", "years")


def _title(outlook: BreakupOutlook, say: Speech) -> str:
    first = outlook.candidates[0] if outlook.candidates else None
    if first is None or first.likelihood < MOST_LIKELY_FROM or not outlook.is_timed:
        return say("breakup.title.unknown", called=outlook.called)
    name = "breakup.title.release" if kind_of(outlook) == RELEASE else "breakup.title"
    return say(name, what=object_name(first.identity))


def _subtitle(outlook: BreakupOutlook, say: Speech) -> str:
    if not outlook.is_timed:
        return say("breakup.subtitle.untimed", count=outlook.n_pieces)
    return say(
        "breakup.subtitle",
        count=outlook.n_pieces,
        time=minute_text(outlook.epoch_tai_ns, say),
        width=duration_text((outlook.end_tai_ns - outlook.start_tai_ns) / 1e9),
        place=_place(outlook),
    )


def _told_candidates(outlook: BreakupOutlook) -> tuple[CandidateParent, ...]:
    return outlook.candidates[:CANDIDATES_SHOWN] if outlook.is_timed else ()


def _candidate_row(one: CandidateParent, say: Speech) -> list[str]:
    return [
        row_name(one.identity, LONGEST_NAME),
        likelihood_text(one.likelihood),
        distance_text(one.across_m),
        f"{round(one.late_s / 60.0):+d} ± {one.late_sigma_s / 60.0:.0f}",
        say(f"breakup.now.{one.afterwards}"),
    ]


def _risk_rows(outlook: BreakupOutlook, say: Speech) -> Iterator[list[str]]:
    for one in outlook.shells:
        share = "–" if not one.n_known else f"{percent_text(one.n_pieces / one.n_known, say)} %"
        where = f"{one.low_m / 1e3:.0f}–{one.high_m / 1e3:.0f} km"
        yield [where, f"{one.n_pieces:.0f}", share, _years(one.collisions_a_year, say)]
    for asset in outlook.assets[:ASSETS_SHOWN]:
        yield [row_name(asset.identity, LONGEST_NAME), "", "", _years(asset.collisions_a_year, say)]


def _years(told: Range, say: Speech) -> str:
    return f"{years_text(told.high, say)} – {years_text(told.low, say)}"


def _facts(outlook: BreakupOutlook, say: Speech) -> Iterator[tuple[str, str]]:
    if outlook.is_timed:
        yield say("breakup.fact.place"), _place(outlook)
        yield say("breakup.fact.gathered"), distance_text(outlook.spread_at_pinch_m)
        yield say("breakup.fact.used"), f"{say.count(outlook.n_used)} / {say.count(outlook.n_pieces)}"
        kicks = (outlook.median_kick_m_s, outlook.ninetieth_percentile_kick_m_s)
        yield say("breakup.fact.kicks"), "; ".join(f"{kick_m_s:.0f} m/s" for kick_m_s in kicks)
        yield say("breakup.fact.kick_error"), speed_text(outlook.kick_error_m_s)
        yield say("breakup.fact.age"), duration_text(outlook.piece_age_s)
    yield say("breakup.fact.newest"), minute_text(outlook.newest_piece_tai_ns, say)
    if outlook.second is not None:
        met = f"{object_name(outlook.second.identity)}, {speed_text(outlook.second_speed_m_s)}"
        yield say("breakup.fact.second"), met
    if outlook.is_timed:
        told = [(kind, weight) for kind, weight in outlook.kind_weights if weight >= LEAST_WEIGHT]
        leaning = ", ".join(f"{say(f'breakup.{kind}')} {weight:.2f}" for kind, weight in told)
        yield say("breakup.fact.leaning"), leaning


def _place(outlook: BreakupOutlook) -> str:
    north, east = math.degrees(outlook.latitude_rad), math.degrees(outlook.longitude_rad)
    height = f"{outlook.height_m / 1e3:.0f} km"
    return f"{abs(north):.1f}°{'SN'[north >= 0.0]} {abs(east):.1f}°{'WE'[east >= 0.0]}, {height}"


def unknowns(outlook: BreakupOutlook, say: Speech) -> Iterator[str]:
    """Yield what is not known, most telling first."""
    yield say("breakup.unknown.why")
    if outlook.is_timed:
        yield say("breakup.unknown.drag", age=duration_text(outlook.piece_age_s))
        if outlook.end_tai_ns - outlook.start_tai_ns > TURN_NS:
            yield say("breakup.unknown.longitude")
    if _told_candidates(outlook):
        yield say("breakup.unknown.relative")
    if outlook.is_timed and (unheard := outlook.n_pieces - outlook.n_kicks_told) > 0:
        yield say("breakup.unknown.kicks", count=unheard, all=outlook.n_pieces)
    yield say("breakup.unknown.more", times=f"{outlook.small_for_each_tracked:.0f}")
    yield say("breakup.unknown.strewn")
