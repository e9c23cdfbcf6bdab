"""The Tracking Data Message in XML, read element by element in the room its numbers need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from baken.formats import _xml, tdm
from baken.formats._observation_rows import Row
from baken.formats._xml import COMMENT, line_of, local_name, note_stray_text, one_line, section_from
from baken.formats._xml_rows import DATA, SEGMENT, drafted, is_in, let_go, note_inside, places_in
from baken.formats.message import KeptMessage, Section, tell
from baken.formats.oem import Provenance
from baken.formats.reading import Deviation, Reading, Strictness
from baken.formats.tdm import MessageDraft, SegmentDraft
from baken.formats.tdm_table import GRAMMAR, HEADER, METADATA, OBSERVATION, OBSERVED
from baken.formats.tdm_text import WrittenMessage, written
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.tracking import TrackingSegment

NAME = "tdm-xml"
EPOCH = "EPOCH"
PARTS_OF_DATA = (COMMENT, OBSERVATION.name)
PLACES = places_in(GRAMMAR, PARTS_OF_DATA)


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"<tdm id='CCSDS_TDM_VERS' version='2.0'>")
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
) -> Reading[TrackingSegment | KeptMessage]:
    """Read every segment of every message of a document.

    Raises: UnreadableInput when it is no XML, or there is no message in it.
    """
    return tdm.reading(NAME, drafts(content), strictness, Provenance(realm, marking, lineage))


def write(records: Iterable[TrackingSegment | KeptMessage]) -> bytes:
    """Write tracking segments; those that follow each other with one header make one message.

    Raises: WrongUsage for an observation the standard has no keyword for.
    """
    return _xml.document([_root(message) for message in written(records)])


def _root(message: WrittenMessage) -> etree._Element:
    root = etree.Element(GRAMMAR.root, id=GRAMMAR.version_keyword, version=message.version)
    _xml.fill(etree.SubElement(root, HEADER.name), HEADER, message.header)
    body = etree.SubElement(root, "body")
    for written_segment in message.segments:
        segment = etree.SubElement(body, "segment")
        _xml.fill(etree.SubElement(segment, METADATA.name), METADATA, written_segment.metadata)
        data = etree.SubElement(segment, "data")
        for comment in written_segment.comments:
            etree.SubElement(data, COMMENT).text = comment
        for keyword, epoch, value in written_segment.rows:
            observation = etree.SubElement(data, OBSERVATION.name)
            etree.SubElement(observation, EPOCH).text = epoch
            etree.SubElement(observation, keyword).text = value
    return root


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
    has_rows: bool = False

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
            self._fault(root, GRAMMAR.root, f'must carry id="{GRAMMAR.version_keyword}"')
        note_inside(root, PLACES, self.faults)
        return MessageDraft(line, root.get("version", ""), self.header, self.segments, self.faults)

    def _fault(self, element: etree._Element, keyword: str, problem: str) -> None:
        tell(self.faults, [Deviation(line_of(element), keyword, problem)])

    def _take_metadata(self, element: etree._Element) -> None:
        if self.is_open:
            self._fault(element, METADATA.name, "stands in <segment> a second time")
            return
        self.is_open, self.has_rows = True, False
        metadata = section_from(element, METADATA, len(self.segments) + 1, self.faults)
        self.segments.append(tdm.segment_draft(line_of(element), metadata))

    def _take_part_of_data(self, name: str, element: etree._Element) -> None:
        if not self.is_open:
            self._fault(element, name, "stands before its metadata")
        elif name == OBSERVATION.name:
            self._take_observation(element)
        else:
            if self.has_rows:
                self._fault(element, COMMENT, "stands among the data; it belongs at their beginning")
            self.segments[-1].comments.append(_xml.comment_text(element))

    def _take_observation(self, element: etree._Element) -> None:
        self.has_rows = True
        note_stray_text(element, self.faults)
        children = [child for child in element if local_name(child)]
        names = [local_name(child) for child in children]
        if len(children) != 2 or names[0] != EPOCH or any(len(child) for child in children):
            wrong = next((name for name in names if name not in OBSERVATION.places), OBSERVATION.name)
            self._fault(element, wrong, "is no observation: that is an EPOCH and one keyword")
        else:
            self._take_pair(*children)

    def _take_pair(self, epoch: etree._Element, value: etree._Element) -> None:
        segment, keyword, line = self.segments[-1], local_name(value), line_of(value)
        instant, text = (epoch.text or "").strip(), one_line(value.text).strip()
        if keyword not in OBSERVED:
            segment.keep_unknown(line, keyword, f"{instant} {text}")
        elif value.get("units") is not None:
            self._fault(value, keyword, "has units beside it; a TDM shows none, so nobody knows which hold")
        elif segment.rows is not None:
            segment.rows.add(Row(line, keyword, instant, text))
        else:
            segment.keep_unread(line, keyword, instant, text)
