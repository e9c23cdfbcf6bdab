"""Who is on duty: past midnight, on the right days, within bounds, and in a second that a leap put in?"""

from dataclasses import replace

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.records.response import Contact, Directory, Shift, Way
from baken.respond.roster import gaps, is_stale, on_duty, reach_of, verified_tai_ns

HOUR_S, HOUR_NS = 3_600.0, 3_600 * 10**9
MONDAY = tai_ns_from_utc("2026-03-02T00:00:00Z")
EVERY_DAY = frozenset(range(7))
DAY_SHIFT = Shift(role_id="duty", person="Kim", days=frozenset({0}), begins_s=8 * HOUR_S, ends_s=20 * HOUR_S)
NIGHT = replace(DAY_SHIFT, person="Lou", begins_s=20 * HOUR_S, ends_s=8 * HOUR_S)
MAIL = Contact(role_id="duty", way=Way.SMTP, address="duty@us.example")


def directory(*shifts: Shift, contacts: tuple[Contact, ...] = ()) -> Directory:
    return Directory(contacts=contacts, shifts=shifts, stale_after_s=90 * 24 * HOUR_S)


def at(hours: float) -> int:
    """Return an instant so many hours after Monday began, UTC."""
    return MONDAY + round(hours * HOUR_NS)


@pytest.mark.parametrize(
    ("hours", "who"),
    [(7.99, ()), (8, ("Kim",)), (19.99, ("Kim",)), (20, ("Lou",)), (31.99, ("Lou",)), (32, ())],
)
def test_a_shift_begins_on_the_second_and_ends_before_the_next_one_also_past_midnight(hours, who):
    assert on_duty(directory(DAY_SHIFT, NIGHT), "duty", at(hours)) == who


def test_a_night_belongs_to_the_day_on_which_it_began():
    assert on_duty(directory(NIGHT), "duty", at(3)) == ()
    assert on_duty(directory(replace(NIGHT, days=frozenset({6}))), "duty", at(3)) == ("Lou",)


def test_a_shift_that_ends_when_it_begins_lasts_a_whole_day():
    whole = replace(DAY_SHIFT, begins_s=8 * HOUR_S, ends_s=8 * HOUR_S)
    assert [on_duty(directory(whole), "duty", at(hours)) for hours in (7.99, 8, 31.99, 32)] == [
        (),
        ("Kim",),
        ("Kim",),
        (),
    ]


def test_a_shift_holds_only_within_its_weeks():
    bounded = replace(DAY_SHIFT, days=EVERY_DAY, from_tai_ns=at(10), to_tai_ns=at(12))
    found = [on_duty(directory(bounded), "duty", at(hours)) for hours in (9.99, 10, 11.99, 12)]
    assert found == [(), ("Kim",), ("Kim",), ()]


def test_whoever_stands_in_two_shifts_is_named_once_and_other_roles_not_at_all():
    twice = directory(DAY_SHIFT, replace(DAY_SHIFT, days=EVERY_DAY), replace(DAY_SHIFT, role_id="chief"))
    assert on_duty(twice, "duty", at(9)) == ("Kim",)


def test_a_second_that_a_leap_put_in_belongs_to_the_day_it_ends():
    """The last second of 2016, a Saturday, was numbered 60."""
    saturday = replace(DAY_SHIFT, days=frozenset({5}), begins_s=23 * HOUR_S, ends_s=24 * HOUR_S)
    leap = tai_ns_from_utc("2016-12-31T23:59:60Z")
    assert on_duty(directory(saturday), "duty", leap) == ("Kim",)
    assert on_duty(directory(saturday), "duty", leap + 10**9) == ()


def test_a_role_is_reached_by_a_contact_or_by_whoever_is_on_duty_and_an_empty_directory_misses_nobody():
    assert reach_of(directory(contacts=(MAIL,)))("duty", at(3))
    assert not reach_of(directory(contacts=(MAIL,)))("chief", at(3))
    assert reach_of(directory(DAY_SHIFT))("duty", at(9))
    assert not reach_of(directory(DAY_SHIFT))("duty", at(3))
    assert reach_of(directory())("anybody", at(3))


def test_a_gap_is_told_from_the_end_of_one_shift_to_the_begin_of_the_next():
    week = directory(replace(DAY_SHIFT, days=EVERY_DAY))
    [night] = gaps(week, ["duty", "chief"], at(9), at(34))
    assert (night.role_id, night.from_tai_ns, night.to_tai_ns) == ("duty", at(20), at(32))
    [cut_off] = gaps(week, ["duty"], at(9), at(24))
    assert cut_off.to_tai_ns == at(24)


def test_a_contact_is_stale_when_nobody_made_sure_for_too_long_and_a_test_call_makes_it_fresh():
    old = replace(MAIL, verified_on_tai_ns=at(0))
    book = directory(contacts=(old,))
    assert not is_stale(book, at(0), at(90 * 24))
    assert is_stale(book, at(0), at(90 * 24) + 1)
    assert is_stale(book, None, at(0))
    assert verified_tai_ns(old, {("duty", MAIL.address): at(50)}) == at(50)
    assert verified_tai_ns(old, {("chief", MAIL.address): at(50)}) == at(0)
    assert verified_tai_ns(MAIL, {}) is None
