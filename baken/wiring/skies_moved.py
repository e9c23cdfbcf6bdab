"""Skies ready to be moved, kept as long as somebody looks: making one costs more than moving it."""

from dataclasses import dataclass, field

from baken.operations.move_sky import SkyInMotion, set_in_motion
from baken.wiring.kept_looks import Itself, KeptLooks
from baken.wiring.skies_seen import SeenSky

MOST_KEPT = 8


@dataclass(slots=True)
class SkiesMoved:
    """One moving sky beside each sky that was seen; whoever sees another sky moves another."""

    _kept: KeptLooks[Itself, SkyInMotion] = field(default_factory=lambda: KeptLooks(most=MOST_KEPT))

    def of(self, seen: SeenSky) -> SkyInMotion:
        """Return a sky in motion; the newest looked at stay."""
        return self._kept.of(Itself(seen), lambda: _moved(seen))


def _moved(seen: SeenSky) -> SkyInMotion:
    if seen.picture is None:
        return set_in_motion((), as_of_tai_ns=seen.drawn_tai_ns)
    return set_in_motion(seen.picture.element_sets, as_of_tai_ns=seen.picture.as_of_tai_ns)
