"""Does asking about a few objects find, to the last bit, what looking through the whole sky finds of them?"""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from baken.assess.conjunction import approach
from baken.assess.conjunction.approach import Screening, screen
from baken.astro.motions import Motion
from tests.assess.conjunction import skies
from tests.assess.conjunction.seen import motion_of
from tests.conftest import Deviation

SPAN_NS = 5 * 3_600_000_000_000
FEW = tuple(range(0, 60, 3))
WIDE_M, REAL_M = 150_000.0, 40_000.0
LOW, GEOSTATIONARY, LONG_ELLIPSE = 27386, 39612, 10970
PUT_ASIDE_AT_LEAST = 0.85


def looked_through(
    monkeypatch: pytest.MonkeyPatch,
    motion: Motion,
    start_tai_ns: int,
    threshold_m: float,
    primaries: list[int],
) -> tuple[Screening, Screening]:
    """Return a screening that puts aside first, and one that looks through everybody."""

    def looked() -> Screening:
        end_tai_ns = start_tai_ns + SPAN_NS
        return screen(motion, start_tai_ns, end_tai_ns, threshold_m, primaries=np.array(primaries))

    pruned = looked()
    monkeypatch.setattr(approach, "MOST_PRIMARIES", 0)
    return pruned, looked()


def n_rows_that_differ(one: Screening, other: Screening) -> int:
    if len(one.approaches) != len(other.approaches):
        return abs(len(one.approaches) - len(other.approaches))
    names = [field.name for field in fields(one.approaches)]
    same = [np.array_equal(getattr(one.approaches, n), getattr(other.approaches, n)) for n in names]
    return same.count(False)


@pytest.mark.parametrize(
    "name", ["shell", "one_plane", "geostationary", "elongated", "met_at_perigee", "formation", "decaying"]
)
def test_a_few_primaries_meet_whom_they_meet_among_all(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    elements = getattr(skies, name)(np.random.default_rng(5))
    primaries = [row for row in FEW if row < elements.epoch_tai_ns.size]
    start_tai_ns = int(elements.epoch_tai_ns.max())
    pruned, whole = looked_through(monkeypatch, motion_of(elements), start_tai_ns, WIDE_M, primaries)
    assert n_rows_that_differ(pruned, whole) == 0
    assert len(whole.approaches) > 0


@pytest.mark.capability(
    "Screening of a few objects: nothing lost by putting the rest of the sky aside",
    status="MODELLED",
    authority="the same screening without putting aside, all 26,834 objects of 2024-11-01",
)
def test_no_approach_of_a_real_sky_is_lost(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch, deviation: Deviation
) -> None:
    elements = skies.read_omm_csv(shared_data / "catalogue/cat_20241101_celestrak_onorbit_gp.csv.gz")
    primaries = [
        int(np.flatnonzero(elements.norad_cat_id == number)[0])
        for number in (LOW, GEOSTATIONARY, LONG_ELLIPSE)
    ]
    start_tai_ns = int(np.sort(elements.epoch_tai_ns)[len(elements.epoch_tai_ns) // 2])
    pruned, whole = looked_through(monkeypatch, motion_of(elements), start_tai_ns, REAL_M, primaries)
    assert len(whole.approaches) > 10, len(whole.approaches)
    assert pruned.account.far_from_primaries > PUT_ASIDE_AT_LEAST * len(elements)
    deviation(n_rows_that_differ(pruned, whole), "differences", 0)
