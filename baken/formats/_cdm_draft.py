"""What version 2 of the Conjunction Data Message adds, which is a draft yet already sent.

The published standard is version 1.  Drafts of the next one differ in the order of their keywords, so their
places are not held against a sender; kinds, units and bounds are.

Source: CCSDS 508.0-P-1.0.2 and P-1.1 (pink books), as Orekit 13.1 and the messages of TraCSS have them.
"""

from collections.abc import Iterator

from baken.formats._grammar import (
    DEGREE,
    HOUR,
    KILOMETRE,
    METRE,
    SQUARE_METRE,
    Block,
    Field,
    Kind,
    Unit,
)

VERSION_2 = (2, 0)
REALS = r"[-+.0-9eE]+( +[-+.0-9eE]+)*"
INTEGERS = r"[0-9]+( +[0-9]+)*"


def draft(
    keyword: str,
    kind: Kind = Kind.TEXT,
    unit: Unit | None = None,
    *,
    allowed: tuple[str, ...] = (),
    pattern: str = "",
) -> Field:
    """Return a field of the draft."""
    return Field(
        keyword, kind=kind, unit=unit, allowed=allowed, pattern=pattern, since=VERSION_2, is_draft=True
    )


def probability(keyword: str) -> Field:
    """Return a field of the draft that holds a probability."""
    return Field(keyword, kind=Kind.REAL, least=0.0, most=1.0, since=VERSION_2, is_draft=True)


def _reals(*keywords: str, unit: Unit | None = None) -> tuple[Field, ...]:
    return tuple(draft(keyword, Kind.REAL, unit) for keyword in keywords)


GEOMETRY = (
    *_reals("MAHALANOBIS_DISTANCE"),
    draft("APPROACH_ANGLE", Kind.REAL, DEGREE),
)
SCREENING = (
    draft("SCREEN_TYPE", allowed=("SHAPE", "PC", "PC_MAX")),
    draft("SCREEN_VOLUME_RADIUS", Kind.REAL, METRE),
    probability("SCREEN_PC_THRESHOLD"),
    draft("COLLISION_PERCENTILE", pattern=INTEGERS),
)
PROBABILITIES = (
    probability("COLLISION_MAX_PROBABILITY"),
    draft("COLLISION_MAX_PC_METHOD"),
    probability("SEFI_COLLISION_PROBABILITY"),
    draft("SEFI_COLLISION_PROBABILITY_METHOD"),
    draft("SEFI_FRAGMENTATION_MODEL"),
    draft("PREVIOUS_MESSAGE_ID"),
    draft("PREVIOUS_MESSAGE_EPOCH", Kind.INSTANT),
    draft("NEXT_MESSAGE_EPOCH", Kind.INSTANT),
)
SOURCES = (
    draft("ODM_MSG_LINK"),
    draft("ADM_MSG_LINK"),
    draft("OBS_BEFORE_NEXT_MESSAGE", allowed=("YES", "NO")),
    draft("COVARIANCE_SOURCE"),
)
OTHER_COVARIANCE = (
    draft("ALT_COV_TYPE", allowed=("XYZ", "CSIG3EIGVEC3")),
    draft("ALT_COV_REF_FRAME", allowed=("GCRF", "EME2000", "ITRF")),
)
# OEB: the box, of best fit to the object, whose sides are OEB_MAX, OEB_INT and OEB_MIN.
SIZES = (
    *_reals("AREA_PC_MIN", "AREA_PC_MAX", unit=SQUARE_METRE),
    draft("OEB_PARENT_FRAME"),
    draft("OEB_PARENT_FRAME_EPOCH", Kind.INSTANT),
    *_reals("OEB_Q1", "OEB_Q2", "OEB_Q3", "OEB_QC"),
    *_reals("OEB_MAX", "OEB_INT", "OEB_MIN", unit=METRE),
    *_reals("AREA_ALONG_OEB_MAX", "AREA_ALONG_OEB_INT", "AREA_ALONG_OEB_MIN", unit=SQUARE_METRE),
    *_reals("RCS", "RCS_MIN", "RCS_MAX", unit=SQUARE_METRE),
    *_reals("VM_ABSOLUTE", "VM_APPARENT_MIN", "VM_APPARENT", "VM_APPARENT_MAX", "REFLECTANCE"),
)
HARD_BODY_RADIUS = draft("HBR", Kind.REAL, METRE)
ORBIT = (
    draft("MIN_DV", pattern=REALS),
    draft("MAX_DV", pattern=REALS),
    draft("LEAD_TIME_REQD_BEFORE_TCA", Kind.REAL, HOUR),
    *_reals("APOAPSIS_ALTITUDE", "PERIAPSIS_ALTITUDE", unit=KILOMETRE),
    draft("INCLINATION", Kind.REAL, DEGREE),
    *_reals("COV_CONFIDENCE"),
    draft("COV_CONFIDENCE_METHOD"),
)


AXES = {"R": "X", "T": "Y", "N": "Z", "RDOT": "XDOT", "TDOT": "YDOT", "NDOT": "ZDOT"}


def xyz_covariance(rtn_covariance: tuple[Field, ...]) -> Iterator[Field]:
    """Yield the covariance once more, on the axes of a frame.

    >>> [field.keyword for field in xyz_covariance((Field("CTDOT_R"), Field("CDRG_N"), Field("CDRG_DRG")))]
    ['CYDOT_X', 'CDRG_Z', 'CDRG_DRG']
    """
    for field in rtn_covariance:
        row, column = field.keyword.removeprefix("C").split("_")
        yield draft(f"C{AXES.get(row, row)}_{AXES.get(column, column)}", Kind.REAL, field.unit)


SIGMA_EIGENVECTORS = Block("csig3eigvec3", (draft("CSIG3EIGVEC3", pattern=REALS),))
COVARIANCE_SOURCES = Block(
    "additionalCovarianceMetadata",
    (
        *_reals("DENSITY_FORECAST_UNCERTAINTY", "CSCALE_FACTOR_MIN", "CSCALE_FACTOR", "CSCALE_FACTOR_MAX"),
        draft("SCREENING_DATA_SOURCE"),
        draft("DCP_SENSITIVITY_VECTOR_POSITION", pattern=REALS),
        draft("DCP_SENSITIVITY_VECTOR_VELOCITY", pattern=REALS),
    ),
)
