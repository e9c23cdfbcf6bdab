"""What is new in the log, told as it comes: server-sent events, none lost when the line drops."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from baken.records.evidence import EntryKind, KeptEntry
from baken.records.marking import Realm
from baken.web.entrance import still_in
from baken.web.service import Service, service_of

router = APIRouter(prefix="/stream", tags=["stream"])
At = Annotated[Service, Depends(service_of)]
LOOK_EVERY_S = 0.5
# Whoever listens on comes back by himself, and what he may see is asked anew.
ENDS_AFTER_S = 60.0
AT_ONCE = 200
TOLD = frozenset(set(EntryKind) - {EntryKind.ACCESS})


@router.get("", response_class=EventSourceResponse)
async def stream(
    at: At,
    request: Request,
    is_in: Annotated[Callable[[], bool], Depends(still_in)],
    realm: Realm = Realm.REAL,
    after: Annotated[int | None, Query(ge=0, le=10**15)] = None,
    last_event_id: Annotated[str | None, Header(pattern="^[0-9]{1,15}$")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Tell every new entry of a log by name, kind and subject; whoever comes back says what he had last.

    A program says that in a header, a page that begins anew with ``after``; who says neither is told first
    where the log stands, as ``here``.  It ends after a minute, and is asked for again by whatever listens
    (WHATWG, Server-sent events); and as soon as who listens is suspended, signs out, or has other rights.
    """
    had = after if last_event_id is None else int(last_event_id)
    first = await run_in_threadpool(at.log.size, realm) if had is None else had + 1
    if had is None:
        yield ServerSentEvent(data={"n_entries": first}, event="here", id=str(first - 1) if first else None)
    ends_s = time.monotonic() + ENDS_AFTER_S
    while time.monotonic() < ends_s and not await request.is_disconnected():
        new = await run_in_threadpool(at.log.entries, realm, kinds=TOLD, first=first, limit=AT_ONCE)
        if not await run_in_threadpool(is_in):
            return
        for kept in new:
            yield _event(kept)
            first = kept.sequence + 1
        if not new:
            await asyncio.sleep(LOOK_EVERY_S)


def _event(kept: KeptEntry) -> ServerSentEvent:
    told = {"entry_id": kept.entry_id, "kind": kept.entry.kind.value, "subject": kept.entry.subject}
    return ServerSentEvent(data=told, event="entry", id=str(kept.sequence))
