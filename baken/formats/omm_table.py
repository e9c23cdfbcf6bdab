"""The table of the Orbit Mean-elements Message.

Source: CCSDS 502.0-B-3, tables 4-1 to 4-3; 502.0-B-2 for version 2.0.
"""

from collections.abc import Iterator
from itertools import product

from baken.formats._grammar import (
    DEGREE,
    KILOGRAM,
    KILOMETRE,
    KILOMETRE2,
    KILOMETRE2_PER_SECOND,
    KILOMETRE2_PER_SECOND2,
    KILOMETRE3_PER_SECOND2,
    PER_EARTH_RADIUS,
    REVOLUTION_PER_DAY,
    REVOLUTION_PER_DAY2,
    REVOLUTION_PER_DAY3,
    SQUARE_METRE,
    SQUARE_METRE_PER_KILOGRAM,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
)
from baken.records.identity import MAX_NORAD_CAT_ID

MUST, REAL, INTEGER, INSTANT = Need.OBLIGATORY, Kind.REAL, Kind.INTEGER, Kind.INSTANT
VERSION_3 = (3, 0)

HEADER = Block(
    "header",
    (
        Field("CLASSIFICATION", since=VERSION_3),
        # CelesTrak leaves both blank in KVN and XML, which the published XML schema admits.
        Field("CREATION_DATE", MUST, INSTANT, may_be_blank=True),
        Field("ORIGINATOR", MUST, may_be_blank=True),
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
        Field("REF_FRAME_EPOCH", kind=INSTANT),
        Field("TIME_SYSTEM", MUST),
        Field("MEAN_ELEMENT_THEORY", MUST),
    ),
    MUST,
)
MEAN_ELEMENTS = Block(
    "meanElements",
    (
        Field("EPOCH", MUST, INSTANT),
        Field("SEMI_MAJOR_AXIS", kind=REAL, unit=KILOMETRE),
        Field("MEAN_MOTION", kind=REAL, unit=REVOLUTION_PER_DAY),
        Field("ECCENTRICITY", MUST, REAL, least=0.0),
        Field("INCLINATION", MUST, REAL, DEGREE, least=0.0, most=180.0),
        Field("RA_OF_ASC_NODE", MUST, REAL, DEGREE),
        Field("ARG_OF_PERICENTER", MUST, REAL, DEGREE),
        Field("MEAN_ANOMALY", MUST, REAL, DEGREE),
        Field("GM", kind=REAL, unit=KILOMETRE3_PER_SECOND2),
    ),
    MUST,
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
TLE_PARAMETERS = Block(
    "tleParameters",
    (
        Field("EPHEMERIS_TYPE", kind=INTEGER),
        Field("CLASSIFICATION_TYPE", pattern=r"[A-Z]"),
        Field("NORAD_CAT_ID", kind=INTEGER, least=0, most=MAX_NORAD_CAT_ID),
        Field("ELEMENT_SET_NO", kind=INTEGER),
        Field("REV_AT_EPOCH", kind=INTEGER),
        Field("BSTAR", kind=REAL, unit=PER_EARTH_RADIUS),
        Field("BTERM", kind=REAL, unit=SQUARE_METRE_PER_KILOGRAM, since=VERSION_3),
        Field("MEAN_MOTION_DOT", kind=REAL, unit=REVOLUTION_PER_DAY2),
        Field("MEAN_MOTION_DDOT", kind=REAL, unit=REVOLUTION_PER_DAY3),
        Field("AGOM", kind=REAL, unit=SQUARE_METRE_PER_KILOGRAM, since=VERSION_3),
    ),
)


def covariance_fields(axes: tuple[str, ...] = ("X", "Y", "Z")) -> Iterator[Field]:
    """Yield the twenty-one fields of a covariance, lower triangle, row by row."""
    names = [*axes, *(f"{axis}_DOT" for axis in axes)]
    units = {0: KILOMETRE2, 1: KILOMETRE2_PER_SECOND, 2: KILOMETRE2_PER_SECOND2}
    for row, column in product(range(6), range(6)):
        if column <= row:
            n_rates = names[row].endswith("_DOT") + names[column].endswith("_DOT")
            yield Field(f"C{names[row]}_{names[column]}", MUST, REAL, units[n_rates])


COVARIANCE = Block("covarianceMatrix", (Field("COV_REF_FRAME"), *covariance_fields()))

GRAMMAR = Grammar(
    name="OMM",
    root="omm",
    version_keyword="CCSDS_OMM_VERS",
    versions=((1, 0), (2, 0), VERSION_3),
    header=HEADER,
    metadata=METADATA,
    data=(MEAN_ELEMENTS, SPACECRAFT, TLE_PARAMETERS, COVARIANCE),
    user_defined=True,
)
