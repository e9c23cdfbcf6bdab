"""By which rule a person is called to an encounter, and a call as it reads."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How much an encounter asks of a person."""

    QUIET = 0
    LOOK = 1
    ACT = 2


class WithoutProbability(StrEnum):
    """What to make of an update of which no method gives a probability.

    CEILING: a maximum probability at the action level is worth a look, never more.
    """

    CEILING = "ceiling"
    QUIET = "quiet"


class Cause(StrEnum):
    """What an alert tells that was not told before."""

    RAISED = "raised"
    ROSE = "rose"
    EASED = "eased"
    STOOD_DOWN = "stood down"
    GREW = "grew"
    SHRANK = "shrank"
    DECISION_NEARS = "decision nears"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRule:
    """When to look at an encounter, when to act on it, and when to say so again.

    A miss distance, where one is set, is a second way to reach a level.  Updates earlier than ``from_s``
    before closest approach are quiet.  While a probability stays on its level it is told again once it has
    changed by ``factor``, and once when the decision, ``decision_s`` before closest approach, is nearer than
    ``notice_s`` and the encounter still asks for action.
    """

    name: str
    source: str
    look_probability: float
    act_probability: float
    look_miss_m: float | None = None
    act_miss_m: float | None = None
    from_s: float = 7 * 86_400.0
    decision_s: float = 2 * 86_400.0
    notice_s: float = 86_400.0
    factor: float = 10.0
    without_probability: WithoutProbability = WithoutProbability.CEILING

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"{problem}, in triage rule {self.name!r}")

    def _problems(self) -> list[str]:
        """Return what cannot be, each beginning with the field it is about."""
        act_miss_m = self.act_miss_m or 0.0
        look_miss_m = act_miss_m if self.look_miss_m is None else self.look_miss_m
        said = [
            (bool(self.name.strip()), "name is empty"),
            (0.0 < self.look_probability <= 1.0, "look_probability is not above 0 and at most 1"),
            (
                self.look_probability <= self.act_probability <= 1.0,
                "act_probability is not between look_probability and 1",
            ),
            (act_miss_m >= 0.0, "act_miss_m is negative"),
            (look_miss_m >= act_miss_m, "look_miss_m is less than act_miss_m"),
            (self.decision_s >= 0.0, "decision_s is negative"),
            (self.notice_s >= 0.0, "notice_s is negative"),
            (self.from_s > self.decision_s, "from_s is not before the decision"),
            (self.factor > 1.0, "factor is not above 1"),
        ]
        return [problem for holds, problem in said if not holds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One call to a person: which rule, on which update, at what level, and why.

    ``update`` counts the updates of the history from 0; ``time_to_tca_s`` is how long was left then.
    """

    rule: str
    update: int
    level: Level
    cause: Cause
    time_to_tca_s: float
    because: str
    originator: str = ""
    message_id: str = ""
