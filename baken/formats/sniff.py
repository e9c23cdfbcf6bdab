"""What is this, and who reads it?

A format is a module with a ``NAME``, ``sniff`` and ``read``, and ``write`` where it can, listed as an entry
point of the group ``baken.formats``; Baken's own are listed there as a stranger's would be.  Whatever is no
format at all (a page, a refusal, an archive) gets one line that says what it is and what to do.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Iterable
from importlib.metadata import entry_points
from io import BytesIO
from typing import Any, Protocol, cast

from baken.errors import BadMessage, UnreadableInput, WrongUsage
from baken.formats._grammar import shown
from baken.formats._lines import BYTE_ORDER_MARK
from baken.formats.ocm_ephemerides import ephemerides_of
from baken.formats.reading import Reading, Strictness
from baken.records.ephemeris import Ephemeris
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet
from baken.records.orbit_message import OrbitMessage

GROUP = "baken.formats"
HEAD_LENGTH = 4096  # bytes; enough for Space-Track's header and for a page's title
MAX_UNPACKED_LENGTH = 2**30  # bytes; a hundred times a whole catalogue, less than a machine's memory
GZIP = b"\x1f\x8b"
# What people call a format when any of its dresses will do.
SHORT_NAMES = {
    "tle": "3le",
    "2le": "3le",
    **{message: f"{message}-kvn" for message in ("omm", "oem", "cdm", "ocm", "opm", "rdm", "tdm")},
    "ndm": "ndm-xml",
}
FETCH_ANEW = "fetch it anew"
Write = Callable[[Iterable[Any]], bytes]


class Format(Protocol):
    """What a format's module offers."""

    NAME: str

    def sniff(self, head: bytes) -> bool:
        """Tell whether a content that begins like this is of this format."""

    def read(
        self, content: bytes, *, strictness: Strictness, realm: Realm, marking: Marking, lineage: Lineage
    ) -> Reading[Any]:
        """Read a content of this format."""


# --- What Baken reads ------------------------------------------------------------------------------------


def known_formats() -> dict[str, Format]:
    """Return every format that is installed, by its name, in order of name."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: cast(Format, point.load()) for point in found}


def format_of(content: bytes) -> Format:
    """Return the format that an unpacked content begins like; of several, the first by name.

    Raises: UnreadableInput saying what the content is instead; BadMessage for XML with another root.
    """
    head = content[:HEAD_LENGTH]
    claimant = format_that_claims(head)
    if claimant is not None:
        return claimant
    _refuse_unread_root(head)
    raise UnreadableInput(what_it_is(head) or _of_no_format(head, known_formats()))


def format_that_claims(head: bytes) -> Format | None:
    """Return the format that says a content which begins like this is its own, or None when none does."""
    return next((known for known in known_formats().values() if known.sniff(head)), None)


def format_named(name: str) -> Format:
    """Return the format of this name.

    Raises: WrongUsage when there is none.
    """
    formats = known_formats()
    name = SHORT_NAMES.get(name, name)
    if name not in formats:
        raise WrongUsage(f"there is no format {shown(name)}; the formats are {', '.join(formats)}")
    return formats[name]


def writer_of(name: str) -> Write:
    """Return what writes records in the format of this name.

    Raises: WrongUsage when there is no such format, or it is only read.
    """
    write = getattr(format_named(name), "write", None)
    if write is None:
        able = [other for other, known in known_formats().items() if hasattr(known, "write")]
        raise WrongUsage(f"{name} is read but not written; choose one of {', '.join(able)}")
    return cast(Write, write)


def read_any(
    content: bytes,
    *,
    format_name: str | None = None,
    strictness: Strictness = Strictness.LENIENT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[Any]:
    """Read a content of any format, packed with gzip or not; ``format_name`` ends all guessing.

    Raises: UnreadableInput when nothing in it can be used; WrongUsage when no format has that name.
    """
    named = format_named(format_name) if format_name else None
    content = unpack(content)
    chosen = named or format_of(content)
    try:
        return chosen.read(content, strictness=strictness, realm=realm, marking=marking, lineage=lineage)
    except UnreadableInput as unreadable:
        raise UnreadableInput(what_it_is(content[:HEAD_LENGTH]) or str(unreadable)) from unreadable


def orbits_among(reading: Reading[Any]) -> tuple[ElementSet | Ephemeris, ...]:
    """Return the element sets and ephemerides among the records, those within orbit messages too.

    Raises: UnreadableInput when there are records, and none of them is an orbit.
    """
    records = [one for record in reading.records for one in _opened(record)]
    found = tuple(record for record in records if isinstance(record, ElementSet | Ephemeris))
    if reading.records and not found:
        first = type(reading.records[0]).__name__
        because = getattr(
            reading.records[0], "because", f"its {reading.format_name} holds records of {first}"
        )
        because = next((why for record in reading.records for why in left_behind(record)), because)
        raise UnreadableInput(f"no element sets or ephemerides are in it: {because}")
    return found


def _opened(record: object) -> tuple[object, ...]:
    if not isinstance(record, OrbitMessage):
        return (record,)
    try:
        return ephemerides_of(record)[0]
    except BadMessage:
        return ()


def left_behind(record: object) -> tuple[str, ...]:
    """Say of each trajectory of an orbit message that is no ephemeris why it is none."""
    if not isinstance(record, OrbitMessage):
        return ()
    try:
        return ephemerides_of(record)[1]
    except BadMessage as bad:
        return (bad.problem,)


# --- What it is instead ----------------------------------------------------------------------------------


def unpack(content: bytes, max_length: int = MAX_UNPACKED_LENGTH) -> bytes:
    """Return a content as it was before gzip; one that was not packed, as it is.

    Raises: UnreadableInput when the archive is cut short, damaged, or grows past ``max_length`` bytes.

    >>> unpack(gzip.compress(b"1 25544U")), unpack(b"1 25544U")
    (b'1 25544U', b'1 25544U')
    """
    if not content.startswith(GZIP):
        return content
    try:
        unpacked = gzip.GzipFile(fileobj=BytesIO(content)).read(max_length + 1)
    except EOFError:
        raise UnreadableInput(f"the gzip archive is cut short; {FETCH_ANEW}") from None
    except (OSError, zlib.error) as damage:
        raise UnreadableInput(f"the gzip archive is damaged ({damage}); {FETCH_ANEW}") from None
    if len(unpacked) > max_length:
        raise UnreadableInput(f"the gzip archive grows past {max_length} bytes; unpack and divide it first")
    return unpacked


ARCHIVES = {
    GZIP: "a gzip archive within a gzip archive",
    b"PK\x03\x04": "a ZIP archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"%PDF": "a PDF document",
    b"PAR1": "a Parquet table",
    b"SQLite format 3": "an SQLite database",
}
TAR, TAR_AT = b"ustar", 257  # POSIX.1-2017, pax: the magic of a header block
# What services answer in place of data: CelesTrak, GP data FAQ; Space-Track, API documentation.
ANSWERS = (
    (b"has not updated since your last successful", "use the copy you have, and ask again in two hours"),
    (b"No GP data found", "check the name or number that was asked for"),
    (b"No SupGP data found", "check the name or number that was asked for"),
    (b"NO RESULTS RETURNED", "check what was asked for"),
    (b"Invalid query", "check the address"),
    (b"violated your query rate limit", "wait an hour, and ask less often"),
    (b'"Login":"Failed"', "check the account's name and password"),
)
ROOT_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
TITLE = re.compile(rb"<title[^>]*>([^<]*)<", re.IGNORECASE)
PAGE_BEGINS = (b"<!doctype html", b"<html", b"<head", b"<body")
TAB_LINE_END_AND_ESCAPE = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")


def what_it_is(head: bytes) -> str:
    """Say what a content is that no format will ever claim, and what to do; nothing, when it may be data.

    >>> what_it_is(b"No GP data found")
    'the service answered "No GP data found"; check the name or number that was asked for'
    """
    text = head.removeprefix(BYTE_ORDER_MARK).strip()
    if not text:
        return f"this is empty; {FETCH_ANEW}"
    for begin, kind in ARCHIVES.items():
        if head.startswith(begin):
            return f"this is {kind}; give what is inside it"
    if head[TAR_AT : TAR_AT + len(TAR)] == TAR:
        return "this is a tar archive; give what is inside it"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this is text in UTF-16; save it as UTF-8"
    if any(byte < 32 and byte not in TAB_LINE_END_AND_ESCAPE for byte in head):
        return "this is binary, and no format that Baken knows; give a text"
    return _page(text) or _answer(text)


def _refuse_unread_root(head: bytes) -> None:
    """Raise for an XML message whose root no reader knows, with the place where it stands."""
    root = ROOT_ELEMENT.search(head)
    if head.lstrip(BYTE_ORDER_MARK + b" \t\r\n").startswith(b"<?xml") and root is not None:
        name = _plain(root[1])
        line = head.count(b"\n", 0, root.start()) + 1
        raise BadMessage(
            f"the root element is <{name}>, a message that no reader here knows", line=line, field=name
        )


def _page(text: bytes) -> str:
    if not text[:200].lower().startswith(PAGE_BEGINS):
        return ""
    title = TITLE.search(text)
    named = f" titled {shown(_plain(title[1]))}" if title else ""
    is_login = any(word in text.lower() for word in (b"password", b"log in", b"login"))
    next_step = "log in" if is_login else "check the address"
    return f"this is a web page{named}, not data; {next_step} and {FETCH_ANEW}"


def _answer(text: bytes) -> str:
    for said, next_step in ANSWERS:
        if said in text.replace(b'": "', b'":"') and len(text) < HEAD_LENGTH:
            line = text.splitlines()[0]
            return f'the service answered "{shown(_plain(line), 80)[1:-1]}"; {next_step}'
    return ""


def _plain(text: bytes) -> str:
    return " ".join(text.decode("utf-8", "replace").split())


def _of_no_format(head: bytes, formats: Iterable[str]) -> str:
    begin = shown(_plain(head.removeprefix(BYTE_ORDER_MARK)[:200]))
    return f"this is of no known format: it begins {begin}; name one with --format: {', '.join(formats)}"
