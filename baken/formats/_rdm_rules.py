"""What must hold between the fields of a re-entry message.

Source: CCSDS 508.1-B-1, table 3-2 and 3.5.5 to 3.5.21.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from baken.astro.time import tai_ns_from_utc
from baken.formats._grammar import number, shown
from baken.formats._tdm_rules import OTHER_CLOCKS
from baken.formats.message import Message
from baken.formats.object_identity import COSPAR_ID, UNKNOWN
from baken.formats.oem import CLOCKS
from baken.formats.rdm_table import COVARIANCE, INTERVALS, NOT_PLANNED, STATE_VECTOR, interval_fields
from baken.formats.reading import Deviation

# The first asks for the second.
TOGETHER = (
    ("NOMINAL_IMPACT_LON", "NOMINAL_IMPACT_LAT"),
    ("NOMINAL_IMPACT_LAT", "NOMINAL_IMPACT_LON"),
    ("NOMINAL_IMPACT_LON", "IMPACT_REF_FRAME"),
    ("NOMINAL_IMPACT_ALT", "NOMINAL_IMPACT_LON"),
    ("IMPACT_1_CONFIDENCE", "NOMINAL_IMPACT_LON"),
    ("IMPACT_2_CONFIDENCE", "IMPACT_1_CONFIDENCE"),
    ("IMPACT_3_CONFIDENCE", "IMPACT_2_CONFIDENCE"),
)
WINDOWS = (
    ("REENTRY_WINDOW_START", "REENTRY_WINDOW_END"),
    ("IMPACT_WINDOW_START", "IMPACT_WINDOW_END"),
    ("TIME_LASTOB_START", "TIME_LASTOB_END"),
)


def broken_rules(message: Message) -> Iterator[Deviation]:
    """Yield where fields do not go together."""
    said = message.texts()
    clock = said.get("TIME_SYSTEM", "UTC")
    if clock not in CLOCKS and clock not in OTHER_CLOCKS:
        problem = f"is {shown(clock)}, a clock nobody registered"
        yield Deviation(message.line_of("TIME_SYSTEM"), "TIME_SYSTEM", problem)
    international = said.get("INTERNATIONAL_DESIGNATOR", UNKNOWN)
    if international != UNKNOWN and not COSPAR_ID.fullmatch(international):
        problem = f"is {shown(international)}; it must be like 2026-001A, or {UNKNOWN}"
        yield Deviation(message.line_of("INTERNATIONAL_DESIGNATOR"), "INTERNATIONAL_DESIGNATOR", problem)
    for there, missing in TOGETHER:
        if there in said and missing not in said:
            yield Deviation(message.line_of(there), missing, f"is missing; {there} is there")
    yield from _state_faults(message, said)
    yield from _interval_faults(message, said)
    yield from _window_faults(message, said)
    following = said.get("NEXT_MESSAGE_EPOCH", NOT_PLANNED)
    if following != NOT_PLANNED and not _is_instant(following):
        problem = f"is {shown(following)}; it must be a date and time, or {NOT_PLANNED}"
        yield Deviation(message.line_of("NEXT_MESSAGE_EPOCH"), "NEXT_MESSAGE_EPOCH", problem)


def _state_faults(message: Message, said: Mapping[str, str]) -> Iterator[Deviation]:
    lines = {section.name: section.line for section in message.sections}
    if STATE_VECTOR.name in lines and "REF_FRAME" not in said:
        yield Deviation(lines[STATE_VECTOR.name], "REF_FRAME", "is missing; a state vector is there")
    if COVARIANCE.name in lines and STATE_VECTOR.name not in lines:
        yield Deviation(lines[COVARIANCE.name], "EPOCH", "is missing: a covariance stands without its state")


def _interval_faults(message: Message, said: Mapping[str, str]) -> Iterator[Deviation]:
    is_before_there = True
    for n in INTERVALS:
        keywords = [field.keyword for field in interval_fields(n)]
        there = [keyword for keyword in keywords if keyword in said]
        for keyword in () if is_before_there else there:
            problem = "counts as the interval before it, which is missing"
            yield Deviation(message.line_of(keyword), keyword, problem)
        is_before_there = bool(there)
        for keyword in keywords if there else ():
            if keyword not in said:
                yield Deviation(message.line_of(there[0]), keyword, "is missing from its interval")
    confidences = [(f"IMPACT_{n}_CONFIDENCE", said.get(f"IMPACT_{n}_CONFIDENCE")) for n in INTERVALS]
    given = [(keyword, number(text)) for keyword, text in confidences if text]
    for (before, low), (after, high) in pairwise(given):
        if high <= low:
            yield Deviation(message.line_of(after), after, f"is not larger than {before}")


def _window_faults(message: Message, said: Mapping[str, str]) -> Iterator[Deviation]:
    for start, stop in WINDOWS:
        # On one clock, whichever it is, dates compare as UTC would.
        if start in said and stop in said and tai_ns_from_utc(said[stop]) < tai_ns_from_utc(said[start]):
            yield Deviation(message.line_of(stop), stop, f"is earlier than {start}")
    first, last = said.get("ORBIT_LIFETIME_WINDOW_START"), said.get("ORBIT_LIFETIME_WINDOW_END")
    if first and last and number(last) < number(first):
        keyword = "ORBIT_LIFETIME_WINDOW_END"
        yield Deviation(message.line_of(keyword), keyword, "is earlier than ORBIT_LIFETIME_WINDOW_START")


def _is_instant(text: str) -> bool:
    try:
        tai_ns_from_utc(text)
    except ValueError:
        return False
    return True
