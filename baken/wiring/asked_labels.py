"""Labels as people type them, like ``DE, FR; TLP:GREEN``: who else may see something, and what it asks."""

from pathlib import Path

from baken.records.handling import BETWEEN
from baken.records.marking import OWNER_ONLY_TEXT, Marking, marking_from_text
from baken.wiring.classifications import classifications


def label_as_typed(owner: str, text: str) -> Marking | None:
    """Return the label that somebody typed; one without an audience is its owner's only, None is no label.

    >>> label_as_typed("NL", "DE,FR;TLP:RED").text, label_as_typed("NL", "").text
    ('NL: DE, FR; TLP:RED', 'NL: owner only')
    """
    audience, *demands = (part.strip() for part in text.split(";"))
    names = ", ".join(name.strip() for name in audience.split(",")) or OWNER_ONLY_TEXT
    return marking_from_text(f"{owner}: {BETWEEN.join([names, *demands])}")


def unknown_levels(home: Path, marking: Marking) -> frozenset[str]:
    """Return the classifications of a label that the table of a home does not know: nobody is cleared."""
    said = marking.whole.handling.classifications
    return said - set(classifications(home).by_name) if said else frozenset()
