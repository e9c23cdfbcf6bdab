"""Do JB2008's indices come from the right day, hour and column, and is what is damaged named?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.solar_indices_text import solar_indices_from_set
from baken.astro.time import tai_ns_from_utc
from baken.errors import BadMessage, TheirMistake, UnreadableInput
from tests.astro.solar_indices import DAY_ONE, MJD_OF_DAY_ONE, dtc_text, solfsmy_line, solfsmy_text

HALF_PAST_SIX_OF_DAY_SEVEN = tai_ns_from_utc("2023-02-27T06:30:00")
N_DAYS = 10
TABLE = solar_indices_from_set(solfsmy_text(N_DAYS), dtc_text(N_DAYS))


def test_each_flux_is_that_of_as_many_days_before_as_the_model_wants() -> None:
    at = TABLE.at(HALF_PAST_SIX_OF_DAY_SEVEN)
    assert (at.f10_sfu, at.s10_sfu, at.m10_sfu, at.y10_sfu) == (106.0, 206.0, 305.0, 402.0)
    means = (at.f10_81_day_sfu, at.s10_81_day_sfu, at.m10_81_day_sfu, at.y10_81_day_sfu)
    assert means == (106.5, 206.5, 305.5, 402.5)


def test_what_storms_add_is_of_the_hour_without_lag_and_linear_in_between() -> None:
    assert TABLE.at(HALF_PAST_SIX_OF_DAY_SEVEN).dst_temperature_k == 76.5
    before_midnight = TABLE.at(tai_ns_from_utc("2023-02-27T23:30:00"))
    assert before_midnight.dst_temperature_k == 0.5 * ((70 + 23) + 80)
    assert TABLE.at(TABLE_END - 1).dst_temperature_k == 10 * (N_DAYS - 1) + 23


TABLE_END = tai_ns_from_utc("2023-03-02T00:00:00")


def test_nothing_is_said_where_a_day_before_is_wanting() -> None:
    assert DAY_ONE.isoformat() == "2023-02-20"
    assert TABLE.mjd_utc[0] == MJD_OF_DAY_ONE
    first = tai_ns_from_utc("2023-02-25T00:00:00")
    assert TABLE.covers([first - 1, first, TABLE_END - 1, TABLE_END]).tolist() == [False, True, True, False]
    with pytest.raises(ValueError, match="no solar indices for 2023-03-02"):
        TABLE.at(TABLE_END)


def test_the_table_ends_before_fluxes_that_are_not_known_yet() -> None:
    unknown = solfsmy_line(N_DAYS, (150.0, 150.0, 0.0, 150.0, 0.0, 150.0, 0.0, 150.0))
    longer = solar_indices_from_set(f"{solfsmy_text(N_DAYS)}\n{unknown}", dtc_text(N_DAYS + 1))
    assert longer.mjd_utc.tolist() == TABLE.mjd_utc.tolist()


@pytest.mark.parametrize(
    ("solfsmy", "dtcfile", "said"),
    [
        (solfsmy_text(7).replace("206.0", "20x.0"), dtc_text(7), "^8 S10: '20x.0' is no number"),
        (
            solfsmy_text(7),
            dtc_text(7).replace("  63", " -63"),
            "^5 hour 23: '-63' is no number",
        ),
        (solfsmy_text(7), dtc_text(7).replace("2023 053", "2023 400"), "^3 date: 2023 has no day 400"),
        (solfsmy_text(7).replace("2023 054", "2023 055"), dtc_text(7), "^5 date: this row is 2 days after"),
        (solfsmy_text(7), dtc_text(7)[:-4], "^7 row: year, day and 24 numbers are due; 25 words stand"),
    ],
)
def test_a_damaged_row_is_named_with_its_line_and_field(solfsmy: str, dtcfile: str, said: str) -> None:
    with pytest.raises(BadMessage, match=said):
        solar_indices_from_set(solfsmy, dtcfile)


def test_files_that_share_too_few_days_are_refused() -> None:
    for solfsmy, dtcfile in [("", ""), (solfsmy_text(5), dtc_text(9))]:
        with pytest.raises(UnreadableInput, match="share no run of six days"):
            solar_indices_from_set(solfsmy, dtcfile)


@given(st.text(max_size=200), st.integers(0, 600))
def test_bent_files_are_read_or_refused_and_break_nothing(written: str, at: int) -> None:
    fluxes, hours = (text[:at] + written + text[at:] for text in (solfsmy_text(7), dtc_text(7)))
    for files in [(fluxes, dtc_text(7)), (solfsmy_text(7), hours)]:
        try:
            solar_indices_from_set(*files)
        except TheirMistake:
            continue
