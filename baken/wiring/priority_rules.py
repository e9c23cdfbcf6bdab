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
    own = home / FILE
    if not own.exists():
        return read_priority_rules((resources.files("baken.incident") / FILE).read_text(encoding="utf-8"))
    with said_of(str(own)):
        return read_priority_rules(read_bytes(str(own)).decode(errors="replace"))
