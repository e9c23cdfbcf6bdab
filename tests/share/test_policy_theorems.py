"""What is proved of the rules that ship: for every reader, label and terms, not for some that were tried.

z3 looks for somebody whom a rule lets through against the theorem and finds nobody.  Beside each theorem
stands a file with a leak in it that it finds: a proof that nothing can break proves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.records.handling import Handling
from baken.records.marking import Marking, Realm, strictest
from baken.records.reader import Item
from baken.share.decide import decide
from baken.share.policy import Policies
from baken.share.requests import READ, RELEASE, Question, may_he_read, may_it_go
from tests.share import asking, random_policies
from tests.share.asking import NOW_TAI_NS, good_terms, reader
from tests.share.cedar_in_z3 import NONE, Asked, allows, asked, is_the_question, meet, text, texts

DATED = Item(
    marking=Marking(handling=Handling(created_tai_ns=1, review_tai_ns=1)), realm=Realm.REAL, held_by="NL"
)
SHAPE = may_it_go(reader(), DATED, good_terms(), at_tai_ns=NOW_TAI_NS, may_handle=frozenset())
EITHER = (READ, RELEASE)
proved = pytest.mark.capability(
    "What the rules of sharing never let through",
    status="VALIDATED",
    authority="z3, over the rules as they ship",
)


def facts(q: Asked, action: str) -> z3.BoolRef:
    """Say of a question what is so of every one that is put (``requests``), as a test below holds."""
    owner, acts_for = q["resource.owner"], q["principal.acts_for"]
    # Who keeps it and who gets it need not be asked.
    agreed = [z3.IsMember(each, q["context.agreed"]) for each in (q["resource.held_by"], acts_for)]
    return z3.And(
        *(agreed if action == RELEASE else []),
        acts_for != text(""),
        z3.IsMember(acts_for, q["principal.audiences"]),
        z3.Or(owner == text(""), z3.IsMember(owner, q["resource.originators"])),
        z3.IsSubset(q["context.meets"], q["resource.permissive"]),
    )


# --- What nobody may break: each says of a question what has to hold when it is allowed --------------


def named(q: Asked) -> z3.BoolRef:
    """Say that the label names the one who asks."""
    return meet(q["resource.releasable_to"], q["principal.audiences"])


def belongs(q: Asked) -> z3.BoolRef:
    """Say that it is his own."""
    return z3.And(q["resource.owner"] == q["principal.acts_for"], q["resource.owner"] != text(""))


def is_named_or_owner(q: Asked) -> z3.BoolRef:
    """Nothing is for anybody whom the label does not name, but its owner."""
    return z3.Or(named(q), belongs(q))


def same_realm(q: Asked) -> z3.BoolRef:
    """Nothing of one world is for who works in another."""
    return z3.IsMember(q["resource.realm"], q["principal.realms"])


def has_what_is_demanded(q: Asked) -> z3.BoolRef:
    """Every demand of a label is met: clearances, needs, categories, and the case."""
    return z3.And(
        z3.IsSubset(q["resource.classifications"], q["principal.may_handle"]),
        z3.IsSubset(q["resource.needs"], q["principal.needs"]),
        z3.IsSubset(q["resource.restrictive"], q["principal.categories"]),
        q["resource.permissive"] == q["context.meets"],
        z3.Implies(q["resource.case_only"], z3.IsMember(q["resource.case"], q["principal.cases"])),
    )


def an_empty_label_is_for_its_owner(q: Asked) -> z3.BoolRef:
    """A label that says nothing is for the owner and nobody else."""
    return z3.Implies(q["resource.releasable_to"] == NONE, belongs(q))


def originators_kept_their_say(q: Asked) -> z3.BoolRef:
    """Who was not asked had named the recipient, and had said it may be handed on."""
    originator = z3.Int("originator")
    not_asked = z3.And(
        z3.IsMember(originator, q["resource.originators"]),
        z3.Not(z3.IsMember(originator, q["context.agreed"])),
    )
    may_be_handed_on = z3.IsMember(q["resource.onward"], texts("audience", "anyone"))
    return z3.Implies(not_asked, z3.And(named(q), may_be_handed_on))


def somebody_gave_a_reason_and_an_end(q: Asked) -> z3.BoolRef:
    """A release is somebody's act, with a reason and a purpose, and it ends."""
    return z3.And(
        *(q[f"context.{name}"] != text("") for name in ("releaser", "reason", "purpose")),
        q.has["expires_tai_ns"],
        q["context.expires_tai_ns"] > q["context.at_tai_ns"],
    )


def licences_allow_it(q: Asked) -> z3.BoolRef:
    """No licence of the data is broken."""
    return z3.IsSubset(q["resource.licences"], q["context.licences"])


def only_clear_is_public(q: Asked) -> z3.BoolRef:
    """Only what is marked TLP:CLEAR goes to the public."""
    is_public = z3.IsMember(text("PUBLIC"), q["principal.audiences"])
    return z3.Implies(is_public, q["resource.tlp"] == text("CLEAR"))


@dataclass(frozen=True)
class Theorem:
    """What holds of whatever is allowed; and words of the file that make a leak when others stand there."""

    holds: Callable[[Asked], z3.BoolRef]
    actions: tuple[str, ...]
    words: str
    others: str

    @property
    def leaky_file(self) -> str:
        return leaky(self.words, self.others)


NAMED, AGREED = "resource.releasable_to.containsAny(", "context.agreed.containsAll(resource.originators)"
OWNER, OWNS = "principal.acts_for == resource.owner }", "resource.originators.contains(principal.acts_for) }"
HANDED_ON = '["audience", "anyone"].contains(resource.onward)\n'
THEOREMS = [
    Theorem(is_named_or_owner, EITHER, NAMED, "resource.originators.containsAny("),
    Theorem(is_named_or_owner, EITHER, OWNER, OWNS),
    Theorem(same_realm, EITHER, "realms.contains(resource.realm)", 'realms.contains("REAL")'),
    Theorem(has_what_is_demanded, EITHER, "may_handle.containsAll(", "may_handle.containsAny("),
    Theorem(has_what_is_demanded, EITHER, "principal.needs.containsAll(", "principal.needs.containsAny("),
    Theorem(has_what_is_demanded, EITHER, "categories.containsAll(", "needs.containsAll("),
    Theorem(has_what_is_demanded, EITHER, "context.meets.containsAll(", "context.meets.containsAny("),
    Theorem(
        has_what_is_demanded,
        EITHER,
        "{ resource.case_only }",
        '{ resource.case_only && resource.case != "" }',
    ),
    Theorem(an_empty_label_is_for_its_owner, EITHER, OWNER, f'resource.owner == "" || {OWNER}'),
    Theorem(an_empty_label_is_for_its_owner, EITHER, NAMED, "!resource.originators.containsAny("),
    Theorem(originators_kept_their_say, (RELEASE,), HANDED_ON, "resource.onward != context.onward\n"),
    Theorem(originators_kept_their_say, (RELEASE,), AGREED, AGREED.replace("All", "Any")),
    Theorem(originators_kept_their_say, (RELEASE,), f"{AGREED} ||\n  {NAMED}", f"{OWNER[:-2]} ||\n  {NAMED}"),
    Theorem(somebody_gave_a_reason_and_an_end, (RELEASE,), '|| context.reason == ""', ""),
    Theorem(somebody_gave_a_reason_and_an_end, (RELEASE,), "> context.at_tai_ns", "!= context.at_tai_ns"),
    Theorem(
        licences_allow_it, (RELEASE,), "context.licences.containsAll(", "context.agreements.containsAll("
    ),
    Theorem(only_clear_is_public, (RELEASE,), '{ resource.tlp == "CLEAR" }', '{ resource.tlp != "RED" }'),
]


def leaky(words: str, others: str) -> str:
    """Return the file with a leak in it: one that a home could hold."""
    assert words in asking.BASE
    return asking.policy_set(asking.BASE.replace(words, others)).text


def broken_by(policy_text: str, action: str, holds: Callable[[Asked], z3.BoolRef]) -> z3.ModelRef | None:
    """Return somebody whom a file lets through against a theorem, or None when there is nobody."""
    q = asked(SHAPE)
    return found(facts(q, action), allows(policy_text, action, q), z3.Not(holds(q)))


def found(*said: z3.BoolRef) -> z3.ModelRef | None:
    """Return an example of all that is said, or None when there is none."""
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    solver.add(*said)
    answer = solver.check()
    assert answer != z3.unknown, solver.reason_unknown()
    return solver.model() if answer == z3.sat else None


EACH = [(theorem, action) for theorem in THEOREMS for action in theorem.actions]
ONCE = list(dict.fromkeys((theorem.holds, action) for theorem, action in EACH))


@proved
@pytest.mark.parametrize(("holds", "action"), ONCE, ids=lambda each: getattr(each, "__name__", str(each)))
def test_the_rules_that_ship_let_nobody_through_against_it(holds, action):
    assert broken_by(asking.BASE, action, holds) is None


@proved
@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.holds.__name__)
def test_a_leak_that_was_planted_is_found(theorem):
    assert any(broken_by(theorem.leaky_file, action, theorem.holds) for action in theorem.actions)


@pytest.mark.parametrize("action", EITHER)
def test_somebody_gets_through(action):
    # Nothing is proved of rules that allow nothing.
    q = asked(SHAPE)
    assert found(facts(q, action), allows(asking.BASE, action, q)) is not None


# --- Theorems of two questions: what one label allows, and another --------------------------------------

FROM_WIDE_TO_NARROW = {
    "tlp": ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", ""],
    "onward": ["anyone", "audience", "nobody"],
}
GROWING = ["classifications", "needs", "restrictive", "permissive", "licences"]
OTHERWISE = ["originators", "owner", "releasable_to", "case_only", "pap", "created_tai_ns", "review_tai_ns"]
REVIEW, SAY = "resource.review_tai_ns", "resource.originators"


def alike_but(one: Asked, other: Asked, *differing: str) -> z3.BoolRef:
    """Say that two questions are the same in all but some attributes."""
    same = [
        z3.And(symbol == other.of[whose][name], one.has.get(name, True) == other.has.get(name, True))
        for whose, attributes in one.of.items()
        for name, symbol in attributes.items()
        if f"{whose}.{name}" not in differing
    ]
    return z3.And(same)


def without_some_recipients(wider: Asked, narrower: Asked) -> z3.BoolRef:
    """Say that a label is another with recipients taken away."""
    changed = "resource.releasable_to"
    return z3.And(alike_but(wider, narrower, changed), z3.IsSubset(narrower[changed], wider[changed]))


def made_from(part: Asked, whole: Asked) -> z3.BoolRef:
    """Say that a label asks what another asks, or more: as that of what was made from it (``strictest``)."""
    joined = [f"resource.{name}" for name in (*GROWING, *OTHERWISE, *FROM_WIDE_TO_NARROW)]
    reviewed = z3.And(whole.has["review_tai_ns"], whole[REVIEW] <= part[REVIEW])
    return z3.And(
        alike_but(part, whole, "context.meets", *joined),
        *(z3.IsSubset(part[f"resource.{name}"], whole[f"resource.{name}"]) for name in GROWING),
        # A label without an owner does not say who keeps the item, and he needs not be asked.
        z3.IsSubset(part[SAY], z3.SetAdd(whole[SAY], part["resource.held_by"])),
        *(_no_wider(part, whole, name, order) for name, order in FROM_WIDE_TO_NARROW.items()),
        z3.IsSubset(whole["resource.releasable_to"], part["resource.releasable_to"]),
        part["context.meets"] == z3.SetIntersect(whole["context.meets"], part["resource.permissive"]),
        z3.Or(whole["resource.owner"] == part["resource.owner"], whole["resource.owner"] == text("")),
        z3.Implies(part["resource.case_only"], whole["resource.case_only"]),
        z3.Implies(part.has["review_tai_ns"], reviewed),
    )


def _no_wider(part: Asked, whole: Asked, name: str, order: list[str]) -> z3.BoolRef:
    pairs = [(wide, narrow) for place, wide in enumerate(order) for narrow in order[place:]]
    said, then = part[f"resource.{name}"], whole[f"resource.{name}"]
    return z3.Or([z3.And(said == text(wide), then == text(narrow)) for wide, narrow in pairs])


NARROWINGS = [without_some_recipients, made_from]


def widened_by(policy_text: str, action: str, narrowing: Callable) -> z3.ModelRef | None:
    """Return somebody to whom a narrower label gives what the wider one does not, or None."""
    wider, narrower = asked(SHAPE), asked(SHAPE, "narrower ")
    return found(
        facts(wider, action),
        facts(narrower, action),
        narrowing(wider, narrower),
        allows(policy_text, action, narrower),
        z3.Not(allows(policy_text, action, wider)),
    )


@proved
@pytest.mark.parametrize("action", EITHER)
@pytest.mark.parametrize("narrowing", NARROWINGS)
def test_a_narrower_label_grants_nobody_anything(narrowing, action):
    assert widened_by(asking.BASE, action, narrowing) is None


LEAKS_BY_NARROWING = [
    (without_some_recipients, READ, OWNER, "resource.releasable_to.isEmpty() }"),
    (without_some_recipients, RELEASE, "to.contains(principal.acts_for)", 'to == ["DE"]'),
    (made_from, READ, "principal.may_handle.containsAll(", "resource.needs.containsAll("),
    # This one stood in the first draft of the file: RED went where AMBER+STRICT may not.
    (made_from, RELEASE, '["CLEAR", "GREEN", "AMBER"].contains(', '!["AMBER+STRICT"].contains('),
]


@proved
@pytest.mark.parametrize(("narrowing", "action", "words", "others"), LEAKS_BY_NARROWING)
def test_a_leak_by_narrowing_that_was_planted_is_found(narrowing, action, words, others):
    assert widened_by(leaky(words, others), action, narrowing) is not None


@pytest.mark.parametrize("state", asking.STATES)
def test_files_of_states_read_as_one_would_leak(state):
    # Why each set is asked by itself: a permit in one would answer for the other.
    q = asked(SHAPE)
    as_one = allows(asking.BASE + asking.STATES[state], READ, q)
    one_by_one = z3.And(allows(asking.BASE, READ, q), allows(asking.STATES[state], READ, q))
    assert found(facts(q, READ), as_one, z3.Not(allows(asking.BASE, READ, q))) is not None
    assert found(facts(q, READ), one_by_one, z3.Not(allows(asking.BASE, READ, q))) is None


# --- And that z3 speaks of the same things as the engine --------------------------------------------------

at, clearances = st.just(NOW_TAI_NS), asking.levels
questions = st.builds(
    may_he_read, asking.readers, asking.items, at_tai_ns=at, may_handle=clearances
) | st.builds(may_it_go, asking.readers, asking.items, asking.terms, at_tai_ns=at, may_handle=clearances)
any_file = random_policies.policies(random_policies.plain)


@settings(max_examples=40)
@given(any_file | st.sampled_from([asking.BASE, *asking.STATES.values()]), questions)
def test_z3_says_what_the_engine_says(policy_text, question):
    q = asked(SHAPE)
    said = found(is_the_question(q, question), allows(policy_text, question.action, q))
    rules = Policies(sets=(asking.policy_set(policy_text),))
    assert (said is not None) == decide(rules, question).allowed


@settings(max_examples=40)
@given(questions)
def test_the_facts_hold_of_every_question_that_is_put(question):
    q = asked(SHAPE)
    assert found(is_the_question(q, question), z3.Not(facts(q, question.action))) is None


@settings(max_examples=40)
@given(asking.readers, asking.labels, asking.labels | asking.labels_with_fields, asking.terms)
def test_a_join_is_narrower_than_what_it_was_made_from(who, one, other, terms):
    def put(marking: Marking) -> Question:
        return may_it_go(who, asking.item(marking), terms, at_tai_ns=NOW_TAI_NS, may_handle=frozenset())

    part, whole = asked(SHAPE), asked(SHAPE, "narrower ")
    joined = is_the_question(whole, put(strictest(frozenset({one, other}))))
    assert found(is_the_question(part, put(one)), joined, z3.Not(made_from(part, whole))) is None
