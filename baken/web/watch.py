"""The watch over HTTP: what is open and whose clock runs, offering and taking it, and what may be a case."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from baken.operations.gather_incidents import proposed_incidents
from baken.operations.hand_over_watch import offer_watch, take_watch, watch_state
from baken.operations.work_incident import incidents
from baken.records.marking import Realm
from baken.records.triage import Level
from baken.report.urgency import ranked
from baken.web.incidents import Document
from baken.web.models import Offering, Taking
from baken.web.service import Service, service_of
from baken.wiring.attention_documents import Attention, attention_list
from baken.wiring.watch_documents import handover_document, proposal_document, watch_document

router = APIRouter(tags=["watch"])
At = Annotated[Service, Depends(service_of)]


@router.get("/watch")
def look(at: At, realm: Realm = Realm.REAL) -> Document:
    """Return what whoever takes the watch has to know."""
    return watch_document(*watch_state(at.log, realm, now_tai_ns=at.now_tai_ns()))


@router.post("/watch/offers", status_code=201)
def offer(at: At, offering: Offering) -> Document:
    """Offer the watch to somebody; what he is told is kept with it."""
    return handover_document(offer_watch(at.desk(), offering.realm, to=offering.to, text=offering.note))


@router.post("/watch/acceptances", status_code=201)
def take(at: At, taking: Taking) -> Document:
    """Take the watch that was offered last."""
    return handover_document(take_watch(at.desk(), taking.realm))


@router.get("/attention")
def attention(
    at: At,
    realm: Realm = Realm.REAL,
    language: Literal["en", "nl"] = "en",
    most: Annotated[int, Query(ge=1, le=500)] = 60,
) -> Document:
    """Return what asks for somebody, of all kinds in one list, with why; what comes next; how old data is."""
    now = at.now_tai_ns()
    told = Attention(
        events=ranked(at.store.events(realm), now),
        incidents=incidents(at.log, realm),
        picture=at.skies.of(at.store, at.log, realm, now_tai_ns=now).picture,
        now_tai_ns=now,
        voices=at.store.voices(realm),
    )
    return attention_list(told, language, most=most)


@router.get("/proposals")
def propose(at: At, realm: Realm = Realm.REAL, look: bool = False) -> Document:
    """Return how events that need somebody now may be gathered into incidents; nothing is opened.

    ``look`` asks also for those that only want looking at.
    """
    level = Level.LOOK if look else Level.ACT
    found = proposed_incidents(at.store, at.log, realm, now_tai_ns=at.now_tai_ns(), at_least=level)
    return {"proposals": [proposal_document(one) for one in found]}
