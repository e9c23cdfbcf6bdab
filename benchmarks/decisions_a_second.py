"""How many decisions a second, and how long does it take to filter thirty thousand items for a reader?

python benchmarks/decisions_a_second.py [N] [--json]

The same decisions four ways: by Cedar with rules as text, by Cedar with rules read once (``may_read``), by
Cedar in one batch, and by what the rules still ask of items for this reader.  Then the list, in which few or
all items have a label of their own, by what is left of the rules and by Cedar once for each label.  All have
to agree.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cedarpy

from baken.records.handling import Handling, Tlp
from baken.records.marking import Marking, Realm
from baken.records.reader import Item, Reader
from baken.share.decide import may_read
from baken.share.policy import Policies
from baken.share.read_filter import ReadFilter
from baken.share.requests import Question, entities_text, may_he_read
from baken.wiring.policies import policies, policy_file

N_ITEMS = 30_000
N_ONE_BY_ONE = 1_000
N_FEW_LABELS = 300
AT_TAI_NS = 845_000_000_000_000_000
STATES = Path(__file__).resolve().parents[1] / "baken" / "share" / "policies" / "examples"
WHO_READS = Reader(
    name="weber",
    acts_for="DE",
    audiences=frozenset({"EU", "NATO"}),
    needs=frozenset({"space"}),
    categories=frozenset({"cyber"}),
    realms=frozenset({Realm.REAL}),
    purpose="space safety",
)
Costs = dict[str, dict[str, float]]


def main() -> None:
    asked = _arguments()
    costs: Costs = {}
    rules = _rules()
    few, many = _items(asked.n, N_FEW_LABELS), _items(asked.n, asked.n)
    one_by_one = many[:N_ONE_BY_ONE]
    answers = [
        _as_text(costs, rules, one_by_one),
        _one_by_one(costs, rules, one_by_one),
        _in_a_batch(costs, rules, one_by_one),
        _filtered(costs, "by what is left of the rules", rules, one_by_one),
    ]
    assert all(each == answers[0] for each in answers)
    assert 0 < sum(answers[0]) < len(answers[0])
    for items, which in ((few, f"list, {N_FEW_LABELS} labels"), (many, "list, all labels differ")):
        admitted = _filtered(costs, f"{which}: what is left of the rules", rules, items)
        assert admitted == _label_by_label(costs, f"{which}: Cedar once a label", rules, items)
    report = {"items": asked.n, "costs": costs, "ratios": _ratios(costs)}
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("n", nargs="?", type=int, default=N_ITEMS, help="items in the list; else 30,000")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _rules() -> Policies:
    shipped = policies(Path("no such home"))
    return replace(shipped, sets=(*shipped.sets, *(policy_file(file) for file in sorted(STATES.iterdir()))))


def _items(n: int, n_labels: int) -> list[Item]:
    handling = Handling(tlp=Tlp.AMBER, needs=frozenset({"space"}), licences=frozenset({"space-track"}))
    labels = [
        Marking(
            owner="NL",
            releasable_to=frozenset({"NL", "FR", f"PARTNER-{label}", *(["EU"] if label % 3 else [])}),
            handling=replace(handling, case_only=label % 5 == 0),
        )
        for label in range(n_labels)
    ]
    # Each item has a label of its own in memory, as when it was just read from a store.
    return [
        Item(marking=replace(labels[i % n_labels]), realm=Realm.REAL, held_by="NL", kind="finding")
        for i in range(n)
    ]


def _questions(items: list[Item]) -> list[Question]:
    return [may_he_read(WHO_READS, item, at_tai_ns=AT_TAI_NS, may_handle=frozenset()) for item in items]


def _as_text(costs: Costs, rules: Policies, items: list[Item]) -> list[bool]:
    with _timed(costs, "Cedar, rules as text", len(items)):
        return [
            all(
                cedarpy.is_authorized(each.request, one.text, each.entities, one.schema).allowed
                for one in rules.sets
            )
            for each in _questions(items)
        ]


def _one_by_one(costs: Costs, rules: Policies, items: list[Item]) -> list[bool]:
    with _timed(costs, "Cedar, rules read once (may_read)", len(items)):
        return [
            may_read(rules, WHO_READS, item, at_tai_ns=AT_TAI_NS, may_handle=frozenset()).allowed
            for item in items
        ]


def _in_a_batch(costs: Costs, rules: Policies, items: list[Item]) -> list[bool]:
    with _timed(costs, "Cedar, one batch", len(items)):
        return _batch(rules, items)


def _batch(rules: Policies, items: list[Item]) -> list[bool]:
    questions = _questions(items)
    named = [("Item", str(place), each.resource) for place, each in enumerate(questions)]
    entities = cedarpy.Entities.from_json_str(
        entities_text([("Reader", "who", questions[0].principal), *named])
    )
    requests = [{**each.request, "resource": f'Item::"{place}"'} for place, each in enumerate(questions)]
    said = [cedarpy.is_authorized_batch(requests, each.engine, entities) for each in rules.sets]
    return [all(one.allowed for one in of_one) for of_one in zip(*said, strict=True)]


def _filtered(costs: Costs, what: str, rules: Policies, items: list[Item]) -> list[bool]:
    with _timed(costs, what, len(items)):
        reads = ReadFilter(rules, WHO_READS, at_tai_ns=AT_TAI_NS, may_handle=frozenset())
        return reads.admitted(items)


def _label_by_label(costs: Costs, what: str, rules: Policies, items: list[Item]) -> list[bool]:
    with _timed(costs, what, len(items)):
        different = list(dict.fromkeys(items))
        known = dict(zip(different, _batch(rules, different), strict=True))
        return [known[item] for item in items]


@contextmanager
def _timed(costs: Costs, what: str, n: int) -> Iterator[None]:
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    yield
    cpu_s = time.process_time() - cpu_s
    costs[what] = {"wall_s": time.perf_counter() - wall_s, "cpu_s": cpu_s, "per_cpu_s": n / cpu_s}


def _ratios(costs: Costs) -> dict[str, float]:
    def times(slow: str, fast: str) -> float:
        return costs[fast]["per_cpu_s"] / costs[slow]["per_cpu_s"]

    few, many = f"list, {N_FEW_LABELS} labels", "list, all labels differ"
    return {
        "rules read once / as text": times("Cedar, rules as text", "Cedar, rules read once (may_read)"),
        "what is left of the rules / may_read": times(
            "Cedar, rules read once (may_read)", "by what is left of the rules"
        ),
        "what is left of the rules / one batch": times("Cedar, one batch", "by what is left of the rules"),
        f"{few}: what is left / Cedar once a label": times(
            f"{few}: Cedar once a label", f"{few}: what is left of the rules"
        ),
        f"{many}: what is left / Cedar once a label": times(
            f"{many}: Cedar once a label", f"{many}: what is left of the rules"
        ),
    }


def _page(report: dict) -> str:
    lines = [f"a list of {report['items']:,} items, four files of rules"]
    for what, cost in report["costs"].items():
        times = f"{cost['wall_s']:8.3f} s wall {cost['cpu_s']:8.3f} s CPU"
        lines.append(f"  {what:52}{times} {cost['per_cpu_s']:12,.0f}/CPU s")
    return "\n".join(lines + [f"  {what:62}{ratio:8.1f}" for what, ratio in report["ratios"].items()])


if __name__ == "__main__":
    main()
