"""Is the watch taken again while the console is open, and does one bad turn not end it?"""

import io
import threading

from rich.console import Console

from baken.cli.repeating import repeated
from baken.errors import WrongUsage

PATIENCE_S = 10.0
A_MOMENT_H = 1e-6


def test_a_turn_that_goes_wrong_is_told_and_the_next_is_taken():
    told, turns, is_third = io.StringIO(), [], threading.Event()

    def turn() -> None:
        turns.append(len(turns))
        if len(turns) == 1:
            raise WrongUsage("the file is gone")
        if len(turns) == 3:
            is_third.set()

    with repeated(turn, every_h=A_MOMENT_H, tell=Console(file=told)):
        assert is_third.wait(PATIENCE_S)
    assert "the file is gone" in told.getvalue()


def test_what_nobody_thought_of_is_told_in_full_and_ends_the_watch_as_little():
    told, turns, is_second = io.StringIO(), [], threading.Event()

    def turn() -> None:
        turns.append(len(turns))
        if len(turns) == 1:
            raise OSError("no space is left")
        is_second.set()

    with repeated(turn, every_h=A_MOMENT_H, tell=Console(file=told)):
        assert is_second.wait(PATIENCE_S)
    assert "no space is left" in told.getvalue()
    assert "test_repeating.py" in told.getvalue()


def test_no_turn_is_taken_when_none_is_wanted():
    turns = []
    with repeated(lambda: turns.append(1), every_h=0.0, tell=Console(file=io.StringIO())):
        assert not threading.Event().wait(0.05)
    assert turns == []
