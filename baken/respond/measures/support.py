"""What a case supports of the toolbox, and what it lacks for the rest: listed, never chosen.

The order is that of the catalogue's families and names.  It depends neither on the case nor on what a measure
would do, and restrictive measures stand last, so that nobody is led to them first.
"""

from collections.abc import Iterable, Iterator

from baken.records.hypothesis import Confidence, Likelihood
from baken.records.incident import Severity, Stage
from baken.records.measure import (
    Attribution,
    CaseSupport,
    Catalogue,
    Category,
    Listed,
    Measure,
    Missing,
    Need,
)

CONFIRMED = frozenset({Stage.CONFIRMED, Stage.RESPONDING, Stage.STABLE, Stage.CLOSED})
FAMILIES = list(Category)
GRAVITIES = list(Severity)
CONFIDENCES = list(Confidence)
LIKELIHOODS = list(Likelihood)


def in_order(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return measures as they are listed: by family, then by name."""
    return tuple(sorted(measures, key=lambda one: (FAMILIES.index(one.category), one.measure_id)))


def listed(catalogue: Catalogue, case: CaseSupport) -> tuple[Listed, ...]:
    """Return every measure, in the order of the list, with what the case lacks for it."""
    return tuple(
        Listed(measure=one, missing=tuple(missing(one, case))) for one in in_order(catalogue.measures)
    )


def missing(measure: Measure, case: CaseSupport) -> Iterator[Missing]:
    """Say what a case lacks for one measure; nothing when it is supported.

    A case that was dismissed, or is reopened and not confirmed anew, is no confirmed case.
    """
    if measure.kinds and case.kind not in measure.kinds:
        yield Missing(need=Need.KIND)
    if GRAVITIES.index(case.severity) < GRAVITIES.index(measure.from_severity):
        yield Missing(need=Need.SEVERITY, word=measure.from_severity.value)
    if case.stage is Stage.DISMISSED or (measure.when_confirmed and case.stage not in CONFIRMED):
        yield Missing(need=Need.STAGE)
    if measure.attribution is Attribution.CONFIDENCE and not _is_judged(measure, case):
        yield Missing(need=Need.JUDGEMENT, word=measure.from_confidence.value)
    if measure.attribution is Attribution.DETERMINATION and not case.determined_by:
        yield Missing(need=Need.DETERMINATION)
    for audience, n_pieces in measure.evidence_for:
        if (short := n_pieces - case.released_to(audience)) > 0:
            yield Missing(need=Need.EVIDENCE, audience=audience, n_pieces=short)


def _is_judged(measure: Measure, case: CaseSupport) -> bool:
    """Say whether people hold an explanation with ill will likely, on a basis as good as is asked."""
    if case.likelihood is None or case.confidence is None:
        return False
    is_likely = LIKELIHOODS.index(case.likelihood) >= LIKELIHOODS.index(Likelihood.LIKELY)
    is_founded = CONFIDENCES.index(case.confidence) >= CONFIDENCES.index(measure.from_confidence)
    return is_likely and is_founded
