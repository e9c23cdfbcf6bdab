"""The rules in force in a home as JSON: when to look and act, what is grave, which mechanisms there are."""

from pathlib import Path

from baken.records.triage import TriageRule
from baken.wiring import mechanisms
from baken.wiring.priority_rules import FILE, text_of_rules
from baken.wiring.triage_rules import triage_rules


def rules_document(home: Path) -> dict[str, object]:
    """Return the rules that hold in a home, and whether each is its own or as it ships."""
    return {
        "triage": list(map(_triage, triage_rules())),
        "priority": {"is_own": (home / FILE).exists(), "text": text_of_rules(home)},
        "mechanisms": [
            {"name": name, "is_own": (home / mechanisms.FOLDER / f"{name}.toml").exists()}
            for name in sorted(mechanisms.mechanism_texts(home))
        ],
        "has_directory": (home / mechanisms.DIRECTORY).exists(),
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
