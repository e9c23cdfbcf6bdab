"""How much may be sent in, and how slowly: what is too large or drips is refused before it costs work."""

import asyncio
from dataclasses import dataclass

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from baken.web.problems import problem

LARGEST_BODY_BYTES = 1_000_000
LONGEST_BODY_S = 20.0
CLOSE = {"Connection": "close"}


@dataclass(frozen=True, slots=True)
class Limited:
    """An application that is asked nothing before it has come whole: of a size, and within a time."""

    app: ASGIApp
    largest_bytes: int = LARGEST_BODY_BYTES
    longest_s: float = LONGEST_BODY_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(_whole(scope, receive, self.largest_bytes), self.longest_s)
        except TimeoutError:
            told = f"it did not come whole within {self.longest_s:g} s; send it again"
            await problem(Request(scope), 408, "Request Timeout", told, CLOSE)(scope, receive, send)
        except _TooLarge:
            told = f"nothing longer than {self.largest_bytes:,} bytes is taken here; send less"
            await problem(Request(scope), 413, "Content Too Large", told, CLOSE)(scope, receive, send)
        else:
            await self.app(scope, _given(body, receive), send)


class _TooLarge(Exception):
    pass


async def _whole(scope: Scope, receive: Receive, largest_bytes: int) -> Message:
    """Return a request's body in one piece; what says of itself that it is too long is not read at all."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    if said.isdigit() and (len(said) > 18 or int(said) > largest_bytes):
        raise _TooLarge
    body = bytearray()
    while True:
        piece = await receive()
        if piece["type"] != "http.request":
            return piece
        body += piece.get("body", b"")
        if len(body) > largest_bytes:
            raise _TooLarge
        if not piece.get("more_body", False):
            return {"type": "http.request", "body": bytes(body), "more_body": False}


def _given(first: Message, receive: Receive) -> Receive:
    """Return what gives a first message, and then whatever comes."""
    waiting = [first]

    async def one() -> Message:
        return waiting.pop() if waiting else await receive()

    return one
