"""One thing to ask of a catalogue service."""

from dataclasses import dataclass

from baken.feeds.answers import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Where to ask, from which account it is paid, and in which format the answer comes."""

    path: str
    account: str
    format: Format
