"""Objects over HTTP: the list of all, one with every opinion about it, where it is, and what became of it."""

import json
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.catalogue.describe import Regime
from baken.errors import WrongUsage
from baken.operations.look_at_object import ObjectSeen, events_of, incidents_of
from baken.records.marking import Realm
from baken.web.incidents import Document
from baken.web.paging import page_of
from baken.web.service import Service, service_of
from baken.wiring.object_documents import object_document
from baken.wiring.object_lists import chosen_objects, columns_document, marking_of, objects_known
from baken.wiring.object_movement import history_document, state_document
from baken.wiring.skies_seen import SeenSky

router = APIRouter(prefix="/objects", tags=["objects"])
At = Annotated[Service, Depends(service_of)]
Named = Annotated[str, Path(alias="object", min_length=1, max_length=40)]
# A page of a table that sorts and filters for itself holds a whole sky.
LARGEST_SKY = 50_000
DAYS_SHOWN, MOST_DAYS = 90, 3_660


@router.get("", response_model=Document)
def list_objects(
    at: At,
    realm: Realm = Realm.REAL,
    words: Annotated[str, Query(max_length=60)] = "",
    regime: Regime | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_SKY)] = LARGEST_SKY,
) -> Response:
    """Return the objects of a world with the orbits that are used, column by column."""
    now = at.now_tai_ns()
    sky = _sky(at, realm)
    known = chosen_objects(objects_known(sky.picture, sky.identities), words=words, regime=regime)
    page, following = page_of(known, cursor, limit)
    told = {
        "n_objects": len(known),
        "drawn_utc": utc_text(sky.drawn_tai_ns),
        "marking": marking_of(page).text,
        "columns": columns_document(list(page), now),
        "next_cursor": following,
    }
    # Hundreds of thousands of figures that need no looking over one by one.
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


@router.get("/{object}")
def show(at: At, named: Named, realm: Realm = Realm.REAL) -> Document:
    """Return one object by its id, its catalogue number or its COSPAR id, with all that is said of it."""
    seen, sky = _seen(at, named, realm)
    events = events_of(at.store.events(realm), seen.identity)
    cases = incidents_of(at.log, realm, seen.identity.object_id, events)
    names = {one.object_id: one.name or one.object_id for one in sky.identities}
    return object_document(replace(seen, events=events, incidents=cases), names, at.now_tai_ns())


@router.get("/{object}/history")
def history(
    at: At,
    named: Named,
    realm: Realm = Realm.REAL,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = DAYS_SHOWN,
) -> Document:
    """Return the elements of an object over time, source by source: those of the days before the newest."""
    return history_document(_seen(at, named, realm)[0], days)


@router.get("/{object}/state")
def state(
    at: At,
    named: Named,
    realm: Realm = Realm.REAL,
    at_utc: Annotated[str | None, Query(max_length=40)] = None,
) -> Document:
    """Return where an object is at an instant, now unless one is given, and where others have it."""
    return state_document(_seen(at, named, realm)[0], at.now_tai_ns() if at_utc is None else _instant(at_utc))


def _sky(at: Service, realm: Realm) -> SeenSky:
    return at.skies.of(at.store, at.log, realm, now_tai_ns=at.now_tai_ns())


def _seen(at: Service, name: str, realm: Realm) -> tuple[ObjectSeen, SeenSky]:
    sky = _sky(at, realm)
    now = at.now_tai_ns()
    return at.objects.of(at.store, at.log, sky, name, realm=realm, now_tai_ns=now), sky


def _instant(text: str) -> int:
    try:
        return tai_ns_from_utc(text)
    except ValueError as error:
        raise WrongUsage(f"at_utc: {error}; write UTC like 2026-11-26T09:00:00Z") from error
