"""Reports from outside over HTTP: open to anybody, believed by nobody until an officer lets them join."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from baken.astro.time import utc_text
from baken.errors import BadMessage
from baken.operations.receive_report import Receipt, add_to_report, receive_report, state_of_report
from baken.web.forms import filled_in_form
from baken.web.incidents import Document
from baken.web.models import AddingToReport, Kept, Receipted, Reporting
from baken.web.report_form import form_page, receipt_page
from baken.web.service import Service, node_of

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])
form_router = APIRouter(include_in_schema=False)
At = Annotated[Service, Depends(node_of)]
# Whoever reports has no account here; his name stands in the report, unchecked.
OUTSIDE = "outside"
LANGUAGE = Query(pattern="^(en|nl)$")
LARGEST_FORM_BYTES = 100_000


@router.post("", status_code=201)
def receive(at: At, reporting: Reporting) -> Receipted:
    """Take down a report; the receipt is the only way to ask after it."""
    receipt = _receive(at, reporting.model_dump(mode="json", exclude_none=True))
    return Receipted(entry_id=receipt.entry_id, code=receipt.code)


@router.get("/{report}")
def state(at: At, report: str, x_report_code: Annotated[str, Header(max_length=100)] = "") -> Document:
    """Return what became of a report, for whoever holds its code."""
    found = state_of_report(at.log, report, x_report_code)
    return {
        "entry_id": found.entry_id,
        "received_utc": utc_text(found.received_at_tai_ns),
        "joined_an_incident": found.joined,
        "additions": found.n_additions,
    }


@router.post("/{report}/additions", status_code=201)
def add(
    at: At, report: str, adding: AddingToReport, x_report_code: Annotated[str, Header(max_length=100)] = ""
) -> Kept:
    """Keep what the reporter says later, for whoever holds the code."""
    return Kept(entry_ids=[add_to_report(at.desk(OUTSIDE), report, x_report_code, adding.text)])


@form_router.get("/report", response_class=HTMLResponse)
def form(language: Annotated[str, LANGUAGE] = "en") -> str:
    """Return an empty form."""
    return form_page(language)


@form_router.post("/report", response_class=HTMLResponse)
async def filled_in(at: At, request: Request, language: Annotated[str, LANGUAGE] = "en") -> HTMLResponse:
    """Take down a report from the form; a mistake comes back with the form, everything filled in kept."""
    said = await filled_in_form(request, LARGEST_FORM_BYTES)
    try:
        # The log may wait its turn; the door does not wait with it.
        receipt = await run_in_threadpool(_receive, at, _report(said))
    except BadMessage as error:
        return HTMLResponse(form_page(language, said, str(error), error.field), status_code=422)
    return HTMLResponse(receipt_page(language, receipt), status_code=201)


def _receive(at: Service, told: Mapping[str, object]) -> Receipt:
    return receive_report(at.desk(OUTSIDE), told, node=at.store.node_name())


def _report(said: dict[str, str]) -> dict[str, object]:
    """Return what was filled in as a report tells it: no empty fields, lists as lists, numbers as numbers."""
    told: dict[str, object] = {name: value for name, value in said.items() if value.strip()}
    for name in ("techniques", "releasable_to"):
        if name in told:
            told[name] = [word.strip() for word in said[name].split(",") if word.strip()]
    for name in ("frequency_hz", "norad_cat_id"):
        if name in told:
            told[name] = _number(name, said[name])
    return told


def _number(name: str, text: str) -> float | int:
    try:
        return int(text) if name == "norad_cat_id" else float(text)
    except ValueError:
        raise BadMessage(
            f"is {text!r}, no number", field=name, next_step="write one, or leave it empty"
        ) from None
