"""Re-entries over HTTP: who comes down, how sure that is, all ways down, and the page for others."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response

from baken.errors import UnreadableInput
from baken.operations.find_event import event_in_any_world
from baken.operations.follow_reentry import windows_before
from baken.operations.look_at_reentry import FallSeen
from baken.operations.work_incident import incidents
from baken.records.event import Event, EventKind, read_event_id
from baken.records.marking import Realm, strictest
from baken.report.reentry_page import ReentryPage, assumptions
from baken.report.reentry_sentence import concerned_regions, sentence
from baken.report.words import Speech
from baken.web.service import Service, service_of
from baken.web.slow import SLOW
from baken.wiring.code_version import code_version
from baken.wiring.geography import land_mask, regions_of_home
from baken.wiring.pages import pdf_of_reentry
from baken.wiring.reentry_documents import fall_document, fall_row, incidents_of, not_told, outcome_of
from baken.wiring.ways_documents import ways_document

router = APIRouter(prefix="/reentries", tags=["re-entries"])
At = Annotated[Service, Depends(service_of)]
Name = Annotated[str, Path(pattern=r"^[A-Z]{2,8}-RE[0-9]{2}-[0-9]{4,9}$")]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
Document = dict[str, object]
PDF = "application/pdf"
# Of how many regions the sentence speaks: those it may touch most likely.
SAID_OF = 3
NO_ORBIT = "no orbit of it is kept that may be seen here"


@router.get("")
def list_reentries(at: At, realm: Realm = Realm.REAL, language: Language = "en") -> Document:
    """Return every fall of a world, whose window opens first before the others."""
    found = sorted(at.store.events(realm, kind=EventKind.REENTRY), key=lambda one: one.finding.start_tai_ns)
    marking = strictest(frozenset(one.finding.marking for one in found)).text if found else None
    return {"realm": realm.value, "marking": marking, "reentries": _rows(at, realm, found, language)}


@router.get("/{event}")
def show(at: At, event: Name, language: Language = "en") -> Document:
    """Return one fall: its window and how that moved, what it rests on, what is not known."""
    found = event_in_any_world(at.store, read_event_id(event))
    (row,) = _rows(at, found.realm, [found], language)
    history = at.store.history_of(found.event_id, realm=found.realm)
    return fall_document(row, found, history, Speech(language))


@router.get("/{event}/ways", dependencies=SLOW)
def ways(at: At, event: Name, language: Language = "en") -> Document:
    """Return all ways down: when, along which ground, over which regions of the home; or why none are told.

    The first time this takes seconds: they are followed down again, from orbits that whoever asks may see.
    """
    found, say = event_in_any_world(at.store, read_event_id(event)), Speech(language)
    try:
        seen = _seen(at, found)
    except UnreadableInput as error:
        return not_told(str(error), found.finding.marking.text)
    outlook = seen.outlook
    told = sentence(outlook, concerned_regions(outlook, _likeliest(seen)), None, say)
    return ways_document(seen, found.finding, sentence=told, assumptions=assumptions(outlook, say))


@router.get(
    "/{event}/page.pdf",
    dependencies=SLOW,
    response_class=Response,
    responses={200: {"content": {PDF: {}}}},
)
def page(at: At, event: Name, language: Language = "en") -> Response:
    """Return one fall on one page that can be forwarded."""
    found = event_in_any_world(at.store, read_event_id(event))
    try:
        seen = _seen(at, found)
    except UnreadableInput as error:
        raise HTTPException(409, f"No page can be made of it: {error}") from error
    made = ReentryPage(
        outlook=seen.outlook,
        as_of_tai_ns=at.now_tai_ns(),
        concerning=_likeliest(seen),
        land=land_mask(),
        code_version=code_version(),
    )
    return Response(pdf_of_reentry(made, language), media_type=PDF)


def _rows(at: Service, realm: Realm, found: list[Event], language: str) -> list[Document]:
    joined, outcomes = incidents_of(incidents(at.log, realm)), at.store.outcomes(realm)
    now, say = at.now_tai_ns(), Speech(language)
    return [
        fall_row(one, now, joined.get(str(one.event_id), []), outcome_of(outcomes, one.event_id), say)
        for one in found
    ]


def _seen(at: Service, event: Event) -> FallSeen:
    """Return a fall in full.

    Raises: UnreadableInput in one sentence that says why there is none.
    """
    sky = at.skies.of(at.store, at.log, event.realm, now_tai_ns=at.now_tai_ns())
    if sky.picture is None:
        raise UnreadableInput(NO_ORBIT)
    looks = at.store.history_of(event.event_id, realm=event.realm)
    before = windows_before(looks, str(event.finding.measure("as_of_utc") or ""))
    return at.falls.of(event.finding, sky.picture, regions_of_home(at.home), before)


def _likeliest(seen: FallSeen) -> tuple[str, ...]:
    """Return the codes of the regions that may be touched, the likeliest first."""
    ordered = sorted(seen.outlook.regions, key=lambda one: -one.touched_probability)
    return tuple(one.region.code for one in ordered[:SAID_OF] if one.can_be_reached)
