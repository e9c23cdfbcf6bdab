"""One re-entry on one page that can be forwarded: PDF/A, in English or Dutch."""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import matplotlib
import typst

from baken.astro.time import utc_text
from baken.formats.cap_reading import SentAlert
from baken.records.marking import Realm
from baken.records.reentry_outlook import CasualtyExpectation, ReentryOutlook, RegionOutlook
from baken.report.label_words import label_text
from baken.report.moments import minute_text, short_minute_text
from baken.report.quantities import duration_text
from baken.report.reentry_assumptions import CODES
from baken.report.reentry_figures import LIMIT, Truths, harm_svg, map_svg, window_svg
from baken.report.reentry_sentence import (
    chance_text,
    concerned_regions,
    decimal_text,
    least_told,
    n_members,
    object_name,
    percent_text,
    region_name,
    sentence,
)
from baken.report.words import Speech

MAP_MM, BAR_MM, HARM_MM = (182.0, 67.0), (182.0, 28.0), (62.0, 15.0)
REGIONS_SHOWN = 10
LONGEST_NAME = 17
RELEASED_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryPage:
    """What a page of a re-entry is made from: nothing on it comes from anywhere else.

    ``concerning`` are codes of regions the reader answers for; ``land`` is (rows, columns), the whole Earth;
    ``replaced`` is the alert that this one takes the place of.
    """

    outlook: ReentryOutlook
    as_of_tai_ns: int
    concerning: tuple[str, ...] = ()
    next_tai_ns: int | None = None
    replaced: SentAlert | None = None
    mass_kg: float | None = None
    land: Truths | None = None
    code_version: str = ""


def reentry_pdf(page: ReentryPage, template: str, language: str) -> bytes:
    """Return the page as PDF/A-2; the same page gives the same bytes.

    ``template`` is the text of ``reentry_page.typ``.
    """
    say = Speech(language)
    concerned = concerned_regions(page.outlook, page.concerning)
    inputs = {
        "data": json.dumps(page_data(page, say)),
        "map": map_svg(page.outlook, concerned, page.land, say, MAP_MM),
        "bar": window_svg(page.outlook, say, BAR_MM),
        "harm": harm_svg(page.outlook, say, HARM_MM),
    }
    fonts = str(PurePosixPath(matplotlib.get_data_path(), "fonts", "ttf"))
    return typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs=inputs,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
        pdf_standards=["a-2b"],
        timestamp=datetime.fromisoformat(utc_text(page.as_of_tai_ns, 0)),
    )


def page_data(page: ReentryPage, say: Speech) -> dict[str, object]:
    """Return every word and figure of the page, ready to be set."""
    outlook, prediction = page.outlook, page.outlook.prediction
    name, realm = object_name(outlook), say(f"realm.{prediction.realm}")
    concerned = concerned_regions(outlook, page.concerning)
    return {
        "language": say.language,
        "author": "Baken",
        "head": say("reentry.head", what=name, now=minute_text(prediction.as_of_tai_ns, say)),
        "realm": realm,
        "banner": "" if prediction.realm is Realm.REAL else realm,
        "marking": f"{say('may_see')}: {label_text(prediction.marking, say)}",
        "foot": say("reentry.foot", version=page.code_version),
        "title": say("reentry.title", what=name),
        "subtitle": _standing(page, say),
        "sentence": _unbroken(sentence(outlook, concerned, page.next_tai_ns, say)),
        "alt": {key: say(f"reentry.alt.{key}") for key in ("map", "bar", "harm")},
        **_regions(outlook, concerned, say),
        **_people(outlook.casualties, say),
        "facts_label": say("reentry.facts"),
        "facts": [list(fact) for fact in _facts(page, say)],
        "assumptions_label": say("reentry.assumptions"),
        "assumptions": [_unbroken(one) for one in assumptions(outlook, say)],
    }


def _standing(page: ReentryPage, say: Speech) -> str:
    """Return which word on this object it is: the first, or the one that takes another's place."""
    if page.replaced is None:
        return say("reentry.first")
    number, sent = len(page.replaced.references) + 1, minute_text(page.replaced.sent_tai_ns, say)
    return say("reentry.update", number=number, sent=sent)


def _moved(outlook: ReentryOutlook, say: Speech) -> list[tuple[str, str]]:
    """Return how the window went since the newest earlier one, if there is any."""
    if not outlook.earlier:
        return []
    now, before = outlook.prediction, max(outlook.earlier, key=lambda one: one.as_of_tai_ns)
    shift_s = (now.epoch_tai_ns - before.epoch_tai_ns) / 1e9
    width_s, was_s = ((one.window_end_tai_ns - one.window_start_tai_ns) / 1e9 for one in (now, before))
    told = say(
        "reentry.moved.later" if shift_s >= 0.0 else "reentry.moved.earlier", time=duration_text(abs(shift_s))
    )
    since = say("reentry.fact.moved", time=short_minute_text(before.as_of_tai_ns, say))
    return [(since, told), (say("reentry.fact.width"), f"{duration_text(was_s)} → {duration_text(width_s)}")]


def _unbroken(text: str) -> str:
    """Return a text in which no line ends between a number and its sign."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%").replace(" UTC", "\N{NO-BREAK SPACE}UTC")


def _regions(outlook: ReentryOutlook, concerned: list[RegionOutlook], say: Speech) -> dict[str, object]:
    waiting = [one for one in outlook.regions if not one.is_clear and one not in concerned]
    waiting.sort(key=lambda one: -one.touched_probability)
    shown = [*concerned, *waiting][:REGIONS_SHOWN]
    n_clear = sum(one.is_clear and one.can_be_reached for one in outlook.regions)
    released = [one for one in outlook.regions if one.is_clear and one.has_waited]
    note = say("reentry.no_regions")
    if outlook.regions:
        note = say(
            "reentry.more",
            more=len(concerned) + len(waiting) - len(shown),
            threshold=chance_text(outlook.threshold_fraction, outlook, say),
            count=n_clear,
            all=len(outlook.regions),
            beyond=sum(not one.can_be_reached for one in outlook.regions),
        )
    if released:
        note += " " + say("reentry.released", names=_names(released, say))
    columns = ("region", "over", "touched", "when", "clear")
    return {
        "regions_label": say("reentry.regions"),
        "regions_head": [say(f"reentry.column.{column}") for column in columns],
        "regions": [{"asked": one in concerned, "cells": _row(one, outlook, say)} for one in shown],
        "regions_note": note,
    }


def _row(one: RegionOutlook, outlook: ReentryOutlook, say: Speech) -> list[str]:
    when = "–"
    if one.earliest_tai_ns is not None and one.latest_tai_ns is not None:
        first, last = short_minute_text(one.earliest_tai_ns, say), short_minute_text(one.latest_tai_ns, say)
        when = f"{first} – {last[-5:] if last[:-5] == first[:-5] else last}"
    return [
        _cut(region_name(one, say)),
        _share(one.probability, outlook, say) if one.can_be_reached else "–",
        _share(one.touched_probability, outlook, say) if one.can_be_reached else "–",
        when,
        _clear(one, say),
    ]


def _clear(one: RegionOutlook, say: Speech) -> str:
    """Return from when a region is clear: it never had to wait, no longer has to, or until then."""
    if one.clear_from_tai_ns is not None:
        return short_minute_text(one.clear_from_tai_ns, say)
    if not one.can_be_reached:
        return say("reentry.out_of_reach")
    if not one.is_clear:
        return say("reentry.not_yet")
    return say("reentry.no_longer" if one.has_waited else "reentry.clear_now")


def _names(regions: list[RegionOutlook], say: Speech) -> str:
    more = f" + {len(regions) - RELEASED_SHOWN}" if len(regions) > RELEASED_SHOWN else ""
    return ", ".join(region_name(one, say) for one in regions[:RELEASED_SHOWN]) + more


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _share(probability: float, outlook: ReentryOutlook, say: Speech) -> str:
    """Return a chance in per cent: never below the least the ensemble can speak of."""
    sign = "" if probability > 0.0 else "<"
    return f"{sign}{percent_text(max(probability, least_told(outlook)), say)} %"


def _people(casualties: CasualtyExpectation | None, say: Speech) -> dict[str, object]:
    said = {
        "people_label": say("reentry.people"),
        "no_casualties": say("reentry.no_casualties"),
        "expectation": "",
        "verdict": "",
    }
    if casualties is None:
        return {**said}
    side = "across" if casualties.low <= LIMIT <= casualties.high else "below"
    return {
        **said,
        "expectation": say(
            "reentry.expectation", low=_one_in(casualties.low, say), high=_one_in(casualties.high, say)
        ),
        "verdict": say(f"reentry.verdict.{'above' if casualties.low > LIMIT else side}"),
    }


def _one_in(expectation: float, say: Speech) -> str:
    """Return an expected number of casualties, in one digit or two as people say it."""
    if expectation <= 0.0:
        return "0"
    if expectation >= 1.0:
        return f"{expectation:.2g}"
    in_how_many = 1.0 / expectation
    digits = 1 - math.floor(math.log10(in_how_many))
    return say("reentry.odds", count=int(round(in_how_many, digits)))


def _facts(page: ReentryPage, say: Speech) -> list[tuple[str, str]]:
    outlook, prediction = page.outlook, page.outlook.prediction
    age_s = (prediction.as_of_tai_ns - prediction.last_elements_tai_ns) / 1e9
    steepest_rad = min(prediction.inclination_rad, math.pi - prediction.inclination_rad)
    north = decimal_text(f"{math.degrees(steepest_rad):.1f}°", say)
    boxes = str(len(outlook.boxes)) if outlook.boxes else say("reentry.no_boxes")
    return [
        *_moved(outlook, say),
        (say("reentry.fact.age"), say("reentry.fact.old", time=duration_text(age_s))),
        (
            say("reentry.fact.sets"),
            say(
                "reentry.fact.of",
                used=prediction.n_element_sets - prediction.n_outliers,
                all=prediction.n_element_sets,
            ),
        ),
        (
            say("reentry.fact.mass"),
            say("unknown") if page.mass_kg is None else f"{say.count(round(page.mass_kg))} kg",
        ),
        (say("reentry.fact.inclination"), north),
        (say("reentry.fact.members"), say.count(n_members(outlook))),
        (say("reentry.fact.up"), say.count(prediction.ensemble.n_still_up)),
        (say("reentry.fact.boxes"), boxes),
    ]


def said_in(assumption: str, say: Speech) -> str:
    """Return what a prediction takes for granted in the language; one nobody translated, in its own words."""
    return say(CODES[assumption]) if assumption in CODES else assumption


def assumptions(outlook: ReentryOutlook, say: Speech) -> list[str]:
    """Return what was taken for granted: by the prediction in its own words, and for the ground in ours."""
    footfall, members = outlook.footfall, n_members(outlook)
    told = [
        *(said_in(one, say) for one in outlook.prediction.assumptions),
        say(
            "reentry.assume.footfall",
            reach=round(footfall.reach_m / 1e3),
            width=f"{footfall.half_width_m / 1e3:.0f}",
            fall=f"{footfall.fall_s / 60.0:.0f}",
        ),
        say(
            "reentry.assume.threshold",
            threshold=chance_text(outlook.threshold_fraction, outlook, say),
            members=members,
            least=_one_in(least_told(outlook), say),
        ),
        say("reentry.assume.times", share=percent_text(outlook.outside_share, say)),
    ]
    if outlook.casualties is not None:
        low, high = outlook.casualties.area_low_m2, outlook.casualties.area_high_m2
        told.append(say("reentry.assume.survival", low=decimal_text(f"{low:.1f}", say), high=f"{high:.0f}"))
    return told
