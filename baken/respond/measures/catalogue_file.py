"""The catalogue of measures as a lawyer writes it: TOML, schema-checked, every error with its place.

``[[source]]`` are public texts, ``[[who]]`` are those who propose, decide and carry out; a ``[[measure]]``
names both by their ids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from baken.formats.toml_table import TomlTable, read_toml, refuse_twice
from baken.records.hypothesis import Confidence
from baken.records.incident import IncidentKind, Severity
from baken.records.measure import (
    Attribution,
    Catalogue,
    Category,
    Level,
    Measure,
    Pace,
    Reversibility,
    Risk,
    Voting,
)
from baken.records.response import Bilingual, Source
from baken.respond.mechanism_file import bilingual, bilingual_if_any, named, read_source

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFile:
    """What stands in one file: measures, and the sources and parties that files after it may name too."""

    measures: tuple[Measure, ...]
    sources: Mapping[str, Source]
    parties: Mapping[str, Bilingual]


NO_FILE = CatalogueFile(measures=(), sources={}, parties={})


def read_catalogue_file(text: str, before: CatalogueFile = NO_FILE) -> CatalogueFile:
    """Read one file of measures; it may name the sources and parties of the files ``before`` it.

    Raises: UnreadableInput that names the measure, its number and the field, and what to do.
    """
    told = read_toml(text)
    sources = {**before.sources, **sources_of(told)}
    parties = {**before.parties, **_parties(told)}
    tables = told.tables("measure")
    measures = tuple(_measure(_placed(each), sources, parties) for each in tables)
    refuse_twice(tables, [one.measure_id for one in measures])
    told.refuse_unknown()
    return CatalogueFile(measures=measures, sources=sources, parties=parties)


def catalogue_of(files: Sequence[CatalogueFile]) -> Catalogue:
    """Return what all files say together: of two measures of one name, the later."""
    by_name = {one.measure_id: one for each in files for one in each.measures}
    return Catalogue(measures=tuple(by_name.values()))


def sources_of(told: TomlTable) -> dict[str, Source]:
    """Return the public texts below lines like ``[[source]]``, by name."""
    tables = told.tables("source")
    sources = [read_source(each) for each in tables]
    refuse_twice(tables, [one.source_id for one in sources])
    return {one.source_id: one for one in sources}


def sources_named(told: TomlTable, known: Mapping[str, Source]) -> tuple[Source, ...]:
    """Return the public texts that one table names.

    Raises: UnreadableInput when it names none, or one that stands nowhere.
    """
    names = told.words("sources")
    if not names:
        raise told.refuse("sources", 'names none; write like ["teu-42-7"], and the text below a [[source]]')
    return tuple(_known(told, "sources", name, known, "source") for name in names)


def _placed(told: TomlTable) -> TomlTable:
    """Return a table whose errors name the measure, where it says how it is called."""
    name = told.told.get("id")
    return TomlTable(f"{told.place} {name}", told.told) if isinstance(name, str) else told


def _parties(told: TomlTable) -> dict[str, Bilingual]:
    tables = told.tables("who")
    ids = [named(each, "id") for each in tables]
    refuse_twice(tables, ids)
    parties = {name: bilingual(each, "name") for name, each in zip(ids, tables, strict=True)}
    for each in tables:
        each.refuse_unknown()
    return parties


def _measure(told: TomlTable, sources: Mapping[str, Source], parties: Mapping[str, Bilingual]) -> Measure:
    measure = Measure(
        measure_id=named(told, "id"),
        name=bilingual(told, "name"),
        what=bilingual(told, "what"),
        category=told.one_of("category", Category),
        level=told.one_of("level", Level),
        legal_basis=bilingual(told, "legal_basis"),
        proposer=_party(told, "proposer", parties),
        decider=_party(told, "decider", parties),
        executor=_party(told, "executor", parties),
        voting=told.one_of("voting", Voting),
        attribution=told.one_of("attribution", Attribution),
        from_confidence=told.one_of("from_confidence", Confidence, Confidence.LOW),
        evidence_for=_evidence_for(told),
        kinds=frozenset(told.among("kinds", IncidentKind, word) for word in told.words("kinds")),
        from_severity=told.one_of("from_severity", Severity, Severity.MINOR),
        when_confirmed=told.truth("when_confirmed", False),
        reversible=told.one_of("reversible", Reversibility),
        escalation=told.one_of("escalation", Risk),
        works_within=told.one_of("works_within", Pace),
        duration=bilingual(told, "duration"),
        precedent=bilingual_if_any(told, "precedent"),
        line=bilingual(told, "line"),
        sources=sources_named(told, sources),
        to_be_checked_by_counsel=told.truth("to_be_checked_by_counsel", True),
    )
    told.refuse_unknown()
    return measure


def _evidence_for(told: TomlTable) -> tuple[tuple[str, int], ...]:
    table = told.table("evidence_for")
    pieces = [(audience, table.number(audience)) for audience in sorted(table.told)]
    for audience, number in pieces:
        if number < 1 or number != int(number):
            raise table.refuse(audience, f"is {number:g}; write how many pieces, 1 or more")
    return tuple((audience, int(number)) for audience, number in pieces)


def _party(told: TomlTable, field: str, known: Mapping[str, Bilingual]) -> Bilingual:
    return _known(told, field, told.text(field), known, "who")


def _known(told: TomlTable, field: str, name: str, known: Mapping[str, Named], table: str) -> Named:
    if name not in known:
        raise told.refuse(
            field, f"names {name!r}, which stands below no [[{table}]]; add one, or mend the name"
        )
    return known[name]
