"""What the reader of playbooks owes to any text."""

import json

from baken.errors import TheirMistake
from baken.formats.cacao import read_cacao, write_cacao
from baken.respond.mechanism_file import read_mechanism
from baken.respond.mechanism_text import write_mechanism
from baken.respond.playbook import playbook_of
from baken.respond.playbook_import import mechanism_from
from tests.formats.playbooks import good
from tests.fuzz.laws import A_MOMENT_S, within
from tests.respond.mechanisms import everything

NAME = "cacao"


def sound_playbooks() -> dict[str, bytes]:
    """Return playbooks to begin from: one with every kind of step, and one of ours with its extension."""
    ours = playbook_of(everything(), "plan", made_tai_ns=0, tlp_level="TLP:CLEAR", language="en")
    strangers = json.dumps(good(), indent=1).encode()
    return {NAME: strangers, f"{NAME}-ours": write_cacao(ours).encode()}


def hold_playbook(_name: str, content: bytes) -> None:
    """Read a text and hold the reader to its laws.

    It answers in a moment; it raises nothing but a mistake of the sender's, in one line that can be printed;
    what it takes comes back as it was, and becomes a mechanism that can be read, or is refused.
    """
    with within(A_MOMENT_S):
        refusal = _refusal(content.decode("utf-8", errors="replace"))
    assert refusal.isprintable(), refusal


def _refusal(text: str) -> str:
    """Return what is said of a text that is not taken, or nothing."""
    try:
        playbook = read_cacao(text)
        assert read_cacao(write_cacao(playbook)) == playbook
        mechanism = mechanism_from(playbook)
        assert read_mechanism(write_mechanism(mechanism)) == mechanism
    except TheirMistake as refusal:
        return str(refusal)
    return ""
