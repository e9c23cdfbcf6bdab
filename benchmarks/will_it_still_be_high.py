"""Will an encounter that looks bad today still look bad when somebody has to decide?

python benchmarks/will_it_still_be_high.py [--data FOLDER] [--fit] [--plot PATH.svg]

Judges the shipped forecast on encounters it was not fitted on, against "it will be as it is" (the latest
value) and against the base rate.  ``--fit`` fits it anew and prints the coefficients.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from baken.assess.conjunction.forecast import chance_of_level, features_of_history
from baken.report.drawing import COLOURS, MUTED, headed, house_style, quiet_grid, sheet, svg_of
from benchmarks.histories.ocmdb import FILE, read_histories

Floats = npt.NDArray[np.float64]
DECISION_DAYS, LEAD_DAYS = (1.0, 2.0, 3.0), (1.0, 2.0, 3.0)
LEVELS = (1e-7, 1e-6, 1e-5)
# An update older than this no longer says how things stand: the encounter has left the screening volume.
FRESH_DAY = 1.0
NOTHING = 1e-12
N_RESAMPLED = 300
RIDGE = 1e-2


@dataclass(frozen=True, slots=True)
class Cases:
    """Moments at which a forecast could have been asked for, and what came of each."""

    secondary: Floats
    days_ahead: Floats
    probability: Floats
    highest: Floats
    at_decision: Floats

    def part(self, which: npt.NDArray[np.bool_]) -> "Cases":
        return Cases(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def cases_of(data: Path) -> Cases:
    """Return every moment one, two and three days before a decision, itself as long before the approach."""
    histories, screened_day = read_histories(data)
    rows = []
    for history in histories:
        if history.tca_day > screened_day[-1]:
            continue  # how it ended is not in the file
        for decision_day in DECISION_DAYS:
            for lead_day in LEAD_DAYS:
                asked_day = decision_day + lead_day
                known = np.flatnonzero(history.left_day >= asked_day)
                if not known.size or history.left_day[known[-1]] >= asked_day + FRESH_DAY:
                    continue
                near = (history.left_day >= decision_day) & (history.left_day < decision_day + FRESH_DAY)
                came = history.probability[near]
                rows.append(
                    (
                        history.secondary,
                        history.left_day[known[-1]] - decision_day,
                        history.probability[known[-1]],
                        history.probability[known].max(),
                        came[-1] if came.size else NOTHING,
                    )
                )
    return Cases(*np.array(rows).T)


def is_held_out(secondary: Floats) -> npt.NDArray[np.bool_]:
    """Split by object, never by update: a fixed rule that anybody can apply again."""
    digests = [hashlib.sha256(str(int(one)).encode()).hexdigest() for one in secondary]
    return np.array([int(digest, 16) % 2 == 1 for digest in digests])


def fitted(cases: Cases) -> Floats:
    """Return the coefficients of the logistic, all levels together, with a slight pull to zero."""
    seen = np.concatenate([features(cases, level) for level in LEVELS])
    came = np.concatenate([cases.at_decision >= level for level in LEVELS]).astype(float)

    def loss(weight: Floats) -> float:
        fit = np.logaddexp(0.0, -(2.0 * came - 1.0) * (seen @ weight)).mean()
        return float(fit + RIDGE / len(came) * (weight[1:] ** 2).sum())

    return np.asarray(minimize(loss, np.zeros(seen.shape[1]), method="BFGS").x)


def features(cases: Cases, level: float) -> Floats:
    return features_of_history(cases.probability, cases.highest, cases.days_ahead * 86_400.0, level)


def forecast(cases: Cases, level: float) -> Floats:
    return np.asarray(chance_of_level(cases.probability, cases.highest, cases.days_ahead * 86_400.0, level))


def brier(chance: Floats, came: Floats) -> float:
    return float(((chance - came) ** 2).mean())


def kelvins_loss(predicted: Floats, came: Floats, level: float = 1e-6) -> float:
    """Return the score of ESA's challenge: squared error on high risks over F2; smaller is better.

    Both are base-ten logarithms.  Source: Uriot et al. (2021), arXiv:2008.03069.

    >>> came = np.array([-5.5, -5.0, -4.0, -7.0])
    >>> kelvins_loss(np.array([-5.0, -5.0, -4.0, -5.5]), came) > 0.0
    True
    """
    threshold = np.log10(level)
    high, said = came >= threshold, predicted >= threshold
    found, missed, false = (high & said).sum(), (high & ~said).sum(), (~high & said).sum()
    if not found:
        return float("inf")
    told = np.where(said, predicted, threshold - 0.001)
    squared = float(((told - came)[high] ** 2).mean())
    return squared / float(5 * found / (5 * found + 4 * missed + false))


def resampled(cases: Cases, gain: Callable[[Cases], float]) -> tuple[float, float, float]:
    """Return the share of resampled sets of objects in which the gain is below zero, and its interval."""
    objects = np.unique(cases.secondary)
    rng = np.random.default_rng(20251125)
    where = {one: np.flatnonzero(cases.secondary == one) for one in objects}
    values = []
    for _ in range(N_RESAMPLED):
        rows = np.concatenate([where[one] for one in rng.choice(objects, objects.size)])
        values.append(gain(cases.part(rows)))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(np.mean(np.array(values) < 0.0)), float(low), float(high)


def judged(cases: Cases) -> list[str]:
    """Return a line for each level: how the forecast did, and beside what."""
    lines = [
        f"{len(cases.secondary)} moments of {len(np.unique(cases.secondary))} objects, held out",
        "level    high  Brier: forecast  latest value  base rate   below latest in, 95 % of the difference",
    ]
    for level in (*LEVELS, 1e-4):
        came = (cases.at_decision >= level).astype(float)
        latest = (cases.probability >= level).astype(float)
        share, low, high = resampled(cases, lambda part, level=level: _brier_gain(part, level))
        lines.append(
            f"{level:.0e} {int(came.sum()):6d} {brier(forecast(cases, level), came):16.4f}"
            f" {brier(latest, came):13.4f} {came.mean() * (1.0 - came.mean()):10.4f}"
            f"   {share:.2f}  [{low:+.4f}, {high:+.4f}]"
        )
    forecast_loss, latest_loss = _losses(cases)
    share, low, high = resampled(cases, _loss_gain)
    lines.append(
        f"L at 1e-06: forecast {forecast_loss:.2f}, latest value {latest_loss:.2f}; below in {share:.2f} of "
        f"resampled sets, difference [{low:+.2f}, {high:+.2f}]"
    )
    return lines


# A chance from which an encounter is called high, and how high: rounded from a coarse grid over the half it
# was fitted on, where they are no better than the latest value.  No claim rests on them.
CALLED_HIGH_FROM, CALLED_DECADES, CALLED_SHARE = 0.027, 0.75, 0.5


def said(cases: Cases, level: float = 1e-6) -> Floats:
    """Return the value a forecast names, for a score that wants a value and not a chance."""
    above = np.clip(np.log10(np.maximum(cases.probability, NOTHING)) - np.log10(level), 0.0, None)
    called = level * 10.0 ** (CALLED_DECADES + CALLED_SHARE * above)
    return np.where(forecast(cases, level) >= CALLED_HIGH_FROM, called, NOTHING)


def _brier_gain(cases: Cases, level: float) -> float:
    came = (cases.at_decision >= level).astype(float)
    return brier(forecast(cases, level), came) - brier((cases.probability >= level).astype(float), came)


def _losses(cases: Cases) -> tuple[float, float]:
    came, told, latest = (
        np.log10(np.maximum(one, NOTHING)) for one in (cases.at_decision, said(cases), cases.probability)
    )
    return kelvins_loss(told, came), kelvins_loss(latest, came)


def _loss_gain(cases: Cases) -> float:
    ours, theirs = _losses(cases)
    return 0.0 if np.isinf(ours) and np.isinf(theirs) else ours - theirs


def reliability(cases: Cases) -> list[tuple[float, float, int]]:
    """Return, for bins of the forecast, the mean said, the share that came, and how many they are."""
    chance = np.concatenate([forecast(cases, level) for level in LEVELS])
    came = np.concatenate([cases.at_decision >= level for level in LEVELS])
    edges = np.quantile(chance, [0.0, 0.5, 0.75, 0.9, 0.95, 0.98, 1.0])
    bins = [(chance >= low) & (chance <= high) for low, high in pairwise(edges)]
    return [(float(chance[one].mean()), float(came[one].mean()), int(one.sum())) for one in bins]


def drawn(bins: list[tuple[float, float, int]]) -> str:
    """Return the reliability diagram: said against came, with two standard errors of a share."""
    with house_style():
        figure = sheet(90.0, 70.0)
        axes = figure.add_subplot()
        headed(figure, "Still at the level when the decision falls?")
        told, came, n = (np.array(column) for column in zip(*bins, strict=True))
        axes.loglog([1e-3, 1.0], [1e-3, 1.0], color=MUTED, linewidth=0.8, linestyle=":")
        error = 2.0 * np.sqrt(came * (1.0 - came) / n)
        axes.errorbar(told, came, yerr=error, marker="o", color=COLOURS[0], capsize=2)
        axes.set_xlim(2e-3, 0.4)
        axes.set_ylim(2e-3, 0.4)
        axes.set_xlabel("chance said")
        axes.set_ylabel("share that came")
        quiet_grid(axes)
        return svg_of(figure)


def main() -> None:
    asked = _arguments()
    if not (asked.data / FILE).exists():
        print(f"{asked.data / FILE} is not here; give --data or set BAKEN_TEST_DATA")
        return
    cases = cases_of(asked.data)
    held_out = is_held_out(cases.secondary)
    if asked.fit:
        print("coefficients:", ", ".join(f"{one:.4f}" for one in fitted(cases.part(~held_out))))
    print("\n".join(judged(cases.part(held_out))))
    bins = reliability(cases.part(held_out))
    for told, came, n in bins:
        print(f"said {told:.4f}  came {came:.4f}  of {n}")
    if asked.plot:
        Path(asked.plot).write_text(drawn(bins), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    folder = os.environ.get("BAKEN_TEST_DATA", ROOT / ".." / "shared" / "data")
    parser.add_argument("--data", type=Path, default=Path(folder).resolve())
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--plot")
    return parser.parse_args()


if __name__ == "__main__":
    main()
