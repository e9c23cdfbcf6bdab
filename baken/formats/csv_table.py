"""A table as CSV, which people open in a spreadsheet: no cell of it is a formula there."""

import polars as pl

# What a spreadsheet takes for the beginning of one, or skips on the way to one (OWASP ASVS 5.0, 1.2.10).
FORMULA = r"^\s*[=+\-@\x00]|^[\t\r\n]"


def csv_of(table: pl.DataFrame) -> bytes:
    """Return a table as CSV (RFC 4180); a quote mark stands before what a spreadsheet would reckon.

    >>> csv_of(pl.DataFrame({"name": ["=1+1", "COSMOS 1408", None], "miss_m": [-1.5, 2.0, 3.0]})).decode()
    "name,miss_m\\n'=1+1,-1.5\\nCOSMOS 1408,2.0\\n,3.0\\n"
    """
    words = pl.col(pl.String)
    safe = pl.when(words.str.contains(FORMULA)).then(pl.lit("'") + words).otherwise(words)
    return table.with_columns(safe.name.keep()).write_csv().encode()
