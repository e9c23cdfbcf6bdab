"""Does a letter leave only by the ways its home names, and does a mistake in the file name its place?"""

from pathlib import Path

import pytest

from baken.errors import LetterRefused, OutsideServiceFailed, UnreadableInput
from baken.testing.check_transport import letter_to, read_as
from baken.transports.smtp import Encryption, Smtp
from baken.transports.webhook import Webhook
from baken.wiring.networks import KILL_SWITCH
from baken.wiring.transports import FILE, Switched, open_transports
from tests.transports import page_server
from tests.transports.page_server import PageServer

WHOLE = """
[folder]
path = "outbox"
from = "baken@example.org"

[smtp]
host = "mail.example.org"
from = "baken@example.org"
user = "baken"
password_from = "MAIL_PASSWORD"

[webhook]
patience_s = 5

[[webhook.receiver]]
url = "https://desk.example.org/in"
secret_from = "DESK_SECRET"
"""


def home_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    (tmp_path / "outbox").mkdir(exist_ok=True)
    return tmp_path


@pytest.fixture
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "correct horse")
    monkeypatch.setenv("DESK_SECRET", "battery staple")


def test_a_home_without_the_file_has_no_way_out(tmp_path: Path):
    assert open_transports(tmp_path) == {}


@pytest.mark.usefixtures("_secrets")
def test_a_home_has_the_ways_it_names(tmp_path: Path):
    ways = open_transports(home_with(tmp_path, WHOLE))
    assert list(ways) == ["folder", "smtp", "webhook"]
    assert [way.name for way in ways.values()] == list(ways)
    switched = ways["smtp"]
    assert isinstance(switched, Switched)
    smtp = switched.transport
    assert isinstance(smtp, Smtp)
    assert (smtp.port, smtp.encryption) == (587, Encryption.STARTTLS)
    assert smtp.login is not None
    assert smtp.login.password == "correct horse"
    posting = ways["webhook"]
    assert isinstance(posting, Switched)
    assert isinstance(posting.transport, Webhook)
    assert posting.transport.receivers[0].secret == b"battery staple"
    assert "horse" not in repr(ways)
    assert "staple" not in repr(ways)


def test_a_folder_of_the_home_takes_letters(tmp_path: Path):
    home = home_with(tmp_path, '[folder]\npath = "outbox"\nfrom = "baken@example.org"\n')
    open_transports(home)["folder"].send(letter_to("desk@example.org", key="warn.1"))
    assert (home / "outbox" / "warn.1.eml").exists()


SMTP = '[smtp]\nhost = "mail.example.org"\nfrom = "baken@example.org"\n'
ADDRESS = '[webhook]\n[[webhook.receiver]]\nurl = "https://desk.example.org/in"\n'
MISTAKES = {
    "this is no TOML": "[smtp",
    "pigeon: no such transport; there are folder, smtp, webhook": "[pigeon]\n",
    "smtp: is no table": "smtp = 3\n",
    "folder path: is missing": '[folder]\nfrom = "baken@example.org"\n',
    "folder from: is 'baken'; a mail address reads like": '[folder]\npath = "x"\nfrom = "baken"\n',
    "folder colour: no such field": '[folder]\npath = "x"\nfrom = "b@example.org"\ncolour = "red"\n',
    "smtp host: is missing": '[smtp]\nfrom = "baken@example.org"\n',
    "smtp host: is 'mail..example.org'": SMTP.replace("mail.", "mail.."),
    "smtp port: is 70000": SMTP + "port = 70000\n",
    "smtp port: is 0": SMTP + "port = 0\n",
    "smtp port: is '25'; write a number": SMTP + 'port = "25"\n',
    "smtp password: no such field": SMTP + 'password = "correct horse"\n',
    "smtp password_from: the environment holds no NOT_SET": SMTP + 'user = "b"\npassword_from = "NOT_SET"\n',
    "smtp user: is missing": SMTP + 'password_from = "DESK_SECRET"\n',
    "smtp password_from: is missing": SMTP + 'user = "baken"\n',
    "smtp encryption: is 'none'; it is one of": SMTP + 'encryption = "none"\n',
    "smtp encryption: mail.example.org is not this machine": SMTP + 'encryption = "none-on-this-machine"\n',
    "smtp encryption: a password never": SMTP
    + 'encryption = "none-and-anybody-on-the-way-can-read-and-change-the-letters"\n'
    + 'user = "baken"\npassword_from = "DESK_SECRET"\n',
    "smtp ca_file: holds no certificates": SMTP + 'ca_file = "not-there.pem"\n',
    "smtp patience_s: is 0.0": SMTP + "patience_s = 0\n",
    "webhook receiver: nobody takes letters": "[webhook]\n",
    "webhook [[receiver]] 1 url: letters go over https": ADDRESS.replace("https", "http"),
    "webhook [[receiver]] 1 url: an address holds no name": ADDRESS.replace("desk.", "me:x@desk."),
    "webhook [[receiver]] 1 secret: no such field": ADDRESS + 'secret = "battery staple"\n',
    "webhook [[receiver]] 1 secret_from: the environment holds no NOT_SET": ADDRESS
    + 'secret_from = "NOT_SET"\n',
}


@pytest.mark.usefixtures("_secrets")
@pytest.mark.parametrize("complaint", MISTAKES)
def test_a_mistake_in_the_file_names_file_table_and_field(complaint, tmp_path):
    with pytest.raises(UnreadableInput) as told:
        open_transports(home_with(tmp_path, MISTAKES[complaint]))
    assert str(told.value).startswith(f"{tmp_path / FILE}: {complaint}")
    assert "horse" not in str(told.value)


def test_nothing_leaves_by_network_while_the_switch_is_thrown(tmp_path: Path):
    with page_server.running(PageServer()) as page:
        text = (
            f'[webhook]\n[[webhook.receiver]]\nurl = "{page.url}"\n[folder]\npath = "outbox"\nfrom = "b@x"\n'
        )
        ways = open_transports(home_with(tmp_path, text))
        letter = letter_to(page.url, key="warn.1")
        (tmp_path / KILL_SWITCH).write_text("because\n")
        with pytest.raises(OutsideServiceFailed, match=KILL_SWITCH):
            ways["webhook"].send(letter)
        assert page.posts == []
        assert ways["folder"].send(letter)
        (tmp_path / KILL_SWITCH).unlink()
        ways["webhook"].send(letter)
        assert page.received() == [read_as(letter)]


def test_opening_sends_nothing_and_a_stranger_is_refused_by_name(tmp_path: Path):
    with page_server.running(PageServer()) as page:
        ways = open_transports(home_with(tmp_path, f'[webhook]\n[[webhook.receiver]]\nurl = "{page.url}"\n'))
        with pytest.raises(LetterRefused, match="receiver"):
            ways["webhook"].send(letter_to("https://stranger.example.org/in", key="warn.1"))
        assert page.posts == []
