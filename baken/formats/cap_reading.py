"""An alert that was sent before, read again so that a later one can stand for it: CAP 1.2."""

from dataclasses import dataclass

from lxml import etree

from baken.astro.time import tai_ns_from_utc
from baken.errors import BadMessage, UnreadableInput
from baken.formats._xml import MAX_ELEMENT_LENGTH, closed_elements
from baken.formats.cap import FORBIDDEN, NAMESPACE, MessageType, Words
from baken.records.marking import Marking, Realm, marking_from_text

CAP = {"cap": NAMESPACE}
AS_WRITTEN = "name an alert as Baken wrote it"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAlert:
    """What a later alert has to know of one that was sent: its names, world, label, and what it told.

    ``geocodes`` and ``parameters`` are those of its first language; ``sent`` is its instant as written.
    """

    identifier: str
    sender: str
    sent: str
    sent_tai_ns: int
    onset_tai_ns: int
    expires_tai_ns: int
    message_type: MessageType
    earlier: tuple[str, ...]
    geocodes: Words
    parameters: Words
    realm: Realm
    marking: Marking

    @property
    def references(self) -> tuple[str, ...]:
        """All a later alert refers to: what this one did, and this one."""
        return *self.earlier, f"{self.sender},{self.identifier},{self.sent}"

    def told(self, name: str) -> str:
        """Return what stands under a name; nothing where it does not."""
        return dict(self.parameters).get(name, "")


def read_cap(content: bytes) -> SentAlert:
    """Read an alert that Baken wrote.

    Raises: UnreadableInput when it is no XML; BadMessage with the field that is missing or not as CAP has it.
    """
    root = _root(content)
    label = _one(root, "info[1]/cap:parameter[cap:valueName='marking']/cap:value")
    marking = marking_from_text(label)
    if marking is None:
        raise BadMessage(f"{label!r} is no label", field="marking", next_step=AS_WRITTEN)
    sent = _one(root, "sent")
    return SentAlert(
        identifier=_name(root, "identifier"),
        sender=_name(root, "sender"),
        sent=sent,
        sent_tai_ns=_instant("sent", sent),
        onset_tai_ns=_instant("onset", _one(root, "info[1]/cap:onset")),
        expires_tai_ns=_instant("expires", _one(root, "info[1]/cap:expires")),
        message_type=MessageType(_listed(root, "msgType", tuple(MessageType))),
        earlier=tuple(" ".join(_texts(root, "references")).split()),
        geocodes=_pairs(root, "info[1]/cap:area/cap:geocode"),
        parameters=_pairs(root, "info[1]/cap:parameter"),
        realm=Realm(_listed(root, "info[1]/cap:parameter[cap:valueName='realm']/cap:value", tuple(Realm))),
        marking=marking,
    )


def _root(content: bytes) -> etree._Element:
    if len(content) > MAX_ELEMENT_LENGTH:
        raise UnreadableInput(f"no alert is longer than {MAX_ELEMENT_LENGTH} bytes; this has {len(content)}")
    root = next(closed_elements(content, ("alert",)), None)
    if root is None or root.tag != f"{{{NAMESPACE}}}alert":
        raise UnreadableInput("this is no alert of CAP 1.2; name a .cap.xml that was sent before")
    return root


def _texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(f"cap:{path}", namespaces=CAP)
    elements = found if isinstance(found, list) else []
    return [(one.text or "").strip() for one in elements if isinstance(one, etree._Element)]


def _one(root: etree._Element, path: str) -> str:
    found = _texts(root, path)
    if len(found) != 1 or not found[0]:
        raise BadMessage(f"an alert has one, and this has {len(found)}", field=path, next_step=AS_WRITTEN)
    return found[0]


def _name(root: etree._Element, path: str) -> str:
    name = _one(root, path)
    if set(name) & FORBIDDEN:
        raise BadMessage(f"CAP takes no space, comma, < or & in {name!r}", field=path, next_step=AS_WRITTEN)
    return name


def _listed(root: etree._Element, path: str, known: tuple[str, ...]) -> str:
    text = _one(root, path)
    if text not in known:
        raise BadMessage(f"{text!r} is none of {', '.join(known)}", field=path, next_step=AS_WRITTEN)
    return text


def _instant(name: str, text: str) -> int:
    try:
        return tai_ns_from_utc(text.removesuffix("-00:00").removesuffix("+00:00"))
    except ValueError as error:
        raise BadMessage(f"{text!r} is no instant in UTC", field=name, next_step=AS_WRITTEN) from error


def _pairs(root: etree._Element, path: str) -> Words:
    found = root.xpath(f"cap:{path}", namespaces=CAP)
    elements = [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    return tuple(
        (one.findtext("cap:valueName", "", CAP).strip(), one.findtext("cap:value", "", CAP).strip())
        for one in elements
    )
