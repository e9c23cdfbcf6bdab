"""From ephemerides and states to an orbit comprehensive message, which has a place for all they say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.time import TimeScale
from baken.errors import WrongUsage
from baken.formats._grammar import KILOMETRE3_PER_SECOND2, text_from_si
from baken.formats.message import USER_DEFINED_SECTION
from baken.formats.ocm_columns import places_of
from baken.formats.ocm_ephemerides import MATRIX
from baken.formats.ocm_table import HEADER, TRAJECTORY
from baken.formats.oem_text import instant_text
from baken.records.ephemeris import Ephemeris
from baken.records.orbit_message import (
    CovarianceRows,
    Fields,
    ManoeuvreHistory,
    OrbitMessage,
    Rows,
    SaidBlock,
    TrajectoryHistory,
)
from baken.records.orbit_state import Manoeuvre, OrbitState

ALL_DEVICES = "ALL"  # 502.0-B-3, 6.2.8.8: no propulsive device is named
BURN = ("TIME_ABSOLUTE", "MAN_DURA", "DELTA_MASS", "DV_X", "DV_Y", "DV_Z")


def message_of_ephemerides(ephemerides: Sequence[Ephemeris]) -> OrbitMessage:
    """Return one message of the ephemerides of one object, each a trajectory of its own.

    Raises: WrongUsage when some rows of one have an acceleration and some have not.
    """
    head, clock = ephemerides[0], TimeScale(ephemerides[0].time_system)
    span = (
        ("START_TIME", instant_text(min(one.start_tai_ns for one in ephemerides), clock)),
        ("STOP_TIME", instant_text(max(one.stop_tai_ns for one in ephemerides), clock)),
    )
    return OrbitMessage(
        identity=head.identity,
        epoch_zero_tai_ns=int(head.epoch_tai_ns[0]),
        time_system=head.time_system,
        trajectories=tuple(_trajectory(one, one is head) for one in ephemerides),
        covariances=tuple(covariance for one in ephemerides for covariance in _covariances(one)),
        originator=head.originator,
        created_tai_ns=head.created_tai_ns,
        message_id=head.message_id,
        realm=head.realm,
        marking=head.marking,
        lineage=head.lineage,
        header_comments=head.header_comments,
        metadata_comments=head.metadata_comments,
        other_fields=(*(field for field in head.other_fields if field[0] not in TRAJECTORY.places), *span),
    )


def _trajectory(ephemeris: Ephemeris, is_first: bool) -> TrajectoryHistory:
    tables = [ephemeris.position_m, ephemeris.velocity_m_s]
    if ephemeris.acceleration_m_s2 is not None:
        if np.isnan(ephemeris.acceleration_m_s2).any():
            raise WrongUsage("some rows have an acceleration and some have not; an OCM has one kind of row")
        tables.append(ephemeris.acceleration_m_s2)
    return TrajectoryHistory(
        kind=MATRIX if len(tables) == 2 else f"{MATRIX}A",
        centre=ephemeris.centre,
        frame=ephemeris.frame,
        rows=Rows(epoch_tai_ns=ephemeris.epoch_tai_ns.copy(), values_si=np.concatenate(tables, axis=1)),
        fields=tuple(_fields(ephemeris)),
        # A message has one metadata block: what later segments remarked in theirs moves to their rows.
        comments=(*(() if is_first else ephemeris.metadata_comments), *ephemeris.comments),
    )


def _fields(ephemeris: Ephemeris) -> Iterator[tuple[str, str]]:
    yield from (field for field in ephemeris.other_fields if field[0] in TRAJECTORY.places)
    if ephemeris.interpolation:
        yield "INTERPOLATION", ephemeris.interpolation
    if ephemeris.interpolation_degree is not None:
        yield "INTERPOLATION_DEGREE", str(ephemeris.interpolation_degree)
    clock = TimeScale(ephemeris.time_system)
    for keyword, instant in (
        ("TRAJ_FRAME_EPOCH", ephemeris.frame_epoch_tai_ns),
        ("USEABLE_START_TIME", ephemeris.useable_start_tai_ns),
        ("USEABLE_STOP_TIME", ephemeris.useable_stop_tai_ns),
    ):
        if instant is not None:
            yield keyword, instant_text(instant, clock)


def _covariances(ephemeris: Ephemeris) -> Iterator[CovarianceRows]:
    """Yield the covariances of an ephemeris, those of one frame that follow each other together."""
    history = ephemeris.covariances
    if history is None:
        return
    for frame, group in groupby(range(len(history)), key=lambda row: history.frames[row]):
        rows = list(group)
        yield _matrices(frame or ephemeris.frame, history.epoch_tai_ns[rows], history.covariance_si[rows])


def _matrices(frame: str, epoch_tai_ns: Instants, covariance_si: Floats) -> CovarianceRows:
    row, column = zip(*((row, column) for row, column, _ in places_of("LTM", 6)), strict=True)
    return CovarianceRows(
        kind=MATRIX,
        frame=frame,
        ordering="LTM",
        rows=Rows(epoch_tai_ns=epoch_tai_ns, values_si=covariance_si[:, row, column]),
    )


def message_of_state(state: OrbitState) -> OrbitMessage:
    """Return the message of one state: a trajectory of one row, and all that came with it."""
    states = np.array([[*state.position_m, *state.velocity_m_s]])
    remarks = dict(state.comments)
    trajectory = TrajectoryHistory(
        kind=MATRIX,
        centre=state.centre,
        frame=state.frame,
        rows=_at(state.epoch_tai_ns, states),
        fields=_frame_epoch(state),
        comments=remarks.get("stateVector", ()),
    )
    elements = _elements(state, remarks.get("keplerianElements", ()))
    return OrbitMessage(
        identity=state.identity,
        epoch_zero_tai_ns=state.epoch_tai_ns,
        time_system=state.time_system,
        trajectories=(trajectory, *elements),
        physical=_physical(state, remarks.get("spacecraftParameters", ())),
        covariances=tuple(_covariance(state, remarks.get("covarianceMatrix", ()))),
        manoeuvres=tuple(_burn(one, number) for number, one in enumerate(state.manoeuvres, start=1)),
        perturbations=_forces(state),
        user_defined=_user_defined(state),
        originator=state.originator,
        created_tai_ns=state.created_tai_ns,
        message_id=state.message_id,
        realm=state.realm,
        marking=state.marking,
        lineage=state.lineage,
        header_comments=remarks.get("header", ()),
        metadata_comments=remarks.get("metadata", ()),
        other_fields=tuple(field for field in state.other_fields if field[0] in HEADER.places),
    )


def _at(epoch_tai_ns: int, values_si: Floats) -> Rows:
    return Rows(epoch_tai_ns=np.array([epoch_tai_ns], dtype=np.int64), values_si=values_si)


def _frame_epoch(state: OrbitState) -> Fields:
    epoch_tai_ns = state.frame_epoch_tai_ns
    if epoch_tai_ns is None:
        return ()
    return (("TRAJ_FRAME_EPOCH", instant_text(epoch_tai_ns, TimeScale(state.time_system))),)


def _elements(state: OrbitState, comments: tuple[str, ...]) -> Iterator[TrajectoryHistory]:
    one = state.elements
    if one is None:
        return
    is_mean = one.true_anomaly_rad is None
    shape = [one.semi_major_axis_m, one.eccentricity, one.inclination_rad]
    angles = [one.raan_rad, one.argument_of_perigee_rad]
    anomaly_rad = one.mean_anomaly_rad if is_mean else one.true_anomaly_rad
    yield TrajectoryHistory(
        kind="KEPLERIANMEAN" if is_mean else "KEPLERIAN",
        centre=state.centre,
        frame=state.frame,
        rows=_at(state.epoch_tai_ns, np.array([[*shape, *angles, anomaly_rad]], dtype=float)),
        fields=(*_frame_epoch(state), ("ORB_AVERAGING", "OSCULATING")),
        comments=comments,
    )


def _physical(state: OrbitState, comments: tuple[str, ...]) -> SaidBlock | None:
    one = state.spacecraft
    if one is None:
        return None
    said = (
        ("DRAG_CONST_AREA", one.drag_area_m2),
        ("DRAG_COEFF_NOM", one.drag_coefficient),
        ("WET_MASS", one.mass_kg),
        ("SRP_CONST_AREA", one.radiation_area_m2),
        ("SOLAR_RAD_COEFF", one.radiation_coefficient),
    )
    fields = tuple((keyword, text_from_si(value)) for keyword, value in said if value is not None)
    return SaidBlock(fields=fields, comments=comments)


def _covariance(state: OrbitState, comments: tuple[str, ...]) -> Iterator[CovarianceRows]:
    if state.covariance is not None:
        epochs = np.array([state.epoch_tai_ns], dtype=np.int64)
        frame = state.covariance.frame or state.frame
        yield replace(_matrices(frame, epochs, state.covariance.covariance_si[None]), comments=comments)


def _burn(one: Manoeuvre, number: int) -> ManoeuvreHistory:
    """Return one burn as a history of one row.

    Raises: WrongUsage when it does not say what every row of a burn has to.
    """
    values = (one.duration_s, one.mass_change_kg, *(one.velocity_change_m_s or (None,)))
    if not one.frame or one.ignition_tai_ns is None or any(v is None or np.isnan(v) for v in values):
        raise WrongUsage(f"burn {number} does not say all that a row of an OCM has to; convert to an OPM")
    return ManoeuvreHistory(
        manoeuvre_id=str(number),
        device_id=ALL_DEVICES,
        frame=one.frame,
        columns=BURN,
        rows=_at(one.ignition_tai_ns, np.array([values], dtype=float)),
        comments=one.comments,
    )


def _forces(state: OrbitState) -> SaidBlock | None:
    if state.elements is None:
        return None
    return SaidBlock(fields=(("GM", text_from_si(state.elements.mu_m3_s2, KILOMETRE3_PER_SECOND2)),))


def _user_defined(state: OrbitState) -> SaidBlock | None:
    fields = tuple(field for field in state.other_fields if field[0] not in HEADER.places)
    comments = dict(state.comments).get(USER_DEFINED_SECTION, ())
    return SaidBlock(fields=fields, comments=comments) if fields else None
