"""When two clouds of orbits overlap, and how many pairs enter the sphere meanwhile, compiled.

The squared distance of the likeliest meeting pair is a parabola in time when motion is straight, and has
a few minima when it is not.  From each the span is widened until the rate has faded, and the rate is
integrated over the spans, by Gauss and Kronrod, dividing the worst piece until the error is small.
"""

import math

import numpy as np

from baken.assess.conjunction._peak_overlap import (
    FOUND,
    INVERSE,
    LEFT_IN_VELOCITY,
    LOST,
    ROWS,
    VELOCITY_M_S,
    WEIGHT,
    copy_pair,
    forget,
    linearised_at_overlap,
)
from baken.assess.conjunction._sphere_flux import (
    OWN_MEAN_M,
    OWN_SIGMA_M,
    ROWS_IN_OWN_AXES,
    entering_rate_per_s,
    fill_own_axes,
    nearest_squared_sigma,
    sort_first,
)
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
# What it means when nothing is found, and the search from the epoch ended TOO_FAR, LOST or SINGULAR.
_WHY = np.array([CONVERGED, NO_MEETING, NOT_CONVERGED, NOT_POSITIVE_DEFINITE])


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
    for i in range(5):
        result[i] = 0.0 if i < 2 else math.nan
    if radius_m == 0.0:
        return NO_MEETING
    minima = np.empty((MOST_MINIMA, 3))
    n_minima, code = _minima(mean, covariance, factor, radius_m, low_s, high_s, minima)
    if n_minima == 0:
        return code
    spans, edges = np.empty((n_minima, 2)), np.empty(n_minima * 2 * (MOST_PIECES + 1))
    n_edges = _spans(mean, covariance, factor, radius_m, low_s, high_s, minima, spans, edges)
    return _integrated(mean, covariance, factor, radius_m, edges, n_edges, spans, fineness, result)


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
    around, own = np.empty((ROWS, 3)), np.empty((ROWS_IN_OWN_AXES, 3))
    code, squared = linearised_at_overlap(mean, covariance, factor, time_s, farthest_squared, offset, around)
    if code != FOUND:
        forget(offset)
        return code, math.inf, 0.0, 0.0, -math.inf
    fill_own_axes(around, own)
    slope, curvature, speed2 = 0.0, 0.0, 1e-300
    logarithm = -nearest_squared_sigma(own[OWN_MEAN_M], own[OWN_SIGMA_M], radius_m)
    for i in range(3):
        slope += 2.0 * around[WEIGHT, i] * around[VELOCITY_M_S, i]
        speed2 += around[VELOCITY_M_S, i] ** 2 + max(0.0, around[LEFT_IN_VELOCITY + i, i])
        logarithm -= math.log(own[OWN_SIGMA_M, i] ** 2 + radius_m * radius_m)
        for j in range(3):
            curvature += 2.0 * around[VELOCITY_M_S, i] * around[INVERSE + i, j] * around[VELOCITY_M_S, j]
    return code, squared, slope, curvature, 0.5 * (logarithm + math.log(speed2))


@compiled
def _minima(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    low_s: float,
    high_s: float,
    found: Floats,
) -> tuple[int, int]:
    """Fill in rows of time, width and logarithm of the rate; return how many, and why there are none."""
    spacing_s = 2.0 * math.pi / max(mean[0, 0], mean[1, 0]) / LOOKS_A_REVOLUTION
    n_looks = 1 + math.ceil((high_s - low_s) / spacing_s)
    spacing_s = (high_s - low_s) / max(1, n_looks - 1)
    offset, squared = np.zeros((2, 6)), np.empty(n_looks + 2)
    squared[0] = squared[n_looks + 1] = math.inf
    for k in range(n_looks):
        time_s = low_s + k * spacing_s
        squared[k + 1] = _look(mean, covariance, factor, radius_m, time_s, FARTHEST_SQUARED, offset)[1]
    n_found, why = int(np.int64(0)), NO_MEETING  # a literal would compile _descend twice
    for k in range(n_looks + 1):
        # First from the epoch, where a message says that they meet; then from every lowest look.
        time_s = min(max(0.0, low_s), high_s) if k == 0 else low_s + (k - 1) * spacing_s
        is_low = k > 0 and squared[k] < math.inf and squared[k - 1] >= squared[k] < squared[k + 1]
        if (k == 0 or is_low) and n_found < MOST_MINIMA:
            code = _descend(
                mean, covariance, factor, radius_m, time_s, low_s, high_s, spacing_s, found, n_found
            )
            n_found += code == FOUND
            if k == 0 and code != FOUND:
                why = _WHY[code]
    return n_found, why


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
    offset, trial = np.zeros((2, 6)), np.empty((2, 6))
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
            copy_pair(offset, trial)
            seen = _look(mean, covariance, factor, radius_m, time_s + step_s, math.inf, trial)
            if seen[0] == FOUND and seen[1] <= squared:
                better = True
                break
            step_s /= 3.0
        if not better:
            break
        time_s += step_s
        copy_pair(trial, offset)
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
    spans: Floats,
    edges: Floats,
) -> int:
    """Fill in where the rate has not faded, and edges of pieces there, in order; return how many edges."""
    most_s = 2.0 * math.pi / max(mean[0, 0], mean[1, 0]) / LOOKS_A_REVOLUTION
    offset, n_edges, faded = np.empty((2, 6)), 0, -math.inf
    for k in range(len(spans)):
        faded = max(faded, minima[k, 2] - FADED)
    for k in range(len(spans)):
        for side in range(2):
            spans[k, side] = minima[k, 0]
            if minima[k, 2] <= faded:
                continue
            direction, end_s = 2.0 * side - 1.0, high_s if side else low_s
            time_s, step_s = minima[k, 0], min(PIECE_WIDTHS * minima[k, 1], most_s)
            forget(offset)
            edges[n_edges], n_edges = time_s, n_edges + 1
            for step in range(MOST_PIECES):
                before_s = time_s
                time_s = min(max(time_s + direction * step_s, low_s), high_s)
                logarithm = _look(mean, covariance, factor, radius_m, time_s, FARTHEST_SQUARED, offset)[4]
                for _ in range(5 if logarithm < faded else 0):
                    middle_s = 0.5 * (time_s + before_s)
                    seen = _look(mean, covariance, factor, radius_m, middle_s, FARTHEST_SQUARED, offset)
                    if seen[4] < faded:
                        time_s = middle_s
                    else:
                        before_s = middle_s
                edges[n_edges], n_edges = time_s, n_edges + 1
                if logarithm < faded or time_s == end_s:
                    break
                if step >= 1:
                    step_s = min(2.0 * step_s, most_s)
            spans[k, side] = time_s
    sort_first(edges, n_edges)
    return n_edges


@compiled
def _integrated(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    edges: Floats,
    n_edges: int,
    spans: Floats,
    fineness: int,
    result: Floats,
) -> int:
    # A row is a piece: start, end, integral, error; then its 15 times and shares.
    pieces, n_pieces = np.empty((MOST_PIECES + n_edges, 4)), int(np.int64(0))
    points = np.empty((len(pieces), 2, N_POINTS))
    for k in range(n_edges - 1):
        if edges[k + 1] > edges[k] and _is_within(spans, 0.5 * (edges[k] + edges[k + 1])):
            pieces[n_pieces, 0], pieces[n_pieces, 1] = edges[k], edges[k + 1]
            n_pieces += 1
    offset, lost, most_pieces = np.zeros((2, 6)), 0, n_pieces + MOST_PIECES - 1
    for k in range(n_pieces):
        lost += _piece(mean, covariance, factor, radius_m, fineness, offset, pieces, points, k)
    while True:
        total, error, worst = 0.0, 0.0, int(np.int64(0))
        for k in range(n_pieces):
            total, error = total + pieces[k, 2], error + pieces[k, 3]
            worst = k if pieces[k, 3] > pieces[worst, 3] else worst
        if error <= WANTED * total or n_pieces >= most_pieces:
            break
        pieces[n_pieces, 1] = pieces[worst, 1]
        pieces[n_pieces, 0] = pieces[worst, 1] = 0.5 * (pieces[worst, 0] + pieces[worst, 1])
        for row in (worst, n_pieces):
            lost += _piece(mean, covariance, factor, radius_m, fineness, offset, pieces, points, row)
        n_pieces += 1
    result[0], result[1] = total, error
    if total == 0.0:
        return NO_MEETING
    _bulk(pieces, points, n_pieces, total, result)
    return NOT_CONVERGED if lost or error > ALLOWED * total else CONVERGED


@compiled
def _is_within(spans: Floats, time_s: float) -> bool:
    n = 0
    for k in range(len(spans)):
        n += spans[k, 0] < time_s < spans[k, 1]
    return n > 0


@compiled
def _piece(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    radius_m: float,
    fineness: int,
    offset: Floats,
    pieces: Floats,
    points: Floats,
    row: int,
) -> int:
    """Integrate the rate over one piece and note what each point holds; return how many points were lost."""
    around = np.empty((ROWS, 3))
    middle_s, half_s = 0.5 * (pieces[row, 0] + pieces[row, 1]), 0.5 * (pieces[row, 1] - pieces[row, 0])
    by_kronrod, by_gauss, lost = 0.0, 0.0, 0
    for node in range(N_POINTS):
        k = min(node, N_POINTS - 1 - node)
        time_s = middle_s + (half_s * _X[k] if node > 7 else -half_s * _X[k])
        code, _ = linearised_at_overlap(mean, covariance, factor, time_s, FARTHEST_SQUARED, offset, around)
        rate_per_s = 0.0
        if code == FOUND:
            rate_per_s = entering_rate_per_s(around, radius_m, fineness)
        else:
            forget(offset)
            lost += code == LOST
        by_kronrod += half_s * _KRONROD[k] * rate_per_s
        by_gauss += half_s * _GAUSS[k] * rate_per_s
        points[row, 0, node], points[row, 1, node] = time_s, half_s * _KRONROD[k] * rate_per_s
    off = abs(by_kronrod - by_gauss)
    # The rule of 7 is off by this; that of 15 by far less, as the power says (QUADPACK).
    pieces[row, 2] = by_kronrod
    pieces[row, 3] = min(off, by_kronrod * (200.0 * off / (by_kronrod + 1e-300)) ** 1.5)
    return lost


@compiled
def _bulk(pieces: Floats, points: Floats, n_pieces: int, total: float, result: Floats) -> None:
    """Fill in when the expected number begins to gather, gathers fastest, and is nearly all there."""
    starts_s, order = np.empty(n_pieces), np.empty(n_pieces, dtype=np.int64)
    for k in range(n_pieces):
        place = k
        while place > 0 and starts_s[place - 1] > pieces[k, 0]:
            starts_s[place], order[place] = starts_s[place - 1], order[place - 1]
            place -= 1
        starts_s[place], order[place] = pieces[k, 0], k
    n = n_pieces * N_POINTS
    gathered, fastest = 0.0, -1.0
    for k in range(n):
        time_s, share = (
            points[order[k // N_POINTS], 0, k % N_POINTS],
            points[order[k // N_POINTS], 1, k % N_POINTS],
        )
        before = gathered
        gathered += share
        if before <= SHARE_OUTSIDE * total < gathered:
            result[2] = time_s
        if before < (1.0 - SHARE_OUTSIDE) * total <= gathered:
            result[4] = time_s
        if 0 < k < n - 1:
            last_s = points[order[(k - 1) // N_POINTS], 0, (k - 1) % N_POINTS]
            next_s = points[order[(k + 1) // N_POINTS], 0, (k + 1) % N_POINTS]
            if share / (next_s - last_s) > fastest:
                fastest, result[3] = share / (next_s - last_s), time_s
