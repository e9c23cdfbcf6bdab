"""Answer a checklist in an exercise: every word a person's, each an entry, and no conclusion drawn."""

from collections.abc import Sequence

from baken.errors import NoSuchRecord, RefusedByPolicy, WrongUsage
from baken.incident.history import BAKEN
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.checklist import Checklist, GivenAnswer
from baken.records.evidence import EntryKind
from baken.records.incident import IncidentId
from baken.records.marking import Realm
from baken.respond.measures.checklist_file import ANSWER, answers_in


def answers(log: EvidenceLog, incident_id: IncidentId, checklist: Checklist) -> tuple[GivenAnswer, ...]:
    """Return every answer that was given in a case, in order."""
    realm = realm_of_incident(incident_id)
    kept = log.entries(realm, subject=str(incident_id), kinds={EntryKind.MEASURE})
    return answers_in(checklist.checklist_id, kept)


def answer(
    desk: Desk, incident_id: IncidentId, checklist: Checklist, said: Sequence[tuple[str, str]]
) -> tuple[GivenAnswer, ...]:
    """Keep answers of whoever acts, and return all there are.

    Raises: RefusedByPolicy outside an exercise; NoSuchRecord for a question there is not; WrongUsage for an
    answer that says nothing.
    """
    incident(desk.log, incident_id)
    realm = realm_of_incident(incident_id)
    if realm is not Realm.EXERCISE:
        raise RefusedByPolicy(
            f"{incident_id} is {realm}, and this list is for exercises; in earnest the answers are given by "
            "those who may give them, outside this software"
        )
    if desk.actor == BAKEN:
        raise WrongUsage(f"{BAKEN} is what software is called; a person answers under his own name")
    known = {question.question_id for question in checklist.questions}
    for name, text in said:
        if name not in known:
            raise NoSuchRecord(f"no question is called {name!r}; there are {', '.join(sorted(known))}")
        if not text.strip():
            raise WrongUsage(f"{name}: an answer says something; leave the question out instead")
    fields = [
        (
            ("act", ANSWER),
            ("checklist", checklist.checklist_id),
            ("question", name),
            ("title", name),
            ("text", text),
        )
        for name, text in said
    ]
    desk.say(incident_id, EntryKind.MEASURE, *fields)
    return answers(desk.log, incident_id, checklist)
