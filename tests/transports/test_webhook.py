"""Are letters posted whole, signed, known again by their key, to the page that was named and to no other?"""

import hashlib
import hmac
import json
import ssl
import time

import pytest

from baken.errors import LetterRefused, OutsideServiceFailed
from baken.testing.check_transport import Side, Stage, check_lost_answer, check_transport, letter_to, read_as
from baken.transports.webhook import Receiver, Webhook
from tests.transports import page_server
from tests.transports.conftest import SHORT_S
from tests.transports.page_server import PageServer, Reply
from tests.transports.test_smtp import unused_port

LOST = Reply(takes=True, is_dropped=True)
SECRET = "correct horse battery staple"


def webhook_to(url: str, trusted: ssl.SSLContext, secret: str = "", patience_s: float = SHORT_S) -> Webhook:
    receiver = Receiver(url=url, secret=secret.encode() or None)
    return Webhook(receivers=(receiver,), certificates=trusted, patience_s=patience_s)


def side(url: str, trusted: ssl.SSLContext) -> Side:
    return Side(transport=webhook_to(url, trusted), to=url)


def test_a_page_keeps_what_a_transport_promises(page: PageServer, trusted: ssl.SSLContext):
    with page_server.running(PageServer(well=Reply(status=410, body=b"we have moved on"))) as refusing:
        stage = Stage(
            working=side(page.url, trusted),
            refusing=side(refusing.url, trusted),
            unreachable=side(f"http://127.0.0.1:{unused_port()}/in", trusted),
            received=page.received,
        )
        assert check_transport(stage) == ()


@pytest.mark.capability(
    "Delivery of letters at least once, known again by key",
    status="MODELLED",
    authority="a mail server and a page on this machine that take a letter and lose the answer",
)
def test_a_letter_whose_answer_got_lost_is_posted_again_and_known_by_its_key(page, trusted):
    page.faults.append(LOST)
    assert check_lost_answer(side(page.url, trusted), page.received) == ()
    assert len(page.taken) == 3
    assert len(page.mailbox()) == 1


def test_the_receipt_is_what_the_page_answered(page: PageServer, trusted: ssl.SSLContext):
    assert webhook_to(page.url, trusted).send(letter_to(page.url, key="warn.1")) == "202 Accepted: taken"


def refusal(page: PageServer, trusted: ssl.SSLContext, reply: Reply) -> LetterRefused | OutsideServiceFailed:
    page.faults.append(reply)
    with pytest.raises((LetterRefused, OutsideServiceFailed)) as told:
        webhook_to(page.url, trusted).send(letter_to(page.url, key="warn.1"))
    assert str(told.value).isprintable()
    assert page.taken == []
    return told.value


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422, 300, 301, 302, 303, 304, 307, 308])
def test_a_no_for_good_is_told_as_one(status, page, trusted):
    told = refusal(page, trusted, Reply(status=status, body=b"no field \x1b[31m sender"))
    assert isinstance(told, LetterRefused)
    assert str(status) in str(told)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_told_as_that(status, page, trusted):
    told = refusal(page, trusted, Reply(status=status))
    assert isinstance(told, OutsideServiceFailed)
    assert str(status) in str(told)


def test_the_wait_a_page_asks_for_is_told(page: PageServer, trusted: ssl.SSLContext):
    told = refusal(page, trusted, Reply(status=503, headers=(("Retry-After", "120"),)))
    assert "Retry-After: 120" in str(told)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_letter_follows_a_redirect(status, page, trusted):
    with page_server.running(PageServer()) as elsewhere:
        told = refusal(page, trusted, Reply(status=status, headers=(("Location", elsewhere.url),)))
        assert elsewhere.url in str(told)
        assert elsewhere.posts == []
    assert len(page.posts) == 1


def test_a_shared_secret_signs_the_very_bytes_that_are_sent(page: PageServer, trusted: ssl.SSLContext):
    webhook_to(page.url, trusted, SECRET).send(letter_to(page.url, key="warn.1"))
    post = page.taken[0]
    expected = hmac.new(SECRET.encode(), post.body, hashlib.sha256).hexdigest()
    assert post.headers["x-baken-signature"] == f"sha256={expected}"
    assert SECRET.encode() not in post.body
    assert SECRET not in str(post.headers)


def test_the_same_letter_is_the_same_bytes_under_the_same_key(page: PageServer, trusted: ssl.SSLContext):
    letter = letter_to(page.url, key="warn.1")
    for _ in range(2):
        webhook_to(page.url, trusted, SECRET).send(letter)
    first, second = page.taken
    assert (first.body, first.headers) == (second.body, second.headers)
    assert first.headers["idempotency-key"] == '"warn.1"'


def test_a_post_says_all_of_a_letter(page: PageServer, trusted: ssl.SSLContext):
    letter = letter_to(page.url, key="warn.1")
    webhook_to(page.url, trusted).send(letter)
    assert page.received() == [read_as(letter)]
    told = json.loads(page.taken[0].body)
    assert told["marking"] == {"owner": "NL", "releasable_to": ["EU", "NL"]}
    assert (told["sender"], told["language"], told["at_utc"]) == (
        letter.sender,
        "nl",
        "1999-12-31T23:59:28Z",
    )
    assert "x-baken-signature" not in page.taken[0].headers


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example.org/in",
        "http://10.0.0.1/in",
        "http://localhost.example.org/in",
        "http://127.0.0.1.example.org/in",
        "ftp://127.0.0.1/in",
        "https:///in",
        "desk.example.org/in",
        "https://a..b.example.org/in",
        "https://desk.example.org:99999/in",
        "https://desk.example.org\n/in",
        "http://127.0.0.1\\@desk.example.org/in",
        "https://name:word@desk.example.org/in",
        "http://127.0.0.1@desk.example.org/in",
    ],
)
def test_a_page_that_is_not_reached_over_https_is_no_receiver(url):
    with pytest.raises(ValueError, match=r"https|password|no address"):
        Receiver(url=url)


@pytest.mark.parametrize("url", ["https://desk.example.org/in", "http://127.0.0.1:80/in", "http://[::1]/in"])
def test_https_and_this_machine_itself_are_receivers(url):
    assert Receiver(url=url).url == url


def test_a_page_that_no_setting_names_gets_nothing(page: PageServer, trusted: ssl.SSLContext):
    with pytest.raises(LetterRefused, match="of the settings"):
        webhook_to("https://desk.example.org/in", trusted).send(letter_to(page.url, key="warn.1"))
    assert page.posts == []


def test_a_certificate_is_checked(certificate, trusted):
    with page_server.running(PageServer(certificate=certificate.shown)) as page:
        letter = letter_to(page.url, key="warn.1")
        with pytest.raises(OutsideServiceFailed, match="CERTIFICATE"):
            webhook_to(page.url, ssl.create_default_context()).send(letter)
        assert page.posts == []
        assert webhook_to(page.url, trusted).send(letter)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [(Reply(drips_head=True), OutsideServiceFailed), (Reply(status=400, drips_body=True), LetterRefused)],
)
def test_a_page_that_never_comes_to_an_end_holds_nobody(reply, kind, page, trusted):
    page.faults.append(reply)
    begun_s = time.monotonic()
    with pytest.raises(kind):
        webhook_to(page.url, trusted, patience_s=0.5).send(letter_to(page.url, key="warn.1"))
    assert time.monotonic() - begun_s < SHORT_S


def test_a_large_answer_is_read_only_at_its_beginning(page: PageServer, trusted: ssl.SSLContext):
    page.faults.append(Reply(body=b"x" * 50_000_000, takes=True))
    receipt = webhook_to(page.url, trusted).send(letter_to(page.url, key="warn.1"))
    assert receipt.startswith("200 OK: xxx")
    assert len(receipt) < 300


def test_an_answer_that_breaks_off_after_its_status_is_still_an_answer(page, trusted):
    page.faults.append(Reply(headers=(("Content-Length", "500"),), takes=True))
    receipt = webhook_to(page.url, trusted).send(letter_to(page.url, key="warn.1"))
    assert receipt.startswith("200 OK: thank you")


def test_a_page_that_answers_no_http_is_told_as_failed(trusted: ssl.SSLContext, mail):
    url = f"http://127.0.0.1:{mail.port}/in"
    with pytest.raises(OutsideServiceFailed):
        webhook_to(url, trusted, patience_s=0.3).send(letter_to(url, key="warn.1"))


def test_secrets_are_in_no_picture_of_a_transport(trusted: ssl.SSLContext):
    assert SECRET not in repr(webhook_to("https://desk.example.org/in", trusted, SECRET))
