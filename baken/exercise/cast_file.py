"""The people of a response as a scenario tells them: their habits, what they decide, which ways fail when."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from baken.errors import UnreadableInput, WrongUsage
from baken.exercise.rehearsal import Cast, Habit, LeftToScript, Outage
from baken.formats.toml_table import TomlTable, refuse_twice
from baken.records.response import Mechanism, TaskKind, Way

SECONDS_A_MINUTE = 60.0
NANOSECONDS_AN_HOUR = 3_600 * 10**9


def read_cast(told: TomlTable, start_tai_ns: int, left: LeftToScript, officer: str) -> Cast:
    """Read who plays, from the table ``[response]``; what the script does itself is left to it.

    Raises: UnreadableInput with the place of the mistake.
    """
    usual = _habit(told, Habit())
    people = told.tables("person")
    roles = [person.text("role") for person in people]
    refuse_twice(people, roles)
    habits = {role: _person(person, usual) for role, person in zip(roles, people, strict=True)}
    decided = told.table("decides")
    cast = Cast(
        habits=habits,
        usual=usual,
        decides={task: decided.text(task) for task in decided.told},
        approver=told.text("approver", officer),
        approves_after_s=_seconds(told, "approves_min", Cast().approves_after_s) or 0.0,
        outages=tuple(_outage(outage, start_tai_ns) for outage in told.tables("outage")),
        left=left,
    )
    told.refuse_unknown()
    return cast


def refuse_strangers(cast: Cast, mechanism: Mechanism) -> None:
    """Refuse a cast with roles, decisions or options that the mechanism does not know.

    Raises: UnreadableInput that names the first of them.
    """
    for role in sorted(cast.habits):
        if mechanism.role(role) is None:
            name = mechanism.mechanism_id
            raise UnreadableInput(
                f"[response] person: {name} has no role {role!r}; it has {_known(mechanism)}"
            )
    options: dict[str, set[str]] = {}
    for plan in mechanism.plans:
        for task in (task for task in plan.tasks if task.kind is TaskKind.DECIDE):
            options.setdefault(task.task_id, set()).update(option.option_id for option in task.options)
    for name, option in cast.decides.items():
        if option not in options.get(name, ()):
            known = ", ".join(sorted(options.get(name, ()))) or "none, for it is no decision of any plan"
            raise UnreadableInput(f"[response] decides {name}: {option!r} is no option; there are {known}")


def _known(mechanism: Mechanism) -> str:
    return ", ".join(sorted(role.role_id for role in mechanism.roles))


def with_silent(cast: Cast, roles: Collection[str]) -> Cast:
    """Return a cast in which these roles answer nothing and do nothing."""
    silent = Habit(acknowledges_after_s=None, completes_after_s=None)
    return replace(cast, habits={**cast.habits, **dict.fromkeys(roles, silent)})


def with_outages(cast: Cast, said: Sequence[str], start_tai_ns: int) -> Cast:
    """Return a cast with more outages, each said like ``smtp=0-3``: way, and from which hour to which.

    Raises: WrongUsage for what cannot be read so.
    """
    return replace(cast, outages=(*cast.outages, *(_said_outage(one, start_tai_ns) for one in said)))


def _said_outage(said: str, start_tai_ns: int) -> Outage:
    way, _, span = said.partition("=")
    begins, _, ends = span.partition("-")
    try:
        from_h, to_h = float(begins), float(ends)
        found = Way(way)
    except ValueError:
        raise WrongUsage(f"--outage {said}: write like smtp=0-3, a way and its hours") from None
    if not 0.0 <= from_h < to_h < float("inf"):
        raise WrongUsage(f"--outage {said}: it ends after it begins, and begins at 0 or later")
    return Outage(
        way=found,
        from_tai_ns=start_tai_ns + round(from_h * NANOSECONDS_AN_HOUR),
        to_tai_ns=start_tai_ns + round(to_h * NANOSECONDS_AN_HOUR),
    )


def _person(told: TomlTable, usual: Habit) -> Habit:
    if told.truth("silent", otherwise=False):
        told.refuse_unknown()
        return Habit(acknowledges_after_s=None, completes_after_s=None)
    habit = _habit(told, usual)
    told.refuse_unknown()
    return habit


def _habit(told: TomlTable, usual: Habit) -> Habit:
    return Habit(
        acknowledges_after_s=_seconds(told, "acknowledges_min", usual.acknowledges_after_s),
        completes_after_s=_seconds(told, "completes_min", usual.completes_after_s),
    )


def _seconds(told: TomlTable, name: str, otherwise_s: float | None) -> float | None:
    minutes = told.number_if_any(name)
    if minutes is None:
        return otherwise_s
    if minutes < 0.0:
        raise told.refuse(name, f"is {minutes:g}; nobody answers before he was asked")
    return minutes * SECONDS_A_MINUTE


def _outage(told: TomlTable, start_tai_ns: int) -> Outage:
    way, from_h, to_h = told.one_of("way", Way), told.number("from_h"), told.number("to_h")
    if to_h <= from_h:
        raise told.refuse("to_h", "an outage ends after it begins; exchange the two")
    told.refuse_unknown()
    return Outage(
        way=way,
        from_tai_ns=start_tai_ns + round(from_h * NANOSECONDS_AN_HOUR),
        to_tai_ns=start_tai_ns + round(to_h * NANOSECONDS_AN_HOUR),
    )
