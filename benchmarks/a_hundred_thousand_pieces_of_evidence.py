"""How long does it take to keep a hundred thousand pieces of evidence, and to prove a thousand of them?

python benchmarks/a_hundred_thousand_pieces_of_evidence.py [N] [--json]

Beside it stands the tree as RFC 6962 defines it, word for word: recursive, and nothing remembered.
"""

import argparse
import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.evidence.merkle import MerkleTree, proves_consistency, proves_inclusion, tree_of
from baken.evidence.sealing import seal
from baken.operations.evidence_ports import EvidenceLog
from baken.records.evidence import Entry, EntryKind, SealedEntry
from baken.records.marking import Realm
from baken.store.home import open_home

N_ENTRIES = 100_000
N_TOGETHER = 1_000
N_ALONE = 200
N_PROOFS = 1_000
N_NAIVE_PROOFS = 5
START_TAI_NS = 845_000_000_000_000_000
MIB = 2.0**20
Costs = dict[str, dict[str, float]]


def main() -> None:
    asked = _arguments()
    costs: Costs = {}
    with TemporaryDirectory() as folder:
        home = open_home(Path(folder))
        with _timed(costs, "sealed"):
            sealed = [seal(_entry(n), os.urandom(32)) for n in range(asked.n)]
        with _timed(costs, "appended, 1,000 together"):
            _append(home.log, sealed, N_TOGETHER)
        with _timed(costs, f"{N_ALONE} more, one by one"):
            _append(home.log, sealed[:N_ALONE], 1)
        with _timed(costs, "leaf hashes read back"):
            leaves = home.log.leaf_hashes(Realm.REAL, asked.n)
        home.store.close()
    tree = _prove(costs, leaves)
    _prove_naively(costs, list(leaves), tree)
    report = {"entries": asked.n, "costs": costs, "ratios": _ratios(costs), "peak_bytes": _peak_bytes()}
    print(json.dumps(report, indent=1) if asked.json else _page(report))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("n", nargs="?", type=int, default=N_ENTRIES, help="how many; else 100,000")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _entry(n: int) -> Entry:
    return Entry(
        kind=EntryKind.OBSERVATION,
        subject=f"NL-IN26-{n % 500 + 1:04d}",
        actor="baken",
        at_tai_ns=START_TAI_NS + n * 1_000_000,
        fields=(("title", f"look {n}"), ("miss_distance_m", 12.5 * n), ("object_ids", ("OBJ-A", f"OBJ-{n}"))),
    )


def _append(log: EvidenceLog, sealed: list[SealedEntry], n_together: int) -> None:
    for first in range(0, len(sealed), n_together):
        log.append(sealed[first : first + n_together], at_tai_ns=START_TAI_NS)


def _prove(costs: Costs, leaves: tuple[bytes, ...]) -> MerkleTree:
    with _timed(costs, "tree and root"):
        tree = tree_of(leaves)
        root = tree.root()
    places = _spread(len(leaves), N_PROOFS)
    with _timed(costs, "1,000 inclusion proofs"):
        inclusion = [tree.inclusion_proof(place) for place in places]
    with _timed(costs, "1,000 consistency proofs"):
        growth = [tree.consistency_proof(place + 1) for place in places]
    with _timed(costs, "2,000 proofs checked"):
        for place, path, steps in zip(places, inclusion, growth, strict=True):
            assert proves_inclusion(leaves[place], place, tree.size, path, root)
            assert proves_consistency(place + 1, tree.root(place + 1), tree.size, root, steps)
    return tree


def _prove_naively(costs: Costs, leaves: list[bytes], tree: MerkleTree) -> None:
    with _timed(costs, "root, as defined"):
        root = _naive_root(leaves)
    places = _spread(len(leaves), N_NAIVE_PROOFS)
    with _timed(costs, f"{N_NAIVE_PROOFS} inclusion proofs, as defined"):
        proofs = [_naive_path(place, leaves) for place in places]
    assert root == tree.root()
    assert proofs == [list(tree.inclusion_proof(place)) for place in places]


def _naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return hashlib.sha256(b"\x01" + _naive_root(leaves[:k]) + _naive_root(leaves[k:])).digest()


def _naive_path(place: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if place < k:
        return [*_naive_path(place, leaves[:k]), _naive_root(leaves[k:])]
    return [*_naive_path(place - k, leaves[k:]), _naive_root(leaves[:k])]


def _split(n: int) -> int:
    return 1 << (n - 1).bit_length() - 1


def _spread(n: int, count: int) -> list[int]:
    return [place * n // count for place in range(count)]


@contextmanager
def _timed(costs: Costs, what: str) -> Iterator[None]:
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    yield
    costs[what] = {"wall_s": time.perf_counter() - wall_s, "cpu_s": time.process_time() - cpu_s}


def _ratios(costs: Costs) -> dict[str, float]:
    def cpu(what: str, n: int = 1) -> float:
        return costs[what]["cpu_s"] / n

    naive = f"{N_NAIVE_PROOFS} inclusion proofs, as defined"
    return {
        "root, as defined / ours": cpu("root, as defined") / cpu("tree and root"),
        "a proof, as defined / ours": cpu(naive, N_NAIVE_PROOFS) / cpu("1,000 inclusion proofs", N_PROOFS),
    }


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _page(report: dict) -> str:
    lines = [f"{report['entries']:,} entries, peak {report['peak_bytes'] / MIB:.0f} MiB"]
    for what, cost in report["costs"].items():
        lines.append(f"  {what:36}{cost['wall_s']:9.3f} s wall {cost['cpu_s']:9.3f} s CPU")
    return "\n".join(lines + [f"  {what:36}{ratio:9.1f}" for what, ratio in report["ratios"].items()])


if __name__ == "__main__":
    main()
