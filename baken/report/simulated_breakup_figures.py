"""A simulated breakup as a drawing: Gabbard diagrams as the cloud ages, and its density over height."""

import io
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes

from baken.astro.time import utc_text
from baken.records.simulated_breakup import CloudView, SimulatedBreakup
from baken.report.drawing import COLOURS, INK, headed, house_style, quiet_grid, sheet

PERIODS_MIN = (85.0, 115.0)
HEIGHTS_KM = (100.0, 2000.0)
PER_KM3 = 1e9
LEAST_PER_KM3 = 1e-12
METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "Baken"},
    "png": {"Software": "Baken"},
    "pdf": {"CreationDate": None, "Creator": "Baken"},
}


def draw_breakup(breakup: SimulatedBreakup, form: Literal["svg", "png", "pdf"]) -> bytes:
    """Return a simulated breakup drawn; equal breakups give equal bytes.

    Gabbard diagrams (at the breakup, after a month, a year and five years) beside the density over height.
    """
    with house_style():
        figure = sheet(230.0, 120.0)
        name = breakup.parent.name or breakup.parent.object_id
        title = f"SIMULATED {breakup.kind} of {name}, {utc_text(breakup.epoch_tai_ns, 0)}: pieces > 10 cm"
        headed(figure, f"{title} · may be seen by: {breakup.marking.whole.text}")
        panels = figure.subplot_mosaic([["a", "b", "d"], ["c", "e", "d"]], width_ratios=[1.0, 1.0, 1.2])
        panels["b"].sharey(panels["a"])
        for panel, row in zip("abce", (0, 2, 3, 4), strict=True):
            _gabbard(panels[panel], breakup.views[row])
        _densities(panels["d"], breakup.views)
        stream = io.BytesIO()
        figure.savefig(stream, format=form, dpi=180, metadata=METADATA[form])
    return stream.getvalue()


def after_text(after_s: float) -> str:
    """Return a time after the breakup as a person says it.

    >>> after_text(0.0), after_text(86400.0), after_text(5 * 365.25 * 86400.0)
    ('at the breakup', '1 d', '5 y')
    """
    days = after_s / 86_400.0
    if days == 0.0:
        return "at the breakup"
    return f"{days:.0f} d" if days < 365.0 else f"{days / 365.25:.0f} y"


def _gabbard(axes: Axes, view: CloudView) -> None:
    look: dict[str, Any] = {"s": 1.6, "linewidths": 0.0, "rasterized": True}
    minutes = view.period_s / 60.0
    axes.scatter(minutes, view.apogee_m / 1e3, color=COLOURS[1], label="apogee", **look)
    axes.scatter(minutes, view.perigee_m / 1e3, color=COLOURS[0], label="perigee", **look)
    axes.set_xlim(*PERIODS_MIN)
    axes.set_ylim(0.0, HEIGHTS_KM[1])
    beyond = int((minutes > PERIODS_MIN[1]).sum())
    said = f"{after_text(view.after_s)}: {minutes.size} up"
    axes.set_title(said + (f", {beyond} beyond this window" if beyond else ""), loc="left", fontsize=7)
    axes.set_xlabel("period [min]")
    axes.set_ylabel("height [km]")
    axes.legend(loc="upper left", markerscale=3.0)
    quiet_grid(axes)


def _densities(axes: Axes, views: tuple[CloudView, ...]) -> None:
    for rank, view in enumerate(views):
        height_km = 0.5 * (view.edge_m[1:] + view.edge_m[:-1]) / 1e3
        drawn = np.where(view.density_per_m3 > 0.0, view.density_per_m3 * PER_KM3, np.nan)
        colour = INK if rank == 0 else COLOURS[(rank - 1) % len(COLOURS)]
        axes.plot(drawn, height_km, color=colour, label=after_text(view.after_s))
    axes.set_title("density over height", loc="left", fontsize=7)
    axes.set_xscale("log")
    axes.set_xlim(left=LEAST_PER_KM3)
    axes.set_ylim(*HEIGHTS_KM)
    axes.set_xlabel("pieces per km³, as if strewn all round")
    axes.set_ylabel("height [km]")
    axes.legend(loc="upper right")
    quiet_grid(axes)
