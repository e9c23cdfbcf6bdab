"""The Orbit Parameter Message in KVN."""

from collections.abc import Iterable

from baken.formats import _kvn, opm, opm_text
from baken.formats.message import KeptMessage
from baken.formats.opm_table import GRAMMAR
from baken.formats.reading import Reading, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit_state import OrbitState

NAME = "opm-kvn"


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_OPM_VERS = 3.0")
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
) -> Reading[OrbitState | KeptMessage]:
    """Read every message of a text, one after another.

    A message on a clock that Baken can read becomes an orbit state; another is kept whole, and says why.

    Raises: UnreadableInput when there is no message in it.
    """
    drafts = _kvn.messages(content, GRAMMAR)
    return opm.reading(NAME, drafts, strictness, realm=realm, marking=marking, lineage=lineage)


def write(records: Iterable[OrbitState | KeptMessage]) -> bytes:
    """Write orbit states, one message after another.

    Raises: WrongUsage for a text that KVN cannot carry.
    """
    messages = (opm_text.message_from(record) for record in records)
    return "\n".join(_kvn.message_text(GRAMMAR, message) for message in messages).encode()
