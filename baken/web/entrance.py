"""Who asks: everything inside is for people who came in, each with his own rights and no others.

A home without accounts works for the one person who opened its door, as it ever did.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import Luck
from baken.operations.manage_people import people_now
from baken.operations.people_ports import People
from baken.operations.sign_in import keep_at_door, token_holder, visitor
from baken.operations.sign_in_elsewhere import AsksProvider
from baken.people.acts import Roster
from baken.people.passwords import OWASP
from baken.records.account import Account, ApiToken, reader_of
from baken.records.reader import Keeper, Reader
from baken.records.sign_in import HashCost
from baken.web.guard import READING
from baken.web.problems import problem
from baken.web.roles import roles_for

Next = Callable[[Request], Awaitable[Response]]
V1 = "/api/v1"
# These are for strangers, and tell them nothing of what is inside; the code of the console is anybody's.
OPEN = (
    *("/report", "/acknowledge", f"{V1}/reports", f"{V1}/acknowledgements", "/sign-in"),
    "/console/assets",
)
SESSION = f"{V1}/session"
COOKIE, COOKIE_OF_TLS = "baken-session", "__Host-baken-session"
BEARER = "Bearer "
# A program never makes its own rights, nor anybody's.
NOT_FOR_PROGRAMS = frozenset({"session", "people"})


@dataclass(slots=True, kw_only=True)
class Entrance:
    """What the door knows of people: the log that says who is who, and how they show it."""

    people: People
    log: EvidenceLog
    keeper: Keeper
    node: str
    now_tai_ns: Callable[[], int]
    luck: Luck
    cost: HashCost = OWASP
    is_secure: bool = False
    provider: AsksProvider | None = None
    _known: Roster = field(default_factory=Roster)
    _lock: Lock = field(default_factory=Lock)

    def roster(self) -> Roster:
        """Return everybody as the log says at this moment."""
        with self._lock:
            self._known = people_now(self.log, self._known)
            return self._known

    def desk(self, actor: str) -> Desk:
        """Return a desk at this moment, over the log of the whole home."""
        return Desk(log=self.log, actor=actor, at_tai_ns=self.now_tai_ns(), luck=self.luck)

    @property
    def cookie(self) -> str:
        """What the cookie of a visit is called: over TLS, so that no other door can set it."""
        return COOKIE_OF_TLS if self.is_secure else COOKIE

    @property
    def journey_cookie(self) -> str:
        """What the cookie of somebody on his way to his provider is called."""
        return f"{self.cookie}-journey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever came in, and the token when a program did so for him."""

    account: Account
    token: ApiToken | None = None


def let_in(app: FastAPI) -> None:
    """Let nobody further than the doors for strangers who did not come in first, once there are accounts."""

    @app.middleware("http")
    async def came_in(request: Request, follow: Next) -> Response:
        entrance = entrance_of(request)
        found = None if entrance is None else await run_in_threadpool(_visitor, entrance, request)
        request.state.visitor = found
        request.state.keeper = await run_in_threadpool(_keeper, request, entrance)
        if found is None and request.state.keeper is None and not _is_open(request):
            return _not_in(request)
        return await follow(request)


def entrance_of(request: Request) -> Entrance | None:
    """Return what the door a request came to knows of people; None where nobody can come in."""
    entrance: Entrance | None = request.app.state.entrance
    return entrance


def account_of_request(request: Request) -> Account | None:
    """Return whoever came in; None for the keeper of a home without accounts, and for strangers."""
    found: Visitor | None = request.state.visitor
    return None if found is None else found.account


def reader_of_request(request: Request) -> Reader | Keeper:
    """Return who reads: whoever came in, as policy knows him; the keeper of a home without accounts.

    Raises: HTTPException 401 for a stranger; RefusedByPolicy when nobody said for whom he acts.
    """
    account = account_of_request(request)
    if account is not None:
        return reader_of(account)
    keeper: Keeper | None = request.state.keeper
    if keeper is None:
        raise HTTPException(401, "Sign in first")
    return keeper


def still_in(request: Request) -> Callable[[], bool]:
    """Return what says whether whoever came in would still come in, and with the rights he had then.

    A request that goes on for long asks it before it tells him anything more.
    """
    entrance, came = entrance_of(request), request.state.visitor

    def is_in() -> bool:
        if entrance is None:
            return True
        return not entrance.roster().accounts if came is None else _visitor(entrance, request) == came

    return is_in


def may_act(request: Request) -> None:
    """Refuse whoever has none of the roles that a route is for, and keep that he was refused.

    Raises: HTTPException 403.
    """
    found: Visitor | None = request.state.visitor
    entrance = entrance_of(request)
    if found is None or entrance is None:
        return
    path = _path(request)
    asked = roles_for(request.method, path)
    if asked is not None and found.account.all_roles.isdisjoint(asked):
        who = ", ".join(sorted(asked)) or "nobody"
        _refuse(entrance, request, found, f"this is for {who}; you are {_roles(found)}")
    if found.token is not None and not _allows(found.token, request, path, entrance.now_tai_ns()):
        _refuse(entrance, request, found, f"the token {found.token.name} is not for this")


def _refuse(entrance: Entrance, request: Request, found: Visitor, why: str) -> None:
    about = f"{request.method} {_path(request)}"
    desk, name = entrance.desk(found.account.name), found.account.name
    keep_at_door(desk, "not allowed", name, address_of(request), ("about", about), ("because", why))
    raise HTTPException(403, why)


def _path(request: Request) -> str:
    """Return the path of a route as the table has it: with the names of its parts, not what they are now."""
    path: str = request.scope["route"].path
    return path.removeprefix(V1)


def _roles(found: Visitor) -> str:
    return ", ".join(sorted(found.account.all_roles)) or "none of these"


def _allows(token: ApiToken, request: Request, path: str, now_tai_ns: int) -> bool:
    noun, acts = path.split("/")[1], request.method not in READING
    return not (acts and noun in NOT_FOR_PROGRAMS) and token.allows(
        acts=acts, noun=noun, at_tai_ns=now_tai_ns
    )


def _visitor(entrance: Entrance, request: Request) -> Visitor | None:
    roster, shown = entrance.roster(), request.headers.get("authorization", "")
    if shown.startswith(BEARER):
        holder = token_holder(roster, shown.removeprefix(BEARER).strip())
        is_over = holder is not None and entrance.now_tai_ns() >= holder[1].expires_tai_ns
        return None if holder is None or is_over else Visitor(account=holder[0], token=holder[1])
    cookie = request.cookies.get(entrance.cookie, "")
    account = visitor(entrance.people, roster, cookie, entrance.now_tai_ns())
    return None if account is None else Visitor(account=account)


def _keeper(request: Request, entrance: Entrance | None) -> Keeper | None:
    if entrance is None:
        return Keeper(name=request.app.state.service.actor)
    return None if entrance.roster().accounts else entrance.keeper


def _is_open(request: Request) -> bool:
    path = request.url.path
    is_asked_to_come_in = path == SESSION and request.method == "POST"
    return is_asked_to_come_in or any(path == each or path.startswith(f"{each}/") for each in OPEN)


def _not_in(request: Request) -> Response:
    if request.url.path == "/" or request.url.path.startswith("/console"):
        return RedirectResponse(f"/sign-in{_wanted(request)}", status_code=303)
    return problem(
        request,
        401,
        "Sign in first",
        "this node answers people who came in; sign in at /sign-in, or show a token",
        {"WWW-Authenticate": "Bearer"},
    )


def _wanted(request: Request) -> str:
    """Return how the page to sign in is told where somebody was going: nothing for the first page of all."""
    path, query = request.url.path, request.url.query
    if not path.removeprefix("/console").strip("/"):
        return ""
    return f"?wanted={quote(f'{path}?{query}' if query else path, safe='')}"


def address_of(request: Request) -> str:
    """Return where a request comes from, as the server was told."""
    return request.client.host if request.client else "unknown"
