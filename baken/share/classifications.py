"""Which classified information a clearance is good for: a table of rules, never a number.

Levels of two policies are not comparable by themselves.  Within a policy a table says what each clearance
covers; across policies only an agreement between states does, and it is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One classification of a policy, written ``POLICY/LEVEL``; ``covers`` are those a clearance for it is
    good for besides.
    """

    name: str
    covers: frozenset[str] = frozenset()
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """States that agreed to protect each other's information alike; ``alike`` are sets of levels."""

    agreement_id: str
    title: str
    source: str
    alike: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRule:
    """How a policy that has no level of its own at some place handles such information of another."""

    policy: str
    classification: str
    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifications:
    """The table: levels, agreements between them, and rules where there is no level.

    ``version`` names it in a decision; ``unverified`` is what nobody could check against its source.
    """

    version: str
    levels: tuple[Level, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    handling: tuple[HandlingRule, ...] = ()
    unverified: tuple[str, ...] = ()
    by_name: dict[str, Level] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {level.name: level for level in self.levels})


def covers(clearance: str, classification: str, table: Classifications) -> str:
    """Say why a clearance is good for a classification; empty when it is not.

    Within a policy the policy itself says so; across, one agreement does, and never two in a row: what a
    state agreed with a second binds no third.
    """
    return next((why for name, why in _handled(clearance, table) if name == classification), "")


def may_handle(clearances: frozenset[str], table: Classifications) -> frozenset[str]:
    """Return every ``POLICY/LEVEL`` that somebody with these clearances may handle.

    A clearance the table does not know gives nothing, not even itself.

    >>> secret = Level(name="NL/STG. GEHEIM", covers=frozenset({"NL/DEP. VERTROUWELIJK"}), source="VIRBI")
    >>> low = Level(name="NL/DEP. VERTROUWELIJK", source="VIRBI")
    >>> table = Classifications(version="1", levels=(secret, low))
    >>> sorted(may_handle(frozenset({"NL/STG. GEHEIM", "NL/UNHEARD OF"}), table))
    ['NL/DEP. VERTROUWELIJK', 'NL/STG. GEHEIM']
    """
    return frozenset(name for clearance in clearances for name, _ in _handled(clearance, table))


def _handled(clearance: str, table: Classifications) -> Iterator[tuple[str, str]]:
    """Yield every classification a clearance is good for, with the reason, its own policy's first."""
    level = table.by_name.get(clearance)
    if level is None:
        return
    own = {level.name, *level.covers}
    yield from ((name, level.source) for name in sorted(own))
    for agreement in table.agreements:
        for alike in agreement.alike:
            for name in sorted(alike - own if alike & own else ()):
                yield from ((each, agreement.title) for each in sorted({name, *table.by_name[name].covers}))
