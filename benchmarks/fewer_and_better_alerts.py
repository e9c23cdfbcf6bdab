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
    """Tell each update whose probability is at the action level."""
    return [told for told in every_update(history, rule) if told.is_call_to_act]


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

    ``useful`` is an alert of an encounter whose last update before closest approach is at the action level;
    ``useful_at_decision`` the same for alerts before the decision and the last update before it.
    ``gained_day`` is how long before closest approach the first alert of such an encounter came, the median.
    """
    told = [policy(history, rule) for history in histories]
    ends_high = [bool(h.probability[-1] >= rule.act_probability) for h in histories]
    alerts = [
        (h, one, high) for h, some, high in zip(histories, told, ends_high, strict=True) for one in some
    ]
    acts = [(h, high) for h, one, high in alerts if one.is_call_to_act]
    early = [(h, one) for h, one, _ in alerts if h.left_day[one.update] >= DECISION_DAY]
    first_day = [
        h.left_day[some[0].update]
        for h, some, high in zip(histories, told, ends_high, strict=True)
        if high and some
    ]
    return {
        "alerts": len(alerts),
        "alerts_per_event": len(alerts) / len(histories),
        "events_alerted": sum(bool(some) for some in told),
        "calls_to_act": len(acts),
        "useful": _share([high for _, _, high in alerts]),
        "useful_calls_to_act": _share([high for _, high in acts]),
        "useful_at_decision": _share([_is_high_at_decision(h, rule) for h, _ in early]),
        "events_high_at_end": sum(ends_high),
        "events_missed": sum(high and not some for some, high in zip(told, ends_high, strict=True)),
        "gained_day": float(np.median(first_day)) if first_day else float("nan"),
    }  # fmt: skip


def _is_high_at_decision(history: History, rule: TriageRule) -> bool:
    before = history.probability[history.left_day >= DECISION_DAY]
    return bool(before.size and before[-1] >= rule.act_probability)


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
