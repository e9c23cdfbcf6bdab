"""Playbooks in CACAO Security Playbooks 2.0: text to noun and back.

A command of any kind is read, kept and written; none is ever carried out.  Signatures, too, are kept as they
came, and nobody here has checked them.
Source: CACAO Security Playbooks Version 2.0, OASIS Committee Specification 01, 27 November 2023.
"""

from baken.errors import BadMessage
from baken.formats._cacao_json import parsed, printed
from baken.formats._cacao_reading import playbook_from
from baken.formats._cacao_rules import refuse_unsound
from baken.formats._cacao_writing import object_of
from baken.records.playbook import Playbook


def read_cacao(text: str) -> Playbook:
    """Read a playbook, whole or not at all.

    Raises: BadMessage that names the JSON path and the next step where it breaks what the standard demands;
    UnreadableInput when it is too long to be one.

    >>> read_cacao('{"type": "playbook", "spec_version": "1.1"}')
    Traceback (most recent call last):
    baken.errors.BadMessage: $.id: is missing from the playbook; add it
    """
    playbook = playbook_from(parsed(text))
    refuse_unsound(playbook)
    return playbook


def write_cacao(playbook: Playbook) -> str:
    """Write a playbook: the same text for the same playbook, byte for byte, and only what can be read again.

    Raises: ValueError when the playbook breaks what the standard demands.
    """
    told = object_of(playbook)
    try:
        again = playbook_from(told)
        refuse_unsound(again)
    except BadMessage as error:
        raise ValueError(f"no playbook the standard allows: {error}") from error
    return printed(told)
