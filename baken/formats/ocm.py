"""From the Orbit Comprehensive Message to the noun, for KVN and XML alike.

A message becomes an ``OrbitMessage``.  One on a clock Baken cannot read, or whose rows do not fit what it
says of them, is kept whole, with the reason.

Source: CCSDS 502.0-B-3, chapter 6.
"""

import re
from collections.abc import Iterable, Iterator

from baken.astro.time import TimeScale
from baken.errors import BadMessage
from baken.formats._grammar import shown
from baken.formats._ocm_parts import Parts, parts_of
from baken.formats._ocm_rows import Clock
from baken.formats._ocm_rules import broken_rules
from baken.formats._said import Said, units_of
from baken.formats.message import USER_DEFINED, Draft, KeptMessage, Message, Section, gather
from baken.formats.object_identity import (
    COSPAR_ID,
    SAID,
    UNKNOWN,
    identity_from_catalogue,
    identity_from_object_id,
)
from baken.formats.ocm_table import (
    GRAMMAR,
    HEADER,
    METADATA,
    ORBIT_DETERMINATION,
    PERTURBATIONS,
    PHYSICAL,
    USER,
)
from baken.formats.oem import CLOCKS
from baken.formats.reading import Reading, Strictness
from baken.records.identity import Designator, Identity, mint_object_id
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.records.orbit_message import OrbitMessage, SaidBlock

DEFAULT_CLOCK = "UTC"
CATALOGUES_OF_NORAD = ("CSPOC", "SATCAT")
CATALOGUE_NUMBER = re.compile(r"[0-9]{1,9}")
TAKEN = ("CREATION_DATE", "ORIGINATOR", "MESSAGE_ID", "TIME_SYSTEM", "EPOCH_TZERO")


def reading(
    format_name: str,
    drafts: Iterable[Draft],
    strictness: Strictness,
    *,
    realm: Realm,
    marking: Marking,
    lineage: Lineage,
) -> Reading[OrbitMessage | KeptMessage]:
    """Make orbit messages of judged ones, and keep those whose rows cannot be read."""
    read: dict[int, Parts] = {}

    def with_rules() -> Iterator[Draft]:
        for message, deviations in drafts:
            parts = read[id(message)] = parts_of(message, _clock(message))
            told = {deviation.keyword for deviation in deviations}
            broken = (fault for fault in broken_rules(message) if fault.keyword not in told)
            yield message, (*deviations, *broken, *parts.faults)
            read.clear()

    def build(message: Message) -> OrbitMessage | KeptMessage:
        parts = read[id(message)]
        because = why_kept(message) or parts.lost
        if because:
            return KeptMessage(message, because)
        return _orbit_message(message, parts, realm, marking, lineage)

    return gather(format_name, with_rules(), build, strictness)


def why_kept(message: Message) -> str:
    """Say why a message's clock keeps it from becoming a noun, or nothing when it does not."""
    name = message.texts().get("TIME_SYSTEM", DEFAULT_CLOCK)
    if name in CLOCKS:
        return ""
    return f"the clock {shown(name)} is none Baken can read; its instants compare with no other"


def _clock(message: Message) -> Clock | None:
    """Return the clock of a message, or None where it cannot be read."""
    scale = CLOCKS.get(message.texts().get("TIME_SYSTEM", DEFAULT_CLOCK))
    try:
        return None if scale is None else Clock(scale, _said(message, scale).needed_instant("EPOCH_TZERO"))
    except BadMessage:
        return None  # building the noun stumbles over it too, and says so


def _said(message: Message, scale: TimeScale) -> Said:
    return Said(message.texts(), UNITS, scale)


UNITS = units_of(GRAMMAR.blocks)  # a keyword stands in one block


def quantity_si(said: SaidBlock, keyword: str) -> float | None:
    """Return a number of a block of keywords in SI and radians, or None when it was not said.

    >>> quantity_si(SaidBlock(fields=(("ACTUAL_OD_SPAN", "2.5"),)), "ACTUAL_OD_SPAN")
    216000.0
    """
    return Said(dict(said.fields), UNITS).real(keyword)


def _orbit_message(
    message: Message, parts: Parts, realm: Realm, marking: Marking, lineage: Lineage
) -> OrbitMessage:
    scale = CLOCKS[message.texts().get("TIME_SYSTEM", DEFAULT_CLOCK)]
    said, head = _said(message, scale), _said(message, TimeScale.UTC)
    sections = {section.name: section for section in reversed(message.sections)}
    return OrbitMessage(
        identity=_identity(said),
        epoch_zero_tai_ns=said.needed_instant("EPOCH_TZERO"),
        time_system=scale.value,
        trajectories=tuple(parts.trajectories),
        physical=_block(sections.get(PHYSICAL.name)),
        covariances=tuple(parts.covariances),
        manoeuvres=tuple(parts.manoeuvres),
        perturbations=_block(sections.get(PERTURBATIONS.name)),
        orbit_determination=_block(sections.get(ORBIT_DETERMINATION.name)),
        user_defined=_block(sections.get(USER.name)),
        originator=said.text("ORIGINATOR"),
        created_tai_ns=head.instant("CREATION_DATE"),
        message_id=said.text("MESSAGE_ID"),
        realm=realm,
        marking=marking,
        lineage=lineage,
        header_comments=_comments(sections.get(HEADER.name)),
        metadata_comments=_comments(sections.get(METADATA.name)),
        other_fields=tuple(_others(sections)),
    )


def _block(section: Section | None) -> SaidBlock | None:
    """Return a block of keywords, user-defined ones without their prefix."""
    if section is None:
        return None
    fields = ((entry.keyword.removeprefix(USER_DEFINED), entry.text) for entry in section.entries)
    return SaidBlock(fields=tuple(fields), comments=section.comments)


def _comments(section: Section | None) -> tuple[str, ...]:
    return () if section is None else section.comments


def _others(sections: dict[str, Section]) -> Iterator[tuple[str, str]]:
    for name in (HEADER.name, METADATA.name):
        for entry in sections[name].entries if name in sections else ():
            if entry.keyword not in TAKEN:
                yield entry.keyword, entry.text


def _identity(said: Said) -> Identity:
    """Return the identity of an object by the best of its names; the message may have none."""
    name, designator = _known(said, "OBJECT_NAME"), _known(said, "OBJECT_DESIGNATOR")
    international, catalogue = _known(said, "INTERNATIONAL_DESIGNATOR"), _known(said, "CATALOG_NAME")
    if catalogue in CATALOGUES_OF_NORAD and CATALOGUE_NUMBER.fullmatch(designator):
        return identity_from_catalogue(int(designator), international, name)
    if designator and not COSPAR_ID.fullmatch(international):
        scheme = catalogue or SAID
        return Identity(
            object_id=mint_object_id(scheme, designator),
            name=name or None,
            others=(Designator(scheme=scheme, value=designator),),
        )
    if international or name:
        return identity_from_object_id(international, name)
    # Nothing says which object this is: only this message speaks of it.
    source = f"{said.text('ORIGINATOR')} {said.text('MESSAGE_ID')} {said.needed_instant('EPOCH_TZERO')}"
    return Identity(object_id=mint_object_id("ocm", source))


def _known(said: Said, keyword: str) -> str:
    text = said.text(keyword)
    return "" if text.upper() == UNKNOWN else text
