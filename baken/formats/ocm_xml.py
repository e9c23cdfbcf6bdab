"""The Orbit Comprehensive Message in XML."""

from collections.abc import Iterable

from baken.formats import _xml, ocm, ocm_text
from baken.formats.message import KeptMessage
from baken.formats.ocm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit_message import OrbitMessage

NAME = "ocm-xml"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"<ocm id='CCSDS_OCM_VERS' version='3.0'>")
    True
    """
    return _xml.begins_with(head, GRAMMAR.root)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[OrbitMessage | KeptMessage]:
    """Read every message of a text, one after another.

    One on a clock that Baken cannot read, or whose rows contradict it, is kept whole, and says why.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _xml.messages(content, GRAMMAR)
    return ocm.reading(NAME, drafts, strictness, realm=realm, marking=marking, lineage=lineage)


def write(records: Iterable[OrbitMessage | KeptMessage]) -> bytes:
    """Write orbit messages, one as it is, several in an <ndm>.

    Raises: WrongUsage for a text that XML cannot carry.
    """
    messages = (ocm_text.message_from(record) for record in records)
    return _xml.document([_xml.element_from(GRAMMAR, message) for message in messages])
