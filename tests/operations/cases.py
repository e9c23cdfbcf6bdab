"""A case as it grows at a desk, with nobody to wait for."""

from importlib import resources

from baken.incident.priority import PriorityRules
from baken.incident.priority_file import read_priority_rules
from baken.operations.desk import Desk
from baken.operations.open_incident import open_incident
from baken.records.incident import IncidentKind
from baken.records.marking import Realm
from tests.memory_log import CountedLuck, MemoryLog

RULES = read_priority_rules("""
[[severity]]
name = "any"
kind = "any"
is = "minor"
[[urgency]]
name = "any"
kind = "any"
is = "today"
""")
SHIPPED = resources.files("baken.incident") / "priority_rules.toml"
NOON_TAI_NS = 840_000_000_000_000_000


def shipped_rules() -> PriorityRules:
    """Return the rules that come with Baken."""
    return read_priority_rules(SHIPPED.read_text(encoding="utf-8"))


def desk_of(actor="officer", log=None) -> Desk:
    """Return a desk with a log of its own, unless it shares one."""
    return Desk(log=log or MemoryLog(), actor=actor, at_tai_ns=NOON_TAI_NS, luck=CountedLuck())


def opened(
    desk, title="Something is odd", kind=IncidentKind.OTHER, because="seen", realm=Realm.REAL, events=()
):
    """Open an incident and return it."""
    return open_incident(
        desk,
        node="NL",
        realm=realm,
        title=title,
        kind=kind,
        because=because,
        rules=RULES,
        events=events,
    )
