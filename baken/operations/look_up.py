"""Look things up in the store: an object by any of its names, the objects of a picture."""

import math
from dataclasses import dataclass

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.catalogue.describe import Regime, apogee_height_m, perigee_height_m, regime_of
from baken.catalogue.picture import draw_picture
from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.partner_entries import Standing
from baken.operations.ports import Store
from baken.operations.taken_back import TakenBack
from baken.records.catalogue import Catalogue
from baken.records.ephemeris import Ephemeris
from baken.records.identity import Identity
from baken.records.marking import Realm
from baken.records.orbit import ElementSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list of objects: who, where, how old, on whose word, for whose eyes."""

    object_id: str
    norad_cat_id: int | None
    name: str
    regime: Regime
    perigee_height_m: float
    apogee_height_m: float
    inclination_rad: float
    epoch_tai_ns: int
    originator: str
    realm: Realm
    marking: str
    came_from: tuple[str, ...]
    standing: Standing

    @classmethod
    def of(cls, element_set: ElementSet, taken_back: TakenBack) -> "Listed":
        """Return the line of one element set."""
        return cls(
            object_id=element_set.identity.object_id,
            norad_cat_id=element_set.identity.norad_cat_id,
            name=element_set.identity.name or "",
            regime=regime_of(element_set),
            perigee_height_m=perigee_height_m(element_set),
            apogee_height_m=apogee_height_m(element_set),
            inclination_rad=element_set.inclination_rad,
            epoch_tai_ns=element_set.epoch_tai_ns,
            originator=element_set.originator,
            realm=element_set.realm,
            marking=element_set.marking.text,
            came_from=_came_from(element_set),
            standing=taken_back.standing(element_set),
        )

    @property
    def inclination_deg(self) -> float:
        return math.degrees(self.inclination_rad)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEphemeris:
    """One line of a list of ephemerides: in which frame, over which span, how old, on whose word."""

    frame: str
    centre: str
    good_from_tai_ns: int
    good_until_tai_ns: int
    n_states: int
    has_covariance: bool
    created_tai_ns: int | None
    originator: str
    realm: Realm
    marking: str
    came_from: tuple[str, ...]
    standing: Standing

    @classmethod
    def of(cls, ephemeris: Ephemeris, taken_back: TakenBack) -> "ListedEphemeris":
        """Return the line of one ephemeris."""
        return cls(
            frame=ephemeris.frame,
            centre=ephemeris.centre,
            good_from_tai_ns=ephemeris.good_from_tai_ns,
            good_until_tai_ns=ephemeris.good_until_tai_ns,
            n_states=len(ephemeris),
            has_covariance=ephemeris.covariances is not None,
            created_tai_ns=ephemeris.created_tai_ns,
            originator=ephemeris.originator,
            realm=ephemeris.realm,
            marking=ephemeris.marking.text,
            came_from=_came_from(ephemeris),
            standing=taken_back.standing(ephemeris),
        )

    def age_s(self, now_tai_ns: int) -> float:
        """Return how long ago it was made; where its source does not say, how long ago it begins."""
        made_tai_ns = self.good_from_tai_ns if self.created_tai_ns is None else self.created_tai_ns
        return (now_tai_ns - made_tai_ns) / NANOSECONDS_A_SECOND


def _came_from(orbit: ElementSet | Ephemeris) -> tuple[str, ...]:
    """Return who has a say in an orbit, when they are others than it says itself."""
    return tuple(sorted(orbit.marking.originators - {orbit.originator}))


def object_named(store: Store, name: str, *, realm: Realm) -> Identity:
    """Return the object somebody means by a catalogue number, a COSPAR id or an object id.

    Raises: NoSuchRecord when nobody bears the name.
    """
    schemes = ("norad", "cospar", "object") if name.isdigit() else ("object", "cospar")
    for scheme in schemes:
        try:
            return store.object_known_as(scheme, name, realm=realm)
        except NoSuchRecord:
            continue
    raise NoSuchRecord(
        f"no {realm} object is known as {name}; 'baken catalogue list --name PART' finds names"
    )


def list_objects(
    store: Store,
    *,
    realm: Realm,
    as_of_tai_ns: int,
    regime: str | None,
    name_part: str | None,
    taken_back: TakenBack,
) -> list[Listed]:
    """Return the objects of the stored picture, by catalogue number, those without one last.

    One of which all that is known was taken back stands there too, and says so.
    Raises: WrongUsage when the regime is none of ours.
    """
    if regime is not None and regime.upper() not in set(Regime):
        raise WrongUsage(f"--regime is one of {', '.join(Regime)}; it was {regime}")
    said = store.catalogue(realm).element_sets
    usable = taken_back.without(said)
    known = {one.identity.object_id for one in usable}
    others = (one for one in said if one.identity.object_id not in known)
    picture = draw_picture(Catalogue(element_sets=(*usable, *others)), as_of_tai_ns=as_of_tai_ns)
    listed = (Listed.of(element_set, taken_back) for element_set in picture.element_sets)
    kept = [
        one
        for one in listed
        if (regime is None or one.regime == regime.upper())
        and (name_part is None or name_part.lower() in one.name.lower())
    ]
    return sorted(kept, key=lambda one: (one.norad_cat_id is None, one.norad_cat_id or 0, one.object_id))
