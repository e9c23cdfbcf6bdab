"""Labels of every shape, for the laws that labels keep."""

from hypothesis import strategies as st

from baken.records.handling import Handling, Onward, Pap, Tlp
from baken.records.marking import Marking

# The years in which an instant can be told: 1972 to 2291.
INSTANTS = st.sampled_from([None, 0, -883_612_790_000_000_000]) | st.integers(0, 9_214_646_400_000_000_000)

Names = st.SearchStrategy[str]
# Few names, so that two labels drawn apart have something in common.
COMMON = st.sampled_from(["NL", "DE", "two words"])
SOME = st.frozensets(COMMON)
# Every name a label can have, in every alphabet.
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=",:;|"), min_size=1, max_size=4
)
ANY_NAME = st.lists(WORDS, min_size=1, max_size=2).map(" ".join)
# And names that none can have.
HOSTILE = [
    "NL: DE",
    "a; TLP:CLEAR",
    "DE, FR",
    "",
    " DE",
    "DE ",
    "a|b",
    "a\nb",
    "a\u202eb",
    "a\u00a0b",
    "a  b",
]


def handlings(name: Names) -> st.SearchStrategy[Handling]:
    names = st.frozensets(name, max_size=2)
    return st.builds(
        Handling,
        classifications=names,
        needs=names,
        restrictive=names,
        permissive=st.frozensets(names, max_size=2),
        case_only=st.booleans(),
        tlp=st.sampled_from([None, *Tlp]),
        pap=st.sampled_from([None, *Pap]),
        onward=st.sampled_from(Onward),
        licences=names,
        originators=names,
        created_tai_ns=INSTANTS,
        review_tai_ns=INSTANTS,
    )


def markings(name: Names) -> st.SearchStrategy[Marking]:
    return st.builds(
        Marking,
        owner=st.just("") | name,
        releasable_to=st.frozensets(name, max_size=3),
        handling=st.just(Handling()) | handlings(name),
    )


def with_a_field(marking: Marking, field: str, label: Marking | None) -> Marking:
    """Return a label in which one field has a label of its own, if there is one."""
    return Marking(
        owner=marking.owner,
        releasable_to=marking.releasable_to,
        handling=marking.handling,
        of_fields=((field, label),) if label else (),
    )


PLAIN = markings(COMMON)
WILD = markings(ANY_NAME)
FIELDS = st.sampled_from(["sensor", "title; TLP:CLEAR"])
MARKINGS = st.builds(with_a_field, PLAIN, FIELDS, st.none() | PLAIN)
