"""Events over HTTP: what was seen, the most urgent first."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from baken.operations.find_event import event_in_any_world
from baken.records.event import EventKind, read_event_id
from baken.records.marking import Realm
from baken.report.urgency import ranked
from baken.web.incidents import Document
from baken.web.paging import LARGEST_PAGE, page_of
from baken.web.service import Service, service_of
from baken.wiring.event_documents import attention_document

router = APIRouter(prefix="/events", tags=["events"])
EVENT_NAME = rf"^[A-Z]{{2,8}}-({'|'.join(kind.value for kind in EventKind)})[0-9]{{2}}-[0-9]{{4,9}}$"
At = Annotated[Service, Depends(service_of)]


@router.get("")
def list_events(
    at: At,
    realm: Realm = Realm.REAL,
    kind: EventKind | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> Document:
    """Return the events of a world, the most urgent first, page by page."""
    now = at.now_tai_ns()
    page, following = page_of(ranked(at.store.events(realm, kind=kind), now), cursor, limit)
    return {"events": [attention_document(event, now) for event in page], "next_cursor": following}


@router.get("/{event}")
def show(at: At, event: Annotated[str, Path(pattern=EVENT_NAME)]) -> Document:
    """Return one event with how urgent it is."""
    return attention_document(event_in_any_world(at.store, read_event_id(event)), at.now_tai_ns())
