"""The table of the Orbit Comprehensive Message: header, metadata and the seven kinds of block.

A keyword that has a default is not obligatory, whatever else is said of it (6.2.1.3).

Source: CCSDS 502.0-B-3, tables 6-2 to 6-7 and 6-10 to 6-12; XML names of 8.11.
"""

from baken.formats._grammar import (
    DAY,
    DEGREE,
    DEGREE_PER_SECOND,
    KILOGRAM,
    KILOGRAM_SQUARE_METRE,
    KILOMETRE,
    KILOMETRE3_PER_SECOND2,
    KILOMETRE_PER_SECOND,
    METRE,
    NANOTESLA,
    NEWTON,
    PER_CENT,
    PER_YEAR,
    SECOND,
    SOLAR_FLUX_UNIT,
    SQUARE_METRE,
    WATT_PER_KILOGRAM,
    Block,
    Field,
    Grammar,
    Kind,
    Need,
    Unit,
)

MUST, REAL, INTEGER, INSTANT, TAG = Need.OBLIGATORY, Kind.REAL, Kind.INTEGER, Kind.INSTANT, Kind.TIME_TAG


def _texts(*keywords: str) -> tuple[Field, ...]:
    return tuple(Field(keyword) for keyword in keywords)


def _tags(*keywords: str) -> tuple[Field, ...]:
    return tuple(Field(keyword, kind=TAG) for keyword in keywords)


def _reals(unit: Unit | None, *keywords: str, least: float = -float("inf")) -> tuple[Field, ...]:
    return tuple(Field(keyword, kind=REAL, unit=unit, least=least) for keyword in keywords)


def _counts(*keywords: str) -> tuple[Field, ...]:
    return tuple(Field(keyword, kind=INTEGER, least=0) for keyword in keywords)


def _either_case(*words: str) -> tuple[str, ...]:
    """A text of the standard's own choosing is all capitals or all small letters (7.5.3)."""
    return (*words, *(word.lower() for word in words))


def _percent(keyword: str) -> Field:
    return Field(keyword, kind=REAL, unit=PER_CENT, least=0.0, most=100.0)


HEADER = Block(
    "header",
    (
        Field("CLASSIFICATION"),
        Field("CREATION_DATE", MUST, INSTANT),
        Field("ORIGINATOR", MUST),
        Field("MESSAGE_ID"),
    ),
    MUST,
)
METADATA = Block(
    "metadata",
    (
        *_texts("OBJECT_NAME", "INTERNATIONAL_DESIGNATOR", "CATALOG_NAME", "OBJECT_DESIGNATOR"),
        *_texts("ALTERNATE_NAMES", "ORIGINATOR_POC", "ORIGINATOR_POSITION", "ORIGINATOR_PHONE"),
        *_texts("ORIGINATOR_EMAIL", "ORIGINATOR_ADDRESS", "TECH_ORG", "TECH_POC", "TECH_POSITION"),
        *_texts("TECH_PHONE", "TECH_EMAIL", "TECH_ADDRESS", "PREVIOUS_MESSAGE_ID", "NEXT_MESSAGE_ID"),
        *_texts("ADM_MSG_LINK", "CDM_MSG_LINK", "PRM_MSG_LINK", "RDM_MSG_LINK", "TDM_MSG_LINK"),
        *_texts("OPERATOR", "OWNER", "COUNTRY", "CONSTELLATION", "OBJECT_TYPE", "TIME_SYSTEM"),
        Field("EPOCH_TZERO", MUST, INSTANT),
        *_texts("OPS_STATUS", "ORBIT_CATEGORY", "OCM_DATA_ELEMENTS"),
        *_reals(SECOND, "SCLK_OFFSET_AT_EPOCH", "SCLK_SEC_PER_SI_SEC"),
        *_tags("PREVIOUS_MESSAGE_EPOCH", "NEXT_MESSAGE_EPOCH", "START_TIME", "STOP_TIME"),
        *_reals(DAY, "TIME_SPAN", least=0.0),
        *_reals(SECOND, "TAIMUTC_AT_TZERO"),
        Field("NEXT_LEAP_EPOCH", kind=INSTANT),
        *_reals(SECOND, "NEXT_LEAP_TAIMUTC", "UT1MUTC_AT_TZERO"),
        *_texts("EOP_SOURCE", "INTERP_METHOD_EOP", "CELESTIAL_SOURCE"),
    ),
    MUST,
    start="META_START",
    stop="META_STOP",
)
TRAJECTORY = Block(
    "traj",
    (
        *_texts("TRAJ_ID", "TRAJ_PREV_ID", "TRAJ_NEXT_ID", "TRAJ_BASIS", "TRAJ_BASIS_ID", "INTERPOLATION"),
        Field("INTERPOLATION_DEGREE", kind=INTEGER, least=1, most=1000),
        *_texts("PROPAGATOR", "CENTER_NAME", "TRAJ_REF_FRAME"),
        *_tags("TRAJ_FRAME_EPOCH", "USEABLE_START_TIME", "USEABLE_STOP_TIME"),
        *_reals(None, "ORB_REVNUM", least=0.0),
        Field("ORB_REVNUM_BASIS", kind=INTEGER, least=0, most=1),
        *_texts("TRAJ_TYPE", "ORB_AVERAGING", "TRAJ_UNITS"),
        Field("trajLine", is_row=True),
    ),
    start="TRAJ_START",
    stop="TRAJ_STOP",
    may_repeat=True,
)
PHYSICAL = Block(
    "phys",
    (
        *_texts("MANUFACTURER", "BUS_MODEL", "DOCKED_WITH"),
        *_reals(SQUARE_METRE, "DRAG_CONST_AREA", least=0.0),
        *_reals(None, "DRAG_COEFF_NOM", least=0.0),
        _percent("DRAG_UNCERTAINTY"),
        *_reals(KILOGRAM, "INITIAL_WET_MASS", "WET_MASS", "DRY_MASS", least=0.0),
        Field("OEB_PARENT_FRAME"),
        *_tags("OEB_PARENT_FRAME_EPOCH"),
        *_reals(None, "OEB_Q1", "OEB_Q2", "OEB_Q3", "OEB_QC"),
        *_reals(METRE, "OEB_MAX", "OEB_INT", "OEB_MIN", least=0.0),
        *_reals(
            SQUARE_METRE,
            *("AREA_ALONG_OEB_MAX", "AREA_ALONG_OEB_INT", "AREA_ALONG_OEB_MIN"),
            *("AREA_MIN_FOR_PC", "AREA_MAX_FOR_PC", "AREA_TYP_FOR_PC"),
            *("RCS", "RCS_MIN", "RCS_MAX", "SRP_CONST_AREA"),
            least=0.0,
        ),
        *_reals(None, "SOLAR_RAD_COEFF"),
        _percent("SOLAR_RAD_UNCERTAINTY"),
        *_reals(None, "VM_ABSOLUTE", "VM_APPARENT_MIN", "VM_APPARENT", "VM_APPARENT_MAX"),
        Field("REFLECTANCE", kind=REAL, least=0.0, most=1.0),
        *_texts("ATT_CONTROL_MODE", "ATT_ACTUATOR_TYPE"),
        *_reals(DEGREE, "ATT_KNOWLEDGE", "ATT_CONTROL", "ATT_POINTING"),
        *_reals(PER_YEAR, "AVG_MANEUVER_FREQ", least=0.0),
        *_reals(NEWTON, "MAX_THRUST", least=0.0),
        *_reals(KILOMETRE_PER_SECOND, "DV_BOL", "DV_REMAINING", least=0.0),
        *_reals(KILOGRAM_SQUARE_METRE, "IXX", "IYY", "IZZ", "IXY", "IXZ", "IYZ"),
    ),
    start="PHYS_START",
    stop="PHYS_STOP",
)
COVARIANCE = Block(
    "cov",
    (
        *_texts("COV_ID", "COV_PREV_ID", "COV_NEXT_ID", "COV_BASIS", "COV_BASIS_ID", "COV_REF_FRAME"),
        *_tags("COV_FRAME_EPOCH"),
        *_reals(None, "COV_SCALE_MIN", "COV_SCALE_MAX", least=0.0),
        _percent("COV_CONFIDENCE"),
        Field("COV_TYPE"),
        Field("COV_ORDERING", allowed=_either_case("LTM", "UTM", "FULL", "LTMWCC", "UTMWCC")),
        Field("COV_UNITS"),
        Field("covLine", is_row=True),
    ),
    start="COV_START",
    stop="COV_STOP",
    may_repeat=True,
)
BASES = ("CANDIDATE", "PLANNED", "ANTICIPATED", "TELEMETRY", "DETERMINED", "SIMULATED", "OTHER")
MANOEUVRE = Block(
    "man",
    (
        Field("MAN_ID", MUST),
        *_texts("MAN_PREV_ID", "MAN_NEXT_ID"),
        Field("MAN_BASIS", allowed=_either_case(*BASES)),
        Field("MAN_BASIS_ID"),
        Field("MAN_DEVICE_ID", MUST),
        *_tags("MAN_PREV_EPOCH", "MAN_NEXT_EPOCH"),
        *_texts("MAN_PURPOSE", "MAN_PRED_SOURCE", "MAN_REF_FRAME"),
        *_tags("MAN_FRAME_EPOCH"),
        Field("GRAV_ASSIST_NAME"),
        Field("DC_TYPE", allowed=_either_case("CONTINUOUS", "TIME", "TIME_AND_ANGLE")),
        *_tags("DC_WIN_OPEN", "DC_WIN_CLOSE"),
        *_counts("DC_MIN_CYCLES", "DC_MAX_CYCLES"),
        *_tags("DC_EXEC_START", "DC_EXEC_STOP", "DC_REF_TIME"),
        *_reals(SECOND, "DC_TIME_PULSE_DURATION", "DC_TIME_PULSE_PERIOD", least=0.0),
        Field("DC_REF_DIR", kind=Kind.VECTOR),
        Field("DC_BODY_FRAME"),
        Field("DC_BODY_TRIGGER", kind=Kind.VECTOR),
        *_reals(DEGREE, "DC_PA_START_ANGLE", "DC_PA_STOP_ANGLE"),
        Field("MAN_COMPOSITION", MUST),
        Field("MAN_UNITS"),
        Field("manLine", is_row=True),
    ),
    start="MAN_START",
    stop="MAN_STOP",
    may_repeat=True,
)
PERTURBATIONS = Block(
    "pert",
    (
        *_texts("ATMOSPHERIC_MODEL", "GRAVITY_MODEL"),
        *_reals(KILOMETRE, "EQUATORIAL_RADIUS", least=0.0),
        *_reals(KILOMETRE3_PER_SECOND2, "GM", least=0.0),
        Field("N_BODY_PERTURBATIONS"),
        *_reals(DEGREE_PER_SECOND, "CENTRAL_BODY_ROTATION"),
        *_reals(None, "OBLATE_FLATTENING", least=0.0),
        *_texts("OCEAN_TIDES_MODEL", "SOLID_TIDES_MODEL", "REDUCTION_THEORY", "ALBEDO_MODEL"),
        *_counts("ALBEDO_GRID_SIZE"),
        *_texts("SHADOW_MODEL", "SHADOW_BODIES", "SRP_MODEL", "SW_DATA_SOURCE"),
        *_tags("SW_DATA_EPOCH"),
        Field("SW_INTERP_METHOD"),
        *_reals(NANOTESLA, "FIXED_GEOMAG_KP", "FIXED_GEOMAG_AP", "FIXED_GEOMAG_DST"),
        *_reals(
            SOLAR_FLUX_UNIT,
            *(f"FIXED_{index}10P7{mean}" for index in "FMSY" for mean in ("", "_MEAN")),
            least=0.0,
        ),
    ),
    start="PERT_START",
    stop="PERT_STOP",
)
ORBIT_DETERMINATION = Block(
    "od",
    (
        Field("OD_ID", MUST),
        Field("OD_PREV_ID"),
        Field("OD_METHOD", MUST),
        Field("OD_EPOCH", MUST, TAG),
        *_reals(DAY, "DAYS_SINCE_FIRST_OBS", "DAYS_SINCE_LAST_OBS"),
        *_reals(DAY, "RECOMMENDED_OD_SPAN", "ACTUAL_OD_SPAN", least=0.0),
        *_counts("OBS_AVAILABLE", "OBS_USED", "TRACKS_AVAILABLE", "TRACKS_USED"),
        *_reals(DAY, "MAXIMUM_OBS_GAP", least=0.0),
        *_reals(
            METRE,
            *("OD_EPOCH_EIGMAJ", "OD_EPOCH_EIGINT", "OD_EPOCH_EIGMIN"),
            *("OD_MAX_PRED_EIGMAJ", "OD_MIN_PRED_EIGMIN"),
            least=0.0,
        ),
        _percent("OD_CONFIDENCE"),
        *_reals(None, "GDOP", least=0.0),
        *_counts("SOLVE_N"),
        Field("SOLVE_STATES"),
        *_counts("CONSIDER_N"),
        Field("CONSIDER_PARAMS"),
        *_reals(WATT_PER_KILOGRAM, "SEDR"),
        *_counts("SENSORS_N"),
        Field("SENSORS"),
        *_reals(None, "WEIGHTED_RMS", least=0.0),
        Field("DATA_TYPES"),
    ),
    start="OD_START",
    stop="OD_STOP",
)
USER = Block("user", (), start="USER_START", stop="USER_STOP", user_defined=True)

GRAMMAR = Grammar(
    name="OCM",
    root="ocm",
    version_keyword="CCSDS_OCM_VERS",
    versions=((3, 0),),
    header=HEADER,
    metadata=METADATA,
    data=(TRAJECTORY, PHYSICAL, COVARIANCE, MANOEUVRE, PERTURBATIONS, ORBIT_DETERMINATION, USER),
)
