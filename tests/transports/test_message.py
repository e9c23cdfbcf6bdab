"""Does a letter come out of a message as it went in, whatever stands in it?"""

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from baken.records.letter import LONGEST_KEY, Letter, write_letter
from baken.records.marking import Marking, Realm
from baken.testing.check_transport import read_as
from baken.transports.message import message_of
from tests.transports.mail_server import named, read_message

FROM = "baken@example.org"
# Signs that mean something in a header, and what looks like a header's own way of writing signs.
PIECES = st.sampled_from([*'<>@,;:()"\\ \u00a0\u202f.é🛰=?', "= ?", "a" * 80, "é" * 80, "one two", ""])
WORDS = st.one_of(st.text(min_size=1, max_size=200), st.lists(PIECES, max_size=30).map("".join))
LINE = 998  # octets, RFC 5322, 2.1.1


def letter(**changes: str) -> Letter:
    plain = {
        "key": "warn.1",
        "sender": "Baken",
        "to": "desk@example.org",
        "subject": "Call",
        "text": "Hello.",
    }
    return write_letter(**(plain | changes), realm=Realm.REAL, marking=Marking(), language="en", at_tai_ns=0)


@settings(max_examples=400)
@given(st.fixed_dictionaries({}, optional={"sender": WORDS, "to": WORDS, "subject": WORDS, "text": WORDS}))
def test_a_message_brings_back_every_word_of_a_letter(changes):
    try:
        born = letter(**changes)
    except ValueError:
        reject()
    content = message_of(born, FROM)
    assert read_message(content) == read_as(born)
    assert named(content, "From", f" <{FROM}>") == born.sender
    assert max(map(len, content.split(b"\r\n"))) <= LINE
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_key_stands_in_its_headers_as_it_is():
    key, far = "k" * LONGEST_KEY, "baken@" + ".".join(["d" * 50] * 4)
    lines = message_of(letter(key=key), far).split(b"\r\n")
    assert f"X-Baken-Key: {key}".encode() in lines
    assert f"Message-ID: <{key}@{far.partition('@')[2]}>".encode() in lines
