"""An alert in the Common Alerting Protocol 1.2, which warning systems pass on unread.

Its status comes from the realm and from nothing else: only the real world is Actual.

Source: OASIS CAP-V1.2 (2010), 3.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from lxml import etree

from baken.astro.arrays import Floats
from baken.astro.time import utc_text
from baken.errors import WrongUsage
from baken.formats._date_line import polygon_pieces_deg
from baken.records.marking import Marking, Realm

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
STATUS = {Realm.REAL: "Actual", Realm.EXERCISE: "Exercise", Realm.TEST: "Test", Realm.SIMULATED: "Test"}
# Who forwards alerts often takes no more corners than these in one polygon.
MOST_CORNERS = 100
PUBLIC = "PUBLIC"
FORBIDDEN = set(" ,<&")  # in an identifier and a sender, of which references are made


class MessageType(StrEnum):
    """What an alert does to the ones before it: nothing, takes their place, or takes them back."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


Element = etree._Element
NAMESPACES: dict[str, str] = {None: NAMESPACE}  # type: ignore[dict-item]  # lxml's own way to say: no prefix
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """What an alert says in one language (a tag like nl-NL)."""

    language: str
    event: str
    headline: str
    description: str
    instruction: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alert:
    """One alert, in as many languages as it has words.

    ``severity``, ``certainty`` and ``response`` are words of CAP's own lists.  Each of ``rings_rad`` is
    (n, 2), longitude and latitude.  ``geocodes`` name the areas it is for, each by whose code and the code.
    An update and a cancel name in ``references`` every earlier alert they stand for.
    """

    identifier: str
    sender: str
    sent_tai_ns: int
    onset_tai_ns: int
    expires_tai_ns: int
    urgency: str
    severity: str
    certainty: str
    words: tuple[AlertWords, ...]
    response: str = "None"
    rings_rad: tuple[Floats, ...] = ()
    geocodes: Words = ()
    parameters: Words = ()
    message_type: MessageType = MessageType.ALERT
    references: tuple[str, ...] = ()
    realm: Realm = Realm.REAL
    marking: Marking = field(default_factory=Marking)

    def __post_init__(self) -> None:
        if bool(self.references) != (self.message_type is not MessageType.ALERT):
            raise ValueError("an update or a cancel refers to what was sent before, a first alert to nothing")


def write_cap(alert: Alert) -> bytes:
    """Write an alert: public only where its marking names PUBLIC, else restricted to whom it names.

    Raises: WrongUsage for an identifier or a sender with a space, a comma, < or & in it, which CAP forbids.
    """
    for text in (alert.identifier, alert.sender):
        if not text or set(text) & FORBIDDEN:
            raise WrongUsage(f"CAP takes no space, comma, < or & in an identifier or a sender: {text!r}")
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap=NAMESPACES)
    for name, text in _head(alert):
        _child(root, name, text)
    for words in alert.words:
        _info(root, alert, words)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _head(alert: Alert) -> Iterator[tuple[str, str]]:
    is_public = PUBLIC in alert.marking.releasable_to
    yield "identifier", alert.identifier
    yield "sender", alert.sender
    yield "sent", cap_time(alert.sent_tai_ns)
    yield "status", STATUS[alert.realm]
    yield "msgType", alert.message_type
    yield "scope", "Public" if is_public else "Restricted"
    if not is_public:
        yield "restriction", alert.marking.whole.text
    yield "note", f"{alert.realm} / {alert.marking.whole.text}"
    if alert.references:
        yield "references", " ".join(alert.references)


def _info(root: Element, alert: Alert, words: AlertWords) -> None:
    info = _child(root, "info")
    front = "" if alert.realm is Realm.REAL else f"{alert.realm}: "
    for name, text in (
        ("language", words.language),
        ("category", "Safety"),
        ("category", "Transport"),
        ("event", words.event),
        ("responseType", alert.response),
        ("urgency", alert.urgency),
        ("severity", alert.severity),
        ("certainty", alert.certainty),
        ("effective", cap_time(alert.sent_tai_ns)),
        ("onset", cap_time(alert.onset_tai_ns)),
        ("expires", cap_time(alert.expires_tai_ns)),
        ("headline", front + words.headline),
        ("description", front + words.description),
        ("instruction", words.instruction),
    ):
        _child(info, name, text)
    for name, value in (*alert.parameters, ("realm", alert.realm), ("marking", alert.marking.whole.text)):
        parameter = _child(info, "parameter")
        _child(parameter, "valueName", name)
        _child(parameter, "value", value)
    area = _child(info, "area")
    _child(area, "areaDesc", words.area)
    for ring_rad in alert.rings_rad:
        for piece in polygon_pieces_deg((ring_rad,)):
            _child(area, "polygon", _polygon(piece[0]))
    for name, value in alert.geocodes:
        geocode = _child(area, "geocode")
        _child(geocode, "valueName", name)
        _child(geocode, "value", value)


def _child(parent: Element, name: str, text: str | None = None) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = text
    return child


def _polygon(ring_deg: Floats) -> str:
    """Return a closed ring as CAP writes it, latitude first, thinned where it has too many corners."""
    if len(ring_deg) > MOST_CORNERS:
        ring_deg = ring_deg[np.linspace(0, len(ring_deg) - 1, MOST_CORNERS).astype(int)]
    return " ".join(f"{latitude:.4f},{longitude:.4f}" for longitude, latitude in ring_deg)


def cap_time(epoch_tai_ns: int) -> str:
    """Return an instant as CAP writes it: an offset from UTC, never a Z, and whole seconds."""
    text = utc_text(epoch_tai_ns, 0)
    return text.replace(":60Z", ":59Z").replace("Z", "-00:00")
