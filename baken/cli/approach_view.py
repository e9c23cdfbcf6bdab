"""The nearest approaches of a screening, as a person reads them at a terminal."""

from collections.abc import Mapping

import polars as pl
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from baken.astro.time import utc_text
from baken.records.event import Detection
from baken.report.quantities import (
    SECONDS_AN_HOUR,
    distance_text,
    duration_text,
    probability_text,
    speed_text,
)
from baken.report.words import Speech

ROWS_SHOWN = 20
ROOM_FOR_LONG_NAMES = 100


def nearest(detection: Detection, width: int, say: Speech) -> RenderableType:
    """Return the nearest approaches, two lines each; pairs in company are only counted."""
    passing = detection.table.filter(~pl.col("in_company"))
    n_company = len(detection.table) - len(passing)
    parts: list[RenderableType] = [Text()]
    if len(passing):
        parts.append(_table(passing.sort("miss_distance_m").head(ROWS_SHOWN), width, say))
    if n_company:
        parts.append(Text(say("company.rows", count=n_company)))
    return Group(*parts)


def _table(shown: pl.DataFrame, width: int, say: Speech) -> Table:
    may_see = " | ".join(shown["marking"].unique().sort())
    table = Table(
        title=say("nearest", count=len(shown)),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        caption=Text(f"{say('may_see')}: {may_see}"),
        caption_justify="left",
    )
    table.add_column(say("tca.column"), no_wrap=True)
    table.add_column(say("who"), no_wrap=width >= ROOM_FOR_LONG_NAMES)
    table.add_column(say("miss"), no_wrap=True, justify="right")
    table.add_column(say("probability"), no_wrap=True, justify="right")
    for row in shown.iter_rows(named=True):
        table.add_row(*_cells(row, say))
    return table


def _cells(row: Mapping[str, object], say: Speech) -> tuple[str, ...]:
    probability = row["probability"]
    region = say(f"region.{row['probability_region']}")
    return (
        utc_text(int(str(row["tca_tai_ns"])), 0),
        f"{_object_text(row, 'primary')}\n{_object_text(row, 'secondary')}",
        f"{distance_text(float(str(row['miss_distance_m'])))}\n"
        f"{speed_text(float(str(row['relative_speed_m_s'])))}",
        f"{probability_text(None if probability is None else float(str(probability)))} {region}\n"
        f"{probability_text(float(str(row['max_probability'])))}",
    )


def _object_text(row: Mapping[str, object], role: str) -> str:
    age = duration_text(float(str(row[f"{role}_age_h"])) * SECONDS_AN_HOUR)
    return f"{row[f'{role}_norad_cat_id'] or '-'} {row[f'{role}_name']} ({age})"
