"""Every object of a world as JSON, column by column: thirty thousand fit in one answer."""

from collections.abc import Callable, Iterable

from baken.astro.constants import DEGREE_RAD
from baken.catalogue.describe import Regime, apogee_height_m, perigee_height_m, regime_of
from baken.operations.find_named import identity_text
from baken.operations.look_at_object import source_of
from baken.records.catalogue import Picture
from baken.records.identity import Identity
from baken.records.marking import OWNER_ONLY, Marking, strictest
from baken.records.orbit import ElementSet
from baken.wiring.object_documents import age_h

Known = tuple[Identity, ElementSet | None]


def objects_known(picture: Picture | None, identities: Iterable[Identity]) -> list[Known]:
    """Return every object with the orbit the picture has of it, by catalogue number, those without last."""
    used = {} if picture is None else {one.identity.object_id: one for one in picture.element_sets}
    return [(one, used.get(one.object_id)) for one in sorted(identities, key=lambda each: each.rank)]


def chosen_objects(known: Iterable[Known], *, words: str, regime: Regime | None) -> list[Known]:
    """Return those of a regime whose names hold all these words."""
    asked = words.casefold().split()
    return [
        (identity, orbit)
        for identity, orbit in known
        if (regime is None or (orbit is not None and regime_of(orbit) is regime)) and _bears(identity, asked)
    ]


def marking_of(known: Iterable[Known]) -> Marking:
    """Return the label of objects together; of one without an orbit nobody knows who may see it."""
    return strictest(frozenset(OWNER_ONLY if orbit is None else orbit.marking for _, orbit in known))


def columns_document(known: list[Known], now_tai_ns: int) -> dict[str, list[object]]:
    """Return objects column by column as JSON; what no orbit tells is null."""

    def of_orbit(value_of: Callable[[ElementSet], object]) -> list[object]:
        return [None if orbit is None else value_of(orbit) for _, orbit in known]

    return {
        "object_id": [identity.object_id for identity, _ in known],
        "name": [identity.name for identity, _ in known],
        "norad_cat_id": [identity.norad_cat_id for identity, _ in known],
        "cospar_id": [identity.cospar_id for identity, _ in known],
        "regime": of_orbit(lambda es: regime_of(es).value),
        "perigee_height_m": of_orbit(lambda es: round(perigee_height_m(es))),
        "apogee_height_m": of_orbit(lambda es: round(apogee_height_m(es))),
        "inclination_deg": of_orbit(lambda es: round(es.inclination_rad / DEGREE_RAD, 3)),
        "period_s": of_orbit(lambda es: round(es.period_s, 1)),
        "age_h": of_orbit(lambda es: round(age_h(es.epoch_tai_ns, now_tai_ns), 2)),
        "source": of_orbit(source_of),
        "marking": [(OWNER_ONLY if orbit is None else orbit.marking).text for _, orbit in known],
    }


def _bears(identity: Identity, asked: Iterable[str]) -> bool:
    text = f"{identity.object_id} {identity_text(identity)}".casefold()
    return all(word in text for word in asked)
