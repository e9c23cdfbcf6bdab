"""Skies ready to be moved, kept as long as somebody looks: making one costs more than moving it."""

from dataclasses import dataclass, field
from threading import Lock

from baken.operations.move_sky import SkyInMotion, set_in_motion
from baken.wiring.skies_seen import SeenSky

MOST_KEPT = 8


@dataclass(slots=True)
class SkiesMoved:
    """One moving sky beside each sky that was seen; whoever sees another sky moves another."""

    _kept: list[tuple[SeenSky, SkyInMotion]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def of(self, seen: SeenSky) -> SkyInMotion:
        """Return a sky in motion; the newest looked at stay."""
        with self._lock:
            for sky, moved in self._kept:
                if sky is seen:
                    return moved
            moved = _moved(seen)
            self._kept = [*self._kept, (seen, moved)][-MOST_KEPT:]
            return moved


def _moved(seen: SeenSky) -> SkyInMotion:
    if seen.picture is None:
        return set_in_motion((), as_of_tai_ns=seen.drawn_tai_ns)
    return set_in_motion(seen.picture.element_sets, as_of_tai_ns=seen.picture.as_of_tai_ns)
