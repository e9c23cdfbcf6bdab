"""Are element sets in two lines read as their publishers mean them, and is nothing squeezed when written?"""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sgp4.api import Satrec

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.errors import BadMessage, UnreadableInput, WrongUsage
from baken.formats import tle
from baken.formats._tle_columns import element_sets_from_pairs
from baken.formats._tle_lines import checksum
from baken.formats.reading import Strictness
from baken.records.identity import identity_from_norad
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet, Theory
from tests.conftest import Deviation
from tests.formats.element_sets import (
    CARRIED,
    VANGUARD,
    catalogue_files,
    content_of,
    element_sets_of_messages,
    element_sets_of_two_lines,
)

NAME, LINE_1, LINE_2 = VANGUARD
LENIENT = Strictness.LENIENT
# Both readers multiply a decimal by pi and divide; they may round differently in the last place of a turn.
LAST_PLACE_OF_A_TURN_RAD = 2.0**-50
HALF_A_MICROSECOND_S = 0.5e-6  # python-sgp4 keeps the day of the year in a double


def with_true_checksum(line: str) -> str:
    return f"{line[:68]}{checksum(line)}"


def edited(line: str, column: int, text: str) -> str:
    """Return a line with a text put in from a column (counted from 1), and its checksum made true again."""
    return with_true_checksum(line[: column - 1] + text + line[column - 1 + len(text) :])


def only(content: bytes, strictness: Strictness = Strictness.STRICT) -> ElementSet:
    reading = tle.read(content, strictness=strictness)
    assert reading.rejected == ()
    (element_set,) = reading.records
    return element_set


# --- Against others --------------------------------------------------------------------------------------


def elements_by_sgp4(line_1: str, line_2: str) -> list[float]:
    satellite = Satrec.twoline2rv(line_1, line_2)
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


def elements_of(element_set: ElementSet) -> list[float]:
    return [
        element_set.mean_motion_rad_s,
        element_set.eccentricity,
        element_set.inclination_rad,
        element_set.raan_rad,
        element_set.argument_of_perigee_rad,
        element_set.mean_anomaly_rad,
        element_set.bstar_per_earth_radius,
        element_set.mean_motion_dot_rad_s2,
        element_set.mean_motion_ddot_rad_s3,
    ]


def largest_difference(pairs: list[tuple[str, str]], element_sets: list[ElementSet]) -> float:
    theirs = np.array([elements_by_sgp4(*pair) for pair in pairs])
    return float(np.abs(theirs - np.array([elements_of(element_set) for element_set in element_sets])).max())


def test_the_published_example_reads_as_published() -> None:
    vanguard = only(content_of(*VANGUARD))
    assert vanguard.identity == identity_from_norad(5, name="VANGUARD 1", cospar_id="1958-002B")
    assert utc_text(vanguard.epoch_tai_ns, 9) == "2000-06-27T18:50:19.733568000Z"
    assert (vanguard.element_set_no, vanguard.rev_at_epoch, vanguard.classification) == (475, 41366, "U")
    assert largest_difference([(LINE_1, LINE_2)], [vanguard]) <= LAST_PLACE_OF_A_TURN_RAD


@pytest.mark.capability("Element sets in two lines (TLE)", status="VALIDATED", authority="python-sgp4 reader")
@pytest.mark.parametrize("year", ["2013", "2019", "2022", "2023", "2024"])
def test_a_whole_catalogue_reads_as_the_reference_implementation_reads_it(
    shared_data: Path, year: str, deviation: Deviation
) -> None:
    (path,) = (
        path for path in catalogue_files(shared_data, ".gz") if year in path.name and "csv" not in path.name
    )
    content = gzip.decompress(path.read_bytes())
    lines = [line for line in content.decode().splitlines() if line[:2] in ("1 ", "2 ")]
    pairs = list(zip(lines[::2], lines[1::2], strict=True))
    reading = tle.read(content)
    assert (reading.rejected, reading.n_read) == ((), len(pairs))
    some = slice(None, None, 20)
    deviation(largest_difference(pairs[some], list(reading.records[some])), "rad", LAST_PLACE_OF_A_TURN_RAD)


# --- Against itself --------------------------------------------------------------------------------------


def read_slowly(content: bytes) -> list[ElementSet | None]:
    slowly: list[ElementSet | None] = []
    for pair in tle._sorted_out(content)[0]:
        try:
            element_set, odd = tle.element_set_from_pair(pair, CARRIED)
        except BadMessage:
            slowly.append(None)
        else:
            slowly.append(None if odd else element_set)
    return slowly


def assert_fast_is_slow(content: bytes) -> None:
    quickly = element_sets_from_pairs(tle._sorted_out(content)[0], CARRIED)
    for quick, slow in zip(quickly, read_slowly(content), strict=True):
        # The quick way may doubt what the slow one takes; what it takes itself, it takes alike.
        assert quick is None or quick == slow


def test_many_sets_at_once_are_what_one_by_one_they_are(shared_data: Path) -> None:
    for path in [
        *catalogue_files(shared_data, ".3le.gz"),
        *shared_data.glob("catalogue_series/analyst/*.gz"),
    ]:
        lines = gzip.decompress(path.read_bytes()).splitlines()
        assert_fast_is_slow(b"\n".join(lines[: 3 * 200] + lines[-3 * 100 :]))


@given(st.data())
def test_the_quick_way_takes_nothing_that_the_clear_way_does_not(data: st.DataObject) -> None:
    lines = [LINE_1, LINE_2]
    for _ in range(data.draw(st.integers(1, 3))):
        which, column = data.draw(st.integers(0, 1)), data.draw(st.integers(3, 68))
        character = data.draw(
            st.one_of(st.sampled_from("0123456789 .+-ATIO"), st.characters(max_codepoint=255))
        )
        lines[which] = lines[which][: column - 1] + character + lines[which][column:]
    text = "\n".join([data.draw(st.sampled_from(["", "NAME", "0 N\x07"])), *map(with_true_checksum, lines)])
    assert_fast_is_slow(text.encode("latin-1"))


@settings(max_examples=50)
@given(st.lists(element_sets_of_two_lines(), min_size=1, max_size=3))
def test_what_is_written_reads_back_the_same(element_sets: list[ElementSet]) -> None:
    assert tle.read(tle.write(element_sets)).records == tuple(element_sets)


def test_a_whole_catalogue_comes_back_as_it_went_out(shared_data: Path) -> None:
    for path in catalogue_files(shared_data, ".3le.gz")[:2]:
        records = tle.read(gzip.decompress(path.read_bytes())).records[::25]
        assert tle.read(tle.write(records)).records == records


def test_a_week_of_a_constellation_loses_only_the_set_its_publisher_broke(shared_data: Path) -> None:
    (path,) = shared_data.glob("catalogue_series/starlink*.tle.gz")
    reading = tle.read(gzip.decompress(path.read_bytes()))
    assert (len(reading.records), reading.n_read) == (183_262, 183_263)
    # A drag term with a two-digit power of ten: everything after it stands one column too far.
    assert reading.rejected[0].line == 265_319


def test_the_lines_of_vimpel_are_not_taken_for_catalogue_numbers(shared_data: Path) -> None:
    json = gzip.decompress(next(shared_data.glob("catalogue_series/vimpel/*2024*.gz")).read_bytes()).decode()
    content = "\n".join(line.split('"')[3] for line in json.splitlines() if '"TLE' in line)
    for strictness in Strictness:
        reading = tle.read(content.encode(), strictness=strictness)
        assert (reading.records, reading.n_read) == ((), 9427)


# --- Dialects that are no faults -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        content_of(LINE_1, LINE_2),
        content_of("VANGUARD 1              ", LINE_1, LINE_2),
        ("\r\n".join(VANGUARD) + "\r\n").encode(),
        b"\xef\xbb\xbf" + content_of(*VANGUARD),
        content_of("", NAME, "", LINE_1, "   ", LINE_2, ""),
        "\n".join(VANGUARD).encode(),
        content_of(NAME, edited(LINE_1, 3, "    5"), edited(LINE_2, 3, "    5")),
        content_of(NAME, edited(edited(LINE_1, 34, "+"), 54, "+"), LINE_2),
        content_of(NAME, LINE_1, edited(LINE_2, 9, "034.2682")),
        content_of(NAME, edited(LINE_1, 63, " "), LINE_2),
        content_of(NAME, LINE_1, edited(LINE_2, 3, "    5")),
    ],
    ids=[
        *("two lines", "bare name", "CRLF", "byte order mark", "blank lines", "no last line end"),
        *("padded number", "plus signs", "padded angle", "no ephemeris type", "numbers padded unlike"),
    ],
)
def test_a_set_reads_the_same_in_every_dialect(content: bytes) -> None:
    dialect, plain = only(content), only(content_of(*VANGUARD))
    assert replace(dialect, identity=plain.identity) == plain
    assert dialect.identity.name in {None, "VANGUARD 1"}


def test_sets_with_and_without_names_may_stand_together() -> None:
    reading = tle.read(content_of(LINE_1, LINE_2, *VANGUARD, "BARE", LINE_1, LINE_2))
    assert [element_set.identity.name for element_set in reading.records] == [None, "VANGUARD 1", "BARE"]


def test_a_name_may_look_like_the_number_of_a_line() -> None:
    for name in ("1 HOPPER", "2 HOPPER", "1KUNS-PF"):
        assert only(content_of(name, LINE_1, LINE_2)).identity.name == name


def test_repeated_sets_are_opinions_and_are_kept() -> None:
    assert len(tle.read(content_of(*VANGUARD, *VANGUARD)).records) == 2


def test_every_set_carries_its_world_and_its_marking() -> None:
    marking = Marking(owner="NL", releasable_to=frozenset({"NL"}))
    for strictness in Strictness:
        (record,) = tle.read(
            content_of(*VANGUARD), strictness=strictness, realm=Realm.TEST, marking=marking
        ).records
        assert (record.realm, record.marking) == (Realm.TEST, marking)


# --- Numbers and epochs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "norad_cat_id"),
    [
        ("00005", 5),
        ("99999", 99_999),
        ("A0000", 100_000),
        ("H9999", 179_999),
        ("J0000", 180_000),
        ("P0000", 230_000),
        ("Z9999", 339_999),
    ],
)
def test_alpha_5_counts_past_the_letters_that_look_like_digits(columns: str, norad_cat_id: int) -> None:
    element_set = only(content_of(edited(LINE_1, 3, columns), edited(LINE_2, 3, columns)))
    assert element_set.identity.norad_cat_id == norad_cat_id
    assert f"1 {columns}U".encode() in tle.write([element_set])


@pytest.mark.parametrize("columns", ["I0000", "O0000", "a0000", "A 000", "AB000", "1 5  ", "-0005", "     "])
def test_a_number_that_is_none_is_refused(columns: str) -> None:
    reading = tle.read(content_of(edited(LINE_1, 3, columns), edited(LINE_2, 3, columns)), strictness=LENIENT)
    assert [(rejection.line, rejection.field) for rejection in reading.rejected] == [(1, "NORAD_CAT_ID")]


@pytest.mark.parametrize(
    ("columns", "utc"),
    [
        ("00179.78495062", "2000-06-27T18:50:19.733568"),
        ("24366.99999999", "2024-12-31T23:59:59.999136"),
        ("72001.00000000", "1972-01-01T00:00:00"),
        ("56001.00000001", "2056-01-01T00:00:00.000864"),
        ("16366.50000000", "2016-12-31T12:00:00"),
    ],
)
def test_an_epoch_is_exact_to_the_nanosecond(columns: str, utc: str) -> None:
    epoch_tai_ns = only(content_of(edited(LINE_1, 19, columns), LINE_2)).epoch_tai_ns
    assert epoch_tai_ns == tai_ns_from_utc(utc)


def test_every_published_part_of_a_day_is_where_the_reference_puts_it(deviation: Deviation) -> None:
    off_s = []
    for parts in range(0, 100_000_000, 1_234_567):
        line_1 = edited(LINE_1, 19, f"24100.{parts:08d}")
        satellite = Satrec.twoline2rv(line_1, LINE_2)
        epoch_tai_ns = only(content_of(line_1, LINE_2)).epoch_tai_ns
        seconds_of_day = (epoch_tai_ns - tai_ns_from_utc("2024-04-09T00:00:00")) / 1e9
        off_s.append(abs((satellite.epochdays - 100.0) * 86_400.0 - seconds_of_day))
    deviation(max(off_s), "s", HALF_A_MICROSECOND_S)


# --- What is wrong is named ------------------------------------------------------------------------------

FAULTS = [
    (1, edited(LINE_1, 19, "24367.00000000"), "EPOCH"),
    (1, edited(LINE_1, 19, "23366.00000000"), "EPOCH"),
    (1, edited(LINE_1, 19, "24000.00000000"), "EPOCH"),
    (1, edited(LINE_1, 19, "57300.00000000"), "EPOCH"),
    (1, edited(LINE_1, 19, "2410O.00000000"), "EPOCH"),
    (1, edited(LINE_1, 34, " 0.0000023"), "MEAN_MOTION_DOT"),
    (1, edited(LINE_1, 54, " 28098 4"), "BSTAR"),
    (1, edited(LINE_1, 54, " 2809--4"), "BSTAR"),
    (1, edited(LINE_1, 45, " 0000x-0"), "MEAN_MOTION_DDOT"),
    (1, edited(LINE_1, 63, "6"), "EPHEMERIS_TYPE"),
    (1, edited(LINE_1, 65, "47 5"), "ELEMENT_SET_NO"),
    (1, edited(LINE_1, 8, "X"), "CLASSIFICATION_TYPE"),
    (1, edited(LINE_1, 10, "5800B   "), "OBJECT_ID"),
    (1, edited(LINE_1, 18, "x"), "LINE1"),
    (1, edited(LINE_1, 45, "\x00"), "MEAN_MOTION_DDOT"),
    (1, LINE_1[:50], "LINE1"),
    (2, edited(LINE_2, 9, "180.0001"), "INCLINATION"),
    (2, edited(LINE_2, 18, "360.0001"), "RA_OF_ASC_NODE"),
    (2, edited(LINE_2, 35, "400.0000"), "ARG_OF_PERICENTER"),
    (2, edited(LINE_2, 44, "-19.3264"), "MEAN_ANOMALY"),
    (2, edited(LINE_2, 44, "1 9.3264"), "MEAN_ANOMALY"),
    (2, edited(LINE_2, 27, "18x9667"), "ECCENTRICITY"),
    (2, edited(LINE_2, 53, " 0.00000000"), "MEAN_MOTION"),
    (2, edited(LINE_2, 64, "41 66"), "REV_AT_EPOCH"),
    (2, edited(LINE_2, 3, "00006"), "NORAD_CAT_ID"),
    (2, LINE_2[:60], "LINE2"),
]


@pytest.mark.parametrize(("at", "line", "field"), FAULTS)
def test_a_fault_costs_one_set_and_names_its_line_and_field(at: int, line: str, field: str) -> None:
    faulty = [NAME, line, LINE_2] if at == 1 else [NAME, LINE_1, line]
    for strictness in Strictness:
        reading = tle.read(content_of(*VANGUARD, *faulty, *VANGUARD), strictness=strictness)
        assert len(reading.records) == 2
        assert [(rejection.line, rejection.field) for rejection in reading.rejected] == [(4 + at, field)]


@pytest.mark.parametrize("strictness", Strictness)
def test_a_wrong_checksum_is_never_forgiven(strictness: Strictness) -> None:
    wrong = LINE_2[:68] + str((int(LINE_2[68]) + 1) % 10)
    reading = tle.read(content_of(*VANGUARD, LINE_1, wrong), strictness=strictness)
    assert len(reading.records) == 1
    assert reading.rejected[0].line == 5
    assert reading.rejected[0].reason == "checksum is 8, the line adds up to 7"


@given(st.integers(0, 1), st.integers(0, 67), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(which: int, column: int, digit: str) -> None:
    lines = [LINE_1, LINE_2]
    was = lines[which][column]
    lines[which] = lines[which][:column] + digit + lines[which][column + 1 :]
    records = tle.read(content_of(*lines), strictness=LENIENT).records if column else ()
    # A blank and a zero count alike in the checksum, and mean the same; so do a plus, a point, a letter.
    assert was == digit or digit == "0" or not was.isdigit() or records == ()


def test_lines_that_belong_to_nothing_are_rejected_by_number() -> None:
    reading = tle.read(content_of(LINE_2, "STRAY", *VANGUARD, LINE_1), strictness=LENIENT)
    assert len(reading.records) == 1
    assert [(rejection.line, rejection.field) for rejection in reading.rejected] == [
        (1, "LINE2"),
        (2, "LINE0"),
        (6, "LINE1"),
    ]


def test_two_sets_that_lost_a_line_each_do_not_make_one() -> None:
    reading = tle.read(content_of(LINE_1, edited(LINE_2, 3, "00011")), strictness=LENIENT)
    assert (reading.records, reading.rejected[0].field) == ((), "NORAD_CAT_ID")


# --- Leniently -------------------------------------------------------------------------------------------

NEARLY = [
    ([NAME, LINE_1[:68], LINE_2], 2, "LINE1"),
    ([NAME, LINE_1, LINE_2 + "     0.00      4320.0        360.00"], 3, "LINE2"),
    ([NAME, edited(LINE_1, 8, " "), LINE_2], 2, "CLASSIFICATION_TYPE"),
    ([NAME, LINE_1, edited(LINE_2, 27, "  59667")], 3, "ECCENTRICITY"),
    ([NAME, edited(LINE_1, 19, " 0  9.78495062"), LINE_2], 2, "EPOCH"),
    (["# A remark", NAME, LINE_1, LINE_2], 1, "LINE0"),
    ([NAME, "# A remark", LINE_1, LINE_2], 2, "LINE0"),
]


@pytest.mark.parametrize(("lines", "at", "keyword"), NEARLY)
def test_what_is_nearly_right_is_told_and_taken_only_leniently(
    lines: list[str], at: int, keyword: str
) -> None:
    strict, lenient = tle.read(content_of(*lines)), tle.read(content_of(*lines), strictness=LENIENT)
    assert [(rejection.line, rejection.field) for rejection in strict.rejected] == [(at, keyword)]
    assert [(deviation.line, deviation.keyword) for deviation in lenient.deviations] == [(at, keyword)]
    assert (lenient.rejected, len(lenient.records)) == ((), 1)
    assert lenient.records[0].identity.name == "VANGUARD 1"


def test_a_name_in_latin_1_is_taken_leniently() -> None:
    content = "CURAÇAO\n".encode("latin-1") + content_of(LINE_1, LINE_2)
    assert tle.read(content).rejected[0].field == "OBJECT_NAME"
    lenient = tle.read(content, strictness=LENIENT)
    assert lenient.records[0].identity.name == "CURAÇAO"
    assert lenient.deviations[0].keyword == "OBJECT_NAME"


def test_a_set_of_sgp4_xp_is_carried_as_that_and_nothing_else() -> None:
    content = content_of(edited(LINE_1, 63, "4"), LINE_2)
    element_set = only(content)
    assert (element_set.theory, element_set.bstar_per_earth_radius) == (Theory.SGP4_XP, 0.0)
    assert dict(element_set.other_fields) == {"BTERM": ".28098E-4", "AGOM": ".00000E-0"}
    assert only(tle.write([element_set])).theory is Theory.SGP4_XP


# --- Broken input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x00\x01\x02" * 50, b"<html>", b"hello", b"x" * 1_000_000]
)
def test_what_holds_no_element_set_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableInput):
        tle.read(content)


@settings(max_examples=30)
@given(st.integers(0, 3 * len(content_of(*VANGUARD))))
def test_a_file_cut_anywhere_gives_what_stood_before_the_cut(length: int) -> None:
    content = content_of(*VANGUARD, *VANGUARD, *VANGUARD)
    whole = tle.read(content).records
    try:
        reading = tle.read(content[:length], strictness=LENIENT)
    except UnreadableInput:
        assert length < len(NAME) + 30
    else:
        # Only the checksum can be missed without harm: it says nothing that the line does not.
        assert reading.records == whole[: len(reading.records)]
        assert len(reading.records) >= length // len(content_of(*VANGUARD))


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_stumble(content: bytes) -> None:
    for start in (b"", content_of(*VANGUARD), LINE_1.encode() + b"\n2 "):
        try:
            reading = tle.read(start + content, strictness=LENIENT)
        except UnreadableInput:
            continue
        assert reading.n_read >= len(reading.records)


# --- What does not fit is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"identity": identity_from_norad(340_000)}, "340000"),
        ({"identity": identity_from_norad(799_500_124)}, "799500124"),
        ({"identity": identity_from_norad(5, name="A\nB")}, "name"),
        ({"identity": identity_from_norad(5, cospar_id="1956-001A")}, "designator"),
        ({"mean_motion_rad_s": 0.0073}, "MEAN_MOTION"),
        ({"mean_motion_rad_s": 1e-14}, "MEAN_MOTION"),
        ({"mean_motion_dot_rad_s2": 1e-8}, "MEAN_MOTION_DOT"),
        ({"mean_motion_ddot_rad_s3": 1.0}, "MEAN_MOTION_DDOT"),
        ({"bstar_per_earth_radius": 1e9}, "BSTAR"),
        ({"eccentricity": 0.99999999}, "ECCENTRICITY"),
        ({"inclination_rad": -0.1}, "INCLINATION"),
        ({"inclination_rad": 3.2}, "INCLINATION"),
        ({"element_set_no": 10_000}, "ELEMENT_SET_NO"),
        ({"rev_at_epoch": 100_000}, "REV_AT_EPOCH"),
        ({"classification": "SECRET"}, "classification"),
        ({"epoch_tai_ns": tai_ns_from_utc("2057-01-01T00:00:00")}, "epoch"),
        ({"epoch_tai_ns": tai_ns_from_utc("2016-12-31T23:59:60.500")}, "leap second"),
        ({"theory": Theory.SGP4_XP}, "theory"),
    ],
)
def test_what_does_not_fit_the_columns_is_refused_by_name(change: dict[str, object], said: str) -> None:
    element_set = replace(only(content_of(*VANGUARD)), **change)  # type: ignore[arg-type]
    with pytest.raises(WrongUsage, match=f"does not fit.*{said}.*omm-json"):
        tle.write([element_set])


def test_only_element_sets_can_be_written() -> None:
    with pytest.raises(WrongUsage, match="element sets only"):
        tle.write(["VANGUARD 1"])


@given(element_sets_of_messages())
def test_what_is_written_is_whole_or_refused_and_never_squeezed(element_set: ElementSet) -> None:
    try:
        (back,) = tle.read(tle.write([element_set])).records
    except WrongUsage:
        return
    assert back.identity.object_id == element_set.identity.object_id
    assert abs(back.epoch_tai_ns - element_set.epoch_tai_ns) <= 432_000
    half_a_last_digit = np.array([0.5e-8, 0.5e-7, *4 * [0.5e-4]]) * [7.3e-5, 1.0, *4 * [0.0175]]
    turn = np.array([0.0, 0.0, 0.0, *3 * [2.0 * np.pi]])
    off = np.array(elements_of(back)[:6]) - elements_of(element_set)[:6]
    off -= np.where(turn > 0.0, turn * np.round(off / np.where(turn > 0.0, turn, 1.0)), 0.0)
    assert (np.abs(off) <= half_a_last_digit).all()


def test_every_written_line_has_69_columns_that_the_reference_reads() -> None:
    lines = tle.write([only(content_of(*VANGUARD))]).decode().splitlines()
    assert lines[0] == NAME
    assert [len(line) for line in lines[1:]] == [69, 69]
    assert (
        largest_difference([(lines[1], lines[2])], [only(content_of(*VANGUARD))]) <= LAST_PLACE_OF_A_TURN_RAD
    )
