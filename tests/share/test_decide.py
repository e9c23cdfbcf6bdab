"""Does each shipped rule decide as it says, do states only forbid more, and does every doubt deny?"""

from dataclasses import replace

import pytest
from hypothesis import given

from baken.errors import UnreadableInput
from baken.records.handling import Onward, Tlp
from baken.records.marking import Realm, strictest
from baken.records.reader import ReleaseCircumstances
from baken.share.decide import Decision, may_read, may_release
from baken.share.policy import Policies
from tests.share import asking
from tests.share.asking import NOW_TAI_NS, good_terms, item, label, reader

BAKEN = asking.policies()
EVERY = asking.policies(**asking.STATES)
NOBODY = frozenset[str]()


def read(who, what, policies=BAKEN, may_handle=NOBODY) -> Decision:
    return may_read(policies, who, what, at_tai_ns=NOW_TAI_NS, may_handle=may_handle)


def release(
    who, what, terms: ReleaseCircumstances | None = None, policies=BAKEN, may_handle=NOBODY
) -> Decision:
    return may_release(
        policies, who, what, terms or good_terms(), at_tai_ns=NOW_TAI_NS, may_handle=may_handle
    )


LABELS_AND_WHO_MAY_READ = [
    (label("NL"), reader("NL"), "baken:owner-reads"),
    (label(""), reader("NL"), "baken:owner-reads"),
    (label("NL", "DE"), reader("DE"), "baken:audience-reads"),
    (label("NL", "EU"), reader("DE", audiences=frozenset({"EU"})), "baken:audience-reads"),
    (label("NL"), reader("DE"), "baken:default-none"),
    (label("", originators=frozenset({"NL", "DE"})), reader("NL"), "baken:default-none"),
    (label("NL"), replace(reader("NL"), realms=frozenset({Realm.EXERCISE})), "baken:realms-never-mix"),
    (label(classifications=frozenset({"NL/GEHEIM"})), reader(), "baken:cleared-for-every-classification"),
    (label(needs=frozenset({"space"})), reader(), "baken:need-to-know"),
    (label(needs=frozenset({"space"})), reader(needs=frozenset({"space"})), "baken:owner-reads"),
    (
        label(restrictive=frozenset({"a", "b"})),
        reader(categories=frozenset({"a"})),
        "baken:every-restrictive-category",
    ),
    (label(permissive=frozenset({frozenset({"a", "b"})})), reader(), "baken:one-of-each-permissive-set"),
    (
        label(permissive=frozenset({frozenset({"a", "b"})})),
        reader(categories=frozenset({"b"})),
        "baken:owner-reads",
    ),
    (
        label(permissive=frozenset({frozenset()})),
        reader(categories=frozenset({""})),
        "baken:one-of-each-permissive-set",
    ),
    (label(case_only=True), reader(cases=frozenset({"NL-CJ26-0001"})), "baken:owner-reads"),
    (label(case_only=True), reader(), "baken:case-only"),
]


@pytest.mark.parametrize(("marking", "who", "rule"), LABELS_AND_WHO_MAY_READ)
def test_the_rule_that_decides_a_reading_is_named(marking, who, rule):
    decision = read(who, item(marking, case="NL-CJ26-0001"))
    assert (decision.policy_ids, decision.errors) == ((rule,), ())
    assert decision.allowed == rule.endswith("-reads")


def test_a_case_without_a_name_has_no_members():
    assert not read(reader(cases=frozenset({""})), item(label(case_only=True))).allowed


def test_a_clearance_that_covers_it_is_enough():
    secret = item(label(classifications=frozenset({"NL/GEHEIM"})))
    assert read(reader(), secret, may_handle=frozenset({"NL/GEHEIM", "NL/DEP. VERTROUWELIJK"})).allowed


def test_a_record_is_judged_with_its_fields_unless_it_is_asked_for_itself():
    orbit = item(replace(label("NL", "DE"), of_fields=(("sensor", label("NL")),)))
    german = reader("DE")
    assert not read(german, orbit).allowed
    assert read(german, orbit.itself).allowed
    assert read(german, orbit.field("epoch")).allowed
    assert not read(german, orbit.field("sensor")).allowed


TO_DE = label("NL", "DE", "FR", tlp=Tlp.AMBER)
FROM_FR = label("FR", "NL", "DE", tlp=Tlp.GREEN)
A_LABEL_TERMS_AND_WHAT_DECIDES = [
    (TO_DE, {}, "audience-receives"),
    (label("DE"), {"consents": frozenset({"NL"})}, "owner-receives"),
    (label("NL", "FR"), {}, "default-none"),
    (label("NL", "FR"), {"consents": frozenset({"NL", "DE", "FR"})}, "default-none"),
    (TO_DE, {"reason": " "}, "somebody-releases-for-a-reason"),
    (TO_DE, {"releaser": ""}, "somebody-releases-for-a-reason"),
    (TO_DE, {"purpose": ""}, "somebody-releases-for-a-reason"),
    (TO_DE, {"expires_tai_ns": None}, "expires-later"),
    (TO_DE, {"expires_tai_ns": NOW_TAI_NS}, "expires-later"),
    (label("NL", "DE", review_tai_ns=NOW_TAI_NS - 1), {}, "label-to-be-reviewed-first"),
    (FROM_FR, {}, "third-party-rule"),
    (FROM_FR, {"consents": frozenset({"FR"})}, "audience-receives"),
    (label("FR", "NL", "DE", tlp=Tlp.GREEN, onward=Onward.AUDIENCE), {}, "audience-receives"),
    (
        label("FR", "DE", tlp=Tlp.GREEN, onward=Onward.AUDIENCE),
        {"onward": Onward.ANYONE},
        "no-wider-onward-right",
    ),
    (TO_DE, {"onward": Onward.ANYONE}, "audience-receives"),
    (label("NL", "DE", licences=frozenset({"space-track"})), {}, "licences-allow-it"),
    (label("NL", "DE", licences=frozenset({"a"})), {"licences": frozenset({"a"})}, "audience-receives"),
    (label("NL", "EU"), {}, "tlp-red-only-those-named"),
    (label("NL", "EU", tlp=Tlp.RED), {}, "tlp-red-only-those-named"),
    (label("NL", "EU", tlp=Tlp.AMBER_STRICT), {}, "audience-receives"),
    (
        label("FR", "DE", tlp=Tlp.AMBER_STRICT, onward=Onward.AUDIENCE),
        {"agreements": frozenset({"client"})},
        "tlp-amber-strict-stays-in-the-organisation",
    ),
    (
        label("FR", "DE", tlp=Tlp.AMBER, onward=Onward.AUDIENCE),
        {},
        "tlp-amber-stays-with-organisation-and-clients",
    ),
    (
        label("FR", "DE", tlp=Tlp.AMBER, onward=Onward.AUDIENCE),
        {"agreements": frozenset({"client"})},
        "audience-receives",
    ),
]


@pytest.mark.parametrize(("marking", "said", "rule"), A_LABEL_TERMS_AND_WHAT_DECIDES)
def test_the_rule_that_decides_a_release_is_named(marking, said, rule):
    german = reader("DE", audiences=frozenset({"EU"}))
    decision = release(german, item(marking), good_terms(**said))
    assert (decision.policy_ids, decision.errors) == ((f"baken:{rule}",), ())
    assert decision.allowed == rule.endswith("-receives")


def test_what_belongs_to_two_goes_back_to_neither_without_the_other():
    made_from_both = item(label("DE", originators=frozenset({"FR"})))
    assert "baken:originator-control" in release(reader("DE"), made_from_both).policy_ids
    assert release(reader("DE"), made_from_both, good_terms(consents=frozenset({"FR"}))).allowed


@pytest.mark.parametrize("tlp", [*Tlp, None])
def test_only_clear_goes_to_the_public(tlp):
    assert release(reader("PUBLIC"), item(label("NL", "PUBLIC", tlp=tlp))).allowed == (tlp is Tlp.CLEAR)


def test_a_recipient_gets_things_for_the_purpose_he_receives_for():
    for_safety, for_trade = reader("DE", purpose="space safety"), reader("DE", purpose="trade")
    assert release(for_safety, item(TO_DE)).allowed
    assert release(for_trade, item(TO_DE)).policy_ids == ("baken:for-the-purpose-he-receives-for",)


def test_an_exercise_never_reaches_who_works_in_the_real_world_only():
    played = replace(item(TO_DE), realm=Realm.EXERCISE)
    assert release(reader("DE"), played).policy_ids == ("baken:realms-never-mix",)


ORBIT = item(TO_DE, kind="element-set")
FINDING = item(TO_DE, kind="finding")
STATE_AND_WHAT_IT_ASKS = [
    (
        "NL",
        ORBIT,
        {"reduced": True, "approvals": frozenset({"a"})},
        "two-persons-for-orbits",
        ("two-person",),
    ),
    (
        "NL",
        ORBIT,
        {"reduced": True, "approvals": frozenset({"a", "A "})},
        "two-persons-for-orbits",
        ("two-person",),
    ),
    (
        "NL",
        ORBIT,
        {"approvals": frozenset({"a", "b"})},
        "orbits-reduced-without-agreement",
        ("reduced", "without-sensor"),
    ),
    (
        "NL",
        ORBIT,
        {"approvals": frozenset({"a", "b"}), "agreements": frozenset({"NL-FR full orbits"})},
        "",
        (),
    ),
    ("NL", ORBIT, {"approvals": frozenset({"a", "b"}), "reduced": True}, "", ()),
    ("DE", ORBIT, {}, "who-gets-gives", ("reciprocity",)),
    ("DE", ORBIT, {"gives_back": True}, "", ()),
    ("FR", FINDING, {}, "need-to-know-for-every-finding", ()),
    ("FR", ORBIT, {}, "", ()),
]


@pytest.mark.parametrize(("state", "what", "said", "rule", "obligations"), STATE_AND_WHAT_IT_ASKS)
def test_a_state_forbids_more_and_says_what_it_takes(state, what, said, rule, obligations):
    both = asking.policies(**{state: asking.STATES[state]})
    decision = release(reader("DE"), what, good_terms(**said), both)
    if rule:
        assert (decision.allowed, decision.policy_ids) == (False, (f"{state}:{rule}",))
        assert decision.obligations == obligations
    else:
        assert decision.policy_ids == (f"{state}:as-baken-says", "baken:audience-receives")
        assert decision.obligations == ("expiry", "handling")


def test_eyes_only_asks_for_a_nationality():
    eyes_only = item(label(restrictive=frozenset({"NL EYES ONLY"})))
    both = asking.policies(NL=asking.STATES["NL"])
    dutch = reader(categories=frozenset({"NL EYES ONLY"}), nationalities=frozenset({"NL"}))
    assert read(dutch, eyes_only, both).allowed
    assert not read(replace(dutch, nationalities=frozenset({"BE"})), eyes_only, both).allowed


def test_no_policy_at_all_allows_nothing():
    decision = read(reader(), item(label()), Policies(sets=()))
    assert (decision.allowed, decision.errors) == (False, ("there is no policy",))


BROKEN_FILES = {
    "no Cedar": "permit (principal",
    "foo": '@id("a") permit (principal, action, resource) when { principal.foo };',
    "@id": "permit (principal, action, resource);",
    "twice": '@id("a") permit (principal, action, resource); @id("a") forbid (principal, action, resource);',
    "slot": '@id("a") permit (principal == ?principal, action, resource);',
    "no rule": "// nothing yet",
    "reason": '@id("a") permit (principal, action, resource) when { context.reason != "" };',
    "@id(": '@id("default-none") permit (principal, action, resource);',
}


@pytest.mark.parametrize("named", BROKEN_FILES)
def test_a_file_that_cannot_be_read_denies_everything_and_says_why(named):
    broken = asking.policies(NL=BROKEN_FILES[named])
    decision = read(reader(), item(label()), broken)
    assert not decision.allowed
    assert decision.errors[0].startswith("NL.cedar: ")
    assert named in decision.errors[0]


def test_an_error_inside_the_engine_denies():
    # It adds up beyond what a number in Cedar holds, and only then.
    adds = asking.policies(
        NL=f'@id("yes") {asking.EVERYTHING} @id("late") forbid (principal, action, resource)'
        " when { context.at_tai_ns * 1000 < 0 };"
    )
    decision = read(reader(), item(label()), adds)
    assert not decision.allowed
    assert "overflow" in decision.errors[0]


def test_a_name_that_is_no_text_denies():
    decision = read(replace(reader(), purpose="\ud800"), item(label()))
    assert not decision.allowed
    assert decision.errors


def test_a_digest_names_rules_and_schema_and_no_order():
    one, other = asking.policy_set(asking.STATES["NL"]), asking.policy_set(asking.STATES["DE"], "DE")
    assert Policies(sets=(one, other)).digest == Policies(sets=(other, one)).digest
    assert one.digest != asking.policy_set(asking.STATES["NL"] + "\n").digest
    assert one.digest != asking.policy_set(asking.STATES["NL"], "BE").digest


def test_every_rule_that_ships_says_what_it_means_in_english_and_dutch():
    ids = [f"{each.name}:{rule.rule_id}" for each in EVERY.sets for rule in each.rules.values()]
    assert [name for name in ids for language in ("en", "nl") if not EVERY.says(name, language)] == []
    assert EVERY.says("DE:who-gets-gives", "nl") == "Wie krijgt geeft terug."
    assert EVERY.says("baken:default-none", "en") == "No rule permits it."
    assert EVERY.says("BE:nobody-heard-of-it", "en") == ""


def test_two_sets_of_one_name_are_refused():
    one = asking.policy_set(asking.STATES["NL"])
    with pytest.raises(ValueError, match="name of its own"):
        Policies(sets=(one, one))


def test_a_set_without_a_name_is_refused():
    with pytest.raises(UnreadableInput, match="is no name"):
        asking.policy_set(asking.STATES["NL"], "a:b")


@given(asking.readers, asking.items, asking.terms, asking.levels)
def test_a_set_of_policies_more_never_permits_more(who, what, terms, may_handle):
    assert read(who, what, may_handle=may_handle).allowed >= read(who, what, EVERY, may_handle).allowed
    more = release(who, what, terms, EVERY, may_handle)
    assert release(who, what, terms, BAKEN, may_handle).allowed >= more.allowed


@given(asking.readers, asking.labels, asking.labels | asking.labels_with_fields, asking.terms, asking.levels)
def test_what_is_made_from_two_is_for_nobody_whom_either_is_not_for(who, one, other, terms, may_handle):
    joined, inputs = item(strictest(frozenset({one, other}))), [item(one), item(other)]
    if read(who, joined, may_handle=may_handle).allowed:
        assert all(read(who, each, may_handle=may_handle).allowed for each in inputs)
    if release(who, joined, terms, may_handle=may_handle).allowed:
        assert all(release(who, each, terms, may_handle=may_handle).allowed for each in inputs)
