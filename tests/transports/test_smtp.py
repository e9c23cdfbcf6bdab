"""Do letters go by mail whole, known again, over a line that nobody else reads?"""

import socket
import ssl
import time

import pytest

from baken.errors import LetterRefused, OutsideServiceFailed
from baken.testing.check_transport import Side, Stage, check_lost_answer, check_transport, letter_to, read_as
from baken.transports.smtp import Encryption, Login, Smtp
from tests.transports import mail_server
from tests.transports.certificates import Certificate, certificate_for
from tests.transports.conftest import DESK, SHORT_S, smtp_to
from tests.transports.mail_server import DRIP, DROP, MailServer

LETTER = letter_to(DESK, key="warn.1")
IN_THE_CLEAR = Encryption.NONE_ON_THIS_MACHINE
BEFORE_THE_LETTER = ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "taken"]


def unused_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def test_mail_keeps_what_a_transport_promises(mail: MailServer, trusted: ssl.SSLContext):
    with mail_server.running(MailServer(always={"RCPT": "550 5.1.1 no such user"})) as refusing:
        stage = Stage(
            working=Side(transport=smtp_to(mail.port, trusted), to=DESK),
            refusing=Side(transport=smtp_to(refusing.port, trusted, encryption=IN_THE_CLEAR), to=DESK),
            unreachable=Side(transport=smtp_to(unused_port(), trusted), to=DESK),
            received=mail.received,
        )
        assert check_transport(stage) == ()


@pytest.mark.capability(
    "Delivery of letters at least once, known again by key",
    status="MODELLED",
    authority="a mail server and a page on this machine that take a letter and lose the answer",
)
def test_a_letter_whose_answer_got_lost_is_sent_again_and_known_by_its_key(
    mail: MailServer, trusted: ssl.SSLContext
):
    mail.fail_once("taken", DROP)
    assert check_lost_answer(Side(transport=smtp_to(mail.port, trusted), to=DESK), mail.received) == ()
    assert len(mail.taken) == 3
    assert len(mail.mailbox()) == 1


def test_the_receipt_is_what_the_server_said_last(mail: MailServer, trusted: ssl.SSLContext):
    assert smtp_to(mail.port, trusted).send(LETTER) == "250 2.0.0 Ok: queued as 1"


@pytest.mark.parametrize("step", [*BEFORE_THE_LETTER, "STARTTLS"])
@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("451 4.3.0 come back", OutsideServiceFailed),
        ("550 5.7.1 never", LetterRefused),
        (DROP, OutsideServiceFailed),
        ("not a reply at all", OutsideServiceFailed),
    ],
)
def test_whatever_a_server_answers_is_told_as_what_it_is(step, reply, kind, mail, trusted):
    mail.fail_once(step, reply)
    if step == "EHLO" and reply[0] in "45n":
        # A server that knows no EHLO may know HELO; this one does not, and then nothing is encrypted.
        kind = LetterRefused
    with pytest.raises(kind) as told:
        smtp_to(mail.port, trusted).send(LETTER)
    assert type(told.value) is kind
    assert str(told.value).isprintable()
    if reply[0].isdigit() and step != "EHLO":
        assert reply in str(told.value)
    assert len(mail.taken) == (1 if (step, reply) == ("taken", DROP) else 0)
    # And when it is well again the same letter goes.
    smtp_to(mail.port, trusted).send(LETTER)
    assert mail.received()[-1] == read_as(LETTER)


def test_nothing_is_said_before_the_line_is_private(mail: MailServer, trusted: ssl.SSLContext):
    mail.password = "correct horse"
    login = Login(user="baken", password="correct horse")
    assert smtp_to(mail.port, trusted, login=login).send(LETTER)
    verbs = [line.split(" ")[0].upper() for line in mail.lines]
    assert verbs[:4] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]


def test_a_server_without_starttls_gets_no_letter(trusted: ssl.SSLContext):
    with mail_server.running(MailServer()) as plain:
        with pytest.raises(OutsideServiceFailed, match=r"STARTTLS.*\[smtp\]"):
            smtp_to(plain.port, trusted).send(LETTER)
        assert [line.split(" ")[0].upper() for line in plain.lines] == ["EHLO"]


def test_a_certificate_that_nobody_here_trusts_gets_no_letter(mail: MailServer):
    with pytest.raises(OutsideServiceFailed, match="certificate"):
        smtp_to(mail.port, ssl.create_default_context()).send(LETTER)
    assert mail.taken == []


def test_a_certificate_for_another_address_gets_no_letter(tmp_path):
    other: Certificate = certificate_for("192.0.2.1", tmp_path)
    trusted = ssl.create_default_context(cafile=str(other.ca_file))
    with mail_server.running(MailServer(certificate=other.shown)) as impostor:
        with pytest.raises(OutsideServiceFailed, match="certificate"):
            smtp_to(impostor.port, trusted).send(LETTER)
        assert impostor.taken == []


def test_a_line_can_be_private_from_the_start(certificate: Certificate, trusted: ssl.SSLContext):
    rules = MailServer(certificate=certificate.shown, tls_from_the_start=True)
    with mail_server.running(rules) as private:
        smtp_to(private.port, trusted, encryption=Encryption.TLS).send(LETTER)
        assert private.received() == [read_as(LETTER)]


def test_a_wrong_password_is_refused_and_told_to_nobody(mail: MailServer, trusted: ssl.SSLContext):
    mail.password = "correct horse"
    smtp = smtp_to(mail.port, trusted, login=Login(user="baken", password="battery staple"))
    with pytest.raises(LetterRefused, match="535") as told:
        smtp.send(LETTER)
    assert "staple" not in str(told.value) + repr(smtp)


def test_letters_in_the_clear_stay_on_this_machine_unless_it_is_said_in_so_many_words(
    trusted: ssl.SSLContext,
):
    with pytest.raises(ValueError, match="not this machine"):
        smtp_to(25, trusted, host="mail.example.org", encryption=Encryption.NONE_ON_THIS_MACHINE)
    assert smtp_to(25, trusted, host="mail.example.org", encryption=Encryption.NONE_AND_READABLE)


def test_a_password_never_goes_in_the_clear_over_a_network(trusted: ssl.SSLContext):
    with pytest.raises(ValueError, match="password"):
        smtp_to(
            25,
            trusted,
            host="mail.example.org",
            encryption=Encryption.NONE_AND_READABLE,
            login=Login(user="baken", password="x"),
        )


@pytest.mark.parametrize(
    "to",
    [
        "desk",
        "a@b@c",
        "a@b, c@d",
        "<a@b>",
        "a b@c",
        "é@example.org",
        "a@b> SIZE=1",
        "a@-b",
        "https://x/in",
        "a" * 250 + "@b.nl",
    ],
)
def test_an_address_that_is_none_is_refused_before_anybody_is_called(to, mail, trusted):
    with pytest.raises(LetterRefused, match="no mail address"):
        smtp_to(mail.port, trusted).send(letter_to(to, key="warn.1"))
    assert mail.lines == []


@pytest.mark.parametrize("step", ["greeting", "EHLO", "taken"])
def test_a_server_that_never_comes_to_an_end_holds_nobody(step, mail, trusted):
    mail.fail_once(step, DRIP)
    begun_s = time.monotonic()
    with pytest.raises(OutsideServiceFailed):
        smtp_to(mail.port, trusted, patience_s=0.5).send(LETTER)
    assert time.monotonic() - begun_s < 2.0 * SHORT_S


def test_a_server_that_falls_silent_holds_nobody(trusted: ssl.SSLContext):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp: Smtp = smtp_to(silent.getsockname()[1], trusted, patience_s=0.2)
        with pytest.raises(OutsideServiceFailed, match=r"within 0\.2 s"):
            smtp.send(LETTER)


def test_how_a_server_says_goodbye_does_not_undo_that_it_took_the_letter(
    mail: MailServer, trusted: ssl.SSLContext
):
    mail.fail_once("QUIT", DROP)
    assert smtp_to(mail.port, trusted).send(LETTER).startswith("250")


@pytest.mark.parametrize("offers_others", [True, False])
def test_a_server_that_knows_no_way_to_log_in_is_told_as_that(offers_others, trusted):
    rules = MailServer()
    if offers_others:
        rules.always["EHLO"] = "250-mail.test\r\n250 AUTH PIGEON"
    with mail_server.running(rules) as odd:
        login = Login(user="baken", password="correct horse")
        with pytest.raises(OutsideServiceFailed, match="offers less than is set"):
            smtp_to(odd.port, trusted, encryption=IN_THE_CLEAR, login=login).send(LETTER)
        assert odd.taken == []
