"""Drawings for pages: small, quiet, the same bytes every time, no window and no state."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, MUTED, GRID = "#1d2733", "#6b7785", "#d9dfe5"
# Told apart by anybody, and in grey by their markers: Okabe & Ito (2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKERS = ("o", "s", "^", "D", "v", "P")
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 7.0,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "grid.color": GRID,
    "grid.linewidth": 0.5,
    "legend.frameon": False,
    "legend.fontsize": 6.0,
    "lines.linewidth": 1.1,
    "svg.hashsalt": "baken",
    "svg.fonttype": "path",
}
MILLIMETRES_AN_INCH = 25.4


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of our pages, and leave everybody else's alone."""
    with matplotlib.rc_context(STYLE):
        yield


def sheet(width_mm: float, height_mm: float) -> Figure:
    """Return an empty figure that fits its place on a page."""
    return Figure(
        figsize=(width_mm / MILLIMETRES_AN_INCH, height_mm / MILLIMETRES_AN_INCH), layout="constrained"
    )


def headed(figure: Figure, title: str) -> None:
    """Put a title over the whole of a figure, from its left edge."""
    figure.suptitle(title, x=0.01, ha="left", fontsize=7.2, fontweight="bold")


def svg_of(figure: Figure) -> str:
    """Return a figure as SVG, without a date, so that the same figure is the same text."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def quiet_grid(axes: Axes) -> None:
    """Put a grid behind what is drawn."""
    axes.grid(visible=True)
    axes.set_axisbelow(True)
