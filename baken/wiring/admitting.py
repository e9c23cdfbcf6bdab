"""What somebody may see in a home: its policies, its table of classifications, and the moment."""

from pathlib import Path

from baken.records.reader import Reader
from baken.share.classifications import may_handle
from baken.share.read_filter import ReadFilter
from baken.wiring.classifications import classifications
from baken.wiring.clock import now_tai_ns
from baken.wiring.policies import policies


def admitting(home: Path, reader: Reader) -> ReadFilter:
    """Return what decides for somebody now, under the policies that hold in a home."""
    return ReadFilter(
        policies(home),
        reader,
        at_tai_ns=now_tai_ns(),
        may_handle=may_handle(reader.clearances, classifications(home)),
    )
