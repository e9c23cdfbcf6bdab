"""Who may ask at all: whoever sits at this machine, and from outside nobody but reporters.

A page of somebody else's, open in a browser on this machine, can send requests here too; they are known by
their Host, Origin and Sec-Fetch-Site, and refused, also for reading: who looked is kept, and nobody is to be
made to have looked.
"""

import hashlib
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import SplitResult, urlsplit

from fastapi import FastAPI, Request
from starlette.responses import Response

from baken.web.problems import problem, safe_headers

Next = Callable[[Request], Awaitable[Response]]
READING = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
# What a browser says of a request that its user or a page of this door began (W3C Fetch Metadata).
OWN_SITES = frozenset({"same-origin", "none"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def guard(app: FastAPI, hosts: Collection[str]) -> None:
    """Let an application answer only what is asked of it under one of these names, and by its own pages."""

    @app.middleware("http")
    async def asked_here(request: Request, follow: Next) -> Response:
        if _host_of(request) not in hosts:
            return problem(
                request, 421, "Asked under another name", "this node answers under its own name only"
            )
        does_something = request.method not in READING or request.url.path.startswith(API)
        if does_something and not _is_own(request):
            return problem(request, 403, "Asked from another page", "a page of another site may not act here")
        response = await follow(request)
        for name, value in safe_headers(request).items():
            response.headers.setdefault(name, value)
        return response


def tag_answers(app: FastAPI) -> None:
    """Let a reader who has an answer already be told so, instead of being sent it again.

    Source: RFC 9110, sections 8.8.3 and 13.1.2.
    """

    @app.middleware("http")
    async def tagged(request: Request, follow: Next) -> Response:
        response = await follow(request)
        if request.method != "GET" or response.status_code != 200 or _is_stream(response):
            return response
        content = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        known = [
            each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")
        ]
        if tag in known or "*" in known:
            return Response(status_code=304, headers={"ETag": tag})
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        return Response(content, status_code=200, headers={**headers, "ETag": tag})


def _is_stream(response: Response) -> bool:
    return response.headers.get("content-type", "").startswith("text/event-stream")


def _host_of(request: Request) -> str:
    return _split(f"//{request.headers.get('host', '')}").hostname or ""


def _is_own(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "none") not in OWN_SITES:
        return False
    origin = request.headers.get("origin")
    return origin is None or _split(origin).netloc == request.headers.get("host", "")


def _split(address: str) -> SplitResult:
    """Return the parts of an address; of what is none, none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
