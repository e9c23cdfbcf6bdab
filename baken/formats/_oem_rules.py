"""What must hold between the fields of an ephemeris, and between the segments of one message.

Source: CCSDS 502.0-B-3, 5.1, 5.2.4 and table 5-3.
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


def covariance_faults(lines: Sequence[int], epochs_tai_ns: Sequence[int]) -> Iterator[Deviation]:
    """Yield each covariance, by the line it begins on, that is earlier than the one before."""
    for (before, _), (after, line) in pairwise(zip(epochs_tai_ns, lines, strict=True)):
        if after < before:
            yield Deviation(line, "EPOCH", "is earlier than the covariance before; they are in order of time")


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
        if after.identity.object_id != before.identity.object_id:
            yield Deviation(line, "OBJECT_ID", "differs from the segment before; a message has one object")
        elif after.identity.name != before.identity.name:
            yield Deviation(line, "OBJECT_NAME", "differs from the segment before; a message has one object")
        begins, ended = after.useable_start_tai_ns, before.useable_stop_tai_ns
        # Total spans may overlap, for the sake of interpolation; what is for use may not.
        if begins is not None and ended is not None and begins < ended:
            yield Deviation(
                line, "USEABLE_START_TIME", "is earlier than USEABLE_STOP_TIME of the segment before"
            )


def clocks_together(segments: Sequence[Section]) -> Iterator[Deviation]:
    """Yield where the metadata of a segment names another clock than the one before."""
    clocks = [
        next((entry for entry in segment.entries if entry.keyword == "TIME_SYSTEM"), None)
        for segment in segments
    ]
    for before, after in pairwise(clock for clock in clocks if clock is not None):
        if after.text.strip() != before.text.strip():
            yield Deviation(
                after.line, "TIME_SYSTEM", "differs from the segment before; a message has one clock"
            )
