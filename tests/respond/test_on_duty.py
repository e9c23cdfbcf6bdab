"""Is it clear who is on duty at every instant, past midnight and to the second?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.records.response import Directory
from baken.respond.directory_file import read_directory
from baken.respond.roster import gaps, on_duty, reach_of, verified_tai_ns

HOUR_NS = 3_600 * 10**9
NIGHT = """
[[shift]]
role = "duty"
person = "Lina"
days = ["fri"]
begins = "22:00Z"
ends = "06:00Z"
"""
DAY = NIGHT.replace("Lina", "Omar").replace('"22:00Z"', '"06:00Z"').replace('ends = "06', 'ends = "22')


def who(text: str, at_utc: str) -> tuple[str, ...]:
    return on_duty(read_directory(text), "duty", tai_ns_from_utc(at_utc))


@pytest.mark.parametrize(
    ("at_utc", "people"),
    [
        ("2026-03-06T21:59:59.999Z", ("Omar",)),  # a Friday
        ("2026-03-06T22:00:00Z", ("Lina",)),
        ("2026-03-07T05:59:59.999Z", ("Lina",)),
        ("2026-03-07T06:00:00Z", ()),
        ("2026-03-06T05:59:59.999Z", ()),
        ("2026-03-06T06:00:00Z", ("Omar",)),
        ("2026-03-06T02:00:00Z", ()),
        ("2026-03-05T23:00:00Z", ()),
    ],
)
def test_a_night_belongs_to_the_day_it_began_on(at_utc: str, people: tuple[str, ...]) -> None:
    assert who(NIGHT + DAY, at_utc) == people


def test_a_sunday_night_ends_on_monday() -> None:
    assert who(NIGHT.replace("fri", "sun"), "2026-03-09T03:00:00Z") == ("Lina",)


def test_the_second_that_a_leap_put_in_is_on_the_shift_it_ends() -> None:
    # 2016-12-31 was a Saturday.
    text = NIGHT.replace("fri", "sat").replace("06:00Z", "24:00Z")
    assert who(text, "2016-12-31T23:59:60.5Z") == ("Lina",)
    assert who(text, "2017-01-01T00:00:00Z") == ()


def test_a_shift_holds_between_its_bounds_only() -> None:
    text = NIGHT + 'from_utc = "2026-03-01T00:00:00Z"\nto_utc = "2026-03-07T01:00:00Z"\n'
    assert who(text, "2026-02-27T23:00:00Z") == ()
    assert who(text, "2026-03-06T23:00:00Z") == ("Lina",)
    assert who(text, "2026-03-07T01:00:00Z") == ()


def test_a_shift_of_no_named_day_is_on_every_day_and_one_that_ends_as_it_begins_is_a_whole_one() -> None:
    text = NIGHT.replace('days = ["fri"]\n', "").replace("06:00Z", "22:00Z")
    assert all(who(text, f"2026-03-{day:02d}T{hour:02d}:00:00Z") for day in (2, 8) for hour in (0, 21, 22))


@given(st.integers(0, 7 * 24 * 60 - 1))
def test_two_that_take_turns_leave_no_minute_to_nobody(minute: int) -> None:
    every_day = (NIGHT + DAY).replace('days = ["fri"]\n', "")
    at_tai_ns = tai_ns_from_utc("2026-03-02T00:00:00Z") + minute * 60 * 10**9
    assert len(on_duty(read_directory(every_day), "duty", at_tai_ns)) == 1


def test_a_gap_is_found_to_a_quarter_of_an_hour() -> None:
    from_tai_ns = tai_ns_from_utc("2026-03-06T00:00:00Z")
    found = list(gaps(read_directory(NIGHT + DAY), ["duty", "else"], from_tai_ns, from_tai_ns + 48 * HOUR_NS))
    hours = [
        ((gap.from_tai_ns - from_tai_ns) / HOUR_NS, (gap.to_tai_ns - from_tai_ns) / HOUR_NS) for gap in found
    ]
    assert hours == [(0.0, 6.0), (30.0, 48.0)]


def test_a_role_is_reached_by_a_contact_or_by_whoever_is_on_duty() -> None:
    contact = '[[contact]]\nrole = "chief"\nway = "smtp"\naddress = "a@x.example"\n'
    reach, friday = reach_of(read_directory(NIGHT + contact)), tai_ns_from_utc("2026-03-06T23:00:00Z")
    assert reach("chief", friday)
    assert reach("duty", friday)
    assert not reach("duty", friday + 12 * HOUR_NS)
    assert not reach("board", friday)
    assert reach_of(Directory(contacts=(), shifts=(), stale_after_s=0.0))("board", friday)


def test_a_good_test_call_makes_sure_of_a_contact() -> None:
    (contact,) = read_directory(
        '[[contact]]\nrole = "chief"\nway = "smtp"\naddress = "a@x.example"\n'
    ).contacts
    assert verified_tai_ns(contact, {}) is None
    assert verified_tai_ns(contact, {("chief", "a@x.example"): 5}) == 5


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
