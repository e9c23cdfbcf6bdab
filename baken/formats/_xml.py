"""The XML form of the messages: elements to messages, and messages to elements.

A document type is refused, whatever it says: that is where entities, files and networks come in.  Elements
are read as they close and then let go, so that a document with many messages needs the room of one.

Source: CCSDS 505.0-B-3.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Literal

from lxml import etree

from baken.errors import UnreadableInput
from baken.formats._grammar import Block, Field, Grammar
from baken.formats.message import (
    USER_DEFINED,
    USER_DEFINED_SECTION,
    Draft,
    Entry,
    Message,
    Section,
    judged,
    tell,
)
from baken.formats.reading import Deviation

COMMENT = "COMMENT"
MANY = "ndm"  # the element that wraps several messages
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "https://sanaregistry.org/r/ndmxml_unqualified/ndmxml-3.0.0-master-3.0.xsd"  # 505.0-B-3, 4.3
MESSAGE_ROOTS = ("acm", "aem", "apm", "cdm", "ocm", "oem", "omm", "opm", "rdm", "tdm")
MAX_HEAD = 4096  # bytes
CHUNK_LENGTH = 65_536  # bytes
MAX_ELEMENT_LENGTH = 8_000_000  # bytes; a message is some thousands, an ephemeris closes its rows one by one


def begins_with(head: bytes, root: str) -> bool:
    """Say whether a document's first element is this one."""
    parser = pull_parser("start")
    with suppress(etree.XMLSyntaxError):  # what it saw before it stumbled is still a clue
        parser.feed(head[:MAX_HEAD])
    first = next(_elements(parser), None)
    return first is not None and local_name(first) == root


def pull_parser(*events: Literal["start", "end"], tags: Sequence[str] | None = None) -> "etree.XMLPullParser":
    """Return a parser that looks up no entity and opens no other file."""
    return etree.XMLPullParser(events, tag=tags, resolve_entities=False, no_network=True, load_dtd=False)


def _elements(parser: "etree.XMLPullParser") -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def line_of(element: etree._Element) -> int:
    """Return the line an element stands on; 0 where the parser did not keep it."""
    return int(getattr(element, "sourceline", None) or 0)


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def closed_elements(content: bytes, names: Iterable[str]) -> Iterator[etree._Element]:
    """Yield the elements of these names as each one closes; the caller lets each go before the next.

    Raises: UnreadableInput for what is no XML, has a document type, ends too soon, or has an element so
        large that it is no message's.
    """
    # Namespaces other than none are unusual, and tolerated.
    tags = [tag for name in names for tag in (name, f"{{*}}{name}")]
    last_closed = 0
    for at, _, element in parts(content, pull_parser("end", tags=tags)):
        if element is not None:
            last_closed = at
            yield element
        elif at - last_closed > MAX_ELEMENT_LENGTH:
            raise UnreadableInput(
                f"byte {at}: no part of a message is longer than {MAX_ELEMENT_LENGTH} bytes"
            )


Part = tuple[int, str, etree._Element | None]


def parts(content: bytes, parser: "etree.XMLPullParser") -> Iterator[Part]:
    """Yield what a parser reports, with the byte that was reached; no element at the end of each stretch.

    Raises: UnreadableInput for what is no sound XML, or has a document type.
    """
    first_element(content)
    try:
        for start in range(0, len(content), CHUNK_LENGTH):
            parser.feed(content[start : start + CHUNK_LENGTH])
            for event, element in parser.read_events():
                if isinstance(element, etree._Element):
                    yield start, event, element
            yield start, "", None
        parser.close()
        for event, element in parser.read_events():
            if isinstance(element, etree._Element):
                yield len(content), event, element
    except etree.XMLSyntaxError as broken:
        raise UnreadableInput(
            f"line {broken.lineno}: this is no sound XML ({broken.msg}); fetch it anew"
        ) from broken


def first_element(content: bytes) -> etree._Element:
    """Return the first element of a document, open.

    Raises: UnreadableInput when there is none, or the document declares a type, as attacks do.
    """
    parser = pull_parser("start")
    for start in range(0, len(content), MAX_HEAD):
        try:
            parser.feed(content[start : start + MAX_HEAD])
        except etree.XMLSyntaxError as broken:
            raise UnreadableInput(
                f"line {broken.lineno}: this is no sound XML ({broken.msg}); fetch it anew"
            ) from broken
        for element in _elements(parser):
            if element.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # not in the stubs
                raise UnreadableInput("this declares a document type (DOCTYPE): attacks do, messages do not")
            return element
    raise UnreadableInput("this document has no element at all")


def messages(content: bytes, grammar: Grammar) -> Iterator[Draft]:
    """Yield every message of one kind in a document, judged by its table.

    Raises: UnreadableInput when the document is no XML or holds no message of that kind.
    """
    n_messages = 0
    rows = [block.row for block in grammar.blocks if block.row]
    for element in closed_elements(content, (*MESSAGE_ROOTS, *rows)):
        if local_name(element) in rows:
            continue  # it stays for its block; that it closed shows that the document goes on
        if local_name(element) == grammar.root:
            n_messages += 1
            yield message_from(element, grammar)
        let_go(element)
    if not n_messages:
        raise nothing_of(grammar, content)


def nothing_of(grammar: Grammar, content: bytes) -> UnreadableInput:
    """Return the refusal of a sound document that has no message of a kind, by what it has instead."""
    first = first_element(content)
    place = f"line {line_of(first)} {local_name(first)}"
    return UnreadableInput(f"{place}: this document holds no <{grammar.root}>")


def let_go(element: etree._Element) -> None:
    """Free an element that was read, and what stood before it; words that stand after it stay to be noted."""
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # not in the stubs
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            break
        del parent[0]


def message_from(root: etree._Element, grammar: Grammar) -> Draft:
    """Turn one message element into sections, and judge it."""
    faults: list[Deviation] = []
    sections: list[Section] = []
    line = line_of(root)
    if root.get("id") != grammar.version_keyword:
        tell(faults, [Deviation(line, grammar.root, f'must carry id="{grammar.version_keyword}"')])
    body = _children(root, {"header": 1, "body": 1}, faults)
    for element in body:
        if local_name(element) == "header":
            sections.append(section_from(element, grammar.header, 0, faults))
        else:
            sections += _body(element, grammar, faults)
    message = Message(kind=grammar.name, version=root.get("version", ""), sections=tuple(sections), line=line)
    message, found = judged(grammar, message)
    return message, (*faults, *found)


def _body(body: etree._Element, grammar: Grammar, faults: list[Deviation]) -> Iterator[Section]:
    preamble = {block.name: block for block in grammar.preamble}
    segment = 0
    for element in _children(body, {**dict.fromkeys(preamble, 1), "segment": grammar.n_segments}, faults):
        if local_name(element) in preamble:
            yield section_from(element, preamble[local_name(element)], 0, faults)
            continue
        segment += 1
        for part in _children(element, {"metadata": 1, "data": 1}, faults):
            if local_name(part) == "metadata":
                yield section_from(part, grammar.metadata, segment, faults)
            else:
                yield from _data(part, grammar, segment, faults)


def _data(data: etree._Element, grammar: Grammar, segment: int, faults: list[Deviation]) -> Iterator[Section]:
    blocks = {block.name: block for block in grammar.data}
    limits = {name: 10_000 if block.may_repeat else 1 for name, block in blocks.items()}
    if grammar.user_defined:
        limits[USER_DEFINED_SECTION] = 1
    comments: tuple[str, ...] = ()
    for element in _children(data, {COMMENT: 10_000, **limits}, faults):
        name = local_name(element)
        if name == COMMENT:
            comments = (*comments, comment_text(element))
        elif name == USER_DEFINED_SECTION or blocks[name].user_defined:
            yield _user_defined(element, segment, faults)
        else:
            section = section_from(element, blocks[name], segment, faults)
            yield Section(section.name, section.entries, comments + section.comments, section.line, segment)
            comments = ()


def _children(
    parent: etree._Element, limits: dict[str, int], faults: list[Deviation]
) -> Iterator[etree._Element]:
    """Yield the children that may stand here, in order, and note every other."""
    order, counts, furthest = list(limits), dict.fromkeys(limits, 0), 0
    note_stray_text(parent, faults)
    for child in parent:
        name, line = local_name(child), line_of(child)
        if not name:
            continue  # an XML comment or processing instruction
        if name not in limits:
            tell(faults, [Deviation(line, name, f"has no place in <{local_name(parent)}>")])
            continue
        counts[name] += 1
        if counts[name] > limits[name]:
            tell(
                faults,
                [Deviation(line, name, f"stands in <{local_name(parent)}> more than {limits[name]} times")],
            )
            continue
        if order.index(name) < furthest:
            tell(faults, [Deviation(line, name, f"stands after <{order[furthest]}>; it belongs before")])
        furthest = max(furthest, order.index(name))
        yield child


STRAY = "holds words that stand in no element of it"


def note_stray_text(parent: etree._Element, faults: list[Deviation]) -> None:
    """Note words that stand between elements, where nobody looks for them."""
    if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
        tell(faults, [Deviation(line_of(parent), local_name(parent), STRAY)])


def note_words_after(child: etree._Element, faults: list[Deviation]) -> None:
    """Note words that stand after an element in its parent."""
    parent = child.getparent()
    if parent is not None and (child.tail or "").strip():
        tell(faults, [Deviation(line_of(child), local_name(parent), STRAY)])


def section_from(element: etree._Element, block: Block, segment: int, faults: list[Deviation]) -> Section:
    """Turn a block element into a section; an inner element of the table is looked through."""
    entries: list[Entry] = []
    comments: list[str] = []
    inner = {field.inside for field in block.fields if field.inside}
    note_stray_text(element, faults)
    for leaf in _leaves(element, inner):
        name, line = local_name(leaf), line_of(leaf)
        if name == COMMENT:
            if entries:
                problem = f"stands inside the {block.name}; it belongs at its beginning"
                tell(faults, [Deviation(line, COMMENT, problem)])
            comments.append(comment_text(leaf))
        elif len(leaf):
            tell(faults, [Deviation(line, name, f"has no place in <{local_name(element)}>")])
        else:
            entries.append(Entry(name, one_line(leaf.text), line, leaf.get("units", "")))
    return Section(block.name, tuple(entries), tuple(comments), line_of(element), segment)


def _leaves(element: etree._Element, inner: set[str]) -> Iterator[etree._Element]:
    for child in element:
        name = local_name(child)
        if name in inner:
            yield from _leaves(child, inner - {name})
        elif name:
            yield child


def _user_defined(element: etree._Element, segment: int, faults: list[Deviation]) -> Section:
    entries, comments = [], []
    for leaf in _children(element, {COMMENT: 10_000, "USER_DEFINED": 10_000}, faults):
        line, parameter = line_of(leaf), leaf.get("parameter", "")
        if local_name(leaf) == COMMENT:
            comments.append(comment_text(leaf))
        elif parameter:
            entries.append(Entry(USER_DEFINED + parameter, one_line(leaf.text), line))
        else:
            tell(faults, [Deviation(line, "USER_DEFINED", "must name its parameter")])
    return Section(local_name(element), tuple(entries), tuple(comments), line_of(element), segment)


def one_line(text: str | None) -> str:
    """Return a text as one line: a break inside a field is how somebody folded it, not what it says."""
    return " ".join((text or "").split()) if "\n" in (text or "") else text or ""


def comment_text(element: etree._Element) -> str:
    """Return a comment as one line; blanks before it are kept, for they line up tables."""
    return " ".join((element.text or "").rstrip().splitlines())


def document(roots: list[etree._Element]) -> bytes:
    """Print one message as it is, several inside the wrapper for many."""
    if len(roots) == 1:
        top = roots[0]
    else:
        top = etree.Element(MANY)
        top.extend(roots)
    return printed(top)


def printed(top: etree._Element) -> bytes:
    """Print a document, with the schema it follows."""
    top.set(f"{{{SCHEMA_INSTANCE}}}noNamespaceSchemaLocation", SCHEMA)
    etree.cleanup_namespaces(top, top_nsmap={"xsi": SCHEMA_INSTANCE})
    etree.indent(top)
    return etree.tostring(top, xml_declaration=True, encoding="UTF-8") + b"\n"


def element_from(grammar: Grammar, message: Message) -> etree._Element:
    """Build the element of one message.

    Raises: ValueError for a text with characters no XML can hold.
    """
    root = etree.Element(grammar.root, id=grammar.version_keyword, version=message.version)
    header, body = etree.SubElement(root, "header"), etree.SubElement(root, "body")
    segments: dict[int, tuple[etree._Element, etree._Element]] = {}
    for section in message.sections:
        block = grammar.block(section.name)
        if section.name == grammar.header.name:
            fill(header, grammar.header, section)
        elif section.segment == 0 and block is not None:
            fill(etree.SubElement(body, section.name), block, section)
        else:
            if section.segment not in segments:
                segment = etree.SubElement(body, "segment")
                segments[section.segment] = (
                    etree.SubElement(segment, grammar.metadata.name),
                    etree.SubElement(segment, "data"),
                )
            metadata, data = segments[section.segment]
            is_metadata = section.name == grammar.metadata.name
            fill(metadata if is_metadata else etree.SubElement(data, section.name), block, section)
    return root


def fill(element: etree._Element, block: Block | None, section: Section) -> None:
    """Put a section's comments and entries into its element."""
    for comment in section.comments:
        etree.SubElement(element, COMMENT).text = comment
    for entry in section.entries:
        _, known = block.places.get(entry.keyword, (0, None)) if block else (0, None)
        if block is None or block.user_defined:
            parameter = entry.keyword.removeprefix(USER_DEFINED)
            etree.SubElement(element, "USER_DEFINED", parameter=parameter).text = entry.text
        else:
            _leaf(_wrapper(element, known), entry, known if block.shows_units else None)


def _wrapper(element: etree._Element, known: Field | None) -> etree._Element:
    """Return the inner element a field stands in, opening it when it is not the last one open."""
    if known is None or not known.inside:
        return element
    last = element[-1] if len(element) else None
    if last is not None and last.tag == known.inside:
        return last
    return etree.SubElement(element, known.inside)


def _leaf(parent: etree._Element, entry: Entry, known: Field | None) -> None:
    leaf = etree.SubElement(parent, entry.keyword)
    leaf.text = entry.text
    if known is not None and known.unit is not None:
        leaf.set("units", known.unit.text)
