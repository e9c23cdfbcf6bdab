"""From an orbit comprehensive message to ephemerides: its Cartesian histories in frames that Baken knows.

Of blocks that depict one span the top-most is the one that counts (502.0-B-3, 6.2.5.5).
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from baken.astro.time import TimeScale
from baken.errors import BadMessage
from baken.formats._ocm_rows import Clock
from baken.formats.ocm_columns import CARTESIAN_WITH_VELOCITY, ELEMENTS, places_of
from baken.formats.realm_word import REALM_KEYWORD, REALM_KEYWORDS
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from baken.records.orbit_message import CovarianceRows, OrbitMessage, TrajectoryHistory, matrices_si

KNOWN_FRAMES = re.compile(
    r"GCRF[0-9]*|ICRF[0-9]*|J2000|EME2000|ITRF[-_]?[0-9]*|(TOD|MOD)(_EARTH)?|TEME(_?OF_?(DATE|EPOCH))?"
)
MATRIX = "CARTPV"
PROPAGATE = "PROPAGATE"  # not a way to interpolate, and no ephemeris can promise it
OF_DATE = re.compile(r"(TOD|MOD)(_EARTH)?|TEME_?OF_?EPOCH")  # an epoch fixes their axes; it has a default
DESIGNATORS = ("CATALOG_NAME", "OBJECT_DESIGNATOR")
TAKEN = (
    *("INTERPOLATION", "INTERPOLATION_DEGREE", "TRAJ_FRAME_EPOCH", "TRAJ_UNITS"),
    *("USEABLE_START_TIME", "USEABLE_STOP_TIME"),
)


def ephemerides_of(message: OrbitMessage) -> tuple[tuple[Ephemeris, ...], tuple[str, ...]]:
    """Return the ephemerides that a message holds, and why each other trajectory is none.

    Raises: BadMessage when not one trajectory can become an ephemeris, or the message has none.
    """
    found: list[Ephemeris] = []
    reasons: list[str] = []
    for number, trajectory in enumerate(message.trajectories, start=1):
        because = why_no_ephemeris(trajectory) or _overlap(trajectory, found)
        if because:
            reasons.append(f"trajectory {number} {because}")
        else:
            found.append(_ephemeris(message, trajectory))
    if not found:
        because = "; ".join(reasons) or "the message has no trajectory"
        raise BadMessage(f"no ephemeris is in it: {because}", field="TRAJ_START")
    return tuple(found), tuple(reasons)


def why_no_ephemeris(trajectory: TrajectoryHistory) -> str:
    """Say why a trajectory cannot be a table of states in a known frame, or nothing when it can."""
    if trajectory.kind.upper() not in CARTESIAN_WITH_VELOCITY:
        return f"is in {trajectory.kind}, not in positions and velocities"
    if not KNOWN_FRAMES.fullmatch(trajectory.frame.upper()):
        return f"is in the frame {trajectory.frame}, which Baken does not know"
    if (np.diff(trajectory.rows.epoch_tai_ns) <= 0).any():
        return "has rows that do not follow each other in time"
    return "" if len(trajectory.rows) else "has no row"


def _overlap(trajectory: TrajectoryHistory, found: Sequence[Ephemeris]) -> str:
    first, last = trajectory.rows.epoch_tai_ns[[0, -1]]
    if any(first < one.epoch_tai_ns[-1] and last > one.epoch_tai_ns[0] for one in found):
        return "depicts a span that one before it depicts, which is the one that counts"
    return ""


def _ephemeris(message: OrbitMessage, trajectory: TrajectoryHistory) -> Ephemeris:
    rows, said = trajectory.rows, dict(trajectory.fields)
    clock = Clock(TimeScale(message.time_system), message.epoch_zero_tai_ns)
    interpolation = said.get("INTERPOLATION", "")
    degree = said.get("INTERPOLATION_DEGREE", "3" if interpolation else "")  # table 6-4: the default
    if interpolation.upper() == PROPAGATE:
        interpolation = degree = ""

    def instant(keyword: str) -> int | None:
        try:
            return clock.instant(said[keyword]) if keyword in said else None
        except ValueError as impossible:
            raise BadMessage(str(impossible), field=keyword) from impossible

    frame_epoch_tai_ns = instant("TRAJ_FRAME_EPOCH")
    if frame_epoch_tai_ns is None and OF_DATE.fullmatch(trajectory.frame.upper()):
        frame_epoch_tai_ns = clock.zero_tai_ns
    return Ephemeris(
        identity=message.identity,
        frame=trajectory.frame,
        centre=trajectory.centre,
        epoch_tai_ns=rows.epoch_tai_ns.copy(),
        position_m=rows.values_si[:, :3].copy(),
        velocity_m_s=rows.values_si[:, 3:6].copy(),
        acceleration_m_s2=rows.values_si[:, 6:9].copy() if rows.values_si.shape[1] == 9 else None,
        covariances=_covariances(message.covariances, trajectory),
        start_tai_ns=int(rows.epoch_tai_ns[0]),
        stop_tai_ns=int(rows.epoch_tai_ns[-1]),
        useable_start_tai_ns=instant("USEABLE_START_TIME"),
        useable_stop_tai_ns=instant("USEABLE_STOP_TIME"),
        interpolation=interpolation,
        interpolation_degree=int(degree) if degree else None,
        time_system=message.time_system,
        frame_epoch_tai_ns=frame_epoch_tai_ns,
        originator=message.originator,
        created_tai_ns=message.created_tai_ns,
        message_id=message.message_id,
        realm=message.realm,
        marking=message.marking,
        lineage=message.lineage,
        header_comments=message.header_comments,
        metadata_comments=message.metadata_comments,
        comments=trajectory.comments,
        other_fields=tuple(_others(message, trajectory)),
    )


def _others(message: OrbitMessage, trajectory: TrajectoryHistory) -> Iterator[tuple[str, str]]:
    """Yield what an ephemeris has no word for: its world, its designators, a trajectory's basis."""
    for keyword, text in () if message.user_defined is None else message.user_defined.fields:
        if keyword in REALM_KEYWORDS:
            yield REALM_KEYWORD, text
    yield from (field for field in message.other_fields if field[0] in DESIGNATORS)
    yield from (field for field in trajectory.fields if field[0] not in TAKEN)


def _covariances(
    covariances: Sequence[CovarianceRows], trajectory: TrajectoryHistory
) -> CovarianceHistory | None:
    """Return the covariances of position and velocity whose instants lie in the span of a trajectory."""
    first, last = trajectory.rows.epoch_tai_ns[[0, -1]]
    epochs, frames, matrices = [], [], []
    for one in covariances:
        if one.kind.upper() != MATRIX:
            continue
        whole = matrices_si(one.rows, places_of(one.ordering.upper(), len(ELEMENTS[MATRIX])))
        for epoch, matrix in zip(one.rows.epoch_tai_ns, whole, strict=True):
            if first <= epoch <= last:
                epochs.append(int(epoch))
                frames.append(one.frame)
                matrices.append(matrix)
    if not epochs:
        return None
    return CovarianceHistory(
        epoch_tai_ns=np.array(epochs, dtype=np.int64),
        frames=tuple(frames),
        covariance_si=np.array(matrices),
    )
