"""Does the suite for transports see every promise broken, and pass one that keeps them all?"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from baken.errors import BakenError, LetterRefused, OutsideServiceFailed
from baken.records.letter import Letter
from baken.testing.check_transport import Received, Side, Stage, check_lost_answer, check_transport, read_as


@dataclass
class Carrier:
    """A transport into a list, twisted: what it delivers of a letter, what it answers, how it fails."""

    delivers: Callable[[Received], list[Received]] = lambda arrived: [arrived]
    receipt: str = "taken"
    failure: BakenError | None = None
    loses_first: bool = False
    name: str = "carrier"
    taken: list[Received] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        if self.failure:
            raise self.failure
        self.taken += self.delivers(read_as(letter))
        if self.loses_first and len(self.taken) == 1:
            raise OutsideServiceFailed("the line went down")
        return self.receipt


REFUSES = Carrier(failure=LetterRefused("no"))
IS_AWAY = Carrier(failure=OutsideServiceFailed("away"))


def check(working: Carrier, refusing: Carrier = REFUSES, unreachable: Carrier = IS_AWAY) -> tuple[str, ...]:
    stage = Stage(
        working=Side(transport=working, to="x"),
        refusing=Side(transport=refusing, to="x"),
        unreachable=Side(transport=unreachable, to="x"),
        received=lambda: working.taken,
    )
    return check_transport(stage)


BROKEN = {
    "no name": Carrier(name=" "),
    "0 came": Carrier(delivers=lambda arrived: []),
    "2 came": Carrier(delivers=lambda arrived: [arrived, arrived]),
    "never came": Carrier(delivers=lambda arrived: [replace(arrived, key="another")]),
    "came changed": Carrier(delivers=lambda arrived: [replace(arrived, body=arrived.body.strip())]),
    "was another one": Carrier(delivers=lambda arrived: [replace(arrived, subject="other")]),
    "says something; this one is ''": Carrier(receipt=""),
    "is one line": Carrier(receipt="taken\nBcc: all"),
}


def test_a_transport_that_keeps_its_promises_passes():
    assert check(Carrier()) == ()
    losing = Carrier(loses_first=True)
    assert check_lost_answer(Side(transport=losing, to="x"), lambda: losing.taken) == ()


@pytest.mark.parametrize("complaint", BROKEN)
def test_a_broken_promise_is_seen(complaint):
    assert any(complaint in said for said in check(BROKEN[complaint]))


@pytest.mark.parametrize("side", ["refusing", "unreachable"])
def test_a_failure_that_is_told_as_another_is_seen(side):
    wrong = {"refusing": IS_AWAY, "unreachable": REFUSES}[side]
    assert any("gave" in said for said in check(Carrier(), **{side: wrong}))
    assert any("receipt" in said for said in check(Carrier(), **{side: Carrier()}))
    unreadable = Carrier(
        failure={"refusing": LetterRefused("a\nb"), "unreachable": OutsideServiceFailed("")}[side]
    )
    assert any("error is one line" in said for said in check(Carrier(), **{side: unreadable}))


def test_a_receipt_that_nobody_gave_is_seen():
    inventing = Carrier()
    said = check_lost_answer(Side(transport=inventing, to="x"), lambda: inventing.taken)
    assert any("loses its answer gave a receipt" in each for each in said)
