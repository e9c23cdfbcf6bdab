"""Does a name that somebody chose stay a name where a table is opened?"""

import csv
import io

import polars as pl
import pytest

from baken.cli.reentry_view import reentry_csv
from baken.formats.csv_table import csv_of
from baken.operations.write_conjunctions import write_table

HOSTILE = ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\x00=1", '=1"\n,2']
HARMLESS = ["COSMOS 1408", "A=B", "", "R/B (DEB)", "é,軌道", 'a "b"', None]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_begins_a_formula(name: str) -> None:
    table = pl.DataFrame({"primary_name": [name], "tca_tai_ns": [1], "miss_distance_m": [-1.5]})
    for content in (csv_of(table), write_table(table, "csv")):
        _, cells = csv.reader(io.StringIO(content.decode(), newline=""))
        assert cells[0] == "'" + name
        assert cells[-1] == "-1.5"


def test_what_is_no_formula_is_written_as_it_is() -> None:
    content = csv_of(pl.DataFrame({"name": HARMLESS}))
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert [(row or [""])[0] for row in rows[1:]] == [name or "" for name in HARMLESS]


def test_a_table_without_words_or_rows_is_written_too() -> None:
    assert csv_of(pl.DataFrame({"a": [1], "b": [2.5]})) == b"a,b\n1,2.5\n"
    assert reentry_csv(()) == csv_of(pl.DataFrame())
