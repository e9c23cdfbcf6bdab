"""Does every instant have one number, and every number one way to be written?"""

import json
from pathlib import Path

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.leap_seconds import TAI_MINUS_UTC_S
from baken.astro.time import (
    NANOSECONDS_A_DAY,
    NANOSECONDS_A_SECOND,
    TimeScale,
    julian_date_tdb,
    julian_date_tt,
    julian_date_ut1,
    julian_date_utc,
    tai_ns_from_text,
    tai_ns_from_utc,
    tai_ns_from_utc_column,
    tai_ns_from_utc_year_and_day,
    text_in_scale,
    utc_day_of_year_text,
    utc_minus_tai_s,
    utc_text,
    utc_texts,
    utc_year_and_day_from_tai_ns,
)
from tests.conftest import Deviation

SOFA = json.loads((Path(__file__).parents[1] / "authorities" / "time_scales_sofa.json").read_text())
FIRST_TAI_NS = tai_ns_from_utc("1972-01-01T00:00:00")
LAST_TAI_NS = tai_ns_from_utc("2291-12-31T23:59:59")
LAST_LEAP_SECOND_TAI_NS = tai_ns_from_utc("2016-12-31T23:59:60")
instants = st.integers(FIRST_TAI_NS, LAST_TAI_NS) | st.integers(-3 * 10**9, 3 * 10**9).map(
    lambda ns: LAST_LEAP_SECOND_TAI_NS + ns
)

MICROSECOND_S = 1e-6
# SOFA's example stands in Hawaii, where TDB minus TT also feels the turning Earth: up to 2.1 microseconds.
PRINTED_AND_TOPOCENTRIC_S = 2.6 * MICROSECOND_S
TWO_PARTS_ROUNDING_S = 20e-12


@pytest.mark.capability(
    "Time scales UTC TAI TT TDB TCG TCB UT1",
    status="VALIDATED",
    authority="SOFA, Time scale and calendar tools",
)
def test_one_instant_reads_on_every_clock_as_sofa_prints_it(deviation: Deviation) -> None:
    ut1_minus_tai_s = SOFA["ut1_minus_utc_s"] - SOFA["tai_minus_utc_s"]
    truth_tai_ns = tai_ns_from_utc(SOFA["one_instant"]["UTC"])
    off_s = [
        abs(tai_ns_from_text(text, TimeScale(scale), ut1_minus_tai_s) - truth_tai_ns) / NANOSECONDS_A_SECOND
        for scale, text in SOFA["one_instant"].items()
    ]
    deviation(max(off_s), "s", PRINTED_AND_TOPOCENTRIC_S)


def test_leap_seconds_are_those_of_sofa() -> None:
    theirs = [(f"{row['year']}-{row['month']:02d}-01", row["tai_utc"]) for row in erfa.leap_seconds.get()]
    assert [row for row in theirs if row[0] >= "1972"] == [(day, float(s)) for day, s in TAI_MINUS_UTC_S]


@pytest.mark.capability("UTC with leap seconds", status="VALIDATED", authority="SOFA utctai, through pyerfa")
def test_utc_becomes_tai_as_in_sofa(deviation: Deviation) -> None:
    epochs = np.linspace(FIRST_TAI_NS, tai_ns_from_utc("2026-01-01T00:00:00"), 1001).astype(np.int64)
    epochs = np.concatenate([epochs, LAST_LEAP_SECOND_TAI_NS + np.arange(-2, 4) * NANOSECONDS_A_SECOND // 2])
    tai = erfa.utctai(*julian_date_utc(epochs))
    day, ns_of_day = np.divmod(epochs, NANOSECONDS_A_DAY)
    off_days = (tai[0] - 2_451_544.5 - day) + (tai[1] - ns_of_day / NANOSECONDS_A_DAY)
    deviation(float(np.abs(off_days).max()) * 86_400.0, "s", TWO_PARTS_ROUNDING_S)


@given(instants, st.integers(0, 9))
def test_what_is_written_reads_back_within_half_its_last_decimal(epoch_tai_ns: int, n_decimals: int) -> None:
    again = tai_ns_from_utc(utc_text(epoch_tai_ns, n_decimals))
    assert abs(again - epoch_tai_ns) <= 10 ** (9 - n_decimals) // 2
    assert tai_ns_from_utc(utc_day_of_year_text(epoch_tai_ns, n_decimals)) == again


@given(st.lists(instants, max_size=20), st.integers(0, 9))
def test_many_at_once_equal_one_by_one(epochs: list[int], n_decimals: int) -> None:
    texts = [utc_text(epoch, n_decimals) for epoch in epochs]
    assert utc_texts(np.array(epochs, dtype=np.int64), n_decimals) == texts
    assert tai_ns_from_utc_column(texts).tolist() == [tai_ns_from_utc(text) for text in texts]


@given(
    st.text("0123456789-T:.Z 6\x00", max_size=34)
    | st.from_regex(
        r"(19|20|22)[0-9]{2}-[0-3][0-9](-[0-3][0-9]|[0-9])T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{0,12})?Z?",
        fullmatch=True,
    )
)
def test_a_column_judges_odd_texts_as_one_by_one(text: str) -> None:
    try:
        alone = tai_ns_from_utc(text)
    except ValueError:
        with pytest.raises(ValueError, match="row 1"):
            tai_ns_from_utc_column(["2024-11-01T00:00:00", text])
    else:
        assert tai_ns_from_utc_column(["2024-11-01T00:00:00", text])[1] == alone


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("2024-306T00:00:00", "2024-11-01T00:00:00Z"),
        ("2024-11-01T00:00:00.5", "2024-11-01T00:00:00.500000000Z"),
        ("2024-11-01T00:00:00.0000000014", "2024-11-01T00:00:00.000000001"),
        ("2024-11-01T00:00:00.00000000150", "2024-11-01T00:00:00.000000002"),
        ("2024-11-01T00:00:59.9999999999", "2024-11-01T00:01:00"),
        ("2016-366T23:59:60.9999999999", "2017-01-01T00:00:00"),
        ("2016-12-31T23:59:59.9999999999", "2016-12-31T23:59:60"),
    ],
)
def test_every_form_of_ccsds_is_understood(text: str, same_as: str) -> None:
    assert tai_ns_from_utc(text) == tai_ns_from_utc(same_as)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-11-01",
        "2024-11-01 00:00:00",
        "2024-11-01T00:00",
        "2024-11-01T00:00:00.",
        "2024-11-01T00:00:00+00:00",
        " 2024-11-01T00:00:00",
        "2024-11-01T00:00:00Z\n",
        "24-11-01T00:00:00",
        "2024-02-30T00:00:00",
        "2023-02-29T00:00:00",
        "2023-366T00:00:00",
        "2024-000T00:00:00",
        "2024-13-01T00:00:00",
        "2024-11-01T24:00:00",
        "2024-11-01T00:60:00",
        "2024-11-01T00:00:60",
        "2024-12-31T23:59:60",
        "2016-12-31T22:59:60",
        "2016-12-31T23:59:61",
        "1971-12-31T23:59:59",
        "2292-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "٢٠٢٤-11-01T00:00:00",
        "２024-11-01T00:00:00",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"instant|names|outside"):
        tai_ns_from_utc(text)


def test_a_leap_second_is_a_second_long() -> None:
    texts = ["2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"]
    epochs = tai_ns_from_utc_column(texts)
    assert np.diff(epochs).tolist() == [NANOSECONDS_A_SECOND] * 2
    assert utc_texts(epochs, 0) == texts
    assert utc_minus_tai_s(epochs).tolist() == [-36.0, -36.0, -37.0]


@pytest.mark.parametrize(
    ("n_decimals", "written"), [(0, "2024-11-01T00:01:00Z"), (3, "2024-11-01T00:01:00.000Z")]
)
def test_rounding_up_carries_into_the_minute(n_decimals: int, written: str) -> None:
    assert utc_text(tai_ns_from_utc("2024-11-01T00:00:59.9999"), n_decimals) == written


@given(st.integers(1972, 2291), st.integers(1, 365), st.integers(0, 99_999_999))
def test_epochs_of_element_sets_come_back_to_the_last_digit(year: int, day: int, parts: int) -> None:
    back = utc_year_and_day_from_tai_ns(tai_ns_from_utc_year_and_day([year], [day], [parts]))
    assert [int(part[0]) for part in back] == [year, day, parts]


def test_a_year_has_no_day_it_does_not_have() -> None:
    assert tai_ns_from_utc_year_and_day(2024, 366, 0) == tai_ns_from_utc("2024-12-31T00:00:00")
    for year, day, parts in [(2023, 366, 0), (2024, 0, 0), (2024, 367, 0), (2024, 1, 100_000_000)]:
        with pytest.raises(ValueError, match="has no day"):
            tai_ns_from_utc_year_and_day([year], [day], [parts])


@given(instants, st.sampled_from(sorted(set(TimeScale) - {TimeScale.UTC})))
def test_every_clock_reads_back_to_the_same_nanosecond(epoch_tai_ns: int, scale: TimeScale) -> None:
    # Clocks other than UTC could show days outside the calendar that UTC knows.
    epoch_tai_ns = min(max(epoch_tai_ns, FIRST_TAI_NS + NANOSECONDS_A_DAY), LAST_TAI_NS - NANOSECONDS_A_DAY)
    text = text_in_scale(epoch_tai_ns, scale, 9, ut1_minus_tai_s=-37.0)
    assert abs(tai_ns_from_text(text, scale, ut1_minus_tai_s=-37.0) - epoch_tai_ns) <= 1


def test_ut1_is_not_told_without_earth_data() -> None:
    with pytest.raises(ValueError, match="Earth data"):
        tai_ns_from_text("2024-11-01T00:00:00", TimeScale.UT1)
    with pytest.raises(ValueError, match="leap"):
        tai_ns_from_text("2016-12-31T23:59:60", TimeScale.TT)


def test_julian_dates_differ_as_their_clocks_do() -> None:
    epoch = tai_ns_from_utc("2024-11-01T12:00:00")
    tt, tdb, ut1 = julian_date_tt(epoch), julian_date_tdb(epoch), julian_date_ut1(epoch, 0.25)
    assert ((tt[0] - ut1[0]) + (tt[1] - ut1[1])) * 86_400.0 == pytest.approx(32.184 + 37.0 - 0.25, abs=1e-9)
    assert abs((tdb[1] - tt[1]) * 86_400.0) < 2e-3


def test_an_instant_that_lost_its_nanoseconds_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        utc_texts(np.array([1.5e17]))
    with pytest.raises(ValueError, match="1972"):
        utc_text(FIRST_TAI_NS - 1, 9)


@pytest.mark.parametrize("epoch_tai_ns", [23_439_112_064, 0, 840_000_000_000_000_001])
def test_an_instant_told_in_barycentric_time_comes_back_to_the_nanosecond(epoch_tai_ns):
    told = text_in_scale(epoch_tai_ns, TimeScale.TDB, 9)
    assert tai_ns_from_text(told, TimeScale.TDB) == epoch_tai_ns
