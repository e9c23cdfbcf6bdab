"""What must hold between the fields of an Orbit Comprehensive Message, its rows apart.

Source: CCSDS 502.0-B-3, 6.2.2 to 6.2.11.
"""

from collections.abc import Iterator, Mapping, Sequence

from baken.formats._grammar import Block, number, shown
from baken.formats.message import Message, Section
from baken.formats.ocm_columns import (
    DEPLOYMENT,
    KILOMETRE_PER_ROOT_SECOND,
    MANOEUVRES,
    NO_UNIT,
    PROPULSION,
    ROOT_KILOMETRE,
    TIMES,
    Column,
)
from baken.formats.ocm_table import MANOEUVRE, ORBIT_DETERMINATION, PERTURBATIONS, TRAJECTORY, USER
from baken.formats.reading import Deviation

NAMES_OF_BLOCKS = ("ORB", "PHYS", "COV", "MAN", "PERT", "OD", "USER")
# A burn that comes and goes: what a duty cycle cannot do without (6.2.8.20).
BY_TIME = (
    *("DC_WIN_OPEN", "DC_WIN_CLOSE", "DC_EXEC_START", "DC_EXEC_STOP", "DC_REF_TIME"),
    *("DC_TIME_PULSE_DURATION", "DC_TIME_PULSE_PERIOD"),
)
BY_ANGLE = ("DC_REF_DIR", "DC_BODY_FRAME", "DC_BODY_TRIGGER", "DC_PA_START_ANGLE", "DC_PA_STOP_ANGLE")
DUTY_CYCLES = {"TIME": BY_TIME, "TIME_AND_ANGLE": (*BY_TIME, *BY_ANGLE)}
# Everyone spells a root in a way of his own.
FREELY_SPELLED = (ROOT_KILOMETRE, KILOMETRE_PER_ROOT_SECOND)


def broken_rules(message: Message) -> Iterator[Deviation]:
    """Yield where fields and blocks do not go together."""
    said = message.texts()
    for name in said.get("OCM_DATA_ELEMENTS", "").split(","):
        if name.strip() and name.strip().upper() not in NAMES_OF_BLOCKS:
            problem = f"speaks of {shown(name.strip())}; blocks are {', '.join(NAMES_OF_BLOCKS)}"
            yield Deviation(message.line_of("OCM_DATA_ELEMENTS"), "OCM_DATA_ELEMENTS", problem)
    there = {section.name: section for section in reversed(message.sections)}
    if ORBIT_DETERMINATION.name in there and PERTURBATIONS.name not in there:
        line = there[ORBIT_DETERMINATION.name].line
        problem = f"is missing; the {ORBIT_DETERMINATION.name} cannot do without it"
        yield Deviation(line, PERTURBATIONS.start, problem)
    if USER.name in there and not there[USER.name].entries:
        yield Deviation(there[USER.name].line, USER.start, "has no field")
    for section in message.sections:
        if section.name == TRAJECTORY.name:
            yield from _later(section, "USEABLE_START_TIME", "USEABLE_STOP_TIME")
        elif section.name == MANOEUVRE.name:
            yield from _duty_cycle(section)
            yield from _later(section, "DC_TIME_PULSE_DURATION", "DC_TIME_PULSE_PERIOD")
        elif section.name == "metadata":
            yield from _later(section, "START_TIME", "STOP_TIME")


def _later(section: Section, before: str, after: str) -> Iterator[Deviation]:
    """Yield when the second of two is smaller: dates in one dress sort as their texts do."""
    entries = {entry.keyword: entry for entry in section.entries}
    if before not in entries or after not in entries:
        return
    early, late = entries[before].text, entries[after].text
    try:
        wrong = number(late) < number(early)
    except ValueError:  # dates
        wrong = late[4:8].count("-") == early[4:8].count("-") and late.rstrip("Z") < early.rstrip("Z")
    if wrong:
        yield Deviation(entries[after].line, after, f"comes before {before}")


def _duty_cycle(section: Section) -> Iterator[Deviation]:
    said = {entry.keyword: entry.text for entry in section.entries}
    kind = said.get("DC_TYPE", "").upper()
    for keyword in DUTY_CYCLES.get(kind, ()):
        if keyword not in said:
            yield Deviation(section.line, keyword, f"is missing; a duty cycle by {kind} cannot do without it")


def missing_rows(section: Section, block: Block) -> Iterator[Deviation]:
    """Yield when a block that says anything has no row."""
    if any(entry.keyword == block.row for entry in section.entries):
        return
    if section.entries or block.name != "cov":  # all that a covariance must say has a default
        yield Deviation(section.line, block.row, f"is missing: the {block.name} has no row")
        for entry in section.entries:
            yield Deviation(entry.line, entry.keyword, f"stands in a {block.name} that has no row")


def composition_faults(composition: Sequence[str], section: Section, line: int) -> Iterator[Deviation]:
    """Yield where the columns a manoeuvre names are none, or not in the order of their table.

    Source: CCSDS 502.0-B-3, 6.2.8.14 to 6.2.8.18.
    """

    def fault(problem: str) -> Deviation:
        return Deviation(line or section.line, "MAN_COMPOSITION", problem)

    if composition[0] not in TIMES:
        yield fault(f"must begin with {' or '.join(TIMES)}, not {shown(composition[0])}")
    if any(name in TIMES for name in composition[1:]):
        yield fault("has a second time tag; a row has one")
    for name in composition:
        if name not in MANOEUVRES:
            yield fault(f"names {shown(name)}, which is no column of a manoeuvre")
    values = [name for name in composition if name in MANOEUVRES and name not in TIMES]
    if any(name in PROPULSION for name in values) and any(name in DEPLOYMENT for name in values):
        yield fault("mixes columns of a burn with those of a deployment")
    elif len(set(composition)) < len(composition):
        yield fault("names a column twice")
    elif values != sorted(values, key=list(MANOEUVRES).index):
        yield fault("names its columns in another order than their table")


def unit_faults(
    keyword: str, said: Mapping[str, str], columns: Sequence[Column], line: int
) -> Iterator[Deviation]:
    """Yield where the units a block states are not those of its columns, which cannot be chosen."""
    text = said.get(keyword, "")
    if not text:
        return
    words = [word.strip() for word in text.strip().removeprefix("[").removesuffix("]").split(",")]
    if not (text.startswith("[") and text.endswith("]")):
        yield Deviation(line, keyword, "must stand in square brackets")
    if len(words) != len(columns):
        yield Deviation(line, keyword, f"has {len(words)} units; there are {len(columns)} columns")
        return
    for place, (word, column) in enumerate(zip(words, columns, strict=True), start=1):
        if word != column.unit_text and column.unit not in FREELY_SPELLED:
            must = "it has none" if column.unit_text == NO_UNIT else f"it must be in {column.unit_text}"
            yield Deviation(line, keyword, f"says that value {place} is in {shown(word)}; {must}")
            return
