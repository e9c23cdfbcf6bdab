"""The Orbit Ephemeris Message in XML, read element by element in the room its numbers need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree

from baken.formats import _xml, oem
from baken.formats._state_rows import COLUMNS, N_PLAIN, N_WITH_ACCELERATION, StateRows
from baken.formats._xml import COMMENT, line_of, section_from
from baken.formats._xml_rows import DATA, SEGMENT, drafted, is_in, let_go, note_inside, places_in
from baken.formats.message import KeptMessage, Section, judged_section, tell
from baken.formats.oem import MessageDraft, SegmentDraft
from baken.formats.oem_table import COVARIANCE, GRAMMAR, HEADER, METADATA, STATE_VECTOR
from baken.formats.oem_text import (
    UNITS,
    VERSION,
    covariance_sections,
    header_of,
    metadata_of,
    state_words,
    together,
)
from baken.formats.reading import Deviation, Reading, Strictness
from baken.records.ephemeris import Ephemeris
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NAME = "oem-xml"
PLAIN, WITH_ACCELERATION = COLUMNS[:N_PLAIN], COLUMNS[:N_WITH_ACCELERATION]
PARTS_OF_DATA = (COMMENT, STATE_VECTOR.name, COVARIANCE.name)
PLACES = places_in(GRAMMAR, PARTS_OF_DATA)


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"<oem id='CCSDS_OEM_VERS' version='3.0'>")
    True
    """
    return _xml.begins_with(head, GRAMMAR.root)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[Ephemeris | KeptMessage]:
    """Read every segment of every message of a document.

    Raises: UnreadableInput when it is no XML, or there is no message in it.
    """
    provenance = oem.Provenance(realm, marking, lineage)
    return oem.reading(NAME, drafts(content), strictness, provenance)


def drafts(content: bytes) -> Iterator[MessageDraft]:
    """Yield the messages of a document, unjudged."""
    return drafted(content, GRAMMAR, PLACES, _Parts)


@dataclass(slots=True)
class _Parts:
    """One message while its elements close, the inner ones before those they stand in."""

    header: Section = field(default_factory=lambda: Section(HEADER.name, ()))
    segments: list[SegmentDraft] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)
    is_open: bool = False  # a segment has begun and not closed
    furthest: int = 0

    def take(self, name: str, element: etree._Element) -> None:
        if name in PARTS_OF_DATA:
            if is_in(element, DATA):
                self._take_part_of_data(name, element)
            let_go(element, PLACES, self.faults)
        elif name == HEADER.name:
            self.header = section_from(element, HEADER, 0, self.faults)
        elif name == METADATA.name:
            self._take_metadata(element)
        elif name in PLACES:
            note_inside(element, PLACES, self.faults)
            if name == SEGMENT:
                self.is_open = False
                let_go(element, PLACES, self.faults)

    def finished(self, root: etree._Element) -> MessageDraft:
        line = line_of(root)
        if root.get("id") != GRAMMAR.version_keyword:
            tell(self.faults, [Deviation(line, GRAMMAR.root, f'must carry id="{GRAMMAR.version_keyword}"')])
        note_inside(root, PLACES, self.faults)
        return MessageDraft(line, root.get("version", ""), self.header, self.segments, self.faults)

    def _take_metadata(self, element: etree._Element) -> None:
        line = line_of(element)
        if self.is_open:
            tell(self.faults, [Deviation(line, METADATA.name, "stands in <segment> more than once")])
            return
        self.is_open, self.furthest = True, 0
        metadata = section_from(element, METADATA, len(self.segments) + 1, self.faults)
        clock = oem.clock_of(metadata)
        rows = StateRows(clock) if clock is not None else None
        self.segments.append(SegmentDraft(line, metadata, rows))

    def _take_part_of_data(self, name: str, element: etree._Element) -> None:
        if not self.is_open:
            tell(self.faults, [Deviation(line_of(element), name, "stands before its metadata")])
            return
        self._note_order(name, element)
        if name == STATE_VECTOR.name:
            self._take_state(element)
        elif name == COVARIANCE.name:
            section = section_from(element, COVARIANCE, len(self.segments), self.faults)
            self.segments[-1].add_covariance(section)
        else:
            self.segments[-1].comments.append(_xml.comment_text(element))

    def _take_state(self, element: etree._Element) -> None:
        segment = self.segments[-1]
        words = _plain_words(element)
        if segment.rows is None:
            segment.keep_unread(section_from(element, STATE_VECTOR, len(self.segments), self.faults))
        elif words is not None:
            segment.rows.add(line_of(element), words)
        else:
            self._take_odd_state(element, segment.rows)

    def _take_odd_state(self, element: etree._Element, rows: StateRows) -> None:
        """Read a state vector that is not as nearly all of them are: along the table, field by field."""
        raw = section_from(element, STATE_VECTOR, len(self.segments), self.faults)
        section, faults = judged_section(STATE_VECTOR, raw, GRAMMAR.versions[-1])
        rows.tell(faults)
        said = {entry.keyword: entry.text for entry in section.entries}
        for columns in (WITH_ACCELERATION, PLAIN):
            if all(keyword in said for keyword in columns):
                rows.add(section.line, [said[keyword] for keyword in columns])
                return

    def _note_order(self, name: str, element: etree._Element) -> None:
        place = PARTS_OF_DATA.index(name)
        if place < self.furthest:
            after = PARTS_OF_DATA[self.furthest]
            problem = f"stands after <{after}>; it belongs before"
            tell(self.faults, [Deviation(line_of(element), name, problem)])
        self.furthest = max(self.furthest, place)


def _plain_words(element: etree._Element) -> list[str] | None:
    """Return the texts of a state vector that is just as the table says, or None."""
    tags = [child.tag for child in element]
    if tags != list(PLAIN) and tags != list(WITH_ACCELERATION):
        return None
    if any(child.get("units", units) != units for child, units in zip(element, UNIT_TEXTS, strict=False)):
        return None
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return None
    words = [(child.text or "").strip() for child in element]
    return words if all(words) else None


UNIT_TEXTS = ("", *(unit.text if unit else "" for unit in UNITS))


# Rows are nearly the whole of a document, and as elements they need fifty times the room of their text.
ROWS = " rows "
PLACE_OF_ROWS = etree.tostring(etree.Comment(ROWS))


def _rows_text(ephemeris: Ephemeris) -> bytes:
    """Return the state vectors of an ephemeris; instants and numbers hold nothing to be escaped."""
    forms = {
        width: "<{0}>{1}</{0}>".format(
            STATE_VECTOR.name, "".join(f"<{keyword}>%s</{keyword}>" for keyword in COLUMNS[:width])
        )
        for width in (N_PLAIN, N_WITH_ACCELERATION)
    }
    return "\n".join(forms[len(words)] % tuple(words) for words in state_words(ephemeris)).encode()


def write(records: Iterable[Ephemeris | KeptMessage]) -> bytes:
    """Write ephemerides; those of one object with one header make one message, each a segment of it.

    Raises: WrongUsage for a text that XML cannot carry.
    """
    groups = list(together(records))
    frame = _xml.document([_root(head, group) for head, group in groups]).split(PLACE_OF_ROWS)
    tables = [_rows_text(ephemeris) for _, group in groups for ephemeris in group]
    return b"".join(part for pair in zip_longest(frame, tables, fillvalue=b"") for part in pair)


def _root(head: Ephemeris | KeptMessage, group: list[Ephemeris]) -> etree._Element:
    if isinstance(head, KeptMessage):
        return _xml.element_from(GRAMMAR, head.message)
    root = etree.Element(GRAMMAR.root, id=GRAMMAR.version_keyword, version=VERSION)
    _xml.fill(etree.SubElement(root, HEADER.name), HEADER, header_of(head))
    body = etree.SubElement(root, "body")
    for ephemeris in group:
        segment = etree.SubElement(body, "segment")
        _xml.fill(etree.SubElement(segment, METADATA.name), METADATA, metadata_of(ephemeris))
        _fill_data(etree.SubElement(segment, "data"), ephemeris)
    return root


def _fill_data(data: etree._Element, ephemeris: Ephemeris) -> None:
    for comment in ephemeris.comments:
        etree.SubElement(data, COMMENT).text = comment
    data.append(etree.Comment(ROWS))
    if ephemeris.covariances is not None:
        for section in covariance_sections(ephemeris.covariances, ephemeris):
            _xml.fill(etree.SubElement(data, COVARIANCE.name), COVARIANCE, section)
