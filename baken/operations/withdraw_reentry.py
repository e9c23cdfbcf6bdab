"""Withdraw a re-entry: take back an alert and all it stood for, and the entries it put in calendars."""

from dataclasses import dataclass

from baken.errors import WrongUsage
from baken.formats.cap import Alert, AlertWords, MessageType, write_cap
from baken.formats.cap_reading import SentAlert
from baken.formats.icalendar import CalendarEntry, write_icalendar
from baken.report.reentry_life import OBJECT, WHAT, uid_of
from baken.report.reentry_products import CAP_LANGUAGES
from baken.report.words import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What takes an alert back: a name, and each text by the end of a file's name."""

    message_id: str
    texts: tuple[tuple[str, bytes], ...]


def withdraw_reentry(sent: SentAlert, because: str, *, now_tai_ns: int, language: str) -> Withdrawal:
    """Return a cancel of an alert and of every one before it, in its own world and under its own label.

    Raises: WrongUsage for one that was itself a cancel, is not older, or tells no object.
    """
    if sent.message_type is MessageType.CANCEL:
        raise WrongUsage(f"{sent.identifier} took everything back already; there is nothing left to withdraw")
    if not sent.told(OBJECT):
        raise WrongUsage(
            f"{sent.identifier} tells no {OBJECT}; name an alert of a re-entry as Baken wrote it"
        )
    if sent.sent_tai_ns >= now_tai_ns:
        raise WrongUsage(f"{sent.identifier} was sent at {sent.sent}, which is yet to come; check the clock")
    message_id = f"{sent.identifier}-cancel"
    entries = _entries(sent, because, Speech(language))
    calendar = write_icalendar(entries, made_tai_ns=now_tai_ns, realm=sent.realm, marking=sent.marking)
    alert = _alert(sent, message_id, because, now_tai_ns)
    return Withdrawal(message_id=message_id, texts=(("cap.xml", write_cap(alert)), ("ics", calendar)))


def _alert(sent: SentAlert, message_id: str, because: str, now_tai_ns: int) -> Alert:
    return Alert(
        identifier=message_id,
        sender=sent.sender,
        sent_tai_ns=now_tai_ns,
        onset_tai_ns=now_tai_ns,
        expires_tai_ns=max(sent.expires_tai_ns, now_tai_ns),
        urgency="Past",
        severity="Minor",
        certainty="Observed",
        response="AllClear",
        words=tuple(_words(sent, because, Speech(short), tag) for short, tag in CAP_LANGUAGES),
        geocodes=sent.geocodes,
        parameters=tuple((name, sent.told(name)) for name in (OBJECT, WHAT)),
        message_type=MessageType.CANCEL,
        references=sent.references,
        realm=sent.realm,
        marking=sent.marking,
    )


def _words(sent: SentAlert, because: str, say: Speech, tag: str) -> AlertWords:
    what = sent.told(WHAT)
    return AlertWords(
        language=tag,
        event=say("reentry.event"),
        headline=say("reentry.withdrawn", what=what),
        description=say("reentry.withdrawn.body", what=what, because=because),
        instruction=say("reentry.withdrawn.act"),
        area=say("reentry.withdrawn.area"),
    )


def _entries(sent: SentAlert, because: str, say: Speech) -> list[CalendarEntry]:
    """Return every entry the alert's calendar had, cancelled."""
    keys = ["window", *(f"{kind}:{code}" for kind, code in sent.geocodes)]
    return [
        CalendarEntry(
            uid=uid_of(sent.realm, sent.told(OBJECT), key),
            summary=say("reentry.withdrawn", what=sent.told(WHAT)),
            start_tai_ns=sent.onset_tai_ns,
            end_tai_ns=sent.expires_tai_ns,
            description=because,
            is_cancelled=True,
        )
        for key in keys
    ]
