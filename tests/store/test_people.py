"""Are secrets, visits and guesses kept as they were given, in both databases?"""

import threading
from dataclasses import replace

import pytest

from baken.people.patience import FORGOTTEN_AFTER_NS
from baken.records.sign_in import HashCost, Journey, PasswordHash, Secrets, Session, Way
from baken.store.home import Home
from baken.store.people import DAY_NS, SqlPeople

COST = HashCost(passes=1, memory_kib=8, lanes=1)
PASSWORD = PasswordHash(cost=COST, salt=b"s" * 16, digest=b"d" * 32)
SECRETS = Secrets(
    password=PASSWORD, one_time_secret=b"o" * 20, last_step=7, recovery_digests=frozenset({"a", "b"})
)
VISIT = Session(
    digest="x", account="anna", way=Way.PASSWORD, begun_tai_ns=DAY_NS, seen_tai_ns=DAY_NS, as_of=3
)
SECOND_NS = 1_000_000_000


@pytest.fixture
def people(home: Home) -> SqlPeople:
    return home.people


def test_secrets_are_kept_and_replaced_whole(people: SqlPeople) -> None:
    assert people.secrets("anna") is None
    people.keep_secrets("anna", SECRETS)
    assert people.secrets("anna") == SECRETS
    after = replace(SECRETS, last_step=-1, recovery_digests=frozenset({"c"}))
    people.keep_secrets("anna", after)
    assert people.secrets("anna") == after


def test_a_code_is_spent_once_and_no_earlier_one_after_it(people: SqlPeople) -> None:
    people.keep_secrets("anna", SECRETS)
    assert [people.spend_step("anna", step) for step in (7, 9, 9, 8, 10)] == [False, True, False, False, True]
    assert [people.spend_recovery("anna", code) for code in ("a", "a", "c", "b")] == [
        True,
        False,
        False,
        True,
    ]
    assert not people.spend_step("bert", 99)


def test_a_password_that_was_changed_meanwhile_stays_changed(people: SqlPeople) -> None:
    people.keep_secrets("anna", SECRETS)
    other, again = replace(PASSWORD, salt=b"t" * 16), replace(PASSWORD, salt=b"u" * 16)
    people.keep_password("anna", again, instead_of=other)
    assert people.secrets("anna") == SECRETS
    people.keep_password("anna", again, instead_of=PASSWORD)
    assert people.secrets("anna") == replace(SECRETS, password=again)


def test_a_visit_is_kept_until_it_ends(people: SqlPeople) -> None:
    people.begin_session(VISIT, most=5)
    people.see_session("x", DAY_NS + 5)
    assert people.session("x") == replace(VISIT, seen_tai_ns=DAY_NS + 5)
    people.end_session("x")
    assert people.session("x") is None


def test_old_visits_are_forgotten(people: SqlPeople) -> None:
    people.begin_session(VISIT, most=5)
    people.begin_session(replace(VISIT, digest="y", begun_tai_ns=3 * DAY_NS), most=5)
    assert people.session("x") is None
    assert people.session("y") is not None


def test_of_one_persons_visits_the_newest_stay(people: SqlPeople) -> None:
    people.begin_session(replace(VISIT, digest="of another", account="bert"), most=2)
    for n in range(4):
        people.begin_session(replace(VISIT, digest=f"x{n}", begun_tai_ns=DAY_NS + n), most=2)
    assert [visit.digest for visit in people.sessions_of("anna")] == ["x3", "x2"]
    assert len(people.sessions_of("bert")) == 1


def test_a_journey_ends_once(people: SqlPeople) -> None:
    journey = Journey(digest="j", nonce="n", verifier="v", begun_tai_ns=1)
    people.begin_journey(journey)
    assert [people.end_journey(digest) for digest in ("k", "j", "j")] == [None, journey, None]


def test_guesses_count_until_they_are_forgiven_or_long_ago(people: SqlPeople) -> None:
    of = ("account:anna", "address:192.0.2.7")
    assert [people.count_attempt(of, 0) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 1]
    assert people.count_attempt(of, SECOND_NS) == 0
    assert people.count_attempt(of, SECOND_NS) == 2
    people.forgive_attempt(*of)
    assert people.count_attempt(of, SECOND_NS) == 0
    for _ in range(4):
        people.count_attempt(of, SECOND_NS)
    assert people.count_attempt(of, SECOND_NS) == 1
    assert people.count_attempt(of, 2 * SECOND_NS + FORGOTTEN_AFTER_NS) == 0


def test_many_guesses_at_once_are_no_way_around(people: SqlPeople) -> None:
    ready, waits = threading.Barrier(12), []

    def guess() -> None:
        ready.wait()
        waits.append(people.count_attempt(("account:anna",), 0))

    guessers = [threading.Thread(target=guess) for _ in range(ready.parties)]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join()
    assert waits.count(0) == 5
