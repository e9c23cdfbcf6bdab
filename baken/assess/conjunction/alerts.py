"""Which updates of an encounter a person is called to, by which rule, and why, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.assess.conjunction.triage import Call, Limits, calls, levels
from baken.astro.arrays import Floats
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate
from baken.records.triage import Alert, Cause, Level, TriageRule, WithoutProbability

NANOSECONDS_A_SECOND = 1e9
SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateHistory:
    """What one originator said of one encounter, in order of creation; NaN for what it did not say.

    Shape: all are (n,).
    """

    time_to_tca_s: Floats
    probability: Floats
    max_probability: Floats
    miss_distance_m: Floats

    def __post_init__(self) -> None:
        lengths = {name: getattr(self, name).shape for name in self.__dataclass_fields__}
        if len(set(lengths.values())) != 1:
            raise ValueError(f"the columns of a history are of one length; these are {lengths}")


def alerts_of(history: UpdateHistory, rules: Sequence[TriageRule]) -> tuple[Alert, ...]:
    """Return every call a history gives cause for: oldest first, and in the order of the rules."""
    found = [alert for rule in rules for alert in _alerts_by(rule, history)]
    return tuple(sorted(found, key=lambda alert: alert.update))


def alerts_of_case(case: ConjunctionCase, rules: Sequence[TriageRule]) -> tuple[Alert, ...]:
    """Return the calls of a case, oldest first: each originator's updates are judged apart, none merged.

    ``Alert.update`` counts within ``case.of(alert.originator)``.
    """
    found: list[tuple[int, Alert]] = []
    for originator in case.originators:
        updates = case.of(originator)
        for alert in alerts_of(history_of(updates), rules):
            update = updates[alert.update]
            signed = replace(alert, originator=originator, message_id=update.message_id)
            found.append((update.created_tai_ns, signed))
    return tuple(alert for _, alert in sorted(found, key=lambda dated: dated[0]))


def history_of(updates: Sequence[ConjunctionUpdate]) -> UpdateHistory:
    """Return the figures that Baken assessed for updates of one originator."""
    assessed = [update.assessment for update in updates]
    left_ns = [update.assessment.tca_tai_ns - update.created_tai_ns for update in updates]
    return UpdateHistory(
        time_to_tca_s=np.array(left_ns, dtype=float) / NANOSECONDS_A_SECOND,
        # None becomes NaN.
        probability=np.array([one.probability for one in assessed], dtype=float),
        max_probability=np.array([one.max_probability for one in assessed], dtype=float),
        miss_distance_m=np.array([one.miss_distance_m for one in assessed], dtype=float),
    )


def limits_of(rule: TriageRule) -> Limits:
    """Return the figures of a rule, as the kernel wants them."""
    return Limits(
        look_probability=rule.look_probability,
        act_probability=rule.act_probability,
        look_miss_m=max(rule.look_miss_m or 0.0, rule.act_miss_m or 0.0),
        act_miss_m=rule.act_miss_m or 0.0,
        from_s=rule.from_s,
        decision_s=rule.decision_s,
        notice_s=rule.notice_s,
        factor=rule.factor,
        is_ceiling_looked_at=rule.without_probability is WithoutProbability.CEILING,
    )


def _alerts_by(rule: TriageRule, history: UpdateHistory) -> list[Alert]:
    limits = limits_of(rule)
    level = levels(
        history.probability, history.max_probability, history.miss_distance_m, history.time_to_tca_s, limits
    )
    told = calls(level, history.probability, history.time_to_tca_s, limits)
    return [
        Alert(
            rule=rule.name,
            update=call.update,
            level=Level(call.level),
            cause=Cause(call.cause),
            time_to_tca_s=float(history.time_to_tca_s[call.update]),
            because=_because(call, before, history, rule),
        )
        for call, before in zip(told, (None, *told), strict=False)
    ]


def _because(call: Call, before: Call | None, history: UpdateHistory, rule: TriageRule) -> str:
    """Return in one line what is new, the figure it rests on, and how long is left."""
    days = history.time_to_tca_s[call.update] / SECONDS_A_DAY
    figure = _figure(call, history, rule)
    told = (
        f", told last at Pc {history.probability[before.update]:.1e}" if before and _is_change(call) else ""
    )
    if call.cause == Cause.DECISION_NEARS:
        told = f"; the decision is due {rule.decision_s / SECONDS_A_DAY:g} days before closest approach"
    return f"{rule.name}: {call.cause}; {figure}{told}; {days:.1f} days to closest approach"


def _is_change(call: Call) -> bool:
    return call.cause in (Cause.GREW, Cause.SHRANK)


def _figure(call: Call, history: UpdateHistory, rule: TriageRule) -> str:
    """Return what put an update on its level, as ``Pc 2.0e-04 ≥ 1e-04 to act``."""
    probability, miss_m = history.probability[call.update], history.miss_distance_m[call.update]
    if call.level == Level.QUIET:
        return f"below every level, {_said(probability, history.max_probability[call.update])}"
    acts = call.level == Level.ACT
    least = rule.act_probability if acts else rule.look_probability
    within_m = rule.act_miss_m if acts else rule.look_miss_m or rule.act_miss_m
    verb = "act" if acts else "look"
    if probability >= least:
        return f"Pc {probability:.1e} ≥ {least:.0e} to {verb}"
    if within_m is not None and miss_m <= within_m:
        return f"miss {miss_m:.0f} m ≤ {within_m:g} m to {verb}"
    ceiling = history.max_probability[call.update]
    return f"no Pc; ceiling {ceiling:.1e} ≥ {rule.act_probability:.0e}, so look"


def _said(probability: float, ceiling: float) -> str:
    if not np.isnan(probability):
        return f"Pc {probability:.1e}"
    return "no figure" if np.isnan(ceiling) else f"no Pc, ceiling {ceiling:.1e}"
