"""Messages in XML whose rows are read, and let go, one by one as they close."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TypeVar

from lxml import etree

from baken.formats import _xml
from baken.formats._grammar import Grammar
from baken.formats._xml import MESSAGE_ROOTS, line_of, local_name
from baken.formats.message import tell
from baken.formats.reading import Deviation

DATA, SEGMENT, BODY = "data", "segment", "body"
Places = Mapping[str, tuple[str, ...]]  # an element that has no fields of its own, and what stands in it
Made = TypeVar("Made", covariant=True)


class Gathering(Protocol[Made]):
    """One message while its elements close, the inner ones before those they stand in."""

    def take(self, name: str, element: etree._Element) -> None:
        """Take what has closed, and let it go."""

    def finished(self, root: etree._Element) -> Made:
        """Return the message whose root has closed."""


def places_in(grammar: Grammar, parts_of_data: tuple[str, ...]) -> Places:
    """Return the places of a message with a row at every instant."""
    return {
        grammar.root: (grammar.header.name, BODY),
        BODY: (SEGMENT,),
        SEGMENT: (grammar.metadata.name, DATA),
        DATA: parts_of_data,
    }


def drafted(
    content: bytes, grammar: Grammar, places: Places, begin: Callable[[], Gathering[Made]]
) -> Iterator[Made]:
    """Yield the messages of a document, unjudged.

    Raises: UnreadableInput when it is no XML, or there is no message of the kind in it.
    """
    n_messages, parts = 0, begin()
    inner = [name for inside in places.values() for name in inside]
    for element in _xml.closed_elements(content, (*inner, *MESSAGE_ROOTS)):
        name = local_name(element)
        if name == grammar.root:
            n_messages += 1
            yield parts.finished(element)
        else:
            parts.take(name, element)
        if name in MESSAGE_ROOTS:
            parts = begin()
            _xml.let_go(element)
    if not n_messages:
        raise _xml.nothing_of(grammar, content)


def is_in(element: etree._Element, place: str) -> bool:
    """Say whether an element stands in one of this name."""
    parent = element.getparent()
    return parent is not None and local_name(parent) == place


def note_inside(place: etree._Element, places: Places, faults: list[Deviation]) -> None:
    """Note what is left in a place that has closed and does not belong there: elements, and words."""
    _xml.note_stray_text(place, faults)
    for child in place:
        _note_stranger(child, place, places, faults)


def let_go(element: etree._Element, places: Places, faults: list[Deviation]) -> None:
    """Let an element of a place go, with all before it, and note what of that does not belong there."""
    place = element.getparent()
    if place is None or local_name(place) not in places:
        return  # whoever reads its parent still needs it
    while element.getprevious() is not None:
        _note_stranger(place[0], place, places, faults)
        _xml.note_words_after(place[0], faults)
        del place[0]
    _xml.let_go(element)


def _note_stranger(
    child: etree._Element, place: etree._Element, places: Places, faults: list[Deviation]
) -> None:
    name, around = local_name(child), local_name(place)
    if name and name not in places[around]:
        tell(faults, [Deviation(line_of(child), name, f"has no place in <{around}>")])
