"""Where an object was at one instant, as one source says it, with what is needed to carry it on."""

from dataclasses import dataclass

from baken.astro.arrays import Floats
from baken.records.conjunction_message import Comments, Vector
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class OsculatingElements:
    """Keplerian elements that touch the state; a source gives one of the two anomalies."""

    semi_major_axis_m: float
    eccentricity: float
    inclination_rad: float
    raan_rad: float
    argument_of_perigee_rad: float
    true_anomaly_rad: float | None = None
    mean_anomaly_rad: float | None = None
    mu_m3_s2: float

    def __post_init__(self) -> None:
        if (self.true_anomaly_rad is None) == (self.mean_anomaly_rad is None):
            raise ValueError("elements have a true anomaly or a mean one, not both and not neither")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacecraftParameters:
    """What a body is like to drag and light.  What was not said is None."""

    mass_kg: float | None = None
    radiation_area_m2: float | None = None
    radiation_coefficient: float | None = None
    drag_area_m2: float | None = None
    drag_coefficient: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StateCovariance:
    """How well a state is known: (6, 6), position first.  ``frame`` is empty when it is the state's own."""

    frame: str
    covariance_si: Floats

    def __post_init__(self) -> None:
        if self.covariance_si.shape != (6, 6):
            raise ValueError(f"covariance_si is 6×6; this one is {self.covariance_si.shape}")
        self.covariance_si.flags.writeable = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manoeuvre:
    """One burn: when it begins, how long it lasts (0: at once), what it costs and gives.

    The velocity gained is along the axes of ``frame``.  What was not said is None or empty.
    """

    ignition_tai_ns: int | None
    duration_s: float | None
    mass_change_kg: float | None
    frame: str
    velocity_change_m_s: Vector | None
    comments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.duration_s is not None and self.duration_s < 0.0:
            raise ValueError(f"duration_s is not negative; it is {self.duration_s}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OrbitState:
    """One state of one object at one epoch, as one source published it.

    ``frame``, ``centre`` and ``time_system`` are the source's own words; the instant is already atomic time.
    ``comments`` stand under the name of the part of the message they were said in; ``other_fields`` keep
    what the source said and Baken has no word for.
    """

    identity: Identity
    frame: str
    centre: str
    epoch_tai_ns: int
    position_m: Vector
    velocity_m_s: Vector
    elements: OsculatingElements | None = None
    spacecraft: SpacecraftParameters | None = None
    covariance: StateCovariance | None = None
    manoeuvres: tuple[Manoeuvre, ...] = ()
    time_system: str = "UTC"
    frame_epoch_tai_ns: int | None = None
    originator: str = ""
    created_tai_ns: int | None = None
    message_id: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    comments: Comments = ()
    other_fields: tuple[tuple[str, str], ...] = ()
