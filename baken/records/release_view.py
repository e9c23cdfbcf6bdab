"""What a recipient would see of a release, field by field, before anybody signs it."""

from dataclasses import dataclass

from baken.records.bundle import BundleItem
from baken.records.evidence import KeptEntry
from baken.records.marking import Marking
from baken.records.release import Piece
from baken.records.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field: as it is here, as it would go (``None`` when it would not), and which rule says so."""

    name: str
    before: str
    after: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceView:
    """One entry: whether it would go, by which rules, and its fields.

    ``obligations`` are what it is tied to, or what is still asked; ``missing_consents`` are originators who
    did not agree yet.
    """

    kept: KeptEntry
    goes: bool
    policy_ids: tuple[str, ...]
    obligations: tuple[str, ...]
    missing_consents: tuple[str, ...]
    fields: tuple[FieldView, ...]
    piece: Piece | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """What one recipient would get under which label and terms, entry by entry.

    ``item`` is what would go in its place, where that can be said before it goes: a dossier is only built
    then.  ``troubles`` are why nothing could be decided.
    """

    what: str
    recipient: str
    title: str
    precision: str
    terms: Terms
    label: Marking | None
    not_before_tai_ns: int
    pieces: tuple[PieceView, ...]
    policy_digest: str
    needs_two: bool
    troubles: tuple[str, ...] = ()
    item: BundleItem | None = None

    @property
    def may_go(self) -> bool:
        """Whether anything would go."""
        return any(each.goes for each in self.pieces)
