"""The mechanism as a person writes it: TOML, schema-checked, every error with its table, number and field.

Durations are written as people say them: ``"15 min"``, ``"24 h"``, ``"30 d"``, ``"1 month"``.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from baken.formats.toml_table import TomlTable, read_toml, refuse_twice
from baken.records.incident import IncidentKind, Severity
from baken.records.response import (
    PART_NAME,
    Base,
    Bilingual,
    Condition,
    Mechanism,
    Option,
    Organisation,
    Plan,
    Role,
    SituationSeries,
    Source,
    Task,
    TaskKind,
)

LANGUAGES = ("nl", "en")
MINUTE_S, HOUR_S, DAY_S = 60.0, 3_600.0, 86_400.0
# A month in a rule of law ends on the same day of the next one (Regulation 1182/71, article 3): 28 days, the
# shortest there is, never end after it, and 30 would in February.
MONTH_S = 28 * DAY_S
SECONDS_IN = {"min": MINUTE_S, "h": HOUR_S, "d": DAY_S, "month": MONTH_S, "months": MONTH_S}
LONGEST_S = 100 * 365 * DAY_S
DURATION = re.compile(r"(?P<count>\d+(?:\.\d+)?) ?(?P<unit>min|h|d|months?)")


@lru_cache(maxsize=32)
def read_mechanism(text: str) -> Mechanism:
    """Read a mechanism, whole.

    What it says is checked here field by field; whether it can work is for ``respond/lint``.
    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    told = read_toml(text)
    head = told.table("mechanism")
    mechanism = Mechanism(
        mechanism_id=named(head, "id"),
        name=bilingual(head, "name"),
        version=head.text("version"),
        about=bilingual(head, "about"),
        is_illustrative=head.truth("illustrative"),
        language=head.text("language", "en"),
        sources=tuple(read_source(each) for each in told.tables("source")),
        organisations=tuple(_organisation(each) for each in told.tables("organisation")),
        roles=tuple(_role(each) for each in told.tables("role")),
        plans=tuple(_plan(each) for each in told.tables("plan")),
    )
    head.refuse_unknown()
    told.refuse_unknown()
    if mechanism.language not in LANGUAGES:
        raise head.refuse("language", f"is {mechanism.language!r}; letters are written in nl or en")
    _refuse_strangers(told, mechanism)
    return mechanism


def named(table: TomlTable, field: str) -> str:
    """Return a field that is the name of a part: small letters, figures and dashes."""
    name = table.text(field)
    if not PART_NAME.fullmatch(name):
        raise table.refuse(field, f"is {name!r}; a name has small letters, figures and dashes only")
    return name


def bilingual(table: TomlTable, field: str) -> Bilingual:
    """Return a field that says the same in Dutch and English."""
    told = table.table(field)
    both = Bilingual(nl=told.text("nl"), en=told.text("en"))
    told.refuse_unknown()
    return both


def bilingual_if_any(table: TomlTable, field: str) -> Bilingual | None:
    """Return a field in both languages, or ``None`` when it was not written."""
    table.asked.add(field)
    return bilingual(table, field) if table.has(field) else None


def duration_s(table: TomlTable, field: str) -> float | None:
    """Return a field that is a span of time, or ``None`` when it was not written."""
    table.asked.add(field)
    if not table.has(field):
        return None
    match = DURATION.fullmatch(table.text(field))
    if match is None:
        raise table.refuse(field, f'is {table.text(field)!r}; write like "15 min", "24 h", "30 d", "1 month"')
    span_s = float(match["count"]) * SECONDS_IN[match["unit"]]
    if span_s > LONGEST_S:
        raise table.refuse(field, f"is {table.text(field)!r}; no clock runs for more than a hundred years")
    return span_s


def _each_once(table: TomlTable, field: str) -> tuple[str, ...]:
    """Return a field that is a list of roles, each of which gets one letter."""
    names = table.words(field)
    for name in names:
        if names.count(name) > 1:
            raise table.refuse(field, f"names {name!r} twice; take one out")
    return names


def read_source(told: TomlTable) -> Source:
    """Return a public text, as it stands below a line ``[[source]]``."""
    source = Source(
        source_id=named(told, "id"),
        title=told.text("title"),
        url=told.text("url"),
        says=told.text("says", ""),
        checked_on=told.text("checked_on", ""),
    )
    told.refuse_unknown()
    return source


def _organisation(told: TomlTable) -> Organisation:
    organisation = Organisation(
        organisation_id=named(told, "id"),
        name=bilingual(told, "name"),
        audiences=told.words("audiences"),
        is_own=told.truth("own", False),
        source_ids=told.words("sources"),
        note=bilingual_if_any(told, "note"),
    )
    told.refuse_unknown()
    return organisation


def _role(told: TomlTable) -> Role:
    role = Role(
        role_id=named(told, "id"),
        name=bilingual(told, "name"),
        organisation_id=told.text("organisation"),
        source_ids=told.words("sources"),
        note=bilingual_if_any(told, "note"),
    )
    told.refuse_unknown()
    return role


def _plan(told: TomlTable) -> Plan:
    tasks = told.tables("task")
    if not tasks:
        raise told.refuse("task", "there is none; a plan is what people do, below [[plan.task]]")
    plan = Plan(
        plan_id=named(told, "id"),
        name=bilingual(told, "name"),
        kinds=frozenset(told.among("kinds", IncidentKind, word) for word in told.words("kinds")),
        from_severity=told.one_of("from_severity", Severity, Severity.MINOR),
        tasks=tuple(_task(each) for each in tasks),
        responsible=told.words("responsible"),
        supporting=told.words("supporting"),
        informed=told.words("informed"),
        open_because=bilingual_if_any(told, "open_because"),
        situation=_situation(told),
        stand_down_when=bilingual_if_any(told, "stand_down_when"),
        stand_down_by=told.text("stand_down_by", ""),
        source_ids=told.words("sources"),
        note=bilingual_if_any(told, "note"),
    )
    told.refuse_unknown()
    refuse_twice(tasks, [task.task_id for task in plan.tasks])
    return plan


def _task(told: TomlTable) -> Task:
    kind = told.one_of("kind", TaskKind, TaskKind.ACT)
    task = Task(
        task_id=named(told, "id"),
        kind=kind,
        what=bilingual(told, "what"),
        by=told.text("by", ""),
        open_because=bilingual_if_any(told, "open_because"),
        to=_each_once(told, "to"),
        after=told.words("after"),
        condition=_condition(told),
        from_severity=told.one_of("from_severity", Severity, Severity.MINOR),
        counts_from=told.one_of("counts_from", Base, Base.TASK),
        acknowledge_within_s=duration_s(told, "acknowledge_within"),
        within_s=duration_s(told, "within"),
        if_missed=told.words("if_missed"),
        options=tuple(_option(each) for each in told.tables("option")),
        lapses_after_s=duration_s(told, "lapses_after"),
        upheld_by=told.text("upheld_by", ""),
        to_be_confirmed=told.truth("to_be_confirmed", False),
        legal_basis=told.text("legal_basis", ""),
        source_ids=told.words("sources"),
        note=bilingual_if_any(told, "note"),
    )
    told.refuse_unknown()
    refuse_twice(told.tables("option"), [option.option_id for option in task.options])
    _refuse_half_a_task(told, task)
    return task


def _refuse_half_a_task(told: TomlTable, task: Task) -> None:
    if not task.by and task.open_because is None:
        raise told.refuse("by", "is missing; name a role, or say with open_because why it is open")
    if task.kind is TaskKind.INFORM and not task.to:
        raise told.refuse("to", "is missing; somebody is informed, name the roles")
    if (task.kind is TaskKind.DECIDE) != bool(task.options):
        raise told.refuse("option", 'a task of kind "decide" has options, and no other has')
    if task.upheld_by and task.lapses_after_s is None:
        raise told.refuse("upheld_by", "upholds what does not lapse; give lapses_after")


def _option(told: TomlTable) -> Option:
    option = Option(option_id=named(told, "id"), name=bilingual(told, "name"))
    told.refuse_unknown()
    return option


def _condition(told: TomlTable) -> Condition | None:
    told.asked.add("when")
    if not told.has("when"):
        return None
    when = told.table("when")
    condition = Condition(task_id=when.text("decision"), options=frozenset(when.words("is")))
    when.refuse_unknown()
    if not condition.options:
        raise when.refuse("is", "is missing; name the options for which the task is needed")
    return condition


def _situation(told: TomlTable) -> SituationSeries | None:
    told.asked.add("situation")
    if not told.has("situation"):
        return None
    series = told.table("situation")
    every_s = duration_s(series, "every")
    if not every_s:
        raise series.refuse("every", 'is missing; write like "6 h"')
    made = SituationSeries(every_s=every_s, by=series.text("by"), to=_each_once(series, "to"))
    series.refuse_unknown()
    return made


def _refuse_strangers(told: TomlTable, mechanism: Mechanism) -> None:
    """Refuse names that nothing carries: of organisations, roles, tasks and sources."""
    organisations = {one.organisation_id for one in mechanism.organisations}
    roles = {role.role_id for role in mechanism.roles}
    sources = {source.source_id for source in mechanism.sources}
    for name in ("source", "organisation", "role", "plan"):
        refuse_twice(told.tables(name), [table.text("id") for table in told.tables(name)])
        for table in told.tables(name):
            _refuse_stranger(table, "sources", sources)
    for table in told.tables("role"):
        if table.text("organisation") not in organisations:
            raise table.refuse("organisation", _nobody(table.text("organisation"), organisations))
    for table in told.tables("plan"):
        _refuse_strangers_in_plan(table, roles, sources)


def _refuse_strangers_in_plan(plan: TomlTable, roles: Collection[str], sources: Collection[str]) -> None:
    for field in ("responsible", "supporting", "informed"):
        _refuse_stranger(plan, field, roles)
    _refuse_stranger(plan, "stand_down_by", roles)
    for field in ("by", "to"):
        _refuse_stranger(plan.table("situation"), field, roles)
    tasks = {table.text("id") for table in plan.tables("task")}
    for task in plan.tables("task"):
        _refuse_stranger(task, "sources", sources)
        for field in ("by", "to", "if_missed"):
            _refuse_stranger(task, field, roles)
        for field in ("after", "upheld_by"):
            _refuse_stranger(task, field, tasks)
        _refuse_strange_condition(plan, task)


def _refuse_strange_condition(plan: TomlTable, task: TomlTable) -> None:
    condition = _condition(task)
    if condition is None:
        return
    decisions = {
        table.text("id"): [option.text("id") for option in table.tables("option")]
        for table in plan.tables("task")
    }
    if condition.task_id not in decisions:
        raise task.refuse("when", _nobody(condition.task_id, decisions))
    for option in sorted(condition.options):
        if option not in decisions[condition.task_id]:
            raise task.refuse("when", _nobody(option, decisions[condition.task_id]))


def _refuse_stranger(table: TomlTable, field: str, known: Collection[str]) -> None:
    value = table.told.get(field, "")
    for name in [value] if isinstance(value, str) else table.words(field):
        if name and name not in known:
            raise table.refuse(field, _nobody(name, known))


def _nobody(name: str, known: Collection[str]) -> str:
    return f"nothing here is called {name!r}; there are {', '.join(sorted(known)) or 'none'}"
