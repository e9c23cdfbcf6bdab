"""Entries for a matrix, short enough to read in a test."""

from baken.evidence.sealing import seal
from baken.records.evidence import Content, Entry, EntryKind, KeptEntry, Value, entry_id_of

SUBJECT = "NL-IN26-0001"
NO_LUCK = bytes(32)


class Case:
    """A log that grows by what is said in a test."""

    def __init__(self):
        self.entries = []

    def said(self, kind, actor="analyst", content=None, **fields: Value) -> int:
        """Add an entry and return its place."""
        entry = Entry(
            kind=EntryKind(kind),
            subject=SUBJECT,
            actor=actor,
            at_tai_ns=len(self.entries),
            fields=tuple(fields.items()),
            content=content,
        )
        sealed = seal(entry, NO_LUCK)
        self.entries.append(KeptEntry(sequence=len(self.entries), sealed=sealed, kept_at_tai_ns=0))
        return len(self.entries) - 1

    def evidence(self, title, grade="A1", group="", content=None, derived_from=(), **fits) -> int:
        """Add a piece of evidence, its grade, and how it fits explanations (``our_error`` is our-error)."""
        piece = self.said("statement", title=title, derived_from=tuple(derived_from), content=content)
        reliability, credibility = grade
        self.said(
            "grade",
            piece=entry_id_of(piece),
            reliability=reliability,
            credibility=credibility,
            independence_group=group,
        )
        for name, fit in fits.items():
            self.rate(piece, name.replace("_", "-"), fit)
        return piece

    def rate(self, piece, hypothesis_id, fit):
        return self.said("rating", piece=entry_id_of(piece), hypothesis_id=hypothesis_id, fit=fit)


def bytes_named(letter):
    """Return a content; the same letter is the same bytes."""
    return Content(digest="sha256:" + letter * 64, media_type="text/plain", name="a.txt", size_bytes=1)
