"""Measures as JSON, told alike at the command line and over HTTP."""

from collections.abc import Sequence

from baken.astro.time import utc_text
from baken.records.evidence import entry_id_of
from baken.records.measure import CaseSupport, Listed, Measure, Missing, Said, Weighing, Worksheet
from baken.records.response import Bilingual, Source


def measure_document(measure: Measure) -> dict[str, object]:
    """Return a measure as JSON, all it says in both languages."""
    return {
        "measure_id": measure.measure_id,
        "name": _both(measure.name),
        "what": _both(measure.what),
        "category": measure.category.value,
        "level": measure.level.value,
        "legal_basis": _both(measure.legal_basis),
        "proposer": _both(measure.proposer),
        "decider": _both(measure.decider),
        "executor": _both(measure.executor),
        "voting": measure.voting.value,
        "attribution": measure.attribution.value,
        "from_confidence": measure.from_confidence.value,
        "evidence_for": dict(measure.evidence_for),
        "kinds": sorted(measure.kinds),
        "from_severity": measure.from_severity.value,
        "when_confirmed": measure.when_confirmed,
        "reversible": measure.reversible.value,
        "escalation": measure.escalation.value,
        "works_within": measure.works_within.value,
        "duration": _both(measure.duration),
        "precedent": None if measure.precedent is None else _both(measure.precedent),
        "line": _both(measure.line),
        "sources": [source_document(source) for source in measure.sources],
        "to_be_checked_by_counsel": measure.to_be_checked_by_counsel,
    }


def source_document(source: Source) -> dict[str, object]:
    """Return a public text as JSON."""
    return {
        "title": source.title,
        "url": source.url,
        "says": source.says,
        "checked_on": source.checked_on or None,
    }


def listed_document(case: CaseSupport, listed: Sequence[Listed]) -> dict[str, object]:
    """Return what a case supports as JSON; the order is that of the list, and ranks nothing."""
    return {
        "case": {
            "incident_id": case.incident_id,
            "kind": case.kind.value,
            "severity": case.severity.value,
            "stage": case.stage.value,
            "likelihood": case.likelihood and case.likelihood.value,
            "confidence": case.confidence and case.confidence.value,
            "determined_by": list(case.determined_by),
            "released": dict(case.released),
            "pieces": case.n_pieces,
        },
        "measures": [
            {
                **measure_document(one.measure),
                "supported": one.is_supported,
                "missing": [missing_document(each) for each in one.missing],
            }
            for one in listed
        ],
    }


def missing_document(missing: Missing) -> dict[str, object]:
    """Return one thing a case lacks as JSON."""
    return {
        "need": missing.need.value,
        "at_least": missing.word or None,
        "audience": missing.audience or None,
        "pieces": missing.n_pieces or None,
    }


def worksheet_document(worksheet: Worksheet) -> dict[str, object]:
    """Return what people said of a measure as JSON; what nobody said is null."""
    said = dict(worksheet.weighed)
    return {
        "measure_id": worksheet.measure_id,
        "weighed": {asked.value: said_document(said[asked]) if asked in said else None for asked in Weighing},
        "proposals": [said_document(each) for each in worksheet.proposals],
        "decisions": [said_document(each) for each in worksheet.decisions],
    }


def said_document(said: Said) -> dict[str, object]:
    """Return what one person said as JSON."""
    outcome = {} if said.outcome is None else {"outcome": said.outcome.value, "decider": said.decider}
    return {
        **outcome,
        "text": said.text,
        "by": said.by,
        "at_utc": utc_text(said.at_tai_ns),
        "entry_id": entry_id_of(said.entry_sequence),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
