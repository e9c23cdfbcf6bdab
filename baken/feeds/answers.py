"""What an answer means.  Services say the same thing in many ways, and some say no with a 200."""

import json
from enum import StrEnum


class Verdict(StrEnum):
    """What came back, in the words that decide what happens next."""

    CONTENT = "content"
    UNCHANGED = "unchanged"  # the version that is here is the newest
    ALREADY_GIVEN = "already given"  # this address has had the newest, whether or not it is still here
    LOGGED_OUT = "logged out"
    BUSY = "busy"  # not served; come back later
    BROKEN = "broken"  # something failed over there
    OVERSPENT = "overspent"  # the service counts more requests than it allows
    SHUT = "shut"  # gone, moved or forbidden: for a person to look at
    MISSING = "missing"  # no such page
    NOTHING_FOUND = "nothing found"
    UNUSABLE = "unusable"


class Format(StrEnum):
    """The formats Baken asks for.  TLE is not among them: it cannot carry today's catalogue numbers."""

    CSV = "csv"
    JSON = "json"
    XML = "xml"
    KVN = "kvn"


# How CelesTrak turns down a second download of one selection (with a 403), and Space-Track one query too many
# (with a 500, or with a 200 and an error in JSON).
ALREADY_GIVEN_TEXT = b"has not updated since your last successful"
OVERSPENT_TEXT = b"violated your query rate limit"
NOTHING_FOUND_TEXTS = (b"No GP data found", b"No SupGP data found", b"Invalid query", b"NO RESULTS RETURNED")

_BY_STATUS = {
    304: Verdict.UNCHANGED,
    401: Verdict.LOGGED_OUT,
    404: Verdict.MISSING,
    429: Verdict.BUSY,
    503: Verdict.BUSY,
}


def judge(status: int, head: bytes) -> Verdict:
    """Say what an answer means from its status and where its body begins.

    >>> judge(403, b"GP data has not updated since your last successful download of GROUP=active").value
    'already given'
    >>> judge(200, b'[{"error":"You\\'ve violated your query rate limit."}]').value
    'overspent'
    """
    if OVERSPENT_TEXT in head:
        return Verdict.OVERSPENT
    if status == 403 and ALREADY_GIVEN_TEXT in head:
        return Verdict.ALREADY_GIVEN
    if status == 200:
        return _judge_body(head)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return Verdict.BROKEN if status >= 500 else Verdict.SHUT


def _judge_body(head: bytes) -> Verdict:
    if head.lstrip().startswith(NOTHING_FOUND_TEXTS):
        return Verdict.NOTHING_FOUND
    if ALREADY_GIVEN_TEXT in head:
        return Verdict.ALREADY_GIVEN
    is_page = head.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html"))
    return Verdict.UNUSABLE if is_page else Verdict.CONTENT


def is_failed_login(head: bytes) -> bool:
    """Say whether Space-Track turned a login down; it does so with a 200.

    >>> is_failed_login(b'{"Login": "Failed"}')
    True
    """
    return b'"login":"failed"' in head.replace(b" ", b"").lower()


def what_is_wrong_with(content: bytes, expected: Format) -> str:
    """Return why a body cannot be the whole of what was asked for; empty when nothing shows.

    A body that was cut off, or is not in its format, is never kept.  What it says is for ``formats`` to read.

    >>> what_is_wrong_with(b'[{"OBJECT_NAME": "ISS (ZAR', Format.JSON)
    'it breaks off, or is not JSON'
    """
    match expected:
        case Format.JSON:
            return _wrong_with_json(content)
        case Format.CSV:
            return _wrong_with_csv(content)
        case Format.XML:
            stripped = content.strip()
            whole = stripped.startswith(b"<") and stripped.endswith(b"</ndm>")
            return "" if whole else "it breaks off, or is not an NDM in XML"
        case Format.KVN:
            return _wrong_with_kvn(content)


def _wrong_with_json(content: bytes) -> str:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return "it breaks off, or is not JSON"
    if not isinstance(document, list) or any(not isinstance(row, dict) for row in document):
        return "it is not a list of records"
    errors = [str(row["error"]) for row in document[:1] if "error" in row]
    return f"it holds an error: {errors[0]}" if errors else ""


def _wrong_with_csv(content: bytes) -> str:
    lines = content.splitlines()
    if not lines or b"NORAD_CAT_ID" not in lines[0]:
        return "its first line is not a heading with NORAD_CAT_ID"
    if not content.endswith(b"\n") or lines[-1].count(b",") < lines[0].count(b","):
        return "its last line breaks off"
    return ""


def _wrong_with_kvn(content: bytes) -> str:
    if not content.lstrip().startswith(b"CCSDS_OMM_VERS"):
        return "it does not begin with CCSDS_OMM_VERS"
    last = content.rstrip().rpartition(b"CCSDS_OMM_VERS")[2]
    # MEAN_MOTION_DDOT closes each message of these services; without it the last one was cut.
    return "" if b"MEAN_MOTION_DDOT" in last and content.endswith(b"\n") else "its last message breaks off"
