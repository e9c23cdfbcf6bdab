"""A prediction that an object will come down, as one centre sends it to another."""

from dataclasses import dataclass

from baken.astro.arrays import Floats
from baken.records.conjunction_message import Comments, OrbitDetermination, Vector
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NOT_SAID = OrbitDetermination()
MAX_IMPACT_INTERVALS = 3  # what a re-entry data message has room for


@dataclass(frozen=True, slots=True, kw_only=True)
class ReentryObject:
    """What comes down: its names in the sender's own words, and whose it is.

    ``identity`` is what Baken makes of the names.
    """

    identity: Identity
    name: str = "UNKNOWN"
    international_designator: str = "UNKNOWN"
    catalog_name: str = ""
    designator: str = ""
    kind: str = ""
    owner: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReentryModel:
    """What the prediction was computed with, in the sender's own words.  What was not said is empty."""

    ephemeris_name: str = ""
    gravity: str = ""
    atmosphere: str = ""
    solar_flux_prediction: str = ""
    n_body: str = ""
    solar_radiation_pressure: str = ""
    earth_tides: str = ""
    intrack_thrust: str = ""
    drag_parameters_source: str = ""
    drag_parameters_altitude_m: float | None = None
    reentry_uncertainty_method: str = ""
    disintegration: str = ""
    impact_uncertainty_method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtmosphericReentry:
    """When the object passes for good below ``altitude_m``, which is where the atmosphere has caught it.

    Lifetimes count from the ``zero_tai_ns`` of the message.  For a short-term prediction the instants are the
    ones to compute with.  What was not said is None.
    """

    lifetime_s: float
    altitude_m: float
    lifetime_window_start_s: float | None = None
    lifetime_window_end_s: float | None = None
    nominal_tai_ns: int | None = None
    window_start_tai_ns: int | None = None
    window_end_tai_ns: int | None = None
    window_confidence_fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactInterval:
    """Where fragments come down with some confidence: a stretch of the ground track, and its width."""

    confidence_fraction: float
    start_longitude_rad: float
    start_latitude_rad: float
    stop_longitude_rad: float
    stop_latitude_rad: float
    cross_track_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundImpact:
    """Whether, when and where something reaches the ground.  What was not said is None.

    ``intervals`` are up to three, the least sure first.
    """

    impact_probability: float | None = None
    burn_up_probability: float | None = None
    break_up_probability: float | None = None
    land_impact_probability: float | None = None
    casualty_probability: float | None = None
    nominal_tai_ns: int | None = None
    window_start_tai_ns: int | None = None
    window_end_tai_ns: int | None = None
    frame: str = ""
    longitude_rad: float | None = None
    latitude_rad: float | None = None
    altitude_m: float | None = None
    intervals: tuple[ImpactInterval, ...] = ()

    def __post_init__(self) -> None:
        if len(self.intervals) > MAX_IMPACT_INTERVALS:
            raise ValueError(f"intervals are up to {MAX_IMPACT_INTERVALS}; these are {len(self.intervals)}")
        probabilities = (
            self.impact_probability,
            self.burn_up_probability,
            self.break_up_probability,
            self.land_impact_probability,
            self.casualty_probability,
        )
        if any(one is not None and not 0.0 <= one <= 1.0 for one in probabilities):
            raise ValueError(f"probabilities are in [0, 1]; these are {probabilities}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryState:
    """Where the object was, in the ``frame`` of the message; its covariance in a frame of its own, if any.

    ``covariance_si`` is (6, 6) in m2, m2/s and m2/s2; an empty ``covariance_frame`` is that of the state.
    """

    epoch_tai_ns: int
    position_m: Vector
    velocity_m_s: Vector
    covariance_si: Floats | None = None
    covariance_frame: str = ""

    def __post_init__(self) -> None:
        if self.covariance_si is None:
            return
        if self.covariance_si.shape != (6, 6):
            raise ValueError(f"covariance_si is (6, 6); this one is {self.covariance_si.shape}")
        self.covariance_si.flags.writeable = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReentryProperties:
    """What the object is like to air, light and radar.  What was not said is None."""

    wet_mass_kg: float | None = None
    dry_mass_kg: float | None = None
    hazardous_substances: str = ""
    radiation_area_m2: float | None = None
    radiation_coefficient: float | None = None
    drag_area_m2: float | None = None
    drag_coefficient: float | None = None
    radar_cross_section_m2: float | None = None
    ballistic_coefficient_kg_m2: float | None = None
    thrust_acceleration_m_s2: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryMessage:
    """One re-entry data message: what comes down, when, where, and how sure its sender is.

    ``controlled`` is YES, NO or UNKNOWN.  ``frame`` is that of ``state``.  ``next_message_tai_ns`` is when
    its sender plans to speak of this object again, ``is_last`` that no other message is planned.
    """

    originator: str
    message_id: str
    created_tai_ns: int
    what: ReentryObject
    zero_tai_ns: int
    reentry: AtmosphericReentry
    controlled: str = "UNKNOWN"
    centre: str = "EARTH"
    time_system: str = "UTC"
    frame: str = ""
    frame_epoch_tai_ns: int | None = None
    model: ReentryModel = ReentryModel()
    previous_message_id: str = ""
    previous_message_tai_ns: int | None = None
    next_message_tai_ns: int | None = None
    is_last: bool = False
    impact: GroundImpact = GroundImpact()
    state: ReentryState | None = None
    properties: ReentryProperties = ReentryProperties()
    orbit_determination: OrbitDetermination = NOT_SAID
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    comments: Comments = ()
    other_fields: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.state is not None and not self.frame:
            raise ValueError("frame says what the state is in; it is empty")
        if self.is_last and self.next_message_tai_ns is not None:
            raise ValueError("a message is the last, or another follows; this one says both")
