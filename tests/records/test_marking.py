"""Do labels keep their laws, joined in any order, and do they read back as they were, never wider?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.records.handling import NO_HANDLING, Handling, Onward, Pap, Tlp, handling_from_tokens
from baken.records.marking import OWNER_ONLY, Marking, marking_from_text, strictest
from baken.records.marking_forms import (
    marking_document,
    marking_fields,
    marking_from_document,
    marking_from_fields,
)
from tests.labels import HOSTILE, MARKINGS, PLAIN, WILD

NL = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))


PLAINEST = {"owner": "", "releasable_to": []}


def joined(*markings: Marking) -> Marking:
    return strictest(frozenset(markings))


def wider_dimensions(narrower: Marking, wider: Marking) -> list[str]:
    """Return where a label asks less than another one, dimension by dimension, written out."""
    a, b = narrower.handling, wider.handling
    asks_less = {
        "owner": narrower.owner not in ("", wider.owner),
        "audience": bool(narrower.releasable_to - wider.releasable_to),
        "originators": bool(wider.originators - narrower.originators),
        "tlp": a.tlp is not None and (b.tlp is None or list(Tlp).index(a.tlp) < list(Tlp).index(b.tlp)),
        "pap": a.pap is not None and (b.pap is None or list(Pap).index(a.pap) < list(Pap).index(b.pap)),
        "onward": list(Onward).index(a.onward) < list(Onward).index(b.onward),
        "case": b.case_only and not a.case_only,
        "created": b.created_tai_ns is not None
        and (a.created_tai_ns is None or a.created_tai_ns < b.created_tai_ns),
        "review": b.review_tai_ns is not None
        and (a.review_tai_ns is None or a.review_tai_ns > b.review_tai_ns),
    }
    for name in ("classifications", "needs", "restrictive", "permissive", "licences"):
        asks_less[name] = bool(getattr(b, name) - getattr(a, name))
    return [name for name, less in asks_less.items() if less]


@given(PLAIN, PLAIN)
def test_a_join_does_not_depend_on_order(a: Marking, b: Marking) -> None:
    assert joined(a, joined(b)) == joined(b, joined(a))


@settings(max_examples=60)
@given(MARKINGS, PLAIN, PLAIN)
def test_a_join_does_not_depend_on_what_is_joined_first(a: Marking, b: Marking, c: Marking) -> None:
    assert joined(joined(a, b), c) == joined(a, joined(b, c)) == joined(a, b, c)


@given(MARKINGS)
def test_a_label_joined_with_itself_is_itself(marking: Marking) -> None:
    assert joined(marking) == marking.whole
    assert joined(marking, marking.whole) == marking.whole
    assert marking.whole.whole == marking.whole


@given(MARKINGS, MARKINGS)
def test_a_join_is_below_its_inputs_in_no_dimension(a: Marking, b: Marking) -> None:
    for marking in (a, b):
        assert wider_dimensions(joined(a, b), marking.without_fields) == []
        for _, of_field in marking.of_fields:
            assert wider_dimensions(joined(a, b), of_field) == []


@given(MARKINGS, st.sampled_from(["sensor", "title", "text"]))
def test_a_field_is_seen_by_no_more_than_its_record(marking: Marking, field: str) -> None:
    assert wider_dimensions(marking.of(field), marking.without_fields) == []
    assert wider_dimensions(marking.whole, marking.of(field)) == []


@given(PLAIN | WILD)
def test_a_label_reads_back_from_its_text_as_it_was(marking: Marking) -> None:
    assert marking_from_text(marking.text) == marking
    assert "\n" not in marking.text
    assert marking.text.isprintable()


@given(MARKINGS | WILD)
def test_a_label_reads_back_from_fields_and_from_json_as_it_was(marking: Marking) -> None:
    assert marking_from_fields(dict(marking_fields(marking, "new_")), "new_") == marking
    assert marking_from_document(marking_document(marking)) == marking


@given(MARKINGS)
def test_a_text_that_leaves_out_labels_of_fields_is_no_label(marking: Marking) -> None:
    read = marking_from_text(marking.text)
    assert read == (None if marking.of_fields else marking)


@given(st.text("NLDE:;, |ownerlyTPCA"))
def test_whatever_text_is_read_as_a_label_says_what_it_says(text: str) -> None:
    read = marking_from_text(text)
    assert read is None or marking_from_text(read.text) == read


@pytest.mark.parametrize("place", ["owner", "audience", "need", "classification", "originator", "any of"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_could_be_read_as_more_is_no_name(name: str, place: str) -> None:
    if (name, place) == ("", "owner"):
        return
    one = frozenset({name})
    makers = {
        "owner": lambda: Marking(owner=name),
        "audience": lambda: Marking(releasable_to=one),
        "need": lambda: Handling(needs=one),
        "classification": lambda: Handling(classifications=one),
        "originator": lambda: Handling(originators=one),
        "any of": lambda: Handling(permissive=frozenset({one})),
    }
    with pytest.raises(ValueError, match="a name in a label"):
        makers[place]()


@pytest.mark.parametrize("name", ["owner", "releasable_to"])
def test_nobody_is_called_as_a_label_without_audience_reads(name: str) -> None:
    said = "owner only" if name == "owner" else frozenset({"owner only", "DE"})
    with pytest.raises(ValueError, match="nobody is called"):
        replace(NL, **{name: said})


def test_what_is_missing_or_empty_is_the_most_restrictive() -> None:
    assert Marking() == OWNER_ONLY == strictest(frozenset()) == marking_from_text("owner only")
    assert OWNER_ONLY.releasable_to == frozenset()
    assert OWNER_ONLY.handling == NO_HANDLING
    for step in Tlp:
        assert joined(NL, replace(NL, handling=Handling(tlp=step))).handling.tlp is None
    for step in Pap:
        assert joined(NL, replace(NL, handling=Handling(pap=step))).handling.pap is None
    assert NO_HANDLING.onward is Onward.NOBODY


@pytest.mark.parametrize(
    "tokens",
    [
        ["TLP:PINK"],
        ["TLP:"],
        ["tlp:RED"],
        ["PAP:AMBER+STRICT"],
        ["ONWARD:everybody"],
        ["CASE-ONLY:no"],
        ["CLASS:"],
        ["NEED:a, b"],
        ["ANY:a||b"],
        ["SECRET"],
        [""],
        ["CREATED:tomorrow"],
        ["REVIEW:1066-10-14T09:00:00Z"],
        ["TLP:RED", "TLP:CLEAR"],
        ["ONWARD:nobody", "ONWARD:anyone"],
        ["narrower for sensor"],
    ],
)
def test_a_demand_nobody_understands_is_refused_and_never_left_out(tokens: list[str]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        handling_from_tokens(tokens)
    assert marking_from_text("; ".join(["NL: DE", *tokens])) is None


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"owner": "NL"},
        {"owner": None, "releasable_to": []},
        {"owner": "NL", "releasable_to": "DE"},
        {"owner": "NL", "releasable_to": [1]},
        {"owner": "NL", "releasable_to": [], "handling": "TLP:RED"},
        {"owner": "NL", "releasable_to": [], "caveats": ["EYES ONLY"]},
        {"owner": "NL", "releasable_to": [], "of_fields": {"a": {"owner": "NL"}}},
        {
            **PLAINEST,
            "of_fields": {
                "a": {
                    "owner": "",
                    "releasable_to": [],
                    "of_fields": {"b": {"owner": "", "releasable_to": []}},
                }
            },
        },
    ],
)
def test_json_that_is_no_label_is_refused(told: dict) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        marking_from_document(told)


def test_fields_that_are_no_label_are_refused() -> None:
    good = dict(marking_fields(replace(NL, of_fields=(("sensor", NL),))))
    assert marking_from_fields(good).of("sensor") == NL
    for name, said in (
        ("marking_owner", 3),
        ("marking_releasable_to", "DE"),
        ("marking_of_fields", (("sensor", "everybody: or: nobody"),)),
        ("marking_of_fields", (("sensor", "NL"), ("sensor", "DE"))),
        ("marking_of_fields", "sensor"),
    ):
        with pytest.raises((ValueError, TypeError)):
            marking_from_fields({**good, name: said})
    with pytest.raises(KeyError):
        marking_from_fields({"marking_owner": "NL"})


def test_a_label_has_dates_that_can_be_told() -> None:
    for at_tai_ns in (0, -883_612_790_000_000_000):
        told = replace(NL, handling=Handling(created_tai_ns=at_tai_ns, review_tai_ns=at_tai_ns))
        assert marking_from_text(told.text) == told
    with pytest.raises(ValueError, match="1972"):
        Handling(review_tai_ns=-883_612_790_000_000_001)
