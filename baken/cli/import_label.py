"""Which label files get as they are taken in, besides the one they bring."""

from collections.abc import Sequence

from baken.cli.label_options import asked_label, marking_or_owner_only
from baken.cli.setting import Setting, who_reads
from baken.records.marking import Marking
from baken.wiring.stores import open_store


def label_of_import(setting: Setting, releasable_to: str, demands: Sequence[str] | None) -> Marking:
    """Return the label that was asked, owned by this node; nothing asked is for its owner only.

    Raises: WrongUsage when it is no label.
    """
    with open_store(setting.home, who_reads(setting)) as store:
        node = store.node_name()
    return marking_or_owner_only(setting.home, node, asked_label(releasable_to, demands, None))
