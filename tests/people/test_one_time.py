"""Are codes, passwords and waits what their authorities say?"""

import base64

import pytest
from argon2.low_level import Type, verify_secret
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import WrongUsage
from baken.people.one_time import code_at, new_recovery_codes, recovery_digest, step_of
from baken.people.passwords import OWASP, hashed, is_it, nobodys, refuse_weak
from baken.people.patience import LONGEST_WAIT_S, counted_as, wait_s
from baken.records.sign_in import Attempts
from tests.memory_log import CountedLuck
from tests.people.door import CHEAP, SECOND_NS

# RFC 6238, appendix B: the last six of the eight figures printed there, SHA-1.
RFC_6238_SECRET = b"12345678901234567890"
RFC_6238 = [
    ("1970-01-01T00:00:59Z", "287082"),
    ("2005-03-18T01:58:29Z", "081804"),
    ("2005-03-18T01:58:31Z", "050471"),
    ("2009-02-13T23:31:30Z", "005924"),
    ("2033-05-18T03:33:20Z", "279037"),
]


@pytest.mark.parametrize(("utc", "printed"), RFC_6238[1:])
@pytest.mark.capability(
    "One-time codes", status="VALIDATED", authority="RFC 6238, appendix B (SHA-1, six figures)"
)
def test_codes_are_those_of_the_standard(utc, printed):
    at_tai_ns = tai_ns_from_utc(utc)
    assert code_at(RFC_6238_SECRET, at_tai_ns) == printed
    assert step_of(printed, RFC_6238_SECRET, at_tai_ns) is not None


@pytest.mark.parametrize(
    ("late_s", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_telephone_may_be_half_a_minute_off_and_no_more(late_s, is_taken):
    at_tai_ns = tai_ns_from_utc("2026-11-26T09:00:10Z")
    code = code_at(RFC_6238_SECRET, at_tai_ns)
    assert (step_of(code, RFC_6238_SECRET, at_tai_ns + late_s * SECOND_NS) is not None) == is_taken


def test_codes_on_paper_are_known_however_they_are_typed():
    codes = new_recovery_codes(CountedLuck())
    assert len(set(map(recovery_digest, codes))) == 10
    assert recovery_digest(codes[0].lower().replace("-", " ")) == recovery_digest(codes[0])


def test_a_password_is_kept_as_the_reference_library_makes_it():
    kept = hashed("vier grijze reigers", CountedLuck(), CHEAP)
    salt, digest = (base64.b64encode(part).decode().rstrip("=") for part in (kept.salt, kept.digest))
    encoded = f"$argon2id$v=19$m={CHEAP.memory_kib},t={CHEAP.passes},p={CHEAP.lanes}${salt}${digest}"
    assert verify_secret(encoded.encode(), b"vier grijze reigers", Type.ID)
    assert is_it("vier grijze reigers", kept)
    assert not is_it("vier grijze reigers ", kept)
    assert not is_it("", nobodys(CHEAP))


def test_a_password_costs_what_owasp_asks():
    assert (OWASP.memory_kib, OWASP.passes, OWASP.lanes) == (19 * 1024, 2, 1)


def test_a_letter_typed_in_two_ways_is_one_letter():
    assert is_it("cafe\N{COMBINING ACUTE ACCENT} au lait", hashed("caf\xe9 au lait", CountedLuck(), CHEAP))


@pytest.mark.parametrize(
    "weak",
    [
        "kort",
        "x" * 129,
        "aaaaaaaaaaaaaaaa",
        "Password1234!",
        "P@ssw0rdP@ssw0rd",
        "welkom2026welkom",
        "qwertyuiop1234",
        "abcdefghijklmnop",
        "1q2w3e4r1qaz2wsx3edc",
        "bakensatelliet1!",
        "carla-de-vries-2026",
    ],
)
def test_what_everybody_tries_first_is_refused_and_not_repeated(weak):
    with pytest.raises(WrongUsage) as refused:
        refuse_weak(weak, {"carla", "Carla de Vries"})
    assert weak not in str(refused.value)


@pytest.mark.parametrize(
    "good",
    ["vier grijze reigers", "xK9vQ2pLm7tRw4", "тёплый дождь в мае", "839571604728395", "a" * 60 + "bcdefg"],
)
def test_no_rule_of_composition_is_asked(good):
    refuse_weak(good, {"carla"})


@given(st.integers(0, 40), st.integers(0, 2_000))
def test_waits_grow_and_never_pass_a_quarter_of_an_hour(n_failed, later_s):
    tried, more = (Attempts(n_failed=n, last_tai_ns=0) for n in (n_failed, n_failed + 1))
    at_tai_ns = later_s * SECOND_NS
    wait = wait_s("account:anna", tried, at_tai_ns)
    assert 0 <= wait <= wait_s("account:anna", more, at_tai_ns) <= LONGEST_WAIT_S
    assert wait_s("account:anna", tried, at_tai_ns + wait * SECOND_NS) == 0


def test_an_address_is_counted_by_the_house_and_a_name_nobody_has_is_not_kept():
    known, house = counted_as("anna", is_known=True, address="2001:db8:1:2:aaaa::1")
    assert counted_as("anna", is_known=True, address="2001:db8:1:2::9") == (known, house)
    assert counted_as("x", is_known=False, address="::ffff:192.0.2.7")[1] == "address:192.0.2.7"
    assert "hunter2" not in counted_as("hunter2", is_known=False, address="nonsense")[0]
