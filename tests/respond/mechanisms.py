"""Mechanisms to draw, and one that says all a mechanism can."""

from importlib import resources

from hypothesis import strategies as st

from baken.records.incident import IncidentKind, Severity
from baken.records.response import (
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
from baken.respond.mechanism_file import read_mechanism

ROLES = ("desk", "centre", "ministry")
SHIPPED = tuple(
    sorted(
        file.name
        for file in (resources.files("baken.respond") / "mechanisms").iterdir()
        if file.name.endswith(".toml") and "directory" not in file.name
    )
)


def shipped(name: str) -> Mechanism:
    """Return a mechanism that comes with Baken."""
    text = (resources.files("baken.respond") / "mechanisms" / name).read_text(encoding="utf-8")
    return read_mechanism(text)


def both(text: str) -> Bilingual:
    """Return a text that is not the same in both languages."""
    return Bilingual(nl=f"nl {text}", en=f"en {text}")


def everything() -> Mechanism:
    """Return a mechanism in which no field is left as it is at first."""
    decide = Task(
        task_id="decide",
        kind=TaskKind.DECIDE,
        what=both("decide"),
        by="desk",
        options=(Option(option_id="yes", name=both("yes")), Option(option_id="no", name=both("no"))),
        lapses_after_s=7_200.0,
        upheld_by="act",
    )
    act = Task(
        task_id="act",
        kind=TaskKind.INFORM,
        what=both('act "quoted" \\ and\nbroken\x7f'),
        by="desk",
        open_because=both("open"),
        to=("centre",),
        after=("decide",),
        condition=Condition(task_id="decide", options=frozenset({"yes", "no"})),
        from_severity=Severity.SEVERE,
        counts_from=Base.CASE,
        acknowledge_within_s=90.0,
        within_s=5_400.0,
        if_missed=("ministry",),
        to_be_confirmed=True,
        legal_basis="article 1",
        source_ids=("law",),
        note=both("note"),
    )
    plan = Plan(
        plan_id="plan",
        name=both("plan"),
        kinds=frozenset({IncidentKind.REENTRY, IncidentKind.OTHER}),
        from_severity=Severity.MODERATE,
        tasks=(decide, act),
        responsible=("desk",),
        supporting=("centre",),
        informed=("ministry",),
        open_because=both("open"),
        situation=SituationSeries(every_s=21_600.0, by="desk", to=("ministry",)),
        stand_down_when=both("over"),
        stand_down_by="desk",
        source_ids=("law",),
        note=both("note"),
    )
    return Mechanism(
        mechanism_id="all",
        name=both("all"),
        version="1",
        about=both("about"),
        is_illustrative=False,
        language="nl",
        sources=(
            Source(
                source_id="law", title="A law", url="https://example.org", says="x", checked_on="2026-11-25"
            ),
        ),
        organisations=(
            Organisation(
                organisation_id="house",
                name=both("house"),
                audiences=("NL",),
                is_own=True,
                source_ids=("law",),
                note=both("note"),
            ),
        ),
        roles=tuple(
            Role(
                role_id=name, name=both(name), organisation_id="house", source_ids=("law",), note=both("note")
            )
            for name in ROLES
        ),
        plans=(plan,),
    )


@st.composite
def mechanisms(draw: st.DrawFn) -> Mechanism:
    """Draw a mechanism with one plan whose tasks wait for earlier ones at will."""
    n_tasks = draw(st.integers(1, 9))
    tasks: list[Task] = []
    for number in range(n_tasks):
        earlier = [task.task_id for task in tasks]
        after = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3)) if earlier else []
        decisions = [task for task in tasks if task.options]
        condition = None
        if decisions and draw(st.booleans()):
            condition = Condition(
                task_id=draw(st.sampled_from(decisions)).task_id, options=frozenset({"yes"})
            )
        tasks.append(_task(draw, f"task-{number}", tuple(after), condition))
    plan = Plan(
        plan_id="drawn",
        name=both("drawn"),
        kinds=frozenset({draw(st.sampled_from(IncidentKind))}),
        from_severity=draw(st.sampled_from(Severity)),
        tasks=tuple(tasks),
        responsible=("desk",),
        note=draw(st.none() | st.just(both("note"))),
    )
    organisation = Organisation(organisation_id="house", name=both("house"))
    return Mechanism(
        mechanism_id="drawn",
        name=both("drawn"),
        version="1",
        about=both("about"),
        is_illustrative=draw(st.booleans()),
        language="en",
        sources=(),
        organisations=(organisation,),
        roles=tuple(Role(role_id=name, name=both(name), organisation_id="house") for name in ROLES),
        plans=(plan,),
    )


def _task(draw: st.DrawFn, task_id: str, after: tuple[str, ...], condition: Condition | None) -> Task:
    kind = draw(st.sampled_from(TaskKind))
    is_decision = kind is TaskKind.DECIDE
    by = draw(st.sampled_from(("", *ROLES)))
    return Task(
        task_id=task_id,
        kind=kind,
        what=both(draw(st.text(st.characters(codec="utf-8"), max_size=8)) + task_id),
        by=by,
        open_because=None if by else both("open"),
        to=("centre",) if kind is TaskKind.INFORM else (),
        after=after,
        condition=condition,
        counts_from=draw(st.sampled_from(Base)),
        within_s=draw(st.none() | st.integers(1, 10**6).map(lambda minutes: 60.0 * minutes)),
        options=everything().plans[0].tasks[0].options if is_decision else (),
        to_be_confirmed=draw(st.booleans()),
    )
