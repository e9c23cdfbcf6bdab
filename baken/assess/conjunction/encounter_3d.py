"""How many collisions to expect of two objects, also when they pass slowly, for long, or round a bend."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._collisions_in_time import expected_of_one
from baken.assess.conjunction._pair_of_clouds import PairsOfClouds, pairs_of_clouds
from baken.assess.conjunction._span_of_meeting import expected_of_meeting
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled

# In place of a half span: as long as one meeting lasts.
ONE_MEETING = 0.0
# How many times as many points on the sphere as are enough.
FINENESS = 1


class ExpectedStatus(IntEnum):
    """What became of an encounter; a number is there for the first three."""

    CONVERGED = 0
    CLIPPED = 1  # converged, after a covariance that could not be was mended: clip_eigenvalues_hall_2017
    NO_MEETING = 2  # nothing comes near within the span, or nothing has a size: the number is zero
    NOT_CONVERGED = 3
    NOT_POSITIVE_DEFINITE = 4  # the relative position has no variance in some direction
    NOT_CLOSED = 5  # one of the orbits is no ellipse
    UNKNOWN_INPUT = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExpectedCollisions:
    """Expected numbers of collisions side by side, how sure they are, and when they gather.

    All but 1 % of the number gathers between start and end, fastest at the peak; seconds after the epoch of
    the states.  Where there is no number there is NaN and a status that says why.
    """

    expected_number: Floats
    error_estimate: Floats
    start_s: Floats
    peak_s: Floats
    end_s: Floats
    status: npt.NDArray[np.int8]

    @property
    def n_converged(self) -> int:
        return int(np.count_nonzero(self.status <= ExpectedStatus.NO_MEETING))


def hall_2021(
    position_1_m: FloatsLike,
    velocity_1_m_s: FloatsLike,
    covariance_rtn_1_si: FloatsLike,
    position_2_m: FloatsLike,
    velocity_2_m_s: FloatsLike,
    covariance_rtn_2_si: FloatsLike,
    hard_body_radius_m: FloatsLike,
    half_span_s: FloatsLike | None = None,
) -> ExpectedCollisions:
    """Integrate, over time, the rate at which pairs of orbits enter the combined hard body.

    Assumes two-body motion, and errors that are Gaussian in equinoctial elements and have nothing in common.
    Nothing else: neither straight motion nor a short encounter.  The number is never below the probability
    of collision, and equal to it when a pair that collides does so once; pairs that are in collision already
    when the span begins are not in it.

    States are inertial, at one epoch near closest approach; covariances are each object's own, in its RTN.
    Unless given, the span is a quarter of the shorter revolution to each side of the epoch: orbits that cross
    meet at both nodes, and each meeting has a warning of its own.  Where next to nothing gathers there, it
    goes on while the objects still draw apart, up to half a revolution.

    Shape:  vectors are (..., 3), covariances (..., 6, 6), radius and half span (...), and so are the results.
    Raises: ValueError when a radius is negative or a half span is not positive.
    Source: Hall (2021), J. Astronaut. Sci. 68, 979; the rate is Coppola's (2012), AAS 12-248.

    >>> r, v = np.array([7.0e6, 0.0, 0.0]), np.array([0.0, 7546.0, 0.0])
    >>> sigma = np.diag([100.0, 300.0, 100.0, 0.3, 0.1, 0.1]) ** 2
    >>> found = hall_2021(r, v, sigma, r + [120.0, 40.0, 300.0], [0.0, 0.0, 7546.0], sigma, 20.0)
    >>> found.expected_number.round(6), found.peak_s.round(2)
    (np.float64(0.002335), np.float64(-0.02))
    """
    radius_m = np.asarray(hard_body_radius_m, dtype=float)
    half_s = np.asarray(ONE_MEETING if half_span_s is None else half_span_s, dtype=float)
    if (radius_m < 0.0).any():
        raise ValueError(f"hard_body_radius_m cannot be negative; the least is {np.nanmin(radius_m)}")
    if half_span_s is not None and (half_s <= 0.0).any():
        raise ValueError(f"half_span_s must be positive; the least is {np.nanmin(half_s)}")
    pairs = pairs_of_clouds(
        position_1_m,
        velocity_1_m_s,
        covariance_rtn_1_si,
        position_2_m,
        velocity_2_m_s,
        covariance_rtn_2_si,
        np.broadcast_shapes(radius_m.shape, half_s.shape),
    )
    radius_m, half_s = (np.broadcast_to(one, pairs.shape).reshape(-1) for one in (radius_m, half_s))
    found, code = _expected(
        pairs.mean, pairs.covariance, pairs.factor, radius_m.copy(), half_s.copy(), FINENESS
    )
    return _as_asked(found, code, pairs)


def _as_asked(found: Floats, code: npt.NDArray[np.int8], pairs: PairsOfClouds) -> ExpectedCollisions:
    """Say what became of each row, and lay results out as they were asked for."""
    code[np.isnan(found[:, 0])] = ExpectedStatus.UNKNOWN_INPUT
    code[pairs.is_known & np.isnan(pairs.factor.sum(axis=1))] = ExpectedStatus.NOT_CLOSED
    code[pairs.is_clipped & (code == ExpectedStatus.CONVERGED)] = ExpectedStatus.CLIPPED
    found[code > ExpectedStatus.NO_MEETING] = np.nan
    number, error, start_s, peak_s, end_s = (column.reshape(pairs.shape)[()] for column in found.T)
    return ExpectedCollisions(
        expected_number=number,
        error_estimate=error,
        start_s=start_s,
        peak_s=peak_s,
        end_s=end_s,
        status=code.reshape(pairs.shape)[()],
    )


# What the compiled integral says, in the words of the status.
_CODES = np.array(
    [
        ExpectedStatus.CONVERGED,
        ExpectedStatus.NO_MEETING,
        ExpectedStatus.NOT_CONVERGED,
        ExpectedStatus.NOT_POSITIVE_DEFINITE,
    ],
    dtype=np.int8,
)
UNKNOWN_INPUT, NOT_CLOSED = int(ExpectedStatus.UNKNOWN_INPUT), int(ExpectedStatus.NOT_CLOSED)


@compiled
def _expected(
    mean: Floats, covariance: Floats, factor: Floats, radius_m: Floats, half_s: Floats, fineness: int
) -> tuple[Floats, npt.NDArray[np.int8]]:
    n = len(mean)
    found, code = np.full((n, 5), np.nan), np.zeros(n, dtype=np.int8)
    for row in range(n):
        if not np.isnan(covariance[row].sum() + radius_m[row] + half_s[row]):
            one = mean[row], covariance[row], factor[row], radius_m[row]
            if half_s[row] == ONE_MEETING:
                code[row] = expected_of_meeting(*one, fineness, found[row])
            else:
                code[row] = expected_of_one(*one, -half_s[row], half_s[row], fineness, found[row])
    return found, code
