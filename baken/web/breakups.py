"""Breakups over HTTP: what broke up, its pieces as whoever asks may see them, and the page for others."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response

from baken.operations.find_event import event_in_any_world
from baken.operations.work_incident import incidents
from baken.records.event import Event, EventKind, read_event_id
from baken.records.marking import Realm, strictest
from baken.report.breakup_page import BreakupPage, unknowns
from baken.report.breakup_sentence import sentence
from baken.report.words import Speech
from baken.web.service import Service, service_of
from baken.web.slow import SLOW
from baken.wiring.breakup_documents import breakup_event_document, breakup_row, pieces_document
from baken.wiring.code_version import code_version
from baken.wiring.pages import pdf_of_breakup
from baken.wiring.reentry_documents import incidents_of, not_told

router = APIRouter(prefix="/breakups", tags=["breakups"])
At = Annotated[Service, Depends(service_of)]
Name = Annotated[str, Path(pattern=r"^[A-Z]{2,8}-FR[0-9]{2}-[0-9]{4,9}$")]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
Document = dict[str, object]
PDF = "application/pdf"
NO_PIECES = "its pieces are not among the orbits that may be seen here"


@router.get("")
def list_breakups(at: At, realm: Realm = Realm.REAL, language: Language = "en") -> Document:
    """Return every breakup of a world, the newest first."""
    found = sorted(
        at.store.events(realm, kind=EventKind.FRAGMENTATION), key=lambda one: -one.finding.peak_tai_ns
    )
    marking = strictest(frozenset(one.finding.marking for one in found)).text if found else None
    return {"realm": realm.value, "marking": marking, "breakups": _rows(at, realm, found, language)}


@router.get("/{event}")
def show(at: At, event: Name, language: Language = "en") -> Document:
    """Return one breakup as it was told: when, where, from what, of what kind as far as motion tells."""
    found = event_in_any_world(at.store, read_event_id(event))
    (row,) = _rows(at, found.realm, [found], language)
    return breakup_event_document(row, found, at.store.history_of(found.event_id, realm=found.realm))


@router.get("/{event}/pieces", dependencies=SLOW)
def pieces(at: At, event: Name, language: Language = "en") -> Document:
    """Return its pieces that whoever asks may see, how they spread and whom they endanger; or why none."""
    found, say = event_in_any_world(at.store, read_event_id(event)), Speech(language)
    sky, now = at.skies.of(at.store, at.log, found.realm, now_tai_ns=at.now_tai_ns()), at.now_tai_ns()
    seen = at.breakups.of(at.store, found, sky, now)
    if seen is None:
        return not_told(NO_PIECES, found.finding.marking.text)
    told, not_known = sentence(seen.outlook, say), list(unknowns(seen.outlook, say))
    return pieces_document(seen, found.finding, sentence=told, unknowns=not_known)


@router.get(
    "/{event}/page.pdf",
    dependencies=SLOW,
    response_class=Response,
    responses={200: {"content": {PDF: {}}}},
)
def page(at: At, event: Name, language: Language = "en") -> Response:
    """Return one breakup on one page that can be forwarded."""
    found, now = event_in_any_world(at.store, read_event_id(event)), at.now_tai_ns()
    sky = at.skies.of(at.store, at.log, found.realm, now_tai_ns=now)
    seen = at.breakups.of(at.store, found, sky, now)
    if seen is None:
        raise HTTPException(409, f"No page can be made of it: {NO_PIECES}")
    made = BreakupPage(
        outlook=seen.outlook, as_of_tai_ns=now, called=str(found.event_id), code_version=code_version()
    )
    return Response(pdf_of_breakup(made, language), media_type=PDF)


def _rows(at: Service, realm: Realm, found: list[Event], language: str) -> list[Document]:
    joined, now, say = incidents_of(incidents(at.log, realm)), at.now_tai_ns(), Speech(language)
    return [breakup_row(one, now, joined.get(str(one.event_id), []), say) for one in found]
