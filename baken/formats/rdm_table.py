"""The table of the Re-entry Data Message.

Source: CCSDS 508.1-B-1, tables 3-1 to 3-3 and 4-1.
"""

from baken.formats._grammar import (
    DAY,
    DEGREE,
    KILOGRAM,
    KILOMETRE,
    KILOMETRE_PER_SECOND,
    METRE,
    METRE_PER_SECOND2,
    PER_CENT,
    SQUARE_METRE,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
    Unit,
)
from baken.formats.omm_table import covariance_fields

MUST, REAL, INTEGER, INSTANT = Need.OBLIGATORY, Kind.REAL, Kind.INTEGER, Kind.INSTANT
KILOGRAM_PER_SQUARE_METRE = Unit("kg/m**2")
METHODS = ("NONE", "ANALYTICAL", "STOCHASTIC", "EMPIRICAL")
NOT_PLANNED = "N/A"
INTERVALS = (1, 2, 3)


def _word(keyword: str, *allowed: str, need: Need = Need.OPTIONAL) -> Field:
    return Field(keyword, need, allowed=allowed, any_case=True)


def _instant(keyword: str, need: Need = Need.OPTIONAL) -> Field:
    return Field(keyword, need, INSTANT)


def _probability(keyword: str) -> Field:
    return Field(keyword, kind=REAL, least=0.0, most=1.0)


def _per_cent(keyword: str) -> Field:
    return Field(keyword, kind=REAL, unit=PER_CENT, least=0.0, most=100.0)


def _longitude(keyword: str) -> Field:
    return Field(keyword, kind=REAL, unit=DEGREE, least=-180.0, most=180.0)


def _latitude(keyword: str) -> Field:
    return Field(keyword, kind=REAL, unit=DEGREE, least=-90.0, most=90.0)


def _measured(keyword: str, unit: Unit | None = None, least: float = 0.0) -> Field:
    return Field(keyword, kind=REAL, unit=unit, least=least)


def interval_fields(n: int) -> tuple[Field, ...]:
    """Return the six fields of one interval of confidence."""
    return (
        _per_cent(f"IMPACT_{n}_CONFIDENCE"),
        _longitude(f"IMPACT_{n}_START_LON"),
        _latitude(f"IMPACT_{n}_START_LAT"),
        _longitude(f"IMPACT_{n}_STOP_LON"),
        _latitude(f"IMPACT_{n}_STOP_LAT"),
        _measured(f"IMPACT_{n}_CROSS_TRACK", KILOMETRE),
    )


HEADER = Block(
    "header", (_instant("CREATION_DATE", MUST), Field("ORIGINATOR", MUST), Field("MESSAGE_ID", MUST)), MUST
)
METADATA = Block(
    "metadata",
    (
        Field("OBJECT_NAME", MUST),
        Field("INTERNATIONAL_DESIGNATOR", MUST),
        Field("CATALOG_NAME"),
        Field("OBJECT_DESIGNATOR"),
        _word("OBJECT_TYPE", "PAYLOAD", "ROCKET BODY", "DEBRIS", "OTHER", "UNKNOWN"),
        Field("OBJECT_OWNER"),
        Field("OBJECT_OPERATOR"),
        _word("CONTROLLED_REENTRY", "YES", "NO", "UNKNOWN", need=MUST),
        Field("CENTER_NAME", MUST),
        Field("TIME_SYSTEM", MUST),
        _instant("EPOCH_TZERO", MUST),
        Field("REF_FRAME"),
        _instant("REF_FRAME_EPOCH"),
        Field("EPHEMERIS_NAME"),
        Field("GRAVITY_MODEL"),
        Field("ATMOSPHERIC_MODEL"),
        Field("SOLAR_FLUX_PREDICTION"),
        Field("N_BODY_PERTURBATIONS"),
        Field("SOLAR_RAD_PRESSURE"),
        Field("EARTH_TIDES"),
        _word("INTRACK_THRUST", "YES", "NO"),
        Field("DRAG_PARAMETERS_SOURCE"),
        _measured("DRAG_PARAMETERS_ALTITUDE", KILOMETRE),
        _word("REENTRY_UNCERTAINTY_METHOD", *METHODS),
        _word("REENTRY_DISINTEGRATION", "NONE", "MASS-LOSS", "BREAK-UP", "MASS-LOSS + BREAK-UP"),
        _word("IMPACT_UNCERTAINTY_METHOD", *METHODS),
        Field("PREVIOUS_MESSAGE_ID"),
        _instant("PREVIOUS_MESSAGE_EPOCH"),
        Field("NEXT_MESSAGE_EPOCH"),  # an instant, or NOT_PLANNED
    ),
    MUST,
)
REENTRY = Block(
    "atmosphericReentryParameters",
    (
        Field("ORBIT_LIFETIME", MUST, REAL, DAY, least=0.0),
        Field("REENTRY_ALTITUDE", MUST, REAL, KILOMETRE, least=0.0),
        _measured("ORBIT_LIFETIME_WINDOW_START", DAY),
        _measured("ORBIT_LIFETIME_WINDOW_END", DAY),
        _instant("NOMINAL_REENTRY_EPOCH"),
        _instant("REENTRY_WINDOW_START"),
        _instant("REENTRY_WINDOW_END"),
        _per_cent("ORBIT_LIFETIME_CONFIDENCE_LEVEL"),
    ),
    MUST,
)
IMPACT = Block(
    "groundImpactParameters",
    (
        _probability("PROBABILITY_OF_IMPACT"),
        _probability("PROBABILITY_OF_BURN_UP"),
        _probability("PROBABILITY_OF_BREAK_UP"),
        _probability("PROBABILITY_OF_LAND_IMPACT"),
        _probability("PROBABILITY_OF_CASUALTY"),
        _instant("NOMINAL_IMPACT_EPOCH"),
        _instant("IMPACT_WINDOW_START"),
        _instant("IMPACT_WINDOW_END"),
        Field("IMPACT_REF_FRAME"),
        _longitude("NOMINAL_IMPACT_LON"),
        _latitude("NOMINAL_IMPACT_LAT"),
        Field("NOMINAL_IMPACT_ALT", kind=REAL, unit=METRE),
        *(field for n in INTERVALS for field in interval_fields(n)),
    ),
)
STATE_VECTOR = Block(
    "stateVector",
    (
        _instant("EPOCH", MUST),
        *(Field(axis, MUST, REAL, KILOMETRE) for axis in "XYZ"),
        *(Field(f"{axis}_DOT", MUST, REAL, KILOMETRE_PER_SECOND) for axis in "XYZ"),
    ),
)
COVARIANCE = Block("covarianceMatrix", (Field("COV_REF_FRAME"), *covariance_fields()))
SPACECRAFT = Block(
    "spacecraftParameters",
    (
        _measured("WET_MASS", KILOGRAM),
        _measured("DRY_MASS", KILOGRAM),
        Field("HAZARDOUS_SUBSTANCES"),
        _measured("SOLAR_RAD_AREA", SQUARE_METRE),
        _measured("SOLAR_RAD_COEFF"),
        _measured("DRAG_AREA", SQUARE_METRE),
        _measured("DRAG_COEFF"),
        _measured("RCS", SQUARE_METRE),
        _measured("BALLISTIC_COEFF", KILOGRAM_PER_SQUARE_METRE),
        Field("THRUST_ACCELERATION", kind=REAL, unit=METRE_PER_SECOND2),
    ),
)
OD_PARAMETERS = Block(
    "odParameters",
    (
        _instant("TIME_LASTOB_START"),
        _instant("TIME_LASTOB_END"),
        _measured("RECOMMENDED_OD_SPAN", DAY),
        _measured("ACTUAL_OD_SPAN", DAY),
        *(
            Field(f"{what}_{which}", kind=INTEGER, least=0)
            for what in ("OBS", "TRACKS")
            for which in ("AVAILABLE", "USED")
        ),
        _per_cent("RESIDUALS_ACCEPTED"),
        _measured("WEIGHTED_RMS"),
    ),
)
GRAMMAR = Grammar(
    name="RDM",
    root="rdm",
    version_keyword="CCSDS_RDM_VERS",
    versions=((1, 0),),
    header=HEADER,
    metadata=METADATA,
    data=(REENTRY, IMPACT, STATE_VECTOR, COVARIANCE, SPACECRAFT, OD_PARAMETERS),
    user_defined=True,
)
