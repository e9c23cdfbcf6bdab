"""Who saw what: of any entry, case, event or release, at any time, as the log alone tells.

A label says who may see; this says who did: by a release that went, a dossier that was built for him, a
letter that arrived, or a look at this node.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from baken.errors import NoSuchRecord
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.release_desk import releases
from baken.records.evidence import ENTRY_ID, Entry, EntryKind, KeptEntry, read_entry_id
from baken.records.marking import Realm
from baken.records.release import ReleaseMoment, ReleaseStanding
from baken.records.sighting import How, Sighting
from baken.respond.notice_life import DRAFT, NoticeStep
from baken.share.exchange import ReleaseStep


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What is asked after: its own name, and those of the entries that belong to it."""

    name: str
    subject: str
    entry_ids: frozenset[str]

    def holds(self, names: Collection[str]) -> bool:
        return self.name in names or not self.entry_ids.isdisjoint(names)


def who_saw(
    log: EvidenceLog, what: str, realm: Realm, *, until_tai_ns: int | None = None
) -> tuple[Sighting, ...]:
    """Return who saw something, in order of time; ``until_tai_ns`` leaves out what came later.

    A look at the case or event that an entry is about counts for the entry too: it stands there.
    Raises: NoSuchRecord for what is not here.
    """
    about = _about(log, what, realm)
    every = (
        *_by_release(log, about, realm),
        *_by_dossier(log, about, realm),
        *_by_letter(log, about, realm),
        *_by_access(log, about, realm),
    )
    seen = [one for one in every if until_tai_ns is None or one.at_tai_ns <= until_tai_ns]
    return tuple(sorted(seen, key=lambda one: (one.at_tai_ns, one.entry_sequence)))


def _about(log: EvidenceLog, what: str, realm: Realm) -> _About:
    name = what.strip().upper()
    if ENTRY_ID.fullmatch(name):
        kept = log.entry(realm, read_entry_id(name))
        return _About(name=kept.entry_id, subject=kept.entry.subject, entry_ids=frozenset({kept.entry_id}))
    entries = log.entries(realm, subject=name)
    if not entries:
        raise NoSuchRecord(
            f"nothing in {realm} is called {what!r}; name an entry, a case, an event or a release"
        )
    return _About(name=name, subject=name, entry_ids=frozenset(kept.entry_id for kept in entries))


def _by_release(log: EvidenceLog, about: _About, realm: Realm) -> Iterator[Sighting]:
    for standing in releases(log, realm):
        offer = standing.offer
        names = {offer.what, str(offer.release_id), *(piece.entry_id for piece in offer.pieces)}
        if standing.bundle_number is not None and about.holds(names):
            yield from (_released(standing, about, moment) for moment in standing.moments if _tells(moment))


def _tells(moment: ReleaseMoment) -> bool:
    return moment.step in (ReleaseStep.SEND, ReleaseStep.RECEIVE)


def _released(standing: ReleaseStanding, about: _About, moment: ReleaseMoment) -> Sighting:
    offer = standing.offer
    told = [piece.names for piece in offer.pieces if piece.entry_id in about.entry_ids] or [
        piece.names for piece in offer.pieces
    ]
    went = moment.step == ReleaseStep.SEND
    return Sighting(
        entry_sequence=moment.entry_sequence,
        at_tai_ns=moment.at_tai_ns,
        who=offer.recipient,
        how=How.RELEASE if went else How.RECEIVED,
        told=f"{offer.release_id}, bundle {standing.bundle_number}",
        what=offer.what,
        fields=tuple(sorted({name for names in told for name in names})),
        precision=offer.precision,
        policy_digest=moment.ruling.policy_digest if moment.ruling else "",
    )


def _by_dossier(log: EvidenceLog, about: _About, realm: Realm) -> Iterator[Sighting]:
    for kept in log.entries(realm, kinds={EntryKind.DOSSIER}):
        shown = _shown(kept.entry)
        of_it = [told for entry_id, told in shown.items() if entry_id in about.entry_ids]
        names = sorted({name for told in of_it for name in told})
        if names:
            yield Sighting(
                entry_sequence=kept.sequence,
                at_tai_ns=kept.entry.at_tai_ns,
                who=kept.entry.text("recipient"),
                how=How.DOSSIER,
                told=kept.entry.text("dossier_id"),
                what=kept.entry.subject,
                fields=tuple(names),
            )


def _shown(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return what a copy of a dossier shows of each entry."""
    value = entry.value("shown")
    pairs = value if isinstance(value, tuple) else ()
    rows = [tuple(map(str, one)) for one in pairs if isinstance(one, tuple)]
    return {row[0]: row[1:] for row in rows}


def _by_letter(log: EvidenceLog, about: _About, realm: Realm) -> Iterator[Sighting]:
    """Yield the letters that arrived and were carried by what is asked after."""
    written: dict[tuple[str, str], KeptEntry] = {}
    for kept in log.entries(realm, kinds={EntryKind.NOTICE}):
        entry, key = kept.entry, (kept.entry.subject, kept.entry.text("key"))
        if entry.text("act") == DRAFT:
            written[key] = kept
        draft = written.get(key)
        if draft is None or entry.text("act") != NoticeStep.ARRIVE:
            continue
        carried = draft.entry.value("carried_by")
        if about.holds({str(name) for name in carried} if isinstance(carried, tuple) else ()):
            yield Sighting(
                entry_sequence=kept.sequence,
                at_tai_ns=entry.at_tai_ns,
                who=draft.entry.text("role"),
                how=How.LETTER,
                told=draft.entry.text("key"),
                what=entry.subject,
                fields=("text",),
            )


def _by_access(log: EvidenceLog, about: _About, realm: Realm) -> Iterator[Sighting]:
    # Who looked before it was said cannot have seen it.
    first = min((read_entry_id(name) for name in about.entry_ids), default=0)
    for kept in log.entries(realm, kinds={EntryKind.ACCESS}, first=first):
        thing, subject = kept.entry.text("thing"), kept.entry.text("about")
        is_of_it = about.name in thing.replace(",", " ").split()
        if is_of_it or (subject == about.subject and not ENTRY_ID.search(thing.partition(" as of ")[0])):
            yield Sighting(
                entry_sequence=kept.sequence,
                at_tai_ns=kept.entry.at_tai_ns,
                who=kept.entry.actor,
                how=How.ACCESS,
                told=thing,
                what=subject,
            )
