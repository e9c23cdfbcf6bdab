"""Gabbard's diagram: how high pieces rise and how low they dip, against how long they take to go round."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M, TURN_RAD


class Gabbard(NamedTuple):
    """Period, and heights of apogee and perigee above the equator's radius; every array is (n,).

    Pieces of one breakup lie on two lines that cross where it happened: one height stays, the other moves.
    """

    period_s: Floats
    apogee_height_m: Floats
    perigee_height_m: Floats


def gabbard(mean_motion_rad_s: Floats, eccentricity: Floats) -> Gabbard:
    """Return the diagram's three columns.

    Source: Gabbard (1971), as told by Portree & Loftus (1999), NASA/TP-1999-208856.

    >>> points = gabbard(np.array([TURN_RAD / 5_400.0]), np.array([0.01]))
    >>> (points.apogee_height_m - points.perigee_height_m).round(-3).tolist()
    [133000.0]
    """
    axis_m = np.cbrt(EARTH_MU_WGS72_M3_S2 / mean_motion_rad_s**2)
    return Gabbard(
        period_s=TURN_RAD / mean_motion_rad_s,
        apogee_height_m=axis_m * (1.0 + eccentricity) - EARTH_RADIUS_WGS72_M,
        perigee_height_m=axis_m * (1.0 - eccentricity) - EARTH_RADIUS_WGS72_M,
    )
