"""Import catalogues: read what stood in files, keep every opinion, say what could not be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from baken.errors import BadMessage
from baken.formats.reading import Reading, Rejection, Strictness
from baken.formats.sniff import element_sets_of, read_any
from baken.operations.ports import Added, ImportedFile, Store
from baken.records.catalogue import Catalogue
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

# What a file carries so that an invented sky never passes for the real one; OMM's own way to add a word.
REALM_KEYWORD = "USER_DEFINED_BAKEN_REALM"
READ_AS_PUBLISHED = "element sets as published"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedContent:
    """What stood in one file, and the file's name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What is said once of everything that is read in one go.

    ``realm`` is the world the reader says the file speaks of; nothing leaves it to the file, and a file that
    does not say speaks of the real one.
    """

    source: str = ""
    realm: Realm | None = None
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
    digest = digest_of_bytes(given.content)
    lineage = Lineage(sources=(Source(name=given.name, digest=digest),), method=READ_AS_PUBLISHED)
    reading = read_any(
        given.content,
        format_name=format_name,
        strictness=strictness,
        realm=provenance.realm or Realm.REAL,
        marking=provenance.marking,
        lineage=lineage,
    )
    found = element_sets_of(reading)
    realm = realm_of(found, provenance.realm)
    signed = tuple(_signed(element_set, provenance.source, realm) for element_set in found)
    return ReadFile(
        file=ImportedFile(
            name=given.name, digest=digest, n_read=reading.n_read, n_rejected=len(reading.rejected)
        ),
        reading=replace(reading, records=signed),
    )


def _signed(element_set: ElementSet, source: str, realm: Realm) -> ElementSet:
    originator = element_set.originator or source
    if (originator, realm) == (element_set.originator, element_set.realm):
        return element_set
    return replace(element_set, originator=originator, realm=realm)


def import_catalogue(
    store: Store, files: Iterable[ReadFile], provenance: Provenance, *, at_tai_ns: int, strict: bool
) -> tuple[Imported, ...]:
    """Keep what was read, a file at a time; under ``strict`` none of a file with a rejected record."""
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


def realm_of(element_sets: Iterable[ElementSet], said: Realm | None) -> Realm:
    """Return the world a file speaks of: what its sets carry, and what is said about it must not contradict.

    Raises: BadMessage when a file speaks of two worlds, or of another one than is said.
    """
    carried = {dict(es.other_fields).get(REALM_KEYWORD, Realm.REAL.value) for es in element_sets}
    if len(carried) > 1:
        raise BadMessage(
            f"speaks of several worlds at once ({', '.join(sorted(carried))})",
            field=REALM_KEYWORD,
            next_step="split the file by realm",
        )
    in_file = Realm(carried.pop()) if carried else Realm.REAL
    if said not in (None, in_file) and in_file is not Realm.REAL:
        raise BadMessage(
            f"the file says {in_file}, not {said}", field=REALM_KEYWORD, next_step="leave --realm out"
        )
    return said or in_file
