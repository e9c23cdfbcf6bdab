"""Rehearse a response on a clock of its own: the real engine and letters, invented people, an invented post.

What people do follows from how the response stands: whoever got a letter acknowledges it after a while
unless he is silent, and does what he took on after a while more.  Nothing is drawn by lot, so that the same
cast plays the same case twice.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from baken.errors import OutsideServiceFailed, WrongUsage
from baken.operations.advance_response import advance_response, engine_of, next_move_tai_ns
from baken.operations.desk import Desk
from baken.operations.report_situation import issue_situation
from baken.operations.response_state import response
from baken.operations.send_notices import (
    Mail,
    acknowledge_by_code,
    approve_notices,
    deliver_due,
    next_delivery_tai_ns,
    told_by_telephone,
)
from baken.operations.work_on_task import complete_task, stand_down
from baken.records.incident import IncidentId
from baken.records.letter import Letter
from baken.records.response import Contact, Directory, Mechanism, Task, TaskKind, Way
from baken.records.response_standing import (
    Notice,
    NoticeKind,
    NoticeStage,
    PlanStanding,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)
from baken.report.words import Speech
from baken.respond.clocks import SECOND_NS
from baken.respond.deliveries import Delivery, deliveries_of
from baken.respond.directory_file import STALE_AFTER_S
from baken.respond.notice_life import ARRIVED

MakeDesk = Callable[[str, int], Desk]
# Somebody who reads what lies before him is done with it well before anybody could call this endless.
MOST_INSTANTS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How somebody behaves: after how long he acknowledges, and does what he took on; never when ``None``."""

    acknowledges_after_s: float | None = 180.0
    completes_after_s: float | None = 1_200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A way that does not work from one instant to another."""

    way: Way
    from_tai_ns: int
    to_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftToScript:
    """What the script of a scenario does itself, and its cast therefore does not."""

    tasks: frozenset[str] = frozenset()
    reports: frozenset[int] = frozenset()
    stand_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays: the habit of each role, how decisions go, who approves letters, and which ways fail when.

    ``approver`` approves what waits for it after ``approves_after_s``, telephones where that is the way left,
    and stands a plan down when everything in it is over.  ``left`` is what none of them does.
    """

    habits: Mapping[str, Habit] = field(default_factory=dict)
    usual: Habit = Habit()
    decides: Mapping[str, str] = field(default_factory=dict)
    approver: str = "Duty officer"
    approves_after_s: float = 300.0
    outages: tuple[Outage, ...] = ()
    left: LeftToScript = LeftToScript()

    def habit(self, role_id: str) -> Habit:
        """Return how a role behaves."""
        return self.habits.get(role_id, self.usual)


@dataclass(slots=True)
class InventedPost:
    """A way for letters that nobody outside sees; it fails when its cast says so, and keeps what it took."""

    name: str
    outages: tuple[Outage, ...] = ()
    taken: dict[str, Letter] = field(default_factory=dict)
    n_sent: int = 0
    now_tai_ns: int = 0

    def send(self, letter: Letter) -> str:
        """Take a letter; one that came before is recognised by its key.

        Raises: OutsideServiceFailed during an outage.
        """
        for outage in self.outages:
            if outage.way == self.name and outage.from_tai_ns <= self.now_tai_ns < outage.to_tai_ns:
                raise OutsideServiceFailed(f"the {self.name} server does not answer")
        self.n_sent += 1
        is_new = letter.key not in self.taken
        self.taken.setdefault(letter.key, letter)
        return "taken" if is_new else "had it already"


def invented_directory(mechanism: Mechanism) -> Directory:
    """Return a directory in which every role has a mailbox and a telephone, neither of them real."""
    contacts = [
        contact
        for role in mechanism.roles
        for contact in (
            Contact(
                role_id=role.role_id, way=Way.SMTP, address=f"{role.role_id}@{mechanism.mechanism_id}.example"
            ),
            Contact(role_id=role.role_id, way=Way.TELEPHONE, address="+31 70 000 0000"),
        )
    ]
    return Directory(contacts=tuple(contacts), shifts=(), stale_after_s=STALE_AFTER_S)


def invented_mail(directory: Directory, cast: Cast, node: str) -> Mail:
    """Return what letters of a rehearsal are sent with."""
    posts = {way.value: InventedPost(way.value, cast.outages) for way in (Way.SMTP, Way.WEBHOOK, Way.FOLDER)}
    return Mail(sender=f"Baken {node}", node=node, directory=directory, transports=posts)


def rehearse_until(
    make_desk: MakeDesk, incident_id: IncidentId, mail: Mail, cast: Cast, from_tai_ns: int, until_tai_ns: int
) -> ResponseStanding:
    """Let everything happen that is due from one instant to another, each thing at its own instant.

    Raises: WrongUsage when things go on happening without end.
    """
    now_tai_ns = from_tai_ns
    for _ in range(MOST_INSTANTS):
        engine = engine_of(make_desk(cast.approver, now_tai_ns))
        _tell_the_time(mail, now_tai_ns)
        advance_response(engine, incident_id, mail.directory)
        deliver_due(engine, incident_id, mail)
        found = response(engine.log, incident_id)
        due = [deed for deed in _deeds(found, cast, mail) if deed.at_tai_ns <= now_tai_ns]
        if due:
            due[0].do(make_desk, incident_id, now_tai_ns)
            continue
        coming = [
            next_move_tai_ns(engine, incident_id, mail.directory),
            next_delivery_tai_ns(found, mail.directory),
            *(deed.at_tai_ns for deed in _deeds(found, cast, mail)),
        ]
        later = [each for each in coming if each is not None and each > now_tai_ns]
        if not later or min(later) > until_tai_ns:
            return found
        now_tai_ns = min(later)
    raise WrongUsage(f"after {MOST_INSTANTS} instants the rehearsal of {incident_id} still goes on")


def _tell_the_time(mail: Mail, now_tai_ns: int) -> None:
    for post in mail.transports.values():
        if isinstance(post, InventedPost):
            post.now_tai_ns = now_tai_ns


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """Something a person of the cast will do, and when."""

    at_tai_ns: int
    actor: str
    act: Callable[[Desk, IncidentId], object]

    def do(self, make_desk: MakeDesk, incident_id: IncidentId, now_tai_ns: int) -> None:
        self.act(make_desk(self.actor, now_tai_ns), incident_id)


def _deeds(found: ResponseStanding, cast: Cast, mail: Mail) -> list[_Deed]:
    deeds = [
        *_approvals(found, cast),
        *(deed for notice in found.notices for deed in _about_notice(notice, cast)),
        *(
            deed
            for delivery in deliveries_of(found, mail.directory)
            for deed in _about_delivery(delivery, cast)
        ),
        *(
            deed
            for plan in found.plans
            if plan.stood_down_at_tai_ns is None
            for deed in _about_plan(found, plan, cast, mail)
        ),
    ]
    return sorted(deeds, key=lambda deed: deed.at_tai_ns)


def _approvals(found: ResponseStanding, cast: Cast) -> Iterator[_Deed]:
    """Approve together what was written together."""
    drafted = [notice for notice in found.notices if notice.stage is NoticeStage.DRAFTED]
    if drafted:
        first_tai_ns = min(notice.drafted_at_tai_ns for notice in drafted)
        keys = [notice.key for notice in drafted if notice.drafted_at_tai_ns == first_tai_ns]
        yield _Deed(
            at_tai_ns=_after(first_tai_ns, cast.approves_after_s),
            actor=cast.approver,
            act=lambda desk, case: approve_notices(desk, case, keys, "read, and fit to go"),
        )


def _about_delivery(delivery: Delivery, cast: Cast) -> Iterator[_Deed]:
    if delivery.by_hand:
        key = delivery.notice.key
        yield _Deed(
            at_tai_ns=_after(delivery.not_before_tai_ns, cast.approves_after_s),
            actor=cast.approver,
            act=lambda desk, case: told_by_telephone(desk, case, key, "told by telephone"),
        )


def _about_notice(notice: Notice, cast: Cast) -> Iterator[_Deed]:
    wait_s = cast.habit(notice.role_id).acknowledges_after_s
    # A report at a set time is read, and asks nothing back.
    if notice.stage is NoticeStage.SENT and notice.kind is not NoticeKind.SITUATION and wait_s is not None:
        arrived_tai_ns = max(each.ended_at_tai_ns or each.began_at_tai_ns for each in notice.attempts)
        yield _Deed(
            at_tai_ns=_after(arrived_tai_ns, wait_s),
            actor=notice.role_id,
            act=lambda desk, case: acknowledge_by_code(desk, case, notice.code, ""),
        )


def _about_plan(found: ResponseStanding, plan: PlanStanding, cast: Cast, mail: Mail) -> Iterator[_Deed]:
    for task in plan.tasks:
        yield from _about_task(found, plan, task, cast)
    if all(task.is_over for task in plan.tasks if not _is_out_of_reach(plan, task)):
        ended = [task.ended_at_tai_ns for task in plan.tasks if task.ended_at_tai_ns is not None]
        if plan.plan.stand_down_when is not None and ended and not cast.left.stand_down:
            yield _Deed(
                at_tai_ns=_after(max(ended), cast.approves_after_s),
                actor=cast.approver,
                act=lambda desk, case: stand_down(
                    desk, case, "everything in the plan is over", plan_id=plan.plan.plan_id
                ),
            )
    yield from _about_situation(found, plan, cast, mail)


def _is_out_of_reach(plan: PlanStanding, task: TaskStanding) -> bool:
    """Say whether a task waits for a severity that the incident does not have."""
    return task.stage is TaskStage.WAITING and not task.task.is_asked_for(plan.severity)


def _about_task(
    found: ResponseStanding, plan: PlanStanding, task: TaskStanding, cast: Cast
) -> Iterator[_Deed]:
    if task.stage is not TaskStage.TAKEN or task.taken_at_tai_ns is None:
        return
    if task.task.task_id in cast.left.tasks:
        return
    wait_s = cast.habit(task.taken_by).completes_after_s
    letters = (
        notice
        for notice in found.notices
        if (notice.plan_id, notice.task_id) == (plan.plan.plan_id, task.task.task_id)
    )
    if wait_s is None or any(letter.kind is NoticeKind.INFORMATION for letter in letters):
        # Where letters tell somebody, it is done when they have arrived.
        return
    outcome = _chosen(task.task, cast)
    yield _Deed(
        at_tai_ns=_after(task.taken_at_tai_ns, wait_s),
        actor=task.taken_by,
        act=lambda desk, case: complete_task(
            desk, case, task.task.task_id, "done", outcome=outcome, plan_id=plan.plan.plan_id
        ),
    )


def _chosen(task: Task, cast: Cast) -> str:
    if task.kind is not TaskKind.DECIDE:
        return ""
    return cast.decides.get(task.task_id, task.options[0].option_id)


def _about_situation(found: ResponseStanding, plan: PlanStanding, cast: Cast, mail: Mail) -> Iterator[_Deed]:
    series = plan.plan.situation
    if series is None or not plan.situations or plan.situations[-1].issued_at_tai_ns is not None:
        return
    number = plan.situations[-1].number
    if number in cast.left.reports:
        return
    calls = [
        notice
        for notice in found.notices
        if notice.kind is NoticeKind.CALL_OUT
        and notice.plan_id == plan.plan.plan_id
        and not notice.task_id
        and f"/{number}/" in f"/{notice.key}/"
        and notice.stage in ARRIVED
    ]
    wait_s = cast.habit(series.by).acknowledges_after_s
    if not calls or wait_s is None:
        return
    done = sum(task.stage is TaskStage.DONE for task in plan.tasks)
    say = Speech(calls[-1].language)
    text = say("rehearsal.report", number=number, done=done, count=len(plan.tasks))
    yield _Deed(
        at_tai_ns=_after(calls[-1].attempts[-1].began_at_tai_ns, 2 * wait_s),
        actor=series.by,
        act=lambda desk, case: issue_situation(desk, case, text, mail.directory, plan_id=plan.plan.plan_id),
    )


def _after(at_tai_ns: int, wait_s: float) -> int:
    return at_tai_ns + round(wait_s * SECOND_NS)
