"""Looking at the sky of an exercise as it was known at an instant, with the detectors of the real watch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.catalogue.past import draw_past
from baken.catalogue.picture import draw_picture
from baken.errors import WrongUsage
from baken.exercise.scenario import InventedSky
from baken.exercise.simulated_world import simulated_catalogue
from baken.exercise.staged_sky import earlier, instant_of_staged_past, staged_sky
from baken.operations.assess_picture import assess_picture, keep_assessment
from baken.operations.ports import Detector, Store
from baken.records.catalogue import Catalogue, Picture
from baken.records.event import Runner, Window
from baken.records.lineage import Source, digest_of_json
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet

DAY_NS = 86_400 * 10**9
# Makes a generator from what it is seeded with.
MakeRng = Callable[[list[int]], np.random.Generator]
STAGE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedWatch:
    """A watch over an invented sky: it sees at each instant what was published by then, and no more."""

    sky: InventedSky | None
    store: Store
    detectors: Sequence[Detector]
    run: Runner
    marking: Marking
    make_rng: MakeRng

    def __call__(self, at_tai_ns: int, days: float) -> None:
        """Look, and keep what is seen."""
        if self.sky is None:
            raise WrongUsage("there is no sky to watch; write [sky] with a seed")
        picture = self.picture(self.sky, at_tai_ns)
        window = Window(start_tai_ns=at_tai_ns, end_tai_ns=at_tai_ns + round(days * DAY_NS))
        assessment = assess_picture(picture, window, self.detectors, run=self.run)
        keep_assessment(self.store, assessment, wall_s=0.0, at_tai_ns=at_tai_ns)

    def picture(self, sky: InventedSky, at_tai_ns: int) -> Picture:
        """Return the sky as it was known at an instant, with its past."""
        epoch_tai_ns = sky.epoch_tai_ns
        staged = staged_sky(self.make_rng([sky.seed, STAGE]), epoch_tai_ns=epoch_tai_ns)
        drawn = simulated_catalogue(
            self.make_rng([sky.seed]), n_objects=sky.n_objects, epoch_tai_ns=epoch_tai_ns
        ).element_sets
        past_tai_ns = instant_of_staged_past(epoch_tai_ns)
        before = _as_of(drawn, epoch_tai_ns, past_tai_ns)
        told = (*staged.element_sets, *staged.histories, *staged.before)
        past = draw_past(
            Catalogue(element_sets=self._ours(sky, [*before, *staged.before])),
            self._ours(sky, _known(staged.histories, at_tai_ns)),
            as_of_tai_ns=past_tai_ns,
        )
        now = self._ours(sky, [*_as_of(drawn, epoch_tai_ns, at_tai_ns), *_known(told, at_tai_ns)])
        return draw_picture(Catalogue(element_sets=now), as_of_tai_ns=at_tai_ns, past=past)

    def _ours(self, sky: InventedSky, element_sets: Sequence[ElementSet]) -> tuple[ElementSet, ...]:
        """Return element sets as those of an exercise, signed with what they were drawn from."""
        recipe = {"seed": sky.seed, "objects": sky.n_objects, "epoch": str(sky.epoch_tai_ns)}
        source = Source(name=f"sky of the exercise, seed {sky.seed}", digest=digest_of_json(recipe))
        return tuple(
            replace(
                es,
                realm=Realm.EXERCISE,
                marking=self.marking,
                lineage=replace(es.lineage, sources=(source,)),
            )
            for es in element_sets
        )


def _known(element_sets: Sequence[ElementSet], at_tai_ns: int) -> list[ElementSet]:
    return [es for es in element_sets if es.epoch_tai_ns <= at_tai_ns]


def _as_of(drawn: Sequence[ElementSet], epoch_tai_ns: int, at_tai_ns: int) -> list[ElementSet]:
    return earlier(drawn, (epoch_tai_ns - at_tai_ns) / NANOSECONDS_A_SECOND)
