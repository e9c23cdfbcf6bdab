"""Is the file of a partner read whole, with every misspelling named, and everything unusual told?"""

import re
from pathlib import Path

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.operations.partner_keys import periods_of_partner
from baken.records.marking import Realm
from baken.records.partner import Partner, partner_reader
from baken.share.partner_doubts import Doubt, doubts_about
from baken.share.partner_file import read_partner

PAGE = Path(__file__).parents[2] / "docs" / "chapters" / "partners.md"
WHOLE = """
code = "DE"
names = { en = "Germany", nl = "Duitsland" }
audiences = ["EU", "NATO"]
nationalities = ["DE"]
needs = ["space-surveillance"]
categories = ["space"]
licences = ["CC-BY-4.0"]
realms = ["REAL", "EXERCISE"]
reciprocal = true
purpose = "collision warning"
precision = "epoch 60 s"
handling = ["TLP:AMBER", "PAP:AMBER"]
contact = "desk@example.de"
language = "en"
[folders]
out = "exchange/DE/out"
in = "exchange/DE/in"
[[agreement]]
name = "Security agreement 2024"
clearances = ["NL/DEP. VERTROUWELIJK"]
from_utc = "2024-01-01T00:00:00Z"
until_utc = "2027-01-01T00:00:00Z"
[[key]]
vkey = "baken/DE/real+0123abcd+AQID"
revoked_since_utc = "2026-06-01T00:00:00Z"
"""
IN_2026 = tai_ns_from_utc("2026-11-25T00:00:00Z")


def test_a_file_is_read_whole():
    partner = read_partner(WHOLE)
    assert (partner.name("nl"), partner.realms) == ("Duitsland", {Realm.REAL, Realm.EXERCISE})
    assert partner.handling.tokens == ("TLP:AMBER", "PAP:AMBER")
    assert partner.keys[0].revoked_since_tai_ns == tai_ns_from_utc("2026-06-01T00:00:00Z")


def test_the_example_in_the_documentation_is_a_partner_with_nothing_to_look_at():
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    partner = read_partner(example)
    assert doubts(partner, known_audiences={"EU-SST"}) == set()
    assert [period.key.name for period in periods_of_partner(partner)] == ["baken/DE/real"]


def test_policy_sees_what_was_agreed_and_only_while_it_holds():
    reader = partner_reader(read_partner(WHOLE), at_tai_ns=IN_2026)
    assert (reader.acts_for, reader.audiences) == ("DE", {"DE", "EU", "NATO"})
    assert reader.clearances == {"NL/DEP. VERTROUWELIJK"}
    after = partner_reader(read_partner(WHOLE), at_tai_ns=tai_ns_from_utc("2027-01-01T00:00:00Z"))
    assert after.clearances == frozenset()


def test_of_whom_little_is_said_little_is_allowed():
    reader = partner_reader(read_partner('code = "DE"'), at_tai_ns=IN_2026)
    assert (reader.audiences, reader.realms, reader.clearances) == ({"DE"}, frozenset(), frozenset())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "code: is missing"),
        ('code = "D E"', "code: is 'D E'"),
        ('code = "DE"\naudience = ["EU"]', "audience: no such field"),
        ('code = "DE"\naudiences = ["E:U"]', "audiences: 'E:U'"),
        ('code = "DE"\nrealms = ["REEL"]', "realms: is 'REEL'; it is one of REAL"),
        ('code = "DE"\nhandling = ["TLP:PURPLE"]', "handling:"),
        ('code = "DE"\nlanguage = "de"', "language: is 'de'"),
        ('code = "DE"\n[[agreement]]\nname = "x"', "[[agreement]] 1 from_utc: is missing"),
        (
            'code = "DE"\n[[agreement]]\nname = "x"\nfrom_utc = "2026-01-01T00:00:00Z"\n'
            'clearances = ["SECRET"]',
            "[[agreement]] 1 clearances: 'SECRET'",
        ),
        (
            'code = "DE"\n[[agreement]]\nname = "x"\nfrom_utc = "2026-01-01T00:00:00Z"\n'
            'until_utc = "2025-01-01T00:00:00Z"',
            "[[agreement]] 1 until_utc: is not later",
        ),
        ('code = "DE"\n[[key]]\nvkey = "abc"', "[[key]] 1 vkey: is no key"),
        (
            'code = "DE"\n[[key]]\nvkey = "a+01234567+AQ=="\nrevoked = true',
            "[[key]] 1 revoked: no such field",
        ),
        ('code = "DE"\nfolders = { outside = "x" }', "folders outside: no such field"),
        ('code = "DE"\nnames = { de = "x" }', "names de: no such field"),
        ("code = ", "this is no TOML"),
    ],
)
def test_what_cannot_be_right_is_named_with_its_place(written, told):
    with pytest.raises(UnreadableInput) as refused:
        read_partner(written)
    assert str(refused.value).startswith(told)


def doubts(partner: Partner, **known) -> set[tuple[Doubt, str]]:
    asked = {"known_audiences": frozenset(), "other_codes": frozenset(), "at_tai_ns": IN_2026, **known}
    return {(each.doubt, each.name) for each in doubts_about(partner, **asked)}


def test_what_a_person_should_look_at_is_told():
    partner = read_partner(WHOLE.replace('"EU", "NATO"', '"*", "FR", "EUU", "NATO"'))
    assert doubts(partner, known_audiences={"NATO"}, other_codes={"FR"}) == {
        (Doubt.REVOKED_KEYS, ""),
        (Doubt.ENDS_SOON, "Security agreement 2024"),
        (Doubt.WIDENING, "*"),
        (Doubt.OF_ANOTHER, "FR"),
        (Doubt.UNKNOWN_AUDIENCE, "EUU"),
    }
    later = tai_ns_from_utc("2028-01-01T00:00:00Z")
    assert (Doubt.EXPIRED_AGREEMENT, "Security agreement 2024") in doubts(partner, at_tai_ns=later)
