"""The sky over HTTP, for whoever draws it: what flies, where it is at an instant, and the Earth below."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from starlette.responses import JSONResponse, Response

from baken.astro.time import utc_text
from baken.operations.move_sky import FRAME, SkyInMotion, earth_in_space, revolution_of, states_of_sky
from baken.records.marking import Realm
from baken.web.incidents import Document
from baken.web.instants import instant_asked
from baken.web.service import Service, service_of
from baken.wiring.land_picture import land_png
from baken.wiring.sky_documents import earth_document, revolution_document, sky_document

router = APIRouter(prefix="/sky", tags=["sky"])
At = Annotated[Service, Depends(service_of)]
Utc = Annotated[str | None, Query(max_length=40, description="UTC like 2026-11-22T09:00:00Z; now by default")]
ObjectId = Annotated[str, Query(pattern="^OBJ-[A-Z2-7]{10}$")]
BYTES, PNG = "application/octet-stream", "image/png"
# Coasts do not move.
FOR_A_WEEK = {"Cache-Control": "private, max-age=604800"}


@router.get("", response_class=JSONResponse)
def index(at: At, realm: Realm = Realm.REAL) -> Response:
    """Return every object whose orbit is known, in the order of the positions; ``sky`` names that order."""
    # Thirty thousand rows: whatever looks at each once more takes a second.
    return JSONResponse(sky_document(_sky(at, realm), realm))


@router.get("/positions", response_class=Response, responses={200: {"content": {BYTES: {}}}})
def positions(
    at: At,
    at_utc: Utc = None,
    realm: Realm = Realm.REAL,
    sky: Annotated[str | None, Query(pattern="^[0-9a-f]{16}$")] = None,
) -> Response:
    """Return position (m) and velocity (m/s) of every object, six little-endian Float32 each.

    A row that is not a number is an object whose theory fails.  Between two answers a minute apart a cubic
    through both is off by 16 m at most; a miss distance is never to be taken from them.
    """
    moved = _sky(at, realm)
    if sky not in (None, moved.tag):
        raise HTTPException(409, "The orbits are others by now; ask for the objects again")
    at_tai_ns = _instant(at, at_utc)
    states = states_of_sky(moved, at_tai_ns)
    told = {
        "Baken-At": utc_text(at_tai_ns),
        "Baken-Frame": FRAME,
        "Baken-Count": str(len(states)),
        "Baken-Sky": moved.tag,
    }
    return Response(states.astype("<f4").tobytes(), media_type=BYTES, headers=told)


@router.get("/track")
def track(at: At, object_id: ObjectId, at_utc: Utc = None, realm: Realm = Realm.REAL) -> Document:
    """Return one revolution of an object as a line in space, and its path over the ground."""
    moved, at_tai_ns = _sky(at, realm), _instant(at, at_utc)
    return revolution_document(moved, object_id, revolution_of(moved, object_id, at_tai_ns), at_tai_ns)


@router.get("/earth")
def earth(at: At, at_utc: Utc = None) -> Document:
    """Return where Sun and Moon stand over the Earth."""
    at_tai_ns = _instant(at, at_utc)
    return earth_document(earth_in_space(at_tai_ns), at_tai_ns)


@router.get("/land.png", response_class=Response, responses={200: {"content": {PNG: {}}}})
def land(at: At) -> Response:  # noqa: ARG001
    """Return how much of each quarter of a degree is land: white is land, the north pole is on top."""
    return Response(land_png(), media_type=PNG, headers=FOR_A_WEEK)


def _sky(at: Service, realm: Realm) -> SkyInMotion:
    return at.skies_moved.of(at.skies.of(at.store, at.log, realm, now_tai_ns=at.now_tai_ns()))


def _instant(at: Service, at_utc: str | None) -> int:
    asked = instant_asked(at_utc, "at_utc")
    return at.now_tai_ns() if asked is None else asked
