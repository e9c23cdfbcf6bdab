"""The decision map as a drawing: what each burn would leave of the probability, over when and how much."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import numpy as np

from baken.astro.time import NANOSECONDS_A_SECOND, utc_text
from baken.records.avoidance import DecisionMap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from baken.astro.arrays import Floats

SECONDS_AN_HOUR = 3_600.0
SIZE_INCH = (11.0, 6.6)
# Light is safe, dark is not; eyes that do not tell red from green see the order too.
COLOURS = "magma_r"
DECADES_BELOW_WANTED = 4.0
LEAST_PROBABILITY = 1e-30
WANTED_COLOUR, PRESENT_COLOUR = "#0b9d4e", "#35b6ff"
# Beside what never reaches the wanted level a word says so, lest an empty panel look like a safe one.
NEVER = "nowhere at or below {wanted:.0e}"


def draw_decision_map(decision: DecisionMap, form: Literal["svg", "png"]) -> bytes:
    """Return a decision map drawn, one panel for each direction: equal maps give equal bytes.

    Time before the closest approach runs from left to right, so that now is left and too late is right.
    """
    with _settled_drawing():
        figure = _figure(decision)
        stream = io.BytesIO()
        metadata = {"Date": None, "Creator": "Baken"} if form == "svg" else {"Software": "Baken"}
        figure.savefig(stream, format=form, dpi=150, metadata=metadata)
    return stream.getvalue()


@contextmanager
def _settled_drawing() -> Iterator[None]:
    """Draw with the same choices and names whoever draws, and whatever that machine prefers."""
    # Only who draws waits for it.
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "baken"
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["font.size"] = 9.0
        yield


def _figure(decision: DecisionMap) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    shown = _shown_range(decision)
    panels = figure.subplots(3, 2, sharex=True, sharey=True)
    for place, panel in enumerate(panels.ravel()):
        _draw_panel(panel, decision, place, shown)
    for panel in panels[:, 0]:
        panel.set_ylabel("delta-v, m/s")
    for panel in panels[-1, :]:
        panel.set_xlabel("hours before closest approach")
    bar = figure.colorbar(
        ScalarMappable(Normalize(*shown), COLOURS), ax=panels, extend="min", shrink=0.85, pad=0.015
    )
    bar.set_label("log10 of the probability after the burn")
    bar.ax.axhline(np.log10(decision.probability_wanted), color=WANTED_COLOUR, linewidth=2.0)
    if decision.probability_before > 0.0:
        bar.ax.axhline(
            np.log10(decision.probability_before), color=PRESENT_COLOUR, linewidth=2.0, linestyle="--"
        )
    figure.suptitle(_title(decision), fontsize=10.5, x=0.012, ha="left")
    figure.legend(handles=_legend(decision), loc="outside lower center", ncols=3, frameon=False)
    return figure


def _shown_range(decision: DecisionMap) -> tuple[float, float]:
    """Return the decades told apart: from some below the wanted level up to the highest there is."""
    wanted = float(np.log10(decision.probability_wanted))
    values = _logarithms(np.array([decision.probability_before, decision.probability_wanted]))
    after = _logarithms(np.array(decision.probability_after))
    return wanted - DECADES_BELOW_WANTED, float(np.nanmax([values.max(), np.nanmax(after, initial=wanted)]))


def _logarithms(probability: "Floats") -> "Floats":
    return np.asarray(np.log10(np.maximum(probability, LEAST_PROBABILITY)))


def _draw_panel(panel: "Axes", decision: DecisionMap, place: int, shown: tuple[float, float]) -> None:
    hours = np.array([_hours_before(decision, burn) for burn in decision.burn_tai_ns])
    delta_v = np.array(decision.delta_v_m_s)
    values = _logarithms(np.array(decision.probability_after[place])).T
    panel.set_facecolor("#d9d9d9")
    panel.pcolormesh(
        hours, delta_v, values, cmap=COLOURS, vmin=shown[0], vmax=shown[1], shading="nearest", rasterized=True
    )
    present, wanted = (
        np.log10(max(decision.probability_before, LEAST_PROBABILITY)),
        np.log10(decision.probability_wanted),
    )
    finite = values[np.isfinite(values)]
    for level, colour, style, width in (
        (present, PRESENT_COLOUR, "--", 1.0),
        (wanted, WANTED_COLOUR, "-", 1.1),
    ):
        if finite.size and finite.min() < level < finite.max():
            panel.contour(
                hours, delta_v, values, [level], colors=[colour], linestyles=[style], linewidths=[width]
            )
    if finite.size and finite.min() > wanted:
        panel.text(
            0.015,
            0.06,
            NEVER.format(wanted=decision.probability_wanted),
            transform=panel.transAxes,
            fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2.0},
        )
    panel.set_yscale("log")
    panel.set_xlim(float(hours.max()), 0.0)
    panel.set_title(str(decision.directions[place]), loc="left", fontsize=10, fontweight="bold", pad=3.0)


def _hours_before(decision: DecisionMap, burn_tai_ns: int) -> float:
    return (decision.tca_tai_ns - burn_tai_ns) / NANOSECONDS_A_SECOND / SECONDS_AN_HOUR


def _title(decision: DecisionMap) -> str:
    who = f"{decision.norad_cat_id or ''} {decision.name}".strip()
    return (
        f"HYPOTHETICAL burns of {who}, closest approach {utc_text(decision.tca_tai_ns, 0)}\n"
        "R, T, N: its own radial, transverse, normal at the burn.  Options, none preferred.\n"
        f"{decision.realm} · may be seen by: {decision.marking.whole.text}"
    )


def _legend(decision: DecisionMap) -> list[object]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    wanted = f"wanted: {decision.probability_wanted:.1e}"
    return [
        Line2D([], [], color=WANTED_COLOUR, linewidth=1.6, label=wanted),
        Line2D(
            [], [], color=PRESENT_COLOUR, linewidth=1.0, linestyle="--",
            label=f"now: {decision.probability_before:.1e}",
        ),
        Patch(facecolor="#d9d9d9", label="no closest approach left nearby"),
    ]  # fmt: skip
