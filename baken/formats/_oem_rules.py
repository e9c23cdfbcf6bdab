"""What must hold between the fields of an ephemeris, and between the segments of one message.

Source: CCSDS 502.0-B-3, 5.1 and table 5-3.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from baken.formats.message import Section
from baken.formats.reading import Deviation
from baken.records.ephemeris import Ephemeris

# The first asks for the second.
TOGETHER = (
    ("USEABLE_START_TIME", "USEABLE_STOP_TIME"),
    ("USEABLE_STOP_TIME", "USEABLE_START_TIME"),
    ("INTERPOLATION", "INTERPOLATION_DEGREE"),
)


def span_faults(ephemeris: Ephemeris, metadata: Section) -> Iterator[Deviation]:
    """Yield where the spans a segment states do not fit each other, or its rows."""
    lines = {entry.keyword: entry.line for entry in metadata.entries}
    first, last = int(ephemeris.epoch_tai_ns[0]), int(ephemeris.epoch_tai_ns[-1])
    stated = {
        "START_TIME": ephemeris.start_tai_ns,
        "USEABLE_START_TIME": ephemeris.useable_start_tai_ns,
        "USEABLE_STOP_TIME": ephemeris.useable_stop_tai_ns,
        "STOP_TIME": ephemeris.stop_tai_ns,
    }
    known = [(keyword, instant) for keyword, instant in stated.items() if instant is not None]
    for (before, early), (after, late) in pairwise(known):
        if late < early:
            yield Deviation(lines.get(after, metadata.line), after, f"is earlier than {before}")
    if first < ephemeris.start_tai_ns:
        yield Deviation(lines.get("START_TIME", metadata.line), "START_TIME", "is later than the first row")
    if last > ephemeris.stop_tai_ns:
        yield Deviation(lines.get("STOP_TIME", metadata.line), "STOP_TIME", "is earlier than the last row")
    for there, missing in TOGETHER:
        if there in lines and missing not in lines:
            yield Deviation(lines[there], missing, f"is missing; {there} is there")


def segments_together(segments: Sequence[tuple[int, Ephemeris]]) -> Iterator[Deviation]:
    """Yield where segments of one message, each with the line it begins on, do not belong together."""
    for (_, before), (line, after) in pairwise(segments):
        if after.time_system != before.time_system:
            yield Deviation(line, "TIME_SYSTEM", "differs from the segment before; a message has one clock")
        if after.identity.object_id != before.identity.object_id:
            yield Deviation(line, "OBJECT_ID", "differs from the segment before; a message has one object")
        elif after.identity.name != before.identity.name:
            yield Deviation(line, "OBJECT_NAME", "differs from the segment before; a message has one object")
        if _use_begins(after) < _use_ends(before):
            keyword = "START_TIME" if after.useable_start_tai_ns is None else "USEABLE_START_TIME"
            yield Deviation(line, keyword, "is earlier than the end of the segment before")


def _use_begins(ephemeris: Ephemeris) -> int:
    useable = ephemeris.useable_start_tai_ns
    return ephemeris.start_tai_ns if useable is None else useable


def _use_ends(ephemeris: Ephemeris) -> int:
    useable = ephemeris.useable_stop_tai_ns
    return ephemeris.stop_tai_ns if useable is None else useable
