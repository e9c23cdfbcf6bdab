"""Two engines at one response, people in between: is each move made once, what cannot stand refused?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.ask_others import Asking, answer_request, ask
from baken.operations.evidence_ports import Seen
from baken.operations.response_state import response
from baken.operations.start_response import start_response
from baken.records.evidence import EntryKind, Field, KeptEntry, SealedEntry
from baken.records.response_standing import Pap, RequestKind, RequestStage
from baken.respond.standing import BrokenResponse
from tests.memory_log import MemoryLog
from tests.respond.desk_play import EVERYBODY, Play, at_minute
from tests.respond.written_mechanisms import WHOLE


@dataclass
class CrowdedLog(MemoryLog):
    """A log at which somebody else is always just a moment quicker, once for each thing that is kept."""

    quicker: Callable[[], object] | None = None

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        somebody, self.quicker = self.quicker, None
        if somebody is not None:
            somebody()
        return super().append(sealed, at_tai_ns=at_tai_ns, seen=seen)


def test_two_engines_at_once_make_each_move_once() -> None:
    log = CrowdedLog()
    play = Play(WHOLE, log=log)
    log.quicker = lambda: play.engine(0)
    assert play.engine(0) == ()
    keys = [each.entry.text("key") for each in play.moves_kept()]
    assert len(keys) == len(set(keys)) > 0


def test_whoever_takes_a_task_while_the_engine_moves_is_not_lost() -> None:
    log = CrowdedLog()
    play = Play(WHOLE, log=log)
    play.engine(0)
    log.quicker = lambda: play.take(15, "look", "duty")
    play.engine(15)
    assert play.of("look").taken_by == "duty"
    assert play.of("look").escalations == ()


def test_a_plan_is_begun_once() -> None:
    play = Play(WHOLE)
    with pytest.raises(WrongUsage, match="begun for"):
        start_response(play.desk("officer", 1), play.case, WHOLE, "again")


@pytest.mark.parametrize(
    "fields",
    [
        (("act", "begin"), ("plan", "x"), ("task", "look")),
        (("act", "begin"), ("plan", "p"), ("task", "ghost"), ("due_at_tai_ns", "1")),
        (("act", "take"), ("plan", "p"), ("task", "look")),
        (("act", "dance"), ("plan", "p"), ("task", "look")),
        (("act", "lapse"), ("plan", "p"), ("task", "look")),
    ],
)
def test_an_entry_that_cannot_stand_is_named(fields: tuple[Field, ...]) -> None:
    play = Play(WHOLE)
    desk = play.desk("somebody", 1)
    (kept,) = desk.keep(desk.entry(EntryKind.RESPONSE, f"{play.case}/response", play.realm, *fields))
    with pytest.raises(BrokenResponse, match=f"{kept.entry_id} cannot stand"):
        response(play.log, play.case)


def test_how_a_letter_arrived_that_was_never_tried_cannot_stand() -> None:
    play = Play(WHOLE)
    play.engine(0)
    desk, key = play.desk("somebody", 1), play.found.notices[0].key
    subject = f"{play.case}/response"
    desk.keep(
        desk.entry(
            EntryKind.NOTICE, subject, play.realm, ("act", "approve"), ("key", key), ("approved_by", "x")
        ),
        desk.entry(EntryKind.NOTICE, subject, play.realm, ("act", "arrive"), ("key", key)),
    )
    with pytest.raises(BrokenResponse):
        response(play.log, play.case)


ASKING = Asking(
    kind=RequestKind.SENSOR,
    of="neighbour",
    purpose="to know the orbit",
    due_at_tai_ns=at_minute(60),
    pap=Pap.AMBER,
    noticeable="a radar beam",
    object_id="12345",
    from_tai_ns=at_minute(10),
    to_tai_ns=at_minute(20),
)


def test_a_request_is_asked_answered_once_and_no_more() -> None:
    play = Play(WHOLE)
    ask(play.desk("officer", 1), play.case, ASKING, EVERYBODY)
    answer_request(play.desk("officer", 2), play.case, "R-1", "accept", "they will")
    answer_request(play.desk("officer", 3), play.case, "R-1", "answer", "here it is", entry_ids=("EV-0",))
    (request,) = play.found.requests
    assert (request.stage, request.answer, request.answer_entry_ids) == (
        RequestStage.ANSWERED,
        "here it is",
        ("EV-0",),
    )
    with pytest.raises(WrongUsage, match="nothing any more"):
        answer_request(play.desk("officer", 4), play.case, "R-1", "decline", "no")
    with pytest.raises(NoSuchRecord, match="there are R-1"):
        answer_request(play.desk("officer", 4), play.case, "R-2", "answer", "no")
