"""Refusals over HTTP, all of one shape.

Source: RFC 9457, Problem Details for HTTP APIs.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from baken.errors import (
    BakenError,
    LetterRefused,
    NoSuchRecord,
    OutsideServiceFailed,
    RefusedByPolicy,
    TheirMistake,
    WrongUsage,
)
from baken.incident.lifecycle import StepNotAllowed
from baken.operations.evidence_ports import Overtaken
from baken.respond.notice_life import NoticeStepNotAllowed
from baken.respond.task_life import TaskStepNotAllowed
from baken.share.exchange import ReleaseStepNotAllowed

# What every answer says to a browser, refusals too.
SAFE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; object-src 'none'; base-uri 'none'; "
    "style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Under "no-referrer" a browser says of our own forms, too, that their Origin is null.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Where this door itself, or the proxy before it, speaks TLS (RFC 6797): two years.
ONLY_TLS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
MEDIA_TYPE = "application/problem+json"
# The first that fits counts: children stand before their parents.
STATUS: Mapping[type[BakenError], tuple[int, str]] = {
    NoSuchRecord: (404, "There is no such record"),
    Overtaken: (409, "Somebody was quicker"),
    StepNotAllowed: (409, "The step is not allowed now"),
    TaskStepNotAllowed: (409, "The task is past that"),
    NoticeStepNotAllowed: (409, "The letter is past that"),
    ReleaseStepNotAllowed: (409, "The release is past that"),
    RefusedByPolicy: (403, "Refused by policy"),
    LetterRefused: (502, "The other side refused a letter"),
    OutsideServiceFailed: (503, "A service does not answer"),
    TheirMistake: (422, "The input cannot be used"),
    WrongUsage: (422, "The question cannot be answered"),
}


class Problem(BaseModel):
    """What went wrong, for a person and for a program."""

    model_config = ConfigDict(extra="forbid")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": title,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, title in (
        (401, "Not signed in"),
        (403, "Refused"),
        (404, "Not there"),
        (409, "Overtaken"),
        (422, "Not usable"),
        (429, "Too often"),
    )
}


def tell_problems(app: FastAPI) -> None:
    """Let every refusal of an application be told as a problem."""
    app.add_exception_handler(BakenError, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _own_mistake)


def describe_problems(app: FastAPI) -> None:
    """Let the description of an application say what a problem looks like, once somebody asks for it."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        told = describe()
        told.setdefault("components", {}).setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        return told

    # As FastAPI lets a description be extended; to make one takes longer than all else at the start.
    app.openapi = described  # type: ignore[method-assign]


def problem(
    request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return a problem as an answer."""
    told = Problem(
        title=title,
        status=status,
        detail=" ".join(_without_places(request, detail).split()),
        instance=request.url.path,
    )
    said = {**safe_headers(request), **(headers or {})}
    return JSONResponse(told.model_dump(), status_code=status, headers=said, media_type=MEDIA_TYPE)


def _without_places(request: Request, text: str) -> str:
    """Return a text that does not tell where on this machine the home is."""
    service = request.app.state.service
    for place in () if service is None else (service.home.resolve(), service.home):
        text = text.replace(str(place), "the home")
    return text


def safe_headers(request: Request) -> dict[str, str]:
    """Return what the answer to a request says to a browser."""
    entrance = request.app.state.entrance
    return {**SAFE_HEADERS, **(ONLY_TLS if entrance is not None and entrance.is_secure else {})}


def _refused(request: Request, error: Exception) -> JSONResponse:
    status, title = next(told for kind, told in STATUS.items() if isinstance(error, kind))
    return problem(request, status, title, str(error))


def _not_valid(request: Request, error: Exception) -> JSONResponse:
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in wrong)
    return problem(request, 422, "The question cannot be answered", told)


def _of_http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        return problem(request, 500, "Refused", "")
    return problem(
        request, error.status_code, str(error.detail) or "Refused", str(error.detail), error.headers
    )


def _own_mistake(request: Request, error: Exception) -> JSONResponse:
    # What it was stands in the log of whoever runs this, and tells a stranger nothing.
    return problem(
        request, 500, "A mistake of Baken's own", f"{type(error).__name__}; please report it with the time"
    )
