"""The watch for re-entries: from a picture to findings, the soonest first."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from baken.assess.reentry.candidates import may_fall_within
from baken.assess.reentry.conditions import ReentrySettings, conditions_at
from baken.assess.reentry.finding import finding_of, table_of
from baken.assess.reentry.prediction import predict_if_soon, sinking_m_s, states_of
from baken.astro.atmosphere.density_grid import DensityGrid
from baken.astro.constants import EARTH_RADIUS_WGS72_M
from baken.astro.motions import Motion
from baken.astro.space_weather import SpaceWeatherTable
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Runner, Window
from baken.records.lineage import NO_FILE, settings_of
from baken.records.orbit import ElementSet
from baken.records.reentry import ReentryPrediction

DAY_S = 86_400.0
# Members are followed this much further than the window asked for, so that windows close.
FOLLOWED_TIMES = 3.0
SET_OF_AFTER = (
    "The only element set of it is from after the instant of the picture, so it is told as of that set."
)
# What is counted, in the order of the work.
ACCOUNT = ("objects", "may_fall", "reentries")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReentryDetector:
    """Every object expected down in the window, where it comes down with ``least_probability`` at least.

    Without ``space_weather`` any year of the sun is as likely as another, and every finding says so;
    ``space_weather_from`` is the digest of the file in which it stood.
    ``make_rng`` starts the luck of each object at a seed of its name and the picture's instant.
    No element set of after that instant is looked at while an object has another, and no space weather.
    """

    name: str = "reentry"
    kind: EventKind = EventKind.REENTRY
    space_weather: SpaceWeatherTable | None = None
    space_weather_from: str = NO_FILE
    altitude_m: float = 80e3
    n_members: int = 60
    least_probability: float = 0.5
    make_rng: Callable[[int], np.random.Generator] = np.random.default_rng

    @property
    def account_names(self) -> tuple[str, ...]:
        return ACCOUNT

    def detect(self, picture: Picture, motion: Motion, window: Window, *, run: Runner) -> Detection:  # noqa: ARG002
        """Predict the fall of whatever may come down in a window; see ``docs/chapters/reentry.md``."""
        candidates = _candidates(picture, window)
        made = list(run(self._predictor(picture, window), candidates)) if candidates else []
        predictions = [one for one in made if one is not None and _is_in(window, one.epoch_tai_ns)]
        predictions.sort(key=lambda one: (one.epoch_tai_ns, one.identity.rank))
        findings = [finding_of(one, window) for one in predictions]
        shown = tuple(
            one for one in findings if float(str(one.measure("probability"))) >= self.least_probability
        )
        return Detection(
            kind=self.kind,
            window=window,
            findings=shown,
            table=table_of(findings) if findings else pl.DataFrame(),
            settings=settings_of(
                {
                    "altitude_m": self.altitude_m,
                    "least_probability": self.least_probability,
                    "n_members": self.n_members,
                    "space_weather": self.space_weather_from,
                }
            ),
            account=tuple(zip(ACCOUNT, (len(picture.choices), len(candidates), len(findings)), strict=True)),
        )

    def look_again(
        self, picture: Picture, object_id: str, window: Window, *, air: DensityGrid | None = None
    ) -> ReentryPrediction | None:
        """Return in full what a finding of one fall rests on; nothing when the picture has no such fall.

        ``air`` may be given where several looks share it: that of the picture's instant, ``longest_day`` on.
        """
        sets = [es for es in picture.element_sets if es.identity.object_id == object_id]
        return self._predictor(picture, window, air)(sets[0]) if sets else None

    def _predictor(
        self, picture: Picture, window: Window, air: DensityGrid | None = None
    ) -> Callable[[ElementSet], ReentryPrediction | None]:
        within_day = _within_day(picture, window)
        settings = ReentrySettings(
            altitude_m=self.altitude_m, longest_day=longest_day(picture, window), n_members=self.n_members
        )
        conditions = conditions_at(picture.as_of_tai_ns, self.space_weather, settings, self.make_rng, air=air)
        histories = _histories(picture)

        def one(element_set: ElementSet) -> ReentryPrediction | None:
            sets = [*histories.get(element_set.identity.object_id, []), element_set]
            if any(es.epoch_tai_ns <= picture.as_of_tai_ns for es in sets):
                return predict_if_soon(sets, conditions, self.make_rng, settings, within_day)
            later = replace(conditions, as_of_tai_ns=element_set.epoch_tai_ns)
            made = predict_if_soon([element_set], later, self.make_rng, settings, within_day)
            return None if made is None else replace(made, assumptions=(*made.assumptions, SET_OF_AFTER))

        return one


def longest_day(picture: Picture, window: Window) -> float:
    """Return how many days after a picture falls are followed, for those that a window asks for."""
    return max(FOLLOWED_TIMES * _within_day(picture, window), 1.0)


def _within_day(picture: Picture, window: Window) -> float:
    return (window.end_tai_ns - picture.as_of_tai_ns) / 1e9 / DAY_S


def _histories(picture: Picture) -> dict[str, list[ElementSet]]:
    """Return the earlier sets of each object: of the picture's past, and those the picture passed over."""
    found: dict[str, list[ElementSet]] = {}
    past = picture.past.histories if picture.past is not None else ()
    passed_over = (es for choice in picture.choices for es in reversed(choice.passed_over))
    for element_set in (*past, *passed_over):
        found.setdefault(element_set.identity.object_id, []).append(element_set)
    return found


def _candidates(picture: Picture, window: Window) -> list[ElementSet]:
    sets = picture.element_sets
    if not sets:
        return []
    states = states_of(sets)
    sinks = np.array([sinking_m_s(es, a) for es, a in zip(sets, states[:, 0], strict=True)])
    within_s = (window.end_tai_ns - picture.as_of_tai_ns) / 1e9 + 3.0 * DAY_S
    may = may_fall_within(states, sinks, within_s, EARTH_RADIUS_WGS72_M)
    return [es for es, is_kept in zip(sets, may, strict=True) if is_kept]


def _is_in(window: Window, epoch_tai_ns: int) -> bool:
    return window.start_tai_ns <= epoch_tai_ns <= window.end_tai_ns
