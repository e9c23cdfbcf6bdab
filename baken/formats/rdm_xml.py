"""The Re-entry Data Message in XML."""

from collections.abc import Iterable

from baken.formats import _xml, rdm, rdm_text
from baken.formats.message import KeptMessage
from baken.formats.oem import Provenance
from baken.formats.rdm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.reentry_message import ReentryMessage

NAME = "rdm-xml"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"<rdm id='CCSDS_RDM_VERS' version='1.0'>")
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
) -> Reading[ReentryMessage | KeptMessage]:
    """Read every message of a text, one after another.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _xml.messages(content, GRAMMAR)
    return rdm.reading(NAME, drafts, strictness, Provenance(realm, marking, lineage))


def write(records: Iterable[ReentryMessage | KeptMessage]) -> bytes:
    """Write re-entry messages, one as it is, several in an <ndm>.

    Raises: WrongUsage for a record of another kind, or a text that XML cannot carry.
    """
    messages = (rdm_text.message_from(record) for record in records)
    return _xml.document([_xml.element_from(GRAMMAR, message) for message in messages])
