"""The rules of sharing as JSON: what each says, how it is written, and since when they were asked."""

from collections.abc import Iterator

from baken.astro.time import utc_text
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_policies import Kept, policies_kept
from baken.records.marking import Realm, strictest
from baken.share.policy import Policies, PolicySet, written
from baken.wiring.house_files import SHIPPED_LABEL, label_of_files
from baken.wiring.policies import SHIPPED

Document = dict[str, object]


def policies_document(held: Policies, log: EvidenceLog, realm: Realm, node: str) -> Document:
    """Return the rules that hold, set by set, and those under which something was decided before."""
    kept = policies_kept(log, realm)
    labels = {
        each.name: SHIPPED_LABEL if each.name == SHIPPED else label_of_files(node) for each in held.sets
    }
    return {
        "digest": held.digest,
        "sets": [{**set_document(each), "marking": labels[each.name].text} for each in held.sets],
        "broken": list(held.broken),
        "kept": list(_kept(kept, held.digest)),
        "marking": strictest(frozenset([*labels.values(), *(each.marking for each in kept)])).text,
    }


def set_document(policy_set: PolicySet) -> Document:
    """Return one set of rules: each with what it says to people, and as it is written."""
    texts = written(policy_set.text)
    return {
        "name": policy_set.name,
        "digest": policy_set.digest,
        "rules": [
            {
                "id": f"{policy_set.name}:{rule.rule_id}",
                "effect": "forbid" if rule.forbids else "permit",
                "obligations": list(rule.obligations),
                "says": dict(rule.says),
                "text": texts[name],
            }
            for name, rule in policy_set.rules.items()
        ],
    }


def _kept(kept: tuple[Kept, ...], now: str) -> Iterator[Document]:
    before: dict[str, str] = {}
    for one in kept:
        texts = dict(one.texts)
        changed = {name for name in {*texts, *before} if texts.get(name) != before.get(name)}
        yield {
            "digest": one.digest,
            "since_utc": utc_text(one.at_tai_ns, 0),
            "by": one.by,
            "changed": sorted(changed),
            "holds": one.digest == now,
            "marking": one.marking.text,
        }
        before = texts
