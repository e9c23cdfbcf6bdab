"""Element sets as JSON: a list of objects, or one object, as CelesTrak and Space-Track give them.

Numbers stay text until they are read as numbers, so that no digit is lost on the way, whether the source
wrote them bare or in quotes.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

from baken.errors import BadMessage, UnreadableInput
from baken.formats._element_columns import Carried, only_element_sets
from baken.formats._grammar import Kind, shown
from baken.formats._json import ELEMENT, JSON_NUMBER, Found, text_of, twice
from baken.formats._json import elements as found_in
from baken.formats._lines import BYTE_ORDER_MARK
from baken.formats._omm_rows import (
    COMMENT,
    FIELDS,
    OBLIGATORY,
    element_set_from_row,
    element_sets_from_columns,
)
from baken.formats._omm_write import CELESTRAK_COLUMNS, Row, row_from_element_set
from baken.formats.reading import Reading, Rejection, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

NAME = "omm-json"


@dataclass(frozen=True, slots=True)
class Element:
    """One object of the list, the line it begins on, and what is wrong with it before it is even read."""

    line: int
    fields: dict[str, str]
    comments: tuple[str, ...] = ()
    fault: BadMessage | None = None


def sniff(head: bytes) -> bool:
    """Tell whether a content begins like mean-elements messages in JSON.

    >>> sniff(b'[{"OBJECT_NAME":"VANGUARD 1","EPOCH":"2000-06-27T18:50:19.733568","MEAN_MOTION":10.82419157')
    True
    """
    begin = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    return begin[:1] in (b"[", b"{") and b'"EPOCH"' in begin and b'"MEAN_MOTION"' in begin


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[ElementSet]:
    """Read a list of element sets, or one.  A bad one is rejected by its line and field; the rest goes on.

    A text that breaks off gives what stood before the break, and a rejection for the rest.

    Raises: UnreadableInput when it is not JSON, or no list of element sets.

    >>> reading = read(b'[{"NORAD_CAT_ID": 799500124, "EPOCH": "2000-06-27T18:50:19.733568", '
    ...     b'"MEAN_MOTION": 10.82419157, "ECCENTRICITY": 0.1859667, "INCLINATION": "34.2682", '
    ...     b'"RA_OF_ASC_NODE": 348.7242, "ARG_OF_PERICENTER": 331.7664, "MEAN_ANOMALY": 19.3264}, '
    ...     b'{"NORAD_CAT_ID": 5}]')
    >>> reading.records[0].identity.norad_cat_id
    799500124
    >>> reading.rejected
    (Rejection(line=1, field='EPOCH', reason='is missing, in element 2'),)
    """
    text, deviations = text_of(content, strictness)
    elements = [_element(found) for found in found_in(text)]
    _check_that_some_are_element_sets(elements)
    carried = Carried(realm=realm, marking=marking, lineage=lineage)
    records: list[ElementSet] = []
    rejected: list[Rejection] = []
    for place, (element, quick) in enumerate(zip(elements, _quickly(elements, carried), strict=True), 1):
        try:
            records.append(quick or _slowly(element, carried))
        except BadMessage as problem:
            reason = f"{problem.problem}, in element {place}"
            rejected.append(Rejection(element.line, problem.field or ELEMENT, reason))
    return Reading(format_name=NAME, records=tuple(records), rejected=tuple(rejected), deviations=deviations)


def write(records: Iterable[object]) -> bytes:
    """Write a list as CelesTrak writes it, an object a line, with further fields for what else they carry.

    Raises: WrongUsage for a record that is no element set.
    """
    rows = (row_from_element_set(element_set) for element_set in only_element_sets(records, NAME))
    return ("[" + ",\n".join(_object(row) for row in rows) + "]\n").encode()


# --- How it is done --------------------------------------------------------------------------------------


def _element(found: Found) -> Element:
    """Return one element with its values as text; an object arrives as a tuple of pairs."""
    line, value = found.line, found.value
    if found.fault is not None:
        return Element(line, {}, fault=found.fault)
    if not isinstance(value, tuple):
        return Element(line, {}, fault=BadMessage("is no object of fields"))
    fields = dict(value)
    if keyword := twice(value):
        fault = BadMessage("stands here twice", field=keyword)
        return Element(line, dict.fromkeys(fields, ""), fault=fault)
    comments = _comments(fields.pop(COMMENT, None))
    for keyword, said in fields.items():
        if type(said) is not str:
            if said is not None:
                return Element(
                    line,
                    dict.fromkeys(fields, ""),
                    fault=BadMessage("is neither a text nor a number", field=keyword),
                )
            fields[keyword] = ""
    return Element(line, fields, comments)


def _comments(said: object) -> tuple[str, ...]:
    texts = said if isinstance(said, list) else [said]
    return tuple(text for text in texts if isinstance(text, str) and text.strip())


def _check_that_some_are_element_sets(elements: Sequence[Element]) -> None:
    if not elements:
        raise UnreadableInput("the list is empty; the service had nothing to answer this query with")
    if any(keyword in element.fields for element in elements for keyword in OBLIGATORY):
        return
    first = elements[0]
    if first.fault is not None:
        raise UnreadableInput(f"in line {first.line}: {first.fault.problem}; fetch it anew")
    raise UnreadableInput(
        f"this JSON holds no mean elements; its first object has {shown(', '.join(first.fields))}"
        "; fetch it as FORMAT=JSON of the GP data"
    )


def _quickly(elements: Sequence[Element], carried: Carried) -> list[ElementSet | None]:
    """Read together what has the same fields in the same order, and leave what is in doubt."""
    found: list[ElementSet | None] = [None] * len(elements)
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, element in enumerate(elements):
        if element.fault is None:
            alike.setdefault(tuple(element.fields), []).append(place)
    for keywords, places in alike.items():
        columns = zip(*(elements[place].fields.values() for place in places), strict=True)
        table = dict(zip(keywords, columns, strict=True))
        comments = [elements[place].comments for place in places]
        for place, element_set in zip(
            places, element_sets_from_columns(table, comments, carried), strict=True
        ):
            found[place] = element_set
    return found


def _slowly(element: Element, carried: Carried) -> ElementSet:
    if element.fault is not None:
        raise element.fault
    return element_set_from_row(element.fields, element.comments, carried)


def _object(row: Row) -> str:
    pairs = [*zip(CELESTRAK_COLUMNS, row.plain, strict=True), *row.others.items()]
    said = [f"{encode_basestring(keyword)}:{_value(keyword, text)}" for keyword, text in pairs]
    if row.comments:
        said.append(f'"{COMMENT}":{json.dumps(row.comments, ensure_ascii=False)}')
    return "{" + ",".join(said) + "}"


def _value(keyword: str, text: str) -> str:
    """Return a text bare when it is a number by its keyword and reads like one in JSON, else in quotes."""
    field = FIELDS.get(keyword)
    if field is None or field.kind not in (Kind.REAL, Kind.INTEGER):
        return encode_basestring(text)
    if not text:
        return "null"
    return text if JSON_NUMBER.fullmatch(text) else encode_basestring(text)
