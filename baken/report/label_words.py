"""A label as an end user reads it."""

from baken.records.marking import OWNER_ONLY_TEXT, Marking
from baken.report.words import Speech


def label_text(marking: Marking, say: Speech) -> str:
    """Return who may see something, everything in it included, in the language of whoever reads.

    >>> label_text(Marking(owner="NL"), Speech("nl"))
    'NL: alleen de eigenaar'
    """
    return marking.whole.text.replace(OWNER_ONLY_TEXT, say(OWNER_ONLY_TEXT), 1)
