"""Write what a screening found: as a table, or as conjunction data messages."""

import io

import polars as pl

from baken.errors import WrongUsage

TABLE_FORMATS = ("csv", "json", "parquet")
# For machines that go on with the work; a person's table speaks UTC.
INTERNAL_COLUMNS = ("tca_tai_ns",)


def write_table(table: pl.DataFrame, format_name: str) -> bytes:
    """Return a table of approaches as CSV, JSON (a list of objects) or Parquet.

    Raises: WrongUsage for a format that is none of these.
    """
    told = table.drop(INTERNAL_COLUMNS)
    if format_name == "csv":
        return told.write_csv().encode()
    if format_name == "json":
        return told.write_json().encode()
    if format_name == "parquet":
        stream = io.BytesIO()
        told.write_parquet(stream)
        return stream.getvalue()
    raise WrongUsage(f"--format is one of {', '.join((*TABLE_FORMATS, 'cdm'))}; it was {format_name}")
