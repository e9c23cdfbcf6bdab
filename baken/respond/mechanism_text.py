"""The mechanism written as a person would: the TOML that ``mechanism_file`` reads, and no more.

``*_table`` return one table each, in the words of the file, so that other formats can carry them, too.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from baken.records.incident import Severity
from baken.records.response import (
    Base,
    Bilingual,
    Mechanism,
    Organisation,
    Plan,
    Role,
    SituationSeries,
    Source,
    Task,
    TaskKind,
)
from baken.respond.mechanism_file import DAY_S, HOUR_S, MINUTE_S

Table = dict[str, object]


def write_mechanism(mechanism: Mechanism) -> str:
    """Write a mechanism, whole: what is written reads as the same again.

    Raises: ValueError for a span that no decimal of a minute says exactly.
    """
    return toml_text(mechanism_table(mechanism))


def part_of(mechanism: Mechanism, plan: Plan) -> Mechanism:
    """Return what one plan needs of a mechanism: it, the roles and organisations in it, and their sources."""
    named = roles_in(plan)
    roles = tuple(role for role in mechanism.roles if role.role_id in named)
    at_work = {role.organisation_id for role in roles}
    organisations = tuple(one for one in mechanism.organisations if one.organisation_id in at_work)
    lists = [plan.source_ids, *(task.source_ids for task in plan.tasks)]
    lists += [*(role.source_ids for role in roles), *(one.source_ids for one in organisations)]
    leant_on = {source_id for source_ids in lists for source_id in source_ids}
    sources = tuple(source for source in mechanism.sources if source.source_id in leant_on)
    return replace(mechanism, plans=(plan,), roles=roles, organisations=organisations, sources=sources)


def roles_in(plan: Plan) -> frozenset[str]:
    """Return every role a plan names."""
    named = {*plan.responsible, *plan.supporting, *plan.informed, plan.stand_down_by}
    for task in plan.tasks:
        named |= {task.by, *task.to, *task.if_missed}
    if plan.situation is not None:
        named |= {plan.situation.by, *plan.situation.to}
    return frozenset(named - {""})


def mechanism_table(mechanism: Mechanism) -> Table:
    """Return a mechanism in the words of its file."""
    return {
        "mechanism": {
            "id": mechanism.mechanism_id,
            "version": mechanism.version,
            "illustrative": mechanism.is_illustrative,
            "name": _both(mechanism.name),
            "about": _both(mechanism.about),
        },
        "source": [source_table(source) for source in mechanism.sources],
        "organisation": [organisation_table(one) for one in mechanism.organisations],
        "role": [role_table(role) for role in mechanism.roles],
        "plan": [plan_table(plan) for plan in mechanism.plans],
    }


def source_table(source: Source) -> Table:
    """Return a source in the words of the file."""
    return _said(
        id=source.source_id,
        title=source.title,
        url=source.url,
        says=source.says,
        checked_on=source.checked_on,
    )


def organisation_table(one: Organisation) -> Table:
    """Return an organisation in the words of the file."""
    return _said(
        id=one.organisation_id,
        audiences=list(one.audiences),
        own=one.is_own,
        sources=list(one.source_ids),
        name=_both(one.name),
        note=_both(one.note),
    )


def role_table(role: Role) -> Table:
    """Return a role in the words of the file."""
    return _said(
        id=role.role_id,
        organisation=role.organisation_id,
        sources=list(role.source_ids),
        name=_both(role.name),
        note=_both(role.note),
    )


def plan_table(plan: Plan) -> Table:
    """Return a plan, with its tasks, in the words of the file."""
    return _said(
        id=plan.plan_id,
        kinds=sorted(plan.kinds),
        from_severity=plan.from_severity,
        responsible=list(plan.responsible),
        supporting=list(plan.supporting),
        informed=list(plan.informed),
        sources=list(plan.source_ids),
        situation=_situation(plan.situation),
        stand_down_by=plan.stand_down_by,
        name=_both(plan.name),
        open_because=_both(plan.open_because),
        stand_down_when=_both(plan.stand_down_when),
        note=_both(plan.note),
        task=[task_table(task) for task in plan.tasks],
    )


def task_table(task: Task) -> Table:
    """Return a task in the words of the file; what the file takes for granted is left away."""
    return _said(
        id=task.task_id,
        kind=task.kind if task.kind is not TaskKind.ACT else "",
        by=task.by,
        to=list(task.to),
        after=list(task.after),
        when=_condition(task),
        from_severity=task.from_severity if task.from_severity is not Severity.MINOR else "",
        what=_both(task.what),
        open_because=_both(task.open_because),
        counts_from=task.counts_from if task.counts_from is not Base.TASK else "",
        acknowledge_within=_span(task.acknowledge_within_s),
        within=_span(task.within_s),
        if_missed=list(task.if_missed),
        lapses_after=_span(task.lapses_after_s),
        upheld_by=task.upheld_by,
        to_be_confirmed=task.to_be_confirmed,
        legal_basis=task.legal_basis,
        sources=list(task.source_ids),
        note=_both(task.note),
        option=[{"id": option.option_id, "name": _both(option.name)} for option in task.options],
    )


def span_text(span_s: float) -> str:
    """Return a span as the file writes it.

    Raises: ValueError when no decimal of a minute says it exactly.

    >>> span_text(900.0), span_text(5400.0), span_text(259200.0)
    ('15 min', '90 min', '3 d')
    """
    for unit, unit_s in (("d", DAY_S), ("h", HOUR_S)):
        if span_s and span_s % unit_s == 0.0:
            return f"{span_s / unit_s:.0f} {unit}"
    text = f"{span_s / MINUTE_S:.10f}".rstrip("0").rstrip(".")
    if float(text) * MINUTE_S != span_s:
        raise ValueError(f"{span_s} s cannot be written in minutes")
    return f"{text} min"


def toml_text(told: Mapping[str, object], place: str = "") -> str:
    """Return tables as TOML: fields first, then the tables below them.

    >>> print(toml_text({"plan": [{"id": "a", "name": {"en": "A"}}]}))
    [[plan]]
    id = "a"
    name = { en = "A" }
    <BLANKLINE>
    """
    lines = []
    for name, value in told.items():
        inner = f"{place}.{name}".lstrip(".")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"[[{inner}]]\n{toml_text(table, inner)}" for table in value]
        elif isinstance(value, dict) and not place:
            lines.append(f"[{inner}]\n{toml_text(value, inner)}")
        elif value != []:
            lines.append(f"{name} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # JSON writes texts and truths as TOML does, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _said(**fields: object) -> Table:
    return {name: value for name, value in fields.items() if value not in ("", None, [], {}, False)}


def _both(text: Bilingual | None) -> Table:
    return {} if text is None else {"nl": text.nl, "en": text.en}


def _span(span_s: float | None) -> str:
    return "" if span_s is None else span_text(span_s)


def _condition(task: Task) -> Table:
    if task.condition is None:
        return {}
    return {"decision": task.condition.task_id, "is": sorted(task.condition.options)}


def _situation(series: SituationSeries | None) -> Table:
    if series is None:
        return {}
    return _said(every=span_text(series.every_s), by=series.by, to=list(series.to))
