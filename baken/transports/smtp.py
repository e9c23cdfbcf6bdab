"""Letters by mail: handed to one server, over an encrypted line with its certificate checked."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

from baken.errors import LetterRefused, OutsideServiceFailed
from baken.records.letter import Letter
from baken.transports.answers import one_line
from baken.transports.hosts import is_host, is_loopback
from baken.transports.message import MAILBOX, domain_of, message_of
from baken.transports.patience import cut_off_after
from baken.transports.settings import Settings

TAKEN = frozenset({250, 251, 252})
PATIENCE_S = 60.0


class Encryption(StrEnum):
    """How the line to the server is kept private.  STARTTLS begins in the clear and then insists."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE_ON_THIS_MACHINE = "none-on-this-machine"
    NONE_AND_READABLE = "none-and-anybody-on-the-way-can-read-and-change-the-letters"


STANDARD_PORTS = {Encryption.STARTTLS: 587, Encryption.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """By whom the server knows this node."""

    user: str
    password: str = field(repr=False)


class _Patient(smtplib.SMTP):
    """A call in which each answer has to be whole in time; a silence is not all that can hold one up."""

    def getreply(self) -> tuple[int, bytes]:
        with cut_off_after(self.timeout, lambda: self.sock):
            return super().getreply()


class _PatientTls(_Patient, smtplib.SMTP_SSL):
    """The same, private from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server that takes letters for others: the organisation's own."""

    host: str
    port: int
    from_address: str
    encryption: Encryption
    certificates: ssl.SSLContext
    login: Login | None = None
    patience_s: float = PATIENCE_S
    name: str = "smtp"

    def __post_init__(self) -> None:
        if self.encryption is Encryption.NONE_ON_THIS_MACHINE and not is_loopback(self.host):
            raise ValueError(
                f"{self.host} is not this machine: {Encryption.NONE_ON_THIS_MACHINE} is not for it"
            )
        if self.login and self.encryption is Encryption.NONE_AND_READABLE:
            raise ValueError(
                "a password never leaves this machine in the clear; encrypt, or send without one"
            )

    def send(self, letter: Letter) -> str:
        """Hand a letter to the server; what it answers last is the receipt.

        The same letter sent again bears the same Message-ID.

        Raises: OutsideServiceFailed, LetterRefused.
        """
        if not MAILBOX.fullmatch(letter.to):
            raise LetterRefused(f"{letter.to} is no mail address in plain ASCII; mend the contact")
        content = message_of(letter, self.from_address)
        with self._troubles_told(), self._server() as server:
            self._greet(server)
            return self._hand_over(server, letter.to, content)

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        me = domain_of(self.from_address)
        if self.encryption is Encryption.TLS:
            server: smtplib.SMTP = _PatientTls(
                self.host, self.port, me, timeout=self.patience_s, context=self.certificates
            )
        else:
            server = _Patient(self.host, self.port, me, timeout=self.patience_s)
        try:
            yield server
            # The letter was taken; how the server says goodbye changes nothing about that.
            with suppress(OSError):
                server.quit()
        finally:
            server.close()

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self.encryption is Encryption.STARTTLS:
            server.starttls(context=self.certificates)
            server.ehlo()
        if self.login:
            server.login(self.login.user, self.login.password)

    def _hand_over(self, server: smtplib.SMTP, to: str, content: bytes) -> str:
        self._want(server.mail(self.from_address), "the sender")
        self._want(server.rcpt(to), f"the address {to}")
        code, said = answer = server.data(content)
        self._want(answer, "the letter")
        return f"{code} {one_line(said)}"

    def _want(self, answer: tuple[int, bytes], what: str) -> None:
        code, said = answer
        if code not in TAKEN:
            raise self._no(code, said, what)

    def _no(self, code: int, said: bytes | str, what: str) -> LetterRefused | OutsideServiceFailed:
        told = f"{self.host} did not take {what}: {code} {one_line(said)}"
        if 500 <= code < 600:
            return LetterRefused(f"{told}; mend what it names, and send the letter anew")
        return OutsideServiceFailed(f"{told}; try again later")

    @contextmanager
    def _troubles_told(self) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPResponseException as answer:
            raise self._no(answer.smtp_code, answer.smtp_error, "this node's call") from answer
        except ssl.SSLCertVerificationError as bad:
            raise OutsideServiceFailed(
                f"{self.host} shows a certificate that does not hold ({one_line(bad.verify_message)});"
                " see ca_file in [smtp]"
            ) from bad
        except OSError as error:
            raise OutsideServiceFailed(self._trouble(error)) from error

    def _trouble(self, error: OSError) -> str:
        said = one_line(str(error)) or type(error).__name__
        if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
            return f"{self.host} offers less than is set: {said}; see [smtp] in the settings"
        return (
            f"the line to {self.host} failed, or brought no whole answer within {self.patience_s:g} s"
            f" ({said}); try again later"
        )


def open_smtp(settings: Settings) -> Smtp:
    """Return the mail server that the settings name; nothing is sent yet.

    Raises: UnreadableInput that names the field.
    """
    table = settings.table
    encryption = table.one_of("encryption", Encryption, Encryption.STARTTLS)
    password = settings.secret("password_from", table)
    user = table.text("user") if password else table.text("user", "")
    if user and not password:
        raise table.refuse("password_from", "is missing; name the variable in which the password stands")
    host = table.text("host")
    if not is_host(host):
        raise table.refuse(
            "host", f"is {host!r}; write a name like mail.example.org, or an address of numbers"
        )
    port = table.number_if_any("port")
    if port is None:
        port = STANDARD_PORTS.get(encryption, 25)
    if port not in range(1, 65536):
        raise table.refuse("port", f"is {port}; it is a whole number up to 65535")
    try:
        return Smtp(
            host=host,
            port=int(port),
            from_address=settings.mailbox("from"),
            encryption=encryption,
            certificates=settings.certificates(),
            login=Login(user=user, password=password) if password else None,
            patience_s=settings.seconds("patience_s", PATIENCE_S),
        )
    except ValueError as error:
        raise table.refuse("encryption", str(error)) from error
