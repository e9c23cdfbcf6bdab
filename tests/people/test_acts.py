"""Can nobody raise himself, and are the two keys of a node never in one hand?"""

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import BakenError, NoSuchRecord, RefusedByPolicy, WrongUsage
from baken.people.acts import NEVER_TOGETHER, Act, Roster, Verb, after, done, first_acts
from baken.people.telling import THE_PEOPLE, act_of, fields_of
from baken.records.account import ApiToken, Right, reader_of
from baken.records.evidence import Entry, EntryKind
from baken.records.marking import Realm
from baken.records.reader import Role

ANNA, BERT, CARLA = "anna", "bert", "carla"


def first_two():
    acts = first_acts(Roster(), (ANNA, "Anna"), (BERT, "Bert"), acts_for="NL")
    return reduce(lambda roster, act: after(roster, act, 0), acts, Roster())


def give(by, of, right, value, verb=Verb.GIVE):
    return Act(by=by, verb=verb, of=of, right=right, value=value)


def do(roster, *acts):
    return reduce(done, acts, roster)


def with_carla(*roles):
    gave = (give(ANNA, CARLA, Right.ROLE, role) for role in roles)
    return do(
        first_two(),
        Act(by=ANNA, verb=Verb.ADD, of=CARLA, value="Carla"),
        *gave,
        Act(by=BERT, verb=Verb.ADMIT, of=CARLA),
    )


NAMES = st.sampled_from([ANNA, BERT, CARLA, "dirk"])
VALUES = {
    Right.ROLE: [*Role],
    Right.REALM: [*Realm],
    Right.GROUP: ["watch", "partners"],
    **{right: ["NL", "NL/GEHEIM"] for right in Right if right not in (Right.ROLE, Right.REALM, Right.GROUP)},
}


@st.composite
def acts(draw):
    verb = draw(st.sampled_from([Verb.GIVE, Verb.TAKE, Verb.GROUP_GIVE, Verb.GROUP_TAKE, *Verb]))
    has_right = verb in (Verb.GIVE, Verb.TAKE, Verb.GROUP_GIVE, Verb.GROUP_TAKE)
    right = draw(st.sampled_from(Right)) if has_right else None
    of = draw(st.sampled_from(["watch", "partners"]) if verb in (Verb.GROUP_GIVE, Verb.GROUP_TAKE) else NAMES)
    value = draw(st.sampled_from(VALUES[right])) if right else "Somebody"
    token = ApiToken(name="Somebody", digest="d", scopes=frozenset({"read"}), expires_tai_ns=1)
    return Act(by="", verb=verb, of=of, right=right, value=value, token=token if verb is Verb.TOKEN else None)


@pytest.mark.capability(
    "Nobody raises himself", status="MODELLED", authority="random sequences of acts by one person"
)
@settings(max_examples=150, deadline=None)
@given(st.lists(acts(), max_size=25), st.sampled_from([ANNA, BERT, CARLA]), st.data())
def test_no_sequence_of_acts_by_one_person_ends_with_both_keys_or_with_himself_raised(tried, person, data):
    roster = with_carla(Role.COORDINATOR)
    at_first = {name: account.rights for name, account in roster.accounts.items()}
    # Whose password he set himself he can come in as, once that account is let in.
    his = {person}
    for act in tried:
        able = sorted(name for name in his if name in roster.accounts and roster.accounts[name].is_active)
        if not able:
            break
        act = replace(act, by=data.draw(st.sampled_from(able)))
        try:
            roster = done(roster, act)
        except BakenError:
            continue
        if act.verb in (Verb.ADD, Verb.RESET, Verb.BIND):
            his.add(act.of)
        able = [name for name in his if roster.accounts[name].is_active]
        held = frozenset().union(*(roster.accounts[name].all_roles for name in able))
        assert not held >= NEVER_TOGETHER
        for name in able:
            assert roster.accounts[name].rights <= at_first[person]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(NAMES, acts()), max_size=25))
def test_whatever_many_people_do_nobody_holds_both_keys_and_both_are_held(tried):
    roster = with_carla()
    for by, act in tried:
        try:
            roster = done(roster, replace(act, by=by))
        except BakenError:
            continue
        assert not any(account.all_roles >= NEVER_TOGETHER for account in roster.accounts.values())
        active = [account for account in roster.accounts.values() if account.is_active]
        assert frozenset().union(*(account.all_roles for account in active)) >= NEVER_TOGETHER


@pytest.mark.parametrize("right", [right for right in Right if right not in (Right.ROLE, Right.GROUP)])
def test_an_administrator_gives_roles_and_clears_nobody(right):
    roster = with_carla(Role.ANALYST)
    with pytest.raises(RefusedByPolicy, match="security-officer"):
        done(roster, give(ANNA, CARLA, right, VALUES[right][0]))
    assert done(roster, give(BERT, CARLA, right, VALUES[right][0])).accounts[CARLA].rights


def test_a_security_officer_gives_no_roles_and_makes_nobody():
    roster = with_carla()
    for act in (
        give(BERT, CARLA, Right.ROLE, "analyst"),
        give(BERT, "watch", Right.ROLE, "analyst", Verb.GROUP_GIVE),
        Act(by=BERT, verb=Verb.ADD, of="dirk", value="Dirk"),
        Act(by=BERT, verb=Verb.RESET, of=CARLA),
    ):
        with pytest.raises(RefusedByPolicy, match="administrator"):
            done(roster, act)


def test_a_group_is_no_way_around():
    roster = do(with_carla(), give(ANNA, "keys", Right.ROLE, "administrator", Verb.GROUP_GIVE))
    with pytest.raises(RefusedByPolicy, match="at once"):
        done(roster, give(ANNA, BERT, Right.GROUP, "keys"))
    roster = done(roster, give(ANNA, CARLA, Right.GROUP, "keys"))
    assert Role.ADMINISTRATOR in roster.accounts[CARLA].all_roles
    with pytest.raises(RefusedByPolicy, match="make two of it"):
        done(roster, give(BERT, "keys", Right.AUDIENCE, "NL", Verb.GROUP_GIVE))
    with pytest.raises(RefusedByPolicy, match="gives himself"):
        done(roster, give(CARLA, "keys", Right.ROLE, "analyst", Verb.GROUP_GIVE))


def test_whoever_is_new_or_reset_waits_for_a_security_officer():
    roster = done(first_two(), Act(by=ANNA, verb=Verb.ADD, of=CARLA, value="Carla"))
    with pytest.raises(RefusedByPolicy, match="waiting"):
        reader_of(roster.accounts[CARLA])
    with pytest.raises(RefusedByPolicy):
        done(roster, Act(by=ANNA, verb=Verb.ADMIT, of=CARLA))
    roster = do(roster, Act(by=BERT, verb=Verb.ADMIT, of=CARLA), give(BERT, CARLA, Right.ACTS_FOR, "NL"))
    assert reader_of(roster.accounts[CARLA]).acts_for == "NL"
    assert not done(roster, Act(by=ANNA, verb=Verb.RESET, of=CARLA)).accounts[CARLA].is_active


def test_the_last_of_either_key_stays():
    for act in (
        Act(by=ANNA, verb=Verb.SUSPEND, of=BERT),
        give(ANNA, BERT, Right.ROLE, "security-officer", Verb.TAKE),
        give(ANNA, ANNA, Right.ROLE, "administrator", Verb.TAKE),
    ):
        with pytest.raises(RefusedByPolicy, match="would be left"):
            done(first_two(), act)


def test_a_home_has_its_first_two_people_once_and_they_are_two():
    with pytest.raises(RefusedByPolicy, match="already"):
        first_acts(first_two(), ("eva", "Eva"), ("finn", "Finn"), acts_for="NL")
    for officer in ((ANNA, "Bert"), (BERT, "ANNA")):
        with pytest.raises(WrongUsage, match="two people"):
            first_acts(Roster(), (ANNA, "Anna"), officer, acts_for="NL")


def test_what_is_not_there_is_said_so():
    with pytest.raises(NoSuchRecord, match="no account 'dirk'"):
        done(first_two(), give(ANNA, "dirk", Right.ROLE, "analyst"))
    with pytest.raises(NoSuchRecord, match="no group"):
        done(first_two(), give(ANNA, BERT, Right.GROUP, "watch"))
    with pytest.raises(WrongUsage, match="is no role"):
        done(first_two(), give(ANNA, BERT, Right.ROLE, "king"))


@given(acts())
def test_an_act_reads_back_from_its_entry(act):
    act = replace(act, by=ANNA)
    entry = Entry(kind=EntryKind.PEOPLE, subject=THE_PEOPLE, actor=ANNA, at_tai_ns=0, fields=fields_of(act))
    assert act_of(entry) == replace(act, value=str(act.value))


def test_a_token_allows_no_more_than_it_was_made_for():
    token = ApiToken(name="n", digest="", scopes=frozenset({"read", "act:responses"}), expires_tai_ns=10)
    allowed = [
        token.allows(acts=acts, noun=noun, at_tai_ns=9)
        for acts, noun in ((False, "incidents"), (True, "responses"), (True, "incidents"))
    ]
    assert allowed == [True, True, False]
    assert not token.allows(acts=False, noun="incidents", at_tai_ns=10)
