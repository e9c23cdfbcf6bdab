"""Does the check of a partner see what must not go, and that of a reader what must not come in?"""

from dataclasses import replace

import pytest

from baken.evidence.bundle import BundleRefused, link_of, read_bundle
from baken.evidence.keys import Period, new_key
from baken.records.bundle import LastSeen
from baken.records.marking import Realm
from baken.records.partner import Partner
from baken.share.policy import Policies, read_policies
from baken.testing.check_partner import Probe, Sharing, check_partner, check_receiver, tries
from baken.wiring.classifications import shipped_classifications
from baken.wiring.policies import policies, schema
from tests.memory_log import CountedLuck

DE = Partner(code="DE", names={}, realms=frozenset({Realm.REAL}))
NOW_TAI_NS = 840_000_000_000_000_000
LUCK = CountedLuck(drawn=800)
SENDER, THIEF = new_key("baken/NL/test", LUCK), new_key("baken/NL/test", LUCK)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Policies:
    return policies(tmp_path_factory.mktemp("home"))


def sharing(rules: Policies) -> Sharing:
    return Sharing(node="NL", policies=rules, classifications=shipped_classifications(), at_tai_ns=NOW_TAI_NS)


def test_under_the_rules_that_ship_nothing_goes_that_must_not(shipped):
    assert check_partner(DE, sharing(shipped), {"FR", "BE"}) == ()
    told = {each.probe: each.decision.allowed for each in tries(DE, sharing(shipped), {"FR"})}
    assert set(told) == set(Probe)
    assert told.pop(Probe.FOR_HIM)
    assert not any(told.values())


def test_a_partner_with_the_audience_of_another_is_caught(shipped):
    (problem,) = check_partner(replace(DE, audiences=frozenset({"FR"})), sharing(shipped), {"FR", "BE"})
    assert problem.startswith("other-recipient FR: would go to DE")


def test_rules_that_refuse_nothing_are_caught_in_every_kind_of_offer():
    rules = read_policies({"open": '@id("all") permit (principal, action, resource);'}, schema())
    caught = {problem.split()[0].rstrip(":") for problem in check_partner(DE, sharing(rules))}
    assert caught == {probe.value for probe in set(Probe) - {Probe.FOR_HIM}}


def test_without_policies_nothing_goes_not_even_what_is_for_him():
    told = tries(DE, sharing(Policies(sets=())))
    assert not any(each.decision.allowed for each in told)


class Reader:
    """Our own reader of bundles, as a receiver that remembers."""

    def __init__(self, *, careless: frozenset[str] = frozenset()) -> None:
        self.last, self.careless = None, careless

    def takes(self, content: bytes) -> bool:
        keys = [Period(key=SENDER.verifier, from_tai_ns=None)]
        try:
            bundle = read_bundle(content, keys, me="DE", last=self.last, now_tai_ns=NOW_TAI_NS)
        except BundleRefused as refused:
            return refused.why.value in self.careless
        self.last = LastSeen(links={bundle.realm: link_of(bundle, content)}, version=bundle.version)
        return True


def checked(reader: Reader) -> tuple[str, ...]:
    return check_receiver(reader.takes, SENDER, THIEF, me="DE", at_tai_ns=NOW_TAI_NS)


def test_our_own_reader_keeps_every_promise():
    assert checked(Reader()) == ()


@pytest.mark.parametrize(
    ("carelessness", "told"),
    [
        ("not signed", "signed by a key it does not know"),
        ("not for us", "for somebody else"),
        ("gap", "whose turn has not come"),
        ("altered", "with byte 0 altered"),
        ("replayed", "twice"),
    ],
)
def test_a_careless_reader_is_caught(carelessness, told):
    assert any(told in problem for problem in checked(Reader(careless=frozenset({carelessness}))))


def test_a_reader_that_takes_nothing_is_caught():
    broken = check_receiver(lambda _: False, SENDER, THIEF, me="DE", at_tai_ns=NOW_TAI_NS)
    assert broken == ("it refuses a sound bundle", "it refuses a bundle whose turn has come")
