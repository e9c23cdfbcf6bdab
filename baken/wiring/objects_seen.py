"""An object as somebody may see it, looked up once a minute: a page asks where it is every few seconds."""

from dataclasses import dataclass, field
from typing import TypeAlias

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.look_at_object import ObjectSeen, look_at_orbit
from baken.operations.ports import Store
from baken.records.marking import Realm
from baken.wiring.kept_looks import Itself, KeptLooks
from baken.wiring.skies_seen import GOOD_FOR_S, SeenSky

# A page looks at one; whoever reads all of them one by one fills no memory.
MOST_KEPT = 50
# A sky is of one world, and drawn anew it is another.
Asked: TypeAlias = tuple[Itself, Itself, str]


@dataclass(slots=True)
class ObjectsSeen:
    """Objects kept beside the store they were looked up in, and the sky in which they stand."""

    _kept: KeptLooks[Asked, ObjectSeen] = field(
        default_factory=lambda: KeptLooks(most=MOST_KEPT, good_for_s=GOOD_FOR_S)
    )

    def of(
        self, store: Store, log: EvidenceLog, sky: SeenSky, name: str, *, realm: Realm, now_tai_ns: int
    ) -> ObjectSeen:
        """Return an object with all that is said of its orbit, looked up not longer ago than a minute.

        Raises: NoSuchRecord when nobody bears the name.
        """
        return self._kept.of(
            (Itself(store), Itself(sky), name),
            lambda: look_at_orbit(
                store, log, sky.picture, sky.identities, name, realm=realm, now_tai_ns=now_tai_ns
            ),
        )
