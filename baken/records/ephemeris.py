"""Where an object is said to be at a row of instants: a table with a frame, a source and a span of use."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CovarianceHistory:
    """Covariances of position and velocity at their own instants, each in a frame of its own.

    ``covariance_si`` is (n, 6, 6) in the order of the state: m2, m2/s and m2/s2.
    """

    epoch_tai_ns: Instants
    frames: tuple[str, ...]
    covariance_si: Floats

    def __post_init__(self) -> None:
        n = len(self.epoch_tai_ns)
        if len(self.frames) != n or self.covariance_si.shape != (n, 6, 6):
            raise ValueError("covariance_si is (n, 6, 6), with one frame and one instant for each")
        for array in (self.epoch_tai_ns, self.covariance_si):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.epoch_tai_ns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ephemeris:
    """One unbroken table of states of one object, as one source published it.

    A manoeuvre, or any other break, begins a new ephemeris: nobody may interpolate from one to the next.
    ``frame``, ``centre`` and ``time_system`` are the source's own words; instants are already atomic time.
    An acceleration that a row did not give is NaN; ``acceleration_m_s2`` is None when no row did.

    Shape:  epoch_tai_ns is (n,), rising; position, velocity and acceleration are (n, 3).
    Raises: ValueError when the table is empty, does not rise, or its arrays do not fit each other.
    """

    identity: Identity
    frame: str
    centre: str
    epoch_tai_ns: Instants
    position_m: Floats
    velocity_m_s: Floats
    acceleration_m_s2: Floats | None = None
    covariances: CovarianceHistory | None = None
    start_tai_ns: int
    stop_tai_ns: int
    useable_start_tai_ns: int | None = None
    useable_stop_tai_ns: int | None = None
    interpolation: str = ""
    interpolation_degree: int | None = None
    time_system: str = "UTC"
    frame_epoch_tai_ns: int | None = None
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
        n = len(self.epoch_tai_ns)
        tables = [self.position_m, self.velocity_m_s]
        if self.acceleration_m_s2 is not None:
            tables.append(self.acceleration_m_s2)
        if n == 0 or any(table.shape != (n, 3) for table in tables):
            raise ValueError("an ephemeris has at least one row, and each of its tables is (n, 3)")
        if (np.diff(self.epoch_tai_ns) <= 0).any():
            raise ValueError("epoch_tai_ns of an ephemeris rises from row to row")
        for array in (self.epoch_tai_ns, *tables):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.epoch_tai_ns)

    @property
    def is_hypothetical(self) -> bool:
        """Whether its source says, in a comment, that this is a what-if."""
        said = (*self.header_comments, *self.metadata_comments, *self.comments)
        return any("HYPOTHETICAL" in comment.upper() for comment in said)

    @property
    def good_from_tai_ns(self) -> int:
        """Where its source lets anyone use it from: the useable start, else the first row."""
        first = int(self.epoch_tai_ns[0])
        return first if self.useable_start_tai_ns is None else max(first, self.useable_start_tai_ns)

    @property
    def good_until_tai_ns(self) -> int:
        """Where its source lets anyone use it to: the useable stop, else the last row."""
        last = int(self.epoch_tai_ns[-1])
        return last if self.useable_stop_tai_ns is None else min(last, self.useable_stop_tai_ns)
