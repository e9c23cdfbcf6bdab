"""The drawings of a re-entry: where, when, and how much harm may be expected."""

from datetime import datetime

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, date2num, num2date
from matplotlib.patches import Polygon
from matplotlib.ticker import FuncFormatter

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.formats._date_line import line_pieces_deg, polygon_pieces_deg
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import EarlierWindow, ReentryOutlook, RegionOutlook
from baken.report.drawing import COLOURS, GRID, INK, MUTED, headed, house_style, quiet_grid, sheet, svg_of
from baken.report.moments import short_day_text, short_minute_text
from baken.report.reentry_sentence import n_members, percent_text
from baken.report.words import Speech

LAND, SEA = "#e3e6e1", "#ffffff"
# What NASA and others keep to: one casualty in ten thousand re-entries (NASA, UARS Status, September 2011).
LIMIT = 1e-4
EARLIER_SHOWN = 4
Truths = npt.NDArray[np.bool_]


def map_svg(
    outlook: ReentryOutlook,
    concerned: list[RegionOutlook],
    land: Truths | None,
    say: Speech,
    size: tuple[float, float],
) -> str:
    """Draw the world with the track through the window, the swath, the members, and who asked.

    ``land`` is (rows, columns) of the whole Earth, the northernmost row first; without it there is no coast.
    """
    with house_style():
        figure = sheet(*size)
        axes = figure.add_subplot()
        headed(figure, say("reentry.map", members=n_members(outlook)))
        if land is not None:
            shade = np.where(land[..., None], _rgb(LAND), _rgb(SEA)).astype(np.uint8)
            axes.imshow(shade, extent=(-180, 180, -90, 90), interpolation="nearest", aspect="auto")
        _draw_swath(axes, outlook)
        _draw_track(axes, outlook.prediction)
        _draw_members(axes, outlook.prediction)
        for one in concerned:
            for part in one.region.polygons_rad:
                for piece in polygon_pieces_deg(part):
                    axes.add_patch(
                        Polygon(piece[0], closed=True, fill=False, edgecolor=COLOURS[2], linewidth=0.9)
                    )
        _frame(axes)
        return svg_of(figure)


def _rgb(colour: str) -> npt.NDArray[np.int64]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def _draw_swath(axes: Axes, outlook: ReentryOutlook) -> None:
    for box in outlook.boxes:
        for piece in polygon_pieces_deg((box.ring_rad,)):
            axes.add_patch(Polygon(piece[0], closed=True, facecolor=COLOURS[1], alpha=0.10, linewidth=0))


def _draw_track(axes: Axes, prediction: ReentryPrediction) -> None:
    track = prediction.track
    within = (track.epoch_tai_ns >= prediction.window_start_tai_ns) & (
        track.epoch_tai_ns <= prediction.window_end_tai_ns
    )
    if within.sum() < 2:
        return
    places_rad = np.column_stack([track.longitude_rad, track.latitude_rad])[within]
    for piece in line_pieces_deg(places_rad):
        axes.plot(piece[:, 0], piece[:, 1], color=COLOURS[0], linewidth=0.7)


def _draw_members(axes: Axes, prediction: ReentryPrediction) -> None:
    ensemble = prediction.ensemble
    within = (ensemble.epoch_tai_ns >= prediction.window_start_tai_ns) & (
        ensemble.epoch_tai_ns <= prediction.window_end_tai_ns
    )
    lon_deg, lat_deg = np.degrees(ensemble.longitude_rad[within]), np.degrees(ensemble.latitude_rad[within])
    axes.scatter(lon_deg, lat_deg, s=3.0, color=COLOURS[1], alpha=0.35, linewidths=0, zorder=3)
    if not len(ensemble.epoch_tai_ns):
        return
    nearest = int(abs(ensemble.epoch_tai_ns - prediction.epoch_tai_ns).argmin())
    place = np.degrees([ensemble.longitude_rad[nearest]]), np.degrees([ensemble.latitude_rad[nearest]])
    axes.plot(
        *place, marker="X", markersize=6.5, color=INK, markeredgecolor="white", markeredgewidth=0.7, zorder=4
    )


def _frame(axes: Axes) -> None:
    axes.set_xlim(-180, 180)
    axes.set_ylim(-90, 90)
    axes.set_xticks(
        range(-180, 181, 30), [f"{abs(x)}°{'WE'[x > 0] if x % 180 else ''}" for x in range(-180, 181, 30)]
    )
    axes.set_yticks(range(-90, 91, 30), [f"{abs(y)}°{'SN'[y > 0] if y else ''}" for y in range(-90, 91, 30)])
    axes.grid(visible=True, color=GRID, linewidth=0.3)


def window_svg(outlook: ReentryOutlook, say: Speech, size: tuple[float, float]) -> str:
    """Draw the window and its median over time, under those said before."""
    prediction = outlook.prediction
    earlier = sorted(outlook.earlier, key=lambda one: one.as_of_tai_ns)[-EARLIER_SHOWN:]
    with house_style():
        figure = sheet(*size)
        axes = figure.add_subplot()
        headed(figure, say("reentry.bar", share=percent_text(prediction.window_probability, say)))
        for row, one in enumerate(earlier):
            _draw_window(axes, row, one, MUTED)
        _draw_window(axes, len(earlier), prediction, COLOURS[0])
        labels = [*(short_minute_text(one.as_of_tai_ns, say) for one in earlier), say("reentry.bar.now")]
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(-0.6, len(labels) - 0.4)
        locator = AutoDateLocator(maxticks=9)  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: _tick(at, say)))
        quiet_grid(axes)
        return svg_of(figure)


def _draw_window(axes: Axes, row: int, one: EarlierWindow | ReentryPrediction, colour: str) -> None:
    start, median, end = (
        date2num(_date(at_tai_ns))  # type: ignore[no-untyped-call]
        for at_tai_ns in (one.window_start_tai_ns, one.epoch_tai_ns, one.window_end_tai_ns)
    )
    axes.barh(row, end - start, left=start, height=0.62, color=colour, alpha=0.6)
    axes.plot([median, median], [row - 0.36, row + 0.36], color=INK, linewidth=1.2)


def _tick(at_day: float, say: Speech) -> str:
    """Return what stands under a mark of time: the day at midnight, else the clock."""
    text = num2date(at_day).strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[no-untyped-call]
    return short_day_text(tai_ns_from_utc(text), say) if text[11:16] == "00:00" else text[11:16]


def _date(epoch_tai_ns: int) -> datetime:
    return datetime.fromisoformat(utc_text(epoch_tai_ns, 0).replace(":60Z", ":59Z"))


def harm_svg(outlook: ReentryOutlook, say: Speech, size: tuple[float, float]) -> str:
    """Draw the range of expected casualties beside the line of one in ten thousand; empty where not known."""
    with house_style():
        figure = sheet(*size)
        axes = figure.add_subplot()
        casualties = outlook.casualties
        if casualties is None:
            axes.set_axis_off()
            return svg_of(figure)
        low, high = max(casualties.low, 1e-9), max(casualties.high, 1e-9)
        axes.plot([low, high], [0, 0], color=COLOURS[1], linewidth=6, solid_capstyle="butt")
        axes.axvline(LIMIT, color=INK, linewidth=1.0, linestyle="--")
        axes.annotate(
            say("reentry.limit"),
            (LIMIT, 0.5),
            xytext=(3, 0),
            textcoords="offset points",
            fontsize=6.0,
            va="center",
        )
        axes.set_xscale("log")
        axes.set_xlim(min(low, LIMIT) / 5, max(high, LIMIT) * 5)
        axes.set_ylim(-0.5, 0.8)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return svg_of(figure)
