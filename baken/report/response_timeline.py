"""What happened in a response, a line each: how long after its beginning, what, and who."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from baken.records.evidence import Entry, EntryKind
from baken.records.response import Mechanism, Task, TaskKind, Way
from baken.records.response_standing import (
    Notice,
    NoticeKind,
    NoticeStage,
    PlanStanding,
    ResponseStanding,
    TaskStage,
)
from baken.report.response_board import role_text
from baken.report.words import Speech

MINUTE_NS = 60 * 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line: when, what, of which task, and who."""

    at_tai_ns: int
    what: str
    who: tuple[str, ...]
    task_id: str = ""


def after_text(span_ns: int) -> str:
    """Return how long after the beginning.

    >>> after_text(95 * MINUTE_NS)
    'T+01:35'
    """
    minutes = round(span_ns / MINUTE_NS)
    return f"T+{minutes // 60:02}:{minutes % 60:02}"


def timeline(
    entries: Sequence[Entry], found: ResponseStanding, mechanism: Mechanism, say: Speech
) -> tuple[Happening, ...]:
    """Return what happened, in order; what befalls several at one instant is one line."""
    teller = _Teller(found, mechanism, say)
    told: list[Happening] = []
    for entry in entries:
        for line in teller.tell(entry):
            same = next((one for one in told[::-1] if _alike(one, line)), None)
            if same is None:
                told.append(line)
            elif not set(line.who) <= set(same.who):
                told[told.index(same)] = replace(same, who=(*same.who, *line.who))
    return tuple(told)


def left_over(
    found: ResponseStanding, mechanism: Mechanism, at_tai_ns: int, from_tai_ns: int, say: Speech
) -> Iterator[str]:
    """Return what is overdue at an instant and still to be done, in words: tasks, reports, letters."""
    for plan in found.plans:
        if plan.stood_down_at_tai_ns is None:
            yield from _left_of_plan(plan, mechanism, at_tai_ns, from_tai_ns, say)
    for notice in found.notices:
        if notice.stage in (NoticeStage.FAILED, NoticeStage.REFUSED):
            yield say("timeline.left_letter", who=role_text(mechanism, notice.role_id, say), key=notice.key)


def late(found: ResponseStanding, from_tai_ns: int, say: Speech) -> Iterator[str]:
    """Return what was done, but after its time, in words."""
    for plan in found.plans:
        for task in plan.tasks:
            due, ended = task.due_at_tai_ns, task.ended_at_tai_ns
            if task.stage is TaskStage.DONE and due is not None and ended is not None and ended > due:
                yield say(
                    "timeline.late",
                    task=task.task.task_id,
                    when=after_text(ended - from_tai_ns),
                    due=after_text(due - from_tai_ns),
                )


def unanswered(found: ResponseStanding, mechanism: Mechanism, at_tai_ns: int, say: Speech) -> Iterator[str]:
    """Return what was asked of somebody who never answered, though its time is not over, in words."""
    for plan in found.plans:
        for task in plan.tasks:
            if task.stage is TaskStage.RUNNING and not task.is_overdue(at_tai_ns):
                who = role_text(mechanism, task.asked[-1], say) if task.asked else say("board.nobody")
                yield say("timeline.unanswered", task=task.task.task_id, who=who)


def _left_of_plan(
    plan: PlanStanding, mechanism: Mechanism, at_tai_ns: int, from_tai_ns: int, say: Speech
) -> Iterator[str]:
    for task in plan.tasks:
        if task.is_overdue(at_tai_ns) and task.due_at_tai_ns is not None:
            who = role_text(mechanism, task.asked[-1], say) if task.asked else say("board.nobody")
            due = after_text(task.due_at_tai_ns - from_tai_ns)
            yield say("timeline.left_task", task=task.task.task_id, due=due, who=who)
    for report in plan.situations:
        is_overtaken = report is not plan.situations[-1]
        if report.issued_at_tai_ns is None and (is_overtaken or report.due_at_tai_ns < at_tai_ns):
            due = after_text(report.due_at_tai_ns - from_tai_ns)
            yield say("timeline.left_report", number=report.number, due=due)


def _alike(one: Happening, other: Happening) -> bool:
    return (one.at_tai_ns, one.what) == (other.at_tai_ns, other.what)


@dataclass(frozen=True, slots=True)
class _Teller:
    found: ResponseStanding
    mechanism: Mechanism
    say: Speech

    def tell(self, entry: Entry) -> Iterator[Happening]:
        """Return an entry as a line, or as none: a letter is told of when it arrives, or does not."""
        if entry.kind is EntryKind.NOTICE:
            yield from self._letter(entry)
            return
        key = f"timeline.{'report-' if entry.kind is EntryKind.SITUATION else ''}{entry.text('act')}"
        if key not in SUBJECTS:
            return
        yield self._line(entry, key, SUBJECTS[key](self, entry))

    def _line(self, entry: Entry, key: str, who: str, **said: str) -> Happening:
        task_id = entry.text("task")
        what = self.say(
            key,
            task=task_id,
            title=self._title(entry),
            number=entry.text("number"),
            outcome=self._outcome(entry),
            missed=self.say(f"respond.missed.{entry.text('missed')}") if entry.text("missed") else "",
            **said,
        )
        return Happening(at_tai_ns=entry.at_tai_ns, what=what, who=(who,), task_id=task_id)

    def _letter(self, entry: Entry) -> Iterator[Happening]:
        act = entry.text("act")
        notice = next((one for one in self.found.notices if one.key == entry.text("key")), None)
        if notice is None or f"timeline.letter-{act}" not in LETTER_ACTS:
            return
        if act == "approve" and entry.actor != entry.text("approved_by"):
            # By the engine, for somebody who approved all call-outs beforehand.
            return
        if act == "acknowledge" and notice.kind is not NoticeKind.INFORMATION:
            return
        who = entry.actor if act == "approve" else self._role(notice.role_id)
        about = f"{self.say(f'respond.notice.{notice.kind}')} {_about(notice)}"
        way = _way(notice, entry)
        told = "told" if act == "arrive" and way == Way.TELEPHONE else act
        yield self._line(entry, f"timeline.letter-{told}", who, way=way, about=about)

    def _task(self, entry: Entry) -> Task | None:
        plan = self.found.plan(entry.text("plan"))
        return plan.plan.task(entry.text("task")) if plan else None

    def _title(self, entry: Entry) -> str:
        task, plan = self._task(entry), self.found.plan(entry.text("plan"))
        if task is not None:
            return task.what.read_in(self.say.language)
        return plan.plan.name.read_in(self.say.language) if plan else ""

    def _outcome(self, entry: Entry) -> str:
        task, option_id = self._task(entry), entry.text("outcome")
        if task is None or task.kind is not TaskKind.DECIDE or not option_id:
            return ""
        chosen = next(option for option in task.options if option.option_id == option_id)
        return f" → {chosen.name.read_in(self.say.language)}"

    def _role(self, role_id: str) -> str:
        known = self.mechanism.role(role_id)
        return known.name.read_in(self.say.language) if known else role_id

    def asked(self, entry: Entry) -> str:
        """Return who is asked when a task begins."""
        task = self._task(entry)
        return self._role(task.by) if task and task.by else self.say("board.nobody")

    def next_asked(self, entry: Entry) -> str:
        """Return to whom a task goes on."""
        return self._role(entry.text("role"))

    def actor(self, entry: Entry) -> str:
        """Return who did it."""
        return self._role(entry.actor)


def _way(notice: Notice, entry: Entry) -> str:
    """Return by which way a letter went: as a person told it, or that of the try whose end this is."""
    number = entry.text("number")
    return notice.attempts[int(number) - 1].way if number else entry.text("way")


def _about(notice: Notice) -> str:
    # A letter of no task is called PLAN/situation/NUMBER/ROLE, or PLAN/request/R-1.
    return notice.task_id or "/".join(notice.key.split("/")[1:3])


SUBJECTS: Mapping[str, Callable[[_Teller, Entry], str]] = {
    "timeline.start": _Teller.actor,
    "timeline.begin": _Teller.asked,
    "timeline.go-on": _Teller.next_asked,
    "timeline.take": _Teller.actor,
    "timeline.complete": _Teller.actor,
    "timeline.drop": _Teller.actor,
    "timeline.dispense": _Teller.actor,
    "timeline.lapse": _Teller.actor,
    "timeline.stand-down": _Teller.actor,
    "timeline.report-call": _Teller.actor,
    "timeline.report-issue": _Teller.actor,
}
LETTER_ACTS = frozenset(
    f"timeline.letter-{act}" for act in ("approve", "arrive", "fail", "refuse", "acknowledge")
)
