"""What an authority of a state decided about an incident: a human act, signed, and only his."""

from dataclasses import dataclass

from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """One state's decision on what happened and, if it chose to say so, who did it.

    ``wording`` is the authority's own, in the language it chose.  ``basis`` names entries of the log.
    ``actor_named`` is empty when the determination names nobody.  Several states may decide differently;
    each stands beside the others, and none is the truth of this software.
    """

    about: str
    state: str
    organ: str
    decided_on: str
    wording: str
    language: str
    basis: tuple[str, ...] = ()
    is_public: bool = False
    actor_named: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY

    def __post_init__(self) -> None:
        for name in ("about", "state", "organ", "decided_on", "wording", "language"):
            if not getattr(self, name).strip():
                raise ValueError(f"a determination says its {name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDetermination:
    """A determination with the key that signed it, and its place in the log."""

    determination: Determination
    signed_by: str
    entry_sequence: int
