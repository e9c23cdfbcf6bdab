"""A finding in one sentence, as facts of motion, from the figures it was kept with."""

from collections.abc import Callable, Mapping

from baken.astro.time import tai_ns_from_utc
from baken.records.evidence import Entry, Value
from baken.report.moments import minute_text
from baken.report.quantities import distance_text, probability_text
from baken.report.words import Speech


def finding_sentence(entry: Entry, say: Speech) -> str:
    """Return what was found, in the language spoken; empty for a kind nobody wrote a sentence for."""
    sentence = SENTENCES.get(entry.text("event_kind"))
    return sentence(entry, say) if sentence else ""


def _reentry(entry: Entry, say: Speech) -> str:
    return say(
        "finding.reentry",
        object=_object(entry, ""),
        start=_of_utc(entry.text("window_start_utc"), say),
        end=_of_utc(entry.text("window_end_utc"), say),
        share=_percent(entry.value("window_probability")),
    )


def _conjunction(entry: Entry, say: Speech) -> str:
    miss, probability = entry.value("miss_distance_m"), entry.value("probability")
    return say(
        "finding.conjunction",
        first=_object(entry, "primary_"),
        second=_object(entry, "secondary_"),
        when=minute_text(int(entry.text("peak_tai_ns")), say),
        miss=distance_text(float(miss)) if isinstance(miss, int | float) else say("unknown"),
        probability=probability_text(float(probability) if isinstance(probability, int | float) else None),
        region=say(f"region.{entry.text('probability_region') or 'undetermined'}"),
    )


def _breakup(entry: Entry, say: Speech) -> str:
    parent = entry.value("parent_norad_cat_id")
    return say(
        "finding.breakup",
        count=entry.text("n_pieces"),
        object=say("row.parent_unknown") if parent is None else _object(entry, "parent_"),
        start=minute_text(int(entry.text("start_tai_ns")), say),
        end=minute_text(int(entry.text("end_tai_ns")), say),
    )


SENTENCES: Mapping[str, Callable[[Entry, Speech], str]] = {
    "RE": _reentry,
    "CJ": _conjunction,
    "FR": _breakup,
}


def _object(entry: Entry, role: str) -> str:
    parts = (entry.text(f"{role}norad_cat_id"), entry.text(f"{role}name"))
    return " ".join(part for part in parts if part) or "?"


def _of_utc(utc: str, say: Speech) -> str:
    return minute_text(tai_ns_from_utc(utc), say) if utc else "?"


def _percent(value: Value) -> str:
    return f"{value:.0%}" if isinstance(value, int | float) else "?"
