"""Is a label lowered only when everybody who has a say in it agrees, and raised by anybody?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from baken.errors import RefusedByPolicy
from baken.records.handling import Handling, Tlp
from baken.records.marking import Marking, strictest
from baken.share.label import allows_no_more, lowered
from tests.labels import MARKINGS, PLAIN, SOME
from tests.records.test_marking import wider_dimensions

NL = Marking(owner="NL", handling=Handling(originators=frozenset({"DE"}), licences=frozenset({"CC-BY-4.0"})))
FOR_FR = replace(NL, releasable_to=frozenset({"FR"}))


@given(MARKINGS, MARKINGS)
def test_the_order_is_that_of_each_dimension(a: Marking, b: Marking) -> None:
    fields = {name for name, _ in (*a.of_fields, *b.of_fields)}
    wider = wider_dimensions(a.without_fields, b.without_fields)
    wider += [each for name in fields for each in wider_dimensions(a.of(name), b.of(name))]
    assert allows_no_more(a, b) == (not wider)


@settings(max_examples=60)
@given(MARKINGS, PLAIN, PLAIN)
def test_the_order_is_one(a: Marking, b: Marking, c: Marking) -> None:
    assert allows_no_more(a, a)
    joined, all_joined = strictest(frozenset({a, b})), strictest(frozenset({a, b, c}))
    assert allows_no_more(joined, a)
    assert allows_no_more(all_joined, joined)
    assert allows_no_more(all_joined, a)
    if allows_no_more(a, b) and allows_no_more(b, a):
        assert (a.without_fields, a.whole) == (b.without_fields, b.whole)


@given(MARKINGS, MARKINGS, SOME)
def test_no_label_drops_without_its_originators(
    marking: Marking, to: Marking, consents: frozenset[str]
) -> None:
    try:
        assert lowered(marking, to, "PL", consents) == to
    except RefusedByPolicy:
        assert not allows_no_more(to, marking)
        return
    assert allows_no_more(to, marking) or marking.whole.originators <= consents | {"PL"}


@given(MARKINGS, PLAIN)
def test_anybody_may_ask_more(marking: Marking, other: Marking) -> None:
    narrower = strictest(frozenset({marking, other}))
    assert lowered(marking, narrower, "", frozenset()) == narrower


def test_a_refusal_names_who_has_not_consented() -> None:
    with pytest.raises(RefusedByPolicy, match=r"DE has not consented to 'NL: FR; LICENCE:CC-BY"):
        lowered(NL, FOR_FR, "NL", frozenset({"FR"}))
    with pytest.raises(RefusedByPolicy, match=r"DE, NL have not consented"):
        lowered(NL, FOR_FR, "FR", frozenset())
    assert lowered(NL, FOR_FR, "NL", frozenset({"DE"})) == FOR_FR


def test_no_consent_takes_away_a_say_or_a_licence() -> None:
    everybody = frozenset({"NL", "DE"})
    with pytest.raises(RefusedByPolicy, match=r"keeps the originators it has, and .* lost DE"):
        lowered(NL, replace(FOR_FR, handling=Handling(licences=NL.handling.licences)), "NL", everybody)
    with pytest.raises(RefusedByPolicy, match=r"keeps the licences it has, and .* lost CC-BY-4.0"):
        lowered(NL, replace(FOR_FR, handling=Handling(originators=frozenset({"DE"}))), "NL", everybody)


def test_whoever_has_a_say_in_a_field_has_one_in_the_whole() -> None:
    sensor = Marking(owner="NL", handling=Handling(originators=frozenset({"FR"})))
    with_sensor = Marking(owner="NL", of_fields=(("sensor", sensor),))
    opened = replace(with_sensor, handling=Handling(tlp=Tlp.RED))
    with pytest.raises(RefusedByPolicy, match="FR has not consented"):
        lowered(with_sensor, opened, "NL", frozenset())
    without = replace(with_sensor, of_fields=())
    with pytest.raises(RefusedByPolicy, match="lost FR"):
        lowered(with_sensor, without, "NL", frozenset({"FR"}))
