"""Reports from outside over HTTP: open to anybody, believed by nobody until an officer lets them join."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from baken.astro.time import utc_text
from baken.errors import BadMessage, BakenError
from baken.operations.desk import Desk
from baken.operations.receive_report import (
    Receipt,
    add_to_report,
    receive_report,
    report_named,
    state_of_report,
)
from baken.people.patience import counted_as
from baken.report.words import Speech
from baken.web.entrance import address_of
from baken.web.forms import filled_in_form
from baken.web.incidents import Document
from baken.web.models import Added, AddingToReport, Receipted, Reporting
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
def receive(at: At, request: Request, reporting: Reporting) -> Receipted:
    """Take down a report; the receipt is the only way to ask after it."""
    receipt = _receive(at, request, reporting.model_dump(mode="json", exclude_none=True))
    return Receipted(report=receipt.name, code=receipt.code)


@router.get("/{report}")
def state(at: At, report: str, x_report_code: Annotated[str, Header(max_length=100)] = "") -> Document:
    """Return what became of a report, for whoever holds its code."""
    found = state_of_report(at.log, report_named(at.log, report), x_report_code)
    return {
        "report": report.upper(),
        "received_utc": utc_text(found.received_at_tai_ns),
        "joined_an_incident": found.joined,
        "additions": found.n_additions,
    }


@router.post("/{report}/additions", status_code=201)
def add(
    at: At,
    request: Request,
    report: str,
    adding: AddingToReport,
    x_report_code: Annotated[str, Header(max_length=100)] = "",
) -> Added:
    """Keep what the reporter says later, for whoever holds the code."""
    with _not_without_end(at, request) as desk:
        add_to_report(desk, report_named(at.log, report), x_report_code, adding.text)
    return Added(report=report.upper())


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
        receipt = await run_in_threadpool(_receive, at, request, _report(said))
    except BadMessage as error:
        return HTMLResponse(form_page(language, said, str(error), error.field), status_code=422)
    except HTTPException as error:
        page = form_page(language, said, Speech(language)("form.too_often"))
        return HTMLResponse(page, error.status_code, headers=error.headers)
    return HTMLResponse(receipt_page(language, receipt), status_code=201)


def _receive(at: Service, request: Request, told: Mapping[str, object]) -> Receipt:
    with _not_without_end(at, request) as desk:
        return receive_report(desk, told, node=at.store.node_name())


@contextmanager
def _not_without_end(at: Service, request: Request) -> Iterator[Desk]:
    """Give a desk for one report, unless too many came; one that is refused does not count.

    Raises: HTTPException 429 with ``Retry-After``.
    """
    desk, house = at.desk(OUTSIDE), counted_as("", is_known=False, address=address_of(request))[1]
    if wait_s := at.reports.wait_s(house, desk.at_tai_ns):
        told = "more reports came than are taken in ten minutes; telephone, or send it later"
        raise HTTPException(429, told, headers={"Retry-After": str(wait_s)})
    try:
        yield desk
    except BakenError:
        at.reports.was_right(house, desk.at_tai_ns)
        raise


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
