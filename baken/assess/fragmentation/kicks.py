"""How hard, and which way, each piece was pushed where it parted."""

from typing import NamedTuple

import numpy as np

from baken.assess.fragmentation.passages import Passages
from baken.astro.arrays import Floats
from baken.astro.local_frames import rotation_inertial_to_rtn

# A piece whose orbit passes further than this from the place was not there, or is known too badly to tell.
PASSES_WITHIN_M = 60e3


class Kicks(NamedTuple):
    """The change of velocity of each piece, in radial, transverse and normal of what it came from.

    NaN where a piece's orbit does not pass the place.  ``miss_m`` is by how much it passes it.
    """

    kick_rtn_m_s: Floats
    miss_m: Floats

    @property
    def size_m_s(self) -> Floats:
        """How large each kick is."""
        return np.asarray(np.linalg.norm(self.kick_rtn_m_s, axis=-1))


class KickSummary(NamedTuple):
    """Kicks in a few figures.

    ``anisotropy`` compares the mean kick with the mean size: 0 for a burst to all sides, 1 for all one way.
    ``flatness`` compares the weakest axis of the scatter with the strongest, in spread: 1 for a ball.
    """

    n_told: int
    median_m_s: float
    ninetieth_percentile_m_s: float
    largest_m_s: float
    mean_rtn_m_s: Floats
    spread_rtn_m_s: Floats
    anisotropy: float
    flatness: float


def kicks(pieces: Passages, position_teme_m: Floats, velocity_teme_m_s: Floats) -> Kicks:
    """Return the kicks of pieces against an object that was at this place with this velocity.

    ``pieces`` are their passages of the place: the time at which each passes counts for nothing.  The motion
    of what kicked them has the error of their heights: drag of past weeks that is wrong by a tenth shows as
    some m/s along the track.

    Shape:  (n,) pieces; position and velocity are (3,).
    """
    miss_m = np.linalg.norm(pieces.position_teme_m - position_teme_m, axis=-1)
    rotation = rotation_inertial_to_rtn(position_teme_m, velocity_teme_m_s)
    kick = (pieces.velocity_teme_m_s - velocity_teme_m_s) @ rotation.T
    return Kicks(np.where((miss_m <= PASSES_WITHIN_M)[:, None], kick, np.nan), miss_m)


def summary_of(seen: Kicks) -> KickSummary:
    """Return kicks in a few figures; NaN when no piece tells its kick.

    >>> ball = Kicks(np.vstack([np.eye(3), -np.eye(3)]) * 50.0, np.zeros(6))
    >>> figures = summary_of(ball)
    >>> float(figures.median_m_s), round(figures.anisotropy, 3), round(figures.flatness, 3)
    (50.0, 0.0, 1.0)
    """
    told = seen.kick_rtn_m_s[np.isfinite(seen.size_m_s)]
    if not len(told):
        none = np.full(3, np.nan)
        return KickSummary(0, np.nan, np.nan, np.nan, none, none, np.nan, np.nan)
    size = np.linalg.norm(told, axis=-1)
    mean = told.mean(axis=0)
    axes = np.linalg.eigvalsh(np.cov(told.T)) if len(told) > 3 else np.full(3, np.nan)
    return KickSummary(
        n_told=len(told),
        median_m_s=float(np.median(size)),
        ninetieth_percentile_m_s=float(np.quantile(size, 0.9)),
        largest_m_s=float(size.max()),
        mean_rtn_m_s=mean,
        spread_rtn_m_s=told.std(axis=0),
        anisotropy=float(np.linalg.norm(mean) / max(size.mean(), 1e-9)),
        flatness=float(np.sqrt(max(axes[0], 0.0) / axes[2])) if axes[2] > 0.0 else np.nan,
    )
