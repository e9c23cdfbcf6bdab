"""What may be told of a case to one audience: sentences carried only by entries released to it."""

from collections.abc import Collection, Iterator

from baken.incident.hypotheses import matrix_of
from baken.operations.brief_decision import may_say
from baken.operations.case_entries import entries_of_case
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.evidence import EntryKind, KeptEntry, entry_id_of
from baken.records.incident import IncidentId
from baken.records.marking import Marking, strictest
from baken.report.decision_brief import CaseFile, established
from baken.report.response_letters import Fact
from baken.report.words import Speech


def released_entries(
    log: EvidenceLog, incident_id: IncidentId, audiences: Collection[str]
) -> tuple[KeptEntry, ...]:
    """Return the entries of a case that are released to at least one of some audiences; default none.

    Evidence that joined by an entry which is withheld is withheld too: that it belongs to the case is not for
    them.  So is what may not go as a whole, and what asks for more than being named: no letter asks policy
    who is cleared.  Of an event that was looked at again, an older look is withheld with the newest: what no
    longer holds is told to nobody.
    """
    entries = entries_of_case(log, incident_id)
    # What belongs to a case does so by the newest entry that says so; of looks at an event the newest holds.
    joined_by = {
        name: kept
        for kept in entries
        if kept.entry.kind is EntryKind.JOINED
        for name in (kept.entry.text("entry_id"), kept.entry.text("event_id"))
    }
    newest_look = {
        kept.entry.text("event_id"): kept for kept in entries if kept.entry.kind is EntryKind.FINDING
    }

    def may_have(kept: KeptEntry | None) -> bool:
        return kept is not None and _may_be_told(kept.marking.whole, frozenset(audiences))

    def belongs(kept: KeptEntry) -> bool:
        names = (kept.entry_id, kept.entry.subject)
        return kept.entry.subject == str(incident_id) or any(may_have(joined_by.get(name)) for name in names)

    def still_holds(kept: KeptEntry) -> bool:
        newest = newest_look.get(kept.entry.text("event_id"), kept)
        return kept.entry.kind is not EntryKind.FINDING or may_have(newest)

    return tuple(kept for kept in entries if may_have(kept) and belongs(kept) and still_holds(kept))


def _may_be_told(label: Marking, audiences: frozenset[str]) -> bool:
    asks = label.handling
    asks_more = asks.classifications or asks.needs or asks.restrictive or asks.permissive or asks.case_only
    return not asks_more and bool(label.releasable_to & audiences)


def released_facts(
    log: EvidenceLog, incident_id: IncidentId, audiences: Collection[str], *, as_of_tai_ns: int, say: Speech
) -> tuple[Fact, ...]:
    """Return what the released evidence of a case says; grades are those that are released too."""
    entries = released_entries(log, incident_id, audiences)
    case = CaseFile(
        incident=incident(log, incident_id),
        entries=entries,
        matrix=matrix_of(str(incident_id), entries),
        determinations=(),
        as_of_tai_ns=as_of_tai_ns,
        log_size=0,
    )
    said = (
        Fact(text=claim.text, carried_by=tuple(map(entry_id_of, claim.carried_by)))
        for claim in established(case, say, may_say)
    )
    return (*said, *_one_voices(case, say))


def _one_voices(case: CaseFile, say: Speech) -> Iterator[Fact]:
    """Say of pieces that go back to one source that they do: repetition is no confirmation."""
    titles = {kept.sequence: kept.entry.text("title") for kept in case.entries}
    for _, pieces in case.matrix.circular:
        names = [titles[piece] for piece in pieces]
        if all(name and may_say(name, ()) for name in names):
            told = ", ".join(f"“{name}”" for name in names)
            yield Fact(
                text=say("letter.one_voice", count=len(pieces), pieces=told),
                carried_by=tuple(map(entry_id_of, pieces)),
            )


def label_of(log: EvidenceLog, incident_id: IncidentId, carried_by: Collection[str]) -> Marking | None:
    """Return the label of what some entries of a case carry together; ``None`` when there are none."""
    if not carried_by:
        return None
    labels = frozenset(
        kept.marking for kept in entries_of_case(log, incident_id) if kept.entry_id in carried_by
    )
    return strictest(labels) if labels else None
