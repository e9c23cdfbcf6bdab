"""Import catalogues: read what stood in files, keep every opinion, say what could not be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from baken.formats.reading import Reading, Rejection, Strictness
from baken.formats.sniff import element_sets_of, read_any
from baken.operations.ports import Added, ImportedFile, Store
from baken.records.catalogue import Catalogue
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

READ_AS_PUBLISHED = "element sets as published"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedContent:
    """What stood in one file, and the file's name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What is said once of everything that is read in one go."""

    source: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """One file after reading: its element sets with their lineage, and what was turned down."""

    file: ImportedFile
    reading: Reading[ElementSet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One file after keeping: what it held and what it changed.  ``added`` is nothing when it was refused."""

    file: ImportedFile
    format_name: str
    rejected: tuple[Rejection, ...]
    added: Added | None


def read_catalogue(
    given: NamedContent,
    provenance: Provenance,
    *,
    format_name: str | None = None,
    strictness: Strictness = Strictness.LENIENT,
) -> ReadFile:
    """Read one file of element sets and sign each with where it came from.

    Raises: UnreadableInput when nothing in it can be used.
    """
    reading = read_any(given.content, format_name=format_name, strictness=strictness)
    digest = digest_of_bytes(given.content)
    lineage = Lineage(sources=(Source(name=given.name, digest=digest),), method=READ_AS_PUBLISHED)
    signed = tuple(
        replace(
            element_set,
            originator=element_set.originator or provenance.source,
            realm=provenance.realm,
            marking=provenance.marking,
            lineage=lineage,
        )
        for element_set in element_sets_of(reading)
    )
    return ReadFile(
        file=ImportedFile(name=given.name, digest=digest, n_read=reading.n_read, n_rejected=len(reading.rejected)),
        reading=replace(reading, records=signed),
    )


def import_catalogue(
    store: Store, files: Iterable[ReadFile], provenance: Provenance, *, at_tai_ns: int, strict: bool
) -> tuple[Imported, ...]:
    """Keep what was read, a file at a time; under ``strict`` a file with a rejected record is not kept at all."""
    return tuple(_keep(store, read, provenance, at_tai_ns=at_tai_ns, strict=strict) for read in files)


def _keep(store: Store, read: ReadFile, provenance: Provenance, *, at_tai_ns: int, strict: bool) -> Imported:
    refused = strict and bool(read.reading.rejected)
    added = None
    if not refused:
        added = store.add_element_sets(
            read.reading.records, source=provenance.source, at_tai_ns=at_tai_ns, file=read.file
        )
    return Imported(
        file=read.file, format_name=read.reading.format_name, rejected=read.reading.rejected, added=added
    )


def catalogue_of(files: Iterable[ReadFile]) -> Catalogue:
    """Lay what was read side by side, without keeping it anywhere."""
    return Catalogue(element_sets=tuple(es for read in files for es in read.reading.records))
