"""Ask a sensor, an operator or a partner for something, and keep what came of it."""

from dataclasses import dataclass

from baken.errors import NoSuchRecord, WrongUsage
from baken.incident.wording import objections_to
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.response_state import (
    begun_response,
    keep_and_read,
    mechanism_of,
    one_plan,
    response_entry,
    say_of_response,
)
from baken.operations.write_notices import answering, draft_entry
from baken.records.evidence import EntryKind, read_entry_id
from baken.records.incident import IncidentId
from baken.records.marking import Realm
from baken.records.response import Directory
from baken.records.response_standing import (
    NoticeKind,
    Pap,
    Request,
    RequestKind,
    ResponseStanding,
)
from baken.report.response_letters import request_letter
from baken.report.words import Speech
from baken.respond.requests import ASK, advance_request

FIRST, LAST = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of whom: about which object in which span, for what, how urgent, what may be noticed."""

    kind: RequestKind
    of: str
    purpose: str
    due_at_tai_ns: int
    pap: Pap
    noticeable: str
    object_id: str = ""
    from_tai_ns: int | None = None
    to_tai_ns: int | None = None
    priority: int = 3


def ask(
    desk: Desk,
    incident_id: IncidentId,
    asking: Asking,
    directory: Directory,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Make a request, with the letter that carries it as a draft; its clock runs from now.

    Raises: WrongUsage for a request that cannot be understood or met, or words that may not go out.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    plan = one_plan(found, plan_id)
    mechanism = mechanism_of(desk.log, plan)
    if mechanism.role(asking.of) is None:
        known = ", ".join(sorted(role.role_id for role in mechanism.roles))
        raise NoSuchRecord(f"no role is called {asking.of!r}; there are {known}")
    _refuse_unfit(asking, desk.at_tai_ns)
    request = _request(desk, found, asking)
    answer_with = answering(desk, directory, incident_id)
    draft = request_letter(incident_id, request, answer_with, Speech(mechanism.language))
    entries = [
        response_entry(desk, found, EntryKind.REQUEST, ("act", ASK), *_fields(request)),
        draft_entry(
            desk,
            found,
            draft,
            answer_with,
            key=f"{plan.plan.plan_id}/request/{request.request_id}",
            kind=NoticeKind.REQUEST,
            plan_id=plan.plan.plan_id,
            task_id="",
            role_id=asking.of,
            language=mechanism.language,
        ),
    ]
    return keep_and_read(desk, found, entries)


def answer_request(
    desk: Desk,
    incident_id: IncidentId,
    request_id: str,
    act: str,
    text: str,
    *,
    entry_ids: tuple[str, ...] = (),
    seen: int | None = None,
) -> ResponseStanding:
    """Keep that a request was accepted, answered, declined or withdrawn, with the entries that came.

    Raises: NoSuchRecord for a request or an entry there is not; WrongUsage for what cannot happen to it now.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    request = next((each for each in found.requests if each.request_id == request_id), None)
    if request is None:
        known = ", ".join(each.request_id for each in found.requests) or "none"
        raise NoSuchRecord(f"no request is called {request_id!r}; there are {known}")
    advance_request(request.stage, act)
    if not text.strip():
        raise WrongUsage("say what was answered; give --because")
    _refuse_missing(desk.log, found.realm, entry_ids)
    fields = (("act", act), ("request", request_id), ("text", text), ("entry_ids", entry_ids))
    return say_of_response(desk, found, EntryKind.REQUEST, *fields)


def refuse_unfit_words(text: str) -> None:
    """Refuse words that name a state or a motive where they would leave the house.

    Raises: WrongUsage with each such word.
    """
    objections = objections_to(text)
    if objections:
        raise WrongUsage("; ".join(objection.text for objection in objections))


def _refuse_unfit(asking: Asking, now_tai_ns: int) -> None:
    if not asking.purpose.strip() or not asking.noticeable.strip():
        raise WrongUsage("a request says what it is for, and what the target could notice")
    refuse_unfit_words(f"{asking.purpose}\n{asking.noticeable}")
    if not FIRST <= asking.priority <= LAST:
        raise WrongUsage(f"a priority is a number from {FIRST}, first, to {LAST}; not {asking.priority}")
    if asking.due_at_tai_ns <= now_tai_ns:
        raise WrongUsage("the answer would be due before it is asked; give a later --due")
    if (asking.from_tai_ns is None) != (asking.to_tai_ns is None):
        raise WrongUsage("a span has a beginning and an end; give both, or neither")
    if (
        asking.from_tai_ns is not None
        and asking.to_tai_ns is not None
        and asking.to_tai_ns <= asking.from_tai_ns
    ):
        raise WrongUsage("the span ends before it begins; exchange the two")
    if asking.kind is RequestKind.SENSOR and (not asking.object_id or asking.from_tai_ns is None):
        raise WrongUsage("a sensor is asked for an object in a span of time; give both")


def _refuse_missing(log: EvidenceLog, realm: Realm, entry_ids: tuple[str, ...]) -> None:
    for name in entry_ids:
        try:
            log.entry(realm, read_entry_id(name))
        except ValueError as error:
            raise WrongUsage(str(error)) from error


def _request(desk: Desk, found: ResponseStanding, asking: Asking) -> Request:
    return Request(
        request_id=f"R-{len(found.requests) + 1}",
        kind=asking.kind,
        of=asking.of,
        object_id=asking.object_id,
        from_tai_ns=asking.from_tai_ns,
        to_tai_ns=asking.to_tai_ns,
        purpose=asking.purpose,
        priority=asking.priority,
        pap=asking.pap,
        noticeable=asking.noticeable,
        asked_by=desk.actor,
        asked_at_tai_ns=desk.at_tai_ns,
        due_at_tai_ns=asking.due_at_tai_ns,
    )


def _fields(request: Request) -> tuple[tuple[str, str | int | None], ...]:
    return (
        ("request", request.request_id),
        ("title", request.purpose),
        ("kind_of_request", request.kind.value),
        ("role", request.of),
        ("object_id", request.object_id),
        ("from_tai_ns", None if request.from_tai_ns is None else str(request.from_tai_ns)),
        ("to_tai_ns", None if request.to_tai_ns is None else str(request.to_tai_ns)),
        ("purpose", request.purpose),
        ("priority", request.priority),
        ("pap", request.pap.value),
        ("noticeable", request.noticeable),
        ("due_at_tai_ns", str(request.due_at_tai_ns)),
    )
