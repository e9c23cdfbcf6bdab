"""Set published tables of states moving: one object from its segments, in the frame of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.changed_motions import SuccessiveMotion, successive
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.covariance import turned_covariance
from baken.astro.covariance_interpolation import interpolated_covariance_m2
from baken.astro.earth_data import EarthData
from baken.astro.elements import elements_from_state
from baken.astro.ephemeris_trajectories import left_out_misses_m
from baken.astro.local_frames import rotation_inertial_to_rtn, rotation_inertial_to_tnw
from baken.astro.motions import EphemerisMotion, ephemeris_motion
from baken.astro.named_frames import is_known_frame, rotation_to_gcrs, state_to_gcrs, state_to_teme
from baken.astro.rotations import reversed_rotation
from baken.errors import WrongUsage
from baken.records.ephemeris import Ephemeris

RTN_NAMES = frozenset({"RTN", "RSW", "RIC", "QSW", "LVLH"})
TNW_NAMES = frozenset({"TNW"})
# Rows on which a polynomial rests; and how many more it takes to ask each row of the others.
N_NODES, LEAST_ROWS_FOR_BOUND = 4, 9
# Four minutes apart, on a low orbit, what is blended was seen to be off by a seventh at worst; ten minutes
# apart by a third.
LONGEST_GAP_PERIODS = 1.0 / 16.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CovarianceAlong:
    """Position covariances that came with an ephemeris, in the object's own RTN, at their own instants.

    Each segment keeps its own: nobody may interpolate from one to the next.
    """

    segments: tuple[tuple[Instants, Floats], ...]
    longest_gap_s: float

    def __call__(self, epoch_tai_ns: Instants) -> Floats:
        """Return covariances, (m, 3, 3): NaN where none was given near enough."""
        found = np.full((epoch_tai_ns.size, 3, 3), np.nan)
        for nodes, covariance_m2 in self.segments:
            here = interpolated_covariance_m2(nodes, covariance_m2, epoch_tai_ns, self.longest_gap_s)
            known = np.isfinite(here).all(axis=(1, 2))
            found[known] = here[known]
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MovedEphemeris:
    """An ephemeris set moving, in TEME: what it covers, how well its rows tell it, how sure its source is.

    ``left_open_m`` is the largest miss of a row by the others, at twice its step: more than any reader is
    off; None when a segment has too few rows to tell.  Mean motion and eccentricity are of the first state.
    """

    motion: SuccessiveMotion
    start_tai_ns: int
    end_tai_ns: int
    mean_motion_rad_s: float
    eccentricity: float
    left_open_m: float | None
    covariance: CovarianceAlong | None


def motion_of_ephemeris(segments: Sequence[Ephemeris], earth: EarthData) -> MovedEphemeris:
    """Return the motion of one object told in segments, each within the span its source lets anyone use.

    Raises: WrongUsage for a frame or centre nobody here can turn, a table too short, or two objects in one.
    """
    for segment in segments:
        _check(segment)
    tables = [_table(segment, earth) for segment in segments]
    spans = [(segment.good_from_tai_ns, segment.good_until_tai_ns) for segment in segments]
    first = elements_from_state(tables[0].position_m[0], tables[0].velocity_m_s[0])
    mean_motion_rad_s = float(np.sqrt(EARTH_MU_M3_S2 / first.semi_major_axis_m**3))
    gap_s = LONGEST_GAP_PERIODS * 2.0 * np.pi / mean_motion_rad_s
    covariances = tuple(
        _covariances_rtn(segment, table, earth)
        for segment, table in zip(segments, tables, strict=True)
        if segment.covariances is not None
    )
    return MovedEphemeris(
        motion=successive([(table, *span) for table, span in zip(tables, spans, strict=True)]),
        start_tai_ns=min(start for start, _ in spans),
        end_tai_ns=max(end for _, end in spans),
        mean_motion_rad_s=mean_motion_rad_s,
        eccentricity=float(first.eccentricity),
        left_open_m=_left_open_m(tables),
        covariance=CovarianceAlong(segments=covariances, longest_gap_s=gap_s) if covariances else None,
    )


def _check(segment: Ephemeris) -> None:
    if segment.centre.upper() != "EARTH":
        raise WrongUsage(f"its centre is {segment.centre}; only orbits about the EARTH are screened")
    if not is_known_frame(segment.frame) or segment.frame_epoch_tai_ns is not None:
        raise WrongUsage(f"its frame is {segment.frame}; give it in GCRF, EME2000, TEME or ITRF")
    if len(segment) < 2 or segment.good_until_tai_ns <= segment.good_from_tai_ns:
        raise WrongUsage("a segment has fewer than two useable rows; nobody can interpolate it")


def _table(segment: Ephemeris, earth: EarthData) -> EphemerisMotion:
    position_m, velocity_m_s = state_to_teme(
        segment.frame, segment.epoch_tai_ns, segment.position_m, segment.velocity_m_s, earth
    )
    return ephemeris_motion(
        [segment.epoch_tai_ns], [position_m], [velocity_m_s], n_nodes=min(N_NODES, len(segment))
    )


def _left_open_m(tables: Sequence[EphemerisMotion]) -> float | None:
    if any(table.epoch_tai_ns.size < LEAST_ROWS_FOR_BOUND for table in tables):
        return None
    return max(float(left_out_misses_m(table).max()) for table in tables)


def _covariances_rtn(segment: Ephemeris, table: EphemerisMotion, earth: EarthData) -> tuple[Instants, Floats]:
    """Return the position covariances of a segment in the object's own RTN, in order of time.

    One that stands outside the table has no RTN, and is left out.
    """
    history = segment.covariances
    assert history is not None
    order = np.argsort(history.epoch_tai_ns, kind="stable")
    epochs = history.epoch_tai_ns[order]
    position_m, velocity_m_s, status = table.states(np.zeros(epochs.size, dtype=np.int64), epochs)
    inside = status == 0
    states_gcrs = state_to_gcrs("TEME", epochs[inside], position_m[inside], velocity_m_s[inside], earth)
    names = [history.frames[k] or segment.frame for k in order[inside]]
    to_rtn = _rotations_to_rtn(names, epochs[inside], states_gcrs, earth)
    return epochs[inside], turned_covariance(to_rtn, history.covariance_si[order[inside]][:, :3, :3])


def _rotations_to_rtn(
    names: Sequence[str], epoch_tai_ns: Instants, states_gcrs: tuple[Floats, Floats], earth: EarthData
) -> Floats:
    """Return the rotation from the frame each covariance is given in to the object's own RTN."""
    rotation = np.empty((epoch_tai_ns.size, 3, 3))
    for name in set(names):
        rows = np.array([k for k, other in enumerate(names) if other == name])
        position_m, velocity_m_s = (vector[rows] for vector in states_gcrs)
        to_rtn = rotation_inertial_to_rtn(position_m, velocity_m_s)
        if name.upper() in RTN_NAMES:
            rotation[rows] = np.eye(3)
        elif name.upper() in TNW_NAMES:
            rotation[rows] = to_rtn @ reversed_rotation(rotation_inertial_to_tnw(position_m, velocity_m_s))
        elif is_known_frame(name):
            rotation[rows] = to_rtn @ rotation_to_gcrs(name, epoch_tai_ns[rows], earth)
        else:
            raise WrongUsage(f"its covariance is given in {name}; give it in RTN, TNW or an inertial frame")
    return rotation
