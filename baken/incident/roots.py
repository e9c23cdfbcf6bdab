"""Where pieces of evidence come from: what shares a root is one voice, however often it is heard."""

from collections.abc import Iterable, Mapping

from baken.records.evidence import Entry, KeptEntry, entry_id_of


def roots_of(evidence: Iterable[KeptEntry], groups: Mapping[int, str]) -> Mapping[int, str]:
    """Return the root of each piece, by its place in the log: the name of the first piece that shares it.

    Pieces share a root when somebody said so (``groups``), when they are the same bytes, when they were made
    from the same bytes, or when one says that it was derived from the other (the field ``derived_from``), in
    however many steps.  Two reports that rest on each other so become one.
    """
    pieces = sorted(evidence, key=lambda kept: kept.sequence)
    parent = {kept.sequence: kept.sequence for kept in pieces}
    bearer: dict[str, int] = {}
    for kept in pieces:
        for mark in (*_marks(kept.entry), entry_id_of(kept.sequence), *_group(groups, kept.sequence)):
            _join(parent, kept.sequence, bearer.setdefault(mark, kept.sequence))
    return {sequence: entry_id_of(_top(parent, sequence)) for sequence in parent}


def _group(groups: Mapping[int, str], sequence: int) -> tuple[str, ...]:
    name = groups.get(sequence, "")
    return (f"group {name}",) if name else ()


def _marks(entry: Entry) -> tuple[str, ...]:
    derived_from = entry.value("derived_from")
    named = derived_from if isinstance(derived_from, tuple) else (derived_from,) if derived_from else ()
    content = (entry.content.digest,) if entry.content else ()
    return (*content, *(source.digest for source in entry.lineage.sources), *map(str, named))


def _join(parent: dict[int, int], one: int, other: int) -> None:
    top, other_top = sorted((_top(parent, one), _top(parent, other)))
    parent[other_top] = top


def _top(parent: dict[int, int], sequence: int) -> int:
    while parent[sequence] != sequence:
        sequence = parent[sequence]
    return sequence
