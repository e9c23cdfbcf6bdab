"""The pages on which people come in and leave, and who asks, for every other route."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from baken.errors import UnreadableInput
from baken.operations.sign_in import Shown, SignInRefused, TooOften, sign_in
from baken.report.words import Speech
from baken.web.entrance import Entrance, account_of_request, address_of, reader_of_request
from baken.web.session import entrance_there, leave, set_cookie
from baken.web.sign_in_form import sign_in_page, signed_in_page, signed_out_page

__all__ = ["reader_of_request", "router"]
router = APIRouter(prefix="/sign-in", include_in_schema=False)
At = Annotated[Entrance, Depends(entrance_there)]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
LARGEST_FORM_BYTES = 10_000


@router.get("", response_class=HTMLResponse)
def form(request: Request, language: Language = "en") -> str:
    """Return the form; to whoever is in already, who he is."""
    account = account_of_request(request)
    return signed_in_page(language, account) if account else sign_in_page(language)


@router.post("", response_class=HTMLResponse)
async def filled_in(at: At, request: Request, language: Language = "en") -> HTMLResponse:
    """Sign in from the form."""
    said, say = await _said(request), Speech(language)
    name, password, code = (said.get(each, "") for each in ("name", "password", "code"))
    try:
        came = await run_in_threadpool(
            lambda: sign_in(
                at.desk("outside"),
                at.people,
                at.roster(),
                Shown(name=name, password=password, code=code, address=address_of(request)),
                cost=at.cost,
            )
        )
    except SignInRefused:
        return HTMLResponse(sign_in_page(language, wrong=say("sign_in.wrong")), 401)
    except TooOften as error:
        page = sign_in_page(language, wrong=say("sign_in.too_often", seconds=error.wait_s))
        return HTMLResponse(page, 429, headers={"Retry-After": str(error.wait_s)})
    response = HTMLResponse(signed_in_page(language, came.account), 201)
    set_cookie(at, response, came)
    return response


@router.post("/out", response_class=HTMLResponse)
def leave_by_form(at: At, request: Request, language: Language = "en") -> HTMLResponse:
    """Sign out from the page."""
    response = HTMLResponse(signed_out_page(language))
    leave(at, request, response)
    return response


async def _said(request: Request) -> dict[str, str]:
    content = await request.body()
    if len(content) > LARGEST_FORM_BYTES:
        raise UnreadableInput("this form is longer than any")
    return dict(parse_qsl(content.decode(errors="replace"), max_num_fields=10))
