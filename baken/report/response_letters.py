"""Letters of a response: what somebody has to do, or may know, and why he gets this; nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from baken.records.incident import IncidentId
from baken.records.response import Mechanism, Plan, Task
from baken.records.response_standing import Missed, Request
from baken.report.moments import minute_text
from baken.report.words import Speech

# Stands in a letter where its code comes when it leaves: whoever reads the words here has no code.
CODE_PLACE = "·····-·····"


def with_code(text: str, code: str) -> str:
    """Return the words of a letter as they leave, with its code in its place."""
    return text.replace(CODE_PLACE, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One sentence that may be told to whoever it is for, and the entries that carry it."""

    text: str
    carried_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The words of a letter, why it goes out, and which entries its facts rest on."""

    subject: str
    text: str
    because: str
    carried_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a letter asks for: the task, for which role, with its clocks, and who was asked before and why."""

    mechanism: Mechanism
    plan: Plan
    task: Task
    role_id: str
    due_at_tai_ns: int | None = None
    acknowledge_by_tai_ns: int | None = None
    before: str = ""
    missed: Missed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How a letter is acknowledged: its code, and where besides by telephone; nowhere when that is empty."""

    code: str = field(repr=False)
    at: str = ""


def call_out(incident_id: IncidentId, asked: Asked, answering: Answering, say: Speech) -> Draft:
    """Return a letter that asks a role for a task.  It carries no facts of the case."""
    because = _why_called(asked, say)
    lines = (
        say("letter.incident", incident=str(incident_id)),
        _for(asked, say),
        say("letter.task", what=asked.task.what.read_in(say.language)),
        *_clocks(asked, say),
        *_rests_on(asked, say),
        "",
        because,
        _answer(answering, say),
    )
    what = asked.task.what.read_in(say.language)
    return Draft(
        subject=_subject(incident_id, say("letter.call_out", what=what)), text=_text(lines), because=because
    )


def information(
    incident_id: IncidentId, asked: Asked, facts: Sequence[Fact], answering: Answering, say: Speech
) -> Draft:
    """Return a letter that tells a role what was released to it, each sentence carried by entries."""
    because = say("letter.why.told", plan=asked.plan.name.read_in(say.language))
    lines = (
        say("letter.incident", incident=str(incident_id)),
        _for(asked, say),
        say("letter.under_task", what=asked.task.what.read_in(say.language)),
        "",
        *_facts(facts, say),
        "",
        *_rests_on(asked, say),
        because,
        _answer(answering, say),
    )
    return Draft(
        subject=_subject(incident_id, say("letter.information")),
        text=_text(lines),
        because=because,
        carried_by=_carried_by(facts),
    )


def situation_call(
    incident_id: IncidentId, plan: Plan, number: int, due_at_tai_ns: int, answering: Answering, say: Speech
) -> Draft:
    """Return a letter that reminds whoever makes the situation reports of the next one."""
    because = say("letter.why.situation", plan=plan.name.read_in(say.language))
    told = say("letter.situation.to_make", number=number, when=minute_text(due_at_tai_ns, say))
    lines = (say("letter.incident", incident=str(incident_id)), told, "", because, _answer(answering, say))
    return Draft(
        subject=_subject(incident_id, say("letter.situation", number=number)),
        text=_text(lines),
        because=because,
    )


def situation_letter(
    incident_id: IncidentId,
    plan: Plan,
    number: int,
    text: str,
    facts: Sequence[Fact],
    answering: Answering,
    say: Speech,
) -> Draft:
    """Return a situation report for one role: what its maker says, and what was released to that role."""
    because = say("letter.why.situation", plan=plan.name.read_in(say.language))
    lines = (
        say("letter.incident", incident=str(incident_id)),
        text,
        "",
        *_facts(facts, say),
        "",
        because,
        _answer(answering, say),
    )
    return Draft(
        subject=_subject(incident_id, say("letter.situation", number=number)),
        text=_text(lines),
        because=because,
        carried_by=_carried_by(facts),
    )


def request_letter(incident_id: IncidentId, request: Request, answering: Answering, say: Speech) -> Draft:
    """Return a letter that asks a sensor, an operator or a partner for something."""
    what = say(f"respond.request.{request.kind}")
    lines = [
        say("letter.incident", incident=str(incident_id)),
        say("letter.request", request=request.request_id, what=what),
    ]
    if request.object_id:
        lines.append(say("letter.request.object", object=request.object_id))
    if request.from_tai_ns is not None and request.to_tai_ns is not None:
        start, end = minute_text(request.from_tai_ns, say), minute_text(request.to_tai_ns, say)
        lines.append(say("letter.request.span", start=start, end=end))
    lines += [
        say("letter.request.purpose", purpose=request.purpose),
        say("letter.request.priority", priority=request.priority),
        say("letter.request.pap", noticeable=request.noticeable, pap=say(f"respond.pap.{request.pap}")),
        say("letter.due", when=minute_text(request.due_at_tai_ns, say)),
        "",
        _answer(answering, say),
    ]
    subject = _subject(incident_id, say("letter.request", request=request.request_id, what=what))
    return Draft(subject=subject, text=_text(lines), because=request.purpose)


def trial_call(answering: Answering, say: Speech) -> Draft:
    """Return a letter that only asks to be acknowledged."""
    because = say("letter.why.test")
    return Draft(subject=say("letter.test"), text=_text((because, _answer(answering, say))), because=because)


def _subject(incident_id: IncidentId, text: str) -> str:
    return f"{incident_id}: {text}"


def _for(asked: Asked, say: Speech) -> str:
    role, organisation = asked.mechanism.role(asked.role_id), asked.mechanism.organisation_of(asked.role_id)
    return say(
        "letter.for",
        role=role.name.read_in(say.language) if role else asked.role_id,
        organisation=organisation.name.read_in(say.language) if organisation else "–",
    )


def _clocks(asked: Asked, say: Speech) -> Iterator[str]:
    if asked.acknowledge_by_tai_ns is not None:
        yield say("letter.acknowledge_by", when=minute_text(asked.acknowledge_by_tai_ns, say))
    if asked.due_at_tai_ns is not None:
        yield say("letter.due", when=minute_text(asked.due_at_tai_ns, say))


def _rests_on(asked: Asked, say: Speech) -> Iterator[str]:
    if asked.task.legal_basis:
        yield say("letter.legal", basis=asked.task.legal_basis)
    titles = {source.source_id: source.title for source in asked.mechanism.sources}
    if asked.task.source_ids:
        yield say("letter.source", source="; ".join(titles[name] for name in asked.task.source_ids))


def _why_called(asked: Asked, say: Speech) -> str:
    if asked.missed is None:
        return say("letter.why.first", plan=asked.plan.name.read_in(say.language))
    if not asked.before:
        return say("letter.why.open")
    role = asked.mechanism.role(asked.before)
    name = role.name.read_in(say.language) if role else asked.before
    return say("letter.why.gone_on", role=name, missed=say(f"respond.missed.{asked.missed}"))


def _facts(facts: Sequence[Fact], say: Speech) -> Iterator[str]:
    if not facts:
        yield say("letter.no_facts")
        return
    yield say("letter.established")
    yield from (f"- {fact.text}" for fact in facts)


def _carried_by(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for fact in facts for name in fact.carried_by))


def _answer(answering: Answering, say: Speech) -> str:
    place = say("letter.answer.at", link=answering.at) if answering.at else ""
    return say("letter.answer", code=CODE_PLACE, place=place)


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines)
