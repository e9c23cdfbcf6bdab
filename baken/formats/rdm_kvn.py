"""The Re-entry Data Message in KVN."""

from collections.abc import Iterable

from baken.formats import _kvn, rdm, rdm_text
from baken.formats.message import KeptMessage
from baken.formats.oem import Provenance
from baken.formats.rdm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.reentry_message import ReentryMessage

NAME = "rdm-kvn"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_RDM_VERS = 1.0")
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
) -> Reading[ReentryMessage | KeptMessage]:
    """Read every message of a text, one after another.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _kvn.messages(content, GRAMMAR)
    return rdm.reading(NAME, drafts, strictness, Provenance(realm, marking, lineage))


def write(records: Iterable[ReentryMessage | KeptMessage]) -> bytes:
    """Write re-entry messages, one message after another.

    Raises: WrongUsage for a record of another kind, or a text that KVN cannot carry.
    """
    messages = (rdm_text.message_from(record) for record in records)
    return "\n".join(_kvn.message_text(GRAMMAR, message) for message in messages).encode()
