"""One request, and its answer on disk.  Bounded in time and size; certificates checked; never redirected."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.errors import OutsideServiceFailed, WrongUsage
from baken.feeds.files import FOR_ITS_OWNER

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
HEAD_BYTES = 4096
LONGEST_WAIT_S = 30 * 86_400.0  # a service that asks for more has said something else


class NeverReached(OutsideServiceFailed):
    """The service was not reached: it cannot have counted the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long an answer may take, and how large it may be once unpacked."""

    connect_s: float = 10.0
    read_s: float = 30.0
    whole_s: float = 300.0
    max_bytes: int = 300_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form that is posted.  Its value may be a secret and is never shown."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the service called the version that is already here."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> Iterator[tuple[str, str]]:
        if self.etag:
            yield "If-None-Match", self.etag
        if self.last_modified:
            yield "If-Modified-Since", self.last_modified


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.  The body lies in ``path``; ``head`` is where it begins."""

    status: int
    head: bytes
    path: Path
    validators: Validators
    retry_after_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A way to one host, and to no other."""

    client: httpx.Client
    bounds: Bounds
    now_tai_ns: Callable[[], int]

    def get(self, url: str, validators: Validators, into: Path) -> Answer:
        """Ask for a page, unless it is still the version that is already here."""
        return self._send(self.client.build_request("GET", url, headers=list(validators.headers())), into)

    def post(self, url: str, form: tuple[FormField, ...], into: Path) -> Answer:
        """Post a form."""
        fields = {one.name: one.value for one in form}
        return self._send(self.client.build_request("POST", url, data=fields), into)

    @property
    def has_session(self) -> bool:
        return len(self.client.cookies) > 0

    def forget_session(self) -> None:
        """Drop what the host gave to be known by."""
        self.client.cookies.clear()

    def _send(self, request: httpx.Request, into: Path) -> Answer:
        with self._failures_named(request.url.host):
            response = self.client.send(request, stream=True)
            try:
                head = self._stream(response, into)
            finally:
                response.close()
        return Answer(
            status=response.status_code,
            head=head,
            path=into,
            validators=Validators(
                etag=_plain(response.headers.get("etag")),
                last_modified=_plain(response.headers.get("last-modified")),
            ),
            retry_after_s=retry_after_s(response.headers),
        )

    def _stream(self, response: httpx.Response, into: Path) -> bytes:
        into.parent.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        deadline_tai_ns = self.now_tai_ns() + int(self.bounds.whole_s * NANOSECONDS_A_SECOND)
        n_bytes, head = 0, b""
        with into.open("wb") as file:
            for chunk in response.iter_bytes():
                n_bytes += len(chunk)
                if n_bytes > self.bounds.max_bytes:
                    raise OutsideServiceFailed(
                        f"the answer is larger than {self.bounds.max_bytes} bytes; ask for less"
                    )
                # A read time-out alone lets a host that drips a byte a second hold the line for ever.
                if self.now_tai_ns() > deadline_tai_ns:
                    raise OutsideServiceFailed(
                        f"the answer took longer than {self.bounds.whole_s:.0f} s; ask for less, or later"
                    )
                head += chunk[: HEAD_BYTES - len(head)]
                file.write(chunk)
        return head

    @contextmanager
    def _failures_named(self, host: str) -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
            raise NeverReached(f"{host} was not reached ({problem}); check the connection") from problem
        except httpx.TimeoutException as problem:
            raise OutsideServiceFailed(f"{host} went silent; try again later") from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise OutsideServiceFailed(
                f"{host} broke off its answer ({problem}); try again later"
            ) from problem


def open_line(
    base_url: str, *, user_agent: str, now_tai_ns: Callable[[], int], bounds: Bounds, proxy: str | None = None
) -> Line:
    """Open a line to a service.  No packet leaves before the first request.

    Neither proxies nor passwords are taken from the environment: a proxy is named by the caller.

    Raises: WrongUsage when the address is not HTTPS, except on this machine itself.
    """
    address = urlsplit(base_url)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise WrongUsage(f"a catalogue service is asked over https; this address is {base_url}")
    # At DEBUG the library below writes every header it receives, the session's cookie among them.
    logging.getLogger("httpcore").setLevel(logging.INFO)
    client = httpx.Client(
        base_url=base_url,
        headers={"User-Agent": user_agent},
        timeout=httpx.Timeout(bounds.read_s, connect=bounds.connect_s),
        # Hours pass between requests: no connection is kept waiting for the next.
        limits=httpx.Limits(max_keepalive_connections=0),
        follow_redirects=False,
        verify=True,
        trust_env=False,
        proxy=proxy,
    )
    return Line(client=client, bounds=bounds, now_tai_ns=now_tai_ns)


def _plain(text: str | None) -> str | None:
    # It goes back in a header of ours: what could not stand there is not kept.
    return text if text and text.isascii() and text.isprintable() else None


def retry_after_s(headers: httpx.Headers) -> float | None:
    """Return how long to wait.  A date is read against the host's own clock, beside it in the answer."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT_S)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return min(max(0.0, wait.total_seconds()), LONGEST_WAIT_S)
