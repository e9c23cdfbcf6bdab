"""Give an entry another label: an entry of its own says so, by whom and why, and the first never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from baken.errors import RefusedByPolicy, WrongUsage
from baken.operations.desk import Desk, has_what_its_label_names
from baken.operations.evidence_ports import EvidenceLog, Seen
from baken.records.evidence import EntryKind, KeptEntry, read_entry_id
from baken.records.marking import OWNER_ONLY, Marking, Realm, strictest
from baken.records.marking_forms import marking_fields, marking_from_fields
from baken.share.label import allows_no_more, lowered

# Every change of a label stands under this subject.
LABELS = "labels"
KINDS = frozenset({EntryKind.POLICY})
BEFORE, AFTER = "before_", "after_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabelled:
    """A change of a label: what it was, what it is, and the entry that tells of it."""

    entry_id: str
    before: Marking
    after: Marking
    told: KeptEntry


def relabel(
    desk: Desk,
    kept: KeptEntry,
    to: Marking,
    *,
    node: str,
    because: str,
    consents: frozenset[str] = frozenset(),
) -> Relabelled:
    """Give an entry another label.  ``consents`` are the originators, besides this node, who agreed to it.

    That it was done stands under both labels, and under what whoever did it asks besides.
    Raises: RefusedByPolicy when somebody who has a say in it has not consented; WrongUsage without a reason,
    for the consent of somebody who is not asked, and for the label there is; Overtaken.
    """
    realm = kept.entry.realm
    told = _told(desk.log, realm)
    first = kept.entry.marking
    before = _changes(told, {kept.sequence: first}).get(kept.sequence, first)
    if not because.strip():
        raise WrongUsage("a label changes for a reason; give --because")
    strangers = consents - before.whole.originators
    if strangers:
        raise WrongUsage(
            f"{', '.join(sorted(strangers))} has no say in {kept.entry_id}; "
            f"who has: {', '.join(sorted(before.whole.originators)) or node}"
        )
    if to == before:
        raise WrongUsage(f"{kept.entry_id} has this label already: {before.text}")
    has_what_its_label_names(replace(kept.entry, marking=to))
    after = lowered(before, to, node, consents)
    how = "asks more" if allows_no_more(after, before) else "asks less"
    said = desk.entry(
        EntryKind.POLICY,
        LABELS,
        realm,
        ("title", f"the label of {kept.entry_id} {how}"),
        ("entry_id", kept.entry_id),
        ("by", node),
        ("consents", tuple(sorted(consents))),
        ("because", because.strip()),
        *marking_fields(before, BEFORE),
        *marking_fields(after, AFTER),
        marking=strictest(frozenset({before, after, desk.marking})),
    )
    (entry,) = desk.keep(said, seen=Seen(subject=LABELS, n_entries=len(told)))
    return Relabelled(entry_id=kept.entry_id, before=before, after=after, told=entry)


def with_standing_labels(log: EvidenceLog, realm: Realm, kept: Sequence[KeptEntry]) -> tuple[KeptEntry, ...]:
    """Return entries of a log with the labels that stand."""
    told = _told(log, realm)
    if not told:
        return tuple(kept)
    changes = _changes(told, {one.sequence: one.entry.marking for one in kept})
    return tuple(
        replace(one, relabelled=changes[one.sequence]) if one.sequence in changes else one for one in kept
    )


def _told(log: EvidenceLog, realm: Realm) -> tuple[KeptEntry, ...]:
    return log.entries(realm, subject=LABELS, kinds=KINDS)


def _changes(told: Sequence[KeptEntry], first: Mapping[int, Marking]) -> dict[int, Marking]:
    """Follow what was told of labels; what the rule does not allow changes nothing, whoever wrote it."""
    changes: dict[int, Marking] = {}
    for kept in told:
        sequence = _about(kept)
        if sequence in first:
            changes[sequence] = _changed(changes.get(sequence, first[sequence]), kept)
    return changes


def _about(told: KeptEntry) -> int:
    try:
        return read_entry_id(told.entry.text("entry_id"))
    except ValueError:
        return -1


def _changed(before: Marking, told: KeptEntry) -> Marking:
    entry, consents = told.entry, told.entry.value("consents")
    try:
        after = _with_unseen_fields(before, told, marking_from_fields(dict(entry.fields), AFTER))
    except (KeyError, TypeError, ValueError):
        # A label nobody can read any more lets nobody in.
        return strictest(frozenset({before, OWNER_ONLY}))
    try:
        agreed = frozenset(map(str, consents)) if isinstance(consents, tuple) else frozenset()
        return lowered(before, after, entry.text("by"), agreed)
    except RefusedByPolicy:
        return before


def _with_unseen_fields(before: Marking, told: KeptEntry, after: Marking) -> Marking:
    """Return a label with those of the fields that whoever gave it could not see: they stay as they were."""
    seen, given = told.entry.value(f"{BEFORE}marking_of_fields"), dict(after.of_fields)
    known = {str(each[0]) for each in seen if isinstance(each, tuple)} if isinstance(seen, tuple) else set()
    for name, label in before.of_fields:
        if name not in known:
            given[name] = strictest(frozenset({label, given.get(name, label)}))
    return replace(after, of_fields=tuple(sorted(given.items(), key=lambda named: named[0])))
