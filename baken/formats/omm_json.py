"""Element sets as JSON: a list of objects, or one object, as CelesTrak and Space-Track give them.

Numbers stay text until they are read as numbers, so that no digit is lost on the way, whether the source
wrote them bare or in quotes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

from baken.errors import BadMessage, UnreadableInput
from baken.formats._element_columns import Carried, only_element_sets
from baken.formats._grammar import Kind, shown
from baken.formats._lines import BYTE_ORDER_MARK, NOT_UTF_8
from baken.formats._omm_rows import (
    COMMENT,
    FIELDS,
    OBLIGATORY,
    element_set_from_row,
    element_sets_from_columns,
)
from baken.formats._omm_write import CELESTRAK_COLUMNS, Row, row_from_element_set
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

NAME = "omm-json"
ELEMENT = "ELEMENT"  # what is at fault when no single field is
BLANKS = re.compile(r"[ \t\r\n]*")
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")  # RFC 8259, section 6


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
    text, deviations = _text_of(content, strictness)
    elements = list(_elements(text))
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


def _text_of(content: bytes, strictness: Strictness) -> tuple[str, tuple[Deviation, ...]]:
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return content.decode(), ()
    except UnicodeDecodeError as error:
        deviation = Deviation(1 + content.count(b"\n", 0, error.start), ELEMENT, NOT_UTF_8)
    if strictness is Strictness.STRICT:
        raise UnreadableInput(f"line {deviation.line} {NOT_UTF_8}; fetch it anew, or read it leniently")
    return content.decode("latin-1"), (deviation,)


def _elements(text: str) -> Iterator[Element]:
    """Yield each element of the list as far as the text goes, then whatever broke it off."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=tuple)
    line, at = 1, _past_blanks(text, 0)
    is_list = text.startswith("[", at)
    at = _past_blanks(text, at + 1) if is_list else at
    line += text.count("\n", 0, at)
    if is_list and text.startswith("]", at):
        return
    while True:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as broken:
            line += text.count("\n", at, getattr(broken, "pos", at))
            yield Element(line, {}, fault=BadMessage(f"breaks off, or is not JSON ({_why(broken)})"))
            return
        yield _element(line, value)
        end = _past_blanks(text, end)
        line += text.count("\n", at, end)
        if is_list and text.startswith(",", end):
            at = _past_blanks(text, end + 1)
            line += text.count("\n", end, at)
            continue
        rest = text[end:].lstrip("]" if is_list and text.startswith("]", end) else "").strip()
        if rest or (is_list and not text.startswith("]", end)):
            yield Element(line, {}, fault=BadMessage(f"the list breaks off, or goes on with {shown(rest)}"))
        return


def _past_blanks(text: str, at: int) -> int:
    blanks = BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _why(broken: Exception) -> str:
    return (
        "it is nested too deep"
        if isinstance(broken, RecursionError)
        else getattr(broken, "msg", str(broken)).lower()
    )


def _element(line: int, value: object) -> Element:
    """Return one element with its values as text; an object arrives as a tuple of pairs."""
    if not isinstance(value, tuple):
        return Element(line, {}, fault=BadMessage("is no object of fields"))
    fields = dict(value)
    if len(fields) != len(value):
        twice = next(keyword for keyword in fields if sum(pair[0] == keyword for pair in value) > 1)
        return Element(line, dict.fromkeys(fields, ""), fault=BadMessage("stands here twice", field=twice))
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
