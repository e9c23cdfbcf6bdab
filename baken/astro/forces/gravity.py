"""The Earth's gravity: a field as a value, and heyoka's machine code for its pull."""

from dataclasses import dataclass, replace
from typing import Any

import heyoka
import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_EGM2008_M3_S2, EARTH_RADIUS_EGM2008_M

TIDE_SYSTEMS = ("tide_free", "zero_tide", "mean_tide", "unknown")
# What the standing part of Sun's and Moon's tide adds to C20 of an Earth that yields by k2 = 0.3: Lemoine and
# others (1998), NASA/TP-1998-206861.
PERMANENT_TIDE_C20 = -3.11080e-8 * 0.3 / np.sqrt(5.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GravityField:
    """A field of fully normalised spherical harmonics, in the axes of the ground.

    ``cosine[n, m]`` and ``sine[n, m]`` are C and S of degree ``n`` and order ``m``.

    Shape:  both (max_degree + 1, max_degree + 1).
    Raises: ValueError when shapes differ, C00 is not 1, or mu or radius is not positive.
    """

    name: str
    mu_m3_s2: float
    radius_m: float
    tide_system: str
    cosine: Floats
    sine: Floats

    def __post_init__(self) -> None:
        n = self.cosine.shape[0]
        if self.cosine.shape != (n, n) or self.sine.shape != (n, n):
            raise ValueError("cosine and sine must be square and of one shape, a row for each degree")
        if self.cosine[0, 0] != 1.0:
            raise ValueError(f"C00 must be 1, and is {self.cosine[0, 0]}: put the scale into mu_m3_s2")
        if not (self.mu_m3_s2 > 0.0 and self.radius_m > 0.0):
            raise ValueError("mu_m3_s2 and radius_m must be positive")
        if self.tide_system not in TIDE_SYSTEMS:
            raise ValueError(f"tide_system must be one of {', '.join(TIDE_SYSTEMS)}, not {self.tide_system}")
        self.cosine.flags.writeable = False
        self.sine.flags.writeable = False

    @property
    def max_degree(self) -> int:
        return int(self.cosine.shape[0] - 1)


def egm2008(degree: int) -> GravityField:
    """Return EGM2008 up to a degree, from the coefficients that heyoka carries.

    Raises: ValueError when heyoka carries fewer.
    Source: Pavlis et al. (2012), J. Geophys. Res. 117, B04406; tide free.

    >>> float(egm2008(2).cosine[2, 0].round(12))
    -0.000484165144
    """
    pairs = np.asarray(heyoka.model.get_egm2008_CS())
    if degree < 2 or (degree + 1) * (degree + 2) // 2 - 3 > len(pairs):
        raise ValueError(f"EGM2008 is not here to degree {degree}: read it from an ICGEM file instead")
    cosine, sine = np.zeros((degree + 1, degree + 1)), np.zeros((degree + 1, degree + 1))
    rows, columns = np.tril_indices(degree + 1)
    cosine[rows[3:], columns[3:]], sine[rows[3:], columns[3:]] = pairs[: rows.size - 3].T
    cosine[0, 0] = 1.0
    return GravityField(
        name="EGM2008",
        mu_m3_s2=EARTH_MU_EGM2008_M3_S2,
        radius_m=EARTH_RADIUS_EGM2008_M,
        tide_system="tide_free",
        cosine=cosine,
        sine=sine,
    )


def tide_free(field: GravityField) -> GravityField:
    """Return a field without the standing bulge that Sun and Moon raise.

    A low orbit is 10 m a day elsewhere with the bulge than without; programs differ in what they take.

    Raises: ValueError when the field does not say that it is tide free or zero tide.

    >>> field = replace(egm2008(2), cosine=np.array([[1.0, 0, 0], [0, 0, 0], [-484.169317367e-6, 0, 0]]))
    >>> float(tide_free(replace(field, tide_system="zero_tide")).cosine[2, 0].round(14))
    -0.00048416514379
    """
    if field.tide_system == "tide_free":
        return field
    if field.tide_system != "zero_tide":
        raise ValueError(
            f"{field.name} is of tide system {field.tide_system}; say zero_tide or tide_free, by its authors"
        )
    cosine = field.cosine.copy()
    cosine[2, 0] -= PERMANENT_TIDE_C20
    return replace(field, cosine=cosine, tide_system="tide_free")


def gravity_expressions(field: GravityField, degree: int, order: int) -> tuple[list[Any], list[Any]]:
    """Return the position on the ground, and the pull there, as expressions of heyoka.

    Raises: ValueError when the field does not go that far, or the order is above the degree.
    """
    if not 0 <= order <= degree <= field.max_degree:
        raise ValueError(
            f"degree {degree} and order {order} are asked; {field.name} goes to degree {field.max_degree},"
            " and no order is above its degree"
        )
    position = list(heyoka.make_vars("x", "y", "z"))
    rows, columns = np.tril_indices(degree + 1)
    pairs = np.stack([field.cosine[rows, columns], field.sine[rows, columns]], axis=-1)
    if degree < 2:  # heyoka's recursion begins at degree two
        distance_cubed = heyoka.sum([p**2.0 for p in position]) ** 1.5
        return position, [-field.mu_m3_s2 * p / distance_cubed for p in position]
    pull = heyoka.model.sh_gravity_acc(
        position, pairs.tolist(), field.mu_m3_s2, field.radius_m, max_degree=degree, max_order=order
    )
    return position, list(pull)
