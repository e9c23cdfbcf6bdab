"""A finding in one sentence, as facts of motion, from the figures it was kept with."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from baken.astro.time import tai_ns_from_utc
from baken.records.evidence import Entry, Value
from baken.report.moments import minute_text
from baken.report.quantities import distance_text, probability_text
from baken.report.words import Speech

MayName: TypeAlias = Callable[[str], bool]


def finding_sentence(entry: Entry, say: Speech, may_name: MayName) -> str:
    """Return what was found, in the language spoken; empty for a kind nobody wrote a sentence for.

    An object that ``may_name`` does not let be called by its name is told by its number.
    """
    sentence = SENTENCES.get(entry.text("event_kind"))
    return sentence(entry, say, may_name) if sentence else ""


def _reentry(entry: Entry, say: Speech, may_name: MayName) -> str:
    return say(
        "finding.reentry",
        object=_object(entry, "", may_name),
        start=_of_utc(entry.text("window_start_utc"), say),
        end=_of_utc(entry.text("window_end_utc"), say),
        share=_percent(entry.value("window_probability")),
    )


def _conjunction(entry: Entry, say: Speech, may_name: MayName) -> str:
    miss, probability = entry.value("miss_distance_m"), entry.value("probability")
    return say(
        "finding.conjunction",
        first=_object(entry, "primary_", may_name),
        second=_object(entry, "secondary_", may_name),
        when=minute_text(int(entry.text("peak_tai_ns")), say),
        miss=distance_text(float(miss)) if isinstance(miss, int | float) else say("unknown"),
        probability=probability_text(float(probability) if isinstance(probability, int | float) else None),
        region=say(f"region.{entry.text('probability_region') or 'undetermined'}"),
    )


def _breakup(entry: Entry, say: Speech, may_name: MayName) -> str:
    parent = entry.value("parent_norad_cat_id")
    return say(
        "finding.breakup",
        count=entry.text("n_pieces"),
        object=say("row.parent_unknown") if parent is None else _object(entry, "parent_", may_name),
        start=minute_text(int(entry.text("start_tai_ns")), say),
        end=minute_text(int(entry.text("end_tai_ns")), say),
    )


SENTENCES: Mapping[str, Callable[[Entry, Speech, MayName], str]] = {
    "RE": _reentry,
    "CJ": _conjunction,
    "FR": _breakup,
}


# OSCAR 7 (AO-7), FENGYUN 1C DEB, SL-16 R/B, ISS (ZARYA): capitals, figures and few words.
NAME_OF_OBJECT = re.compile(r"[A-Z0-9][A-Z0-9()/&.*'+-]*( [A-Z0-9()/&.*'+-]+){0,4}")


def _object(entry: Entry, role: str, may_name: MayName) -> str:
    name = entry.text(f"{role}name")
    # Anybody may name an object; a sentence in the place of a name is left out, its number is enough.
    parts = (
        entry.text(f"{role}norad_cat_id"),
        name if NAME_OF_OBJECT.fullmatch(name) and may_name(name) else "",
    )
    return " ".join(part for part in parts if part) or "?"


def _of_utc(utc: str, say: Speech) -> str:
    return minute_text(tai_ns_from_utc(utc), say) if utc else "?"


def _percent(value: Value) -> str:
    return f"{value:.0%}" if isinstance(value, int | float) else "?"
