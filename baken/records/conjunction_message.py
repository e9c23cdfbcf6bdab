"""A warning that two objects will pass each other, as one centre sent it to another."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

Vector = tuple[float, float, float]
Comments = tuple[tuple[str, tuple[str, ...]], ...]
# R, T, N, their rates, and then drag, solar radiation pressure and thrust, as far as a message goes.
COVARIANCE_SIZES = (6, 7, 8, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrbitDetermination:
    """How well the orbit behind a warning was observed.  What was not said is None."""

    last_observed_from_tai_ns: int | None = None
    last_observed_until_tai_ns: int | None = None
    recommended_span_s: float | None = None
    actual_span_s: float | None = None
    n_observations_available: int | None = None
    n_observations_used: int | None = None
    n_tracks_available: int | None = None
    n_tracks_used: int | None = None
    residuals_accepted_fraction: float | None = None
    weighted_rms: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhysicalProperties:
    """What an object is like to drag, light and collisions.  What was not said is None."""

    collision_area_m2: float | None = None
    drag_area_m2: float | None = None
    radiation_area_m2: float | None = None
    mass_kg: float | None = None
    drag_coefficient_area_over_mass_m2_kg: float | None = None
    radiation_coefficient_area_over_mass_m2_kg: float | None = None
    thrust_acceleration_m_s2: float | None = None
    energy_dissipation_rate_w_kg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceModel:
    """The forces its orbit was computed with, in the sender's own words.  What was not said is empty."""

    gravity: str = ""
    atmosphere: str = ""
    n_body: str = ""
    solar_radiation_pressure: str = ""
    earth_tides: str = ""
    intrack_thrust: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Whom to call about an object."""

    contact_position: str = ""
    organization: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConjunctionObject:
    """One of the two objects of a warning, at the time of closest approach.

    ``position_m`` and ``velocity_m_s`` are in ``frame`` (GCRF, EME2000 or ITRF); ``covariance_rtn_si`` is in
    the object's own radial, transverse and normal, 6×6 to 9×9, None when the message had none.
    ``designator`` and ``catalog_name`` are the sender's own words; ``identity`` is what Baken makes of them.
    """

    identity: Identity
    designator: str
    catalog_name: str
    name: str
    international_designator: str
    position_m: Vector
    velocity_m_s: Vector
    covariance_rtn_si: Floats | None = None
    frame: str = "GCRF"
    centre: str = ""
    kind: str = ""
    ephemeris_name: str = "NONE"
    covariance_method: str = "CALCULATED"
    manoeuvrable: str = "N/A"
    operator: Operator = Operator()
    forces: ForceModel = ForceModel()
    orbit_determination: OrbitDetermination = OrbitDetermination()
    physical: PhysicalProperties = PhysicalProperties()
    comments: Comments = ()
    other_fields: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        covariance = self.covariance_rtn_si
        if covariance is None:
            return
        if covariance.ndim != 2 or covariance.shape[0] != covariance.shape[1]:
            raise ValueError(f"covariance_rtn_si is square; this one is {covariance.shape}")
        if len(covariance) not in COVARIANCE_SIZES:
            raise ValueError(
                f"covariance_rtn_si is 6×6 to 9×9; this one is {len(covariance)}×{len(covariance)}"
            )
        covariance.flags.writeable = False

    @property
    def position_covariance_rtn_m2(self) -> Floats | None:
        """The part of the covariance that speaks of position alone."""
        return None if self.covariance_rtn_si is None else self.covariance_rtn_si[:3, :3]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConjunctionMessage:
    """One conjunction data message: who warns, of what, when, how near, and with what uncertainty.

    The relative state is second object minus first, in the first object's radial, transverse and normal.
    ``collision_probability`` is the sender's, by the sender's method; Baken's own judgement stands elsewhere.
    ``hard_body_radius_m`` is the combined one, where the sender put it into a comment: the standard has no
    keyword for it.
    """

    originator: str
    message_id: str
    created_tai_ns: int
    tca_tai_ns: int
    miss_distance_m: float
    first: ConjunctionObject
    second: ConjunctionObject
    message_for: str = ""
    relative_speed_m_s: float | None = None
    relative_position_rtn_m: Vector | None = None
    relative_velocity_rtn_m_s: Vector | None = None
    screened_from_tai_ns: int | None = None
    screened_until_tai_ns: int | None = None
    screen_volume_frame: str = ""
    screen_volume_shape: str = ""
    screen_volume_m: Vector | None = None
    screen_entry_tai_ns: int | None = None
    screen_exit_tai_ns: int | None = None
    collision_probability: float | None = None
    collision_probability_method: str = ""
    hard_body_radius_m: float | None = None
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    comments: Comments = ()
    other_fields: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.miss_distance_m >= 0.0:
            raise ValueError(f"miss_distance_m is not negative; it is {self.miss_distance_m}")
        probability = self.collision_probability
        if probability is not None and not 0.0 <= probability <= 1.0:
            raise ValueError(f"collision_probability is in [0, 1]; it is {probability}")


def symmetric_from_lower(values: Floats, size: int) -> Floats:
    """Return the full matrix of a lower triangle given row by row.

    >>> symmetric_from_lower(np.array([1.0, 2.0, 3.0]), 2).tolist()
    [[1.0, 2.0], [2.0, 3.0]]
    """
    matrix = np.zeros((size, size))
    row, column = np.tril_indices(size)
    matrix[row, column] = values
    matrix[column, row] = values
    return matrix
