"""The arrays of an ephemeris as tables with unit-named columns, and back to the last bit."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from baken.astro.arrays import Floats
from baken.operations.ports import Column
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from baken.store.bulk import table_of

EPOCH, FRAME = "epoch_tai_ns", "frame"
POSITION = ("x_m", "y_m", "z_m")
VELOCITY = ("x_dot_m_s", "y_dot_m_s", "z_dot_m_s")
ACCELERATION = ("x_ddot_m_s2", "y_ddot_m_s2", "z_ddot_m_s2")
AXES = ("x", "y", "z", "x_dot", "y_dot", "z_dot")
UNITS = {0: "m2", 1: "m2_s", 2: "m2_s2"}  # by how many of the two are rates
COVARIANCE = tuple(
    f"{one}_{other}_{UNITS[one.endswith('dot') + other.endswith('dot')]}" for one in AXES for other in AXES
)


def states_table(ephemeris: Ephemeris) -> pl.DataFrame:
    """Return the rows of an ephemeris; an acceleration that one of them did not give is NaN."""
    columns: dict[str, Column] = {EPOCH: ephemeris.epoch_tai_ns}
    columns |= _columns(POSITION, ephemeris.position_m) | _columns(VELOCITY, ephemeris.velocity_m_s)
    if ephemeris.acceleration_m_s2 is not None:
        columns |= _columns(ACCELERATION, ephemeris.acceleration_m_s2)
    return table_of(columns)


def covariances_table(history: CovarianceHistory) -> pl.DataFrame:
    """Return one row for each covariance, all thirty-six of its numbers."""
    columns: dict[str, Column] = {EPOCH: history.epoch_tai_ns, FRAME: list(history.frames)}
    return table_of(columns | _columns(COVARIANCE, history.covariance_si.reshape(-1, 36)))


def acceleration_of(states: pl.DataFrame) -> Floats | None:
    """Return the accelerations of a table, ``None`` when it has none."""
    return vectors(states, ACCELERATION) if ACCELERATION[0] in states.columns else None


def covariances_of(table: pl.DataFrame) -> CovarianceHistory:
    """Return the covariances a table holds."""
    return CovarianceHistory(
        epoch_tai_ns=table[EPOCH].to_numpy(),
        frames=tuple(table[FRAME]),
        covariance_si=vectors(table, COVARIANCE).reshape(-1, 6, 6),
    )


def vectors(table: pl.DataFrame, names: Sequence[str]) -> Floats:
    """Return columns side by side."""
    return np.column_stack([table[name].to_numpy() for name in names])


def _columns(names: Sequence[str], array: Floats) -> dict[str, Column]:
    return dict(zip(names, array.T, strict=True))
