"""Sources over HTTP: where what is known came from, how old it is, and what is installed to look at it."""

from typing import Annotated

from fastapi import APIRouter, Depends

from baken.operations.ports import KeptConjunctionMessage
from baken.records.event import EventKind
from baken.records.marking import Realm
from baken.web.incidents import Document
from baken.web.service import Service, service_of
from baken.wiring.networks import KILL_SWITCH
from baken.wiring.plugins import installed
from baken.wiring.source_documents import (
    marking_of_all,
    orbits_document,
    plugin_document,
    rests_on_documents,
    screening_document,
    spoken_in,
    warnings_documents,
)

router = APIRouter(tags=["sources"])
At = Annotated[Service, Depends(service_of)]
# Whoever warns much warns of many events; the latest of them say how fast his warnings come in.
MOST_EVENTS = 100
MOST_SCREENINGS = 20


@router.get("/sources")
def sources(at: At, realm: Realm = Realm.REAL) -> Document:
    """Return who speaks of orbits and who warns, how old that is, and what was done with it."""
    now_tai_ns = at.now_tai_ns()
    picture = at.skies.of(at.store, at.log, realm, now_tai_ns=now_tai_ns).picture
    spoken, imports = spoken_in(picture), at.store.last_imports(realm)
    warned, events = _warned(at, realm), at.store.events(realm)
    screenings = at.store.screenings(realm)[-MOST_SCREENINGS:][::-1]
    as_of_tai_ns = now_tai_ns if picture is None else picture.as_of_tai_ns
    return {
        "marking": marking_of_all(spoken, warned, screenings, events),
        "orbits": [
            orbits_document(one, imports.get(one.source), as_of_tai_ns=as_of_tai_ns, now_tai_ns=now_tai_ns)
            for one in spoken
        ],
        "warnings": warnings_documents(warned, now_tai_ns=now_tai_ns),
        "screenings": list(map(screening_document, screenings)),
        "rests_on": rests_on_documents(events),
        "plugins": list(map(plugin_document, installed())),
        "may_ask_network": not (at.home / KILL_SWITCH).exists(),
    }


def _warned(at: Service, realm: Realm) -> list[KeptConjunctionMessage]:
    """Return the warnings of the latest events of which somebody else spoke."""
    voices = at.store.voices(realm)
    events = at.store.events(realm, kind=EventKind.CONJUNCTION)
    spoken_of = [each.event_id for each in events if any(v.originator for v in voices.get(each.event_id, ()))]
    return [
        kept for event_id in spoken_of[-MOST_EVENTS:] for kept in at.store.messages_of(event_id, realm=realm)
    ]
