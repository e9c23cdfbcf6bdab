"""Letters to a page that takes them: one POST of JSON, signed when a secret is shared, never redirected."""

import hashlib
import hmac
import json
import logging
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import httpx

from baken.astro.time import utc_text
from baken.errors import LetterRefused, OutsideServiceFailed
from baken.formats.toml_table import TomlTable
from baken.records.letter import Letter
from baken.records.marking_forms import marking_document
from baken.transports.answers import one_line
from baken.transports.hosts import is_host, is_loopback
from baken.transports.patience import cut_off_after
from baken.transports.settings import Settings

PATIENCE_S = 60.0
LONGEST_ANSWER_BYTES = 4096
# RFC 9110 and RFC 8470, RFC 6585: of all that is the sender's own fault, these pass by themselves.
MAY_PASS = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A page that takes letters, and the secret by which it knows that they come from here."""

    url: str
    secret: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # Read by what will follow it, so that nobody reads it otherwise.
        try:
            address = httpx.URL(self.url)
        except httpx.InvalidURL as error:
            raise ValueError(f"{self.url} is no address of a page ({error})") from error
        is_reachable = is_host(address.host) and (address.port or 443) in range(1, 65536)
        if not is_reachable or address.scheme not in ("https", "http"):
            raise ValueError(f"a page has an address like https://desk.example.org/in, not {self.url}")
        if address.userinfo:
            raise ValueError("an address holds no name and no password; share a secret instead")
        if address.scheme != "https" and not is_loopback(address.host):
            raise ValueError(f"letters go over https, except on this machine itself; not to {self.url}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """The pages that the settings name, and no other: a letter's address is the address of one of them."""

    receivers: tuple[Receiver, ...]
    certificates: ssl.SSLContext
    patience_s: float = PATIENCE_S
    name: str = "webhook"

    def send(self, letter: Letter) -> str:
        """Post a letter to the page at its address; what the page answers is the receipt.

        The same letter sent again has the same body, signature and ``Idempotency-Key``.

        Raises: OutsideServiceFailed, LetterRefused.
        """
        receiver = next((one for one in self.receivers if one.url == letter.to), None)
        if receiver is None:
            raise LetterRefused(f"{letter.to} is no [[webhook.receiver]] of the settings; add it there")
        content = json_of(letter)
        lines = Lines()
        with (
            _troubles_told(receiver.url),
            self._client() as client,
            cut_off_after(self.patience_s, lines.newest),
        ):
            request = client.build_request(
                "POST",
                receiver.url,
                content=content,
                headers=_headers(letter, content, receiver.secret),
                extensions={"trace": lines.note},
            )
            answer = client.send(request, stream=True)
            try:
                return _receipt(receiver.url, answer)
            finally:
                answer.close()

    def _client(self) -> httpx.Client:
        # At DEBUG the library below writes every header, the signature among them.
        logging.getLogger("httpcore").setLevel(logging.INFO)
        return httpx.Client(
            timeout=self.patience_s,
            follow_redirects=False,
            verify=self.certificates,
            trust_env=False,
            # A packed answer could be of any size.
            headers={"User-Agent": f"Baken/{version('baken')}", "Accept-Encoding": "identity"},
        )


@dataclass(slots=True)
class Lines:
    """The lines that one post opened, as the library below tells of them: bare, and then private."""

    opened: list[socket.socket] = field(default_factory=list)

    def note(self, happened: str, about: Mapping[str, Any]) -> None:
        """Take note of what happened on the way."""
        if happened in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self.opened.append(about["return_value"].get_extra_info("socket"))

    def newest(self) -> socket.socket | None:
        """Return the line on which the answer comes, once there is one."""
        return self.opened[-1] if self.opened else None


def json_of(letter: Letter) -> bytes:
    """Write a letter as JSON; the same letter gives the same bytes."""
    told = {
        "key": letter.key,
        "sender": letter.sender,
        "to": letter.to,
        "subject": letter.subject,
        "body": letter.body,
        "realm": letter.realm.value,
        "marking": marking_document(letter.marking),
        "language": letter.language,
        "at_utc": utc_text(letter.at_tai_ns, 0),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def signature(content: bytes, secret: bytes) -> str:
    """Return what a receiver who shares the secret finds too (RFC 2104, over the bytes of the body).

    >>> signature(b"what do ya want for nothing?", b"Jefe")  # RFC 4231, test case 2
    'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
    """
    return "sha256=" + hmac.new(secret, content, hashlib.sha256).hexdigest()


def _headers(letter: Letter, content: bytes, secret: bytes | None) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        # A string in quotes, as the draft of the IETF has it (draft-ietf-httpapi-idempotency-key-header-07).
        "Idempotency-Key": f'"{letter.key}"',
        "X-Baken-Realm": letter.realm.value,
    }
    return headers if secret is None else headers | {"X-Baken-Signature": signature(content, secret)}


def _receipt(url: str, answer: httpx.Response) -> str:
    told = f"{answer.status_code} {one_line(answer.reason_phrase)}".rstrip()
    if answer.is_success:
        return f"{told}: {_beginning(answer)}".removesuffix(": ")
    raise _no(f"{url} answered {told}", answer)


def _no(told: str, answer: httpx.Response) -> LetterRefused | OutsideServiceFailed:
    if answer.is_redirect:
        elsewhere = one_line(answer.headers.get("location", ""))
        return LetterRefused(f"{told}, and points to {elsewhere}; if that is right, put it in the settings")
    if answer.is_server_error or answer.status_code in MAY_PASS:
        after = one_line(answer.headers.get("retry-after", ""))
        return OutsideServiceFailed(f"{told}; " + (f"Retry-After: {after}" if after else "try again later"))
    return LetterRefused(f"{told}: {_beginning(answer)}; mend what it names, and send it anew")


def _beginning(answer: httpx.Response) -> str:
    # The status has said it all: whatever happens to the rest of the answer changes nothing about that.
    said = b""
    try:
        for part in answer.iter_raw():
            said += part
            if len(said) >= LONGEST_ANSWER_BYTES:
                break
    except httpx.HTTPError as broken:
        said += f" (it broke off: {type(broken).__name__})".encode()
    return one_line(said[:LONGEST_ANSWER_BYTES])


@contextmanager
def _troubles_told(url: str) -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as broken:
        said = one_line(str(broken)) or type(broken).__name__
        raise OutsideServiceFailed(
            f"the line to {url} failed, or brought no whole answer in time ({said}); try again later"
        ) from broken


def open_webhook(settings: Settings) -> Webhook:
    """Return the pages that the settings name; nothing is sent yet.

    Raises: UnreadableInput that names the field.
    """
    receivers = tuple(_receiver(settings, table) for table in settings.table.tables("receiver"))
    if not receivers:
        raise settings.table.refuse(
            "receiver", "nobody takes letters; add a [[webhook.receiver]] with its url"
        )
    return Webhook(
        receivers=receivers,
        certificates=settings.certificates(),
        patience_s=settings.seconds("patience_s", PATIENCE_S),
    )


def _receiver(settings: Settings, table: TomlTable) -> Receiver:
    secret = settings.secret("secret_from", table)
    try:
        receiver = Receiver(url=table.text("url"), secret=secret.encode() if secret else None)
    except ValueError as error:
        raise table.refuse("url", str(error)) from error
    table.refuse_unknown()
    return receiver
