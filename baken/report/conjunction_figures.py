"""The four drawings of an encounter: the plane it is decided in, its history, its dilution, the approach."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse

from baken.records.collision_assessment import CollisionAssessment, EncounterPlaneFigure
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate
from baken.report.drawing import (
    COLOURS,
    INK,
    MARKERS,
    MUTED,
    headed,
    house_style,
    quiet_grid,
    sheet,
    svg_of,
)
from baken.report.words import Speech

HOUR_NS = 3_600_000_000_000
SIGMAS = (3.0, 2.0, 1.0)
# Beyond this ratio an ellipse at true scale is a line, and each axis gets its own scale.
MOST_STRETCHED = 12.0
# NASA CARA's levels: NASA/SP-20205011318.
LOOK, ACT = 1e-7, 1e-4
LEAST_DRAWN = 1e-12
# Below this share of the drawing a body is a dot, and gets a mark besides.
SMALL_SHARE = 0.01


def encounter_plane_svg(case: ConjunctionCase, say: Speech, width_mm: float, height_mm: float) -> str:
    """Draw miss and uncertainty across the relative velocity: the newest's ellipses, the older as a trail."""
    with house_style():
        figure = sheet(width_mm, height_mm)
        axes = figure.add_subplot()
        headed(figure, say("page.plane"))
        newest = case.updates[-1]
        if newest.assessment.plane is None:
            _say_nothing(axes, say("page.no_plane"))
            return svg_of(figure)
        reach_m = _draw_ellipses(axes, newest.assessment.plane)
        _draw_trails(axes, case)
        _draw_body(axes, newest.assessment.hard_body_radius_m, reach_m, say)
        axes.locator_params(nbins=6)
        axes.set_xlabel(say("page.horizontal"))
        axes.set_ylabel(say("page.radial"))
        quiet_grid(axes)
        return svg_of(figure)


def history_svg(case: ConjunctionCase, say: Speech, width_mm: float, height_mm: float) -> str:
    """Draw probability and miss against the time left, one line for each originator."""
    with house_style():
        figure = sheet(width_mm, height_mm)
        above, below = figure.subplots(2, 1, sharex=True)
        headed(figure, say("page.history"))
        for rank, originator in enumerate(case.originators):
            _draw_opinions(above, below, case.of(originator), rank)
        for level in (LOOK, ACT):
            above.axhline(level, color=MUTED, linewidth=0.6, linestyle=":")
        above.set_yscale("log")
        above.set_ylim(bottom=max(LEAST_DRAWN, above.get_ylim()[0]))
        above.set_ylabel("Pc")
        below.set_ylabel(say("page.miss_km"))
        below.set_ylim(bottom=0.0)
        below.set_xlabel(say("page.hours_before"))
        below.invert_xaxis()
        above.legend(loc="best")
        for axes in (above, below):
            quiet_grid(axes)
        return svg_of(figure)


def dilution_svg(assessment: CollisionAssessment, say: Speech, width_mm: float, height_mm: float) -> str:
    """Draw how the probability would change were the uncertainty larger or smaller."""
    with house_style():
        figure = sheet(width_mm, height_mm)
        axes = figure.add_subplot()
        headed(figure, say("page.dilution"))
        drawn = [(scale, pc) for scale, pc in assessment.dilution_curve if pc >= LEAST_DRAWN]
        if not drawn:
            _say_nothing(axes, say("page.no_dilution"))
            return svg_of(figure)
        scale, probability = np.array(drawn).T
        axes.loglog(scale, probability, color=COLOURS[0])
        if assessment.max_probability_scale:
            peak = assessment.max_probability_scale
            axes.axvspan(peak, scale.max(), color=COLOURS[1], alpha=0.08, linewidth=0)
            axes.axvline(peak, color=COLOURS[1], linewidth=0.8, linestyle="--")
        if assessment.probability is not None:
            axes.plot([1.0], [assessment.probability], marker="o", color=INK, markersize=4)
        axes.set_xlabel(say("page.scale"))
        axes.set_ylabel("Pc")
        quiet_grid(axes)
        return svg_of(figure)


def approach_svg(update: ConjunctionUpdate, say: Speech, width_mm: float, height_mm: float) -> str:
    """Draw the second object's way past the first one, in radial, transverse and normal of the first."""
    with house_style():
        figure = sheet(width_mm, height_mm)
        left, right = figure.subplots(1, 2, sharey=True)
        headed(figure, say("page.approach", first=update.parties[0].name))
        for axes, across, name in ((left, 1, "T"), (right, 2, "N")):
            _draw_way(axes, update.assessment, across)
            axes.set_xlabel(f"{name} [km]")
            quiet_grid(axes)
        left.set_ylabel("R [km]")
        return svg_of(figure)


def _draw_ellipses(axes: Axes, plane: EncounterPlaneFigure) -> float:
    """Draw the 1, 2 and 3 sigma ellipses round the miss, fit the axes, and return how far they reach."""
    (xx, xy, yy) = plane.covariance_m2
    values_m2, directions = np.linalg.eigh(np.array([[xx, xy], [xy, yy]]))
    sigma_m = np.sqrt(values_m2.clip(0.0))
    angle_deg = math.degrees(math.atan2(directions[1, 1], directions[0, 1]))
    centre_m = (plane.miss_horizontal_m, plane.miss_vertical_m)
    for n_sigma in SIGMAS:
        axes.add_patch(
            Ellipse(
                centre_m,
                2.0 * n_sigma * sigma_m[1],
                2.0 * n_sigma * sigma_m[0],
                angle=angle_deg,
                facecolor=COLOURS[0],
                edgecolor=COLOURS[0],
                alpha=0.16,
                linewidth=0.6,
            )
        )
    reach_m = [SIGMAS[0] * math.sqrt(max(variance, 0.0)) for variance in (xx, yy)]
    spans_m = [
        (min(0.0, centre - reach), max(0.0, centre + reach))
        for centre, reach in zip(centre_m, reach_m, strict=True)
    ]
    axes.update_datalim(np.array(spans_m).T)
    axes.margins(0.08)
    if max(reach_m) <= MOST_STRETCHED * min(reach_m):
        axes.set_aspect("equal", adjustable="datalim")
    axes.autoscale_view()
    return min(reach_m)


def _draw_trails(axes: Axes, case: ConjunctionCase) -> None:
    for rank, originator in enumerate(case.originators):
        planes = [one.assessment.plane for one in case.of(originator) if one.assessment.plane is not None]
        x_m, y_m = [one.miss_horizontal_m for one in planes], [one.miss_vertical_m for one in planes]
        colour = COLOURS[rank % len(COLOURS)]
        axes.plot(x_m, y_m, color=colour, linewidth=0.8, alpha=0.7, clip_on=True)
        sizes = np.linspace(6.0, 22.0, len(x_m))
        axes.scatter(
            x_m, y_m, s=sizes, marker=MARKERS[rank % len(MARKERS)], color=colour, label=originator, zorder=3
        )
    axes.legend(loc="best")


def _draw_body(axes: Axes, radius_m: float, reach_m: float, say: Speech) -> None:
    axes.add_patch(Circle((0.0, 0.0), radius_m, facecolor=INK, edgecolor=INK, linewidth=0.5, zorder=4))
    if radius_m < SMALL_SHARE * reach_m:
        axes.plot([0.0], [0.0], marker="+", color=INK, markersize=7, zorder=4)
    axes.annotate(
        say("page.hard_body", radius=f"{radius_m:g}"),
        (0.0, 0.0),
        xytext=(4, -9),
        textcoords="offset points",
        fontsize=6,
    )


def _draw_opinions(above: Axes, below: Axes, said: Sequence[ConjunctionUpdate], rank: int) -> None:
    colour, marker = COLOURS[rank % len(COLOURS)], MARKERS[rank % len(MARKERS)]
    hours = [(one.assessment.tca_tai_ns - one.created_tai_ns) / HOUR_NS for one in said]
    look: dict[str, Any] = {"color": colour, "marker": marker, "markersize": 3.5}
    assessed = [_drawn(one.assessment.probability) for one in said]
    above.plot(hours, assessed, label=said[0].originator, **look)
    told = [_drawn(one.probability_said) for one in said]
    above.plot(
        hours, told, linestyle="none", marker=marker, markersize=5, markerfacecolor="none", color=colour
    )
    below.plot(hours, [one.assessment.miss_distance_m / 1e3 for one in said], **look)


def _drawn(probability: float | None) -> float:
    return math.nan if probability is None or probability <= 0.0 else probability


def _draw_way(axes: Axes, assessment: CollisionAssessment, across: int) -> None:
    miss_km = np.array(assessment.miss_rtn_m) / 1e3
    velocity = assessment.relative_velocity_rtn_m_s
    if velocity is not None and (speed_km_s := float(np.linalg.norm(velocity)) / 1e3) > 0.0:
        reach_s = 2.5 * float(np.linalg.norm(miss_km)) / speed_km_s
        ends = [miss_km + np.array(velocity) / 1e3 * time_s for time_s in (-reach_s, reach_s)]
        axes.annotate(
            "",
            xy=(ends[1][across], ends[1][0]),
            xytext=(ends[0][across], ends[0][0]),
            arrowprops={"arrowstyle": "-|>", "color": COLOURS[0], "linewidth": 1.1},
        )
        axes.plot([end[across] for end in ends], [end[0] for end in ends], linestyle="none")
    if assessment.sigma_rtn_m is not None:
        sigma_km = np.array(assessment.sigma_rtn_m) / 1e3
        axes.errorbar(
            [miss_km[across]], [miss_km[0]], xerr=[sigma_km[across]], yerr=[sigma_km[0]],
            color=COLOURS[1], marker="o", markersize=3.5, linewidth=0.8, capsize=1.5,
        )  # fmt: skip
    axes.plot([0.0], [0.0], marker="+", color=INK, markersize=8)


def _say_nothing(axes: Axes, why: str) -> None:
    axes.set_axis_off()
    axes.text(0.5, 0.5, why, ha="center", va="center", color=MUTED, wrap=True, transform=axes.transAxes)
