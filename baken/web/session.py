"""A visit over HTTP: coming in, who one is, another password, tokens for programs, and leaving."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from pydantic import Field, SecretStr
from starlette.responses import Response

from baken.astro.time import utc_text
from baken.errors import NoSuchRecord
from baken.operations.manage_people import do, make_token
from baken.operations.sign_in import (
    LONGEST_NS,
    Shown,
    SignedIn,
    SignInRefused,
    TooOften,
    change_password,
    keep_at_door,
    sign_in,
    sign_out,
    visits_of,
)
from baken.people.acts import Act, Verb
from baken.people.bearer import bearer_digest
from baken.records.account import NAME, Account
from baken.web.entrance import Entrance, account_of_request, address_of, entrance_of
from baken.web.incidents import Document
from baken.web.models import Line, Strict
from baken.wiring.people_documents import account_document

router = APIRouter(prefix="/session", tags=["session"])
LONGEST_SECRET = 1_000
SECOND_NS = 1_000_000_000
VISIT_SIGNS = 16
Secret = Annotated[SecretStr, Field(max_length=LONGEST_SECRET)]
Given = TypeVar("Given")


def entrance_there(request: Request) -> Entrance:
    """Return what the door knows of people.

    Raises: NoSuchRecord at a door by which nobody comes in.
    """
    entrance = entrance_of(request)
    if entrance is None:
        raise NoSuchRecord("nobody signs in here; 'baken people init' makes the first accounts of a home")
    return entrance


At = Annotated[Entrance, Depends(entrance_there)]


class Coming(Strict):
    """What somebody shows at the door."""

    name: Line
    password: Secret
    code: Secret
    new_password: Secret = SecretStr("")


class NewPassword(Strict):
    """Another password, with what somebody shows at the door."""

    password: Secret
    code: Secret
    new_password: Secret


class NewToken(Strict):
    """An API token: what it is called, what for, and how long it lives."""

    name: Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
    scopes: Annotated[list[Line], Field(min_length=1, max_length=50)]
    days: Annotated[int, Field(ge=1, le=366)] = 30


@router.post("", status_code=201)
def come_in(at: At, request: Request, response: Response, coming: Coming) -> Document:
    """Sign in; the answer sets the cookie of the visit."""
    shown = _shown(request, coming.name, coming.password, coming.code, coming.new_password)
    came = told_over_http(lambda: sign_in(at.desk("outside"), at.people, at.roster(), shown, cost=at.cost))
    set_cookie(at, request, response, came)
    return account_document(came.account)


@router.get("")
def who(request: Request) -> Document:
    """Return who asks: his account and what was given to it."""
    return account_document(_account(request))


@router.delete("", status_code=204)
def leave(at: At, request: Request, response: Response) -> None:
    """Sign out: the visit is over here too, not only in the browser."""
    sign_out(at.desk("outside"), at.people, request.cookies.get(at.cookie, ""), address_of(request))
    forget_cookie(at, response)


@router.get("/visits")
def visits(at: At, request: Request) -> Document:
    """Return your visits that are not over, the newest first."""
    found = visits_of(at.people, _account(request), at.now_tai_ns())
    this = bearer_digest(request.cookies.get(at.cookie, ""))
    return {
        "visits": [
            {
                "visit": each.digest[:VISIT_SIGNS],
                "way": each.way.value,
                "begun_utc": utc_text(each.begun_tai_ns, 0),
                "seen_utc": utc_text(each.seen_tai_ns, 0),
                "is_this": each.digest == this,
            }
            for each in found
        ]
    }


@router.delete("/visits/{visit}", status_code=204)
def end_visit(at: At, request: Request, visit: Annotated[str, Path(pattern="^[0-9a-f]{16}$")]) -> None:
    """End a visit of yours, wherever it is."""
    account = _account(request)
    found = [each for each in at.people.sessions_of(account.name) if each.digest.startswith(visit)]
    if not found:
        raise NoSuchRecord(f"you have no visit {visit}; GET /session/visits shows those you have")
    for each in found:
        at.people.end_session(each.digest)
    keep_at_door(at.desk(account.name), "signed out", account.name, address_of(request))


@router.post("/password", status_code=204)
def other_password(at: At, request: Request, said: NewPassword) -> None:
    """Take another password; every visit of yours ends, this one too."""
    account = _account(request)
    shown = _shown(request, account.name, said.password, said.code, said.new_password)
    told_over_http(
        lambda: change_password(at.desk(account.name), at.people, at.roster(), shown, cost=at.cost)
    )


@router.post("/tokens", status_code=201)
def token(at: At, request: Request, said: NewToken) -> Document:
    """Make an API token: never good for more than you may do yourself, and told only now."""
    made, shown = make_token(at.desk(_account(request).name), said.name, said.scopes, days=said.days)
    return {
        "name": made.name,
        "scopes": sorted(made.scopes),
        "expires_utc": utc_text(made.expires_tai_ns, 0),
        "token": shown,
    }


@router.delete("/tokens/{name}", status_code=204)
def revoke(at: At, request: Request, name: Annotated[str, Path(max_length=40)]) -> None:
    """Revoke an API token of yours."""
    account = _account(request)
    do(at.desk(account.name), Act(by=account.name, verb=Verb.REVOKE, of=account.name, value=name))


def told_over_http(ask: Callable[[], Given]) -> Given:
    """Return what is asked for; when who asks did not show who he is, that, as HTTP tells it.

    Raises: HTTPException 401 for what was not right, 429 with ``Retry-After`` for too many tries.
    """
    try:
        return ask()
    except SignInRefused as error:
        raise HTTPException(401, str(error)) from None
    except TooOften as error:
        raise HTTPException(429, str(error), headers={"Retry-After": str(error.wait_s)}) from None


def set_cookie(at: Entrance, request: Request, response: Response, came: SignedIn) -> None:
    """Give a browser what it shows from now on: to no script, to no other site, and over TLS only.

    The visit it showed before is over.
    """
    at.people.end_session(bearer_digest(request.cookies.get(at.cookie, "")))
    response.set_cookie(
        at.cookie,
        came.shown,
        max_age=LONGEST_NS // SECOND_NS,
        path="/",
        secure=at.is_secure,
        httponly=True,
        samesite="strict",
    )


def forget_cookie(at: Entrance, response: Response) -> None:
    """Let a browser forget what it showed."""
    response.delete_cookie(at.cookie, path="/", secure=at.is_secure, httponly=True, samesite="strict")


def _shown(request: Request, name: str, password: SecretStr, code: SecretStr, new: SecretStr) -> Shown:
    return Shown(
        name=name,
        password=password.get_secret_value(),
        code=code.get_secret_value(),
        new_password=new.get_secret_value(),
        address=address_of(request),
    )


def _account(request: Request) -> Account:
    account = account_of_request(request)
    if account is None:
        raise HTTPException(401, "Sign in first")
    return account
