"""Falls in full, for whoever may see the orbits they rest on; made once, for each takes seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from baken.assess.reentry.conditions import air_of
from baken.assess.reentry.outlook import THRESHOLD_FRACTION, AskedOutlook
from baken.astro.atmosphere.density_grid import DensityGrid
from baken.operations.look_at_reentry import FallSeen, look_at_reentry, sets_of_fall
from baken.records.catalogue import Picture
from baken.records.event import Finding
from baken.records.orbit import ElementSet
from baken.records.reentry_outlook import EarlierWindow
from baken.records.region import Region
from baken.wiring.kept_looks import KeptLooks

# So many can speak of a chance of three in a thousand.
N_WAYS = 1_000
FallKey: TypeAlias = tuple[str, tuple[ElementSet, ...], tuple[str, ...], tuple[EarlierWindow, ...]]
AirKey: TypeAlias = tuple[int, float]


@dataclass(slots=True)
class FallsSeen:
    """Looks at falls kept by all they rest on: the finding, the orbits seen, the regions, earlier windows."""

    _falls: KeptLooks[FallKey, FallSeen] = field(default_factory=KeptLooks)
    # The air of one watch is that of all falls it found; it takes five seconds and much room.
    _airs: KeptLooks[AirKey, DensityGrid] = field(default_factory=lambda: KeptLooks(most=2))

    def of(
        self,
        finding: Finding,
        picture: Picture,
        regions: Sequence[Region] = (),
        earlier: tuple[EarlierWindow, ...] = (),
    ) -> FallSeen:
        """Return a fall in full.

        Raises: UnreadableInput where it cannot be looked at again.
        """
        about = AskedOutlook(regions=tuple(regions), threshold_fraction=THRESHOLD_FRACTION, earlier=earlier)
        drawn = tuple(one.key for one in regions)
        key = finding.digest, sets_of_fall(finding, picture), drawn, earlier
        return self._falls.of(key, lambda: look_at_reentry(finding, picture, about, N_WAYS, air_of=self._air))

    def _air(self, as_of_tai_ns: int, longest_day: float) -> DensityGrid:
        return self._airs.of((as_of_tai_ns, longest_day), lambda: air_of(as_of_tai_ns, longest_day))
