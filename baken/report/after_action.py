"""Look back on a response in words: how it went, in a few sentences from the log and nothing else."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from baken.records.incident import Incident
from baken.records.marking import Marking
from baken.records.response import Mechanism, TaskKind
from baken.records.response_review import Review
from baken.records.response_standing import (
    NoticeStage,
    PlanStanding,
    Request,
    RequestStage,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)
from baken.report.moments import minute_text, short_minute_text
from baken.report.response_board import span_text
from baken.report.response_names import MaySay, Names
from baken.report.words import Speech

SECOND_NS = 1_000_000_000


class Part(StrEnum):
    """The parts of the report that are sentences, in the order in which they stand."""

    TASKS = "tasks"
    PASSED_ON = "passed_on"
    LETTERS = "letters"
    SITUATIONS = "situations"
    REQUESTS = "requests"
    DECISIONS = "decisions"
    ROLES = "roles"


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterAction:
    """What an after-action report is made from: nothing in it comes from anywhere else."""

    incident: Incident
    found: ResponseStanding
    mechanisms: Mapping[str, Mechanism]
    review: Review
    marking: Marking
    code_version: str = ""

    def names(self, say: Speech, may_say: MaySay) -> Names:
        """Return what everything in it is called."""
        return Names(found=self.found, mechanisms=self.mechanisms, say=say, may_say=may_say)


def sentences_of(told: AfterAction, names: Names) -> dict[Part, tuple[str, ...]]:
    """Return the sentences of a report, part by part."""
    return {part: tuple(TELL[part](told, names)) for part in Part}


def late_text(duration_s: float, say: Speech) -> str:
    """Return how late something was, or how long it took.

    >>> late_text(7_200.0, Speech("nl")), late_text(5_000.0, Speech("en"))
    ('2 u', '1 h 23 min')
    """
    return span_text(round(duration_s * SECOND_NS), say)


def counted(say: Speech, name: str, count: int, **figures: int | str) -> str:
    """Return a phrase with a number of things in it, in the words for one where there is one.

    >>> counted(Speech("en"), "after.letters.withdrawn", 1)
    'One was withdrawn.'
    """
    single = f"{name}.one"
    return say(single, **figures) if count == 1 and say.knows(single) else say(name, count=count, **figures)


def _tasks(told: AfterAction, names: Names) -> Iterator[str]:
    say, figures = names.say, told.review.tasks
    parts = {
        "in_time": figures.n_in_time,
        "done_late": len(figures.done_late),
        "without_clock": figures.n_without_clock,
        "overdue": len(figures.overdue),
        "open": figures.n_open,
        "dropped": figures.n_dropped,
    }
    if not figures.n_asked:
        yield say("after.tasks.none")
    else:
        yield counted(say, "after.tasks.asked", figures.n_asked, parts=_parts(parts, say))
    for late in sorted(figures.done_late, key=lambda each: -each.late_s):
        what = names.task(late.plan_id, late.task_id)
        yield say("after.tasks.late", what=what, late=late_text(late.late_s, say))
    for late in sorted(figures.overdue, key=lambda each: -each.late_s):
        plan = told.found.plan(late.plan_id)
        name = "after.tasks.overdue_then" if plan and plan.stood_down_at_tai_ns else "after.tasks.overdue"
        yield say(name, what=names.task(late.plan_id, late.task_id), late=late_text(late.late_s, say))
    for name, count in (
        ("after.tasks.not_needed", figures.n_not_needed),
        ("after.tasks.never_asked", figures.n_never_asked),
        ("after.tasks.lapsed", figures.n_lapsed),
    ):
        if count:
            yield counted(say, name, count)


def _passed_on(told: AfterAction, names: Names) -> Iterator[str]:
    say = names.say
    if not told.review.passed_on:
        yield say("after.passed_on.none")
    for each in told.review.passed_on:
        figures = {
            "when": short_minute_text(each.at_tai_ns, say),
            "what": names.task(each.plan_id, each.task_id),
            "other": names.role(each.to_role_id),
        }
        if not each.from_role_id:
            yield say("after.passed_on.open", **figures)
            continue
        missed = say(f"respond.missed.{each.missed}")
        yield say("after.passed_on", one=names.role(each.from_role_id), missed=missed, **figures)


def _letters(told: AfterAction, names: Names) -> Iterator[str]:
    say, figures = names.say, told.review.letters
    if not figures.n_written:
        yield say("after.letters.none")
        return
    both = {"arrived": figures.n_arrived, "acknowledged": figures.n_acknowledged}
    yield counted(say, "after.letters.written", figures.n_written, **both)
    trouble = {
        "failed": figures.n_failed,
        "refused": figures.n_refused,
        "interrupted": figures.n_interrupted,
    }
    if any(trouble.values()):
        yield say("after.letters.tries", count=figures.n_tries, parts=_parts(trouble, say))
    for name, count in (
        ("after.letters.telephone", figures.n_by_telephone),
        ("after.letters.not_approved", figures.n_not_approved),
        ("after.letters.not_arrived", figures.n_not_arrived),
        ("after.letters.withdrawn", figures.n_withdrawn),
    ):
        if count:
            yield counted(say, name, count)
    if figures.acknowledged_median_s is not None and figures.acknowledged_longest_s is not None:
        median = late_text(figures.acknowledged_median_s, say)
        longest = late_text(figures.acknowledged_longest_s, say)
        yield say("after.letters.acknowledged", median=median, longest=longest)
    silent = unanswered(told.found, names)
    if silent:
        yield say("after.letters.not_acknowledged", names=", ".join(silent))


def unanswered(found: ResponseStanding, names: Names) -> tuple[str, ...]:
    """Return how many letters arrived and were not acknowledged, role by role."""
    roles = Counter(notice.role_id for notice in found.notices if notice.stage is NoticeStage.SENT)
    return tuple(f"{names.role(role_id)} ({names.say.count(count)})" for role_id, count in roles.items())


def letter_name(key: str, found: ResponseStanding, names: Names) -> str:
    """Return a letter as people call it: of which kind, to whom, and about which task."""
    notice = next(each for each in found.notices if each.key == key)
    kind = f"{names.say(f'respond.notice.{notice.kind}')}, {names.role(notice.role_id)}"
    return f"{kind}, “{names.task(notice.plan_id, notice.task_id)}”" if notice.task_id else kind


def _situations(told: AfterAction, names: Names) -> Iterator[str]:
    say, figures = names.say, told.review.situations
    if all(plan.plan.situation is None for plan in told.found.plans):
        yield say("after.situations.none")
    elif not figures.n_due:
        is_over = all(plan.stood_down_at_tai_ns is not None for plan in told.found.plans)
        yield say("after.situations.no_time" if is_over else "after.situations.no_time_yet")
    else:
        parts = {
            "made": figures.n_made,
            "made_late": figures.n_late,
            "missed": figures.n_missed,
            "not_called": figures.n_not_called,
        }
        yield counted(say, "after.situations", figures.n_due, parts=_parts(parts, say))
    if figures.n_put_off:
        yield counted(say, "after.situations.put_off", figures.n_put_off)


def _requests(told: AfterAction, names: Names) -> Iterator[str]:
    if not told.found.requests:
        yield names.say("after.requests.none")
    for request in told.found.requests:
        yield names.say(
            "after.request",
            request=request.request_id,
            kind=names.say(f"respond.request.{request.kind}"),
            of=names.role(request.of),
            by=names.who(request.asked_by),
            asked=short_minute_text(request.asked_at_tai_ns, names.say),
            purpose=names.quoted(request.purpose),
            due=short_minute_text(request.due_at_tai_ns, names.say),
            stage=names.say(f"respond.request.stage.{request.stage}"),
            answer=_answer(request, names),
        )


def _answer(request: Request, names: Names) -> str:
    if request.answered_at_tai_ns is None:
        return ""
    figures = {
        "when": short_minute_text(request.answered_at_tai_ns, names.say),
        "answer": names.quoted(request.answer),
    }
    late_s = (request.answered_at_tai_ns - request.due_at_tai_ns) / SECOND_NS
    if late_s > 0.0 and request.stage is not RequestStage.ACCEPTED:
        return names.say("after.request.late", late=late_text(late_s, names.say), **figures)
    return names.say("after.request.answer", **figures)


def _decisions(told: AfterAction, names: Names) -> Iterator[str]:
    taken = [
        (task.ended_at_tai_ns, plan, task)
        for plan in told.found.plans
        for task in plan.tasks
        if task.task.kind is TaskKind.DECIDE and task.outcome and task.ended_at_tai_ns is not None
    ]
    if not taken:
        yield names.say("after.decisions.none")
    for at_tai_ns, plan, task in sorted(taken, key=lambda each: each[0]):
        plan_id, task_id = plan.plan.plan_id, task.task.task_id
        yield names.say(
            "after.decision",
            when=short_minute_text(at_tai_ns, names.say),
            what=names.task(plan_id, task_id),
            outcome=names.outcome(plan_id, task_id, task.outcome),
            who=names.who(task.ended_by),
            because=names.quoted(task.because),
            lapsed=_lapsed(task, names),
        )


def _lapsed(task: TaskStanding, names: Names) -> str:
    if task.stage is not TaskStage.LAPSED or task.lapses_at_tai_ns is None:
        return ""
    return names.say("after.decision.lapsed", when=short_minute_text(task.lapses_at_tai_ns, names.say))


def _roles(told: AfterAction, names: Names) -> Iterator[str]:
    if not told.review.unassigned and not told.review.vacant:
        yield names.say("after.roles.none")
    for plan_id, task_id in told.review.unassigned:
        why = names.standing(plan_id, task_id).task.open_because
        because = why.read_in(names.say.language).rstrip(".") if why else names.say("decide.no_words")
        yield names.say("after.roles.unassigned", what=names.task(plan_id, task_id), because=because)
    for role_id in told.review.vacant:
        yield names.say("after.roles.vacant", role=names.role(role_id))


def _parts(counts: Mapping[str, int], say: Speech) -> str:
    return ", ".join(say(f"after.part.{name}", count=count) for name, count in counts.items() if count)


TELL = {
    Part.TASKS: _tasks,
    Part.PASSED_ON: _passed_on,
    Part.LETTERS: _letters,
    Part.SITUATIONS: _situations,
    Part.REQUESTS: _requests,
    Part.DECISIONS: _decisions,
    Part.ROLES: _roles,
}


def facts_of(told: AfterAction, names: Names) -> list[tuple[str, str]]:
    """Return the head of a report: label and value, plan by plan."""
    say = names.say
    facts = [("incident", str(told.incident.incident_id))]
    for plan in told.found.plans:
        mechanism = told.mechanisms[plan.mechanism_digest]
        said = say(
            "after.mechanism", mechanism=mechanism.name.read_in(say.language), version=mechanism.version
        )
        illustrative = f" · {say('after.illustrative')}" if mechanism.is_illustrative else ""
        facts += [
            ("plan", names.plan(plan.plan.plan_id)),
            ("mechanism", f"{said}{illustrative}"),
            ("begun", _by_at(plan.started_at_tai_ns, plan.started_by, names)),
            ("stood_down", _stood_down(plan, names)),
        ]
    return [(say(f"after.fact.{name}"), value) for name, value in facts]


def _by_at(at_tai_ns: int, actor: str, names: Names) -> str:
    return names.say("after.by_at", when=minute_text(at_tai_ns, names.say), who=names.who(actor))


def _stood_down(plan: PlanStanding, names: Names) -> str:
    if plan.stood_down_at_tai_ns is None:
        return names.say("after.still_open")
    return names.say(
        "after.by_at_because",
        when=minute_text(plan.stood_down_at_tai_ns, names.say),
        who=names.who(plan.stood_down_by),
        because=names.quoted(plan.stood_down_because),
    )
