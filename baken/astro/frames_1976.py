"""The older chain, which messages still name: EME2000, mean of date, true of date (IAU 1976 and 1980).

EME2000  --precession 1976-->  MOD  --nutation 1980-->  TOD  --equation of the equinoxes-->  TEME
"""

import erfa
import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.rotations import rotation_about_z
from baken.astro.time import julian_date_tt


def rotation_eme2000_to_mod(epoch_tai_ns: InstantsLike) -> Floats:
    """Return the rotation to the mean equator and equinox of date.

    Source: Lieske et al. (1977), through SOFA's ``pmat76``.
    """
    return np.asarray(erfa.pmat76(*julian_date_tt(epoch_tai_ns)), dtype=np.float64)


def rotation_mod_to_tod(
    epoch_tai_ns: InstantsLike, dpsi_correction_rad: FloatsLike = 0.0, deps_correction_rad: FloatsLike = 0.0
) -> Floats:
    """Return the rotation to the true equator and equinox of date.

    The corrections are the IERS' celestial pole offsets of 1980, zero for those who do as most messages do.

    Source: Seidelmann (1982), 106 terms, through SOFA's ``nut80``.
    """
    tt = julian_date_tt(epoch_tai_ns)
    dpsi_rad, deps_rad = erfa.nut80(*tt)
    return np.asarray(
        erfa.numat(erfa.obl80(*tt), dpsi_rad + dpsi_correction_rad, deps_rad + deps_correction_rad),
        dtype=np.float64,
    )


def rotation_tod_to_teme(epoch_tai_ns: InstantsLike) -> Floats:
    """Return the rotation from the true to the mean equinox, along the true equator.

    Source: the equation of the equinoxes of IAU 1994, through SOFA's ``eqeq94``; Vallado et al. (2006).
    """
    return rotation_about_z(erfa.eqeq94(*julian_date_tt(epoch_tai_ns)))


def rotation_eme2000_to_tod(epoch_tai_ns: InstantsLike) -> Floats:
    """Return the rotation from the mean equator and equinox of J2000.0 to the true ones of date."""
    return np.asarray(rotation_mod_to_tod(epoch_tai_ns) @ rotation_eme2000_to_mod(epoch_tai_ns))


def rotation_eme2000_to_teme(epoch_tai_ns: InstantsLike) -> Floats:
    """Return the rotation to SGP4's frame within the theory of 1976 to 1980."""
    return np.asarray(rotation_tod_to_teme(epoch_tai_ns) @ rotation_eme2000_to_tod(epoch_tai_ns))
