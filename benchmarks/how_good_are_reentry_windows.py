"""How good are re-entry windows?  Predict real decays with what was known before; see what windows held.

    python benchmarks/how_good_are_reentry_windows.py [SHARED_DATA] [--plot FILE.svg]

The same decays under the sun as it came tell what is the sun's surprise and what is ours, and invented ones
under the suns of other years what surprise is usual.  The spread of the drag's error (``DRAG_LOG_SIGMA``) and
the limits of the fit are chosen on even catalogue numbers only; odd ones judge.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.wiring.compiler_cache import settle_compiler_cache

settle_compiler_cache()

from benchmarks.histories.decays import Case, cases, cases_at, official_cases, weather_of, with_hindsight
from benchmarks.histories.suns import FALLING, UnderOneSun, falls_under_other_suns

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
EARLIER_DAYS = (0.0, 6.0)
LEADS_DAY = ((2, 5), (5, 10), (10, 20), (20, 40), (40, 80), (80, 140), (2, 140))
EXACT_LEADS_DAY = (5.0, 10.0, 15.0, 20.0)
LEVELS = np.linspace(0.0, 1.0, 41)
N_MEMBERS = 60
N_OF_OTHER_SUNS = 20


def summary(
    some: Sequence[Case], title: str, leads_day: Sequence[tuple[int, int]] = LEADS_DAY
) -> Iterator[str]:
    """Yield one line for each span of leads."""
    for low, high in leads_day:
        of_lead = [one for one in some if low <= one.lead_day < high]
        if of_lead:
            held = np.mean([one.is_held for one in of_lead])
            share = np.median([one.error_share for one in of_lead])
            early = np.mean([one.error_day > 0.0 for one in of_lead])
            middle = np.median([one.error_day / one.lead_day for one in of_lead])
            yield (
                f"{title:24} {low:3}-{high:3} d {len(of_lead):4} cases  held {held:.2f}"
                f"  median error {share:.3f} of the lead ({middle:+.3f})  came before the median {early:.2f}"
            )


def summary_of_suns(some: Sequence[UnderOneSun]) -> Iterator[str]:
    """Yield one line for each invented object."""
    for name in FALLING:
        share = np.array([one.error_day / one.lead_day for one in some if one.name == name])
        held = np.mean([0.05 < one.rank < 0.95 for one in some if one.name == name])
        yield (
            f"other suns, {name:12} {share.size:4} suns  held {held:.2f}"
            f"  median error {np.median(np.abs(share)):.3f} of the lead, nine in ten within"
            f" {np.quantile(np.abs(share), 0.9):.3f}  came before the median {np.mean(share > 0.0):.2f}"
        )


def plot(of_suns: dict[str, Sequence[Case]], path: str) -> None:
    """Draw how often the truth fell below each level of the members, against how often it should."""
    figure = Figure(figsize=(5.0, 4.6), layout="constrained")
    axes = figure.add_subplot(
        xlabel="said: share of the ways down before this instant", ylabel="seen: share of decays by then"
    )
    axes.plot([0, 1], [0, 1], color="0.6", lw=1, label="as said")
    for (title, some), style in zip(of_suns.items(), ("-", "--"), strict=True):
        ranks = np.array([one.rank for one in some])
        axes.plot(
            LEVELS, [(ranks <= level).mean() for level in LEVELS], style, label=f"{title} ({len(some)})"
        )
    axes.legend(loc="lower right", frameon=False)
    axes.set_aspect("equal")
    matplotlib.rcParams["svg.hashsalt"] = "baken"
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Print what windows held by lead, for both halves and both suns, and beside official messages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=Path(os.environ.get("BAKEN_TEST_DATA", BESIDE)))
    parser.add_argument("--plot")
    asked = parser.parse_args()
    if not (asked.data / "reentry").is_dir():
        print(f"no real decays to judge by: {asked.data} (set BAKEN_TEST_DATA)")
        return
    table = weather_of(asked.data)
    known = list(cases(asked.data, table, n_members=N_MEMBERS, earlier_days=EARLIER_DAYS))
    came = list(cases(asked.data, with_hindsight(table), n_members=N_MEMBERS, earlier_days=EARLIER_DAYS))
    for title, some in (("sun as known", known), ("sun as it came", came)):
        for half, remainder in (("even", 0), ("odd", 1)):
            of_half = [one for one in some if one.norad_cat_id % 2 == remainder]
            print("\n".join(summary(of_half, f"{title}, {half}")))
    for lead_day in EXACT_LEADS_DAY:
        at_lead = list(cases_at(asked.data, table, lead_day, n_members=N_MEMBERS))
        print("\n".join(summary(at_lead, f"{lead_day:g} days before, all", ((0, 1_000),))))
    other_suns = list(falls_under_other_suns(table, with_hindsight(table), n_members=N_OF_OTHER_SUNS))
    print("\n".join(summary_of_suns(other_suns)))
    if asked.plot:
        plot({"sun as known": known, "sun as it came": came}, asked.plot)
    print("One element set of 2024-07-05 beside the official message nearest in time; days")
    for one in official_cases(asked.data, table, n_members=N_MEMBERS):
        ours = one.ours
        held = "held" if ours.is_held else "MISSED"
        told = f"ours {ours.lead_day:5.2f} ahead, off {ours.error_day:+6.2f}, {held}"
        theirs = f"{one.message_lead_day:5.2f} ahead, off {one.message_error_day:+6.2f}"
        half = f"± {one.message_half_window_day:.2f}"
        print(f"{ours.norad_cat_id} {ours.name:18} {told:38} message {theirs} {half}")


if __name__ == "__main__":
    main()
