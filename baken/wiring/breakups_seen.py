"""Breakups in full, for whoever may see the orbits they rest on; made once for each sky that is seen."""

from dataclasses import dataclass, field
from typing import TypeAlias

from baken.operations.look_at_breakup import BreakupSeen, look_at_breakup
from baken.operations.ports import Store
from baken.records.event import Event
from baken.wiring.kept_looks import Itself, KeptLooks
from baken.wiring.skies_seen import SeenSky

Rests: TypeAlias = tuple[str, Itself]


@dataclass(slots=True)
class BreakupsSeen:
    """Looks at breakups, kept as long as the sky they were seen in."""

    _kept: KeptLooks[Rests, BreakupSeen | None] = field(default_factory=lambda: KeptLooks(most=6))

    def of(self, store: Store, event: Event, sky: SeenSky, now_tai_ns: int) -> BreakupSeen | None:
        """Return a breakup in full; nothing where its pieces are not in the sky that is seen."""
        return self._kept.of(
            (event.finding.digest, Itself(sky)), lambda: _looked(store, event, sky, now_tai_ns)
        )


def _looked(store: Store, event: Event, sky: SeenSky, now_tai_ns: int) -> BreakupSeen | None:
    if sky.picture is None:
        return None
    there = {es.identity.object_id for es in sky.picture.element_sets} & set(event.finding.object_ids)
    known = [es for one in sorted(there) for es in store.element_sets_of(one, realm=event.realm)]
    return look_at_breakup(event.finding, sky.picture, known, now_tai_ns)
