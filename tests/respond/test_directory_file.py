"""Is what is wrong with a directory told with its place, and is a roster read whole?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.respond.directory_file import read_directory
from baken.respond.roster import on_duty

NIGHT = """
[[shift]]
role = "duty"
person = "Lina"
days = ["fri"]
begins = "22:00Z"
ends = "06:00Z"
"""
DAY = NIGHT.replace("Lina", "Omar").replace('"22:00Z"', '"06:00Z"').replace('ends = "06', 'ends = "22')


@given(st.integers(0, 7 * 24 * 60 - 1))
def test_two_that_take_turns_leave_no_minute_to_nobody(minute: int) -> None:
    every_day = (NIGHT + DAY).replace('days = ["fri"]\n', "")
    at_tai_ns = tai_ns_from_utc("2026-03-02T00:00:00Z") + minute * 60 * 10**9
    assert len(on_duty(read_directory(every_day), "duty", at_tai_ns)) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (NIGHT.replace('"fri"', '"friday"'), ["[[shift]] 1 days", "'friday'", "mon, tue"]),
        (NIGHT.replace("22:00Z", "22:00"), ["[[shift]] 1 begins", "'22:00'", '"06:00Z"']),
        (NIGHT.replace("22:00Z", "24:30Z"), ["[[shift]] 1 begins", "'24:30Z'"]),
        (NIGHT + 'to_utc = "tomorrow"\n', ["[[shift]] 1 to_utc", "2026-11-25T09:00:00Z"]),
        (NIGHT + 'rank = "colonel"\n', ["[[shift]] 1 rank", "no such field"]),
        (
            '[[contact]]\nrole = "a"\nway = "pigeon"\naddress = "b"\n',
            ["[[contact]] 1 way", "'pigeon'", "smtp"],
        ),
        ('[[contact]]\nrole = "a"\nway = "smtp"\n', ["[[contact]] 1 address", "missing"]),
        ('[directory]\nstale_after = "long"\n', ["directory stale_after", "'long'"]),
    ],
)
def test_what_is_wrong_with_a_directory_is_told_with_its_place(wrong: str, told: list[str]) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_directory(wrong)
    for word in told:
        assert word in str(refused.value)
