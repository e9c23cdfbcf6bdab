"""Is a table of element sets read to the last digit, as its publishers mean it, and does it come back?"""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sgp4 import omm as reference
from sgp4.api import Satrec

from baken.astro.time import tai_ns_from_utc
from baken.errors import BadMessage, UnreadableInput, WrongUsage
from baken.formats import omm_csv, tle
from baken.formats._omm_rows import element_set_from_row, element_sets_from_columns
from baken.formats.reading import Strictness
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet
from tests.conftest import Deviation
from tests.formats.element_sets import (
    CARRIED,
    VANGUARD,
    VANGUARD_ROW,
    catalogue_files,
    content_of,
    element_sets_of_messages,
)
from tests.formats.test_tle import LAST_PLACE_OF_A_TURN_RAD, elements_of

LENIENT = Strictness.LENIENT
SPACE_TRACK_ROW = {
    "CCSDS_OMM_VERS": "3.0",
    "COMMENT": "GENERATED VIA A WEB SERVICE",
    "CREATION_DATE": "2000-06-28T03:12:00",
    "ORIGINATOR": "18 SPCS",
    "CENTER_NAME": "EARTH",
    "REF_FRAME": "TEME",
    "TIME_SYSTEM": "UTC",
    "MEAN_ELEMENT_THEORY": "SGP4",
    **VANGUARD_ROW,
    "SEMIMAJOR_AXIS": "8634.398",
    "OBJECT_TYPE": "PAYLOAD",
    "RCS_SIZE": "SMALL",
    "DECAY_DATE": "",
    "GP_ID": "17",
    "TLE_LINE1": VANGUARD[1],
}


def table(*rows: Mapping[str, str], quoting: int = csv.QUOTE_MINIMAL, line_end: str = "\r\n") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def only(content: bytes) -> ElementSet:
    reading = omm_csv.read(content)
    assert reading.rejected == ()
    (element_set,) = reading.records
    return element_set


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


# --- Against others --------------------------------------------------------------------------------------


def elements_by_sgp4(row: Mapping[str, str]) -> list[float]:
    satellite = Satrec()
    # Its record ends at 339999, which says nothing about the elements.
    reference.initialize(satellite, {**row, "NORAD_CAT_ID": "5"})
    return [
        satellite.no_kozai / 60.0,
        satellite.ecco,
        satellite.inclo,
        satellite.nodeo,
        satellite.argpo,
        satellite.mo,
        satellite.bstar,
        satellite.ndot / 3600.0,
        satellite.nddot / 216_000.0,
    ]


def largest_difference(rows: Sequence[Mapping[str, str]], element_sets: Sequence[ElementSet]) -> float:
    theirs = np.array([elements_by_sgp4(row) for row in rows])
    return float(np.abs(theirs - np.array([elements_of(element_set) for element_set in element_sets])).max())


def test_the_published_example_reads_as_published() -> None:
    assert largest_difference([VANGUARD_ROW], [only(table(VANGUARD_ROW))]) <= LAST_PLACE_OF_A_TURN_RAD


def test_a_row_and_two_lines_of_one_set_are_one_set() -> None:
    assert tle.read(content_of(*VANGUARD)).records == (only(table(VANGUARD_ROW)),)


@pytest.mark.capability("Element sets in CSV (OMM)", status="VALIDATED", authority="python-sgp4 OMM reader")
@pytest.mark.parametrize("year", ["2024", "2026"])
def test_a_whole_catalogue_reads_as_the_reference_implementation_reads_it(
    shared_data: Path, year: str, deviation: Deviation
) -> None:
    (path,) = (path for path in catalogue_files(shared_data, "csv.gz") if year in path.name)
    content = gzip.decompress(path.read_bytes())
    rows, reading = rows_of(content), omm_csv.read(content)
    assert (reading.rejected, len(reading.records)) == ((), len(rows))
    numbers = [record.identity.norad_cat_id for record in reading.records]
    assert numbers == [int(row["NORAD_CAT_ID"]) for row in rows]
    some = slice(None, None, 20)
    deviation(largest_difference(rows[some], reading.records[some]), "rad", LAST_PLACE_OF_A_TURN_RAD)


# --- Against itself --------------------------------------------------------------------------------------


def read_slowly(rows: Sequence[Mapping[str, str]]) -> list[ElementSet | None]:
    slowly: list[ElementSet | None] = []
    for row in rows:
        try:
            slowly.append(element_set_from_row(row, (), CARRIED))
        except BadMessage:
            slowly.append(None)
    return slowly


def read_quickly(rows: Sequence[Mapping[str, str]]) -> list[ElementSet | None]:
    columns = {keyword: [row[keyword] for row in rows] for keyword in rows[0]}
    return element_sets_from_columns(columns, [()] * len(rows), CARRIED)


def test_many_rows_at_once_are_what_one_by_one_they_are(shared_data: Path) -> None:
    for path in catalogue_files(shared_data, "csv.gz"):
        rows = rows_of(gzip.decompress(path.read_bytes()))[::20]
        slowly, quickly = read_slowly(rows), read_quickly(rows)
        assert None not in slowly
        assert all(quick is None or quick == slow for quick, slow in zip(quickly, slowly, strict=True))
        assert quickly.count(None) < 0.01 * len(rows)


ODD = st.one_of(
    st.sampled_from(
        ["", " ", "0", "-1", "1e400", "nan", "inf", "1_0", "٣", "0x1", ".", "-", "UNKNOWN", "1" * 200]
    ),
    st.sampled_from(
        ["360.0001", "180.5", "1.0", "2000-06-31T00:00:00", "2000-180T00:00:00", "SGP", "TAI", "\x07"]
    ),
    st.text(max_size=5),
)


@given(st.data())
def test_the_quick_way_takes_nothing_that_the_clear_way_does_not(data: st.DataObject) -> None:
    rows = [dict(SPACE_TRACK_ROW) for _ in range(3)]
    for _ in range(data.draw(st.integers(1, 4))):
        row, keyword = data.draw(st.integers(0, 2)), data.draw(st.sampled_from(list(SPACE_TRACK_ROW)[2:]))
        rows[row][keyword] = data.draw(ODD)
    for quick, slow in zip(read_quickly(rows), read_slowly(rows), strict=True):
        assert quick is None or quick == slow


@settings(max_examples=50)
@given(st.lists(element_sets_of_messages(), min_size=1, max_size=3))
def test_what_is_written_reads_back_the_same(element_sets: list[ElementSet]) -> None:
    back = omm_csv.read(omm_csv.write(element_sets)).records
    # The order of other columns is the table's, not each set's own.
    assert [in_order(element_set) for element_set in back] == [in_order(one) for one in element_sets]


def in_order(element_set: ElementSet) -> ElementSet:
    return replace(element_set, other_fields=tuple(sorted(element_set.other_fields)))


def test_every_number_of_a_catalogue_comes_back_to_its_last_digit(shared_data: Path) -> None:
    for path in catalogue_files(shared_data, "csv.gz"):
        content = gzip.decompress(path.read_bytes())
        records = omm_csv.read(content).records
        back = omm_csv.write(records[::10])
        assert omm_csv.read(back).records == records[::10]
        for before, after in zip(rows_of(content)[::10], rows_of(back), strict=True):
            for keyword, text in before.items():
                same = text == after[keyword] or Decimal(text) == Decimal(after[keyword])
                assert same, f"{keyword} was {text} and came back as {after[keyword]}"


# --- Dialects --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        table(VANGUARD_ROW, line_end="\n"),
        table(VANGUARD_ROW, quoting=csv.QUOTE_ALL),
        b"\xef\xbb\xbf" + table(VANGUARD_ROW),
        table(dict(reversed(VANGUARD_ROW.items()))),
        b"\r\n" + table(VANGUARD_ROW) + b"\r\n\r\n",
        table(VANGUARD_ROW).rstrip(),
        table({**VANGUARD_ROW, "ECCENTRICITY": "0.1859667", "BSTAR": "2.8098e-05"}),
        table({**VANGUARD_ROW, "NORAD_CAT_ID": "00005", "INCLINATION": "034.2682"}),
        table({keyword: f" {text} " for keyword, text in VANGUARD_ROW.items()}),
        table({**VANGUARD_ROW, "MEAN_MOTION_DDOT": "", "EPOCH": "2000-179T18:50:19.733568Z"}),
        table(
            {k: text for k, text in VANGUARD_ROW.items() if k not in ("MEAN_MOTION_DDOT", "EPHEMERIS_TYPE")}
        ),
    ],
    ids=[
        *(
            "LF",
            "quoted",
            "byte order mark",
            "other order",
            "blank lines",
            "no last line end",
            "plain decimals",
        ),
        *("padded numbers", "blanks around", "blank rate and day of year", "columns left out"),
    ],
)
def test_a_row_reads_the_same_in_every_dialect(content: bytes) -> None:
    assert only(content) == only(table(VANGUARD_ROW))


def test_space_track_columns_are_kept_or_understood() -> None:
    element_set = only(table(SPACE_TRACK_ROW, quoting=csv.QUOTE_ALL))
    assert element_set.originator == "18 SPCS"
    assert element_set.created_tai_ns == tai_ns_from_utc("2000-06-28T03:12:00")
    assert element_set.comments == ("GENERATED VIA A WEB SERVICE",)
    kept = dict(element_set.other_fields)
    assert list(kept) == ["SEMIMAJOR_AXIS", "OBJECT_TYPE", "RCS_SIZE", "GP_ID", "TLE_LINE1"]
    assert kept["TLE_LINE1"] == VANGUARD[1]
    assert only(omm_csv.write([element_set])) == element_set


@pytest.mark.parametrize("norad_cat_id", [270_387, 340_000, 799_500_124, 999_999_999])
def test_catalogue_numbers_of_nine_digits_come_and_go(norad_cat_id: int) -> None:
    element_set = only(table({**VANGUARD_ROW, "NORAD_CAT_ID": str(norad_cat_id)}))
    assert element_set.identity.norad_cat_id == norad_cat_id
    assert only(omm_csv.write([element_set])) == element_set


def test_an_object_without_designator_or_name_has_none() -> None:
    identity = only(table({**VANGUARD_ROW, "OBJECT_ID": "", "OBJECT_NAME": ""})).identity
    assert (identity.cospar_id, identity.name, identity.norad_cat_id) == (None, None, 5)


def test_repeated_rows_are_opinions_and_are_kept() -> None:
    assert len(omm_csv.read(table(VANGUARD_ROW, VANGUARD_ROW)).records) == 2


def test_a_name_may_hold_commas_and_quotes() -> None:
    element_set = only(table({**VANGUARD_ROW, "OBJECT_NAME": 'SL-6 "R/B", (2)'}))
    assert element_set.identity.name == 'SL-6 "R/B", (2)'
    assert only(omm_csv.write([element_set])) == element_set


def test_every_set_carries_its_world_and_its_marking() -> None:
    marking = Marking(owner="NL", releasable_to=frozenset({"NL"}))
    unplain = {**VANGUARD_ROW, "OBJECT_ID": "UNKNOWN"}  # read the slow way
    records = omm_csv.read(table(VANGUARD_ROW, unplain), realm=Realm.EXERCISE, marking=marking).records
    assert [(record.realm, record.marking) for record in records] == [(Realm.EXERCISE, marking)] * 2


# --- What is wrong is named ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("EPOCH", "2000-06-31T00:00:00"),
        ("EPOCH", ""),
        ("EPOCH", "1969-06-27T00:00:00"),
        ("MEAN_MOTION", "0"),
        ("MEAN_MOTION", "-1.5"),
        ("MEAN_MOTION", "10,8"),
        ("MEAN_MOTION", "nan"),
        ("MEAN_MOTION", "1e999"),
        ("ECCENTRICITY", "1.0"),
        ("ECCENTRICITY", "-.1"),
        ("INCLINATION", "180.0001"),
        ("RA_OF_ASC_NODE", "infinity"),
        ("ARG_OF_PERICENTER", "1_0.0"),
        ("MEAN_ANOMALY", "12.5O"),
        ("NORAD_CAT_ID", "1234567890"),
        ("NORAD_CAT_ID", "T0288"),
        ("NORAD_CAT_ID", ""),
        ("NORAD_CAT_ID", "-5"),
        ("BSTAR", ".28098-4"),
        ("ELEMENT_SET_NO", "4.5"),
        ("REV_AT_EPOCH", "many"),
        ("EPHEMERIS_TYPE", "none"),
        ("OBJECT_NAME", "A\x1b[31mB"),
        ("OBJECT_NAME", "A\x00B"),
        ("MEAN_ELEMENT_THEORY", "DSST"),
        ("REF_FRAME", "GCRF"),
        ("CENTER_NAME", "MARS"),
        ("TIME_SYSTEM", "MARS"),
        ("CREATION_DATE", "yesterday"),
        ("CCSDS_OMM_VERS", "9.0"),
    ],
)
def test_a_fault_costs_one_row_and_names_its_line_and_field(keyword: str, text: str) -> None:
    faulty = {**SPACE_TRACK_ROW, keyword: text}
    for strictness in Strictness:
        reading = omm_csv.read(table(SPACE_TRACK_ROW, faulty, SPACE_TRACK_ROW), strictness=strictness)
        assert len(reading.records) == 2
        assert [(rejection.line, rejection.field) for rejection in reading.rejected] == [(3, keyword)]


def test_rows_with_a_cell_too_few_or_an_open_quote_cost_only_themselves() -> None:
    lines = table(VANGUARD_ROW, VANGUARD_ROW, VANGUARD_ROW, VANGUARD_ROW).decode().splitlines()
    lines[2] = lines[2].rpartition(",")[0]
    lines[3] = '"' + lines[3]
    reading = omm_csv.read("\n".join(lines).encode())
    assert (len(reading.records), [rejection.line for rejection in reading.rejected]) == (2, [3, 4])


def test_letters_that_are_not_utf_8_are_taken_leniently_and_told() -> None:
    curacao = table(VANGUARD_ROW, {**VANGUARD_ROW, "OBJECT_NAME": "CURAÇAO"}).decode().encode("latin-1")
    assert [rejection.line for rejection in omm_csv.read(curacao).rejected] == [3]
    lenient = omm_csv.read(curacao, strictness=LENIENT)
    assert [deviation.line for deviation in lenient.deviations] == [3]
    assert lenient.records[1].identity.name == "CURAÇAO"


# --- Broken input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02" * 50,
        b"hello, world",
        table(VANGUARD_ROW).splitlines()[0],
        table(VANGUARD_ROW).replace(b"EPOCH,", b"WHEN,", 1),
        table(VANGUARD_ROW).replace(b"EPOCH,", b"EPOCH,EPOCH,", 1),
        b"EPOCH," + b"x," * 1_000_000,
        b"x" * 1_000_000,
    ],
)
def test_what_is_no_table_of_element_sets_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match="; "):
        omm_csv.read(content)


def test_one_giant_line_costs_one_row() -> None:
    content = table(VANGUARD_ROW) + b"x," * 500_000 + b"\r\n" + table(VANGUARD_ROW).splitlines()[1]
    reading = omm_csv.read(content)
    assert (len(reading.records), [rejection.line for rejection in reading.rejected]) == (2, [3])


@settings(max_examples=50)
@given(st.integers(1, 600))
def test_a_table_cut_anywhere_gives_the_rows_before_the_cut(n_lost: int) -> None:
    content = table(*[SPACE_TRACK_ROW] * 4)
    whole = omm_csv.read(content).records
    reading = omm_csv.read(content[:-n_lost])
    n_whole = content[:-n_lost].count(b"\n") - 1
    assert reading.records[:n_whole] == whole[:n_whole]
    assert reading.n_read <= n_whole + 1


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_stumble(content: bytes) -> None:
    for start in (b"", table(VANGUARD_ROW)):
        try:
            reading = omm_csv.read(start + content, strictness=LENIENT)
        except UnreadableInput:
            continue
        assert len(reading.records) >= 1


def test_a_line_break_in_a_text_is_refused_when_written() -> None:
    element_set = replace(only(table(VANGUARD_ROW)), comments=("one\ntwo",))
    with pytest.raises(WrongUsage, match="omm-json"):
        omm_csv.write([element_set])
