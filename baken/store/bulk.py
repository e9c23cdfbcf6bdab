"""Large tables, each in a Parquet file that is named by what stands in it."""

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from baken.errors import UnreadableInput
from baken.operations.ports import Column
from baken.store.files import write_whole

WHOLE_NUMBERS = (pl.Int8, pl.Int16, pl.Int32, pl.UInt8, pl.UInt16, pl.UInt32)
KEPT_TYPES = (pl.Int64, pl.Float64, pl.Boolean, pl.String)


def table_of(columns: Mapping[str, Column]) -> pl.DataFrame:
    """Return columns as a table of whole numbers, numbers, truth values and words.

    Raises: ValueError when columns differ in length or hold anything else.

    >>> table_of({"miss_distance_m": [12.5, None], "primary_norad_cat_id": [5, 25544]}).shape
    (2, 2)
    """
    try:
        table = pl.DataFrame({name: pl.Series(name, values) for name, values in columns.items()})
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"these columns make no table: {error}") from error
    table = table.with_columns(pl.col(WHOLE_NUMBERS).cast(pl.Int64), pl.col(pl.Float32).cast(pl.Float64))
    odd = [name for name, kind in table.schema.items() if kind not in KEPT_TYPES]
    if odd:
        raise ValueError(f"columns hold whole numbers, numbers, truth values or words; not so: {odd}")
    return table


def table_digest(table: pl.DataFrame) -> str:
    """Return the digest of what stands in a table, whatever wrote the file and when.

    Column by column, in their order: the name and type, which rows are known, and the values as 64-bit
    little-endian numbers, bytes of truth, or UTF-8 words with their lengths.

    >>> table_digest(table_of({"a_m": [1.0]})) == table_digest(table_of({"a_m": [2.0]}))
    False
    """
    digest = hashlib.sha256(json.dumps([[name, str(kind)] for name, kind in table.schema.items()]).encode())
    digest.update(table.height.to_bytes(8, "little"))
    for column in table.iter_columns():
        digest.update(column.is_not_null().to_numpy().tobytes())
        for part in _canonical_parts(column):
            digest.update(part)
    return "sha256:" + digest.hexdigest()


def _canonical_parts(column: pl.Series) -> tuple[bytes, ...]:
    if column.dtype == pl.String:
        words = column.fill_null("")
        lengths = words.str.len_bytes().cast(pl.Int64).to_numpy().astype("<i8").tobytes()
        return lengths, "".join(words.to_list()).encode()
    if column.dtype == pl.Boolean:
        return (column.fill_null(False).to_numpy().tobytes(),)
    if column.dtype == pl.Float64:
        # There are many ways to write "not a number"; they all mean the same.
        return (column.fill_null(0.0).fill_nan(float("nan")).to_numpy().astype("<f8").tobytes(),)
    return (column.fill_null(0).to_numpy().astype("<i8").tobytes(),)


def file_name_of(digest: str) -> str:
    """Return the name of the file that holds the table with a digest."""
    return digest.removeprefix("sha256:") + ".parquet"


def keep_table(folder: Path, table: pl.DataFrame) -> str:
    """Write a table into a folder, unless it is there already, and return its digest."""
    digest = table_digest(table)
    file = folder / file_name_of(digest)
    if not file.exists():
        packed = io.BytesIO()
        table.write_parquet(packed, compression="zstd")
        write_whole(file, packed.getbuffer())
    return digest


def kept_table(folder: Path, digest: str, *, or_else: str) -> pl.DataFrame:
    """Return the table with a digest; ``or_else`` says how it can be had again when it is lost.

    Raises: UnreadableInput when the file is gone, or does not hold what was kept.
    """
    file = folder / file_name_of(digest)
    try:
        table = pl.read_parquet(file.read_bytes())
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UnreadableInput(f"{file}: cannot be read ({error}); put back a copy, or {or_else}") from error
    if table_digest(table) != digest:
        raise UnreadableInput(f"{file}: is not what was kept; put back a copy, or {or_else}")
    return table
