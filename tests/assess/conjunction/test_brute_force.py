"""Is nothing missed, and nothing extra?  Every regime, against every pair measured the slow way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest

from tests.assess.conjunction import skies
from tests.assess.conjunction.accounts import MISS_TOLERANCE_M, Comparison, compare
from tests.assess.conjunction.oracle import (
    NS_A_SECOND,
    Elements,
    encounters,
    sgp4_bodies,
    tai_ns,
    tree_pairs_within,
)
from tests.assess.conjunction.seen import encounters_seen

HOUR_NS = 3_600 * NS_A_SECOND
KILOMETRE_M = 1_000.0


@dataclass(frozen=True)
class Look:
    """One sky, how long it is looked at, and how many encounters the oracle must find for it to say much."""

    sky: Callable[..., Elements]
    hours: float
    threshold_m: float
    at_least: int
    step_s: float = 30.0
    n_primaries: int | None = None
    seed: int = 7

    @property
    def primaries(self) -> range | None:
        return None if self.n_primaries is None else range(self.n_primaries)


DRAWN = [
    Look(skies.shell, 6, 5 * KILOMETRE_M, 60),
    Look(skies.one_plane, 16, 5 * KILOMETRE_M, 40),
    Look(skies.geostationary, 24, 100 * KILOMETRE_M, 10),
    Look(skies.elongated, 8, 50 * KILOMETRE_M, 8),
    Look(skies.met_at_perigee, 24, 30 * KILOMETRE_M, 120),
    Look(skies.formation, 6, 5 * KILOMETRE_M, 200),
    Look(skies.decaying, 12, 10 * KILOMETRE_M, 30),
]
CUT = [
    Look(skies.at_random, 2, 10 * KILOMETRE_M, 50, step_s=15.0),
    Look(skies.crowded_shells, 1.5, 5 * KILOMETRE_M, 15, step_s=15.0),
    Look(skies.geostationary_belt, 12, 20 * KILOMETRE_M, 5, step_s=60.0),
    Look(skies.long_ellipses, 2, 50 * KILOMETRE_M, 5, n_primaries=200),
    Look(skies.low_and_falling, 6, 50 * KILOMETRE_M, 5, n_primaries=150),
    Look(skies.flying_together, 4, 5 * KILOMETRE_M, 10, step_s=60.0),
]


def looked(look: Look, sky: Elements, start_tai_ns: int) -> Comparison:
    """Lay the oracle's account of a sky beside Baken's."""
    end_tai_ns = start_tai_ns + round(look.hours * HOUR_NS)
    within = tree_pairs_within if look.step_s < 30.0 else None
    truth = encounters(
        sgp4_bodies(sky),
        start_tai_ns,
        end_tai_ns,
        look.threshold_m,
        primaries=look.primaries,
        step_s=look.step_s,
        within=within,
    )
    assert len(truth) >= look.at_least
    seen = encounters_seen(sky, start_tai_ns, end_tai_ns, look.threshold_m, primaries=look.primaries)
    return compare(truth, seen, look.threshold_m)


def judge(comparison: Comparison, deviation) -> None:
    assert comparison.missed == []
    assert comparison.extra == []
    assert comparison.largest_share_of_tca_tolerance <= 1.0
    deviation(comparison.largest_miss_m, "m", MISS_TOLERANCE_M)


@pytest.mark.parametrize("look", DRAWN, ids=lambda look: look.sky.__name__)
@pytest.mark.capability(
    "Screening: nothing missed, nothing extra",
    status="MODELLED",
    authority="brute force with python-sgp4 alone, drawn populations of six regimes",
)
def test_nothing_is_missed_and_nothing_is_extra_in_a_drawn_sky(look, deviation):
    sky = look.sky(np.random.default_rng(look.seed))
    judge(looked(look, sky, skies.DRAWN_EPOCH_TAI_NS), deviation)


@pytest.fixture(scope="module")
def sky_of_2024(shared_data):
    return skies.read_omm_csv(shared_data / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz")


@pytest.fixture(scope="module")
def sky_of_2013(shared_data):
    return skies.read_three_lines(shared_data / "catalogue" / "spaceTrack3LEs_23_10_2013.txt.gz")


@pytest.mark.parametrize("look", CUT, ids=lambda look: look.sky.__name__)
@pytest.mark.capability(
    "Screening: nothing missed, nothing extra",
    status="MODELLED",
    authority="brute force with python-sgp4 alone, subsets of the catalogue of 2024-11-01",
)
def test_nothing_is_missed_and_nothing_is_extra_in_the_sky_of_2024(look, sky_of_2024, deviation):
    sky = look.sky(sky_of_2024, np.random.default_rng(look.seed))
    judge(looked(look, sky, tai_ns("2024-11-01")), deviation)


@pytest.mark.parametrize("look", [CUT[0], CUT[3], CUT[4]], ids=lambda look: look.sky.__name__)
@pytest.mark.capability(
    "Screening: nothing missed, nothing extra",
    status="MODELLED",
    authority="brute force with python-sgp4 alone, subsets of the catalogue of 2013-10-23",
)
def test_nothing_is_missed_and_nothing_is_extra_in_the_sky_of_2013(look, sky_of_2013, deviation):
    sky = look.sky(sky_of_2013, np.random.default_rng(look.seed))
    judge(looked(look, sky, tai_ns("2013-10-24")), deviation)


# --- the same set, however it is asked for -----------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed_sky():
    rng = np.random.default_rng(11)
    return skies.laid_end_to_end(skies.shell(rng, 300), skies.elongated(rng, 100), skies.formation(rng, 12))


SPAN = skies.DRAWN_EPOCH_TAI_NS, skies.DRAWN_EPOCH_TAI_NS + 9 * HOUR_NS
THRESHOLD_M = 20 * KILOMETRE_M


@pytest.fixture(scope="module")
def reference(mixed_sky):
    found = encounters_seen(mixed_sky, *SPAN, THRESHOLD_M)
    assert len(found) > 300
    return found


def with_threads(function, tasks):
    with ThreadPoolExecutor(3) as pool:
        yield from pool.map(function, tasks)


def backwards(function, tasks):
    """Do the last task first, and hand the results back in order."""
    tasks = list(tasks)
    done = {place: function(tasks[place]) for place in reversed(range(len(tasks)))}
    yield from (done[place] for place in range(len(tasks)))


@pytest.mark.parametrize("run", [with_threads, backwards])
def test_the_same_approaches_to_the_last_bit_whatever_runs_the_slices(mixed_sky, reference, run):
    assert encounters_seen(mixed_sky, *SPAN, THRESHOLD_M, run=run) == reference


def test_the_same_approaches_whatever_the_order_of_the_objects(mixed_sky, reference):
    order = np.random.default_rng(3).permutation(len(mixed_sky))
    shuffled = encounters_seen(mixed_sky.rows(order), *SPAN, THRESHOLD_M)
    assert sorted(unordered(e, order) for e in shuffled) == sorted(unordered(e) for e in reference)


def unordered(encounter, names=None):
    pair = (encounter.first, encounter.second)
    pair = pair if names is None else (int(names[pair[0]]), int(names[pair[1]]))
    return *sorted(pair), encounter.kind, encounter.tca_tai_ns, encounter.miss_distance_m
