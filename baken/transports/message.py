"""A letter as a message that mail programs open (RFC 5322), known again by its key."""

import re
from datetime import datetime
from email import quoprimime
from email.header import Header
from email.utils import format_datetime

from baken.astro.time import utc_text
from baken.records.letter import Letter
from baken.transports.hosts import HOST_NAME

# What every server takes: letters and signs without quotes, at a name of a host (RFC 5321, 4.1.2).
SIGN = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
MAILBOX = re.compile(rf"(?=.{{3,254}}\Z){SIGN}+(?:\.{SIGN}+)*@(?P<domain>{HOST_NAME.pattern})")

# A name that stands for itself in a header, on one line.
ATOMS = re.compile(rf"(?=.{{1,60}}$){SIGN}+(?: {SIGN}+)*")
LONGEST_WORD = 60
EOL = "\r\n"


def message_of(letter: Letter, from_address: str) -> bytes:
    r"""Write a letter as a message from an address of this node; the same letter gives the same bytes.

    Whoever is no mail address stands in it by name: a group without members (RFC 5322, 3.4).

    >>> from baken.records.letter import write_letter
    >>> from baken.records.marking import Marking, Realm
    >>> letter = write_letter(key="warn.1", sender="Baken NL", to="duty desk", subject="Test call",
    ...     text="Please acknowledge.", realm=Realm.TEST, marking=Marking(owner="NL"), language="en",
    ...     at_tai_ns=0)
    >>> print(message_of(letter, "baken@example.org").decode().replace("\r", ""))
    From: Baken NL <baken@example.org>
    To: duty desk:;
    Subject: TEST TEST TEST: Test call
    Date: Fri, 31 Dec 1999 23:59:28 +0000
    Message-ID: <warn.1@example.org>
    Auto-Submitted: auto-generated
    X-Baken-Key: warn.1
    X-Baken-Realm: TEST
    X-Baken-Marking: NL: owner only
    MIME-Version: 1.0
    Content-Type: text/plain; charset="utf-8"
    Content-Transfer-Encoding: quoted-printable
    Content-Language: en
    <BLANKLINE>
    Please acknowledge.
    <BLANKLINE>
    [TEST | who may see this: NL: owner only]
    <BLANKLINE>
    """
    to = letter.to if MAILBOX.fullmatch(letter.to) else f"{_phrase('To', letter.to)}:;"
    headers = {
        "From": f"{_phrase('From', letter.sender)} <{from_address}>",
        "To": to,
        "Subject": _words("Subject", letter.subject),
        "Date": _date(letter.at_tai_ns),
        "Message-ID": f"<{letter.key}@{domain_of(from_address)}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notice answers it
        "X-Baken-Key": letter.key,
        "X-Baken-Realm": letter.realm.value,
        "X-Baken-Marking": _words("X-Baken-Marking", letter.marking.text),
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "Content-Language": letter.language,
    }
    head = "".join(f"{name}: {text}{EOL}" for name, text in headers.items())
    # It wants bytes as a text of 256 signs.
    body = quoprimime.body_encode(letter.body.encode().decode("latin-1"), eol=EOL)
    return (head + EOL + body).encode("ascii")


def domain_of(mailbox: str) -> str:
    """Return the host in a mail address.

    Raises: ValueError when it is no mail address.

    >>> domain_of("baken@example.org")
    'example.org'
    """
    match = MAILBOX.fullmatch(mailbox)
    if match is None:
        raise ValueError(f"a mail address reads like desk@example.org, in plain ASCII; not {mailbox!r}")
    return match["domain"]


def _words(name: str, text: str) -> str:
    # Long words cannot be folded and signs beyond ASCII cannot stand there: RFC 2047 helps with both.
    is_plain = text.isascii() and all(len(word) <= LONGEST_WORD for word in text.split(" "))
    return Header(text, "us-ascii" if is_plain else "utf-8", header_name=name).encode(linesep=EOL)


def _phrase(name: str, text: str) -> str:
    # Rather than quoting, which readers disagree about.
    return text if ATOMS.fullmatch(text) else Header(text, "utf-8", header_name=name).encode(linesep=EOL)


def _date(at_tai_ns: int) -> str:
    text = utc_text(at_tai_ns, 0)
    # Python's calendar knows no 61st second: a letter of a leap second is dated one second before.
    return format_datetime(datetime.fromisoformat(text.replace(":60Z", ":59Z")))
