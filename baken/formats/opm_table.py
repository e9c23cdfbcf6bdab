"""The table of the Orbit Parameter Message.

Source: CCSDS 502.0-B-3, tables 3-1 to 3-3; 502.0-B-1 and B-2 for what each version brought.
"""

from baken.formats._grammar import (
    DEGREE,
    KILOGRAM,
    KILOMETRE,
    KILOMETRE3_PER_SECOND2,
    KILOMETRE_PER_SECOND,
    SECOND,
    SQUARE_METRE,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
)
from baken.formats.omm_table import covariance_fields

MUST, REAL, INSTANT = Need.OBLIGATORY, Kind.REAL, Kind.INSTANT
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
    ),
    MUST,
)
STATE_VECTOR = Block(
    "stateVector",
    (
        Field("EPOCH", MUST, INSTANT),
        *(Field(axis, MUST, REAL, KILOMETRE) for axis in "XYZ"),
        *(Field(f"{axis}_DOT", MUST, REAL, KILOMETRE_PER_SECOND) for axis in "XYZ"),
    ),
    MUST,
)
KEPLERIAN = Block(
    "keplerianElements",
    (
        Field("SEMI_MAJOR_AXIS", MUST, REAL, KILOMETRE),
        Field("ECCENTRICITY", MUST, REAL, least=0.0),
        Field("INCLINATION", MUST, REAL, DEGREE, least=0.0, most=180.0),
        Field("RA_OF_ASC_NODE", MUST, REAL, DEGREE),
        Field("ARG_OF_PERICENTER", MUST, REAL, DEGREE),
        # One of the two: a rule, in opm.
        Field("TRUE_ANOMALY", kind=REAL, unit=DEGREE),
        Field("MEAN_ANOMALY", kind=REAL, unit=DEGREE),
        Field("GM", MUST, REAL, KILOMETRE3_PER_SECOND2, least=0.0),
    ),
)
SPACECRAFT = Block(
    "spacecraftParameters",
    (
        Field("MASS", kind=REAL, unit=KILOGRAM, least=0.0),
        Field("SOLAR_RAD_AREA", kind=REAL, unit=SQUARE_METRE, least=0.0),
        Field("SOLAR_RAD_COEFF", kind=REAL),
        Field("DRAG_AREA", kind=REAL, unit=SQUARE_METRE, least=0.0),
        Field("DRAG_COEFF", kind=REAL),
    ),
)
COVARIANCE = Block("covarianceMatrix", (Field("COV_REF_FRAME", since=VERSION_2), *covariance_fields()))
MANOEUVRE = Block(
    "maneuverParameters",
    # Each is optional in the table, but 3.2.4.8 asks for all of them, for each manoeuvre.
    (
        Field("MAN_EPOCH_IGNITION", MUST, INSTANT),
        Field("MAN_DURATION", MUST, REAL, SECOND, least=0.0),
        Field("MAN_DELTA_MASS", MUST, REAL, KILOGRAM, most=0.0),
        Field("MAN_REF_FRAME", MUST),
        *(Field(f"MAN_DV_{axis}", MUST, REAL, KILOMETRE_PER_SECOND) for axis in "123"),
    ),
    may_repeat=True,
)
GRAMMAR = Grammar(
    name="OPM",
    root="opm",
    version_keyword="CCSDS_OPM_VERS",
    versions=(VERSION_1, VERSION_2, VERSION_3),
    header=HEADER,
    metadata=METADATA,
    data=(STATE_VECTOR, KEPLERIAN, SPACECRAFT, COVARIANCE, MANOEUVRE),
    user_defined=True,
)
