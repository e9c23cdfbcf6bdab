"""Everything one source says of one orbit: motion, body, uncertainty, burns, forces, how it was found."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBlock:
    """A block of keywords as they were said: the text, in the unit the standard gives the keyword."""

    fields: Fields = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Rows of values at their instants, in SI and radians.

    ``values_si`` is (n, k), NaN where a value is a word; ``words`` holds the words, row by row, empty where a
    value is a number.  ``is_relative`` says that the source counted seconds from its epoch, not dates.
    """

    epoch_tai_ns: Instants
    values_si: Floats
    words: tuple[tuple[str, ...], ...] = ()
    is_relative: bool = False

    def __post_init__(self) -> None:
        if self.values_si.ndim != 2 or len(self.values_si) != len(self.epoch_tai_ns):
            raise ValueError("values_si is (n, k), with one instant for each row")
        if self.words and {len(row) for row in self.words} != {self.values_si.shape[1]}:
            raise ValueError("words, where there are any, are (n, k) as the values are")
        for array in (self.epoch_tai_ns, self.values_si):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.epoch_tai_ns)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrajectoryHistory:
    """States at a row of instants, in elements of one ``kind`` (CARTPV, KEPLERIAN, ...) and one frame."""

    kind: str
    centre: str
    frame: str
    rows: Rows
    fields: Fields = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CovarianceRows:
    """Covariances at a row of instants, in elements of one ``kind``; ``ordering`` lays out a row."""

    kind: str
    frame: str
    ordering: str
    rows: Rows
    fields: Fields = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ManoeuvreHistory:
    """Burns or deployments by one device; ``columns`` names the time tag and then the values of a row."""

    manoeuvre_id: str
    device_id: str
    frame: str
    columns: tuple[str, ...]
    rows: Rows
    fields: Fields = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OrbitMessage:
    """One orbit comprehensive message.

    ``epoch_zero_tai_ns`` is the epoch its relative times count from.  ``other_fields`` keep the words of its
    header and metadata, the object's designators among them; ``identity`` is what Baken makes of those.
    """

    identity: Identity
    epoch_zero_tai_ns: int
    time_system: str = "UTC"
    trajectories: tuple[TrajectoryHistory, ...] = ()
    physical: SaidBlock | None = None
    covariances: tuple[CovarianceRows, ...] = ()
    manoeuvres: tuple[ManoeuvreHistory, ...] = ()
    perturbations: SaidBlock | None = None
    orbit_determination: SaidBlock | None = None
    user_defined: SaidBlock | None = None
    originator: str = ""
    created_tai_ns: int | None = None
    message_id: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    header_comments: tuple[str, ...] = ()
    metadata_comments: tuple[str, ...] = ()
    other_fields: Fields = ()


def matrices_si(rows: Rows, places: list[tuple[int, int, bool]]) -> Floats:
    """Return the full symmetric matrices of rows laid out by ``places``: row, column, is it a correlation.

    >>> rows = Rows(epoch_tai_ns=np.array([0]), values_si=np.array([[1.0, 2.0, 3.0]]))
    >>> matrices_si(rows, [(0, 0, False), (1, 0, False), (1, 1, False)]).tolist()
    [[[1.0, 2.0], [2.0, 3.0]]]
    """
    size = 1 + max(row for row, _, _ in places)
    matrices = np.zeros((len(rows), size, size))
    for position, (row, column, is_correlation) in enumerate(places):
        if not is_correlation:
            matrices[:, row, column] = matrices[:, column, row] = rows.values_si[:, position]
    return matrices
