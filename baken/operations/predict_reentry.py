"""Predict re-entries: of one object from its element sets, or of all that may come down soon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baken.assess.reentry.candidates import may_fall_within
from baken.assess.reentry.conditions import MakeRng, ReentrySettings, conditions_at
from baken.assess.reentry.prediction import predict, predict_if_soon, sinking_m_s, states_of
from baken.astro.constants import EARTH_RADIUS_WGS72_M
from baken.astro.space_weather import SpaceWeatherTable
from baken.astro.time import NANOSECONDS_A_DAY
from baken.records.event import Runner
from baken.records.orbit import ElementSet
from baken.records.reentry import ReentryPrediction

Histories = Mapping[str, Sequence[ElementSet]]
# Who may come down within so many days is followed this many times as long: for windows that close.
FOLLOWED_TIMES = 3.0
# Elements that are older tell nothing about a fall of the coming weeks.
OLDEST_DAY = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReentryList:
    """Who comes down within some days, soonest first; how many were looked at, and how many closely.

    ``n_surely_down`` counts those whose whole window has passed: nobody has seen them since, nor will.
    """

    predictions: tuple[ReentryPrediction, ...]
    n_surely_down: int
    n_objects: int
    n_candidates: int


def histories_of(element_sets: Iterable[ElementSet], as_of_tai_ns: int) -> dict[str, list[ElementSet]]:
    """Return the sets known at an instant by object, each list in order of time."""
    found: dict[str, list[ElementSet]] = {}
    for es in sorted(element_sets, key=lambda one: one.epoch_tai_ns):
        if es.epoch_tai_ns <= as_of_tai_ns:
            found.setdefault(es.identity.object_id, []).append(es)
    return found


def predict_reentries(
    histories: Histories,
    as_of_tai_ns: int,
    space_weather: SpaceWeatherTable | None,
    settings: ReentrySettings,
    make_rng: MakeRng,
    *,
    run: Runner = map,
) -> tuple[ReentryPrediction | None, ...]:
    """Return a prediction for each object, in the order given; None where none can be made."""
    conditions = conditions_at(as_of_tai_ns, space_weather, settings, make_rng)

    def one(object_id: str) -> ReentryPrediction | None:
        return predict(histories[object_id], conditions, make_rng, settings)

    return tuple(run(one, list(histories)))


def list_reentries(
    histories: Histories,
    as_of_tai_ns: int,
    within_day: float,
    space_weather: SpaceWeatherTable | None,
    settings: ReentrySettings,
    make_rng: MakeRng,
    *,
    run: Runner = map,
) -> ReentryList:
    """Return who is expected down within some days, by median, soonest first."""
    candidates = candidates_of(histories, as_of_tai_ns, within_day)
    conditions = conditions_at(as_of_tai_ns, space_weather, settings, make_rng)

    def one(object_id: str) -> ReentryPrediction | None:
        return predict_if_soon(candidates[object_id], conditions, make_rng, settings, within_day)

    made = run(one, list(candidates))
    end_tai_ns = as_of_tai_ns + round(within_day * NANOSECONDS_A_DAY)
    near = [one for one in made if one is not None and one.epoch_tai_ns <= end_tai_ns]
    still_up = (one for one in near if one.window_end_tai_ns > as_of_tai_ns)
    predictions = tuple(sorted(still_up, key=lambda one: (one.epoch_tai_ns, one.identity.rank)))
    return ReentryList(
        predictions=predictions,
        n_surely_down=len(near) - len(predictions),
        n_objects=len(histories),
        n_candidates=len(candidates),
    )


def candidates_of(
    histories: Histories, as_of_tai_ns: int, within_day: float
) -> dict[str, Sequence[ElementSet]]:
    """Return the objects that are worth a closer look, in order of catalogue number."""
    oldest = as_of_tai_ns - OLDEST_DAY * NANOSECONDS_A_DAY
    fresh = [(name, sets) for name, sets in histories.items() if sets[-1].epoch_tai_ns >= oldest]
    if not fresh:
        return {}
    last = [sets[-1] for _, sets in fresh]
    states = states_of(last)
    sinks = np.array([sinking_m_s(es, a) for es, a in zip(last, states[:, 0], strict=True)])
    within_s = (within_day + OLDEST_DAY / 10.0) * 86_400.0
    may = may_fall_within(states, sinks, within_s, EARTH_RADIUS_WGS72_M)
    kept = [pair for pair, is_kept in zip(fresh, may, strict=True) if is_kept]
    return dict(sorted(kept, key=lambda pair: pair[1][-1].identity.rank))
