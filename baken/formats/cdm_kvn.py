"""The Conjunction Data Message in KVN."""

from collections.abc import Iterable

from baken.formats import _kvn, cdm, cdm_text
from baken.formats.cdm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NAME = "cdm-kvn"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_CDM_VERS = 1.0")
    True
    """
    return any(_kvn.begins_with(head, word) for word in (GRAMMAR.version_keyword, GRAMMAR.also_called))


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
    drafts = _kvn.messages(content, GRAMMAR)
    return cdm.reading(NAME, drafts, strictness, realm=realm, marking=marking, lineage=lineage)


def write(records: Iterable[ConjunctionMessage]) -> bytes:
    """Write conjunction messages, one message after another.

    Raises: WrongUsage for one without covariances, or a text that KVN cannot carry.
    """
    messages = (cdm_text.message_from(record) for record in records)
    return "\n".join(_kvn.message_text(GRAMMAR, message) for message in messages).encode()
