"""The Conjunction Data Message in XML."""

from collections.abc import Iterable

from baken.formats import _xml, cdm, cdm_text
from baken.formats.cdm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NAME = "cdm-xml"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"<cdm id='CCSDS_CDM_VERS' version='1.0'>")
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
) -> Reading[ConjunctionMessage]:
    """Read every message of a text, one after another.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _xml.messages(content, GRAMMAR)
    return cdm.reading(NAME, drafts, strictness, realm=realm, marking=marking, lineage=lineage)


def write(records: Iterable[ConjunctionMessage]) -> bytes:
    """Write conjunction messages, one as it is, several in an <ndm>.

    Raises: WrongUsage for one without covariances, or a text that XML cannot carry.
    """
    messages = (cdm_text.message_from(record) for record in records)
    return _xml.document([_xml.element_from(GRAMMAR, message) for message in messages])
