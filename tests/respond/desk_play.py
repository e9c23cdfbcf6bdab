"""A response to an invented case, minute by minute: the real engine on a log that lives as long as a test."""

from dataclasses import dataclass, field

from baken.incident.history import BAKEN
from baken.operations import work_incident
from baken.operations.advance_response import advance_response, next_move_tai_ns
from baken.operations.desk import Desk
from baken.operations.response_state import response
from baken.operations.start_response import start_response
from baken.operations.work_on_task import complete_task, drop_task, stand_down, take_task
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.incident import IncidentId
from baken.records.marking import Realm
from baken.records.response import Directory
from baken.records.response_standing import PlanStanding, ResponseStanding, TaskStanding
from baken.respond.advance import Move
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS, opened

MINUTE_NS = 60 * 10**9
# Empty: nobody is known, and nobody counts as missing.
EVERYBODY = Directory(contacts=(), shifts=(), stale_after_s=0.0)


def at_minute(minute: float) -> int:
    """Return an instant so many minutes after the response began."""
    return NOON_TAI_NS + round(minute * MINUTE_NS)


def minute_of(at_tai_ns: int | None) -> float | None:
    """Return how many minutes after the beginning of the response an instant is."""
    return None if at_tai_ns is None else (at_tai_ns - NOON_TAI_NS) / MINUTE_NS


@dataclass
class Play:
    """One case with a response, opened an hour before minute 0, at which the response begins."""

    text: str
    directory: Directory = EVERYBODY
    realm: Realm = Realm.REAL
    log: MemoryLog = field(default_factory=MemoryLog)
    luck: CountedLuck = field(default_factory=CountedLuck)

    def __post_init__(self) -> None:
        desk = self.desk("officer", 0)
        self.case: IncidentId = opened(self.desk("officer", -60), realm=self.realm).incident_id
        start_response(desk, self.case, self.text, "to try it")

    def desk(self, actor: str, minute: float) -> Desk:
        return self.desk_at(actor, at_minute(minute))

    def desk_at(self, actor: str, at_tai_ns: int) -> Desk:
        return Desk(log=self.log, actor=actor, at_tai_ns=at_tai_ns, luck=self.luck)

    def engine(self, minute: float) -> tuple[Move, ...]:
        """Let the engine look at a minute, once."""
        return advance_response(self.desk(BAKEN, minute), self.case, self.directory)

    def next_minute(self, minute: float) -> float | None:
        return minute_of(next_move_tai_ns(self.desk(BAKEN, minute), self.case, self.directory))

    def engine_until(self, minute: float, *, from_minute: float = 0.0) -> list[Move]:
        """Let the engine look whenever something is due, up to a minute."""
        made = list(self.engine(from_minute))
        while True:
            coming = self.next_minute(from_minute)
            if coming is None or coming > minute:
                return made
            from_minute = max(coming, from_minute)
            made += self.engine(from_minute)

    def take(self, minute: float, task_id: str, who: str = "duty") -> None:
        take_task(self.desk(who, minute), self.case, task_id)

    def complete(self, minute: float, task_id: str, outcome: str = "", who: str = "duty") -> None:
        complete_task(self.desk(who, minute), self.case, task_id, "it is done", outcome=outcome)

    def drop(self, minute: float, task_id: str) -> None:
        drop_task(self.desk("duty", minute), self.case, task_id, "no use any more")

    def stand_down(self, minute: float) -> None:
        stand_down(self.desk("duty", minute), self.case, "it is over")

    def judge(self, minute: float, severity: str) -> None:
        work_incident.judge(self.desk("officer", minute), self.case, "severity", severity, "seen")

    @property
    def found(self) -> ResponseStanding:
        return response(self.log, self.case)

    @property
    def plan(self) -> PlanStanding:
        return self.found.plans[0]

    def of(self, task_id: str) -> TaskStanding:
        return self.plan.of(task_id)

    def moves_kept(self) -> tuple[KeptEntry, ...]:
        """Return the entries by which the engine made its moves."""
        kinds = {EntryKind.RESPONSE, EntryKind.SITUATION}
        kept = self.log.entries(self.realm, subject=f"{self.case}/response", kinds=kinds)
        return tuple(each for each in kept if each.entry.text("key"))


def ladder_of(task: TaskStanding) -> list[tuple[str, str, float | None]]:
    """Return to whom a task went on, why, and at which minute that was due."""
    return [(each.role_id, each.missed.value, minute_of(each.due_at_tai_ns)) for each in task.escalations]
