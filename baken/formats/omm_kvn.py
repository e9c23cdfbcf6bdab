"""The Orbit Mean-elements Message in KVN."""

from collections.abc import Iterable

from baken.formats import _kvn, omm_message
from baken.formats.message import KeptMessage
from baken.formats.omm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

NAME = "omm-kvn"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_OMM_VERS = 3.0")
    True
    """
    return _kvn.begins_with(head, GRAMMAR.version_keyword)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[ElementSet | KeptMessage]:
    """Read every message of a text, one after another.

    A message of SGP4 becomes an element set; one of another theory is kept whole, and says why.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _kvn.messages(content, GRAMMAR)
    return omm_message.reading(NAME, drafts, strictness, realm=realm, marking=marking, lineage=lineage)


def write(records: Iterable[ElementSet | KeptMessage]) -> bytes:
    """Write element sets, one message after another.

    Raises: WrongUsage for a text that KVN cannot carry.
    """
    messages = (omm_message.message_from(record) for record in records)
    return "\n".join(_kvn.message_text(GRAMMAR, message) for message in messages).encode()
