"""A catalogue keeps every opinion; a picture says which one is used for each object, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from baken.records.marking import Realm
from baken.records.orbit import ElementSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Element sets side by side: several per object, several per source, none merged."""

    element_sets: tuple[ElementSet, ...]

    def __post_init__(self) -> None:
        realms = {element_set.realm for element_set in self.element_sets}
        if len(realms) > 1:
            raise ValueError(f"a catalogue speaks of one world; this one mixes {sorted(realms)}")

    @property
    def realm(self) -> Realm:
        return self.element_sets[0].realm if self.element_sets else Realm.REAL

    def by_object(self) -> "Iterator[tuple[str, tuple[ElementSet, ...]]]":
        """Yield each object id with its element sets, in order of id."""

        def object_id(element_set: ElementSet) -> str:
            return element_set.identity.object_id

        for one_id, group in groupby(sorted(self.element_sets, key=object_id), key=object_id):
            yield one_id, tuple(group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The element set a picture uses for one object, why, and what it passed over."""

    chosen: ElementSet
    because: str
    passed_over: tuple[ElementSet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was known some weeks before a picture.

    ``element_sets`` holds one orbit for each object known at ``as_of_tai_ns``, in order of ``Identity.rank``;
    it is empty when nobody told what flew then, and then nothing can be called new.  ``histories`` holds
    every set of the last weeks from objects low enough to fall, object by object, in order of epoch.
    """

    as_of_tai_ns: int
    element_sets: tuple[ElementSet, ...]
    histories: tuple[ElementSet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One orbit for each object, as of one instant; choices stand in the order of ``Identity.rank``.

    The order is part of the record: what is made from a picture may not depend on the order of its sources.
    ``past`` is what the picture can be compared with, if that is known.
    """

    as_of_tai_ns: int
    choices: tuple[Choice, ...]
    realm: Realm
    past: Past | None = None

    def __post_init__(self) -> None:
        if self.past is not None:
            self._check_past(self.past)
        identities = [choice.chosen.identity for choice in self.choices]
        if len({identity.object_id for identity in identities}) != len(identities):
            raise ValueError("a picture holds one orbit for each object; one object stands twice")
        ranks = [identity.rank for identity in identities]
        if ranks != sorted(ranks):
            raise ValueError("the choices of a picture stand in order of catalogue number")

    def _check_past(self, past: Past) -> None:
        if past.as_of_tai_ns > self.as_of_tai_ns:
            raise ValueError("the past of a picture lies before it")
        if strange := {es.realm for es in (*past.element_sets, *past.histories)} - {self.realm}:
            raise ValueError(f"a {self.realm} picture has a past of the same world, not of {sorted(strange)}")

    @property
    def element_sets(self) -> tuple[ElementSet, ...]:
        return tuple(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAge:
    """Ages of the element sets a picture rests on, at its instant.  Negative is issued ahead."""

    median_s: float
    ninetieth_percentile_s: float
    oldest_s: float
    n_older_than_a_week: int
