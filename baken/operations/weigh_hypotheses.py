"""Weigh what may explain an incident: every grade, rating and doubt is an entry, and the order follows."""

from collections.abc import Mapping

from baken.errors import WrongUsage
from baken.incident.hypotheses import STANDING_HYPOTHESES, matrix_of
from baken.incident.wording import objections_to
from baken.operations.case_entries import entries_of_case
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, Field, KeptEntry, entry_id_of
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Matrix, Reliability
from baken.records.incident import IncidentId


def matrix(log: EvidenceLog, incident_id: IncidentId) -> Matrix:
    """Return everything weighed about an incident, for its owner, from whom nothing is withheld."""
    return matrix_of(str(incident_id), entries_of_case(log, incident_id))


def add_hypothesis(
    desk: Desk, incident_id: IncidentId, hypothesis_id: str, text: str, *, benign: bool
) -> tuple[KeptEntry, ...]:
    """Put one more explanation on the list; the standing ones are there already.

    Raises: WrongUsage for a name that is taken, and for a text that names a state or a motive.
    """
    if hypothesis_id in _names(desk, incident_id):
        raise WrongUsage(f"there is an explanation called {hypothesis_id} already; choose another name")
    if not (hypothesis_id.isascii() and hypothesis_id.replace("-", "").isalnum()):
        raise WrongUsage(f"an explanation is named by letters, figures and dashes; not {hypothesis_id!r}")
    for words in (hypothesis_id, text):
        _refuse_wording(words)
    return _say(
        desk,
        incident_id,
        EntryKind.HYPOTHESIS,
        (("hypothesis_id", hypothesis_id), ("text", text), ("benign", benign)),
    )


def grade(
    desk: Desk,
    incident_id: IncidentId,
    piece: int,
    reliability: Reliability,
    credibility: Credibility,
    group: str = "",
) -> tuple[KeptEntry, ...]:
    """Grade a piece of evidence: its source, what it says, and with which others it shares a root."""
    _refuse_foreign(desk, incident_id, piece)
    return _say(
        desk,
        incident_id,
        EntryKind.GRADE,
        (
            ("piece", entry_id_of(piece)),
            ("reliability", reliability.value),
            ("credibility", credibility.value),
            ("independence_group", group),
        ),
    )


def rate(desk: Desk, incident_id: IncidentId, piece: int, fits: Mapping[str, Fit]) -> tuple[KeptEntry, ...]:
    """Say how a piece of evidence sits with explanations: all are kept together, or none.

    Raises: WrongUsage for an explanation that is not on the list, or a piece that is not of this case.
    """
    _refuse_foreign(desk, incident_id, piece)
    unknown = sorted(set(fits) - _names(desk, incident_id))
    if unknown:
        known = ", ".join(sorted(_names(desk, incident_id)))
        raise WrongUsage(f"no explanation is called {', '.join(unknown)}; there are {known}")
    piece_field = ("piece", entry_id_of(piece))
    said = [(piece_field, ("hypothesis_id", name), ("fit", fit.value)) for name, fit in fits.items()]
    return _say(desk, incident_id, EntryKind.RATING, *said)


def estimate(
    desk: Desk,
    incident_id: IncidentId,
    hypothesis_id: str,
    likelihood: Likelihood,
    confidence: Confidence,
    because: str,
) -> tuple[KeptEntry, ...]:
    """Say how likely an explanation is and, apart from that, on how good a basis one says so.

    Raises: WrongUsage for an explanation that is not on the list, or without a reason.
    """
    if hypothesis_id not in _names(desk, incident_id):
        raise WrongUsage(f"no explanation is called {hypothesis_id}; 'baken hypotheses show' lists them")
    if not because.strip():
        raise WrongUsage("an estimate says on what it rests; give --because")
    return _say(
        desk,
        incident_id,
        EntryKind.ESTIMATE,
        (
            ("hypothesis_id", hypothesis_id),
            ("likelihood", likelihood.value),
            ("confidence", confidence.value),
            ("because", because),
        ),
    )


def remark(desk: Desk, incident_id: IncidentId, kind: EntryKind, text: str) -> tuple[KeptEntry, ...]:
    """Say what is missing (a gap), or that one does not agree (dissent)."""
    if not text.strip():
        raise WrongUsage(f"a {kind} says something")
    return _say(desk, incident_id, kind, (("text", text),))


def _say(
    desk: Desk, incident_id: IncidentId, kind: EntryKind, *said: tuple[Field, ...]
) -> tuple[KeptEntry, ...]:
    """Keep what is said of an incident that there is.

    Raises: NoSuchRecord for one that nobody opened.
    """
    incident(desk.log, incident_id)
    return desk.say(incident_id, kind, *said)


def _names(desk: Desk, incident_id: IncidentId) -> set[str]:
    added = desk.log.entries(
        realm_of_incident(incident_id),
        subject=str(incident_id),
        kinds={EntryKind.HYPOTHESIS},
    )
    return {each.hypothesis_id for each in STANDING_HYPOTHESES} | {
        kept.entry.text("hypothesis_id") for kept in added
    }


def _refuse_foreign(desk: Desk, incident_id: IncidentId, piece: int) -> None:
    case = entries_of_case(desk.log, incident_id)
    if piece not in {kept.sequence for kept in case if kept.entry.kind in EVIDENCE_KINDS}:
        raise WrongUsage(
            f"{entry_id_of(piece)} is no evidence of {incident_id}; join it first, or name another"
        )


def _refuse_wording(text: str) -> None:
    objections = objections_to(text)
    if objections:
        raise WrongUsage("; ".join(each.text for each in objections))
