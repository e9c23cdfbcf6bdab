"""Breakups as JSON: a line of a list, one breakup as it was told, and its pieces as they fly now."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from baken.assess.fragmentation.breakup import Candidate
from baken.astro.arrays import Floats
from baken.astro.constants import DEGREE_RAD
from baken.astro.time import utc_text, utc_texts
from baken.operations.look_at_breakup import BreakupSeen
from baken.operations.ports import KeptFinding
from baken.records.breakup_outlook import AssetRisk, BreakupOutlook, ShellRisk
from baken.records.event import Event, Finding
from baken.records.marking import strictest
from baken.records.orbit import ElementSet
from baken.records.simulated_breakup import Range
from baken.report.urgency import KIND_WEIGHTS, told_kind, urgency_of
from baken.report.words import Speech
from baken.wiring.event_documents import finite

# What a finding of a breakup measures and a list shows as it is.
TOLD = (
    "n_pieces", "called", "latitude_deg", "longitude_deg", "height_m", "half_width_s", "spread_at_pinch_m",
    "parent_norad_cat_id", "parent_name", "parent_likelihood", "parent_afterwards",
    "second_norad_cat_id", "second_name", "second_likelihood", "second_afterwards", "second_speed_m_s",
    "median_kick_m_s", "ninetieth_percentile_kick_m_s", "kick_error_m_s",
)  # fmt: skip


def breakup_row(event: Event, now_tai_ns: int, in_incidents: Sequence[str], say: Speech) -> dict[str, object]:
    """Return one breakup as a line of a list."""
    finding, urgency = event.finding, urgency_of(event.finding, now_tai_ns)
    return {
        "event_id": str(event.event_id),
        "object_ids": list(finding.object_ids),
        **{name: finite(finding.measure(name)) for name in TOLD},
        "start_utc": utc_text(finding.start_tai_ns),
        "epoch_utc": utc_text(finding.peak_tai_ns),
        "end_utc": utc_text(finding.end_tai_ns),
        "told_kind": told_kind(finding),
        "weights": _weights(finding),
        "urgency": urgency.level.name,
        "urgency_because": say.tell(urgency.because),
        "incidents": list(in_incidents),
        "realm": finding.realm.value,
        "marking": finding.marking.text,
    }


def _weights(finding: Finding) -> dict[str, object]:
    """Return how motion leans, kind by kind; nothing where the finding bears no weights."""
    told = [(name, value) for name, value in finding.measures if name.startswith(KIND_WEIGHTS)]
    return {name.removeprefix(KIND_WEIGHTS): finite(value) for name, value in told if value is not None}


def breakup_event_document(
    row: Mapping[str, object], event: Event, history: Sequence[KeptFinding]
) -> dict[str, object]:
    """Return one breakup as it was told, with how that changed."""
    finding = event.finding
    markings = frozenset({finding.marking, *(kept.finding.marking for kept in history)})
    return {
        **row,
        "marking": strictest(markings).text,
        "because": finding.because,
        "assumptions": list(finding.assumptions),
        "history": [
            {
                "kept_utc": utc_text(kept.kept_at_tai_ns),
                "epoch_utc": utc_text(kept.finding.peak_tai_ns),
                "n_pieces": finite(kept.finding.measure("n_pieces")),
                "marking": kept.finding.marking.text,
            }
            for kept in history
        ],
        "method": finding.lineage.method,
        "settings": dict(finding.lineage.settings),
        "sources": [{"name": source.name, "digest": source.digest} for source in finding.lineage.sources],
        "digest": finding.digest,
    }


def pieces_document(
    seen: BreakupSeen, finding: Finding, sentence: str, unknowns: Sequence[str]
) -> dict[str, object]:
    """Return all pieces of a breakup that may be seen, and what they mean for others."""
    breakup, outlook = seen.breakup, seen.outlook
    markings = {es.identity.object_id: es.marking.text for es in seen.assets}
    return {
        "is_told": True,
        "is_by_past": seen.is_by_past,
        "marking": strictest(frozenset({finding.marking, seen.marking})).text,
        "is_timed": outlook.is_timed,
        "epoch_utc": utc_text(outlook.epoch_tai_ns),
        "start_utc": utc_text(outlook.start_tai_ns),
        "end_utc": utc_text(outlook.end_tai_ns),
        "n_used": outlook.n_used,
        "piece_age_s": outlook.piece_age_s,
        "newest_piece_utc": utc_text(outlook.newest_piece_tai_ns),
        "pieces": list(_pieces(seen)),
        "parent_gabbard": _parent_gabbard(outlook),
        "candidates": [_candidate_document(one) for one in breakup.candidates],
        "gathering": _gathering(outlook),
        "spread": {
            "at_utc": utc_texts(seen.spread.at_tai_ns.tolist(), 0),
            "along_orbit": _finite_list(seen.spread.along_orbit),
            "in_node": _finite_list(seen.spread.in_node),
        },
        "area_m2": outlook.area_m2,
        "small_for_each_tracked": outlook.small_for_each_tracked,
        "shells": [_shell_document(one) for one in outlook.shells],
        "assets": [
            {**_asset_document(one), "marking": markings[one.identity.object_id]}
            for one in _worst_first(outlook.assets)
        ],
        "sentence": sentence,
        "unknowns": list(unknowns),
    }


def _pieces(seen: BreakupSeen) -> Iterator[dict[str, object]]:
    outlook, kicks = seen.outlook, seen.breakup.kicks
    for row, es in enumerate(seen.breakup.pieces):
        yield {
            **_named(es),
            "epoch_utc": utc_text(es.epoch_tai_ns),
            "period_s": float(outlook.period_s[row]),
            "apogee_height_m": float(outlook.apogee_height_m[row]),
            "perigee_height_m": float(outlook.perigee_height_m[row]),
            "inclination_deg": es.inclination_rad / DEGREE_RAD,
            "kick_m_s": finite(float(kicks.size_m_s[row])),
            "kick_rtn_m_s": [finite(float(part)) for part in kicks.kick_rtn_m_s[row]],
            "marking": es.marking.text,
        }


def _named(es: ElementSet) -> dict[str, object]:
    identity = es.identity
    return {
        "object_id": identity.object_id,
        "norad_cat_id": identity.norad_cat_id,
        "cospar_id": identity.cospar_id,
        "name": identity.name,
    }


def _parent_gabbard(outlook: BreakupOutlook) -> dict[str, float] | None:
    if outlook.parent_gabbard is None:
        return None
    period_s, apogee_m, perigee_m = outlook.parent_gabbard
    return {"period_s": period_s, "apogee_height_m": apogee_m, "perigee_height_m": perigee_m}


def _candidate_document(one: Candidate) -> dict[str, object]:
    return {
        **_named(one.element_set),
        "likelihood": finite(one.likelihood),
        "across_m": one.across_m,
        "late_s": one.late_s,
        "kick_m_s": one.kick_m_s,
        "afterwards": one.afterwards.name.lower(),
        "marking": one.element_set.marking.text,
    }


def _gathering(outlook: BreakupOutlook) -> dict[str, object]:
    """Return how near the pieces were to each other over time, around the pinch."""
    return {"at_utc": utc_texts(outlook.times_tai_ns.tolist(), 0), "spread_m": _finite_list(outlook.spread_m)}


def _finite_list(values: Floats) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def _shell_document(one: ShellRisk) -> dict[str, object]:
    return {
        "low_m": one.low_m,
        "high_m": one.high_m,
        "n_pieces": one.n_pieces,
        "n_known": one.n_known,
        "collisions_a_year": _range(one.collisions_a_year),
    }


def _worst_first(assets: Sequence[AssetRisk]) -> list[AssetRisk]:
    return sorted(assets, key=lambda one: -one.collisions_a_year.median)


def _asset_document(one: AssetRisk) -> dict[str, object]:
    return {
        "object_id": one.identity.object_id,
        "norad_cat_id": one.identity.norad_cat_id,
        "name": one.identity.name,
        "collisions_a_year": _range(one.collisions_a_year),
    }


def _range(one: Range) -> dict[str, float]:
    return {"low": one.low, "median": one.median, "high": one.high}
