"""What the pieces came from: every object known before is asked whether it was there, and moved so."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from baken.assess.fragmentation.mean_orbits import (
    MeanOrbits,
    along_track_sigma_m,
    cross_track_sigma_m,
    normals_teme,
    radial_sigma_m,
)
from baken.assess.fragmentation.passages import Passages, passages
from baken.astro.arrays import Floats, Truths
from baken.astro.motions import ChosenMotion, Motion

# Planes further from the place than this were not looked at: six hundred kilometres.
PLANE_WITHIN_RAD = 0.1
# The place itself, as the planes of pieces give it.
PLACE_SIGMA_M = 8e3
# Pieces are pushed by tens to hundreds of metres a second; the quarter pushed least tells the parent.
USUAL_KICK_M_S = 100.0
TELLING_QUANTILE = 0.25
# Along the orbit of the parent the planes of pieces tell the place less well than across it.
PLACE_ALONG_M = 60e3
# Paths that run together at less than this angle (its sine) cross nowhere in particular.
LEAST_SINE = 0.05
# A place along an orbit that is worse than this meets somebody by chance on every revolution.
TELLING_ALONG_M = 30e3
# Beyond this the velocity says no, however much more it is.
LEAST_LOG_OF_KICK = -50.0


class Candidates(NamedTuple):
    """Objects that may have been where the pieces parted, likeliest first; every array is (n,).

    ``likelihood`` is relative: it sums to one over those listed, and says nothing of objects nobody listed.
    ``along_sigma_m`` says what ``late_s`` is worth.  ``kick_m_s`` is the velocity against the quarter of the
    pieces nearest in velocity.
    """

    object_index: npt.NDArray[np.int64]
    likelihood: Floats
    presence: Floats
    across_m: Floats
    radial_m: Floats
    late_s: Floats
    along_sigma_m: Floats
    kick_m_s: Floats
    position_teme_m: Floats
    velocity_teme_m_s: Floats


def candidates(
    motion: Motion,
    orbits: MeanOrbits,
    pieces: Passages,
    place_teme_m: Floats,
    epoch_tai_ns: int,
    time_sigma_s: float,
) -> Candidates:
    """Return who may have been at a place at a time, among all objects of a motion, likeliest first.

    Gaussian in the distance across its orbit, in height, and in the time of passage, each with what old
    elements leave open; then in the velocity against the pieces.  ``presence`` is how well the object was at
    the place and time, in log-likelihood: where two have it, two met.

    Shape:  place_teme_m is (3,); ``motion`` and ``orbits`` have the same objects in the same order.
    """
    outward = place_teme_m / np.linalg.norm(place_teme_m)
    near = np.flatnonzero(_may_have_passed(orbits, place_teme_m, epoch_tai_ns))
    if not near.size:
        return _nobody()
    near_orbits = orbits.of(near)
    passing = passages(ChosenMotion(motion, near.astype(np.int64)), place_teme_m, epoch_tai_ns)
    offset = passing.position_teme_m - place_teme_m
    radial_m = offset @ outward
    across_m = np.linalg.norm(offset - radial_m[:, None] * outward, axis=-1)
    along_sigma_m = along_track_sigma_m(near_orbits, epoch_tai_ns)
    speed_m_s = np.linalg.norm(passing.velocity_teme_m_s, axis=-1)
    late_sigma_s = np.hypot(along_sigma_m / speed_m_s, time_sigma_s)
    presence = -0.5 * (
        (across_m / np.hypot(cross_track_sigma_m(near_orbits, epoch_tai_ns), PLACE_SIGMA_M)) ** 2
        + (radial_m / np.hypot(radial_sigma_m(near_orbits, epoch_tai_ns), PLACE_SIGMA_M)) ** 2
        + (passing.late_s / late_sigma_s) ** 2
    ) - np.log(1.0 + np.minimum(along_sigma_m, np.pi * 7e6) / PLACE_SIGMA_M)
    kick_m_s = _kick_against_nearest_m_s(passing.velocity_teme_m_s, pieces)
    log_likelihood = presence + np.maximum(-0.5 * (kick_m_s / USUAL_KICK_M_S) ** 2, LEAST_LOG_OF_KICK)
    order = np.argsort(-log_likelihood, kind="stable")
    order = order[np.isfinite(log_likelihood[order])]
    if not order.size:
        return _nobody()
    weight = np.exp(log_likelihood[order] - log_likelihood[order[0]])
    return Candidates(
        near[order], weight / weight.sum(), presence[order], across_m[order], radial_m[order],
        passing.late_s[order], along_sigma_m[order], kick_m_s[order],
        passing.position_teme_m[order], passing.velocity_teme_m_s[order],
    )  # fmt: skip


def _may_have_passed(orbits: MeanOrbits, place_teme_m: Floats, epoch_tai_ns: int) -> Truths:
    """Say whose orbit reaches the height of a place, and whose plane passes near it."""
    radius_m = float(np.linalg.norm(place_teme_m))
    sine = normals_teme(orbits, np.array([epoch_tai_ns]))[:, 0] @ (place_teme_m / radius_m)
    axis_m, slack_m = orbits.semi_major_axis_m, 100e3
    reaches = (axis_m * (1.0 - orbits.eccentricity) - slack_m < radius_m) & (
        radius_m < axis_m * (1.0 + orbits.eccentricity) + slack_m
    )
    return np.asarray(reaches & (np.abs(sine) < PLANE_WITHIN_RAD))


def second_there(seen: Candidates) -> tuple[int, float, bool]:
    """Return who passed the place together with the likeliest, how fast, and whether one could be seen.

    Together: where their paths come nearest each other, near the place, the distance and the difference of
    their times of passage are within three sigma.  The row is
    -1 and the speed NaN where nobody did.  Objects whose place along the orbit is known too badly to tell are
    passed over; one can be seen when the likeliest itself is known well enough.
    """
    if len(seen.object_index) == 0:
        return -1, np.nan, False
    speed_m_s = np.linalg.norm(seen.velocity_teme_m_s - seen.velocity_teme_m_s[0], axis=-1)
    sigma_s = np.hypot(seen.along_sigma_m, seen.along_sigma_m[0]) / np.linalg.norm(
        seen.velocity_teme_m_s, axis=-1
    )
    miss_m, later_s = _where_paths_cross(seen)
    together = (np.abs(later_s) <= 3.0 * sigma_s) & (miss_m <= 3.0 * PLACE_SIGMA_M)
    together &= seen.along_sigma_m <= TELLING_ALONG_M
    together[0] = False
    can_be_seen = bool(seen.along_sigma_m[0] <= TELLING_ALONG_M)
    rows = np.flatnonzero(together)
    if not (rows.size and can_be_seen):
        return -1, np.nan, can_be_seen
    nearest = int(rows[np.argmin(np.abs(later_s)[rows])])
    return nearest, float(speed_m_s[nearest]), True


def _where_paths_cross(seen: Candidates) -> tuple[Floats, Floats]:
    """Return how near each path comes to that of the likeliest, and how much later that point is passed.

    Straight paths through where each passes the place.  Those that cross further from it than the place is
    known, or that run together, are compared at the place itself.
    """
    apart_m = seen.position_teme_m - seen.position_teme_m[0]
    velocity, first = seen.velocity_teme_m_s, seen.velocity_teme_m_s[0]
    across = np.cross(velocity, first)
    size = np.linalg.norm(across, axis=-1)
    speed_m_s = np.linalg.norm(first)
    crosses = size > LEAST_SINE * np.linalg.norm(velocity, axis=-1) * speed_m_s
    size = np.where(crosses, size, 1.0)
    to_go_s = -(np.cross(apart_m, first) * across).sum(axis=-1) / size**2
    first_to_go_s = -(np.cross(apart_m, velocity) * across).sum(axis=-1) / size**2
    crosses &= np.abs(first_to_go_s) * speed_m_s <= PLACE_ALONG_M
    miss_m = np.where(
        crosses, np.abs((apart_m * across).sum(axis=-1)) / size, np.linalg.norm(apart_m, axis=-1)
    )
    later_s = seen.late_s - seen.late_s[0] + np.where(crosses, to_go_s - first_to_go_s, 0.0)
    return miss_m, later_s


def _kick_against_nearest_m_s(velocity_teme_m_s: Floats, pieces: Passages) -> Floats:
    """Return the velocity of each object against the quarter of the pieces that moves most like it."""
    piece = pieces.velocity_teme_m_s[np.isfinite(pieces.velocity_teme_m_s).all(axis=-1)]
    return np.array(
        [np.quantile(np.linalg.norm(piece - one, axis=-1), TELLING_QUANTILE) for one in velocity_teme_m_s]
    )


def _nobody() -> Candidates:
    none, vectors = np.empty(0), np.empty((0, 3))
    return Candidates(np.empty(0, dtype=np.int64), none, none, none, none, none, none, none, vectors, vectors)
