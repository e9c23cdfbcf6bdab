"""Gather events into incidents: what may belong together, for a person to accept or for a rule to open."""

from baken.incident.gather import Proposal, proposals, tie_between
from baken.incident.lifecycle import OVER
from baken.incident.priority import PriorityRules, opening_rule
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.join_incident import new_finding
from baken.operations.judge_by_rules import judge_anew, rules_say
from baken.operations.open_incident import open_incident
from baken.operations.ports import Store
from baken.operations.work_incident import incidents
from baken.records.event import Event, read_event_id
from baken.records.incident import Incident, IncidentId, Severity
from baken.records.marking import Realm
from baken.records.triage import Level
from baken.report.urgency import urgency_of
from baken.report.words import Speech


def proposed_incidents(
    store: Store, log: EvidenceLog, realm: Realm, *, now_tai_ns: int, at_least: Level = Level.ACT
) -> tuple[Proposal, ...]:
    """Return how the events that need somebody now may be gathered into incidents.

    What is tied to such an event comes along, also when it needs nobody any more: a meeting before a breakup.
    """
    events = store.events(realm)
    calling = [event for event in events if urgency_of(event.finding, now_tai_ns).level >= at_least]
    wanted = [
        event
        for event in events
        if event in calling or any(tie_between(event.finding, each.finding) for each in calling)
    ]
    known = incidents(log, realm)
    return proposals(wanted, known, members_of_open(store, known, realm))


def members_of_open(store: Store, known: tuple[Incident, ...], realm: Realm) -> dict[IncidentId, list[Event]]:
    """Return the events of each open incident, as they stand."""
    return {
        one.incident_id: [store.event(read_event_id(each), realm=realm) for each in one.event_ids]
        for one in known
        if one.stage not in OVER
    }


def open_by_rule(
    store: Store, desk: Desk, proposed: tuple[Proposal, ...], rules: PriorityRules
) -> tuple[Incident, ...]:
    """Open a suspected incident for each proposal that a rule of the house says needs no person first.

    It is Baken that opens them; a person corroborates or dismisses.
    """
    opened = []
    for proposal in proposed:
        findings = [event.finding for event in proposal.events]
        judged = rules_say(proposal.kind, findings, rules, now_tai_ns=desk.at_tai_ns)
        rule = opening_rule(proposal.kind, Severity(judged["severity"].automatic), rules)
        if rule is not None and proposal.joins is None:
            opened.append(
                open_incident(
                    desk,
                    node=store.node_name(),
                    realm=findings[0].realm,
                    title=_title(proposal),
                    kind=proposal.kind,
                    because=f"rule: {rule.name}. {proposal.because}",
                    rules=rules,
                    events=proposal.events,
                )
            )
    return tuple(opened)


def follow_up(
    store: Store, desk: Desk, realm: Realm, rules: PriorityRules
) -> tuple[tuple[Incident, ...], tuple[Incident, ...]]:
    """Do what needs no person after a turn of the watch: return what was opened, and what is judged anew.

    Without a rule of the house that opens anything, nothing is looked for.
    """
    opened: tuple[Incident, ...] = ()
    if rules.opening:
        proposed = proposed_incidents(store, desk.log, realm, now_tai_ns=desk.at_tai_ns)
        opened = open_by_rule(store, desk, proposed, rules)
    return opened, bring_up_to_date(store, desk, realm, rules)


def _title(proposal: Proposal) -> str:
    names = ", ".join(str(event.event_id) for event in proposal.events)
    # The kind in its neutral words: no rule says why anything was done.
    return f"{Speech('en')(f'incident.kind.{proposal.kind}')} ({names})"


def bring_up_to_date(store: Store, desk: Desk, realm: Realm, rules: PriorityRules) -> tuple[Incident, ...]:
    """Keep what is newly found of the events of open incidents, and let the rules judge anew.

    Returns the incidents of which the rules now say something else.
    """
    open_ones = [one for one in incidents(desk.log, realm) if one.stage not in OVER]
    after = [(one, bring_one_up_to_date(store, desk, one, rules)) for one in open_ones]
    return tuple(now for before, now in after if now.n_entries != before.n_entries)


def bring_one_up_to_date(store: Store, desk: Desk, one: Incident, rules: PriorityRules) -> Incident:
    """Do the same for one incident, and return it as it stands then."""
    events = [store.event(read_event_id(each), realm=one.realm) for each in one.event_ids]
    desk.keep(*(entry for event in events for entry in new_finding(desk, event)))
    return judge_anew(desk, one.incident_id, rules)
