"""Instants as people read them: the month by its name, for 07-08 is July to one and August to another."""

from baken.astro.time import utc_text
from baken.report.words import Speech

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
}
SHORTENED_OTHERWISE = {"maart": "mrt"}


def minute_text(epoch_tai_ns: int, say: Speech) -> str:
    """Return an instant to the minute, in UTC.

    >>> minute_text(0, Speech("nl"))
    '31 december 1999 23:59 UTC'
    """
    year, month, day, clock = _parts(epoch_tai_ns)
    return f"{day} {MONTHS[say.language][month - 1]} {year} {clock} UTC"


def short_minute_text(epoch_tai_ns: int, say: Speech) -> str:
    """Return an instant to the minute where year and zone are said beside it.

    >>> short_minute_text(0, Speech("en"))
    '31 Dec 23:59'
    """
    return f"{short_day_text(epoch_tai_ns, say)} {_parts(epoch_tai_ns)[3]}"


def short_day_text(epoch_tai_ns: int, say: Speech) -> str:
    """Return the day of an instant.

    >>> short_day_text(0, Speech("nl"))
    '31 dec'
    """
    _, month, day, _ = _parts(epoch_tai_ns)
    name = MONTHS[say.language][month - 1]
    return f"{day} {SHORTENED_OTHERWISE.get(name, name[:3])}"


def _parts(epoch_tai_ns: int) -> tuple[int, int, int, str]:
    text = utc_text(epoch_tai_ns, 0)
    return int(text[:4]), int(text[5:7]), int(text[8:10]), text[11:16]
