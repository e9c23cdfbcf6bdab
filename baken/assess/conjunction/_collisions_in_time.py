"""When two clouds of orbits overlap, and how many pairs enter the sphere meanwhile, compiled.

The squared distance of the likeliest meeting pair is a parabola in time when motion is straight, and has
a few minima when it is not.  From each the span is widened until the rate has faded, and the rate is
integrated over the spans, by Gauss and Kronrod, dividing the worst piece until the error is small.
"""

import math

import numpy as np

from baken.assess.conjunction._peak_overlap import (
    COVARIANCE_M2,
    FOUND,
    LEFT_IN_VELOCITY,
    LOST,
    POSITION_M,
    ROWS,
    SINGULAR,
    VELOCITY_M_S,
    WEIGHT,
    inverted,
    linearised_at_overlap,
)
from baken.assess.conjunction._sphere_flux import entering_rate_per_s, nearest_squared_sigma
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

# Looks a revolution, for minima that straight motion would not have; a formation has two or four.
LOOKS_A_REVOLUTION = 48
# Beyond this, in squared sigma, there is nothing to descend from: exp(-5000) of the rate.
FARTHEST_SQUARED = 1e4
# The logarithm of the rate below its peak at which it has faded.
FADED = 25.0
# A piece as long as this, in widths of a Gaussian rate, costs few divisions.
PIECE_WIDTHS = 3.7
MOST_PIECES = 400
MOST_MINIMA = 64
MOST_DESCENTS = 60
WANTED = 1e-5
ALLOWED = 1e-3
SHARE_OUTSIDE = 0.005  # of the expected number, before the start and after the end of where the bulk lies

# The rule of 15 points of Kronrod around 7 of Gauss, from the outside to the middle: QUADPACK (1983), qk15.
_X = np.array(
    [
        0.991455371120812639206854697526329,
        0.949107912342758524526189684047851,
        0.864864423359769072789712788640926,
        0.741531185599394439863864773280788,
        0.586087235467691130294144838258730,
        0.405845151377397166906606412076961,
        0.207784955007898467600689403773245,
        0.0,
    ]
)
_KRONROD = np.array(
    [
        0.022935322010529224963732008058970,
        0.063092092629978553290700663189204,
        0.104790010322250183839876322541518,
        0.140653259715525918745189590510238,
        0.169004726639267902826583426598550,
        0.190350578064785409913256402421014,
        0.204432940075298892414161999234649,
        0.209482141084727828012999174891714,
    ]
)
_GAUSS = np.array(
    [
        0.0,
        0.129484966168869693270611432679082,
        0.0,
        0.279705391489276667901467771423780,
        0.0,
        0.381830050505118944950369775488975,
        0.0,
        0.417959183673469387755102040816327,
    ]
)
N_POINTS = 15

# As in ExpectedStatus, which the compiled code cannot ask.
CONVERGED, NO_MEETING, NOT_CONVERGED, NOT_POSITIVE_DEFINITE = 0, 2, 3, 4


@compiled
def expected_of_one(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    low_s: float,
    high_s: float,
    fineness: int,
    result: Floats,
) -> int:
    """Fill in expected number, its error, and start, peak and end of the bulk; return a code."""
    result[:2], result[2:] = 0.0, math.nan
    if radius_m == 0.0:
        return NO_MEETING
    minima, code = _minima(mean, covariance, factor, radius_m, low_s, high_s)
    if len(minima) == 0:
        return code
    edges, spans = _spans(mean, covariance, factor, radius_m, low_s, high_s, minima)
    return _integrated(mean, covariance, factor, radius_m, edges, spans, fineness, result)


@compiled
def _look(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    time_s: float,
    farthest_squared: float,
    offset: Floats,
) -> tuple[int, float, float, float, float]:
    """Return code, squared distance, its slope and curvature in time, and about the logarithm of the rate."""
    around, inverse = np.empty((ROWS, 3)), np.empty((3, 3))
    code, squared = linearised_at_overlap(mean, covariance, factor, time_s, farthest_squared, offset, around)
    if code != FOUND:
        offset[:] = 0.0
        return code, math.inf, 0.0, 0.0, -math.inf
    matrix = around[COVARIANCE_M2:LEFT_IN_VELOCITY]
    inverted(matrix, inverse)
    velocity_m_s = around[VELOCITY_M_S]
    slope = 2.0 * np.dot(around[WEIGHT], velocity_m_s)
    curvature = 2.0 * np.dot(velocity_m_s, inverse @ velocity_m_s)
    variance_m2, axes = np.linalg.eigh(matrix)
    variance_m2 = np.maximum(variance_m2, 1e-300)
    nearest = nearest_squared_sigma(
        np.ascontiguousarray(axes.T) @ around[POSITION_M], np.sqrt(variance_m2), radius_m
    )
    speed2 = np.dot(velocity_m_s, velocity_m_s)
    for i in range(3):
        speed2 += max(0.0, around[LEFT_IN_VELOCITY + i, i])
    logarithm = 0.5 * (math.log(speed2 + 1e-300) - nearest - np.log(variance_m2 + radius_m * radius_m).sum())
    return code, squared, slope, curvature, logarithm


@compiled
def _minima(
    mean: Floats, covariance: Floats, factor: Floats, radius_m: float, low_s: float, high_s: float
) -> tuple[Floats, int]:
    """Return rows of time, width and logarithm of the rate at the minima; and why there are none."""
    spacing_s = 2.0 * math.pi / max(mean[0, 0], mean[1, 0]) / LOOKS_A_REVOLUTION
    n_looks = 1 + math.ceil((high_s - low_s) / spacing_s)
    spacing_s = (high_s - low_s) / max(1, n_looks - 1)
    offset, squared = np.zeros((2, 6)), np.empty(n_looks)
    lost = 0
    for k in range(n_looks):
        code, squared[k], _, _, _ = _look(
            mean, covariance, factor, radius_m, low_s + k * spacing_s, FARTHEST_SQUARED, offset
        )
        lost += code == LOST
    found, n_found = np.empty((MOST_MINIMA, 3)), int(np.int64(0))  # a literal would compile _descend twice
    code = _descend(
        mean,
        covariance,
        factor,
        radius_m,
        min(max(0.0, low_s), high_s),
        low_s,
        high_s,
        spacing_s,
        found,
        n_found,
    )
    n_found += code == FOUND
    for k in range(n_looks):
        left = squared[k - 1] if k > 0 else math.inf
        right = squared[k + 1] if k < n_looks - 1 else math.inf
        if squared[k] < math.inf and squared[k] <= left and squared[k] < right and n_found < MOST_MINIMA:
            n_found += (
                _descend(
                    mean,
                    covariance,
                    factor,
                    radius_m,
                    low_s + k * spacing_s,
                    low_s,
                    high_s,
                    spacing_s,
                    found,
                    n_found,
                )
                == FOUND
            )
    if n_found:
        return found[:n_found], CONVERGED
    if code == SINGULAR:
        return found[:0], NOT_POSITIVE_DEFINITE
    return found[:0], NOT_CONVERGED if code == LOST else NO_MEETING


@compiled
def _descend(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    time_s: float,
    low_s: float,
    high_s: float,
    most_s: float,
    found: Floats,
    n_found: int,
) -> int:
    """Go down to the minimum nearby and write it in the next row of those found, if it is new."""
    offset = np.zeros((2, 6))
    code, squared, slope, curvature, logarithm = _look(
        mean, covariance, factor, radius_m, time_s, math.inf, offset
    )
    if code != FOUND:
        return code
    for _ in range(MOST_DESCENTS):
        width_s = math.sqrt(2.0 / curvature) if curvature > 0.0 else math.inf
        step_s = -slope / curvature if curvature > 0.0 else 0.0
        step_s = min(max(step_s, -most_s), most_s)
        step_s = min(max(time_s + step_s, low_s), high_s) - time_s
        if abs(step_s) <= 0.02 * width_s:
            break
        better = False
        for _ in range(8):
            trial = offset.copy()
            seen = _look(mean, covariance, factor, radius_m, time_s + step_s, math.inf, trial)
            if seen[0] == FOUND and seen[1] <= squared:
                better = True
                break
            step_s /= 3.0
        if not better:
            break
        time_s += step_s
        offset[:] = trial
        _, squared, slope, curvature, logarithm = seen
    width_s = min(most_s, math.sqrt(2.0 / curvature)) if curvature > 0.0 else most_s
    for k in range(n_found):
        if abs(found[k, 0] - time_s) < 0.5 * max(width_s, found[k, 1]):
            return -1
    found[n_found, 0], found[n_found, 1], found[n_found, 2] = time_s, width_s, logarithm
    return FOUND


@compiled
def _spans(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    low_s: float,
    high_s: float,
    minima: Floats,
) -> tuple[Floats, Floats]:
    """Return edges of pieces, in order, and the spans they are to fill: where the rate has not faded."""
    most_s = 2.0 * math.pi / max(mean[0, 0], mean[1, 0]) / LOOKS_A_REVOLUTION
    faded = minima[:, 2].max() - FADED
    kept = minima[minima[:, 2] > faded]
    edges, n_edges = np.empty(len(kept) * 2 * (MOST_PIECES + 1)), 0
    spans = np.empty((len(kept), 2))
    for k in range(len(kept)):
        for side in range(2):
            direction, end_s = 2.0 * side - 1.0, (low_s, high_s)[side]
            time_s, offset = kept[k, 0], np.zeros((2, 6))
            step_s = min(PIECE_WIDTHS * kept[k, 1], most_s)
            edges[n_edges], n_edges = time_s, n_edges + 1
            for step in range(MOST_PIECES):
                before_s = time_s
                time_s = min(max(time_s + direction * step_s, low_s), high_s)
                logarithm = _look(mean, covariance, factor, radius_m, time_s, FARTHEST_SQUARED, offset)[4]
                if logarithm < faded:
                    for _ in range(5):
                        middle_s = 0.5 * (time_s + before_s)
                        if (
                            _look(mean, covariance, factor, radius_m, middle_s, FARTHEST_SQUARED, offset)[4]
                            < faded
                        ):
                            time_s = middle_s
                        else:
                            before_s = middle_s
                edges[n_edges], n_edges = time_s, n_edges + 1
                if logarithm < faded or time_s == end_s:
                    break
                if step >= 1:
                    step_s = min(2.0 * step_s, most_s)
            spans[k, side] = time_s
    edges = edges[:n_edges]
    edges.sort()
    return edges, spans


@compiled
def _integrated(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    edges: Floats,
    spans: Floats,
    fineness: int,
    result: Floats,
) -> int:
    # A row is a piece: start, end, integral, error; then its 15 times and shares.
    pieces, n_pieces = np.empty((MOST_PIECES + len(edges), 4)), 0
    points = np.empty((len(pieces), 2, N_POINTS))
    offset, lost = np.zeros((2, 6)), 0
    for k in range(len(edges) - 1):
        middle_s = 0.5 * (edges[k] + edges[k + 1])
        if edges[k + 1] > edges[k] and ((spans[:, 0] < middle_s) & (middle_s < spans[:, 1])).any():
            pieces[n_pieces, 0], pieces[n_pieces, 1] = edges[k], edges[k + 1]
            lost += _piece(
                mean,
                covariance,
                factor,
                radius_m,
                fineness,
                offset,
                pieces[n_pieces],
                points[n_pieces],
            )
            n_pieces += 1
    most_pieces = n_pieces + MOST_PIECES - 1
    while n_pieces < most_pieces:
        total, error = pieces[:n_pieces, 2].sum(), pieces[:n_pieces, 3].sum()
        if error <= WANTED * total:
            break
        worst = np.argmax(pieces[:n_pieces, 3])
        pieces[n_pieces, 1] = pieces[worst, 1]
        pieces[n_pieces, 0] = pieces[worst, 1] = 0.5 * (pieces[worst, 0] + pieces[worst, 1])
        for row in (worst, n_pieces):
            lost += _piece(mean, covariance, factor, radius_m, fineness, offset, pieces[row], points[row])
        n_pieces += 1
    total, error = pieces[:n_pieces, 2].sum(), pieces[:n_pieces, 3].sum()
    times_s, shares = points[:n_pieces, 0].copy().ravel(), points[:n_pieces, 1].copy().ravel()
    _bulk(times_s, shares, total, result)
    result[0], result[1] = total, error
    if total == 0.0:
        result[2:] = math.nan
        return NO_MEETING
    return NOT_CONVERGED if lost or error > ALLOWED * total else CONVERGED


@compiled
def _piece(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    fineness: int,
    offset: Floats,
    piece: Floats,
    points: Floats,
) -> int:
    """Integrate the rate over one piece and note what each point holds; return how many points were lost."""
    around = np.empty((ROWS, 3))
    middle_s, half_s = 0.5 * (piece[0] + piece[1]), 0.5 * (piece[1] - piece[0])
    by_kronrod, by_gauss, lost = 0.0, 0.0, 0
    for node in range(N_POINTS):
        k = min(node, N_POINTS - 1 - node)
        time_s = middle_s + (half_s * _X[k] if node > 7 else -half_s * _X[k])
        code, _ = linearised_at_overlap(mean, covariance, factor, time_s, FARTHEST_SQUARED, offset, around)
        rate_per_s = 0.0
        if code == FOUND:
            rate_per_s = entering_rate_per_s(around, radius_m, fineness)
        else:
            offset[:] = 0.0
            lost += code == LOST
        by_kronrod += half_s * _KRONROD[k] * rate_per_s
        by_gauss += half_s * _GAUSS[k] * rate_per_s
        points[0, node], points[1, node] = time_s, half_s * _KRONROD[k] * rate_per_s
    off = abs(by_kronrod - by_gauss)
    # The rule of 7 is off by this; that of 15 by far less, as the power says (QUADPACK).
    piece[2], piece[3] = by_kronrod, min(off, by_kronrod * (200.0 * off / (by_kronrod + 1e-300)) ** 1.5)
    return lost


@compiled
def _bulk(times_s: Floats, shares: Floats, total: float, result: Floats) -> None:
    """Fill in when the expected number begins to gather, gathers fastest, and is nearly all there."""
    order = np.argsort(times_s)
    gathered, fastest = 0.0, -1.0
    for k in range(len(order)):
        row = order[k]
        before = gathered
        gathered += shares[row]
        if before <= SHARE_OUTSIDE * total < gathered:
            result[2] = times_s[row]
        if before < (1.0 - SHARE_OUTSIDE) * total <= gathered:
            result[4] = times_s[row]
        if 0 < k < len(order) - 1:
            rate = shares[row] / (times_s[order[k + 1]] - times_s[order[k - 1]])
            if rate > fastest:
                fastest, result[3] = rate, times_s[row]
