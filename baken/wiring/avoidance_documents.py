"""What could be done about an encounter as JSON, told alike at the command line and over HTTP."""

import math

from baken.astro.time import utc_text
from baken.records.avoidance import AvoidanceOption, DecisionMap, SecondaryConjunction


def decision_document(laid_out: DecisionMap) -> dict[str, object]:
    """Return a decision map as JSON, NaN as null."""
    return {
        "standing": "HYPOTHETICAL",
        "marking": laid_out.marking.text,
        "realm": laid_out.realm.value,
        "norad_cat_id": laid_out.norad_cat_id,
        "name": laid_out.name,
        "tca_utc": utc_text(laid_out.tca_tai_ns, 6),
        "probability_before": _number(laid_out.probability_before),
        "miss_distance_before_m": _number(laid_out.miss_distance_before_m),
        "probability_wanted": laid_out.probability_wanted,
        "latest_utc": _utc(laid_out.latest_tai_ns),
        "latest_by_delta_v": [
            {"delta_v_m_s": dv, "latest_utc": _utc(laid_out.latest_with_tai_ns(dv))}
            for dv in laid_out.delta_v_m_s
        ],
        "options": [_option_document(option) for option in laid_out.options],
        "directions": [str(direction) for direction in laid_out.directions],
        "burn_utc": [utc_text(burn, 0) for burn in laid_out.burn_tai_ns],
        "delta_v_m_s": list(laid_out.delta_v_m_s),
        "least_delta_v_m_s": [list(row) for row in laid_out.least_delta_v_m_s],
        "probability_after": [[[_number(p) for p in row] for row in d] for d in laid_out.probability_after],
        "miss_distance_after_m": [
            [[_number(m) for m in row] for row in d] for d in laid_out.miss_distance_after_m
        ],
        "assumptions": list(laid_out.assumptions),
    }


def decision_in_short(laid_out: DecisionMap, *, most_burns: int) -> dict[str, object]:
    """Return a decision map as JSON that is drawn: its options, and of its table no more burns than that."""
    step = -(-len(laid_out.burn_tai_ns) // most_burns)
    whole = decision_document(laid_out)
    left_out = ("least_delta_v_m_s", "latest_by_delta_v", "miss_distance_after_m")
    return {
        **{name: value for name, value in whole.items() if name not in left_out},
        "burn_utc": [utc_text(burn, 0) for burn in laid_out.burn_tai_ns[::step]],
        "probability_after": [
            [[_in_three_digits(p) for p in row] for row in direction[::step]]
            for direction in laid_out.probability_after
        ],
    }


def _in_three_digits(value: float) -> float | None:
    return float(f"{value:.3g}") if math.isfinite(value) else None


def _option_document(option: AvoidanceOption) -> dict[str, object]:
    secondaries = option.secondaries
    return {
        "direction": str(option.direction),
        "burn_utc": utc_text(option.burn_tai_ns, 0),
        "delta_v_m_s": option.delta_v_m_s,
        "probability_after": _number(option.probability_after),
        "miss_distance_after_m": _number(option.miss_distance_after_m),
        "method": option.method,
        "secondaries": None if secondaries is None else [_secondary_document(one) for one in secondaries],
    }


def _secondary_document(one: SecondaryConjunction) -> dict[str, object]:
    return {
        "norad_cat_id": one.norad_cat_id,
        "name": one.name,
        "tca_utc": utc_text(one.tca_tai_ns, 6),
        "miss_distance_m": one.miss_distance_m,
        "probability": one.probability,
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _utc(at_tai_ns: int | None) -> str | None:
    return None if at_tai_ns is None else utc_text(at_tai_ns, 0)
