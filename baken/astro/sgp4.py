"""SGP4: the motion that element sets speak of, for whole catalogues at once.

This is the one door to SGP4 in Baken.  Elements mean what they mean only with WGS-72 and with the theory
they were fitted with (Vallado, Crawford, Hujsak & Kelso 2006, "improved" mode); the frame is TEME.

Time since epoch is a difference of atomic time.  Others subtract Julian dates of UTC, in which a leap second
does not exist: across one, their satellites stand still for a second (7.6 km in low orbit), ours do not.
There has been none since 2016-12-31.

A failure belongs to one object at one time: its state is NaN and its status is python-sgp4's error code (1
mean eccentricity, 2 mean motion, 3 perturbed eccentricity, 4 semi-latus rectum, 6 decayed).  Nothing is
raised.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baken.astro import _sgp4_model as model
from baken.astro._sgp4_deep_model import fill_deep
from baken.astro._sgp4_near_model import fill_near
from baken.astro._sgp4_states import fill_states
from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike, Truths
from baken.astro.compiled import compiled
from baken.astro.time import NANOSECONDS_A_DAY, utc_minus_tai_s

Indices = npt.NDArray[np.int64]
Statuses = npt.NDArray[np.int8]
States = tuple[Floats, Floats, Statuses]

# Days from 1949-12-31, where SGP4 counts from, to 2000-01-01 (UTC).
DAYS_OF_1950_AT_EPOCH = 18_263.0
DEEP_SPACE_PERIOD_MIN = 225.0  # Hoots & Roehrich (1980), section 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sgp4Batch:
    """Many objects, ready to be moved by SGP4.  Row ``i`` of everything is object ``i``.

    ``near`` and ``deep`` hold the coefficients of the theory (``baken.astro._sgp4_model`` names their
    columns); ``deep_row`` says which row of ``deep`` is an object's, or -1.  ``init_status`` is its status
    at its own epoch.
    """

    epoch_tai_ns: Instants
    near: Floats
    deep: Floats
    deep_row: Indices
    init_status: Statuses

    @property
    def n_objects(self) -> int:
        return int(self.epoch_tai_ns.size)

    @property
    def is_deep_space(self) -> Truths:
        return self.deep_row >= 0

    def select(self, object_index: Indices) -> "Sgp4Batch":
        """Return a batch of some of these objects, in the order asked for."""
        index = np.asarray(object_index, dtype=np.int64)
        return _batch(self.epoch_tai_ns[index], self.near[index], self.deep_row[index], self.deep)


def sgp4_batch(
    *,
    epoch_tai_ns: InstantsLike,
    mean_motion_rad_s: FloatsLike,
    eccentricity: FloatsLike,
    inclination_rad: FloatsLike,
    raan_rad: FloatsLike,
    argument_of_perigee_rad: FloatsLike,
    mean_anomaly_rad: FloatsLike,
    bstar_per_earth_radius: FloatsLike,
) -> Sgp4Batch:
    """Make a batch from mean elements as element sets carry them (Kozai mean motion, TEME of date).

    Shape:  every argument is (n,).
    Raises: ValueError when the arguments differ in length.

    >>> iss = sgp4_batch(
    ...     epoch_tai_ns=[0],
    ...     mean_motion_rad_s=[1.13e-3],
    ...     eccentricity=[7e-4],
    ...     inclination_rad=[0.9],
    ...     raan_rad=[0.0],
    ...     argument_of_perigee_rad=[0.0],
    ...     mean_anomaly_rad=[0.0],
    ...     bstar_per_earth_radius=[0.0],
    ... )
    >>> iss.n_objects, bool(iss.is_deep_space[0]), int(iss.init_status[0])
    (1, False, 0)
    """
    epoch = np.atleast_1d(np.asarray(epoch_tai_ns, dtype=np.int64))
    columns = (
        np.asarray(mean_motion_rad_s, dtype=float) * 60.0,
        eccentricity,
        inclination_rad,
        raan_rad,
        argument_of_perigee_rad,
        mean_anomaly_rad,
        bstar_per_earth_radius,
    )
    elements = np.column_stack([np.atleast_1d(np.asarray(column, dtype=float)) for column in columns])
    if len(elements) != epoch.size:
        raise ValueError(
            f"{epoch.size} epochs and {len(elements)} orbits: every argument has one value an object"
        )
    near = np.empty((epoch.size, model.N_NEAR))
    deep = np.empty((epoch.size, model.N_DEEP))
    deep_row = np.full(epoch.size, -1, dtype=np.int64)
    n_deep = _fill(near, deep, deep_row, elements, _day_of_1950(epoch))
    return _batch(epoch, near, deep_row, deep[:n_deep].copy())


def states_teme(batch: Sgp4Batch, object_index: InstantsLike, epoch_tai_ns: InstantsLike) -> States:
    """Return position, velocity and status of each (object, time) pair.

    Fastest when pairs of the same object stand together.  The result does not depend on the order.

    Shape:  both arguments are (m,); the results are (m, 3), (m, 3) and (m,).
    Source: Vallado et al. (2006), AIAA 2006-6753.
    """
    index = np.ascontiguousarray(object_index, dtype=np.int64)
    epoch = np.ascontiguousarray(epoch_tai_ns, dtype=np.int64)
    if index.shape != epoch.shape or index.ndim != 1:
        raise ValueError(f"object_index {index.shape} and epoch_tai_ns {epoch.shape} must be (m,) both")
    if index.size and not 0 <= index.min() <= index.max() < batch.n_objects:
        raise ValueError(f"object_index must lie in [0, {batch.n_objects})")
    position_m, velocity_m_s = np.empty((index.size, 3)), np.empty((index.size, 3))
    status = np.empty(index.size, dtype=np.int8)
    fill_states(
        batch.near,
        batch.deep,
        batch.deep_row,
        batch.epoch_tai_ns,
        index,
        epoch,
        position_m,
        velocity_m_s,
        status,
    )
    return position_m, velocity_m_s, status


def states_teme_on_grid(batch: Sgp4Batch, epoch_tai_ns: InstantsLike) -> States:
    """Return the states of every object at every one of the given times.

    Shape:  epoch_tai_ns is (k,); the results are (n, k, 3), (n, k, 3) and (n, k).
    """
    epoch = np.atleast_1d(np.asarray(epoch_tai_ns, dtype=np.int64))
    n, k = batch.n_objects, epoch.size
    position_m, velocity_m_s, status = states_teme(batch, np.repeat(np.arange(n), k), np.tile(epoch, n))
    return position_m.reshape(n, k, 3), velocity_m_s.reshape(n, k, 3), status.reshape(n, k)


def _batch(epoch_tai_ns: Instants, near: Floats, deep_row: Indices, deep: Floats) -> Sgp4Batch:
    """Return a batch that knows how it fares at its own epochs."""
    init_status = np.zeros(epoch_tai_ns.size, dtype=np.int8)
    batch = Sgp4Batch(
        epoch_tai_ns=epoch_tai_ns, near=near, deep=deep, deep_row=deep_row, init_status=init_status
    )
    init_status[:] = states_teme(batch, np.arange(epoch_tai_ns.size), epoch_tai_ns)[2]
    return batch


def _day_of_1950(epoch_tai_ns: Instants) -> Floats:
    """Return UTC as days since 1949-12-31, by which SGP4 places Sun, Moon and Earth."""
    utc_ns = epoch_tai_ns + np.rint(np.asarray(utc_minus_tai_s(epoch_tai_ns)) * 1e9).astype(np.int64)
    day, ns_of_day = np.divmod(utc_ns, NANOSECONDS_A_DAY)
    return np.asarray(DAYS_OF_1950_AT_EPOCH + day + ns_of_day / NANOSECONDS_A_DAY)


@compiled
def _fill(near: Floats, deep: Floats, deep_row: Indices, elements: Floats, day_of_1950: Floats) -> int:
    """Fill the rows of every object and return how many are deep-space ones."""
    n_deep = 0
    for k in range(len(near)):
        fill_near(near[k], elements[k])
        if 2.0 * np.pi / near[k, model.MEAN_MOTION] >= DEEP_SPACE_PERIOD_MIN:
            fill_deep(deep[n_deep], near[k], elements[k], day_of_1950[k])
            deep_row[k] = n_deep
            n_deep += 1
    return n_deep
