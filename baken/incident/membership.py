"""Who belongs to an incident: events, objects and pieces of evidence, which join and may leave again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baken.errors import UnreadableInput
from baken.records.evidence import Entry, EntryKind, KeptEntry

# What joins is named by one of these.
NAMED_BY = ("event_id", "entry_id", "object_id")
LEAVES = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What belongs to an incident now, in the order in which it joined."""

    event_ids: tuple[str, ...] = ()
    entry_ids: tuple[str, ...] = ()
    object_ids: tuple[str, ...] = ()


def members_of(entries: Sequence[KeptEntry]) -> Members:
    """Return what belongs to an incident after all that joined and left.

    The objects of an event come and go with it.
    Raises: UnreadableInput that names an entry by which nothing joins, or leaves what was not there; the
    latter only where whoever let it go saw all that joined and left.
    """
    joined: dict[tuple[str, str], Entry] = {}
    told = sorted((kept for kept in entries if kept.entry.kind is EntryKind.JOINED), key=_place)
    for n_told in range(1, len(told) + 1):
        _follow(joined, told[:n_told])
    return Members(
        event_ids=_named("event_id", joined),
        entry_ids=_named("entry_id", joined),
        object_ids=tuple(dict.fromkeys(each for entry in joined.values() for each in objects_of(entry))),
    )


def have_unlike_labels(told: Iterable[KeptEntry]) -> bool:
    """Say whether somebody may see some of what happened, and not all of it."""
    return len({kept.marking.whole for kept in told}) > 1


def _place(kept: KeptEntry) -> int:
    return kept.sequence


def _follow(joined: dict[tuple[str, str], Entry], told: Sequence[KeptEntry]) -> None:
    kept = told[-1]
    named = [(name, kept.entry.text(name)) for name in NAMED_BY if kept.entry.text(name)]
    if len(named) != 1:
        raise UnreadableInput(f"{kept.entry_id} names not one thing that joins or leaves but {len(named)}")
    if kept.entry.text("act") != LEAVES:
        joined[named[0]] = kept.entry
    elif joined.pop(named[0], None) is None and not have_unlike_labels(told):
        raise UnreadableInput(f"{kept.entry_id}: {named[0][1]} leaves, and was not there")


def _named(name: str, joined: dict[tuple[str, str], Entry]) -> tuple[str, ...]:
    return tuple(value for by, value in joined if by == name)


def objects_of(entry: Entry) -> tuple[str, ...]:
    """Return the objects that come with what joins."""
    objects = entry.value("object_ids")
    named = map(str, objects) if isinstance(objects, tuple) else ()
    return tuple(each for each in (*named, entry.text("object_id")) if each)
