"""Does nobody come in but who showed who he is, and does the door tell strangers nothing?"""

import threading
from dataclasses import replace
from functools import partial

import pytest

from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations import sign_in as door_of_sign_in
from baken.operations.manage_people import Newcomer, add, make_token, people_now, reset
from baken.operations.sign_in import FirstPassword, SignInRefused, TooOften, sign_out, token_holder, visitor
from baken.people.acts import Verb
from baken.records.account import Right
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.store.home import open_home
from tests.people.door import ADDRESS, ANNA, BERT, CHEAP, PASSWORDS, door_of

CARLA = "carla"
CARLAS = "zeven blauwe kruiken melk"


@pytest.fixture
def door(tmp_path):
    door = door_of(tmp_path)
    yield door
    door.home.store.close()


def is_in(door, came):
    return visitor(door.home.people, door.roster, came.shown, door.now_tai_ns) is not None


def refusals(door):
    kept = door.home.log.entries(Realm.REAL, subject="door", kinds={EntryKind.PEOPLE})
    return [one.entry for one in kept if one.entry.text("act") == "refused"]


def test_whoever_shows_who_he_is_comes_in_and_is_known_again(door):
    came = door.come("Anna ", PASSWORDS[ANNA], door.code(ANNA))
    assert visitor(door.home.people, door.roster, came.shown, door.now_tai_ns).name == ANNA
    assert visitor(door.home.people, door.roster, came.shown + "A", door.now_tai_ns) is None
    assert visitor(door.home.people, door.roster, "", door.now_tai_ns) is None


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        (ANNA, "wrong", None),
        (ANNA, None, "000000"),
        (ANNA, "", ""),
        ("nobody", PASSWORDS[ANNA], "123456"),
        ("", "", ""),
        (CARLA, CARLAS, None),
    ],
)
def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(door, monkeypatch, name, password, code):
    carla = Newcomer(name=CARLA, person="Carla", password=CARLAS)
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    hashes = []
    is_it = door_of_sign_in.is_it
    monkeypatch.setattr(
        door_of_sign_in, "is_it", lambda shown, kept: hashes.append(kept.cost) or is_it(shown, kept)
    )
    with pytest.raises(SignInRefused) as refused:
        door.come(name, password, code)
    assert str(refused.value) == str(SignInRefused())
    assert hashes == [CHEAP]


def test_a_code_is_good_once(door):
    code = door.code(ANNA)
    door.come(ANNA, code=code)
    with pytest.raises(SignInRefused):
        door.come(ANNA, code=code)
    door.later(30)
    door.come(ANNA)


def test_a_code_is_spent_only_by_who_knows_the_password(door):
    code = door.code(ANNA)
    with pytest.raises(SignInRefused):
        door.come(ANNA, "wrong", code)
    door.come(ANNA, code=code)


def test_a_code_on_paper_is_good_once(door):
    paper = door.enrolled[ANNA].recovery_codes[3]
    door.come(ANNA, code=paper.lower())
    with pytest.raises(SignInRefused):
        door.come(ANNA, code=paper)


def guess(door):
    with pytest.raises(SignInRefused):
        door.come(ANNA, "wrong")


def wait_of(door):
    with pytest.raises(TooOften) as waited:
        door.come(ANNA)
    return waited.value.wait_s


def test_whoever_goes_on_guessing_waits_ever_longer_also_after_a_restart(door, tmp_path):
    waits = []
    for _ in range(4):
        guess(door)
    for _ in range(4):
        guess(door)
        waits.append(wait_of(door))
        door.later(waits[-1])
    assert waits == [1, 2, 4, 8]
    guess(door)
    door.home.store.close()
    door.home = open_home(tmp_path)
    assert wait_of(door) == 16
    door.later(16)
    door.come(ANNA)
    door.later(30)
    door.come(ANNA)


def test_a_name_that_nobody_has_waits_as_one_that_somebody_has(door):
    for name in (ANNA, "nobody"):
        told = []
        for _ in range(8):
            with pytest.raises((SignInRefused, TooOften)) as refused:
                door.come(name, "wrong", "000000")
            told.append(str(refused.value))
        assert len(set(told)) == 2, name
        door.later(3_600)


def test_an_address_that_tries_many_names_waits(door):
    for n in range(20):
        with pytest.raises(SignInRefused):
            door.come(f"name{n}", "wrong", "000000")
    with pytest.raises(TooOften):
        door.come(ANNA)


@pytest.mark.parametrize(
    "end",
    [
        lambda door: door.later(30 * 60),
        lambda door: [door.later(29 * 60) or is_in(door, door.came) for _ in range(26)],
        lambda door: sign_out(door.desk(CARLA), door.home.people, door.came.shown, ADDRESS),
        lambda door: door.do(ANNA, Verb.SUSPEND, CARLA),
        lambda door: door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, "analyst"),
        lambda door: reset(
            door.desk(ANNA), door.home.people, CARLA, "negen stille spoorbruggen", node="NL", cost=CHEAP
        ),
        lambda door: [door.do(ANNA, Verb.SUSPEND, CARLA), door.do(BERT, Verb.ADMIT, CARLA)],
    ],
    ids=["idle", "half a day", "left", "suspended", "other roles", "reset", "suspended and back"],
)
def test_a_visit_ends(door, end):
    add(
        door.desk(ANNA),
        door.home.people,
        Newcomer(name=CARLA, person="Carla", password=CARLAS),
        node="NL",
        cost=CHEAP,
    )
    door.do(BERT, Verb.ADMIT, CARLA)
    door.do(CARLA, Verb.PASSWORD, CARLA)
    door.came = door.come(CARLA, CARLAS)
    assert is_in(door, door.came)
    end(door)
    assert not is_in(door, door.came)


def test_a_password_that_was_given_lets_nobody_in_until_he_takes_his_own(door):
    carla, own = Newcomer(name=CARLA, person="Carla", password=CARLAS), "negen stille spoorbruggen"
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    door.do(BERT, Verb.ADMIT, CARLA)
    with pytest.raises(FirstPassword):
        door.come(CARLA, CARLAS)
    door.later(30)
    for weak in (CARLAS, "welkom2026welkom"):
        with pytest.raises(WrongUsage):
            door.come(CARLA, CARLAS, new_password=weak)
        door.later(30)
    assert is_in(door, door.come(CARLA, CARLAS, new_password=own))
    door.later(30)
    with pytest.raises(SignInRefused):
        door.come(CARLA, CARLAS)
    door.later(30)
    assert is_in(door, door.come(CARLA, own))
    reset(door.desk(ANNA), door.home.people, CARLA, CARLAS, node="NL", cost=CHEAP)
    door.do(BERT, Verb.ADMIT, CARLA)
    with pytest.raises(FirstPassword):
        door.come(CARLA, CARLAS)


def test_whoever_does_not_know_the_given_password_does_not_learn_that_it_was_given(door):
    carla = Newcomer(name=CARLA, person="Carla", password=CARLAS)
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    door.do(BERT, Verb.ADMIT, CARLA)
    with pytest.raises(SignInRefused):
        door.come(CARLA, "wrong", new_password="negen stille spoorbruggen")


def test_a_visit_goes_on_while_it_is_heard_of(door):
    came = door.come(ANNA)
    for _ in range(5):
        door.later(20 * 60)
        assert is_in(door, came)


def test_a_password_is_hashed_anew_when_guesses_became_cheaper(door):
    dearer = replace(CHEAP, memory_kib=16)
    before = door.home.people.secrets(ANNA).password
    shown = door_of_sign_in.Shown(name=ANNA, password=PASSWORDS[ANNA], code=door.code(ANNA), address=ADDRESS)
    door_of_sign_in.sign_in(door.desk("outside"), door.home.people, door.roster, shown, cost=dearer)
    now = door.home.people.secrets(ANNA).password
    assert (before.cost, now.cost) == (CHEAP, dearer)
    door.later(30)
    door.come(ANNA)


def test_a_token_is_its_persons_and_ends_with_him(door):
    _, shown = make_token(door.desk(ANNA), "night", {"read"}, days=30)
    account, token = token_holder(door.roster, shown)
    assert (account.name, token.name) == (ANNA, "night")
    assert token_holder(door.roster, shown[:-1]) is None
    door.do(BERT, Verb.REVOKE, ANNA, value="night")
    assert token_holder(door.roster, shown) is None


def test_a_token_of_somebody_who_is_suspended_opens_nothing(door):
    carla = Newcomer(name=CARLA, person="Carla", password=CARLAS)
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    door.do(BERT, Verb.ADMIT, CARLA)
    _, shown = make_token(door.desk(CARLA), "night", {"read"}, days=30)
    assert token_holder(door.roster, shown) is not None
    door.do(ANNA, Verb.SUSPEND, CARLA)
    assert token_holder(door.roster, shown) is None


@pytest.mark.parametrize("scopes", [set(), {"write"}, {"read:"}, {"read:Every thing"}])
def test_a_token_for_nothing_or_for_what_there_is_not_is_refused(door, scopes):
    with pytest.raises(WrongUsage, match="scope"):
        make_token(door.desk(ANNA), "night", scopes, days=30)


def test_nobody_makes_a_token_of_somebody_else(door):
    with pytest.raises(RefusedByPolicy):
        door.do(ANNA, Verb.TOKEN, BERT, value="night")


def test_who_was_refused_is_kept_but_not_a_name_that_may_be_a_password(door):
    for name in (ANNA, "hunter2 hunter2"):
        with pytest.raises(SignInRefused):
            door.come(name, "wrong", "000000")
    assert [entry.text("of") for entry in refusals(door)] == [ANNA, ""]


def test_what_is_done_to_people_stands_in_the_log_with_who_did_it(door):
    before = people_now(door.home.log)
    door.do(BERT, Verb.GIVE, ANNA, Right.CLEARANCE, "NL/GEHEIM")
    (kept,) = door.home.log.entries(Realm.REAL, subject="people", last=1)
    assert (kept.entry.actor, kept.entry.text("title")) == (BERT, "give anna clearance NL/GEHEIM")
    assert people_now(door.home.log, before) == people_now(door.home.log)


def test_a_weak_password_makes_nobody(door):
    carla = Newcomer(name=CARLA, person="Carla", password="carla welkom 2026")
    with pytest.raises(WrongUsage, match="guessed first"):
        add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    assert CARLA not in door.roster.accounts


def at_once(*acts):
    ready, told = threading.Barrier(len(acts)), []

    def one(act):
        ready.wait()
        try:
            act()
        except RefusedByPolicy as error:
            told.append(str(error))

    doers = [threading.Thread(target=one, args=(act,)) for act in acts]
    for doer in doers:
        doer.start()
    for doer in doers:
        doer.join()
    return told


def test_what_many_do_at_once_is_all_done(door):
    topics = {f"topic-{n}" for n in range(6)}
    acts = [partial(door.do, BERT, Verb.GIVE, ANNA, Right.NEED, topic) for topic in topics]
    assert at_once(*acts) == []
    assert door.roster.accounts[ANNA].needs == topics


def test_two_who_shut_each_other_out_at_once_leave_one(door):
    carla = Newcomer(name=CARLA, person="Carla", password=CARLAS)
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, "administrator")
    door.do(BERT, Verb.ADMIT, CARLA)
    refused = at_once(
        partial(door.do, ANNA, Verb.SUSPEND, CARLA), partial(door.do, CARLA, Verb.SUSPEND, ANNA)
    )
    assert len(refused) == 1
    assert sum(door.roster.accounts[name].is_active for name in (ANNA, CARLA)) == 1
