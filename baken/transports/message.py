"""A letter as a message that mail programs open (RFC 5322), known again by its key."""

import re
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP

from baken.astro.time import utc_text
from baken.records.letter import Letter

# What every server takes: letters and signs without quotes, at a name of a host (RFC 5321, 4.1.2).
SIGN = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
MAILBOX = re.compile(rf"{SIGN}+(?:\.{SIGN}+)*@(?P<domain>{LABEL}(?:\.{LABEL})*)")


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
    Content-Type: text/plain; charset="utf-8"
    Content-Transfer-Encoding: quoted-printable
    MIME-Version: 1.0
    Content-Language: en
    <BLANKLINE>
    Please acknowledge.
    <BLANKLINE>
    [TEST | who may see this: NL: owner only]
    <BLANKLINE>
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(letter.sender, addr_spec=from_address)
    message["To"] = Address(addr_spec=letter.to) if MAILBOX.fullmatch(letter.to) else Group(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = _date(letter.at_tai_ns)
    message["Message-ID"] = f"<{letter.key}@{domain_of(from_address)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    message["X-Baken-Key"] = letter.key
    message["X-Baken-Realm"] = letter.realm.value
    message["X-Baken-Marking"] = letter.marking.text
    message.set_content(letter.body, cte="quoted-printable")
    message["Content-Language"] = letter.language
    return message.as_bytes()


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


def _date(at_tai_ns: int) -> datetime:
    text = utc_text(at_tai_ns, 0)
    # Python's calendar knows no 61st second: a letter of a leap second is dated one second before.
    return datetime.fromisoformat(text.replace(":60Z", ":59Z"))
