"""Between the Orbit Mean-elements Message and the element set, for KVN and XML alike.

A message of SGP4 becomes an ``ElementSet``.  A message of another theory is kept whole, with the reason.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from baken.formats.message import (
    USER_DEFINED,
    USER_DEFINED_SECTION,
    Draft,
    Entry,
    KeptMessage,
    Message,
    Section,
    gather,
    no_room,
    version_number,
)
from baken.formats.omm import element_set_from_fields, fields_from_element_set, why_no_element_set
from baken.formats.omm_table import GRAMMAR
from baken.formats.reading import Deviation, Reading, Strictness
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet

VERSION = "3.0"
SGP4_THEORIES = ("SGP4", "SGP/SGP4")
TLE_THEORIES = ("SGP", *SGP4_THEORIES, "SGP4-XP", "PPT3")
# 502.0-B-3, table 4-3: what each theory cannot do without.
NEEDED_BY_THEORY = {
    "SGP": ("MEAN_MOTION_DOT", "MEAN_MOTION_DDOT"),
    "PPT3": ("MEAN_MOTION_DOT", "MEAN_MOTION_DDOT"),
    "SGP4": ("BSTAR",),
    "SGP/SGP4": ("BSTAR",),
    "SGP4-XP": ("BTERM", "AGOM"),
}
KEYWORDS_OF_THE_TABLE = frozenset(keyword for block in GRAMMAR.blocks for keyword in block.places)


def reading(
    format_name: str,
    drafts: Iterable[Draft],
    strictness: Strictness,
    *,
    realm: Realm,
    marking: Marking,
    lineage: Lineage,
) -> Reading[ElementSet | KeptMessage]:
    """Make element sets of judged messages, and keep the messages that are not SGP4's."""

    def build(message: Message) -> ElementSet | KeptMessage:
        fields = fields_of(message)
        why_not = why_no_element_set(fields)
        if why_not is not None:
            return KeptMessage(message, str(why_not))
        return element_set_from_fields(
            fields, realm=realm, marking=marking, lineage=lineage, comments=message.comments
        )

    return gather(format_name, _with_rules(drafts), build, strictness)


def fields_of(message: Message) -> dict[str, str]:
    """Return the fields of a message as tables name them: user-defined ones without the prefix."""
    fields = {}
    for keyword, text in message.texts().items():
        bare = keyword.removeprefix(USER_DEFINED)
        fields[keyword if bare in KEYWORDS_OF_THE_TABLE or not bare else bare] = text
    return fields


def _with_rules(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for message, deviations in drafts:
        told = {deviation.keyword for deviation in deviations}
        broken = (fault for fault in broken_rules(message) if fault.keyword not in told)
        yield message, (*deviations, *broken)


def broken_rules(message: Message) -> Iterator[Deviation]:
    """Yield where fields do not go together.

    Source: CCSDS 502.0-B-3, tables 4-2 and 4-3.
    """
    said = message.texts()
    theory = said.get("MEAN_ELEMENT_THEORY", "")
    yield from _semi_major_axis_or_mean_motion(message, said, theory)
    if theory == "SGP4-XP" and (version_number(message.version) or (3, 0)) < (3, 0):
        line = message.line_of("MEAN_ELEMENT_THEORY")
        yield Deviation(line, "MEAN_ELEMENT_THEORY", "SGP4-XP came with version 3.0 of the standard")
    needed = (*(("NORAD_CAT_ID",) if theory in TLE_THEORIES else ()), *NEEDED_BY_THEORY.get(theory, ()))
    for keyword in needed:
        if keyword not in said:
            line = message.line_of("MEAN_ELEMENT_THEORY")
            yield Deviation(line, keyword, f"is missing; {theory} cannot do without it")
    for one, other in (("BSTAR", "BTERM"), ("MEAN_MOTION_DDOT", "AGOM")):
        if one in said and other in said:
            yield Deviation(
                message.line_of(other), other, f"stands beside {one}; a message has one of the two"
            )


def _semi_major_axis_or_mean_motion(
    message: Message, said: dict[str, str], theory: str
) -> Iterator[Deviation]:
    has_axis, has_motion = "SEMI_MAJOR_AXIS" in said, "MEAN_MOTION" in said
    if has_axis and has_motion:
        problem = "stands beside SEMI_MAJOR_AXIS; a message has one of the two"
        yield Deviation(message.line_of("MEAN_MOTION"), "MEAN_MOTION", problem)
    elif not has_motion and (theory in TLE_THEORIES or not has_axis):
        problem = "is missing" + (f"; {theory} cannot do without it" if theory in TLE_THEORIES else "")
        yield Deviation(message.line_of("EPOCH"), "MEAN_MOTION", problem)


def message_from(record: object) -> Message:
    """Return the message of an element set, its other fields in their places; a kept message is its own.

    Raises: WrongUsage for a record of another kind.
    """
    if isinstance(record, KeptMessage) and record.message.kind == GRAMMAR.name:
        return record.message
    if not isinstance(record, ElementSet):
        raise no_room(record, GRAMMAR.name)
    sections = [
        Section(name, tuple(entry for _, entry in group), segment=min(rank, 1))
        for (rank, name), group in groupby(_placed(record), key=lambda pair: pair[0])
    ]
    head, *rest = sections
    return Message(
        kind=GRAMMAR.name,
        version=VERSION,
        sections=(Section(head.name, head.entries, record.comments), *rest),
    )


def _placed(element_set: ElementSet) -> Iterator[tuple[tuple[int, str], Entry]]:
    """Yield every field, in the order of the table, with the rank and name of its block."""
    fields = dict(fields_from_element_set(element_set))
    # A blank says that nobody knows; the standard wants the keyword there.
    stated = {"CREATION_DATE": "", "ORIGINATOR": "", **fields}
    for rank, block in enumerate(GRAMMAR.blocks):
        for keyword in block.places:
            if keyword in stated:
                yield (rank, block.name), Entry(keyword, stated.pop(keyword))
    for keyword, text in stated.items():
        name = keyword if keyword.startswith(USER_DEFINED) else USER_DEFINED + keyword
        yield (len(GRAMMAR.blocks), USER_DEFINED_SECTION), Entry(name, text)
