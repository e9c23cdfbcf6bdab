"""The table of classifications as a person writes it; an error names table, number and field."""

from baken.formats.toml_table import TomlTable, read_toml, refuse_twice
from baken.records.handling import refuse_odd_names
from baken.share.classifications import (
    Agreement,
    Classifications,
    HandlingRule,
    Level,
    Source,
    policy_of,
)


def read_classifications(text: str) -> Classifications:
    """Read a table of classifications, and check that it can be used as one.

    What a level covers stands written out in full, and within its own policy: nothing is added by reasoning.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    told = read_toml(text)
    sources = _sources(told.tables("source"))
    levels = told.tables("level")
    table = Classifications(
        version=told.text("version"),
        levels=tuple(_level(each, sources) for each in levels),
        agreements=tuple(_agreement(each, sources) for each in told.tables("agreement")),
        handling=tuple(_handling(each, sources) for each in told.tables("handling")),
        unverified=told.words("unverified"),
    )
    told.refuse_unknown()
    refuse_twice(levels, [level.name for level in table.levels])
    for place, level in zip(levels, table.levels, strict=True):
        _refuse_open(place, level, table)
    for place, agreement in zip(told.tables("agreement"), table.agreements, strict=True):
        _refuse_unlike(place, agreement, table)
    for place, rule in zip(told.tables("handling"), table.handling, strict=True):
        _known(place, "classification", rule.classification, table)
    return table


def _sources(told: tuple[TomlTable, ...]) -> dict[str, Source]:
    sources = [
        Source(
            source_id=each.text("id"),
            title=each.text("title"),
            where=each.text("where"),
            checked=each.text("checked"),
        )
        for each in told
    ]
    for each in told:
        each.refuse_unknown()
    refuse_twice(told, [source.source_id for source in sources])
    return {source.source_id: source for source in sources}


def _source(told: TomlTable, sources: dict[str, Source]) -> Source:
    source = sources.get(told.text("source"))
    if source is None:
        raise told.refuse("source", f"no [[source]] is called {told.text('source')!r}; write one")
    return source


def _level(told: TomlTable, sources: dict[str, Source]) -> Level:
    level = Level(
        name=told.text("id"),
        written=told.text("written"),
        covers=frozenset(told.words("covers")),
        source=_source(told, sources),
    )
    told.refuse_unknown()
    policy, _, rest = level.name.partition("/")
    try:
        refuse_odd_names([policy, rest])
    except ValueError as error:
        raise told.refuse(
            "id", f"is {level.name!r}; write POLICY/LEVEL, like NL/STG. GEHEIM: {error}"
        ) from error
    return level


def _agreement(told: TomlTable, sources: dict[str, Source]) -> Agreement:
    alike, one_way = told.tables("alike"), told.tables("one_way")
    agreement = Agreement(
        agreement_id=told.text("id"),
        title=told.text("title"),
        scope=told.text("scope"),
        source=_source(told, sources),
        alike=tuple(frozenset(each.words("levels")) for each in alike),
        one_way=frozenset((each.text("clearance"), each.text("good_for")) for each in one_way),
    )
    for each in (told, *alike, *one_way):
        each.refuse_unknown()
    return agreement


def _handling(told: TomlTable, sources: dict[str, Source]) -> HandlingRule:
    rule = HandlingRule(
        policy=told.text("policy"),
        classification=told.text("classification"),
        rule=told.text("rule"),
        source=_source(told, sources),
    )
    told.refuse_unknown()
    return rule


def _refuse_open(told: TomlTable, level: Level, table: Classifications) -> None:
    for name in sorted(level.covers):
        covered = _known(told, "covers", name, table)
        if covered.policy != level.policy:
            raise told.refuse("covers", f"{name} is of another policy; that takes an [[agreement]]")
        missing = covered.covers - level.covers - {level.name}
        if missing:
            raise told.refuse("covers", f"{name} covers {min(missing)}, so write that here as well")


def _refuse_unlike(told: TomlTable, agreement: Agreement, table: Classifications) -> None:
    for group in agreement.alike:
        for name in sorted(group):
            level = _known(told, "alike", name, table)
            rest = {other for other in group - {name} if policy_of(other) == level.policy}
            if rest - level.covers:
                raise told.refuse("alike", f"{name} does not cover {min(rest)}, so they are not alike")
        if len(group) < 2:
            raise told.refuse("alike", "names fewer than two levels; one alone is like nothing")
    for pair in sorted(agreement.one_way):
        for name in pair:
            _known(told, "one_way", name, table)


def _known(told: TomlTable, name: str, classification: str, table: Classifications) -> Level:
    level = table.by_name.get(classification)
    if level is None:
        raise told.refuse(name, f"no [[level]] is called {classification!r}; write one, or correct the name")
    return level
