"""Which rules say how grave and urgent an incident is: those of the home, else those that come with Baken."""

from importlib import resources
from pathlib import Path

from baken.incident.priority import PriorityRules
from baken.incident.priority_file import read_priority_rules
from baken.wiring.files import read_bytes, said_of

FILE = "priority_rules.toml"


def priority_rules(home: Path) -> PriorityRules:
    """Return the rules that hold in a home.

    Raises: UnreadableInput in one line that names the file, the rule and the field.
    """
    with said_of(str(home / FILE)):
        return read_priority_rules(text_of_rules(home))


def text_of_rules(home: Path) -> str:
    """Return the rules that hold in a home as somebody wrote them."""
    own = home / FILE
    if own.exists():
        return read_bytes(str(own)).decode(errors="replace")
    return (resources.files("baken.incident") / FILE).read_text(encoding="utf-8")
