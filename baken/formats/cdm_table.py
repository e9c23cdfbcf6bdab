"""The table of the Conjunction Data Message.

Source: CCSDS 508.0-B-1 with its corrigenda, tables 3-1 to 3-4; for version 2 see ``_cdm_draft``.
"""

from collections.abc import Iterator

from baken.formats import _cdm_draft
from baken.formats._cdm_draft import VERSION_2, draft
from baken.formats._grammar import (
    DAY,
    KILOGRAM,
    KILOMETRE,
    KILOMETRE_PER_SECOND,
    METRE,
    METRE_PER_SECOND,
    METRE_PER_SECOND2,
    PER_CENT,
    SQUARE_METRE,
    SQUARE_METRE_PER_KILOGRAM,
    WATT_PER_KILOGRAM,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
    Unit,
)

MUST, OPTIONAL = Need.OBLIGATORY, Need.OPTIONAL
REAL, INTEGER, INSTANT = Kind.REAL, Kind.INTEGER, Kind.INSTANT
YES_OR_NO = ("YES", "NO")
RELATIVE_STATE = "relativeStateVector"

HEADER = Block(
    "header",
    (
        draft("CLASSIFICATION"),
        Field("CREATION_DATE", MUST, INSTANT),
        Field("ORIGINATOR", MUST),
        Field("MESSAGE_FOR"),
        Field("MESSAGE_ID", MUST),
    ),
    MUST,
)
RELATIVE = Block(
    "relativeMetadataData",
    (
        draft("CONJUNCTION_ID"),
        Field("TCA", MUST, INSTANT),
        Field("MISS_DISTANCE", MUST, REAL, METRE, least=0.0),
        *_cdm_draft.GEOMETRY,
        Field("RELATIVE_SPEED", kind=REAL, unit=METRE_PER_SECOND, least=0.0),
        *(Field(f"RELATIVE_POSITION_{axis}", kind=REAL, unit=METRE, inside=RELATIVE_STATE) for axis in "RTN"),
        *(
            Field(f"RELATIVE_VELOCITY_{axis}", kind=REAL, unit=METRE_PER_SECOND, inside=RELATIVE_STATE)
            for axis in "RTN"
        ),
        Field("START_SCREEN_PERIOD", kind=INSTANT),
        Field("STOP_SCREEN_PERIOD", kind=INSTANT),
        Field("SCREEN_VOLUME_FRAME", allowed=("RTN", "TVN")),
        Field("SCREEN_VOLUME_SHAPE", allowed=("ELLIPSOID", "BOX", "SPHERE")),
        *(Field(f"SCREEN_VOLUME_{axis}", kind=REAL, unit=METRE, least=0.0) for axis in "XYZ"),
        Field("SCREEN_ENTRY_TIME", kind=INSTANT),
        Field("SCREEN_EXIT_TIME", kind=INSTANT),
        *_cdm_draft.SCREENING,
        Field("COLLISION_PROBABILITY", kind=REAL, least=0.0, most=1.0),
        Field("COLLISION_PROBABILITY_METHOD"),
        *_cdm_draft.PROBABILITIES,
    ),
    MUST,
)
METADATA = Block(
    "metadata",
    (
        Field("OBJECT", MUST, allowed=("OBJECT1", "OBJECT2")),
        Field("OBJECT_DESIGNATOR", MUST),
        Field("CATALOG_NAME", MUST),
        Field("OBJECT_NAME", MUST),
        Field("INTERNATIONAL_DESIGNATOR", MUST),
        Field("OBJECT_TYPE", allowed=("PAYLOAD", "ROCKET BODY", "DEBRIS", "UNKNOWN", "OTHER")),
        draft("OPS_STATUS"),
        Field("OPERATOR_CONTACT_POSITION"),
        Field("OPERATOR_ORGANIZATION"),
        Field("OPERATOR_PHONE"),
        Field("OPERATOR_EMAIL"),
        Field("EPHEMERIS_NAME", MUST),
        *_cdm_draft.SOURCES,
        Field("COVARIANCE_METHOD", MUST, allowed=("CALCULATED", "DEFAULT")),
        Field("MANEUVERABLE", MUST, allowed=("YES", "NO", "N/A")),
        Field("ORBIT_CENTER"),
        Field("REF_FRAME", MUST, allowed=("GCRF", "EME2000", "ITRF")),
        *_cdm_draft.OTHER_COVARIANCE,
        Field("GRAVITY_MODEL"),
        Field("ATMOSPHERIC_MODEL"),
        Field("N_BODY_PERTURBATIONS"),
        Field("SOLAR_RAD_PRESSURE", allowed=YES_OR_NO),
        Field("EARTH_TIDES", allowed=YES_OR_NO),
        Field("INTRACK_THRUST", allowed=YES_OR_NO),
    ),
    MUST,
)
OD_PARAMETERS = Block(
    "odParameters",
    (
        Field("TIME_LASTOB_START", kind=INSTANT),
        Field("TIME_LASTOB_END", kind=INSTANT),
        Field("RECOMMENDED_OD_SPAN", kind=REAL, unit=DAY, least=0.0),
        Field("ACTUAL_OD_SPAN", kind=REAL, unit=DAY, least=0.0),
        Field("OBS_AVAILABLE", kind=INTEGER, least=0),
        Field("OBS_USED", kind=INTEGER, least=0),
        Field("TRACKS_AVAILABLE", kind=INTEGER, least=0),
        Field("TRACKS_USED", kind=INTEGER, least=0),
        Field("RESIDUALS_ACCEPTED", kind=REAL, unit=PER_CENT, least=0.0, most=100.0),
        Field("WEIGHTED_RMS", kind=REAL, least=0.0),
        draft("OD_EPOCH", INSTANT),
    ),
)
ADDITIONAL_PARAMETERS = Block(
    "additionalParameters",
    (
        Field("AREA_PC", kind=REAL, unit=SQUARE_METRE, least=0.0),
        Field("AREA_DRG", kind=REAL, unit=SQUARE_METRE, least=0.0),
        Field("AREA_SRP", kind=REAL, unit=SQUARE_METRE, least=0.0),
        *_cdm_draft.SIZES,
        Field("MASS", kind=REAL, unit=KILOGRAM, least=0.0),
        _cdm_draft.HARD_BODY_RADIUS,
        # Not bounded below: a fitted value may be negative, and often is.
        Field("CD_AREA_OVER_MASS", kind=REAL, unit=SQUARE_METRE_PER_KILOGRAM),
        Field("CR_AREA_OVER_MASS", kind=REAL, unit=SQUARE_METRE_PER_KILOGRAM),
        Field("THRUST_ACCELERATION", kind=REAL, unit=METRE_PER_SECOND2),
        Field("SEDR", kind=REAL, unit=WATT_PER_KILOGRAM),
        *_cdm_draft.ORBIT,
    ),
)
STATE_VECTOR = Block(
    "stateVector",
    (
        *(Field(axis, MUST, REAL, KILOMETRE) for axis in "XYZ"),
        *(Field(f"{axis}_DOT", MUST, REAL, KILOMETRE_PER_SECOND) for axis in "XYZ"),
    ),
    MUST,
)

# The rows of the covariance, and what each one's unit is to the power of the first (m) and the second (s).
ROWS = ("R", "T", "N", "RDOT", "TDOT", "NDOT", "DRG", "SRP", "THR")
N_OBLIGATORY_ROWS = 6
UNITS = {
    ("m", "m"): "m**2",
    ("m/s", "m"): "m**2/s",
    ("m/s", "m/s"): "m**2/s**2",
    ("m**2/kg", "m"): "m**3/kg",
    ("m**2/kg", "m/s"): "m**3/(kg*s)",
    ("m**2/kg", "m**2/kg"): "m**4/kg**2",
    ("m/s**2", "m"): "m**2/s**2",
    ("m/s**2", "m/s"): "m**2/s**3",
    ("m/s**2", "m**2/kg"): "m**3/(kg*s**2)",
    ("m/s**2", "m/s**2"): "m**2/s**4",
}
ROW_UNITS = (*["m"] * 3, *["m/s"] * 3, *["m**2/kg"] * 2, "m/s**2")


def _covariance_fields() -> Iterator[Field]:
    for row, row_name in enumerate(ROWS):
        need = MUST if row < N_OBLIGATORY_ROWS else OPTIONAL
        for column, column_name in enumerate(ROWS[: row + 1]):
            unit = Unit(UNITS[ROW_UNITS[row], ROW_UNITS[column]])
            yield Field(f"C{row_name}_{column_name}", need, REAL, unit)


# Obligatory, unless version 2 gives another in its place: see the rules.
COVARIANCE = Block("covarianceMatrix", tuple(_covariance_fields()))
XYZ_COVARIANCE = Block("xyzCovarianceMatrix", tuple(_cdm_draft.xyz_covariance(COVARIANCE.fields)))
OTHER_COVARIANCES = (XYZ_COVARIANCE, _cdm_draft.SIGMA_EIGENVECTORS)
DRAFT_BLOCKS = (*OTHER_COVARIANCES, _cdm_draft.COVARIANCE_SOURCES)

GRAMMAR = Grammar(
    name="CDM",
    root="cdm",
    version_keyword="CCSDS_CDM_VERS",
    also_called="TRACSS_CDM_VERS",
    versions=((1, 0), VERSION_2),
    header=HEADER,
    preamble=(RELATIVE,),
    metadata=METADATA,
    data=(OD_PARAMETERS, ADDITIONAL_PARAMETERS, STATE_VECTOR, COVARIANCE, *DRAFT_BLOCKS),
    segment_keyword="OBJECT",
    n_segments=2,
    user_defined=True,
)
