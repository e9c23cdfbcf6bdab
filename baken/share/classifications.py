"""Which classified information a clearance is good for: a table of rules, never a number.

Levels of two policies are not comparable by themselves.  Within a policy a table says what each clearance
covers; across policies only an agreement or a rule of handling does, and it is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a row of the table comes from, and what of it was read to check the row."""

    source_id: str
    title: str
    where: str
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One classification of a policy: ``POLICY/LEVEL`` in a label, ``written`` so on a document.

    ``covers`` are those a clearance for it is good for besides.
    """

    name: str
    written: str
    covers: frozenset[str] = frozenset()
    source: Source

    @property
    def policy(self) -> str:
        return policy_of(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What states or organisations agreed or published of each other's classifications.

    ``alike`` are sets of levels that are protected alike, whoever's they are.  ``one_way`` are pairs: a
    clearance, and a classification it is good for, which does not hold the other way round.
    """

    agreement_id: str
    title: str
    scope: str
    source: Source
    alike: tuple[frozenset[str], ...] = ()
    one_way: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRule:
    """How a policy that has no level of its own at some place handles such information of another."""

    policy: str
    classification: str
    rule: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifications:
    """The table: levels, agreements between them, and rules where there is no level.

    ``version`` names it in a decision; ``unverified`` says what nobody could check, and so is not in it.
    """

    version: str
    levels: tuple[Level, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    handling: tuple[HandlingRule, ...] = ()
    unverified: tuple[str, ...] = ()
    by_name: dict[str, Level] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {level.name: level for level in self.levels})

    @property
    def sources(self) -> tuple[Source, ...]:
        """Whatever the table was made from, each once, in order of appearance."""
        rows: tuple[Level | Agreement | HandlingRule, ...] = (*self.levels, *self.agreements, *self.handling)
        return tuple(dict.fromkeys(row.source for row in rows))


def policy_of(classification: str) -> str:
    """Return whose level it is.

    >>> policy_of("NL/STG. GEHEIM")
    'NL'
    """
    return classification.partition("/")[0]


def why_covers(clearance: str, classification: str, table: Classifications) -> str:
    """Say by what a clearance is good for a classification; empty when it is not.

    Within a policy the policy itself says so; across, one agreement does, and never two in a row: what a
    state agreed with a second binds no third.
    """
    return next((why for name, why in _handled(clearance, table) if name == classification), "")


def covers(clearance: str, classification: str, table: Classifications) -> bool:
    """Say whether a clearance is good for a classification."""
    return bool(why_covers(clearance, classification, table))


def may_handle(clearances: frozenset[str], table: Classifications) -> frozenset[str]:
    """Return every ``POLICY/LEVEL`` that somebody with these clearances may handle.

    A clearance the table does not know gives nothing, not even itself.

    >>> virbi = Source(source_id="virbi", title="VIRBI 2025", where="BWBR0051482", checked="")
    >>> low = Level(name="NL/DEP. VERTROUWELIJK", written="Dep. VERTROUWELIJK", source=virbi)
    >>> high = Level(name="NL/STG. GEHEIM", written="Stg. GEHEIM", covers=frozenset({low.name}), source=virbi)
    >>> table = Classifications(version="1", levels=(high, low))
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
    yield from ((name, level.source.title) for name in sorted(own))
    for agreement in table.agreements:
        for other in sorted(_agreed(own, agreement)):
            yield from ((name, agreement.title) for name in (other, *sorted(table.by_name[other].covers)))


def _agreed(own: set[str], agreement: Agreement) -> set[str]:
    """Return what levels of one policy are good for elsewhere, by one agreement."""
    alike = {name for group in agreement.alike if group & own for name in group}
    return (alike | {good_for for clearance, good_for in agreement.one_way if clearance in own}) - own
