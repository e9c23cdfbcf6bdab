"""The sky as JSON for whoever draws it: one column for each thing told, a row for each object."""

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from baken.assess.conjunction.hard_body import KindOfObject, kind_from_name
from baken.astro.arrays import Floats
from baken.astro.time import NANOSECONDS_A_SECOND, utc_text, utc_texts
from baken.catalogue.describe import Regime, apogee_height_m, perigee_height_m, regime_of
from baken.operations.move_sky import FRAME, EarthInSpace, Revolution, SkyInMotion
from baken.records.marking import Realm, strictest
from baken.records.orbit import ElementSet

HOUR_NS = 3_600 * NANOSECONDS_A_SECOND
MINUTE_S = 60.0
KILOMETRE_M = 1_000.0
Value = TypeVar("Value", bound=Hashable)


def sky_document(sky: SkyInMotion, realm: Realm) -> dict[str, object]:
    """Return every object of a sky in the order of its positions.

    Of kind, regime, source and label stands the place in a list of the words there are.
    """
    sets = sky.element_sets
    sources, source = _numbered(map(_source, sets))
    labels, label = _numbered(es.marking for es in sets)
    kinds, regimes = list(KindOfObject), list(Regime)
    return {
        "sky": sky.tag,
        "realm": realm.value,
        "as_of_utc": utc_text(sky.as_of_tai_ns, 0),
        "marking": strictest(frozenset(labels)).text if labels else "",
        "kinds": [kind.value for kind in kinds],
        "regimes": [regime.value for regime in regimes],
        "sources": sources,
        "markings": [marking.text for marking in labels],
        "object_id": [es.identity.object_id for es in sets],
        "norad_cat_id": [es.identity.norad_cat_id for es in sets],
        "name": [es.identity.name or "" for es in sets],
        "kind": [kinds.index(kind_from_name(es.identity.name)) for es in sets],
        "regime": [regimes.index(regime_of(es)) for es in sets],
        "source": source,
        "marked": label,
        "age_h": [round((sky.as_of_tai_ns - es.epoch_tai_ns) / HOUR_NS, 2) for es in sets],
        "perigee_km": [round(perigee_height_m(es) / KILOMETRE_M) for es in sets],
        "apogee_km": [round(apogee_height_m(es) / KILOMETRE_M) for es in sets],
        "inclination_deg": [round(math.degrees(es.inclination_rad), 2) for es in sets],
        "period_min": [round(es.period_s / MINUTE_S, 1) for es in sets],
    }


def revolution_document(
    sky: SkyInMotion, object_id: str, going: Revolution, at_tai_ns: int
) -> dict[str, object]:
    """Return an orbit as a line and a path over the ground; None for a point that is not known."""
    return {
        "object_id": object_id,
        "sky": sky.tag,
        "marking": sky.element_sets[sky.row_of(object_id)].marking.text,
        "at_utc": utc_text(at_tai_ns),
        "frame": FRAME,
        "period_s": round(going.period_s, 1),
        "orbit_m": _points(going.orbit_itrs_m, 0),
        "ground_utc": utc_texts(going.epoch_tai_ns, 0),
        "latitude_deg": _column(np.degrees(going.ground.latitude_rad), 3),
        "longitude_deg": _column(np.degrees(going.ground.longitude_rad), 3),
        "height_m": _column(going.ground.height_m, 0),
    }


def earth_document(earth: EarthInSpace, at_tai_ns: int) -> dict[str, object]:
    """Return where Sun and Moon stand straight overhead, and the directions to them."""
    return {
        "at_utc": utc_text(at_tai_ns),
        "frame": FRAME,
        "sun": _overhead(earth.sun_itrs),
        "moon": _overhead(earth.moon_itrs),
    }


def _overhead(direction: Floats) -> dict[str, object]:
    x, y, z = map(float, direction)
    return {
        "direction": [round(part, 6) for part in (x, y, z)],
        "latitude_deg": round(math.degrees(math.asin(z)), 3),
        "longitude_deg": round(math.degrees(math.atan2(y, x)), 3),
    }


def _source(element_set: ElementSet) -> str:
    named = element_set.lineage.sources
    return element_set.originator or (named[0].name if named else "")


def _numbered(values: Iterable[Value]) -> tuple[list[Value], list[int]]:
    """Return the different values in the order they come, and for each its place among them."""
    places: dict[Value, int] = {}
    numbers = [places.setdefault(value, len(places)) for value in values]
    return list(places), numbers


def _points(positions: Floats, digits: int) -> list[list[float] | None]:
    rounded: Sequence[list[float]] = np.round(positions, digits).tolist()
    return [point if all(map(math.isfinite, point)) else None for point in rounded]


def _column(values: Floats, digits: int) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in np.round(values, digits).tolist()]
