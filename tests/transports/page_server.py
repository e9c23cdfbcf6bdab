"""A page on this machine that takes letters: real HTTP, and told to misbehave."""

import json
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from baken.testing.check_transport import Received


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes out, after the letter was taken when ``takes``; nothing at all when it is dropped."""

    status: int = 200
    body: bytes = b"thank you"
    headers: tuple[tuple[str, str], ...] = ()
    takes: bool = False
    is_dropped: bool = False
    drips_head: bool = False
    drips_body: bool = False


WELL = Reply(status=202, body=b"taken", takes=True)


@dataclass(frozen=True, kw_only=True)
class Post:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PageServer:
    """What it was told, and what it took; it knows again what came before by its key."""

    well: Reply = WELL
    certificate: ssl.SSLContext | None = None
    faults: deque[Reply] = field(default_factory=deque)
    posts: list[Post] = field(default_factory=list)
    taken: list[Post] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}/in"

    def received(self) -> list[Received]:
        return [read_post(post) for post in self.taken]

    def mailbox(self) -> dict[str, bytes]:
        """What a receiver keeps who throws away what he has already: by key."""
        return {post.headers["idempotency-key"]: post.body for post in self.taken}


def read_post(post: Post) -> Received:
    told = json.loads(post.body)
    assert post.headers["idempotency-key"] == f'"{told["key"]}"'
    return Received(**{name: told[name] for name in ("key", "to", "subject", "body", "realm")})


class _Talk(BaseHTTPRequestHandler):
    rules: PageServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        post = Post(
            path=self.path, headers={name.lower(): text for name, text in self.headers.items()}, body=body
        )
        reply = self.rules.faults.popleft() if self.rules.faults else self.rules.well
        self.rules.posts.append(post)
        if reply.takes:
            self.rules.taken.append(post)
        self.close_connection = True
        if not reply.is_dropped:
            with suppress(OSError):
                self._reply(reply)

    def _reply(self, reply: Reply) -> None:
        if reply.drips_head:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self._drip(b"X-More: 1\r\n")
        self.send_response(reply.status)
        for name, text in reply.headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(reply.body)
        if reply.drips_body:
            self._drip(b"more ")

    def _drip(self, drop: bytes) -> None:
        while True:
            self.wfile.write(drop)
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who breaks off is no event here."""


@contextmanager
def running(rules: PageServer) -> Iterator[PageServer]:
    """Let a page take letters until the block ends."""
    server = _Server(("127.0.0.1", 0), type("Talk", (_Talk,), {"rules": rules}))
    if rules.certificate:
        server.socket = rules.certificate.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    rules.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield rules
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
