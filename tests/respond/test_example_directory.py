"""The directory that comes as an example: it fits the Dutch mechanism, and names nobody who exists."""

import re
from importlib.resources import files

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.records.response import Directory, Mechanism, Way
from baken.respond.directory_file import read_directory
from baken.respond.lint import lint
from baken.respond.mechanism_file import read_mechanism
from baken.respond.roster import is_stale, on_duty

WRITTEN_ON = tai_ns_from_utc("2026-11-25T12:00:00Z")
# RFC 2606 keeps .example from ever belonging to anybody; the numbers are of no subscriber.
NOBODYS_ADDRESS = {
    Way.SMTP: re.compile(r"[a-z-]+@[a-z-]+\.example"),
    Way.WEBHOOK: re.compile(r"https://([a-z-]+\.)+example/\S*"),
    Way.TELEPHONE: re.compile(r"\+31 70 000 00\d\d"),
}
NOBODY = re.compile(r"Officer [A-Z]")


def shipped(name: str) -> str:
    return files("baken.respond").joinpath("mechanisms", name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def directory() -> Directory:
    return read_directory(shipped("directory_example.toml"))


@pytest.fixture(scope="module")
def nl() -> Mechanism:
    return read_mechanism(shipped("nl.toml"))


def test_the_example_names_nobody_and_reaches_nobody(directory):
    for contact in directory.contacts:
        assert NOBODYS_ADDRESS[contact.way].fullmatch(contact.address), contact
    assert all(NOBODY.fullmatch(shift.person) for shift in directory.shifts)
    assert directory.answer_at.startswith("https://answer.ncc.example/")


def test_every_role_of_the_dutch_mechanism_can_be_reached_and_no_other_stands_there(directory, nl):
    assert {contact.role_id for contact in directory.contacts} == {role.role_id for role in nl.roles}


def test_the_lint_finds_nobody_missing(directory, nl):
    assert [finding for finding in lint(nl, directory, WRITTEN_ON) if finding.is_problem] == []


def test_some_contacts_are_fresh_some_stale_and_some_were_never_tried(directory):
    verified = [contact.verified_on_tai_ns for contact in directory.contacts]
    stale = [each for each in verified if each is not None and is_stale(directory, each, WRITTEN_ON)]
    assert None in verified
    assert stale
    assert len(stale) + verified.count(None) < len(verified) / 2


def test_the_watch_goes_round_the_clock_and_the_office_does_not(directory):
    sunday_night, weekday = tai_ns_from_utc("2026-11-22T03:00:00Z"), tai_ns_from_utc("2026-11-25T10:00:00Z")
    for role in ("ncc-duty", "dssc-duty", "ncsc-duty", "knmi-duty", "rdi-duty"):
        assert on_duty(directory, role, sunday_night)
        assert on_duty(directory, role, weekday)
    assert on_duty(directory, "ez-space", weekday)
    assert not on_duty(directory, "ez-space", sunday_night)
