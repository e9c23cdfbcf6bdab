"""An object as somebody may see it, looked up once a minute: a page asks where it is every few seconds."""

import time
from dataclasses import dataclass, field
from threading import Lock

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.look_at_object import ObjectSeen, look_at_orbit
from baken.operations.ports import Store
from baken.records.marking import Realm
from baken.wiring.skies_seen import GOOD_FOR_S, SeenSky

# A page looks at one; whoever reads all of them one by one fills no memory.
MOST_KEPT = 50


@dataclass(slots=True)
class ObjectsSeen:
    """Objects kept beside the store they were looked up in, and the sky in which they stand."""

    _kept: list[tuple[float, Store, SeenSky, str, ObjectSeen]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def of(
        self, store: Store, log: EvidenceLog, sky: SeenSky, name: str, *, realm: Realm, now_tai_ns: int
    ) -> ObjectSeen:
        """Return an object with all that is said of its orbit, looked up not longer ago than a minute.

        Raises: NoSuchRecord when nobody bears the name.
        """
        with self._lock:
            now_s = time.monotonic()
            self._kept = [kept for kept in self._kept if now_s - kept[0] <= GOOD_FOR_S][-MOST_KEPT:]
            for _, seen_in, under, called, seen in self._kept:
                # A sky is of one world, and drawn anew it is another.
                if seen_in is store and under is sky and called == name:
                    return seen
            found = look_at_orbit(
                store, log, sky.picture, sky.identities, name, realm=realm, now_tai_ns=now_tai_ns
            )
            self._kept.append((now_s, store, sky, name, found))
            return found
