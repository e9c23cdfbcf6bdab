"""The pages on which people come in and leave, and who asks, for every other route."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.sign_in import SECOND_NS, FirstPassword, Shown, SignInRefused, TooOften, sign_in
from baken.operations.sign_in_elsewhere import (
    LONGEST_JOURNEY_NS,
    AsksProvider,
    Back,
    back_from_provider,
    send_to_provider,
)
from baken.report.words import Speech
from baken.web.entrance import Entrance, account_of_request, address_of, reader_of_request
from baken.web.forms import filled_in_form
from baken.web.session import entrance_there, leave, set_cookie
from baken.web.sign_in_form import sign_in_page, signed_in_page, signed_out_page

__all__ = ["reader_of_request", "router"]
router = APIRouter(prefix="/sign-in", include_in_schema=False)
At = Annotated[Entrance, Depends(entrance_there)]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
Wanted = Annotated[str, Query(max_length=1_000)]
CONSOLE = "/console/"
# Nothing that a browser could read as another host, or as a line of a header.
PLACE = re.compile(r"/console/[A-Za-z0-9_.,:/?&=%+~-]*")
FIELDS = ("name", "password", "code", "new_password")
Said = Annotated[str, Query(max_length=4_000)]


@router.get("", response_class=HTMLResponse)
def form(at: At, request: Request, language: Language = "en", wanted: Wanted = "") -> str:
    """Return the form; to whoever is in already, who he is."""
    account = account_of_request(request)
    return signed_in_page(language, account) if account else _page(at, language, wanted=wanted)


@router.post("", response_class=HTMLResponse)
async def filled_in(at: At, request: Request, language: Language = "en", wanted: Wanted = "") -> Response:
    """Sign in from the form, and go on to the console: to the place there that was wanted, or its first."""
    said, say = await filled_in_form(request), Speech(language)
    name, password, code, new = (said.get(each, "") for each in FIELDS)
    try:
        came = await run_in_threadpool(
            lambda: sign_in(
                at.desk("outside"),
                at.people,
                at.roster(),
                Shown(
                    name=name,
                    password=password,
                    code=code,
                    new_password=new,
                    address=address_of(request),
                ),
                cost=at.cost,
            )
        )
    except SignInRefused:
        return HTMLResponse(_page(at, language, say("sign_in.wrong"), wanted=wanted), 401)
    except FirstPassword:
        return HTMLResponse(_page(at, language, say("sign_in.first"), asks_new=True, wanted=wanted), 403)
    except WrongUsage:
        return HTMLResponse(_page(at, language, say("sign_in.weak"), asks_new=True, wanted=wanted), 422)
    except TooOften as error:
        return _too_often(at, language, error)
    place = in_console(wanted) or f"{CONSOLE}?lang={language}"
    response = RedirectResponse(place, status_code=303)
    await run_in_threadpool(set_cookie, at, request, response, came)
    return response


@router.post("/out", response_class=HTMLResponse)
def leave_by_form(at: At, request: Request, language: Language = "en") -> HTMLResponse:
    """Sign out from the page."""
    response = HTMLResponse(signed_out_page(language))
    leave(at, request, response)
    return response


@router.get("/provider")
def send(at: At, request: Request, language: Language = "en") -> Response:
    """Send somebody to his identity provider."""
    asks = _provider(at)
    try:
        sent = send_to_provider(at.desk("outside"), at.people, asks, address_of(request))
    except TooOften as error:
        return _too_often(at, language, error)
    response = RedirectResponse(sent.url, status_code=303)
    response.set_cookie(
        at.journey_cookie,
        sent.state,
        max_age=LONGEST_JOURNEY_NS // SECOND_NS,
        path="/",
        secure=at.is_secure,
        httponly=True,
        # He comes back from another site, where a strict cookie would stay behind.
        samesite="lax",
    )
    return response


@router.get("/back", response_class=HTMLResponse)
def back(
    at: At, request: Request, code: Said = "", state: Said = "", language: Language = "en"
) -> HTMLResponse:
    """Let in whoever comes back from his identity provider."""
    brought = Back(
        code=code,
        state=state,
        kept_state=request.cookies.get(at.journey_cookie, ""),
        address=address_of(request),
    )
    try:
        came = back_from_provider(at.desk("outside"), at.people, at.roster(), _provider(at), brought)
    except SignInRefused:
        page = _page(at, language, Speech(language)("sign_in.refused_elsewhere"))
        return HTMLResponse(page, 401)
    response = HTMLResponse(signed_in_page(language, came.account))
    set_cookie(at, request, response, came)
    return response


def _provider(at: Entrance) -> AsksProvider:
    if at.provider is None:
        raise NoSuchRecord("this node believes no identity provider; sign in with a password")
    return at.provider


def in_console(place: str) -> str:
    """Return a place if it is one of the console of this very door; else nothing.

    >>> in_console("/console/audit?realm=REAL"), in_console("https://evil.example/console/")
    ('/console/audit?realm=REAL', '')
    """
    plain = PLACE.fullmatch(place) is not None and ".." not in place
    return place if plain else ""


def _page(at: Entrance, language: str, wrong: str = "", *, asks_new: bool = False, wanted: str = "") -> str:
    return sign_in_page(
        language,
        wrong=wrong,
        provider=at.provider is not None,
        asks_new=asks_new,
        wanted=in_console(wanted),
    )


def _too_often(at: Entrance, language: str, error: TooOften) -> HTMLResponse:
    page = _page(at, language, Speech(language)("sign_in.too_often", seconds=error.wait_s))
    return HTMLResponse(page, 429, headers={"Retry-After": str(error.wait_s)})
