"""A small mail server on this machine: real lines over real sockets, and told to misbehave step by step."""

import base64
import socketserver
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP

from baken.testing.check_transport import Received

DROP = "drop the line"
DRIP = "drip"


@dataclass
class MailServer:
    """What it was told, and what it took.

    ``faults`` gives, for a step (``greeting``, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, ``taken``), what it
    does at its next passages instead of answering well: a reply, or ``DROP``, and ``always`` what it does
    after those.  At ``taken`` the letter is kept before the line drops.
    """

    certificate: ssl.SSLContext | None = None
    tls_from_the_start: bool = False
    offers_starttls: bool = True
    password: str = ""
    faults: dict[str, deque[str]] = field(default_factory=dict)
    always: dict[str, str] = field(default_factory=dict)
    taken: list[bytes] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    port: int = 0

    def fail_once(self, step: str, reply: str) -> None:
        self.faults.setdefault(step, deque()).append(reply)

    def reply_at(self, step: str, well: str) -> str:
        if waiting := self.faults.get(step):
            return waiting.popleft()
        return self.always.get(step, well)

    def received(self) -> list[Received]:
        return [read_message(content) for content in self.taken]

    def mailbox(self) -> dict[str, bytes]:
        """What a mail program shows that throws away what it has already: by Message-ID."""
        return {message_from_bytes(each, policy=SMTP)["Message-ID"]: each for each in self.taken}


def named(content: bytes, header: str, after: str) -> str:
    """Return the name that stands in a header before something, its encoded words joined (RFC 2047, 6.2).

    Python's own newer parser puts spaces between the encoded words of a name.
    """
    raw = message_from_bytes(content)[header]
    return str(make_header(decode_header(raw.removesuffix(after))))


def read_message(content: bytes) -> Received:
    message = message_from_bytes(content, policy=SMTP)
    return Received(
        key=message["Message-ID"].strip("<>").rpartition("@")[0],
        to=named(content, "To", ":;"),
        subject=message["Subject"],
        body=message.get_content().replace("\r\n", "\n"),
        realm=message["X-Baken-Realm"],
    )


class _Talk(socketserver.StreamRequestHandler):
    rules: MailServer
    is_private = False

    def handle(self) -> None:
        if self.rules.tls_from_the_start:
            self._go_private()
        try:
            self._talk()
        except (OSError, _Dropped):
            return

    def _talk(self) -> None:
        self._answer("greeting", "220 mail.test ESMTP")
        while line := self.rfile.readline():
            text = line.decode().rstrip("\r\n")
            self.rules.lines.append(text)
            verb = text.split(" ")[0].upper()
            getattr(self, f"_on_{verb.lower()}", self._on_nothing)(text)
            if verb == "QUIT":
                return

    def _on_ehlo(self, text: str) -> None:
        offers = ["mail.test"]
        if self.rules.certificate and self.rules.offers_starttls and not self.is_private:
            offers.append("STARTTLS")
        if self.rules.password:
            offers.append("AUTH PLAIN")
        *first, last = offers
        self._answer("EHLO", "".join(f"250-{offer}\r\n" for offer in first) + f"250 {last}")

    def _on_starttls(self, text: str) -> None:
        if self._answer("STARTTLS", "220 go ahead").startswith("220"):
            self._go_private()

    def _on_auth(self, text: str) -> None:
        told = base64.b64decode(text.split(" ")[2]).decode().split("\0")
        is_known = told[2] == self.rules.password
        self._answer("AUTH", "235 welcome" if is_known else "535 5.7.8 who are you?")

    def _on_mail(self, text: str) -> None:
        self._answer("MAIL", "250 2.1.0 Ok")

    def _on_rcpt(self, text: str) -> None:
        self._answer("RCPT", "250 2.1.5 Ok")

    def _on_data(self, text: str) -> None:
        if not self._answer("DATA", "354 go on").startswith("354"):
            return
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # cut off half way: nothing was taken
            assert line.endswith(b"\r\n")
            assert len(line) <= 1000, "a line is longer than RFC 5321 allows"
            lines.append(line[1:] if line.startswith(b".") else line)
        reply = self.rules.reply_at("taken", f"250 2.0.0 Ok: queued as {len(self.rules.taken) + 1}")
        if reply[0] in "2" or reply in (DROP, DRIP):
            self.rules.taken.append(b"".join(lines))
        self._say(reply)

    def _on_quit(self, text: str) -> None:
        self._answer("QUIT", "221 bye")

    def _on_nothing(self, text: str) -> None:
        self._say("502 what?")

    def _answer(self, step: str, well: str) -> str:
        reply = self.rules.reply_at(step, well)
        self._say(reply)
        return reply

    def _say(self, reply: str) -> None:
        if reply == DROP:
            raise _Dropped
        if reply == DRIP:
            while True:
                self.wfile.write(b"250-and\r\n")
                time.sleep(0.05)
        self.wfile.write(reply.encode() + b"\r\n")

    def _go_private(self) -> None:
        assert self.rules.certificate
        self.connection = self.rules.certificate.wrap_socket(self.connection, server_side=True)
        self.setup()
        self.is_private = True

    def setup(self) -> None:
        # The first time the line is the one that was called; after the handshake it is the private one.
        self.request = getattr(self, "connection", self.request)
        super().setup()


class _Dropped(Exception):
    """The line goes down."""


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who breaks off a handshake is no event here."""


@contextmanager
def running(rules: MailServer) -> Iterator[MailServer]:
    """Let a mail server take calls until the block ends."""
    server = _Server(("127.0.0.1", 0), type("Talk", (_Talk,), {"rules": rules}))
    rules.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield rules
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
