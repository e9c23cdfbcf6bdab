"""Responses that were played to their end in memory, to look back upon."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baken.astro.time import tai_ns_from_utc
from baken.exercise.rehearsal import (
    Cast,
    Habit,
    Outage,
    invented_directory,
    invented_mail,
    rehearse_until,
)
from baken.operations.desk import Desk
from baken.operations.open_incident import open_incident
from baken.operations.start_response import start_response
from baken.operations.work_incident import judge
from baken.records.incident import IncidentId, IncidentKind
from baken.records.marking import Realm
from baken.records.response import Way
from baken.respond.mechanism_file import read_mechanism
from baken.wiring.priority_rules import priority_rules
from tests.memory_log import CountedLuck, MemoryLog

OPENED_TAI_NS = tai_ns_from_utc("2026-03-02T04:00:00Z")
SECOND_NS = 10**9
MINUTE_NS, HOUR_NS = 60 * SECOND_NS, 3_600 * SECOND_NS
MECHANISM = Path("baken/respond/mechanisms/nl.toml").read_text(encoding="utf-8")
NEVER = Habit(acknowledges_after_s=None)


@dataclass(frozen=True)
class Played:
    """A log in which a response was played, and whose desk works on it."""

    log: MemoryLog
    incident_id: IncidentId
    desk: Callable[[str, int], Desk]


def play(*silent: str, mail_down_s: float = 0.0, hours: float = 48.0, kind: str = "cyber-attack") -> Played:
    """Play a serious incident in which some roles never answer, and mail does not work for a while."""
    log, luck = MemoryLog(), CountedLuck()

    def desk(who: str, at_tai_ns: int) -> Desk:
        return Desk(log=log, actor=who, at_tai_ns=at_tai_ns, luck=luck)

    officer = desk("Duty officer", OPENED_TAI_NS)
    case = open_incident(
        officer, node="NL", realm=Realm.EXERCISE, title="Modems fall silent", kind=IncidentKind(kind),
        because="two calls", rules=priority_rules(Path("no-rules-of-its-own")),
    )  # fmt: skip
    judge(officer, case.incident_id, "severity", "serious", "energy depends on it")
    start_response(officer, case.incident_id, MECHANISM, "energy depends on it", approve_call_outs=True)
    down = Outage(
        way=Way.SMTP, from_tai_ns=OPENED_TAI_NS, to_tai_ns=OPENED_TAI_NS + round(mail_down_s * SECOND_NS)
    )
    cast = Cast(habits=dict.fromkeys(silent, NEVER), outages=(down,))
    mail = invented_mail(invented_directory(read_mechanism(MECHANISM)), cast, "NL")
    until = OPENED_TAI_NS + round(hours * HOUR_NS)
    rehearse_until(desk, case.incident_id, mail, cast, OPENED_TAI_NS, until)
    return Played(log=log, incident_id=case.incident_id, desk=desk)


@cache
def silent_officer() -> Played:
    """Return a response in which the duty officer of the crisis centre never answers, to its end."""
    return play("ncc-duty")


@cache
def mail_down() -> Played:
    """Return a response in which mail does not work for an hour, to its end."""
    return play(mail_down_s=3_600.0)


@cache
def nobody_answers(hours: float = 12.0, kind: str = "cyber-attack") -> Played:
    """Return a response that nobody but the officer who began it takes up."""
    roles = [role.role_id for role in read_mechanism(MECHANISM).roles]
    return play(*roles, hours=hours, kind=kind)
