"""Conjunctions over HTTP: all of a world in short rows, one with all that is known of it, and its page."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from baken.assess.conjunction.life import life_of
from baken.errors import NoSuchRecord
from baken.operations.find_event import event_in_any_world
from baken.operations.follow_event import case_of_event
from baken.operations.look_at_encounter import looks_at
from baken.operations.page_of_event import AskedPage, options_of, page_of_event
from baken.operations.triage_events import reasons_of, triaged
from baken.operations.who_saw_what import who_saw
from baken.operations.work_incident import incidents
from baken.records.conjunction_case import ConjunctionCase
from baken.records.event import Event, EventKind, read_event_id
from baken.records.marking import Realm
from baken.records.sighting import Sighting
from baken.report.words import Speech
from baken.web.incidents import Document
from baken.web.service import Service, service_of
from baken.web.slow import SLOW
from baken.wiring.assessors import assessor_of_warnings
from baken.wiring.avoidance_documents import decision_in_short
from baken.wiring.code_version import code_version
from baken.wiring.conjunction_documents import Around, CaseFile, case_file_document, conjunctions_document
from baken.wiring.encounter_documents import disagreement_text
from baken.wiring.pages import pdf_of_conjunction
from baken.wiring.triage_rules import triage_rules

router = APIRouter(prefix="/conjunctions", tags=["conjunctions"])
At = Annotated[Service, Depends(service_of)]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
Burns = Annotated[int, Query(ge=1, le=2, description="Which object would burn: 1 or 2.")]

BURNS_DRAWN = 60


def conjunction(at: At, event: Annotated[str, Path(pattern=r"^[A-Z]{2,8}-CJ[0-9]{2}-[0-9]{4,9}$")]) -> Event:
    """Return the conjunction that is named in a path."""
    return event_in_any_world(at.store, read_event_id(event))


Named = Annotated[Event, Depends(conjunction)]


@router.get("")
def list_conjunctions(at: At, realm: Realm = Realm.REAL, language: Language = "en") -> Response:
    """Return every conjunction of a world, in order of closest approach, one short row each."""
    events = at.store.events(realm, kind=EventKind.CONJUNCTION)
    told = conjunctions_document(events, _around(at, realm), at.now_tai_ns(), Speech(language))
    # Of ten thousand rows, checking the shape of each once more takes longer than making them.
    return Response(json.dumps(told, ensure_ascii=False, allow_nan=False), media_type="application/json")


@router.get("/{event}")
def show(at: At, event: Named, language: Language = "en") -> Document:
    """Return one conjunction: what everybody says of it, what can be drawn, why it is shown, who was told."""
    now, rules = at.now_tai_ns(), triage_rules()
    case = _case(at, event)
    sky = at.skies.of(at.store, at.log, event.realm, now_tai_ns=now)
    messages = at.store.messages_of(event.event_id, realm=event.realm)
    file = CaseFile(
        event=event,
        triaged=triaged(case, rules),
        looks=tuple(looks_at(case, messages, sky.picture, assessor=assessor_of_warnings(), now_tai_ns=now)),
        history=at.store.history_of(event.event_id, realm=event.realm),
        sightings=_sightings(at, event),
        rules=rules,
        around=_around(at, event.realm),
    )
    return case_file_document(file, now, Speech(language))


@router.get("/{event}/options", dependencies=SLOW)
def options(at: At, event: Named, burns: Burns = 1) -> Document:
    """Return what could be done about a conjunction, for its owner alone; or why nothing can be laid out."""
    kept = at.store.messages_of(event.event_id, realm=event.realm)
    laid_out, why_not = options_of([one.message for one in kept], burns=burns, now_tai_ns=at.now_tai_ns())
    if laid_out is None:
        return {"decision": None, "why_not": why_not, "marking": event.finding.marking.text}
    return {
        "decision": decision_in_short(laid_out, most_burns=BURNS_DRAWN),
        "why_not": "",
        "marking": laid_out.marking.text,
    }


@router.get(
    "/{event}/page.pdf",
    dependencies=SLOW,
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
def page(at: At, event: Named, language: Language = "en", burns: Burns = 1) -> Response:
    """Return a conjunction on one page that can be forwarded."""
    say, case = Speech(language), _case(at, event)
    asked = AskedPage(
        now_tai_ns=at.now_tai_ns(),
        code_version=code_version(),
        why=reasons_of(triaged(case, triage_rules())),
        disagreements=tuple(disagreement_text(one, say) for one in life_of(case).disagreements),
        burns=burns,
    )
    made = pdf_of_conjunction(page_of_event(at.store, event, case, asked), language)
    return Response(made, media_type="application/pdf")


def _case(at: Service, event: Event) -> ConjunctionCase:
    return case_of_event(at.store, event.event_id, realm=event.realm, assessor=assessor_of_warnings())


def _around(at: Service, realm: Realm) -> Around:
    return Around.of(at.store.voices(realm), incidents(at.log, realm), at.store.node_name())


def _sightings(at: Service, event: Event) -> tuple[Sighting, ...]:
    try:
        return who_saw(at.log, str(event.event_id), event.realm)
    except NoSuchRecord:
        return ()  # the log has not heard of it yet, so nobody was told by it
