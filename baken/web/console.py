"""The console: pages that a browser runs, all from this door and nothing from elsewhere."""

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from starlette.responses import RedirectResponse, Response

router = APIRouter(include_in_schema=False)
# No script but ours, none in the page itself; what Svelte writes goes through a policy of its own.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
)
KINDS = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "json": "application/json",
    "png": "image/png",
}
# Their names change with their content.
FOR_EVER = "private, max-age=31536000, immutable"


@router.get("/")
def to_console() -> RedirectResponse:
    """Send whoever comes to the console."""
    return RedirectResponse("/console/")


@router.get("/console/assets/{name}")
def asset(name: Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,120}$")]) -> Response:
    """Return a part of the console."""
    content = _content(f"assets/{name}")
    kind = KINDS.get(name.rpartition(".")[2])
    if content is None or kind is None:
        raise HTTPException(404, "There is no such part of the console")
    return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER})


@router.get("/console")
@router.get("/console/{place:path}")
def page(place: str = "") -> Response:  # noqa: ARG001
    """Return the page every address of the console begins with; what it shows it asks for itself."""
    content = _content("index.html")
    if content is None:
        raise HTTPException(503, "The console was not built; 'pip install .' builds it")
    return Response(content, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@lru_cache(maxsize=200)
def _content(name: str) -> bytes | None:
    """Return a built file; None for what is none."""
    found: Traversable = files("baken.web") / "console"
    for part in name.split("/"):
        found = found / part
    return found.read_bytes() if found.is_file() else None
