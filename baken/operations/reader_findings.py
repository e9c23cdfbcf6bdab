"""Findings of which a reader may not see all: what is left of them, if they are findings still."""

from dataclasses import replace

from baken.operations.ports import KeptFinding
from baken.operations.reader_labels import Labels, without_labels_of
from baken.records.event import Finding
from baken.records.lineage import NO_LINEAGE

FINDING = "finding"


def seen_history(labels: Labels, history: tuple[KeptFinding, ...]) -> tuple[KeptFinding, ...]:
    """Return the findings of an event that a reader may see, oldest first, as far as he may see them.

    A finding that says again what he saw last is none, as when it is kept.
    """
    told: list[KeptFinding] = []
    for kept in history:
        finding = seen_finding(labels, kept.finding)
        if finding is not None and not (told and told[-1].finding.digest == finding.digest):
            told.append(replace(kept, finding=finding))
    return tuple(told)


def seen_finding(labels: Labels, finding: Finding) -> Finding | None:
    """Return what a reader may see of a finding; None when he may not know of it.

    Single figures, all assumptions and how it was made can be kept back; a finding without anything else is
    none.  Its digest is that of what he sees.
    """
    if not labels.admit(finding.marking, finding.realm, kind=FINDING):
        return None
    kept_back = labels.kept_back(finding.marking, finding.realm, kind=FINDING)
    if not kept_back:
        return finding
    figures = {name for name, _ in finding.measures}
    # Who said it decides what an event rests on.
    if kept_back - (figures - {"originator"}) - {"measures", "assumptions", "lineage"}:
        return None
    hides_all = "measures" in kept_back
    return replace(
        finding,
        measures=tuple(one for one in finding.measures if not hides_all and one[0] not in kept_back),
        assumptions=() if "assumptions" in kept_back else finding.assumptions,
        lineage=NO_LINEAGE if "lineage" in kept_back else finding.lineage,
        marking=without_labels_of(finding.marking, kept_back),
    )
