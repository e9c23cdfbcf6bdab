"""Look back on a response, draft its next report, and put its clocks in a calendar: all from the log."""

from collections.abc import Mapping

from baken.formats.icalendar import CalendarEntry
from baken.operations.brief_decision import may_say
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.report_situation import due_report
from baken.operations.response_state import begun_response, label_of_response, mechanism_of, one_plan
from baken.operations.work_incident import incident
from baken.records.incident import IncidentId
from baken.records.response import Mechanism
from baken.records.response_standing import ResponseStanding
from baken.report.after_action import AfterAction
from baken.report.response_calendar import calendar_entries
from baken.report.response_names import Names
from baken.report.situation_draft import situation_draft
from baken.report.words import Speech
from baken.respond.looking_back import look_back
from baken.respond.ran_clocks import ran_clocks


def after_action(
    log: EvidenceLog, incident_id: IncidentId, *, as_of_tai_ns: int, code_version: str = ""
) -> AfterAction:
    """Return all that an after-action report is made from; it has the label of all that was said together.

    Raises: NoSuchRecord when there is no such incident, or no response to it was begun.
    """
    case = incident(log, incident_id)
    found = begun_response(log, incident_id)
    return AfterAction(
        incident=case,
        found=found,
        mechanisms=_mechanisms(log, found),
        review=look_back(found, as_of_tai_ns),
        marking=label_of_response(log, incident_id),
        code_version=code_version,
    )


def draft_situation(
    log: EvidenceLog, incident_id: IncidentId, *, at_tai_ns: int, plan_id: str = "", say: Speech
) -> str:
    """Return a text to begin from for whoever makes the report that is due; nothing is issued.

    Raises: WrongUsage when none is due.
    """
    found = begun_response(log, incident_id)
    plan = one_plan(found, plan_id)
    report = due_report(plan)
    names = Names(found=found, mechanisms=_mechanisms(log, found), say=say, may_say=may_say)
    return situation_draft(plan, report.number, ran_clocks(found), names, at_tai_ns)


def clocks_in_calendar(log: EvidenceLog, incident_id: IncidentId, say: Speech) -> tuple[CalendarEntry, ...]:
    """Return every clock of a response as an entry; one that runs no more takes its entry away."""
    found = begun_response(log, incident_id)
    names = Names(found=found, mechanisms=_mechanisms(log, found), say=say, may_say=may_say)
    return calendar_entries(ran_clocks(found), names)


def _mechanisms(log: EvidenceLog, found: ResponseStanding) -> Mapping[str, Mechanism]:
    return {plan.mechanism_digest: mechanism_of(log, plan) for plan in found.plans}
