"""What a log tells of the exchange with partners: what came, what went, what was asked and answered.

All of it follows from entries about ``partner:CODE``; nothing else is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from baken.operations.evidence_ports import EvidenceLog
from baken.records.bundle import AnswerKind, ItemAnswer, LastSeen, Link, SeenItem
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.marking import Marking, Realm
from baken.records.marking_forms import marking_from_fields
from baken.records.partner import source_of_partner

# The subject of all that passes between a partner and us begins so.
PARTNERS = source_of_partner("")
LABEL = "label_"


class What(StrEnum):
    """What an entry about a partner tells."""

    BUNDLE = "bundle"
    FILE = "bundle-file"
    ITEM = "item"
    RECALL = "recall"
    ANSWER = "answer"
    OUR_ANSWER = "our-answer"
    SENT = "sent"


class Standing(StrEnum):
    """Whether something that was received may still be used."""

    HOLDS = "holds"
    EXPIRED = "expired"
    RECALLED = "recalled-by-originator"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedItem:
    """Something a partner sent, as it stands: under which label and terms, and whether he took it back.

    ``came_as`` is the label it came under, ``marking`` the one that stands.
    """

    partner: str
    item_id: str
    kind: str
    title: str
    entry_sequence: int
    marking: Marking
    came_as: Marking
    realm: Realm
    digest: str
    received_at_tai_ns: int
    expires_tai_ns: int | None
    verdict: str
    in_reply_to: str = ""
    recalled_because: str | None = None
    our_answers: tuple[AnswerKind, ...] = ()

    def standing(self, at_tai_ns: int) -> Standing:
        """Say how it stands at an instant."""
        if self.recalled_because is not None:
            return Standing.RECALLED
        is_over = self.expires_tai_ns is not None and self.expires_tai_ns <= at_tai_ns
        return Standing.EXPIRED if is_over else Standing.HOLDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedRecall:
    """A partner asks to use an item no more; ``is_known`` when the item came from him."""

    item_id: str
    because: str
    entry_sequence: int
    is_known: bool
    our_answer: AnswerKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAnswer:
    """What a partner says of something that went to him."""

    answer: ItemAnswer
    entry_sequence: int
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithPartner:
    """All that passed between a partner and us about one world.

    ``received`` is the last bundle that came, ``sent`` the last that went; ``taken_to`` how far he says he
    has ours.  ``not_taken`` are bundles of his that were refused here, ``refused`` those of ours he refused.
    ``due`` are our answers that did not go yet.
    """

    partner: str
    realm: Realm
    received: Link | None = None
    version: int = 0
    sent: Link | None = None
    taken_to: int = 0
    not_taken: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    items: tuple[ReceivedItem, ...] = ()
    recalls: tuple[ReceivedRecall, ...] = ()
    answers: tuple[ReceivedAnswer, ...] = ()
    due: tuple[ItemAnswer, ...] = ()
    sent_digests: tuple[tuple[int, str], ...] = ()
    n_entries: int = 0


def with_partner(log: EvidenceLog, realm: Realm, code: str) -> WithPartner:
    """Return what passed between a partner and us, as the log of a world tells."""
    subject = source_of_partner(code)
    kept = log.entries(realm, subject=subject)
    beside = [
        one
        for one in log.entries(realm, kinds={EntryKind.PARTNER})
        if one.entry.subject != subject and one.entry.text("partner") == code
    ]
    fold = _Fold(code, realm)
    for one in sorted([*kept, *beside], key=lambda one: one.sequence):
        fold.take(one)
    return fold.standing(len(kept))


def standing_of_received(log: EvidenceLog, realm: Realm) -> tuple[ReceivedItem, ...]:
    """Return everything that partners sent, partner by partner, with what they took back."""
    return tuple(
        item for code in partners_heard_of(log, realm) for item in with_partner(log, realm, code).items
    )


def standings_among(
    log: EvidenceLog, realm: Realm, kept: Sequence[KeptEntry], at_tai_ns: int
) -> Mapping[int, Standing]:
    """Return how those of some entries stand that partners sent, by place; of our own nothing."""
    codes = {one.entry.text("partner") for one in kept if _is_item(one.entry)}
    items = [item for code in sorted(codes) for item in with_partner(log, realm, code).items]
    places = {one.sequence for one in kept}
    return {item.entry_sequence: item.standing(at_tai_ns) for item in items if item.entry_sequence in places}


def partners_heard_of(log: EvidenceLog, realm: Realm) -> tuple[str, ...]:
    """Return the codes of partners with whom something passed, in order."""
    subjects = {kept.entry.subject for kept in log.entries(realm, kinds={EntryKind.PARTNER})}
    return tuple(sorted(each.removeprefix(PARTNERS) for each in subjects if each.startswith(PARTNERS)))


def last_seen(log: EvidenceLog, code: str) -> LastSeen:
    """Return what came from a partner so far, in all worlds: by it the next bundle is judged."""
    all_worlds = [with_partner(log, realm, code) for realm in Realm]
    items = [item for world in all_worlds for item in world.items]
    return LastSeen(
        links={world.realm: world.received for world in all_worlds if world.received},
        version=max(world.version for world in all_worlds),
        seen={
            item.digest: SeenItem(marking=item.came_as, realm=item.realm)
            for item in items
            if item.recalled_because is None
        },
        item_ids=frozenset(item.item_id for item in items),
    )


@dataclass(slots=True)
class _Fold:
    code: str
    realm: Realm
    links: dict[What, Link] = field(default_factory=dict)
    version: int = 0
    taken_to: int = 0
    not_taken: list[int] = field(default_factory=list)
    refused: tuple[int, ...] = ()
    items: dict[str, ReceivedItem] = field(default_factory=dict)
    recalls: dict[str, ReceivedRecall] = field(default_factory=dict)
    answers: list[ReceivedAnswer] = field(default_factory=list)
    ours: list[ItemAnswer] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    sent_digests: list[tuple[int, str]] = field(default_factory=list)

    def take(self, kept: KeptEntry) -> None:
        entry = kept.entry
        if entry.value("what") not in set(What):
            return
        what = What(entry.text("what"))
        if what is What.FILE:
            return
        if what in (What.BUNDLE, What.SENT):
            self._bundle(what, entry)
        elif what is What.ITEM:
            self.items[entry.text("item_id")] = _item(self.code, kept)
        elif what is What.RECALL:
            item_id = entry.text("item_id")
            self.recalls[item_id] = ReceivedRecall(
                item_id=item_id, because=entry.text("because"), entry_sequence=kept.sequence, is_known=False
            )
        elif what is What.ANSWER:
            self.answers.append(
                ReceivedAnswer(answer=answer_of(entry), entry_sequence=kept.sequence, subject=entry.subject)
            )
        else:
            self.ours.append(answer_of(entry))

    def _bundle(self, what: What, entry: Entry) -> None:
        link = Link(number=int(entry.text("number")), digest=entry.text("bundle_digest"))
        self.links[what] = link
        if what is What.SENT:
            self.gone |= set(_words(entry, "answers"))
            self.sent_digests.append((link.number, link.digest))
            return
        if not entry.value("taken"):
            # A bundle that nobody took says nothing.
            self.not_taken.append(link.number)
            return
        self.refused = tuple(map(int, _words(entry, "refused")))
        self.version = max(self.version, int(entry.text("version")))
        self.taken_to = max(self.taken_to, int(entry.text("taken_to")))

    def standing(self, n_entries: int) -> WithPartner:
        said: dict[str, list[AnswerKind]] = {}
        for each in self.ours:
            said.setdefault(each.item_id, []).append(each.kind)
        return WithPartner(
            partner=self.code,
            realm=self.realm,
            received=self.links.get(What.BUNDLE),
            version=self.version,
            sent=self.links.get(What.SENT),
            taken_to=self.taken_to,
            not_taken=tuple(self.not_taken),
            refused=self.refused,
            items=tuple(
                replace(
                    item,
                    recalled_because=self.recalls[item_id].because if item_id in self.recalls else None,
                    our_answers=tuple(said.get(item_id, ())),
                )
                for item_id, item in self.items.items()
            ),
            recalls=tuple(
                replace(recall, is_known=item_id in self.items, our_answer=_to_recall(said.get(item_id, [])))
                for item_id, recall in self.recalls.items()
            ),
            answers=tuple(self.answers),
            due=tuple(each for each in self.ours if each.answer_id not in self.gone),
            sent_digests=tuple(self.sent_digests),
            n_entries=n_entries,
        )


def answer_of(entry: Entry) -> ItemAnswer:
    """Return the answer an entry holds, theirs or ours."""
    return ItemAnswer(
        answer_id=entry.text("answer_id"),
        item_id=entry.text("item_id"),
        kind=AnswerKind(entry.text("answer")),
        text=entry.text("text"),
        at_tai_ns=int(entry.text("said_at_tai_ns")),
        marking=marking_from_fields(dict(entry.fields), LABEL),
    )


def _is_item(entry: Entry) -> bool:
    return entry.subject.startswith(PARTNERS) and entry.text("what") == What.ITEM


def _item(code: str, kept: KeptEntry) -> ReceivedItem:
    entry = kept.entry
    return ReceivedItem(
        partner=code,
        item_id=entry.text("item_id"),
        kind=entry.text("item_kind"),
        title=entry.text("title"),
        entry_sequence=kept.sequence,
        marking=kept.marking,
        came_as=entry.marking,
        realm=entry.realm,
        digest=entry.text("item_digest"),
        received_at_tai_ns=kept.kept_at_tai_ns,
        expires_tai_ns=int(entry.text("expires_tai_ns")) if entry.text("expires_tai_ns") else None,
        verdict=entry.text("verdict"),
        in_reply_to=entry.text("in_reply_to"),
    )


def _to_recall(said: Sequence[AnswerKind]) -> AnswerKind | None:
    to_recall = [each for each in said if each in (AnswerKind.RECALL_DONE, AnswerKind.RECALL_REFUSED)]
    return to_recall[-1] if to_recall else None


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    value = entry.value(name)
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
