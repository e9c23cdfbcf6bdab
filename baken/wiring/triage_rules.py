"""Which triage rules hold: those that come with Baken, or those in a file of one's own."""

from importlib import resources

from baken.formats.triage_rules import read_triage_rules
from baken.records.triage import TriageRule
from baken.wiring.files import read_bytes, said_of

SHIPPED = "triage_rules.toml"


def triage_rules(path: str | None = None) -> tuple[TriageRule, ...]:
    """Return the rules of a file, or the shipped ones.

    Raises: UnreadableInput in one line that names file, line and field.

    >>> [(rule.name, rule.act_probability) for rule in triage_rules()]
    [('CARA', 0.0001), ('UK', 0.001)]
    """
    if path is None:
        shipped = resources.files("baken.assess.conjunction") / SHIPPED
        return read_triage_rules(shipped.read_bytes())
    with said_of(path):
        return read_triage_rules(read_bytes(path))
