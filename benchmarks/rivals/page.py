"""The report of a contest as a page to read."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

GIB = 2.0**30
WORDS = {
    "real_and_quick": "real and quick",
    "real_and_slow": "real and slower than 10 m/s",
    "at_another_time": "at another time (2 s to 5 min off)",
    "at_the_threshold": "within a metre of the threshold",
    "not_there": "not there",
}
Line = Mapping[str, Any]


def page(report: Line) -> str:
    """Return the tables of a contest, with what has to be said beside them."""
    lines = [
        f"{report['objects']} objects of {report['catalogue']}, {report['days']:g} days from"
        f" {report['start_utc']}, below {report['miss_km']:g} km; {report['machine']}",
        "",
        *_contenders(report["contenders"], report["days"]),
        "",
        *_cold(report["cold_start"]),
        "",
        *(
            line
            for name, difference in report["differences"].items()
            for line in _difference(name, difference)
        ),
        "How Baken's cost grows, wall (CPU) seconds, start and reading included:",
        _growth(report["growth_with_days"], "days") + _added_day(report["growth_with_days"]),
        _growth(report["growth_with_objects"], "objects") + _power(report["growth_with_objects"]),
        "",
        "What the sieve let go:",
        *_sieve(report["sieve"]),
    ]
    return "\n".join(lines)


def _contenders(contenders: Sequence[Line], days: float) -> list[str]:
    head = f"{'':26}{'days':>7}{'wall s':>9}{'CPU s':>9}{'GiB':>7}{'found':>9}"
    head += f"{'wall s/day':>12}{'CPU s/day':>11}"
    ours, *_ = contenders
    lines = [head]
    for line in contenders:
        wall, cpu = line["wall_s"] / line["days"], line["cpu_s"] / line["days"]
        lines.append(
            f"{line['name']:26}{line['days']:7.3g}{line['wall_s']:9.1f}{line['cpu_s']:9.1f}"
            f"{line['peak_bytes'] / GIB:7.2f}{line['conjunctions']:9d}{wall:12.1f}{cpu:11.1f}"
        )
    for line in contenders[1:]:
        wall = (line["screening_s"] / line["days"]) / (ours["wall_s"] / ours["days"])
        cpu = (line["cpu_s"] / line["days"]) / (ours["cpu_s"] / ours["days"])
        whole = "" if line["days"] == days else f", extrapolated per day from {line['days'] * 24:.3g} h"
        lines.append(f"  {line['name']}: {wall:.1f} times Baken's wall time, {cpu:.1f} times its CPU{whole}")
    lines.append(
        "  (Rivals without their start and reading; Baken with, from file to table, probabilities included.)"
    )
    return lines


def _cold(cold: Line) -> list[str]:
    return [
        "The first run ever compiles: one hour of this sky takes "
        f"{cold['first_ever_wall_s']:.1f} s then ({cold['first_ever_cpu_s']:.1f} CPU-s), "
        f"{cold['again_wall_s']:.1f} s ever after."
    ]


def _difference(name: str, found: Line) -> list[str]:
    ours, theirs = found["only_baken"], found["only_rival"]
    return [
        f"Against {name}: {found['both']} encounters in both accounts.",
        f"  Only Baken has {ours['reported']}: {_judged(ours)}.",
        f"  Only {name} has {theirs['reported']}: {_judged(theirs)}.",
        "",
    ]


def _judged(verdict: Line) -> str:
    if not verdict["judged"]:
        return "nothing to judge"
    said = ", ".join(f"{verdict[word]} {meaning}" for word, meaning in WORDS.items() if verdict[word])
    return f"of {verdict['judged']} looked at closely {said}"


def _growth(lines: Sequence[Line], what: str) -> str:
    told = ", ".join(f"{line[what]:g}: {line['wall_s']:.1f} s ({line['cpu_s']:.1f})" for line in lines)
    return f"  {what:8} {told}"


def _added_day(lines: Sequence[Line]) -> str:
    if len(lines) < 2:
        return ""
    (before, last) = lines[-2:]
    cpu_s_a_day = (last["cpu_s"] - before["cpu_s"]) / (last["days"] - before["days"])
    return f"; {cpu_s_a_day:.1f} CPU-s for each day added"


def _power(lines: Sequence[Line]) -> str:
    """Return how cost grows with the number of objects, start of the program set aside."""
    start, *_, before, last = lines
    dearer = (last["cpu_s"] - start["cpu_s"]) / max(before["cpu_s"] - start["cpu_s"], 1e-9)
    if dearer <= 1.0:
        return ""
    power = np.log(dearer) / np.log(last["objects"] / before["objects"])
    return f"; CPU above that of the smallest grows as their number to the power {power:.1f}"


def _sieve(account: Mapping[str, int]) -> list[str]:
    return [f"  {name.replace('_', ' '):22}{count:20,}" for name, count in account.items()]
