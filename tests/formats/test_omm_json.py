"""Are element sets in JSON read to the last digit, as far as the text goes, and do they come back?"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import UnreadableInput, WrongUsage
from baken.formats import omm_csv, omm_json
from baken.formats.reading import Strictness
from baken.records.orbit import ElementSet
from tests.conftest import Deviation
from tests.formats.element_sets import VANGUARD_ROW, catalogue_files, element_sets_of_messages
from tests.formats.test_omm_csv import SPACE_TRACK_ROW, in_order, largest_difference, table
from tests.formats.test_tle import LAST_PLACE_OF_A_TURN_RAD

LENIENT = Strictness.LENIENT
TEXTS = ("OBJECT_NAME", "OBJECT_ID", "EPOCH", "CLASSIFICATION_TYPE")
NUMBERS = {
    keyword: float(text) if "." in text else int(text)
    for keyword, text in VANGUARD_ROW.items()
    if keyword not in TEXTS
}


def document(*objects: Mapping[str, object]) -> bytes:
    return json.dumps(objects, ensure_ascii=False).encode()


def only(content: bytes) -> ElementSet:
    reading = omm_json.read(content)
    assert reading.rejected == ()
    (element_set,) = reading.records
    return element_set


@pytest.mark.capability("Element sets in JSON (OMM)", status="VALIDATED", authority="python-sgp4 OMM reader")
def test_the_published_example_reads_as_published(deviation: Deviation) -> None:
    off_rad = largest_difference([VANGUARD_ROW], [only(document(VANGUARD_ROW))])
    deviation(off_rad, "rad", LAST_PLACE_OF_A_TURN_RAD)


@pytest.mark.parametrize(
    "content",
    [
        document({**VANGUARD_ROW, **NUMBERS}),
        json.dumps(VANGUARD_ROW).encode(),
        json.dumps([VANGUARD_ROW], indent=2).encode(),
        b"\xef\xbb\xbf" + document(VANGUARD_ROW),
        b"\r\n [ " + json.dumps(VANGUARD_ROW).encode() + b" ]\r\n",
        document(dict(reversed(VANGUARD_ROW.items()))),
        document({**VANGUARD_ROW, "DECAY_DATE": None, "COMMENT": ""}),
    ],
    ids=["bare numbers", "one object", "indented", "byte order mark", "blanks", "other order", "nulls"],
)
def test_an_object_reads_the_same_in_every_dialect(content: bytes) -> None:
    assert only(content) == omm_csv.read(table(VANGUARD_ROW)).records[0]


def test_a_message_of_space_track_reads_alike_in_json_and_csv() -> None:
    element_set = only(document(SPACE_TRACK_ROW))
    assert element_set == omm_csv.read(table(SPACE_TRACK_ROW)).records[0]
    assert only(omm_json.write([element_set])) == element_set


def test_no_digit_is_lost_between_text_and_number() -> None:
    content = b'[{"NORAD_CAT_ID":999999999,"GP_ID":12345678901234567890,"X":0.10000000000000000001,'
    content += document(VANGUARD_ROW)[2:].replace(b'"NORAD_CAT_ID": "5", ', b"")
    element_set = only(content)
    assert element_set.identity.norad_cat_id == 999_999_999
    assert element_set.other_fields == (("GP_ID", "12345678901234567890"), ("X", "0.10000000000000000001"))
    assert only(omm_json.write([element_set])) == element_set


def test_a_whole_catalogue_comes_back_as_it_went_out(shared_data: Path) -> None:
    for path in catalogue_files(shared_data, "csv.gz"):
        records = omm_csv.read(gzip.decompress(path.read_bytes())).records[::10]
        assert omm_json.read(omm_json.write(records)).records == records


@settings(max_examples=50)
@given(st.lists(element_sets_of_messages(), min_size=1, max_size=3))
def test_what_is_written_reads_back_the_same(element_sets: list[ElementSet]) -> None:
    content = omm_json.write(element_sets)
    assert isinstance(json.loads(content), list)
    back = omm_json.read(content).records
    assert [in_order(element_set) for element_set in back] == [in_order(one) for one in element_sets]


def test_comments_and_texts_may_hold_anything() -> None:
    element_set = replace(
        only(document(VANGUARD_ROW)), comments=('one\ntwo "quoted"', "drie"), other_fields=(("X", "a, b\\c"),)
    )
    assert only(omm_json.write([element_set])) == element_set


def test_only_element_sets_can_be_written() -> None:
    with pytest.raises(WrongUsage, match="element sets only"):
        omm_json.write([VANGUARD_ROW])


# --- What is wrong is named ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"EPOCH": None}, "EPOCH"),
        ({"MEAN_MOTION": True}, "MEAN_MOTION"),
        ({"MEAN_MOTION": [10.8]}, "MEAN_MOTION"),
        ({"MEAN_MOTION": {"value": 10.8}}, "MEAN_MOTION"),
        ({"MEAN_MOTION": float("nan")}, "MEAN_MOTION"),
        ({"ECCENTRICITY": 1.5}, "ECCENTRICITY"),
        ({"INCLINATION": 181}, "INCLINATION"),
        ({"NORAD_CAT_ID": 5.5}, "NORAD_CAT_ID"),
        ({"OBJECT_NAME": "A\x1b[31mB"}, "OBJECT_NAME"),
        ({"TIME_SYSTEM": "LOCAL"}, "TIME_SYSTEM"),
    ],
)
def test_a_fault_costs_one_object_and_names_its_line_and_field(change: dict[str, object], field: str) -> None:
    objects = [VANGUARD_ROW, {**VANGUARD_ROW, **change}, VANGUARD_ROW]
    content = "[\n" + ",\n".join(map(json.dumps, objects)) + "]\n"
    reading = omm_json.read(content.encode())
    assert len(reading.records) == 2
    assert [(rejection.line, rejection.field) for rejection in reading.rejected] == [(3, field)]
    assert reading.rejected[0].reason.endswith(", in element 2")


def test_a_field_that_stands_twice_has_no_meaning() -> None:
    twice = document(VANGUARD_ROW).replace(b'"EPOCH"', b'"EPOCH": "2001-01-01T00:00:00", "EPOCH"')
    reading = omm_json.read(twice)
    assert (reading.records, reading.rejected[0].field) == ((), "EPOCH")


def test_what_is_no_object_is_rejected_among_objects() -> None:
    reading = omm_json.read(b"[1, " + document(VANGUARD_ROW)[1:])
    assert (len(reading.records), len(reading.rejected)) == (1, 1)


@settings(max_examples=60)
@given(st.integers(1, 3 * len(document(SPACE_TRACK_ROW)) - 1))
def test_a_text_cut_anywhere_gives_the_objects_before_the_cut(length: int) -> None:
    content = document(*[SPACE_TRACK_ROW] * 3)
    whole = omm_json.read(content).records
    try:
        reading = omm_json.read(content[:length])
    except UnreadableInput:
        assert length < len(document(SPACE_TRACK_ROW))
    else:
        assert reading.records == whole[: content[:length].count(b"}")]
        assert len(reading.rejected) == 1


def test_letters_that_are_not_utf_8_are_taken_leniently_and_told() -> None:
    curacao = document({**VANGUARD_ROW, "OBJECT_NAME": "CURAÇAO"}).decode().encode("latin-1")
    with pytest.raises(UnreadableInput, match="UTF-8"):
        omm_json.read(curacao)
    lenient = omm_json.read(curacao, strictness=LENIENT)
    assert (lenient.records[0].identity.name, lenient.deviations[0].line) == ("CURAÇAO", 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"7",
        b"[[]]",
        b"{",
        b'[{"OBJECT_NAME": "ISS (ZAR',
        b"\x00\x01\x02" * 50,
        b"[" * 1_000_000,
        b'{"EPOCH":' * 100_000,
        b'[{"TLE1": "1 00005U", "TLE2": "2 00005"}]',
        b'{"type": "bundle", "objects": []}',
        b'[{"error":"something else"}]',
    ],
)
def test_what_holds_no_mean_elements_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match="; "):
        omm_json.read(content)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_stumble(content: bytes) -> None:
    for start in (b"", b"[", document(VANGUARD_ROW)[:-1], document(VANGUARD_ROW)[:-1] + b","):
        try:
            reading = omm_json.read(start + content, strictness=LENIENT)
        except UnreadableInput:
            continue
        assert reading.n_read >= 1
