"""A response in memory, worked on by hand: everything happens at so many minutes after it began."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baken.exercise.rehearsal import InventedPost, invented_directory
from baken.operations.advance_response import advance_response, engine_of
from baken.operations.desk import Desk
from baken.operations.response_ports import Transport
from baken.operations.response_state import response
from baken.operations.send_notices import Mail, Sent, deliver_due
from baken.operations.start_response import start_response
from baken.records.incident import IncidentId
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.response import Directory
from baken.records.response_standing import Notice, PlanStanding, TaskStanding
from baken.respond.advance import Move
from baken.respond.mechanism_file import read_mechanism
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS, opened

MINUTE_NS = 60 * 10**9


def instant(minutes: float) -> int:
    """Return an instant so many minutes after a response began."""
    return NOON_TAI_NS + round(minutes * MINUTE_NS)


@dataclass
class Bench:
    """A response to a case of an exercise, with a directory and a post nobody outside sees."""

    directory: Directory
    incident_id: IncidentId = field(init=False)
    log: MemoryLog = field(default_factory=MemoryLog)
    luck: CountedLuck = field(default_factory=CountedLuck)
    transports: Mapping[str, Transport] = field(default_factory=lambda: {"smtp": InventedPost("smtp")})

    def desk(self, minutes: float, actor: str = "officer", marking: Marking = OWNER_ONLY) -> Desk:
        return Desk(log=self.log, actor=actor, at_tai_ns=instant(minutes), luck=self.luck, marking=marking)

    def advance(self, minutes: float) -> list[Move]:
        """Let the engine look at a minute, and return what it did."""
        return list(advance_response(engine_of(self.desk(minutes)), self.incident_id, self.directory))

    def deliver(self, minutes: float) -> tuple[Sent, ...]:
        """Try every letter whose time has come at a minute."""
        mail = Mail(sender="us", node="EXER", directory=self.directory, transports=self.transports)
        return deliver_due(engine_of(self.desk(minutes)), self.incident_id, mail)

    @property
    def plan(self) -> PlanStanding:
        [plan] = response(self.log, self.incident_id).plans
        return plan

    @property
    def letters(self) -> tuple[Notice, ...]:
        return response(self.log, self.incident_id).notices

    def letter(self, key: str) -> Notice:
        return next(each for each in self.letters if each.key == key)

    def of(self, task_id: str) -> TaskStanding:
        return self.plan.of(task_id)

    def took(self, task_id: str) -> list[tuple[str, float]]:
        """Return which roles a task went on to, and at which minute that was due."""
        return [
            (each.role_id, (each.due_at_tai_ns - NOON_TAI_NS) / MINUTE_NS)
            for each in self.of(task_id).escalations
        ]


def bench(text: str, directory: Directory | None = None, *, approve: bool = False) -> Bench:
    """Return a response to a minor incident that began at minute 0, in which the engine did nothing yet."""
    made = Bench(directory=directory or invented_directory(read_mechanism(text)))
    made.incident_id = opened(made.desk(0), realm=Realm.EXERCISE).incident_id
    start_response(made.desk(0), made.incident_id, text, "exercise", approve_call_outs=approve)
    return made
