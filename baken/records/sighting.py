"""Somebody saw something: what of it, how precisely, when, and under which rules."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """In which way somebody came to see something."""

    RELEASE = "release"
    RECEIVED = "received"
    DOSSIER = "dossier"
    LETTER = "letter"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Who saw something in which way, as the log tells.

    ``fields`` are those he got; none are named where all of it was before his eyes.  ``told`` says by what: a
    release, a letter, a dossier.
    """

    entry_sequence: int
    at_tai_ns: int
    who: str
    how: How
    told: str
    what: str
    fields: tuple[str, ...] = ()
    precision: str = ""
    policy_digest: str = ""
