"""Are alerts by rule fewer and better than one on every update, or one whenever the latest value is high?

python benchmarks/fewer_and_better_alerts.py [--data FOLDER] [--json]
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.assess.conjunction.alerts import UpdateHistory, alerts_of
from baken.records.triage import Cause, Level, TriageRule
from baken.wiring.triage_rules import triage_rules
from benchmarks.histories.ocmdb import FILE, History, read_histories

ROOT = Path(__file__).resolve().parents[1]
DAY_S = 86_400.0
DECISION_DAY = 2.0
# Two orders below the levels that operators use, to have events enough to count.
LOWER = TriageRule(name="lower", source="this benchmark", look_probability=1e-8, act_probability=1e-6)


@dataclass(frozen=True, slots=True)
class Told:
    """One alert: at which update, and whether it calls for action."""

    update: int
    is_call_to_act: bool


Policy = Callable[[History, TriageRule], list[Told]]


def every_update(history: History, rule: TriageRule) -> list[Told]:
    """Tell each update, whatever it says."""
    return [Told(at, bool(p >= rule.act_probability)) for at, p in enumerate(history.probability)]


def latest_value(history: History, rule: TriageRule) -> list[Told]:
    """Tell each update whose probability is at the look level or above."""
    return [
        told
        for told, probability in zip(every_update(history, rule), history.probability, strict=True)
        if probability >= rule.look_probability
    ]


def by_rule(history: History, rule: TriageRule) -> list[Told]:
    """Tell what the rule calls news."""
    missing = np.full(len(history.probability), np.nan)
    seen = UpdateHistory(
        time_to_tca_s=history.left_day * DAY_S,
        probability=history.probability,
        max_probability=missing,
        miss_distance_m=missing,
    )
    calls = (Cause.RAISED, Cause.ROSE, Cause.GREW, Cause.DECISION_NEARS)
    return [
        Told(alert.update, alert.level is Level.ACT and alert.cause in calls)
        for alert in alerts_of(seen, [rule])
    ]


POLICIES: dict[str, Policy] = {
    "every update": every_update, "latest value": latest_value, "by rule": by_rule,
}  # fmt: skip


def measured(histories: Sequence[History], policy: Policy, rule: TriageRule) -> dict[str, float]:
    """Return how a policy did on all histories.

    A call to act has ``stayed`` when the last update before closest approach is still at the action level,
    and ``stayed_to_decision``, asked of calls before it, when the last one before the decision is.  Of the
    encounters that end at that level: how many got no alert at all, and how long before closest approach the
    first alert and the first call to act came, the median.
    """
    told = [policy(history, rule) for history in histories]
    alerts = [(h, one) for h, some in zip(histories, told, strict=True) for one in some]
    calls = [(h, one) for h, one in alerts if one.is_call_to_act]
    early = [h for h, one in calls if h.left_day[one.update] >= DECISION_DAY]
    high = [(h, some) for h, some in zip(histories, told, strict=True) if _ends_high(h, rule, 0.0)]
    return {
        "alerts": len(alerts),
        "alerts_per_event": len(alerts) / len(histories),
        "calls_to_act": len(calls),
        "stayed": _share([_ends_high(h, rule, 0.0) for h, _ in calls]),
        "stayed_to_decision": _share([_ends_high(h, rule, DECISION_DAY) for h in early]),
        "high_at_end": len(high),
        "high_and_never_called": sum(not any(one.is_call_to_act for one in some) for _, some in high),
        "first_alert_day": _median([h.left_day[some[0].update] for h, some in high if some]),
        "first_call_day": _median(
            [next(h.left_day[one.update] for one in some if one.is_call_to_act) for h, some in high]
        ),
    }


def _ends_high(history: History, rule: TriageRule, until_day: float) -> bool:
    """Say whether the last update this long before closest approach is at the action level."""
    before = history.probability[history.left_day >= until_day]
    return bool(before.size and before[-1] >= rule.act_probability)


def _median(days: Sequence[float]) -> float:
    return float(np.median(days)) if days else float("nan")


def _share(holds: Sequence[bool]) -> float:
    return float(np.mean(holds)) if holds else float("nan")


def main() -> None:
    asked = _arguments()
    if not (asked.data / FILE).exists():
        sys.exit(f"{asked.data / FILE} is not here; give --data or set BAKEN_TEST_DATA")
    histories, _ = read_histories(asked.data)
    rules = (*triage_rules(), LOWER)
    report = {
        rule.name: {name: measured(histories, policy, rule) for name, policy in POLICIES.items()}
        for rule in rules
    }
    print(json.dumps(report, indent=1) if asked.json else _page(report, len(histories)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    folder = os.environ.get("BAKEN_TEST_DATA", ROOT / ".." / "shared" / "data")
    parser.add_argument("--data", type=Path, default=Path(folder).resolve())
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _page(report: dict[str, dict[str, dict[str, float]]], n_events: int) -> str:
    lines = [f"{n_events} encounters, hard-body radius 20 m, decision {DECISION_DAY:g} days ahead"]
    for rule, by_policy in report.items():
        lines.append(f"{rule}:")
        for name, seen in by_policy.items():
            lines.append(f"  {name:14}" + "  ".join(f"{key} {value:.3g}" for key, value in seen.items()))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
