"""Try one plan on an invented case: what a coordinator does after he changed his file."""

from dataclasses import dataclass

from baken.exercise.rehearsal import Cast, invented_directory, invented_mail, rehearse_until
from baken.incident.priority import PriorityRules
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import Luck
from baken.operations.open_incident import open_incident
from baken.operations.ports import NODE_OF_REALM
from baken.operations.send_notices import Mail
from baken.operations.start_response import start_response
from baken.operations.work_incident import judge
from baken.records.evidence import Entry
from baken.records.incident import Severity
from baken.records.marking import Realm
from baken.records.response import Mechanism, Plan
from baken.records.response_standing import ResponseStanding
from baken.respond.standing import subject_of

REALM = Realm.EXERCISE
NODE = NODE_OF_REALM[REALM]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of it: the response as it stood at the end, each thing that happened, and the mail."""

    mechanism: Mechanism
    found: ResponseStanding
    entries: tuple[Entry, ...]
    start_tai_ns: int
    end_tai_ns: int
    mail: Mail


def try_plan(
    log: EvidenceLog,
    mechanism: Mechanism,
    mechanism_text: str,
    plan: Plan,
    severity: Severity,
    cast: Cast,
    *,
    rules: PriorityRules,
    luck: Luck,
    start_tai_ns: int,
    end_tai_ns: int,
) -> Trial:
    """Open an invented case of a plan's kind, respond by the plan, and let its clocks run to an instant."""

    def desk(actor: str, at_tai_ns: int) -> Desk:
        return Desk(log=log, actor=actor, at_tai_ns=at_tai_ns, luck=luck)

    director = desk(cast.approver, start_tai_ns)
    case = open_incident(
        director,
        node=NODE,
        realm=REALM,
        title=f"Invented, to try the plan {plan.plan_id}",
        kind=min(plan.kinds),
        because="a plan is tried",
        rules=rules,
    ).incident_id
    judge(director, case, "severity", severity.value, "as asked")
    start_response(
        director, case, mechanism_text, "a plan is tried", plan_id=plan.plan_id, approve_call_outs=True
    )
    mail = invented_mail(invented_directory(mechanism), cast, NODE)
    found = rehearse_until(desk, case, mail, cast, start_tai_ns, end_tai_ns)
    kept = log.entries(REALM, subject=subject_of(case))
    return Trial(
        mechanism=mechanism,
        found=found,
        entries=tuple(one.entry for one in kept),
        start_tai_ns=start_tai_ns,
        end_tai_ns=end_tai_ns,
        mail=mail,
    )
