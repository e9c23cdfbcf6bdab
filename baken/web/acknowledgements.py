"""Acknowledging a letter by its code: open to strangers, who learn nothing but that their code was right.

A wrong code, an incident there is not and one without a response are answered alike, and as fast.  What
follows from an acknowledgement the clockwork makes; a stranger moves nothing else.
"""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from baken.astro.time import utc_text
from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.send_notices import acknowledge_by_code
from baken.operations.write_notices import plain_code
from baken.records.incident import read_incident_id
from baken.records.response_standing import Notice, NoticeKind, ResponseStanding, TaskStage
from baken.report.words import Speech
from baken.web.acknowledge_form import acknowledge_page, thanks_page
from baken.web.forms import filled_in_form
from baken.web.guesses import guessing
from baken.web.problems import MEDIA_TYPE
from baken.web.reports import LANGUAGE, OUTSIDE
from baken.web.response_models import Acknowledged, AcknowledgingByCode
from baken.web.service import Service, node_of

router = APIRouter(prefix="/api/v1/acknowledgements", tags=["acknowledgements"])
form_router = APIRouter(include_in_schema=False)
At = Annotated[Service, Depends(node_of)]
Name = Annotated[str, Path(max_length=60)]
# Longer than any of the answers takes to find.
EVERY_ANSWER_TAKES_S = 0.3
TOO_MANY = {"description": "Too many wrong codes", "content": {MEDIA_TYPE: {}}}


@router.post("", status_code=201, responses={429: TOO_MANY})
async def acknowledge(at: At, said: AcknowledgingByCode) -> Acknowledged:
    """Acknowledge a letter by its code; a task it asked for is taken on by that."""
    return await _evenly(at, said.incident, said.code, said.who)


@form_router.get("/acknowledge/{incident}", response_class=HTMLResponse)
def form(incident: Name, language: Annotated[str, LANGUAGE] = "en") -> str:
    """Return an empty form: the same whether there is such an incident or not."""
    return acknowledge_page(language, incident)


@form_router.post("/acknowledge/{incident}", response_class=HTMLResponse)
async def filled_in(
    at: At, request: Request, incident: Name, language: Annotated[str, LANGUAGE] = "en"
) -> HTMLResponse:
    """Acknowledge from the form; what was wrong comes back with the form."""
    said = await filled_in_form(request)
    code, who = said.get("code", "")[:100], said.get("who", "")[:200]
    say = Speech(language)
    try:
        done = await _evenly(at, incident, code, who)
    except NoSuchRecord:
        return HTMLResponse(acknowledge_page(language, incident, who, say("acknowledge.wrong")), 404)
    except HTTPException as error:
        page = acknowledge_page(language, incident, who, say("acknowledge.too_often"))
        return HTMLResponse(page, error.status_code, headers=error.headers)
    return HTMLResponse(thanks_page(language, done), 201)


async def _evenly(at: Service, incident: str, code: str, who: str) -> Acknowledged:
    """Answer after the same time, whatever is answered."""
    began_s = time.monotonic()
    try:
        return await run_in_threadpool(_acknowledge, at, incident, code, who)
    finally:
        await asyncio.sleep(max(0.0, began_s + EVERY_ANSWER_TAKES_S - time.monotonic()))


def _acknowledge(at: Service, incident: str, code: str, who: str) -> Acknowledged:
    desk, of = at.desk(OUTSIDE), incident.upper()
    with guessing(at.guesses, of, desk.at_tai_ns):
        try:
            found = acknowledge_by_code(desk, read_incident_id(of), code, who)
        except (NoSuchRecord, ValueError, WrongUsage):
            # Of a letter that was withdrawn, too, nobody learns more than that it waits for nothing.
            raise NoSuchRecord("no letter that waits for an acknowledgement has this code") from None
    return _told(found, next(each for each in found.notices if plain_code(each.code) == plain_code(code)))


def _told(found: ResponseStanding, notice: Notice) -> Acknowledged:
    """Return what stood in the letter, and whether its task is now with whoever acknowledged it."""
    plan = found.plan(notice.plan_id)
    task = plan.of(notice.task_id) if plan and notice.task_id else None
    is_his = (
        task is not None
        and notice.kind is NoticeKind.CALL_OUT
        and task.stage is TaskStage.TAKEN
        and task.taken_by == notice.acknowledged_by
    )
    if task is None or not is_his:
        return Acknowledged(letter=notice.subject, taken_on=False)
    due = task.due_at_tai_ns
    what = task.task.what.read_in(notice.language)
    return Acknowledged(
        letter=notice.subject, taken_on=True, task=what, due_utc=None if due is None else utc_text(due, 0)
    )
