"""A release as it follows from the log: nothing else is kept of it, so nothing can disagree with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from baken.errors import UnreadableInput
from baken.records.evidence import Entry, EntryKind, Field, KeptEntry, Value
from baken.records.handling import Onward
from baken.records.marking_forms import marking_fields, marking_from_fields
from baken.records.release import (
    Approval,
    Heard,
    Offer,
    Piece,
    ReleaseMoment,
    ReleaseStage,
    ReleaseStanding,
    Ruling,
    read_release_id,
)
from baken.records.terms import Terms
from baken.share.exchange import NEXT, PROPOSE, ReleaseStep, ReleaseStepNotAllowed, advance

LABEL = "label_"
SIGNED = frozenset({ReleaseStep.ENDORSE, ReleaseStep.APPROVE})


class BrokenRelease(UnreadableInput):
    """Entries about a release that cannot be its history, with the one that cannot stand there."""


def offer_fields(offer: Offer) -> tuple[Field, ...]:
    """Return what is proposed as fields of the entry that proposes it; ``offer_of`` reads them back."""
    return (
        ("act", PROPOSE),
        ("what", offer.what),
        ("recipient", offer.recipient),
        ("item_id", offer.item_id),
        ("title", offer.title),
        ("precision", offer.precision),
        *marking_fields(offer.label, LABEL),
        ("purpose", offer.terms.purpose),
        ("onward", offer.terms.onward.value),
        ("licence", offer.terms.licence),
        ("expires_tai_ns", _instant_text(offer.terms.expires_tai_ns)),
        ("not_before_tai_ns", str(offer.not_before_tai_ns)),
        ("consents", offer.consents),
        ("pieces", tuple(map(_piece_value, offer.pieces))),
        ("because", offer.because),
    )


def ruling_fields(ruling: Ruling) -> tuple[Field, ...]:
    """Return what policy said as fields of the entry about which it was asked."""
    return (
        ("policy_digest", ruling.policy_digest),
        ("policy_ids", ruling.policy_ids),
        ("obligations", tuple(sorted(ruling.obligations))),
    )


def offer_of(entry: Entry) -> Offer:
    """Return what an entry proposes.

    Raises: ValueError, KeyError or TypeError when it proposes nothing that can be read.
    """
    fields = dict(entry.fields)
    return Offer(
        release_id=read_release_id(entry.subject),
        what=entry.text("what"),
        recipient=entry.text("recipient"),
        item_id=entry.text("item_id"),
        title=entry.text("title"),
        precision=entry.text("precision"),
        label=marking_from_fields(fields, LABEL),
        terms=Terms(
            purpose=entry.text("purpose"),
            onward=Onward(entry.text("onward")),
            expires_tai_ns=_instant(entry.text("expires_tai_ns")),
            licence=entry.text("licence"),
        ),
        because=entry.text("because"),
        consents=tuple((who, where) for who, where in map(_words, _list(fields["consents"]))),
        pieces=tuple(map(_piece, _list(fields["pieces"]))),
        not_before_tai_ns=int(entry.text("not_before_tai_ns")),
        realm=entry.realm,
    )


def release_of(entries: Sequence[KeptEntry], heard: Sequence[Heard] = ()) -> ReleaseStanding:
    """Return a release as it stands after all that was said of it.

    ``entries`` are those about the release, ``heard`` what came of it on the way, in any order; only their
    places in the log count.  What a recipient says and the table does not offer is told, and changes nothing.
    Raises: BrokenRelease that names the entry which cannot stand where it stands.
    """
    told = sorted(entries, key=lambda kept: kept.sequence)
    answers = sorted(heard, key=lambda one: one.entry_sequence)
    if not told:
        raise BrokenRelease("a release begins with its proposal; there is no entry")
    kept = told[0]
    try:
        fold = _begun(kept)
        for kept in told[1:]:
            while answers and answers[0].entry_sequence < kept.sequence:
                fold.hear(answers.pop(0))
            fold.take(kept)
    except (ValueError, LookupError, TypeError, ReleaseStepNotAllowed) as error:
        raise BrokenRelease(
            f"{kept.entry_id} cannot stand in the history of {kept.entry.subject}: {error}"
        ) from error
    for one in answers:
        fold.hear(one)
    return fold.standing(len(told))


def as_of(standing: ReleaseStanding, at_tai_ns: int) -> ReleaseStanding:
    """Return a release as it stands at an instant: what its recipient has may be past its terms."""
    is_over = standing.offer.terms.has_expired(at_tai_ns)
    if is_over and ReleaseStep.EXPIRE in NEXT[standing.stage]:
        return replace(standing, stage=advance(standing.stage, ReleaseStep.EXPIRE))
    return standing


@dataclass(slots=True)
class _Fold:
    offer: Offer
    stage: ReleaseStage
    moments: list[ReleaseMoment]
    approvals: list[Approval] = field(default_factory=list)
    bundle_number: int | None = None

    def take(self, kept: KeptEntry) -> None:
        entry = kept.entry
        if (entry.subject, entry.realm) != (str(self.offer.release_id), self.offer.realm):
            raise ValueError(f"it is about {entry.subject} in {entry.realm}")
        if entry.kind is not EntryKind.RELEASE:
            raise ValueError(f"{entry.kind} is nothing that happens to a release")
        step = ReleaseStep(entry.text("act"))
        self.stage = advance(self.stage, step)
        self.moments.append(_moment(kept))
        if step in SIGNED:
            self.approvals.append(_approval(entry))

    def hear(self, heard: Heard) -> None:
        if heard.step in NEXT[self.stage]:
            self.stage = advance(self.stage, ReleaseStep(heard.step))
        if self.bundle_number is None:
            self.bundle_number = heard.bundle_number
        self.moments.append(
            ReleaseMoment(
                entry_sequence=heard.entry_sequence,
                step=heard.step,
                by=heard.by,
                at_tai_ns=heard.at_tai_ns,
                because=heard.told,
            )
        )

    def standing(self, n_entries: int) -> ReleaseStanding:
        return ReleaseStanding(
            offer=self.offer,
            stage=self.stage,
            moments=tuple(self.moments),
            approvals=tuple(self.approvals),
            n_entries=n_entries,
            bundle_number=self.bundle_number,
        )


def _begun(kept: KeptEntry) -> _Fold:
    if kept.entry.kind is not EntryKind.RELEASE or kept.entry.text("act") != PROPOSE:
        raise ValueError(f"a release begins with its proposal, not with {kept.entry.kind}")
    return _Fold(offer_of(kept.entry), ReleaseStage.PROPOSED, [_moment(kept)])


def _moment(kept: KeptEntry) -> ReleaseMoment:
    entry = kept.entry
    return ReleaseMoment(
        entry_sequence=kept.sequence,
        step=entry.text("act"),
        by=entry.actor,
        at_tai_ns=entry.at_tai_ns,
        because=entry.text("because"),
        ruling=_ruling(dict(entry.fields)),
    )


def _ruling(fields: Mapping[str, Value]) -> Ruling | None:
    if "policy_digest" not in fields:
        return None
    return Ruling(
        policy_digest=str(fields["policy_digest"]),
        policy_ids=_words(fields["policy_ids"]),
        obligations=frozenset(_words(fields["obligations"])),
    )


def _approval(entry: Entry) -> Approval:
    if entry.content is None:
        raise ValueError("an approval is signed, and this one has no signature")
    return Approval(
        by=entry.actor,
        key=entry.text("signed_by"),
        at_tai_ns=entry.at_tai_ns,
        because=entry.text("because"),
        note_digest=entry.content.digest,
    )


def _piece_value(piece: Piece) -> Value:
    return (piece.entry_id, piece.subject, piece.digest, piece.names)


def _piece(value: Value) -> Piece:
    entry_id, subject, digest, names = _list(value)
    return Piece(
        entry_id=str(entry_id),
        subject=str(subject),
        digest=str(digest),
        names=_words(names),
    )


def _instant_text(at_tai_ns: int | None) -> str:
    return "" if at_tai_ns is None else str(at_tai_ns)


def _instant(text: str) -> int | None:
    return int(text) if text else None


def _list(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise TypeError(f"a list stands here, not {value!r}")
    return value


def _words(value: Value) -> tuple[str, ...]:
    return tuple(map(str, _list(value)))
