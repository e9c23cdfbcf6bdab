"""How a response stands, read from the log; the mechanisms its plans began with are read with it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from baken.errors import NoSuchRecord, WrongUsage
from baken.incident.history import incident_of
from baken.incident.lifecycle import OVER
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, Overtaken, Seen
from baken.operations.keep_evidence import keep_access
from baken.operations.work_incident import incident
from baken.records.evidence import Entry, EntryKind, Field, KeptEntry
from baken.records.incident import Incident, IncidentId, Severity, read_incident_id
from baken.records.marking import Marking, Realm, strictest
from baken.records.response import SEVERITIES, Mechanism
from baken.records.response_standing import PlanStanding, ResponseStanding
from baken.respond.mechanism_file import read_mechanism
from baken.respond.standing import Graded, standing_of, subject_of

START = "start"


def response(log: EvidenceLog, incident_id: IncidentId) -> ResponseStanding:
    """Return the response to an incident as it stands; one with no plans when none was begun.

    Raises: NoSuchRecord when there is no such incident.
    """
    case = incident(log, incident_id)
    entries = log.entries(case.realm, subject=subject_of(incident_id))
    digests = {kept.entry.content.digest for kept in entries if _begins(kept) and kept.entry.content}
    mechanisms = {digest: _read(log.content(digest)) for digest in digests}
    return standing_of(incident_id, entries, mechanisms, _graded(log, case), realm=case.realm)


def begun_response(log: EvidenceLog, incident_id: IncidentId, *, seen: int | None = None) -> ResponseStanding:
    """Return the response to an incident, when one was begun.

    ``seen`` is how many entries of it whoever acts has read.
    Raises: NoSuchRecord when none was begun, with the command that does; Overtaken when there are others now.
    """
    found = response(log, incident_id)
    if not found.plans:
        raise NoSuchRecord(
            f"no response to {incident_id} was begun; 'baken respond start {incident_id}' does"
        )
    if seen is not None and seen != found.n_entries:
        raise Overtaken(
            f"the response to {incident_id} has {found.n_entries} entries, not {seen}; look at the board, "
            "say it again"
        )
    return found


def look_at_response(desk: Desk, incident_id: IncidentId) -> ResponseStanding:
    """Return the response to an incident, and keep that whoever acts saw it so: once an hour for each state.

    Raises: NoSuchRecord when none was begun.
    """
    found = begun_response(desk.log, incident_id)
    keep_access(
        desk.log,
        found.realm,
        thing=f"response to {incident_id} as of {found.n_entries} entries",
        about=str(incident_id),
        actor=desk.actor,
        at_tai_ns=desk.at_tai_ns,
        luck=desk.luck,
    )
    return found


def label_of_response(log: EvidenceLog, incident_id: IncidentId) -> Marking:
    """Return the label of all that was said of a response, and of its case, together.

    Raises: NoSuchRecord when there is no such incident.
    """
    case = incident(log, incident_id)
    entries = log.entries(case.realm, subject=subject_of(incident_id))
    return strictest(frozenset({case.marking, *(kept.marking for kept in entries)}))


def mechanism_of(log: EvidenceLog, plan: PlanStanding) -> Mechanism:
    """Return the mechanism a plan began with, as its text was then."""
    return _read(log.content(plan.mechanism_digest))


@lru_cache(maxsize=16)
def _read(content: bytes) -> Mechanism:
    # Three thousand lines that never change, asked for with every letter.
    return read_mechanism(content.decode())


def open_responses(log: EvidenceLog, realm: Realm) -> tuple[IncidentId, ...]:
    """Return the incidents to which a response was begun, in order of name."""
    begun = {
        kept.entry.text("incident")
        for kept in log.entries(realm, kinds={EntryKind.RESPONSE})
        if _begins(kept)
    }
    return tuple(sorted(map(read_incident_id, begun)))


def one_plan(found: ResponseStanding, plan_id: str) -> PlanStanding:
    """Return the plan that is meant: the one named, else the only one there is.

    Raises: WrongUsage that tells those there are.
    """
    if not plan_id and len(found.plans) == 1:
        return found.plans[0]
    named = found.plan(plan_id)
    if named is None:
        known = ", ".join(each.plan.plan_id for each in found.plans)
        raise WrongUsage(f"say which plan with --plan: {known}")
    return named


def response_entry(desk: Desk, found: ResponseStanding, kind: EntryKind, *fields: Field) -> Entry:
    """Return what is said about a response as an entry, for its owner only, not yet kept."""
    return desk.entry(kind, subject_of(found.incident_id), found.realm, *fields)


def keep_response(desk: Desk, found: ResponseStanding, entries: Iterable[Entry]) -> Sequence[KeptEntry]:
    """Keep entries about a response, all or none, if it stands as it was read.

    Raises: Overtaken when somebody was quicker.
    """
    seen = Seen(subject=subject_of(found.incident_id), n_entries=found.n_entries)
    return desk.keep(*entries, seen=seen)


def say_of_response(desk: Desk, found: ResponseStanding, kind: EntryKind, *fields: Field) -> ResponseStanding:
    """Keep one thing a person says of a response, and return it as it stands then.

    Raises: Overtaken when somebody was quicker.
    """
    return keep_and_read(desk, found, [response_entry(desk, found, kind, *fields)])


def keep_and_read(desk: Desk, found: ResponseStanding, entries: Iterable[Entry]) -> ResponseStanding:
    """Keep what a person says of a response, all or none, and return it as it stands then.

    Raises: Overtaken in words for that person, when somebody was quicker.
    """
    try:
        keep_response(desk, found, entries)
    except Overtaken:
        raise Overtaken(
            f"the response to {found.incident_id} changed since it was read; look at the board, say it again"
        ) from None
    return response(desk.log, found.incident_id)


def refuse_closed(case: Incident) -> None:
    """Refuse to begin something about a case that is over."""
    if case.stage in OVER:
        raise WrongUsage(f"{case.incident_id} is {case.stage}; reopen it first")


def _graded(log: EvidenceLog, case: Incident) -> Graded:
    """Return how grave a case is, and since when it has been at least so grave, without a break."""
    told = log.entries(case.realm, subject=str(case.incident_id))
    reached_at_tai_ns: dict[Severity, int] = {}
    for n_told, kept in enumerate(told, 1):
        if n_told > 1 and (kept.entry.kind is not EntryKind.JUDGED or kept.entry.text("name") != "severity"):
            continue
        stood = SEVERITIES.index(Severity(incident_of(told[:n_told]).severity.stands))
        for step, severity in enumerate(SEVERITIES):
            if step > stood:
                reached_at_tai_ns.pop(severity, None)
            else:
                reached_at_tai_ns.setdefault(severity, kept.entry.at_tai_ns)
    return Graded(severity=Severity(case.severity.stands), reached_at_tai_ns=reached_at_tai_ns)


def _begins(kept: KeptEntry) -> bool:
    return kept.entry.text("act") == START
