"""What the values of a row mean: the columns of trajectories, covariances and manoeuvres.

Source: SANA registries of orbital elements and orbital covariance matrix types (502.0-B-3, B7 and B8);
502.0-B-3, tables 6-8 and 6-9, and 6.2.7.12 for the orderings.
"""

import math
from dataclasses import dataclass

from baken.formats._grammar import (
    DEGREE,
    KILOGRAM,
    KILOMETRE,
    KILOMETRE2_PER_SECOND,
    KILOMETRE_PER_SECOND,
    KILOMETRE_PER_SECOND2,
    NEWTON,
    PER_CENT,
    SECOND,
    SQUARE_METRE,
    Unit,
)

ROOT_KILOMETRE = Unit("km**0.5", math.sqrt(1000.0))
KILOMETRE_PER_ROOT_SECOND = Unit("km/s**0.5", 1000.0)
NO_UNIT = "n/a"  # as messages write it


@dataclass(frozen=True, slots=True)
class Column:
    """One value of a row: its unit, and whether it is a word and no number."""

    unit: Unit | None = None
    is_word: bool = False

    @property
    def unit_text(self) -> str:
        return NO_UNIT if self.unit is None else self.unit.text


def _columns(*units: Unit | None) -> tuple[Column, ...]:
    return tuple(Column(unit) for unit in units)


POSITION, VELOCITY = [KILOMETRE] * 3, [KILOMETRE_PER_SECOND] * 3
ACCELERATION = [KILOMETRE_PER_SECOND2] * 3
SPHERICAL = [DEGREE, DEGREE, DEGREE, DEGREE, KILOMETRE, KILOMETRE_PER_SECOND]
KEPLERIAN = [KILOMETRE, None, DEGREE, DEGREE, DEGREE, DEGREE]
EQUINOCTIAL = [KILOMETRE, None, None, DEGREE, None, None, None]

ELEMENTS = {
    "ADBARV": _columns(*SPHERICAL),
    "CARTP": _columns(*POSITION),
    "CARTPV": _columns(*POSITION, *VELOCITY),
    "CARTPVA": _columns(*POSITION, *VELOCITY, *ACCELERATION),
    "DELAUNAY": _columns(*[KILOMETRE2_PER_SECOND] * 3, *[DEGREE] * 3),
    "DELAUNAYMOD": _columns(*[ROOT_KILOMETRE] * 3, *[DEGREE] * 3),
    "EIGVAL3EIGVEC3": _columns(*POSITION, *[None] * 9),
    "EQUINOCTIAL": _columns(*EQUINOCTIAL),
    "EQUINOCTIALMOD": _columns(*EQUINOCTIAL),
    "GEODETIC": _columns(*SPHERICAL),
    "KEPLERIAN": _columns(*KEPLERIAN),
    "KEPLERIANMEAN": _columns(*KEPLERIAN),
    "LDBARV": _columns(*SPHERICAL),
    "ONSTATION": _columns(KILOMETRE, None, None, None, None, DEGREE),
    "POINCARE": _columns(
        DEGREE,
        *[KILOMETRE_PER_ROOT_SECOND] * 2,
        KILOMETRE2_PER_SECOND,
        *[KILOMETRE_PER_ROOT_SECOND] * 2,
    ),
}
# Dispersions and eigenvectors: these are no matrices, and stand in a row as they are.
EIGENVECTORS = {
    "EIGVAL3EIGVEC3": ELEMENTS["EIGVAL3EIGVEC3"],
    "SIG3EIGVEC3": ELEMENTS["EIGVAL3EIGVEC3"],
    "TSIG3EIGVEC3": _columns(SECOND, *POSITION, *[None] * 9),
}
CARTESIAN_WITH_VELOCITY = ("CARTPV", "CARTPVA")

TIME_ABSOLUTE, TIME_RELATIVE = "TIME_ABSOLUTE", "TIME_RELATIVE"
TIMES = {TIME_ABSOLUTE: Column(is_word=True), TIME_RELATIVE: Column(SECOND)}
PROPULSION = {
    "MAN_DURA": Column(SECOND),
    "DELTA_MASS": Column(KILOGRAM),
    **{f"ACC_{axis}": Column(KILOMETRE_PER_SECOND2) for axis in "XYZ"},
    "ACC_INTERP": Column(is_word=True),
    "ACC_MAG_SIGMA": Column(PER_CENT),
    "ACC_DIR_SIGMA": Column(DEGREE),
    **{f"DV_{axis}": Column(KILOMETRE_PER_SECOND) for axis in "XYZ"},
    "DV_MAG_SIGMA": Column(PER_CENT),
    "DV_DIR_SIGMA": Column(DEGREE),
    **{f"THR_{axis}": Column(NEWTON) for axis in "XYZ"},
    "THR_EFFIC": Column(),
    "THR_INTERP": Column(is_word=True),
    "THR_ISP": Column(SECOND),
    "THR_MAG_SIGMA": Column(PER_CENT),
    "THR_DIR_SIGMA": Column(DEGREE),
}
DEPLOYMENT = {
    "DEPLOY_ID": Column(is_word=True),
    **{f"DEPLOY_DV_{axis}": Column(KILOMETRE_PER_SECOND) for axis in "XYZ"},
    "DEPLOY_MASS": Column(KILOGRAM),
    "DEPLOY_DV_SIGMA": Column(PER_CENT),
    "DEPLOY_DIR_SIGMA": Column(DEGREE),
    "DEPLOY_DV_RATIO": Column(),
    "DEPLOY_DV_CDA": Column(SQUARE_METRE),
}
MANOEUVRES = {**TIMES, **PROPULSION, **DEPLOYMENT}


def covariance_columns(kind: str, ordering: str) -> tuple[Column, ...] | None:
    """Return the columns of a covariance of a known kind, or None.

    >>> len(covariance_columns("CARTPV", "LTM")), len(covariance_columns("CARTP", "FULL"))
    (21, 9)
    >>> covariance_columns("CARTPV", "LTM")[9].unit
    Unit(text='km/s*km/s', factor=1000000.0, divisor=1.0)
    """
    if kind in EIGENVECTORS:
        return EIGENVECTORS[kind]
    diagonal = ELEMENTS.get(kind)
    if diagonal is None:
        return None
    return tuple(
        Column(None if is_correlation else _product(diagonal[row].unit, diagonal[column].unit))
        for row, column, is_correlation in places_of(ordering, len(diagonal))
    )


def places_of(ordering: str, size: int) -> list[tuple[int, int, bool]]:
    """Return row, column and whether it is a correlation, of each value of a matrix as it stands on a line.

    >>> places_of("UTM", 2)
    [(0, 0, False), (0, 1, False), (1, 1, False)]
    >>> places_of("LTMWCC", 2)
    [(0, 0, False), (0, 1, True), (1, 0, False), (1, 1, False)]
    """
    whole = [(row, column) for row in range(size) for column in range(size)]
    match ordering:
        case "LTM":
            return [(row, column, False) for row, column in whole if column <= row]
        case "UTM":
            return [(row, column, False) for row, column in whole if column >= row]
        case "LTMWCC":
            return [(row, column, column > row) for row, column in whole]
        case "UTMWCC":
            return [(row, column, column < row) for row, column in whole]
        case _:
            return [(row, column, False) for row, column in whole]


def _product(one: Unit | None, other: Unit | None) -> Unit | None:
    if one is None or other is None:
        return one or other
    return Unit(f"{one.text}*{other.text}", one.factor * other.factor, one.divisor * other.divisor)
