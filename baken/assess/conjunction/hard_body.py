"""How large an object is, when somebody has measured it and when nobody has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats


class KindOfObject(StrEnum):
    """What is flying there, as far as its name tells."""

    PAYLOAD = "payload"
    ROCKET_BODY = "rocket body"
    DEBRIS = "debris"
    UNKNOWN = "unknown"


# What NASA CARA gives to objects it has no size for: the "Default" rows of its hard-body radii of 2024-11-01.
# To payloads it gives 14.5 m when they are identified and 1.1 m before; we take the first for all, and for
# what has no name too: not knowing must not make a warning smaller.
DEFAULT_RADIUS_M: Mapping[KindOfObject, float] = {
    KindOfObject.PAYLOAD: 14.5,
    KindOfObject.ROCKET_BODY: 8.0,
    KindOfObject.DEBRIS: 1.5,
    KindOfObject.UNKNOWN: 14.5,
}

# The convention of the US catalogue's names. "TBA" and "OBJECT A" are names that are still to come.
DEBRIS_NAME = re.compile(r"\b(DEB|DEBRIS|COOLANT|WESTFORD NEEDLES)\b", re.IGNORECASE)
ROCKET_BODY_NAME = re.compile(r"\bR/B\b|\bAKM\b|\bPKM\b", re.IGNORECASE)
NO_NAME_YET = re.compile(
    r"^(TBA\b.*|TO BE ASSIGNED|OBJECT [A-Z]{1,3}|UNKNOWN|WELL TRACKED OBJECT.*|)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HardBodies:
    """A radius for each object, and whether it was measured or stands for its kind.

    Shape: all are (n,).  ``source`` reads "size data" or "default for" and the kind.
    """

    radius_m: Floats
    source: npt.NDArray[np.str_]


def kind_from_name(name: str | None) -> KindOfObject:
    """Return what kind of object a catalogue's name says it is.

    >>> kind_from_name("COSMOS 2251 DEB"), kind_from_name("SL-8 R/B").value, kind_from_name("TBA").value
    (<KindOfObject.DEBRIS: 'debris'>, 'rocket body', 'unknown')
    """
    stripped = (name or "").strip()
    if NO_NAME_YET.match(stripped):
        return KindOfObject.UNKNOWN
    # A fragment of a rocket body is named after it; what is left of it is debris.
    if DEBRIS_NAME.search(stripped):
        return KindOfObject.DEBRIS
    return KindOfObject.ROCKET_BODY if ROCKET_BODY_NAME.search(stripped) else KindOfObject.PAYLOAD


def hard_bodies(
    norad_cat_ids: Sequence[int | None],
    names: Sequence[str | None],
    known_radius_m: Mapping[int, float],
) -> HardBodies:
    """Return a radius for each object: the one known under its catalogue number, else its kind's default.

    A known radius that is no positive number is not known.

    >>> hard_bodies([25544, 1], ["ISS (ZARYA)", "SL-8 R/B"], {25544: 60.0}).source.tolist()
    ['size data', 'default for rocket body']
    """
    radius_m, source = np.empty(len(names)), []
    for row, (norad_cat_id, name) in enumerate(zip(norad_cat_ids, names, strict=True)):
        known = known_radius_m.get(norad_cat_id, np.nan) if norad_cat_id is not None else np.nan
        kind = kind_from_name(name)
        is_known = bool(np.isfinite(known) and known > 0.0)
        radius_m[row] = known if is_known else DEFAULT_RADIUS_M[kind]
        source.append("size data" if is_known else f"default for {kind}")
    return HardBodies(radius_m, np.array(source, dtype=np.str_))


def combined_radius_m(radius_1_m: Floats, radius_2_m: Floats) -> Floats:
    """Return the radius of the sphere that stands for both: two spheres touch where this one is entered.

    >>> combined_radius_m(np.array([2.0]), np.array([0.5])).tolist()
    [2.5]
    """
    return np.asarray(radius_1_m + radius_2_m)
