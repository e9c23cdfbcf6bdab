"""The table of the Orbit Ephemeris Message.

Source: CCSDS 502.0-B-3, tables 5-1 to 5-4; 502.0-B-1 and B-2 for what each version brought.
"""

from baken.formats._grammar import (
    KILOMETRE,
    KILOMETRE_PER_SECOND,
    KILOMETRE_PER_SECOND2,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
)
from baken.formats.omm_table import covariance_fields

MUST, REAL, INTEGER, INSTANT = Need.OBLIGATORY, Kind.REAL, Kind.INTEGER, Kind.INSTANT
VERSION_1, VERSION_2, VERSION_3 = (1, 0), (2, 0), (3, 0)

HEADER = Block(
    "header",
    (
        Field("CLASSIFICATION", since=VERSION_3),
        Field("CREATION_DATE", MUST, INSTANT),
        Field("ORIGINATOR", MUST),
        Field("MESSAGE_ID", since=VERSION_3),
    ),
    MUST,
)
METADATA = Block(
    "metadata",
    (
        Field("OBJECT_NAME", MUST),
        Field("OBJECT_ID", MUST),
        Field("CENTER_NAME", MUST),
        Field("REF_FRAME", MUST),
        Field("REF_FRAME_EPOCH", kind=INSTANT, since=VERSION_2),
        Field("TIME_SYSTEM", MUST),
        Field("START_TIME", MUST, INSTANT),
        Field("USEABLE_START_TIME", kind=INSTANT),
        Field("USEABLE_STOP_TIME", kind=INSTANT),
        Field("STOP_TIME", MUST, INSTANT),
        Field("INTERPOLATION"),
        Field("INTERPOLATION_DEGREE", kind=INTEGER, least=1, most=1000),
    ),
    MUST,
    start="META_START",
    stop="META_STOP",
)
STATE_VECTOR = Block(
    "stateVector",
    (
        Field("EPOCH", MUST, INSTANT),
        *(Field(axis, MUST, REAL, KILOMETRE) for axis in "XYZ"),
        *(Field(f"{axis}_DOT", MUST, REAL, KILOMETRE_PER_SECOND) for axis in "XYZ"),
        *(Field(f"{axis}_DDOT", kind=REAL, unit=KILOMETRE_PER_SECOND2, since=VERSION_2) for axis in "XYZ"),
    ),
    MUST,
    may_repeat=True,
)
COVARIANCE = Block(
    "covarianceMatrix",
    (Field("EPOCH", MUST, INSTANT), Field("COV_REF_FRAME"), *covariance_fields()),
    start="COVARIANCE_START",
    stop="COVARIANCE_STOP",
    may_repeat=True,
)
GRAMMAR = Grammar(
    name="OEM",
    root="oem",
    version_keyword="CCSDS_OEM_VERS",
    versions=(VERSION_1, VERSION_2, VERSION_3),
    header=HEADER,
    metadata=METADATA,
    data=(STATE_VECTOR, COVARIANCE),
    n_segments=10_000,
)
