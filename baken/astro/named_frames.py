"""Frames by the names that messages give them, and the way from each to inertial space."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.earth_data import EarthData
from baken.astro.frames import (
    State,
    rotation_gcrs_to_eme2000,
    rotation_teme_to_gcrs,
    state_itrs_to_gcrs,
    state_teme_to_gcrs,
)
from baken.astro.rotations import turned_back

# CCSDS and SANA: GCRF realises GCRS, ICRF points the same way.  Every ITRF agrees with the next to
# centimetres.
INERTIAL = frozenset({"GCRF", "GCRS", "ICRF"})
EME2000 = frozenset({"EME2000", "J2000"})
TEME = frozenset({"TEME", "TEMEOFDATE"})
EARTH_FIXED = "ITRF"


def is_earth_fixed(frame: str) -> bool:
    """Tell whether a frame turns with the Earth.

    >>> is_earth_fixed("ITRF-97"), is_earth_fixed("GCRF")
    (True, False)
    """
    return frame.upper().startswith((EARTH_FIXED, "ITRS"))


def is_known_frame(frame: str) -> bool:
    """Tell whether states in a frame of this name can be turned to any other."""
    return frame.upper() in INERTIAL | EME2000 | TEME or is_earth_fixed(frame)


def state_to_gcrs(
    frame: str, epoch_tai_ns: InstantsLike, position_m: FloatsLike, velocity_m_s: FloatsLike, earth: EarthData
) -> State:
    """Return a state in a frame of this name as the stars see it.

    Shape:  (n,) instants, (n, 3) vectors.
    Raises: ValueError for a name nobody here knows.

    >>> from baken.astro.earth_data import no_earth_data
    >>> state_to_gcrs("GCRF", [0], [[7e6, 0.0, 0.0]], [[0.0, 7e3, 0.0]], no_earth_data())[0].tolist()
    [[7000000.0, 0.0, 0.0]]
    """
    name = frame.upper()
    if name in INERTIAL:
        return np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    if name in EME2000:
        bias = rotation_gcrs_to_eme2000()
        return turned_back(bias, position_m), turned_back(bias, velocity_m_s)
    if name in TEME:
        return state_teme_to_gcrs(epoch_tai_ns, position_m, velocity_m_s, earth)
    if is_earth_fixed(frame):
        return state_itrs_to_gcrs(epoch_tai_ns, position_m, velocity_m_s, earth)
    raise ValueError(f"the frame {frame} is none of GCRF, ICRF, EME2000, TEME, ITRF")


def state_to_teme(
    frame: str, epoch_tai_ns: InstantsLike, position_m: FloatsLike, velocity_m_s: FloatsLike, earth: EarthData
) -> State:
    """Return a state in a frame of this name in that of SGP4.

    Shape:  (n,) instants, (n, 3) vectors.
    Raises: ValueError for a name nobody here knows.
    """
    if frame.upper() in TEME:
        return np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    to_gcrs = rotation_teme_to_gcrs(epoch_tai_ns, earth)
    position_gcrs_m, velocity_gcrs_m_s = state_to_gcrs(frame, epoch_tai_ns, position_m, velocity_m_s, earth)
    return turned_back(to_gcrs, position_gcrs_m), turned_back(to_gcrs, velocity_gcrs_m_s)


def rotation_to_gcrs(frame: str, epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation of axes from a frame of this name, at each instant.

    Shape:  (n,) instants; the result (n, 3, 3).
    Raises: ValueError for a name nobody here knows.
    """
    epochs = np.asarray(epoch_tai_ns)
    axes = [np.broadcast_to(axis, (*epochs.shape, 3)) for axis in np.eye(3)]
    still = np.zeros((*epochs.shape, 3))
    turned_axes = [state_to_gcrs(frame, epochs, axis, still, earth)[0] for axis in axes]
    return np.stack(turned_axes, axis=-1)
