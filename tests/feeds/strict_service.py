"""A catalogue service on this machine that enforces the published limits, and bans who breaks them.

It knows the two services' ways: CelesTrak's (one download of a selection in two hours, nothing more after an
error) and Space-Track's (30 a minute, 300 an hour, a session of two hours, each class at its pace).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

MINUTE_S, HOUR_S, DAY_S = 60.0, 3600.0, 86_400.0
PASSWORD = "correct horse battery staple"
IDENTITY = "watch@example.org"

CSV = b"OBJECT_NAME,NORAD_CAT_ID,EPOCH\r\nSAT %d,100001,2026-01-01T00:00:00\r\n"
JSON = b'[{"OBJECT_NAME": "SAT %d", "NORAD_CAT_ID": "799500124"}]'
XML = b'<?xml version="1.0"?><ndm><!-- %d --></ndm>\n'
KVN = b"CCSDS_OMM_VERS = 2.0\nOBJECT_NAME = SAT %d\nMEAN_MOTION_DDOT = 0\n"
BODIES = {"csv": CSV, "json": JSON, "xml": XML, "kvn": KVN}
PAGE = b"<!DOCTYPE html>\n<html><body>Forbidden</body></html>"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes out.  ``declared_bytes`` may lie; ``pause_s`` holds the second half back."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    declared_bytes: int | None = None
    pause_s: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Request:
    at_s: float
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Rulebook:
    """What both services have in common: they remember, and they ban."""

    now_s: Callable[[], float]
    requests: list[Request] = field(default_factory=list)
    banned_because: str = ""
    faults: deque[Reply] = field(default_factory=deque)
    version: int = 1
    not_before_s: float = 0.0
    was_asked: threading.Event = field(default_factory=threading.Event)

    def answer(self, request: Request) -> Reply:
        if not self.banned_because:
            self.banned_because = self.offence(request)
        self.requests.append(request)
        self.was_asked.set()
        if self.banned_because:
            return Reply(status=403, body=PAGE)
        if self.faults:
            return self.misbehave(request, self.faults.popleft())
        return self.serve(request)

    def misbehave(self, request: Request, fault: Reply) -> Reply:
        for name, value in fault.headers:
            if name == "Retry-After" and value.isdecimal():
                self.not_before_s = request.at_s + float(value)
        return fault

    def offence(self, request: Request) -> str:
        return "came back before Retry-After" if request.at_s < self.not_before_s else ""

    def serve(self, request: Request) -> Reply:
        raise NotImplementedError

    def since(self, at_s: float, window_s: float) -> int:
        return sum(one.at_s > at_s - window_s for one in self.requests)

    def body(self, answer_format: str) -> bytes:
        return BODIES[answer_format] % self.version


@dataclass
class CelesTrakRules(Rulebook):
    """One download of a selection in two hours, and silence after an error."""

    given: dict[str, float] = field(default_factory=dict)
    erred_at_s: float = -1e9

    def offence(self, request: Request) -> str:
        given_at_s = self.given.get(selection(request.path), -1e9)
        if request.at_s - given_at_s < 2 * HOUR_S:
            return "asked for one selection twice within two hours"
        if request.at_s - self.erred_at_s < 2 * HOUR_S:
            return "went on asking after an error"
        return super().offence(request)

    def misbehave(self, request: Request, fault: Reply) -> Reply:
        if fault.status not in (200, 304):
            self.erred_at_s = request.at_s
        if fault.status == 200:
            self.given[selection(request.path)] = request.at_s
        return super().misbehave(request, fault)

    def serve(self, request: Request) -> Reply:
        self.given[selection(request.path)] = request.at_s
        etag = f'"v{self.version}"'
        if request.header("If-None-Match") == etag:
            return Reply(status=304, headers=(("ETag", etag),))
        answer_format = parse_qs(urlsplit(request.path).query)["FORMAT"][0]
        return Reply(body=self.body(answer_format), headers=(("ETag", etag),))


@dataclass
class SpaceTrackRules(Rulebook):
    """Requests by the minute and the hour, a session, and a pace for each class."""

    sessions: dict[str, float] = field(default_factory=dict)
    served: list[tuple[float, str, str]] = field(default_factory=list)
    n_failed_logins: int = 0

    def offence(self, request: Request) -> str:
        if self.since(request.at_s, MINUTE_S) >= 30:
            return "more than 30 requests in a minute"
        if self.since(request.at_s, HOUR_S) >= 300:
            return "more than 300 requests in an hour"
        if self.n_failed_logins >= 3:
            return "tried passwords"
        if self.is_known(request):
            return self.out_of_pace(request) or super().offence(request)
        return super().offence(request)

    def out_of_pace(self, request: Request) -> str:
        asked = asked_of(request.path)
        mine = [(at, path) for at, kind, path in self.served if kind == asked]
        if asked == "gp_history":
            return "the history twice" if any(path == unquote(request.path) for _, path in mine) else ""
        window_s = {"gp": HOUR_S, "satcat": DAY_S}.get(asked, 0.0)
        return f"{asked} too often" if any(request.at_s - at < window_s for at, _ in mine) else ""

    def is_known(self, request: Request) -> bool:
        began_s = self.sessions.get(request.header("Cookie"), -1e9)
        return request.at_s - began_s < 2 * HOUR_S

    def misbehave(self, request: Request, fault: Reply) -> Reply:
        if fault.status == 200 and self.is_known(request):
            self.served.append((request.at_s, asked_of(request.path), unquote(request.path)))
        return super().misbehave(request, fault)

    def serve(self, request: Request) -> Reply:
        if request.method == "POST":
            return self.log_in(request)
        if not self.is_known(request):
            return Reply(status=401, body=PAGE)
        self.served.append((request.at_s, asked_of(request.path), unquote(request.path)))
        return Reply(body=self.body(request.path.rpartition("/")[2]))

    def log_in(self, request: Request) -> Reply:
        form = parse_qs(request.body.decode())
        if form.get("identity") != [IDENTITY] or form.get("password") != [PASSWORD]:
            self.n_failed_logins += 1
            return Reply(body=b'{"Login":"Failed"}')
        cookie = f"chocolatechip={len(self.sessions)}"
        self.sessions[cookie] = request.at_s
        return Reply(body=b'""', headers=(("Set-Cookie", f"{cookie}; path=/; HttpOnly"),))


def selection(path: str) -> str:
    """What CelesTrak counts: the page and the selection, whatever the format."""
    parts = urlsplit(path)
    chosen = {key: value[0].lower() for key, value in parse_qs(parts.query).items() if key != "FORMAT"}
    return f"{parts.path}?{sorted(chosen.items())}"


def asked_of(path: str) -> str:
    return path.partition("/class/")[2].partition("/")[0]


@contextmanager
def listening(rules: Rulebook) -> Iterator[str]:
    """Serve on a free port of this machine; yield the address."""
    turn = threading.Lock()
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = tuple(self.headers.items())
            with turn:
                request = Request(
                    at_s=rules.now_s(), method=self.command, path=self.path, headers=headers, body=body
                )
                reply = rules.answer(request)
            self._send(reply)

        do_GET = do_POST = _handle  # noqa: N815

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            declared = len(reply.body) if reply.declared_bytes is None else reply.declared_bytes
            self.send_header("Content-Length", str(declared))
            self.send_header("Connection", "close")
            self.end_headers()
            half = len(reply.body) // 2
            try:
                self.wfile.write(reply.body[:half])
                self.wfile.flush()
                if reply.pause_s:
                    released.wait(reply.pause_s)
                self.wfile.write(reply.body[half:])
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client had enough, which is what some tests want
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests read ``requests``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        released.set()
        server.shutdown()
        server.server_close()
        thread.join()
