"""What takes long is asked by a few at once: whoever comes after them is told so, and holds up nobody."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, HTTPException

from baken.web.service import Service, service_of

TRY_AGAIN_S = 10


def slowly(at: Annotated[Service, Depends(service_of)]) -> Iterator[None]:
    """Let a question through that may take seconds, while few others are being answered.

    Raises: HTTPException 429 with ``Retry-After``.
    """
    if not at.slow.acquire(blocking=False):
        wait = {"Retry-After": str(TRY_AGAIN_S)}
        raise HTTPException(429, "This node works out as much as it can; ask again in a moment", headers=wait)
    try:
        yield
    finally:
        at.slow.release()


SLOW = [Depends(slowly)]
