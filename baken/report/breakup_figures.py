"""The drawings of a breakup: Gabbard's diagram, the pinch in time, the kicks, the risk over height."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from baken.records.breakup_outlook import BreakupOutlook
from baken.report.breakup_sentence import row_name
from baken.report.drawing import COLOURS, INK, MARKERS, MUTED, headed, house_style, quiet_grid, sheet, svg_of
from baken.report.label_words import label_text
from baken.report.moments import minute_text
from baken.report.words import Speech

HOUR_NS = 3_600_000_000_000
MINUTE_S = 60.0
# Beyond this share at either end a diagram shows a few stragglers, and nothing of the rest.
STRAGGLERS_SHARE = 0.005
ASSETS_SHOWN = 4
Size = tuple[float, float]


def breakup_svg(outlook: BreakupOutlook, say: Speech, size: Size = (260.0, 92.0)) -> str:
    """Draw a breakup side by side: how high and low the pieces go, when they gathered, how they went."""
    with house_style():
        figure = sheet(*size)
        may_see = f"{say('may_see')}: {label_text(outlook.marking, say)}"
        title = f"{outlook.called}: {outlook.n_pieces}, {minute_text(outlook.epoch_tai_ns, say)} · {may_see}"
        headed(figure, title)
        gabbard, pinch, across, along = figure.subplots(1, 4, width_ratios=(1.4, 1.4, 1.0, 1.0))
        _draw_gabbard(gabbard, outlook, say)
        _draw_pinch(pinch, outlook, say)
        _draw_kicks(across, outlook, 1, 0, say)
        _draw_kicks(along, outlook, 1, 2, say)
        return svg_of(figure)


def gabbard_svg(outlook: BreakupOutlook, say: Speech, size: Size) -> str:
    """Draw how high and how low each piece flies, against its period."""
    with house_style():
        figure = sheet(*size)
        headed(figure, say("breakup.gabbard"))
        _draw_gabbard(figure.add_subplot(), outlook, say)
        return svg_of(figure)


def pinch_svg(outlook: BreakupOutlook, say: Speech, size: Size) -> str:
    """Draw how near to each other the pieces were over time."""
    with house_style():
        figure = sheet(*size)
        headed(figure, say("breakup.pinch" if outlook.is_timed else "breakup.no_pinch"))
        _draw_pinch(figure.add_subplot(), outlook, say)
        return svg_of(figure)


def kicks_svg(outlook: BreakupOutlook, say: Speech, size: Size) -> str:
    """Draw which way and how hard each piece was pushed: seen from the side, and from above."""
    with house_style():
        figure = sheet(*size)
        headed(figure, say("breakup.kicks" if outlook.n_kicks_told else "breakup.no_kicks"))
        if not outlook.n_kicks_told:
            return svg_of(figure)
        side, above = figure.subplots(1, 2)
        _draw_kicks(side, outlook, 1, 0, say)
        _draw_kicks(above, outlook, 1, 2, say)
        return svg_of(figure)


def risk_svg(outlook: BreakupOutlook, say: Speech, size: Size) -> str:
    """Draw the range of expected hits a year by height, and of each named object."""
    rows = [
        *((_heights(one.low_m, one.high_m), one.collisions_a_year) for one in outlook.shells),
        *((row_name(one.identity, 18), one.collisions_a_year) for one in outlook.assets[:ASSETS_SHOWN]),
    ]
    with house_style():
        figure = sheet(*size)
        headed(figure, say("breakup.risk", area=f"{outlook.area_m2:g}"))
        axes = figure.add_subplot()
        for row, (_, told) in enumerate(rows):
            if told.high > 0.0:
                axes.plot(
                    [told.low, told.high], [row, row], color=COLOURS[1], linewidth=4, solid_capstyle="butt"
                )
        axes.set_yticks(range(len(rows)), [name for name, _ in rows])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xscale("log")
        quiet_grid(axes)
        return svg_of(figure)


def _heights(low_m: float, high_m: float) -> str:
    return f"{low_m / 1e3:.0f}–{high_m / 1e3:.0f} km"


def _draw_gabbard(axes: Axes, outlook: BreakupOutlook, say: Speech) -> None:
    minutes = outlook.period_s / MINUTE_S
    for height_m, name, place in (
        (outlook.apogee_height_m, "breakup.apogee", 0),
        (outlook.perigee_height_m, "breakup.perigee", 1),
    ):
        axes.plot(
            minutes, height_m / 1e3, linestyle="none", marker=MARKERS[place], markersize=1.8, alpha=0.5,
            markeredgewidth=0.0, color=COLOURS[place], label=say(name),
        )  # fmt: skip
    if outlook.parent_gabbard is not None:
        period_s, apogee_m, perigee_m = outlook.parent_gabbard
        axes.plot(
            [period_s / MINUTE_S] * 2, [apogee_m / 1e3, perigee_m / 1e3], linestyle="none", marker="*",
            markersize=8, color=INK, label=say("breakup.parent"), zorder=4,
        )  # fmt: skip
    low, high = np.quantile(minutes, (STRAGGLERS_SHARE, 1.0 - STRAGGLERS_SHARE))
    top = float(np.quantile(outlook.apogee_height_m, 1.0 - STRAGGLERS_SHARE)) / 1e3
    bottom = float(np.quantile(outlook.perigee_height_m, STRAGGLERS_SHARE)) / 1e3
    spare = 0.08 * (top - bottom) + 10.0
    axes.set_xlim(low - 0.1 * (high - low) - 0.1, high + 0.1 * (high - low) + 0.1)
    axes.set_ylim(bottom - spare, top + spare)
    axes.set_xlabel(say("breakup.period"))
    axes.set_ylabel(say("breakup.height"))
    axes.legend(loc="best")
    quiet_grid(axes)


def _draw_pinch(axes: Axes, outlook: BreakupOutlook, say: Speech) -> None:
    hours = (outlook.times_tai_ns - outlook.epoch_tai_ns) / HOUR_NS
    axes.plot(hours, outlook.spread_m / 1e3, color=COLOURS[0], linewidth=0.7)
    if outlook.is_timed:
        axes.axvspan(
            (outlook.start_tai_ns - outlook.epoch_tai_ns) / HOUR_NS,
            (outlook.end_tai_ns - outlook.epoch_tai_ns) / HOUR_NS,
            color=COLOURS[1], alpha=0.15, linewidth=0.0, label=say("breakup.interval"),
        )  # fmt: skip
        axes.axvline(0.0, color=INK, linewidth=0.8, linestyle="--")
        axes.legend(loc="best")
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda km, _: f"{km:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(say("breakup.hours", time=minute_text(outlook.epoch_tai_ns, say)))
    axes.set_ylabel(say("breakup.gathered"))
    quiet_grid(axes)


RTN = ("breakup.radial", "breakup.transverse", "breakup.normal")


def _draw_kicks(axes: Axes, outlook: BreakupOutlook, across: int, up: int, say: Speech) -> None:
    told = outlook.kick_rtn_m_s[np.isfinite(outlook.kick_rtn_m_s).all(axis=-1)]
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
    axes.set_xlabel(f"{say(RTN[across])} ({'RTN'[across]}) [m/s]")
    axes.set_ylabel(f"{say(RTN[up])} ({'RTN'[up]}) [m/s]")
    quiet_grid(axes)
