"""Messages of several kinds in one document: the combined navigation data message.

Each constituent is read by the format that claims its element, asked of the registry as for a document of its
own.  One that no format claims is kept whole, with the reason; so is what the wrapper says of itself.

Source: CCSDS 505.0-B-3, 4.11.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lxml import etree

from baken.errors import UnreadableInput
from baken.formats import _xml
from baken.formats._xml import COMMENT, MANY, MESSAGE_ROOTS, line_of, local_name
from baken.formats.message import (
    Entry,
    KeptDocument,
    KeptMessage,
    Message,
    NoRoom,
    Section,
    no_room,
    tell,
)
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.formats.sniff import Format, Write, format_that_claims, known_formats
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NAME = "ndm-xml"
KIND = "NDM"
MESSAGE_ID = "MESSAGE_ID"
WORDS = (MESSAGE_ID, COMMENT)
DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
WRAPPER = re.compile(rb"<ndm\b[^>]*?(/?)>")
OF_A_ROOT = (
    f' xmlns:xsi="{_xml.SCHEMA_INSTANCE}"'.encode(),
    f' xsi:noNamespaceSchemaLocation="{_xml.SCHEMA}"'.encode(),
)
MAX_KEPT_LENGTH = 2_000_000  # bytes of one message that nobody reads here


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"<ndm><COMMENT>of several kinds</COMMENT>")
    True
    """
    return _xml.begins_with(head, MANY)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[Any]:
    """Read every message of a document by the format that knows it.

    A document of one kind gives what that kind's own format gives, under its name.  Of several kinds, the
    records stand by kind, in the order in which each first appears.

    Raises: UnreadableInput when it is no sound XML, or a message that nobody reads is too long to keep.
    """
    combined = _combined(content)
    readings = [
        known.read(content, strictness=strictness, realm=realm, marking=marking, lineage=lineage)
        for known in combined.readers()
    ]
    if len(readings) == 1 and not combined.kept and not combined.faults:
        return readings[0]
    own = _own(combined, strictness)
    told: list[Deviation] = []
    tell(told, [fault for reading in (own, *readings) for fault in reading.deviations])
    return Reading(
        format_name=NAME,
        records=tuple(record for reading in (own, *readings) for record in reading.records),
        rejected=tuple(
            sorted((one for r in (own, *readings) for one in r.rejected), key=lambda one: one.line)
        ),
        deviations=tuple(sorted(told, key=lambda one: one.line)),
    )


def write(records: Iterable[Any]) -> bytes:
    """Write records of several kinds into one document, each by the format that has room for it.

    Raises: WrongUsage for a record that no format in XML can write.
    """
    words: list[bytes] = []
    messages: list[bytes] = []
    for write_group, group in groupby(records, key=_Writers().of):
        # What the wrapper says of itself stands before all messages.
        (words if write_group is _words_again else messages).append(_inner(write_group(list(group))))
    wrapper = _xml.printed(etree.Element(MANY)).rstrip()
    return b"\n".join([wrapper.removesuffix(b"/>") + b">", *words, *messages, b"</%s>\n" % MANY.encode()])


def _inner(document: bytes) -> bytes:
    """Return the messages of a printed document as text, without what only a root carries."""
    text = DECLARATION.sub(b"", document, count=1).strip()
    wrapped = WRAPPER.match(text)
    if wrapped is not None:
        text = b"" if wrapped[1] else text[wrapped.end() : text.rindex(b"</")].strip(b"\r\n")
    for said_by_the_wrapper in OF_A_ROOT:
        text = text.replace(said_by_the_wrapper, b"", 1)
    return text


# --- What a document holds -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Combined:
    """What a document holds: who reads it, what nobody reads, and what has no place in it."""

    formats: dict[str, Format | None] = field(default_factory=dict)
    kept: list[KeptDocument | KeptMessage] = field(default_factory=list)
    words: list[Entry] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)

    def readers(self) -> list[Format]:
        return [known for known in self.formats.values() if known is not None]

    def meet(self, name: str) -> bool:
        """Say whether a format reads the messages of this name, having asked once."""
        if name in MESSAGE_ROOTS and name not in self.formats:
            self.formats[name] = format_that_claims(f"<{name}>".encode())
        return self.formats.get(name) is not None

    def take(self, element: etree._Element) -> None:
        """Take a child of the wrapper that no format reads."""
        name, line = local_name(element), line_of(element)
        if name in WORDS:
            self._take_word(element)
        elif name not in MESSAGE_ROOTS:
            self.faults.append(Deviation(line, name, f"has no place in <{MANY}>"))
        else:
            keyword = f"CCSDS_{name.upper()}_VERS"
            if element.get("id") != keyword:
                self.faults.append(Deviation(line, name, f'must carry id="{keyword}"'))
            because = f"line {line}: nobody here reads <{name}>; it is kept as it stands"
            content = etree.tostring(element, with_tail=False, encoding="UTF-8")
            self.kept.append(KeptDocument(kind=name.upper(), content=content, because=because))

    def _take_word(self, element: etree._Element) -> None:
        name, line = local_name(element), line_of(element)
        if self.formats or (name == MESSAGE_ID and self.words):
            self.faults.append(
                Deviation(line, name, "belongs before all messages, and MESSAGE_ID before all")
            )
        text = _xml.comment_text(element) if name == COMMENT else _xml.one_line(element.text)
        self.words.append(Entry(name, text, line))


def _combined(content: bytes) -> _Combined:
    """Go through a document once, and let go of everything that a format will read.

    Raises: UnreadableInput when it is no sound XML, or a message that nobody reads is too long to keep.
    """
    combined, depth, is_read, closed_at = _Combined(), 0, False, 0
    for at, event, element in _xml.parts(content, _xml.pull_parser("start", "end")):
        if element is None:
            if at - closed_at > MAX_KEPT_LENGTH and not is_read:
                raise UnreadableInput(
                    f"byte {at}: nobody here reads this message, and it is too long to keep"
                )
        elif event == "start":
            depth += 1
            if depth == 2:
                is_read, closed_at = combined.meet(local_name(element)), at
        else:
            depth -= 1
            if depth == 1 and not is_read and local_name(element):
                combined.take(element)
            if depth == 0:
                _xml.note_stray_text(element, combined.faults)
            if depth == 1 and (before := element.getprevious()) is not None:
                _xml.note_words_after(before, combined.faults)
            if depth == 1 or is_read:
                _xml.let_go(element)
            closed_at = at if depth == 1 else closed_at
    return combined


def _own(combined: _Combined, strictness: Strictness) -> Reading[KeptDocument | KeptMessage]:
    """Return what is not a format's: strictly, nothing of it where anything has no place."""
    faults = combined.faults
    is_condemned = bool(faults) and strictness is Strictness.STRICT
    return Reading(
        format_name=NAME,
        records=() if is_condemned else (*_words(combined.words), *combined.kept),
        rejected=tuple(Rejection(one.line, one.keyword, one.message) for one in faults)
        if is_condemned
        else (),
        deviations=tuple(faults),
    )


def _words(words: list[Entry]) -> Iterator[KeptMessage]:
    if words:
        comments = tuple(entry.text for entry in words if entry.keyword == COMMENT)
        entries = tuple(entry for entry in words if entry.keyword != COMMENT)
        header = Section("header", entries, comments, words[0].line)
        message = Message(kind=KIND, version="", sections=(header,), line=header.line)
        yield KeptMessage(message, "these are words on the messages beside them")


# --- Who writes what -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writers:
    """Who writes a record, found out by asking, once for each kind."""

    known: dict[object, Write] = field(default_factory=dict)

    def of(self, record: Any) -> Write:
        kind = record.message.kind if isinstance(record, KeptMessage) else type(record)
        if kind not in self.known:
            self.known[kind] = _writer_of(record)
        return self.known[kind]


def _writer_of(record: Any) -> Write:
    if isinstance(record, KeptDocument):
        return _documents
    if isinstance(record, KeptMessage) and record.message.kind == KIND:
        return _words_again
    for name, known in known_formats().items():
        write_one: Callable[[Iterable[Any]], bytes] | None = getattr(known, "write", None)
        if name == NAME or not name.endswith("-xml") or write_one is None:
            continue
        try:
            write_one([record])
        except NoRoom:
            continue
        return write_one
    raise no_room(record, NAME)


def _documents(kept: Iterable[KeptDocument]) -> bytes:
    contents = b"".join(DECLARATION.sub(b"", one.content, count=1) for one in kept)
    return b"<%s>%s</%s>" % (MANY.encode(), contents, MANY.encode())


def _words_again(kept: Iterable[KeptMessage]) -> bytes:
    top = etree.Element(MANY)
    for message in (one.message for one in kept):
        for entry in message.entries():
            etree.SubElement(top, entry.keyword).text = entry.text
        for comment in message.comments:
            etree.SubElement(top, COMMENT).text = comment
    return etree.tostring(top)
