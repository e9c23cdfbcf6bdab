"""Why a pair was, or was not, reported: for a person and for a script."""

from rich.console import Console
from rich.table import Table

from baken.assess.conjunction.why_not import WhyNot
from baken.astro.time import utc_text
from baken.operations.explain_pair import ExplainedPair
from baken.records.marking import strictest
from baken.records.orbit import ElementSet
from baken.report.quantities import distance_text, speed_text
from baken.wiring.event_documents import finite

MINIMA_SHOWN = 5


def show_pair(console: Console, pair: ExplainedPair, miss_threshold_m: float) -> None:
    """Print the answer first, then the closest approaches it rests on."""
    answer = pair.answer
    console.print(f"{_called(pair.first)} and {_called(pair.second)}", style="bold", highlight=False)
    console.print(
        f"{answer.reason}: {answer.sentence} (threshold {distance_text(miss_threshold_m)})", highlight=False
    )
    grid = Table.grid(padding=(0, 2))
    for row in _nearest_first(answer)[:MINIMA_SHOWN]:
        grid.add_row(
            utc_text(int(answer.minima.tca_tai_ns[row]), 3),
            distance_text(float(answer.minima.miss_distance_m[row])),
            speed_text(float(answer.minima.relative_speed_m_s[row])),
        )
    console.print(grid)
    if (more := len(answer.minima) - MINIMA_SHOWN) > 0:
        console.print(
            f"and {more:,} more closest approaches, each farther; --json lists them all", style="dim"
        )


def pair_document(pair: ExplainedPair, miss_threshold_m: float) -> dict[str, object]:
    """Return the answer as JSON; every minimum of the distance, the nearest first."""
    answer = pair.answer
    return {
        "object_ids": [pair.first.identity.object_id, pair.second.identity.object_id],
        "norad_cat_ids": [pair.first.identity.norad_cat_id, pair.second.identity.norad_cat_id],
        "realm": pair.first.realm.value,
        "marking": strictest(frozenset({pair.first.marking, pair.second.marking})).text,
        "reason": answer.reason.value,
        "because": answer.sentence,
        "miss_threshold_m": miss_threshold_m,
        "gap_in_height_m": finite(answer.gap_in_height_m),
        "closest_m": finite(answer.closest_m),
        "closest_utc": None if answer.closest_tai_ns is None else utc_text(answer.closest_tai_ns, 6),
        "minima": [
            {
                "tca_utc": utc_text(int(answer.minima.tca_tai_ns[row]), 6),
                "miss_distance_m": float(answer.minima.miss_distance_m[row]),
                "relative_speed_m_s": float(answer.minima.relative_speed_m_s[row]),
            }
            for row in _nearest_first(answer)
        ],
    }


def _nearest_first(answer: WhyNot) -> list[int]:
    return [int(row) for row in answer.minima.miss_distance_m.argsort(kind="stable")]


def _called(element_set: ElementSet) -> str:
    identity = element_set.identity
    return f"{identity.norad_cat_id or identity.object_id} {identity.name or ''}".strip()
