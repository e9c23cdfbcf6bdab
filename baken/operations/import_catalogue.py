"""Import catalogues: read what stood in files, keep every opinion, say what could not be taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeAlias

from baken.errors import BadMessage, RefusedByPolicy, WrongUsage
from baken.formats.label_comments import marking_of, without_labels
from baken.formats.message import KeptDocument, KeptMessage
from baken.formats.reading import Reading, Rejection, Strictness
from baken.formats.realm_word import REALM_KEYWORD, REALM_KEYWORDS
from baken.formats.sniff import left_behind, orbits_among, read_any
from baken.operations.ports import Added, ImportedFile, Store
from baken.records.catalogue import Catalogue
from baken.records.ephemeris import Ephemeris
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet
from baken.records.orbit_message import OrbitMessage

Orbit: TypeAlias = ElementSet | Ephemeris

READ_AS_PUBLISHED = "read as published"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedContent:
    """What stood in one file, and the file's name."""

    name: str
    content: bytes

    @property
    def source(self) -> Source:
        """The file as what is read from it names it: without its folders, which are another's elsewhere."""
        return Source(name=PurePath(self.name).name, digest=digest_of_bytes(self.content))


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
    """One file after reading: the orbits in it with their lineage, and what was turned down."""

    file: ImportedFile
    reading: Reading[Orbit]

    @property
    def element_sets(self) -> tuple[ElementSet, ...]:
        return tuple(orbit for orbit in self.reading.records if isinstance(orbit, ElementSet))

    @property
    def ephemerides(self) -> tuple[Ephemeris, ...]:
        return tuple(orbit for orbit in self.reading.records if isinstance(orbit, Ephemeris))


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
    """Read one file of element sets or ephemerides and sign each with where it came from.

    Raises: UnreadableInput when nothing in it can be used.
    """
    lineage = Lineage(sources=(given.source,), method=READ_AS_PUBLISHED)
    reading = read_any(
        given.content,
        format_name=format_name,
        strictness=strictness,
        realm=provenance.realm or Realm.REAL,
        marking=provenance.marking,
        lineage=lineage,
    )
    orbits = orbits_among(reading)
    realm = realm_of(orbits, provenance.realm)
    rejected = (*reading.rejected, *_of_no_use(reading))
    n_read = max(reading.n_read, len(orbits) + len(rejected))  # one message may hold several orbits
    return ReadFile(
        file=ImportedFile(
            name=given.name, digest=given.source.digest, n_read=n_read, n_rejected=len(rejected)
        ),
        reading=replace(
            reading,
            records=tuple(_signed(orbit, provenance.source, realm) for orbit in orbits),
            rejected=rejected,
        ),
    )


def _of_no_use(reading: Reading[object]) -> Iterator[Rejection]:
    """Yield what could be read and is no orbit that a catalogue can hold."""
    for record in reading.records:
        if isinstance(record, KeptMessage):
            yield Rejection(record.message.line, record.message.kind, record.because)
        elif isinstance(record, KeptDocument):
            yield Rejection(0, record.kind, record.because)
        elif not isinstance(record, Orbit | OrbitMessage):
            yield Rejection(0, type(record).__name__, "is no orbit, and a catalogue holds nothing else")
        for because in left_behind(record):
            yield Rejection(0, "TRAJ_START", because)


def _signed(orbit: Orbit, source: str, realm: Realm) -> Orbit:
    """Return an orbit with what a file says of it besides: whose it is, of which world, and its label."""
    originator = orbit.originator or source
    comments = without_labels(orbit.comments)
    if (originator, realm, comments) == (orbit.originator, orbit.realm, orbit.comments):
        return orbit
    marking = marking_of(orbit.comments, orbit.marking)
    return replace(orbit, originator=originator, realm=realm, comments=comments, marking=marking)


def import_catalogue(
    store: Store, files: Iterable[ReadFile], provenance: Provenance, *, at_tai_ns: int, strict: bool
) -> tuple[Imported, ...]:
    """Keep what was read, a file at a time; under ``strict`` none of a file with a rejected record."""
    return tuple(_keep(store, read, provenance, at_tai_ns=at_tai_ns, strict=strict) for read in files)


def _keep(store: Store, read: ReadFile, provenance: Provenance, *, at_tai_ns: int, strict: bool) -> Imported:
    refused = strict and bool(read.reading.rejected)
    return Imported(
        file=read.file,
        format_name=read.reading.format_name,
        rejected=read.reading.rejected,
        added=None if refused else _added(store, read, provenance.source, at_tai_ns),
    )


def _added(store: Store, read: ReadFile, source: str, at_tai_ns: int) -> Added:
    """Keep a file: one kind of orbit is one transaction; a combined message may hold both kinds."""
    if any(ephemeris.is_hypothetical for ephemeris in read.ephemerides):
        raise RefusedByPolicy(
            f"{read.file.name}: it says it is HYPOTHETICAL, and what-ifs are never kept beside what flies; "
            "look at it with 'baken screen --ephemeris'"
        )
    if not read.ephemerides:
        return store.add_element_sets(read.element_sets, source=source, at_tai_ns=at_tai_ns, file=read.file)
    tables = store.add_ephemerides(read.ephemerides, source=source, at_tai_ns=at_tai_ns, file=read.file)
    if not read.element_sets:
        return tables
    sets = store.add_element_sets(read.element_sets, source=source, at_tai_ns=at_tai_ns)
    return Added(
        objects_new=tables.objects_new + sets.objects_new,
        element_sets_new=sets.element_sets_new,
        ephemerides_new=tables.ephemerides_new,
        already_known=tables.already_known + sets.already_known,
        conflicts=(*tables.conflicts, *sets.conflicts),
    )


def catalogue_of(files: Iterable[ReadFile]) -> Catalogue:
    """Lay the element sets that were read side by side, without keeping them anywhere.

    Raises: WrongUsage when a file holds ephemerides, which no watch over it would see.
    """
    read = tuple(files)
    for one in read:
        if one.ephemerides:
            raise WrongUsage(
                f"{one.file.name}: it holds ephemerides, and only element sets are screened as yet; "
                "keep it with 'baken catalogue import', and screen a file of element sets"
            )
    return Catalogue(element_sets=tuple(element_set for one in read for element_set in one.element_sets))


def realm_of(orbits: Iterable[Orbit], said: Realm | None) -> Realm:
    """Return the world a file speaks of: what its orbits carry, and nothing said about it may contradict.

    Raises: BadMessage when a file speaks of two worlds, of one that is none of the four, or of another one
    than is said.
    """
    carried = {_realm_carried(orbit) for orbit in orbits}
    if strange := sorted(carried - set(Realm)):
        raise BadMessage(
            f"there is no realm {strange[0]!r}", field=REALM_KEYWORD, next_step=f"write {', '.join(Realm)}"
        )
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


def _realm_carried(orbit: Orbit) -> str:
    others = dict(orbit.other_fields)
    carried = next((others[keyword] for keyword in REALM_KEYWORDS if keyword in others), None)
    if carried is None and isinstance(orbit, Ephemeris):
        comments = (*orbit.header_comments, *orbit.metadata_comments, *orbit.comments)
        parted = (comment.partition("=") for comment in comments)
        carried = next((text.strip() for word, _, text in parted if word.strip() == REALM_KEYWORD), None)
    return Realm.REAL.value if carried is None else carried
