"""The table of the Tracking Data Message.

The standard fixes the order of the metadata and prints an example that departs from it (figure E-3), as does
its XML schema; here any order is right.

Source: CCSDS 503.0-B-2, tables 3-2, 3-3 and 3-5; 503.0-B-1 for what version 2.0 brought.
"""

import math
from collections.abc import Iterator

from baken.formats._grammar import (
    DEGREE,
    KILOMETRE,
    KILOMETRE_PER_SECOND,
    METRE,
    PER_CENT,
    SQUARE_METRE,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
    Unit,
)

MUST, REAL, INTEGER, INSTANT = Need.OBLIGATORY, Kind.REAL, Kind.INTEGER, Kind.INSTANT
VERSION_1, VERSION_2 = (1, 0), (2, 0)
PARTICIPANTS = (1, 2, 3, 4, 5)
YES_OR_NO = ("YES", "NO")
PATH = r"[1-5]( *, *[1-5])+"
SECOND, HERTZ = Unit("s"), Unit("Hz")
HECTOPASCAL = Unit("hPa", 100.0)
ELECTRONS = Unit("TECU", 1e16)  # per square metre
RANGE_UNITS = {"km": KILOMETRE, "s": SECOND, "RU": Unit("RU")}


def _each(stem: str, kind: Kind, unit: Unit | None = None, least: float = -math.inf) -> Iterator[Field]:
    """Yield the fields of a keyword that every participant has."""
    for n in PARTICIPANTS:
        yield Field(f"{stem}_{n}", kind=kind, unit=unit, least=least)


def _word(keyword: str, *allowed: str, since: tuple[int, int] = VERSION_1) -> Field:
    return Field(keyword, allowed=allowed, any_case=True, since=since)


def _correction(what: str, unit: Unit | None, since: tuple[int, int] = VERSION_1) -> Field:
    return Field(f"CORRECTION_{what}", kind=REAL, unit=unit, since=since)


HEADER = Block(
    "header",
    (
        Field("CREATION_DATE", MUST, INSTANT),
        Field("ORIGINATOR", MUST),
        Field("MESSAGE_ID", since=VERSION_2),
    ),
    MUST,
)
METADATA = Block(
    "metadata",
    (
        Field("TRACK_ID", since=VERSION_2),
        Field("DATA_TYPES", since=VERSION_2),
        Field("TIME_SYSTEM", MUST),
        Field("START_TIME", kind=INSTANT),
        Field("STOP_TIME", kind=INSTANT),
        *_each("PARTICIPANT", Kind.TEXT),
        _word("MODE", "SEQUENTIAL", "SINGLE_DIFF"),
        Field("PATH", pattern=PATH),
        Field("PATH_1", pattern=PATH),
        Field("PATH_2", pattern=PATH),
        *(Field(f"EPHEMERIS_NAME_{n}", since=VERSION_2) for n in PARTICIPANTS),
        Field("TRANSMIT_BAND"),
        Field("RECEIVE_BAND"),
        Field("TURNAROUND_NUMERATOR", kind=INTEGER),
        Field("TURNAROUND_DENOMINATOR", kind=INTEGER),
        _word("TIMETAG_REF", "TRANSMIT", "RECEIVE"),
        Field("INTEGRATION_INTERVAL", kind=REAL, unit=SECOND, least=0.0),
        _word("INTEGRATION_REF", "START", "MIDDLE", "END"),
        Field("FREQ_OFFSET", kind=REAL, unit=HERTZ),
        _word("RANGE_MODE", "COHERENT", "CONSTANT", "ONE_WAY"),
        Field("RANGE_MODULUS", kind=REAL, least=0.0),
        _word("RANGE_UNITS", *RANGE_UNITS),
        _word("ANGLE_TYPE", "AZEL", "RADEC", "XEYN", "XSYE"),
        Field("REFERENCE_FRAME"),
        Field("INTERPOLATION", since=VERSION_2),
        Field("INTERPOLATION_DEGREE", kind=INTEGER, least=1, since=VERSION_2),
        Field("DOPPLER_COUNT_BIAS", kind=REAL, unit=HERTZ, least=0.0, since=VERSION_2),
        Field("DOPPLER_COUNT_SCALE", kind=INTEGER, least=1, since=VERSION_2),
        _word("DOPPLER_COUNT_ROLLOVER", *YES_OR_NO, since=VERSION_2),
        *_each("TRANSMIT_DELAY", REAL, SECOND, least=0.0),
        *_each("RECEIVE_DELAY", REAL, SECOND, least=0.0),
        _word("DATA_QUALITY", "RAW", "VALIDATED", "DEGRADED"),
        _correction("ANGLE_1", DEGREE),
        _correction("ANGLE_2", DEGREE),
        _correction("DOPPLER", KILOMETRE_PER_SECOND),
        _correction("MAG", None, VERSION_2),
        _correction("RANGE", None),
        _correction("RCS", SQUARE_METRE, VERSION_2),
        _correction("RECEIVE", HERTZ),
        _correction("TRANSMIT", HERTZ),
        _correction("ABERRATION_YEARLY", DEGREE, VERSION_2),
        _correction("ABERRATION_DIURNAL", DEGREE, VERSION_2),
        _word("CORRECTIONS_APPLIED", *YES_OR_NO),
    ),
    MUST,
    start="META_START",
    stop="META_STOP",
    ordered=False,
    shows_units=False,  # 503.0-B-2, 4.4
)


def _observed(keyword: str, unit: Unit | None, since: tuple[int, int] = VERSION_1) -> Field:
    return Field(keyword, kind=REAL, unit=unit, since=since)


OBSERVATION = Block(
    "observation",
    (
        Field("EPOCH", MUST, INSTANT),
        _observed("CARRIER_POWER", Unit("dBW")),
        Field("DOPPLER_COUNT", kind=INTEGER, since=VERSION_2),
        _observed("DOPPLER_INSTANTANEOUS", KILOMETRE_PER_SECOND),
        _observed("DOPPLER_INTEGRATED", KILOMETRE_PER_SECOND),
        _observed("PC_N0", Unit("dBHz")),
        *(_observed(f"RECEIVE_PHASE_CT_{n}", None, VERSION_2) for n in PARTICIPANTS),
        *(_observed(f"TRANSMIT_PHASE_CT_{n}", None, VERSION_2) for n in PARTICIPANTS),
        _observed("PR_N0", Unit("dBHz")),
        _observed("RANGE", None),  # the metadata say in which of RANGE_UNITS
        *_each("RECEIVE_FREQ", REAL, HERTZ),
        _observed("RECEIVE_FREQ", HERTZ),
        *_each("TRANSMIT_FREQ", REAL, HERTZ),
        *_each("TRANSMIT_FREQ_RATE", REAL, Unit("Hz/s")),
        _observed("DOR", SECOND),
        _observed("VLBI_DELAY", SECOND),
        _observed("ANGLE_1", DEGREE),
        _observed("ANGLE_2", DEGREE),
        _observed("MAG", None, VERSION_2),
        _observed("RCS", SQUARE_METRE, VERSION_2),
        _observed("CLOCK_BIAS", SECOND),
        _observed("CLOCK_DRIFT", Unit("s/s")),
        _observed("STEC", ELECTRONS),
        _observed("TROPO_DRY", METRE),
        _observed("TROPO_WET", METRE),
        _observed("PRESSURE", HECTOPASCAL),
        _observed("RHUMIDITY", PER_CENT),
        _observed("TEMPERATURE", Unit("K")),
    ),
    MUST,
    start="DATA_START",
    stop="DATA_STOP",
    may_repeat=True,
    ordered=False,
    shows_units=False,
)
OBSERVED = frozenset(field.keyword for field in OBSERVATION.fields[1:])
# Counts may have more digits than a float holds (503.0-B-2, 4.3.11).
COUNTS = frozenset(keyword for keyword in OBSERVED if "PHASE_CT" in keyword or keyword == "DOPPLER_COUNT")

GRAMMAR = Grammar(
    name="TDM",
    root="tdm",
    version_keyword="CCSDS_TDM_VERS",
    versions=(VERSION_1, VERSION_2),
    header=HEADER,
    metadata=METADATA,
    data=(OBSERVATION,),
    n_segments=10_000,
)
