"""All that was said of an incident, in order: nothing is taken away, and what was written anew says so."""

from collections.abc import Sequence

from baken.errors import UnreadableInput
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.incident import Moment

# The fields that tell most of an entry, in the order in which they are told.
TELLING = (
    *(
        "title",
        "act",
        "measure_id",
        "outcome",
        "decider",
        "step",
        "event_id",
        "entry_id",
        "object_id",
        "name",
        "value",
        "text",
    ),
    *("piece", "reliability", "credibility", "hypothesis_id", "fit", "likelihood", "confidence"),
    *("state", "organ", "wording", "because"),
)


def timeline_of(entries: Sequence[KeptEntry]) -> tuple[Moment, ...]:
    """Return a moment for each entry, in order of place.

    Raises: UnreadableInput that names a note which replaces none of the notes before it.
    """
    told = sorted(entries, key=lambda kept: kept.sequence)
    newer = _replaced(told)
    return tuple(
        Moment(
            at_tai_ns=kept.entry.at_tai_ns,
            kind=kept.entry.kind.value,
            actor=kept.entry.actor,
            text=_text(kept.entry),
            entry_sequence=kept.sequence,
            replaced_by=newer.get(kept.entry_id, ""),
            marking=kept.marking,
            said=tuple((name, kept.entry.text(name)) for name in TELLING if kept.entry.text(name)),
        )
        for kept in told
    )


def _replaced(told: Sequence[KeptEntry]) -> dict[str, str]:
    """Return which note stands in place of which."""
    notes: set[str] = set()
    newer: dict[str, str] = {}
    for kept in (each for each in told if each.entry.kind is EntryKind.NOTE):
        older = kept.entry.text("replaces")
        if older and older not in notes:
            raise UnreadableInput(
                f"{kept.entry_id} replaces {older}, which is no earlier note of this incident"
            )
        if older:
            newer[older] = kept.entry_id
        notes.add(kept.entry_id)
    return newer


def _text(entry: Entry) -> str:
    """Return the words of an entry that tell most, as they were said."""
    said = " ".join(entry.text(name) for name in TELLING[:-1] if entry.text(name))
    because = entry.text("because")
    return f"{said}: {because}" if because and said else said or because
