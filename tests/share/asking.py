"""Policies, readers and labels that the tests of sharing ask with."""

from importlib import resources

from hypothesis import strategies as st

from baken.records.handling import Handling, Onward, Pap, Tlp
from baken.records.marking import Marking, Realm
from baken.records.reader import Item, Reader, ReleaseCircumstances
from baken.share.policy import Policies, PolicySet, read_policies, read_policy_set

SHIPPED = resources.files("baken.share") / "policies"
SCHEMA = (SHIPPED / "baken.cedarschema").read_text(encoding="utf-8")
BASE = (SHIPPED / "baken.cedar").read_text(encoding="utf-8")
STATES = {
    name: (SHIPPED / "examples" / f"{name}.cedar").read_text(encoding="utf-8") for name in ("NL", "DE", "FR")
}
EVERYTHING = "permit (principal, action, resource);"
NOW_TAI_NS = 800_000_000_000_000_000

# Few names, so that they often meet.
parties = st.sampled_from(["NL", "DE", "FR"])
some_parties = st.frozensets(st.sampled_from(["NL", "DE", "FR", "EU", "PUBLIC"]), max_size=3)
levels = st.frozensets(st.sampled_from(["NL/STG. GEHEIM", "DE/VS-NfD"]), max_size=1)
words = st.frozensets(st.sampled_from(["space", "cyber", "air"]), max_size=2)
instants = st.integers(NOW_TAI_NS - 1, NOW_TAI_NS + 1)
licences = st.frozensets(st.just("space-track"))
kinds = st.sampled_from(["finding", "element-set", ""])

handlings = st.builds(
    Handling,
    classifications=levels,
    needs=words,
    restrictive=words,
    permissive=st.frozensets(words, max_size=2),
    case_only=st.booleans(),
    tlp=st.none() | st.sampled_from(Tlp),
    pap=st.none() | st.sampled_from(Pap),
    onward=st.sampled_from(Onward),
    licences=licences,
    originators=st.frozensets(parties, max_size=2),
    review_tai_ns=st.none() | instants,
)
# Half of all labels ask little, or nearly everything would be refused and nothing would be tried.
easy_handlings = st.builds(Handling, tlp=st.sampled_from(Tlp), onward=st.sampled_from(Onward))
labels = st.builds(
    Marking, owner=st.just("") | parties, releasable_to=some_parties, handling=easy_handlings | handlings
)
labels_with_fields = st.builds(
    lambda label, narrower: Marking(
        owner=label.owner,
        releasable_to=label.releasable_to,
        handling=label.handling,
        of_fields=(("sensor", narrower),),
    ),
    labels,
    labels,
)
realms = st.sampled_from([Realm.REAL, Realm.EXERCISE])


def items_under(markings: st.SearchStrategy[Marking]) -> st.SearchStrategy[Item]:
    """Return items that carry such labels."""
    return st.builds(
        Item,
        marking=markings,
        realm=realms,
        held_by=st.just("NL"),
        case=st.sampled_from(["", "NL-CJ26-0001"]),
        kind=kinds,
    )


items = items_under(labels | labels_with_fields)
readers = st.builds(
    Reader,
    name=st.just("jansen"),
    acts_for=parties,
    audiences=some_parties,
    nationalities=st.frozensets(parties, max_size=1),
    needs=words,
    categories=words,
    cases=st.frozensets(st.just("NL-CJ26-0001")),
    realms=st.frozensets(realms, min_size=1),
    purpose=st.sampled_from(["", "space safety"]),
)
terms = st.builds(
    ReleaseCircumstances,
    releaser=st.sampled_from(["", "de vries"]),
    reason=st.sampled_from(["", "they fly beside it"]),
    purpose=st.sampled_from(["", "space safety"]),
    expires_tai_ns=st.none() | instants,
    consents=st.frozensets(parties),
    approvals=st.frozensets(st.sampled_from(["a", "b", "A "])),
    onward=st.sampled_from(Onward),
    reduced=st.booleans(),
    agreements=st.frozensets(st.sampled_from(["client", "NL-FR full orbits"])),
    gives_back=st.booleans(),
    licences=licences,
)


def label(owner: str = "NL", *releasable_to: str, **handling: object) -> Marking:
    """Return a label, its demands by name."""
    return Marking(
        owner=owner,
        releasable_to=frozenset(releasable_to),
        handling=Handling(**handling),  # type: ignore[arg-type]
    )


def item(marking: Marking, *, held_by: str = "NL", kind: str = "", case: str = "") -> Item:
    """Return an item of this world."""
    return Item(marking=marking, realm=Realm.REAL, held_by=held_by, kind=kind, case=case)


def reader(acts_for: str = "NL", **said: object) -> Reader:
    """Return somebody who works in this world."""
    return Reader(name="jansen", acts_for=acts_for, realms=frozenset({Realm.REAL}), **said)  # type: ignore[arg-type]


def good_terms(**said: object) -> ReleaseCircumstances:
    """Return terms with which there is nothing wrong."""
    told = {
        "releaser": "de vries",
        "reason": "they fly beside it",
        "purpose": "space safety",
        "expires_tai_ns": NOW_TAI_NS + 1,
        **said,
    }
    return ReleaseCircumstances(**told)  # type: ignore[arg-type]


def policies(**others: str) -> Policies:
    """Return Baken's own rules and others by name."""
    return read_policies({"baken": BASE, **others}, SCHEMA)


def policy_set(text: str, name: str = "NL") -> PolicySet:
    """Return one set of rules."""
    return read_policy_set(name, text, SCHEMA)
