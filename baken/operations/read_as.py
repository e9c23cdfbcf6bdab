"""Read as somebody: the store and the log of a home, with nothing in them that he may not see."""

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.label_ports import Admits, LabelledStore
from baken.operations.reader_labels import Labels
from baken.operations.reader_log import ReaderLog
from baken.operations.reader_store import ReaderStore
from baken.operations.standing_log import StandingLog


def read_as(policy: Admits, store: LabelledStore, log: EvidenceLog) -> tuple[ReaderStore, ReaderLog]:
    """Return a store and a log that hold only what policy lets somebody see, both of one moment.

    They answer as if nothing else had ever been kept: see ``docs/chapters/read-as.md`` for what that means,
    and where it ends.
    """
    labels = Labels(policy=policy, held_by=store.node_name())
    seen = ReaderStore(store, labels)
    return seen, ReaderLog(StandingLog(log), labels, seen.hides, seen.shows)
