"""The Orbit Comprehensive Message in KVN."""

from collections.abc import Iterable

from baken.formats import _kvn, _kvn_blocks, ocm, ocm_text
from baken.formats.message import KeptMessage
from baken.formats.ocm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit_message import OrbitMessage

NAME = "ocm-kvn"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_OCM_VERS = 3.0")
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
) -> Reading[OrbitMessage | KeptMessage]:
    """Read every message of a text, one after another.

    One on a clock that Baken cannot read, or whose rows contradict it, is kept whole, and says why.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _kvn_blocks.messages(content, GRAMMAR)
    return ocm.reading(NAME, drafts, strictness, realm=realm, marking=marking, lineage=lineage)


def write(records: Iterable[OrbitMessage | KeptMessage]) -> bytes:
    """Write orbit messages, one message after another.

    Raises: WrongUsage for a text that KVN cannot carry.
    """
    messages = (ocm_text.message_from(record) for record in records)
    return "\n".join(_kvn_blocks.message_text(GRAMMAR, message) for message in messages).encode()
