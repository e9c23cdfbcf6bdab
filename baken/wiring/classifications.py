"""Which table says what a clearance is good for: that of the home, else the one that comes with Baken."""

from collections.abc import Collection
from importlib import resources
from pathlib import Path

from baken.errors import NoSuchRecord
from baken.share.classifications import Classifications
from baken.share.classifications_file import read_classifications
from baken.wiring.files import read_bytes, said_of

FILE = "classifications.toml"


def classifications(home: Path) -> Classifications:
    """Return the table that holds in a home; its own replaces the shipped one, whole.

    Raises: UnreadableInput in one line that names the file, the table and the field.
    """
    own = home / FILE
    if not own.exists():
        return shipped_classifications()
    with said_of(str(own)):
        return read_classifications(read_bytes(str(own)).decode(errors="replace"))


def refuse_unknown_levels(home: Path, levels: Collection[str]) -> None:
    """Refuse levels that stand in no table: nobody is cleared for a slip of the pen.

    Raises: NoSuchRecord.
    """
    known = classifications(home).by_name if levels else {}
    for level in levels:
        if level not in known:
            raise NoSuchRecord(f"there is no level {level!r}; 'baken evidence labels' shows those there are")


def shipped_classifications() -> Classifications:
    """Return the table that comes with Baken.

    >>> from baken.share.classifications import covers
    >>> covers("DE/GEHEIM", "NL/STG. CONFIDENTIEEL", shipped_classifications())
    True
    """
    return read_classifications((resources.files("baken.share") / FILE).read_text(encoding="utf-8"))
