"""What must hold between the fields of a tracking segment, and between its rows.

The standard asks that no keyword has two rows of one instant, and prints an example in which one has (figure
E-17); a radar may well see two things at once, so that is let stand.  So are angles and humidities beyond
their bounds: they are what somebody measured.

Source: CCSDS 503.0-B-2, table 3-3, 3.3.2, 3.4.10 and 3.4.15.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from baken.formats._grammar import shown
from baken.formats._observation_rows import Columns
from baken.formats.message import Section
from baken.formats.oem import CLOCKS
from baken.formats.reading import Deviation
from baken.formats.tdm_table import OBSERVATION, OBSERVED, PARTICIPANTS

# SANA's register of time systems, beyond those that can be put beside each other here.
OTHER_CLOCKS = ("GMST", "MET", "MRT", "SCLK", "UT1")
# The first asks for the second.
TOGETHER = (("INTERPOLATION", "INTERPOLATION_DEGREE"), ("PATH_1", "PATH_2"), ("PATH_2", "PATH_1"))
PATHS_OF_MODE = {"SEQUENTIAL": ("PATH",), "SINGLE_DIFF": ("PATH_1", "PATH_2")}
NEED_A_BAND = ("RANGE", "RECEIVE_FREQ")


def metadata_faults(metadata: Section) -> Iterator[Deviation]:
    """Yield where the metadata of a segment do not go together."""
    said = {entry.keyword: entry.text for entry in metadata.entries}
    lines = {entry.keyword: entry.line for entry in metadata.entries}
    clock = said.get("TIME_SYSTEM", "UTC").upper()
    if clock not in CLOCKS and clock not in OTHER_CLOCKS:
        yield Deviation(lines["TIME_SYSTEM"], "TIME_SYSTEM", f"is {shown(clock)}, a clock nobody registered")
    if not any(said.get(f"PARTICIPANT_{n}") for n in PARTICIPANTS):
        yield Deviation(metadata.line, "PARTICIPANT_1", "is missing from the metadata")
    for there, missing in TOGETHER:
        if there in said and missing not in said:
            yield Deviation(lines[there], missing, f"is missing; {there} is there")
    if said.get("ANGLE_TYPE") == "RADEC" and "REFERENCE_FRAME" not in said:
        yield Deviation(lines["ANGLE_TYPE"], "REFERENCE_FRAME", "is missing; RADEC is an angle in a frame")
    corrected = next((word for word in said if word.startswith("CORRECTION_")), None)
    if corrected is not None and "CORRECTIONS_APPLIED" not in said:
        yield Deviation(lines[corrected], "CORRECTIONS_APPLIED", f"is missing; {corrected} is there")
    yield from _path_faults(said, lines)
    yield from _type_faults(said, lines)


def _path_faults(said: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Deviation]:
    mode = said.get("MODE")
    if mode is not None:
        for path in ("PATH", "PATH_1", "PATH_2"):
            if path in PATHS_OF_MODE[mode] and path not in said:
                yield Deviation(lines["MODE"], path, f"is missing; the mode is {mode}")
            elif path in said and path not in PATHS_OF_MODE[mode]:
                yield Deviation(lines[path], path, f"has no place where the mode is {mode}")
    for path in ("PATH", "PATH_1", "PATH_2"):
        if " " in said.get(path, ""):
            yield Deviation(lines[path], path, "has blanks between its numbers")
        for stop in said.get(path, "").replace(" ", "").split(","):
            if stop and not said.get(f"PARTICIPANT_{stop}"):
                yield Deviation(lines[path], path, f"passes participant {stop}, and there is none")
                break


def _type_faults(said: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Deviation]:
    # The standard's own example lists a keyword for all participants with the letter n.
    known = {*OBSERVED, *(keyword[:-1] + "n" for keyword in OBSERVED if keyword.endswith("_1"))}
    for word in filter(None, (word.strip() for word in said.get("DATA_TYPES", "").split(","))):
        if word not in known:
            yield Deviation(lines["DATA_TYPES"], "DATA_TYPES", f"lists {shown(word)}, no kind of observation")


def span_faults(start_tai_ns: int | None, stop_tai_ns: int | None, metadata: Section) -> Iterator[Deviation]:
    """Yield where a segment ends before it begins.

    Rows outside the span are not told: a transmitted frequency may well be earlier, as in figure E-11.
    """
    if start_tai_ns is not None and stop_tai_ns is not None and stop_tai_ns < start_tai_ns:
        lines = {entry.keyword: entry.line for entry in metadata.entries}
        yield Deviation(lines.get("STOP_TIME", metadata.line), "STOP_TIME", "is earlier than START_TIME")


def row_faults(
    keywords: Mapping[str, int], columns: Columns, version: tuple[int, int], metadata: Section
) -> Iterator[Deviation]:
    """Yield which keywords come too early for the version, go back in time, or lack what they need."""
    said = {entry.keyword: entry.text for entry in metadata.entries}
    for keyword, index in keywords.items():
        rows = np.flatnonzero(columns.keyword_index == index)
        first_line, since = int(columns.lines[rows[0]]), OBSERVATION.places[keyword][1].since
        if since > version:
            came = f"{since[0]}.{since[1]}"
            yield Deviation(first_line, keyword, f"came with version {came} of the standard")
        back = np.flatnonzero(np.diff(columns.epoch_tai_ns[rows]) < 0)
        for row in back[:10].tolist():
            yield Deviation(int(columns.lines[rows[row + 1]]), keyword, "is earlier than the one before")
        if said.get("MODE") == "SINGLE_DIFF" and keyword in NEED_A_BAND and "RECEIVE_BAND" not in said:
            yield Deviation(first_line, "RECEIVE_BAND", f"is missing; a differenced {keyword} needs it")
