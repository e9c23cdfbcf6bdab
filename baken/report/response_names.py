"""What the plans, tasks, roles and people of a response are called in one language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from baken.records.response import Mechanism, Role
from baken.records.response_standing import PlanStanding, ResponseStanding, TaskStanding
from baken.report.words import Speech

# Says whether words may stand on a page; the names given stand for objects, never for states.
MaySay: TypeAlias = Callable[[str, tuple[str, ...]], bool]
# What the log calls Baken itself.
BAKEN = "baken"
# Who acknowledged by a code: the name that was given, and the role.
NAME_AND_ROLE = re.compile(r"(?P<name>.+) \((?P<role>[a-z0-9-]+)\)")
# A task is told in full once; everywhere else its first words say which it is.
LONGEST_TASK = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The words a response is told with.  ``mechanisms`` are those its plans began with, by digest."""

    found: ResponseStanding
    mechanisms: Mapping[str, Mechanism]
    say: Speech
    may_say: MaySay

    def plan(self, plan_id: str) -> str:
        """Return what a plan is called."""
        return self._plan(plan_id).plan.name.read_in(self.say.language)

    def task(self, plan_id: str, task_id: str) -> str:
        """Return the first words of a task, enough to know which it is."""
        return shortened(self.standing(plan_id, task_id).task.what.read_in(self.say.language))

    def standing(self, plan_id: str, task_id: str) -> TaskStanding:
        """Return how a task stands."""
        return self._plan(plan_id).of(task_id)

    def outcome(self, plan_id: str, task_id: str, option_id: str) -> str:
        """Return how a decision went, in words."""
        options = self.standing(plan_id, task_id).task.options
        chosen = (
            option.name.read_in(self.say.language) for option in options if option.option_id == option_id
        )
        return next(chosen, option_id)

    def role(self, role_id: str) -> str:
        """Return what a role is called; one that no task has, as nobody."""
        if not role_id:
            return self.say("after.nobody")
        role = self._role(role_id)
        return role.name.read_in(self.say.language) if role else role_id

    def who(self, actor: str) -> str:
        """Return who did something: a person by name, a role by its own; nobody is named after a state."""
        if actor == BAKEN:
            return "Baken"
        if not actor or self._role(actor):
            return self.role(actor)
        both = NAME_AND_ROLE.fullmatch(actor)
        if both and self._role(both["role"]):
            return f"{self._person(both['name'])}, {self.role(both['role'])}"
        return self._person(actor)

    def quoted(self, text: str) -> str:
        """Return a person's own words, or that they are not printed: they name a state or a motive."""
        if not text.strip():
            return self.say("decide.no_words")
        return f"“{text.strip().rstrip('.')}”" if self.may_say(text, ()) else self.say("decide.not_printed")

    def _person(self, name: str) -> str:
        return name if self.may_say(name, ()) else self.say("decide.somebody")

    def _plan(self, plan_id: str) -> PlanStanding:
        plan = self.found.plan(plan_id)
        if plan is None:
            raise KeyError(plan_id)
        return plan

    def _role(self, role_id: str) -> Role | None:
        found = (mechanism.role(role_id) for mechanism in self.mechanisms.values())
        return next((role for role in found if role is not None), None)


def shortened(text: str) -> str:
    """Return the first words of a task: up to a colon or semicolon, and no more than a line.

    >>> shortened("Warn aviation: the window, the corridor.")
    'Warn aviation'
    """
    first = re.split(r"[:;] ", text, maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= LONGEST_TASK:
        return first
    return f"{first[: LONGEST_TASK - 1].rsplit(' ', 1)[0].rstrip(',')}…"
