"""The rules in force in a home as JSON: when to look and act, what is grave, which mechanisms there are."""

from collections.abc import Mapping
from pathlib import Path

from baken.records.triage import TriageRule
from baken.wiring.mechanisms import shipped_texts
from baken.wiring.priority_rules import FILE, text_of_rules
from baken.wiring.triage_rules import triage_rules


def rules_document(
    home: Path, texts: Mapping[str, str], *, tells_own: bool, has_directory: bool
) -> dict[str, object]:
    """Return the rules that hold in a home, and whether each is its own or as it ships.

    ``texts`` are the mechanisms that may be told of; rules of its own only where ``tells_own``, else no text.
    """
    shipped, is_own = shipped_texts(), (home / FILE).exists()
    return {
        "triage": list(map(_triage, triage_rules())),
        "priority": {
            "is_own": is_own,
            "text": text_of_rules(home) if tells_own or not is_own else "",
        },
        "mechanisms": [
            {"name": name, "is_own": text != shipped.get(name)} for name, text in sorted(texts.items())
        ],
        "has_directory": has_directory,
    }


def _triage(rule: TriageRule) -> dict[str, object]:
    return {
        "name": rule.name,
        "source": rule.source,
        "look_probability": rule.look_probability,
        "act_probability": rule.act_probability,
        "look_miss_m": rule.look_miss_m,
        "act_miss_m": rule.act_miss_m,
        "from_s": rule.from_s,
        "decision_s": rule.decision_s,
        "factor": rule.factor,
    }
