"""Begin to respond: choose the plan that holds, and pin the mechanism as it reads now."""

from collections.abc import Sequence

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.desk import Desk
from baken.operations.response_state import START, keep_response, refuse_closed, response, response_entry
from baken.operations.work_incident import incident
from baken.records.evidence import Content, EntryKind
from baken.records.incident import Incident, IncidentId, Severity
from baken.records.response import SEVERITIES, Mechanism, Plan
from baken.records.response_standing import ResponseStanding
from baken.respond.mechanism_file import read_mechanism
from baken.respond.standing import plan_for

MEDIA_TYPE = "application/toml"


def plans_that_hold(mechanism: Mechanism, case: Incident) -> tuple[Plan, ...]:
    """Return the plans that hold for an incident as it is now, the one for the gravest first."""
    severity = SEVERITIES.index(Severity(case.severity.stands))
    holding = [
        plan
        for plan in mechanism.plans
        if case.kind in plan.kinds and SEVERITIES.index(plan.from_severity) <= severity
    ]
    return tuple(sorted(holding, key=lambda plan: -SEVERITIES.index(plan.from_severity)))


def start_response(
    desk: Desk,
    incident_id: IncidentId,
    mechanism_text: str,
    because: str,
    *,
    plan_id: str = "",
    approve_call_outs: bool = False,
) -> ResponseStanding:
    """Begin a plan for an incident: the one named, else the one that holds for its kind and severity.

    With ``approve_call_outs`` whoever begins it approves beforehand that call-outs, which carry no facts, go
    out by themselves; otherwise each waits for somebody to approve it.
    Raises: WrongUsage when no plan or more than one holds, when it was begun before, or the case is over.
    """
    case = incident(desk.log, incident_id)
    refuse_closed(case)
    if not because.strip():
        raise WrongUsage("a response has a reason; give --because")
    mechanism = read_mechanism(mechanism_text)
    plan = plan_for(mechanism, plan_id) if plan_id else _the_one(mechanism, case)
    found = response(desk.log, incident_id)
    if found.plan(plan.plan_id) is not None:
        raise WrongUsage(f"the plan {plan.plan_id} was begun for {incident_id} already; look at its board")
    content = mechanism_text.encode()
    started = desk.entry(
        EntryKind.RESPONSE,
        f"{incident_id}/response",
        case.realm,
        ("act", START),
        ("incident", str(incident_id)),
        ("mechanism", mechanism.mechanism_id),
        ("mechanism_version", mechanism.version),
        ("plan", plan.plan_id),
        ("title", plan.name.en),
        ("severity", case.severity.stands),
        ("case_opened_at_tai_ns", str(case.opened_at_tai_ns)),
        ("because", because),
        content=Content(
            digest=desk.log.keep_content(content),
            media_type=MEDIA_TYPE,
            name=f"{mechanism.mechanism_id}.toml",
            size_bytes=len(content),
        ),
    )
    entries = [started]
    if approve_call_outs:
        fields = (("act", "approve-call-outs"), ("plan", plan.plan_id), ("because", because))
        entries.append(response_entry(desk, found, EntryKind.RESPONSE, *fields))
    keep_response(desk, found, entries)
    return response(desk.log, incident_id)


def _the_one(mechanism: Mechanism, case: Incident) -> Plan:
    holding = plans_that_hold(mechanism, case)
    if not holding:
        raise NoSuchRecord(
            f"{mechanism.mechanism_id} has no plan for {case.kind} that is {case.severity.stands}; "
            f"name one with --plan: {_names(mechanism.plans)}"
        )
    gravest = [plan for plan in holding if plan.from_severity is holding[0].from_severity]
    if len(gravest) > 1:
        raise WrongUsage(f"more than one plan holds; name one with --plan: {_names(gravest)}")
    return gravest[0]


def _names(plans: Sequence[Plan]) -> str:
    return ", ".join(plan.plan_id for plan in plans)
