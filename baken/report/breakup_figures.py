"""The three drawings of a breakup: Gabbard's diagram, the pinch in time, the directions of the kicks."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from baken.astro.arrays import Floats, Instants
from baken.astro.time import utc_text
from baken.report.drawing import COLOURS, INK, MARKERS, MUTED, headed, house_style, quiet_grid, sheet, svg_of

HOUR_NS = 3_600_000_000_000
MINUTE_S = 60.0


class DrawnBreakup(NamedTuple):
    """What the drawings show of a breakup, in SI; arrays of pieces are (n,) and (n, 3).

    ``parent_gabbard`` has period, apogee and perigee of the parent, or nothing.
    """

    called: str
    epoch_tai_ns: int
    start_tai_ns: int
    end_tai_ns: int
    times_tai_ns: Instants
    spread_m: Floats
    period_s: Floats
    apogee_height_m: Floats
    perigee_height_m: Floats
    parent_gabbard: tuple[float, float, float] | None
    kick_rtn_m_s: Floats


def breakup_svg(drawn: DrawnBreakup, width_mm: float = 260.0, height_mm: float = 92.0) -> str:
    """Draw a breakup side by side: how high and low the pieces go, when they gathered, how they went."""
    with house_style():
        figure = sheet(width_mm, height_mm)
        headed(
            figure, f"{drawn.called}: {len(drawn.period_s)} pieces, pinch {utc_text(drawn.epoch_tai_ns, 0)}"
        )
        gabbard, pinch, across, along = figure.subplots(1, 4, width_ratios=(1.4, 1.4, 1.0, 1.0))
        _draw_gabbard(gabbard, drawn)
        _draw_pinch(pinch, drawn)
        _draw_kicks(across, drawn.kick_rtn_m_s, 1, 0)
        _draw_kicks(along, drawn.kick_rtn_m_s, 2, 1)
        for axes in (gabbard, pinch, across, along):
            quiet_grid(axes)
        return svg_of(figure)


def _draw_gabbard(axes: Axes, drawn: DrawnBreakup) -> None:
    minutes = drawn.period_s / MINUTE_S
    for height_m, name, place in (
        (drawn.apogee_height_m, "apogee", 0),
        (drawn.perigee_height_m, "perigee", 1),
    ):
        axes.plot(
            minutes, height_m / 1e3, linestyle="none", marker=MARKERS[place], markersize=1.8, alpha=0.5,
            markeredgewidth=0.0, color=COLOURS[place], label=name,
        )  # fmt: skip
    if drawn.parent_gabbard is not None:
        period_s, apogee_m, perigee_m = drawn.parent_gabbard
        axes.plot(
            [period_s / MINUTE_S] * 2, [apogee_m / 1e3, perigee_m / 1e3], linestyle="none", marker="*",
            markersize=8, color=INK, label="parent", zorder=4,
        )  # fmt: skip
    axes.set_xlabel("period [min]")
    axes.set_ylabel("height [km]")
    axes.legend(loc="best")


def _draw_pinch(axes: Axes, drawn: DrawnBreakup) -> None:
    hours = (drawn.times_tai_ns - drawn.epoch_tai_ns) / HOUR_NS
    axes.axvspan(
        (drawn.start_tai_ns - drawn.epoch_tai_ns) / HOUR_NS,
        (drawn.end_tai_ns - drawn.epoch_tai_ns) / HOUR_NS,
        color=COLOURS[1], alpha=0.15, linewidth=0.0, label="90 % interval",
    )  # fmt: skip
    axes.plot(hours, drawn.spread_m / 1e3, color=COLOURS[0], linewidth=0.7)
    axes.axvline(0.0, color=INK, linewidth=0.8, linestyle="--", label="pinch")
    axes.set_yscale("log")
    axes.set_xlabel("hours from the pinch")
    axes.set_ylabel("median distance to the middle [km]")
    axes.legend(loc="best")


def _draw_kicks(axes: Axes, kick_rtn_m_s: Floats, across: int, up: int) -> None:
    told = kick_rtn_m_s[np.isfinite(kick_rtn_m_s).all(axis=-1)]
    axes.plot(
        told[:, across], told[:, up], linestyle="none", marker="o", markersize=1.8, alpha=0.4,
        markeredgewidth=0.0, color=COLOURS[2],
    )  # fmt: skip
    axes.plot([0.0], [0.0], marker="+", color=INK, markersize=8)
    if len(told):
        reach = 1.1 * float(np.quantile(np.abs(told), 0.99))
        axes.set_xlim(-reach, reach)
        axes.set_ylim(-reach, reach)
    axes.set_aspect("equal", adjustable="box")
    axes.axhline(0.0, color=MUTED, linewidth=0.4)
    axes.axvline(0.0, color=MUTED, linewidth=0.4)
    axes.set_xlabel(f"{'RTN'[across]} kick [m/s]")
    axes.set_ylabel(f"{'RTN'[up]} kick [m/s]")
