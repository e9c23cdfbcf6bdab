"""The sky as somebody may see it, drawn once a minute: pages ask for it many times a second."""

from dataclasses import dataclass, field
from typing import TypeAlias

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.ports import Store
from baken.operations.taken_back import orbits_taken_back
from baken.records.catalogue import Picture
from baken.records.identity import Identity
from baken.records.marking import Realm
from baken.wiring.kept_looks import Itself, KeptLooks
from baken.wiring.skies import stored_sky

# What a reader may see of a store is decided anew once a minute; no sky is drawn more often than that.
GOOD_FOR_S = 60.0
# Of so many readers who look within a minute, each in his worlds.
MOST_KEPT = 100
Asked: TypeAlias = tuple[Itself, Realm]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSky:
    """One world as one reader sees it: the orbit of each object, and every object with all its names.

    ``picture`` is None where no orbit is kept.  ``drawn_tai_ns`` is when this was looked up.
    """

    picture: Picture | None
    identities: tuple[Identity, ...]
    drawn_tai_ns: int


@dataclass(slots=True)
class SkiesSeen:
    """Skies kept beside the store they were drawn from: whoever sees another store sees another sky."""

    _kept: KeptLooks[Asked, SeenSky] = field(
        default_factory=lambda: KeptLooks(most=MOST_KEPT, good_for_s=GOOD_FOR_S)
    )

    def of(self, store: Store, log: EvidenceLog, realm: Realm, *, now_tai_ns: int) -> SeenSky:
        """Return a world as it is seen in a store and a log, drawn not longer ago than a minute."""
        return self._kept.of((Itself(store), realm), lambda: _drawn(store, log, realm, now_tai_ns))


def _drawn(store: Store, log: EvidenceLog, realm: Realm, now_tai_ns: int) -> SeenSky:
    taken_back = orbits_taken_back(log, realm, at_tai_ns=now_tai_ns)
    sky = stored_sky(store, realm=realm, now_tai_ns=now_tai_ns, taken_back=taken_back)
    return SeenSky(
        picture=None if sky is None else sky.picture(),
        identities=store.identities(realm),
        drawn_tai_ns=now_tai_ns,
    )
