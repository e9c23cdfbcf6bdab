"""What a station measured of an object in one session: rows of observations, and how they were made."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

# RANGE_UNITS as a sender says them, and what a range is in here.  What a range unit is, its sender knows.
RANGE_UNIT_SI = {"": "m", "km": "m", "s": "s", "RU": "RU"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observations:
    """Measurements in the order they were sent, as columns.

    ``keyword_index`` says for each row which of ``keywords`` it is of.  Values are SI: angles in radians,
    velocities in m/s, frequencies in Hz, delays in s, pressure in Pa, humidity as a fraction, electrons per
    square metre.  Powers stay in decibels, magnitudes and counts in themselves; a range is in the
    ``range_unit`` of its segment.  ``exact_counts`` gives row and digits of every count that a float rounds.

    Shape:  keyword_index, epoch_tai_ns and value_si are (n,).
    Raises: ValueError when the columns do not fit each other.
    """

    keywords: tuple[str, ...]
    keyword_index: Instants
    epoch_tai_ns: Instants
    value_si: Floats
    exact_counts: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        n = len(self.epoch_tai_ns)
        if self.keyword_index.shape != (n,) or self.value_si.shape != (n,):
            raise ValueError("keyword_index, epoch_tai_ns and value_si have one entry for each observation")
        if n and not {*np.unique(self.keyword_index).tolist()} <= {*range(len(self.keywords))}:
            raise ValueError("keyword_index points into keywords")
        for array in (self.keyword_index, self.epoch_tai_ns, self.value_si):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.epoch_tai_ns)

    def of(self, keyword: str) -> tuple[Instants, Floats]:
        """Return the instants and values of one keyword, in the order they were sent; none when none were."""
        index = self.keywords.index(keyword) if keyword in self.keywords else -1
        rows = self.keyword_index == index
        return self.epoch_tai_ns[rows], self.value_si[rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What its sender added to the observations, or would have a reader add.  What was not said is None.

    ``range_in_its_unit`` is in the ``range_unit`` of the segment.
    """

    angle_1_rad: float | None = None
    angle_2_rad: float | None = None
    doppler_m_s: float | None = None
    magnitude: float | None = None
    range_in_its_unit: float | None = None
    radar_cross_section_m2: float | None = None
    received_frequency_hz: float | None = None
    transmitted_frequency_hz: float | None = None
    yearly_aberration_rad: float | None = None
    diurnal_aberration_rad: float | None = None
    are_applied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DopplerCounting:
    """How a count of cycles becomes a frequency.  What was not said is None."""

    bias_hz: float | None = None
    cycles_scale: int | None = None
    has_rolled_over: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrackingSegment:
    """One segment of a tracking data message: who took part, how the signal went, and what was measured.

    ``participants`` is in the sender's order, the first being participant 1; ``path`` counts likewise, and a
    differenced observable is what came by ``path_2`` minus what came by ``path_1``.  Names, delays and
    ephemerides of participants are lists in that order, with nothing where nothing was said.  Whether a range
    or velocity of a round trip is halved is for the sender's interface document to say, and no message does.
    """

    participants: tuple[str, ...]
    observations: Observations
    time_system: str = "UTC"
    track_id: str = ""
    data_types: tuple[str, ...] = ()
    start_tai_ns: int | None = None
    stop_tai_ns: int | None = None
    mode: str = ""
    path: tuple[int, ...] = ()
    path_1: tuple[int, ...] = ()
    path_2: tuple[int, ...] = ()
    ephemeris_names: tuple[str, ...] = ()
    transmit_band: str = ""
    receive_band: str = ""
    turnaround_numerator: int | None = None
    turnaround_denominator: int | None = None
    timetag_reference: str = ""
    integration_interval_s: float | None = None
    integration_reference: str = ""
    frequency_offset_hz: float | None = None
    range_mode: str = ""
    range_modulus_in_its_unit: float | None = None
    range_units: str = ""
    angle_type: str = ""
    reference_frame: str = ""
    interpolation: str = ""
    interpolation_degree: int | None = None
    doppler_counting: DopplerCounting = DopplerCounting()
    transmit_delays_s: tuple[float | None, ...] = ()
    receive_delays_s: tuple[float | None, ...] = ()
    quality: str = ""
    corrections: Corrections = Corrections()
    originator: str = ""
    created_tai_ns: int | None = None
    message_id: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    header_comments: tuple[str, ...] = ()
    metadata_comments: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    other_fields: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not any(self.participants):
            raise ValueError("a tracking segment has at least one participant")
        if len(self.observations) == 0:
            raise ValueError("a tracking segment has at least one observation")
        if self.range_units not in RANGE_UNIT_SI:
            known = ", ".join(filter(None, RANGE_UNIT_SI))
            raise ValueError(f"range_units is one of {known}, or empty for km; it is {self.range_units!r}")

    @property
    def range_unit(self) -> str:
        """What ranges are in here: m, s, or the sender's own range units, RU."""
        return RANGE_UNIT_SI[self.range_units]


def observations_of(rows: dict[str, tuple[Instants, Floats]]) -> Observations:
    """Return columns of observations given keyword by keyword, in order of time.

    >>> taken = observations_of({"RANGE": (np.array([0, 2]), np.array([7e6, 7.1e6]))})
    >>> len(taken), taken.of("RANGE")[1].tolist()
    (2, [7000000.0, 7100000.0])
    """
    place = np.concatenate([np.full(len(epochs), place) for place, (epochs, _) in enumerate(rows.values())])
    epochs = np.concatenate([np.asarray(epochs, dtype=np.int64) for epochs, _ in rows.values()])
    values = np.concatenate([np.asarray(values, dtype=float) for _, values in rows.values()])
    in_time = np.argsort(epochs, kind="stable")
    # Keywords are numbered as they appear, which is how a reader would number them.
    seen, first_row, index = np.unique(place[in_time], return_index=True, return_inverse=True)
    by_appearance = np.argsort(first_row)
    return Observations(
        keywords=tuple(tuple(rows)[seen[one]] for one in by_appearance),
        keyword_index=np.argsort(by_appearance)[index].astype(np.int64),
        epoch_tai_ns=epochs[in_time],
        value_si=values[in_time],
    )
