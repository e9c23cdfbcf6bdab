"""Does the filter for many items say of each what the engine says, and does every doubt deny?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.records.reader import Item
from baken.share.decide import may_read
from baken.share.policy import Policies
from baken.share.read_filter import ReadFilter, by_the_engine, left_for
from baken.share.requests import circumstances, item_attributes, reader_attributes
from baken.share.residual import NotUnderstood, understood
from tests.share import asking, random_policies
from tests.share.asking import NOW_TAI_NS, item, label, reader

N_ITEMS = 1_000
EVERY = asking.policies(**asking.STATES)
as_the_engine = pytest.mark.capability(
    "Of each item of a list the same answer as of that item alone", status="VALIDATED", authority="Cedar"
)
any_file = random_policies.policies(
    random_policies.plain | random_policies.like | st.sampled_from(random_policies.FOR_THE_ENGINE)
)


def agrees(policies, who, items, may_handle) -> None:
    """Hold the filter against one decision at a time."""
    admitted = ReadFilter(policies, who, at_tai_ns=NOW_TAI_NS, may_handle=may_handle).admitted(items)
    decided = [may_read(policies, who, each, at_tai_ns=NOW_TAI_NS, may_handle=may_handle) for each in items]
    assert admitted == [decision.allowed for decision in decided]


@as_the_engine
@given(any_file, asking.readers, st.lists(asking.items, min_size=1, max_size=4), asking.levels)
def test_the_filter_says_what_the_engine_says_under_any_rules(text, who, items, may_handle):
    agrees(Policies(sets=(asking.policy_set(text),)), who, items, may_handle)


@as_the_engine
@given(asking.readers, st.lists(asking.items, min_size=1, max_size=4), asking.levels)
def test_the_filter_says_what_the_engine_says_under_the_rules_that_ship(who, items, may_handle):
    agrees(EVERY, who, items, may_handle)


NOW = "800000000000000000"
ONE_OF_EACH_NODE = [
    *(f"context.at_tai_ns {sign} {NOW}" for sign in ("<", "<=", ">", ">=", "==", "!=")),
    'resource.kind == "finding"',
    'resource.kind != "finding"',
    *(f'resource.kind like "{pattern}"' for pattern in ("find*", "*ding", "*", "f.nding", "f*n*g", "")),
    'if resource.kind == "finding" then resource.case_only else resource.onward == "nobody"',
    '!(resource.kind == "finding")',
    'resource.kind == "finding" && resource.case_only',
    'resource.kind == "finding" || resource.case_only',
    'resource.releasable_to.contains("DE")',
    "resource.releasable_to.containsAll(resource.originators)",
    "resource.originators.containsAll(resource.releasable_to)",
    'resource.releasable_to.containsAny(["DE", resource.owner])',
    '["DE", resource.owner].containsAll(resource.releasable_to)',
    "resource.releasable_to.isEmpty()",
    "resource.releasable_to == resource.originators",
    "resource has review_tai_ns",
    f"resource has review_tai_ns && resource.review_tai_ns < {NOW}",
    "context.meets.isEmpty()",
]
SOME_OF_EACH_KIND = [
    Item(marking=marking, realm=Realm.REAL, held_by="NL", kind=kind)
    for marking in (
        label("NL"),
        label("NL", "NL"),
        label("NL", "DE", "NL", case_only=True, review_tai_ns=NOW_TAI_NS - 1),
        label("DE", "DE", review_tai_ns=NOW_TAI_NS, permissive=frozenset({frozenset({"space"})})),
        label("", "FR", onward=Onward.ANYONE),
    )
    for kind in ("finding", "f.nding", "folding", "")
]


@as_the_engine
@pytest.mark.parametrize("condition", ONE_OF_EACH_NODE)
def test_each_kind_of_node_is_understood_as_the_engine_does(condition):
    who = reader(categories=frozenset({"space"}))
    rules = asking.policy_set(f'@id("a") permit (principal, action, resource) when {{ {condition} }};')
    assert left_for(rules, reader_attributes(who, frozenset())).__qualname__.startswith("_permitted")
    agrees(Policies(sets=(rules,)), who, SOME_OF_EACH_KIND, frozenset())


@pytest.mark.parametrize("name", ["baken", *asking.STATES])
def test_every_rule_that_ships_is_understood_without_the_engine(name):
    (policy_set,) = (each for each in EVERY.sets if each.name == name)
    judge = left_for(policy_set, reader_attributes(reader(), frozenset()))
    assert judge.__qualname__.startswith("_permitted_and_not_forbidden")


def test_a_rule_that_only_the_engine_understands_is_put_to_it():
    late = '@id("late") permit (principal, action, resource) when { context.at_tai_ns + 1 > 0 };'
    judge = left_for(asking.policy_set(late), reader_attributes(reader(), frozenset()))
    assert judge.__qualname__.startswith(by_the_engine.__qualname__)
    mine = item(label())
    assert judge(item_attributes(mine), circumstances(reader(), mine, 0))


@pytest.mark.parametrize(
    "tree", [[], {"unknown": [{"Value": "tomorrow"}]}, {"Value": {"__entity": {}}}, {"is": {}}]
)
def test_a_tree_that_is_not_understood_is_refused(tree):
    with pytest.raises(NotUnderstood):
        understood(tree)


def test_one_is_not_true():
    assert understood({"==": {"left": {"Value": 1}, "right": {"Value": True}}})({}, {}) is False


def test_a_broken_file_and_no_file_admit_nothing():
    mine = item(label())
    for policies in (asking.policies(NL="permit"), Policies(sets=())):
        admits = ReadFilter(policies, reader(), at_tai_ns=NOW_TAI_NS, may_handle=frozenset()).admits
        assert not admits(mine)


def test_a_list_is_filtered_without_asking_the_engine_of_each_item(monkeypatch):
    items = [
        Item(marking=label("NL", "DE", f"X{i}", case_only=i % 2 == 0), realm=Realm.REAL, held_by="NL")
        for i in range(N_ITEMS)
    ]
    german = ReadFilter(EVERY, reader("DE"), at_tai_ns=NOW_TAI_NS, may_handle=frozenset())
    monkeypatch.setattr("cedarpy.is_authorized", None)
    assert sum(german.admitted(items)) == N_ITEMS / 2
