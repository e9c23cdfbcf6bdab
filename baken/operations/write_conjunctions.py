"""Write what a screening found: as a table, or as conjunction data messages."""

import io

import polars as pl

from baken.assess.conjunction.conjunction_table import Circumstances
from baken.assess.conjunction.messages import Sender, conjunction_messages
from baken.catalogue.motion import motion_of
from baken.errors import WrongUsage
from baken.formats.csv_table import csv_of
from baken.formats.sniff import writer_of
from baken.records.catalogue import Picture
from baken.records.event import Detection

TABLE_FORMATS = ("csv", "json", "parquet")
# For machines that go on with the work; a person's table speaks UTC.
INTERNAL_COLUMNS = ("tca_tai_ns",)


def write_table(table: pl.DataFrame, format_name: str) -> bytes:
    """Return a table of approaches as CSV, JSON (a list of objects) or Parquet.

    Raises: WrongUsage for a format that is none of these.
    """
    told = table.drop(INTERNAL_COLUMNS)
    if format_name == "csv":
        return csv_of(told)
    if format_name == "json":
        return told.write_json().encode()
    if format_name == "parquet":
        stream = io.BytesIO()
        told.write_parquet(stream)
        return stream.getvalue()
    raise WrongUsage(f"a table is written as one of {', '.join(TABLE_FORMATS)}; it was {format_name}")


def write_messages(
    detection: Detection,
    picture: Picture,
    circumstances: Circumstances,
    *,
    originator: str,
    created_tai_ns: int,
    syntax: str,
) -> bytes:
    """Return what was found as conjunction data messages, one after another, in ``kvn`` or ``xml``."""
    sender = Sender(
        originator=originator,
        created_tai_ns=created_tai_ns,
        window=detection.window,
        miss_threshold_m=float(dict(detection.settings)["miss_threshold_m"]),
    )
    motion = motion_of(picture.element_sets)
    messages = conjunction_messages(detection.table, picture, motion, sender, circumstances)
    return writer_of(f"cdm-{syntax}")(messages)
