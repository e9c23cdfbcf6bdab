"""Letters to send, and servers on this machine to send them to."""

import ssl
from collections.abc import Iterator

import pytest

from baken.transports.smtp import Encryption, Smtp
from tests.transports import mail_server, page_server
from tests.transports.certificates import Certificate, certificate_for
from tests.transports.mail_server import MailServer
from tests.transports.page_server import PageServer

DESK = "desk@example.org"
SHORT_S = 2.0


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_for("127.0.0.1", tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def mail(certificate: Certificate) -> Iterator[MailServer]:
    """A mail server that offers STARTTLS."""
    with mail_server.running(MailServer(certificate=certificate.shown)) as rules:
        yield rules


@pytest.fixture
def page() -> Iterator[PageServer]:
    """A page that takes letters, in the clear on this machine."""
    with page_server.running(PageServer()) as rules:
        yield rules


@pytest.fixture
def trusted(certificate: Certificate) -> ssl.SSLContext:
    """What a home trusts whose settings name the certificate of the servers here."""
    return ssl.create_default_context(cafile=str(certificate.ca_file))


def smtp_to(port: int, trusted: ssl.SSLContext, **changes: object) -> Smtp:
    plain: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "from_address": "baken@example.org",
        "encryption": Encryption.STARTTLS,
        "certificates": trusted,
        "patience_s": SHORT_S,
    }
    return Smtp(**(plain | changes))
