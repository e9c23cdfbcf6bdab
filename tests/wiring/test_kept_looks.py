"""Does nobody wait for what he did not ask, and is what two people see never one thing?"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from baken.wiring.kept_looks import Itself, KeptLooks

PATIENCE_S = 10.0


def test_whoever_asks_for_what_is_kept_or_for_another_does_not_wait_for_a_look_that_takes_long():
    kept, begun, goes_on = KeptLooks[str, int](), threading.Event(), threading.Event()
    kept.of("kept", lambda: 1)

    def long() -> int:
        begun.set()
        assert goes_on.wait(PATIENCE_S)
        return 2

    with ThreadPoolExecutor() as people:
        waits = people.submit(kept.of, "long", long)
        assert begun.wait(PATIENCE_S)
        try:
            found = people.submit(lambda: (kept.of("kept", lambda: 9), kept.of("other", lambda: 3)))
            assert found.result(PATIENCE_S) == (1, 3)
        finally:
            goes_on.set()
        assert waits.result(PATIENCE_S) == 2


def test_who_asks_for_what_is_being_made_gets_that_and_it_is_made_once():
    kept, made, together = KeptLooks[str, int](), [], threading.Barrier(8)

    def ask() -> int:
        together.wait(PATIENCE_S)
        return kept.of("a", lambda: made.append(1) or len(made))

    with ThreadPoolExecutor(8) as people:
        assert {each.result(PATIENCE_S) for each in [people.submit(ask) for _ in range(8)]} == {1}


def test_what_went_wrong_is_told_and_tried_anew():
    kept = KeptLooks[str, int]()
    with pytest.raises(ValueError, match="gone"):
        kept.of("a", lambda: int("gone"))
    assert kept.of("a", lambda: 5) == 5


def test_what_is_past_its_time_is_made_anew():
    kept = KeptLooks[str, int](good_for_s=-1.0)
    assert [kept.of("a", lambda n=n: n) for n in (1, 2)] == [1, 2]


def test_of_two_stores_that_are_alike_each_is_itself_alone():
    one, other = [], []
    assert one == other
    assert Itself(one) == Itself(one)
    assert Itself(one) != Itself(other)
