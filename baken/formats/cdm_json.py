"""Conjunction messages in JSON, as services give them: a list of objects, or one.

The keywords are the standard's, those of the objects with ``SAT1_`` and ``SAT2_`` in front, and a number's
unit stands beside it under ``KEYWORD_UNIT``: so Space-Track, TraCSS and others have it.  An object may also
be nested as the XML form is.  Space-Track's public summaries, which have no states, become notices.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from json.encoder import encode_basestring

from baken.errors import BadMessage, UnreadableInput
from baken.formats import _cdm_public, cdm, cdm_text
from baken.formats._cdm_json_object import COMMENT, UNIT, XYZ, draft_of, fields_of, line_of
from baken.formats._grammar import Kind, shown
from baken.formats._json import ELEMENT, JSON_NUMBER, Found, decoder_of_texts, elements, text_of
from baken.formats._lines import BYTE_ORDER_MARK
from baken.formats.cdm_table import COVARIANCE, GRAMMAR, XYZ_COVARIANCE
from baken.formats.message import Draft, Section, no_room
from baken.formats.reading import Reading, Rejection, Strictness
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.conjunction_notice import ConjunctionNotice
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NAME = "cdm-json"
MARKS = (GRAMMAR.version_keyword, GRAMMAR.also_called, "MISS_DISTANCE", "SAT1_X", _cdm_public.MARK)
WRAPPERS = ("data", "cdm", "cdms", "CCSDS_CDM", "items", "content")


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b'[{"CDM_ID": "1", "CREATED": "2026-01-01 00:00:00", "TCA": "2026-01-02", "MIN_RNG": "886"')
    True
    """
    begin = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    return begin[:1] in (b"[", b"{") and any(f'"{mark}"'.encode() in begin for mark in MARKS)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[ConjunctionMessage | ConjunctionNotice]:
    """Read a list of messages, of summaries, or of both.  A bad one is rejected; the rest goes on.

    A text that breaks off gives what stood before the break, and a rejection for the rest.

    Raises: UnreadableInput when it is not JSON, or holds no conjunction message.
    """
    text, deviations = text_of(content, strictness)
    sorted_out = _SortedOut()
    for found in elements(text):
        for one in _unwrapped(found):
            sorted_out.take(one, realm, marking, lineage)
    sorted_out.check_that_some_are_messages()
    messages = cdm.reading(NAME, sorted_out.drafts, strictness, realm=realm, marking=marking, lineage=lineage)
    rejected = sorted((*messages.rejected, *sorted_out.rejected), key=lambda one: one.line)
    return Reading(
        format_name=NAME,
        records=(*messages.records, *sorted_out.notices),
        rejected=tuple(rejected),
        deviations=(*deviations, *messages.deviations),
    )


def write(records: Iterable[ConjunctionMessage | ConjunctionNotice]) -> bytes:
    """Write a list, a key a line, so that a fault can be pointed at.

    Raises: WrongUsage for a record of another kind, or a message without covariances.
    """
    objects = ("{\n" + ",\n".join(_lines_of(record)) + "\n}" for record in records)
    return ("[" + ",\n".join(objects) + "]\n").encode()


# --- Reading ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _SortedOut:
    """What stood in a document, by what can become of it."""

    drafts: list[Draft] = field(default_factory=list)
    notices: list[ConjunctionNotice] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    n_others: int = 0
    first_other: str = "nothing in it"

    def take(self, found: Found, realm: Realm, marking: Marking, lineage: Lineage) -> None:
        try:
            fields = fields_of(found)
            if _cdm_public.MARK in fields:
                texts = {key: _plain(key, value) for key, value in fields.items()}
                self.notices.append(_cdm_public.notice_from(texts, realm, marking, lineage))
                return
            if not any(mark in fields for mark in MARKS):
                self._note_other(found, ", ".join(fields))
            self.drafts.append(draft_of(found, fields))
        except BadMessage as bad:
            if found.fault is not None or not isinstance(found.value, tuple):
                self._note_other(found, bad.problem)
            line = bad.line or line_of(found, bad.field)
            self.rejected.append(Rejection(line, bad.field or ELEMENT, bad.problem))

    def _note_other(self, found: Found, told: str) -> None:
        self.first_other = self.first_other if self.n_others else f"line {found.line}: {shown(told)}"
        self.n_others += 1

    def check_that_some_are_messages(self) -> None:
        n_read = len(self.drafts) + len(self.notices) + len(self.rejected)
        if n_read == self.n_others:
            raise UnreadableInput(
                f"this JSON holds no conjunction message; its first element has {self.first_other}"
            )


def _unwrapped(found: Found) -> Iterator[Found]:
    """Yield the messages a service has wrapped into an answer, or the element as it is."""
    value = found.value
    if isinstance(value, tuple) and not any(key in MARKS for key, _ in value):
        for key, inner in value:
            if key in WRAPPERS and isinstance(inner, tuple | list):
                yield from _inside(found, key, inner)
                return
    yield found


def _inside(found: Found, key: str, inner: object) -> Iterator[Found]:
    """Yield the elements of a value that stands in an object under a key, each with its own line."""
    decoder = decoder_of_texts()
    for match in re.finditer(rf'"{key}"[ \t\r\n]*:[ \t\r\n]*', found.text):
        value, end = decoder.raw_decode(found.text, match.end())
        if value == inner:
            line = found.line + found.text.count("\n", 0, match.end())
            for one in elements(found.text[match.end() : end]):
                yield replace(one, line=line + one.line - 1)
            return


def _plain(key: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadMessage("is neither a text nor a number", field=key)
    return value


# --- Writing ---------------------------------------------------------------------------------------------


def _lines_of(record: object) -> Iterator[str]:
    """Yield a record as lines of JSON, each a key and its value."""
    if isinstance(record, ConjunctionNotice):
        for keyword, text in _cdm_public.fields_from(record).items():
            yield f"{encode_basestring(keyword)}: {encode_basestring(text) if text else 'null'}"
        return
    if not isinstance(record, ConjunctionMessage):
        raise no_room(record, NAME)
    homeless = [cdm_text.without_a_place(one) for one in (record, record.first, record.second)]
    message = cdm_text.message_from(_with_places_only(record))
    yield f'"{GRAMMAR.version_keyword}": "{message.version}"'
    for section in message.sections:
        yield from _lines_of_section(section)
    # JSON has a place for any word; no comment is needed to keep it.
    for prefix, fields in zip(("", "SAT1_", "SAT2_"), homeless, strict=True):
        yield from (f"{encode_basestring(prefix + key)}: {encode_basestring(text)}" for key, text in fields)


def _with_places_only(record: ConjunctionMessage) -> ConjunctionMessage:
    first, second = (
        replace(one, other_fields=cdm_text.with_a_place(one)) for one in (record.first, record.second)
    )
    return replace(record, first=first, second=second, other_fields=cdm_text.with_a_place(record))


def _lines_of_section(section: Section) -> Iterator[str]:
    block = GRAMMAR.block(section.name)
    prefix = f"SAT{section.segment}_" if section.segment and block is not None else ""
    if section.comments:
        comments = ", ".join(map(encode_basestring, section.comments))
        yield f'"{prefix}{COMMENT}_{section.name.upper()}": [{comments}]'
    for entry in section.entries:
        known = block.places[entry.keyword][1] if block else None
        is_double = block is XYZ_COVARIANCE and entry.keyword in COVARIANCE.places
        key = f"{prefix}{XYZ if is_double else ''}{entry.keyword}"
        is_number = known is not None and known.kind in (Kind.REAL, Kind.INTEGER)
        bare = is_number and JSON_NUMBER.fullmatch(entry.text)
        yield f"{encode_basestring(key)}: {entry.text if bare else encode_basestring(entry.text)}"
        if known is not None and known.unit is not None:
            yield f'"{key}{UNIT}": "{known.unit.text}"'
