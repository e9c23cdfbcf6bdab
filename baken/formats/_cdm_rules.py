"""What must hold between the fields of a conjunction message.

Source: CCSDS 508.0-B-1, table 3-3 and 5.2.8; what version 2 loosens, 508.0-P-1.1.
"""

from collections.abc import Iterator

from baken.formats._cdm_draft import VERSION_2
from baken.formats.cdm_table import COVARIANCE, GRAMMAR, N_OBLIGATORY_ROWS, OTHER_COVARIANCES, ROWS
from baken.formats.message import USER_DEFINED_SECTION, Message, Section, version_number
from baken.formats.reading import Deviation

ROW_KEYWORDS = tuple(
    tuple(f"C{name}_{column}" for column in ROWS[: row + 1]) for row, name in enumerate(ROWS)
)


def broken_rules(message: Message) -> Iterator[Deviation]:
    """Yield where fields do not go together."""
    if (version_number(message.version) or GRAMMAR.versions[-1]) < VERSION_2:
        yield from _ahead_of_version_1(message)
    for segment in (1, 2):
        yield from _other_number(message, segment)
        yield from _no_covariance(message, segment)
        for section in message.sections:
            if (section.name, section.segment) == (COVARIANCE.name, segment):
                yield from _broken_rows(section)
    yield from _two_frames(message)


def whole_rows(said: dict[str, str]) -> int:
    """Return how many rows of a covariance, from the first, are whole."""
    is_whole = [all(keyword in said for keyword in row) for row in ROW_KEYWORDS]
    return [*is_whole, False].index(False)


def _ahead_of_version_1(message: Message) -> Iterator[Deviation]:
    for section in message.sections:
        if section.name == USER_DEFINED_SECTION:
            yield Deviation(section.line, _first_keyword(section), "came with version 2.0 of the standard")
    for entry in message.entries(0):
        if (entry.keyword, entry.text) == ("SCREEN_VOLUME_SHAPE", "SPHERE"):
            yield Deviation(entry.line, entry.keyword, "is SPHERE, which came with version 2.0")


def _first_keyword(section: Section) -> str:
    return section.entries[0].keyword if section.entries else section.name


def _other_number(message: Message, segment: int) -> Iterator[Deviation]:
    for entry in message.entries(segment):
        if entry.keyword == "OBJECT" and entry.text != f"OBJECT{segment}":
            yield Deviation(entry.line, "OBJECT", f"is {entry.text}; it must be OBJECT{segment} here")


def _no_covariance(message: Message, segment: int) -> Iterator[Deviation]:
    there = {section.name for section in message.sections if section.segment == segment}
    if not there & {COVARIANCE.name, *(block.name for block in OTHER_COVARIANCES)}:
        problem = f"is missing: the {COVARIANCE.name} of segment {segment}"
        yield Deviation(message.line, COVARIANCE.fields[0].keyword, problem)


def _broken_rows(section: Section) -> Iterator[Deviation]:
    """Yield where a row of drag, radiation pressure or thrust lacks something, or a row before it."""
    said = {entry.keyword: entry.line for entry in section.entries}
    last_said = max((row for row, keys in enumerate(ROW_KEYWORDS) if said.keys() & set(keys)), default=-1)
    for row in range(N_OBLIGATORY_ROWS, last_said + 1):
        missing = [keyword for keyword in ROW_KEYWORDS[row] if keyword not in said]
        if missing:
            begun = [said[keyword] for keyword in ROW_KEYWORDS[row] if keyword in said]
            yield Deviation(min(begun, default=section.line), missing[0], "is missing from its row")


def _two_frames(message: Message) -> Iterator[Deviation]:
    frames = [entry for entry in message.entries() if entry.keyword == "REF_FRAME"]
    for entry in frames[1:]:
        if entry.text != frames[0].text:
            problem = f"is {entry.text}; it must be {frames[0].text}, as for the first object"
            yield Deviation(entry.line, "REF_FRAME", problem)
