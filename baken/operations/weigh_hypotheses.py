"""Weigh what may explain an incident: every grade, rating and doubt is an entry, and the order follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baken.errors import WrongUsage
from baken.incident.hypotheses import STANDING_HYPOTHESES, matrix_of
from baken.incident.wording import NAMES_A_STATE, objections_to
from baken.operations.case_entries import entries_of_case, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import Luck, keep
from baken.records.evidence import EVIDENCE_KINDS, Entry, EntryKind, Field, KeptEntry, entry_id_of
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Matrix, Reliability
from baken.records.incident import IncidentId
from baken.records.marking import OWNER_ONLY, Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigher:
    """Somebody who weighs: into which log, about which incident, as whom, at what moment."""

    log: EvidenceLog
    incident_id: IncidentId
    actor: str
    at_tai_ns: int
    luck: Luck
    marking: Marking = field(default=OWNER_ONLY)

    def say(self, kind: EntryKind, *said: tuple[Field, ...]) -> tuple[KeptEntry, ...]:
        """Add entries of one kind about the incident, all or none."""
        entries = [
            Entry(
                kind=kind,
                subject=str(self.incident_id),
                actor=self.actor,
                at_tai_ns=self.at_tai_ns,
                fields=fields,
                realm=realm_of_incident(self.incident_id),
                marking=self.marking,
            )
            for fields in said
        ]
        return keep(self.log, entries, at_tai_ns=self.at_tai_ns, luck=self.luck)


def matrix(log: EvidenceLog, incident_id: IncidentId) -> Matrix:
    """Return everything weighed about an incident, for its owner, from whom nothing is withheld."""
    return matrix_of(str(incident_id), entries_of_case(log, incident_id))


def add_hypothesis(weigher: Weigher, hypothesis_id: str, text: str, *, benign: bool) -> tuple[KeptEntry, ...]:
    """Put one more explanation on the list; the standing ones are there already.

    Raises: WrongUsage for a name that is taken, and for a text that names a state.
    """
    if hypothesis_id in _names(weigher):
        raise WrongUsage(f"there is an explanation called {hypothesis_id} already; choose another name")
    if not (hypothesis_id.isascii() and hypothesis_id.replace("-", "").isalnum()):
        raise WrongUsage(f"an explanation is named by letters, figures and dashes; not {hypothesis_id!r}")
    _refuse_states(text)
    return weigher.say(
        EntryKind.HYPOTHESIS, (("hypothesis_id", hypothesis_id), ("text", text), ("benign", benign))
    )


def grade(
    weigher: Weigher, piece: int, reliability: Reliability, credibility: Credibility, group: str = ""
) -> tuple[KeptEntry, ...]:
    """Grade a piece of evidence: its source, what it says, and with which others it shares a root."""
    _refuse_foreign(weigher, piece)
    return weigher.say(
        EntryKind.GRADE,
        (
            ("piece", entry_id_of(piece)),
            ("reliability", reliability.value),
            ("credibility", credibility.value),
            ("independence_group", group),
        ),
    )


def rate(weigher: Weigher, piece: int, fits: Mapping[str, Fit]) -> tuple[KeptEntry, ...]:
    """Say how a piece of evidence sits with explanations: all are kept together, or none.

    Raises: WrongUsage for an explanation that is not on the list, or a piece that is not of this case.
    """
    _refuse_foreign(weigher, piece)
    unknown = sorted(set(fits) - _names(weigher))
    if unknown:
        known = ", ".join(sorted(_names(weigher)))
        raise WrongUsage(f"no explanation is called {', '.join(unknown)}; there are {known}")
    piece_field = ("piece", entry_id_of(piece))
    said = [(piece_field, ("hypothesis_id", name), ("fit", fit.value)) for name, fit in fits.items()]
    return weigher.say(EntryKind.RATING, *said)


def estimate(
    weigher: Weigher, hypothesis_id: str, likelihood: Likelihood, confidence: Confidence, because: str
) -> tuple[KeptEntry, ...]:
    """Say how likely an explanation is and, apart from that, on how good a basis one says so.

    Raises: WrongUsage for an explanation that is not on the list, or without a reason.
    """
    if hypothesis_id not in _names(weigher):
        raise WrongUsage(f"no explanation is called {hypothesis_id}; 'baken hypotheses show' lists them")
    if not because.strip():
        raise WrongUsage("an estimate says on what it rests; give --because")
    return weigher.say(
        EntryKind.ESTIMATE,
        (
            ("hypothesis_id", hypothesis_id),
            ("likelihood", likelihood.value),
            ("confidence", confidence.value),
            ("because", because),
        ),
    )


def remark(weigher: Weigher, kind: EntryKind, text: str) -> tuple[KeptEntry, ...]:
    """Say what is missing (a gap), or that one does not agree (dissent)."""
    if not text.strip():
        raise WrongUsage(f"a {kind} says something")
    return weigher.say(kind, (("text", text),))


def _names(weigher: Weigher) -> set[str]:
    added = weigher.log.entries(
        realm_of_incident(weigher.incident_id),
        subject=str(weigher.incident_id),
        kinds={EntryKind.HYPOTHESIS},
    )
    return {each.hypothesis_id for each in STANDING_HYPOTHESES} | {
        kept.entry.text("hypothesis_id") for kept in added
    }


def _refuse_foreign(weigher: Weigher, piece: int) -> None:
    case = entries_of_case(weigher.log, weigher.incident_id)
    if piece not in {kept.sequence for kept in case if kept.entry.kind in EVIDENCE_KINDS}:
        raise WrongUsage(
            f"{entry_id_of(piece)} is no evidence of {weigher.incident_id}; join it first, or name another"
        )


def _refuse_states(text: str) -> None:
    named = [each.text for each in objections_to(text) if each.problem == NAMES_A_STATE]
    if named:
        raise WrongUsage("; ".join(named))
