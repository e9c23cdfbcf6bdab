"""Orbits that a partner took back, or gave for a time that is over: shown as such, and used in nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import Standing, standing_of_received
from baken.records.bundle import ItemKind
from baken.records.ephemeris import Ephemeris
from baken.records.marking import Realm
from baken.records.orbit import ElementSet


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """How orbits of partners stand that may be used no more, by partner and digest of the file they came in.

    What we read ourselves from the same bytes is ours to use: it does not bear the partner's label.
    """

    standings: Mapping[tuple[str, str], Standing]

    def standing(self, orbit: ElementSet | Ephemeris) -> Standing:
        """Say whether an orbit may still be used, whoever it came from."""
        digests = [source.digest for source in orbit.lineage.sources]
        came = [(who, digest) for who in orbit.marking.originators for digest in digests]
        return next((self.standings[one] for one in came if one in self.standings), Standing.HOLDS)

    def without(self, element_sets: Iterable[ElementSet]) -> tuple[ElementSet, ...]:
        """Return those that may still be used."""
        return tuple(one for one in element_sets if self.standing(one) is Standing.HOLDS)


NOTHING_TAKEN_BACK = TakenBack(standings={})


def orbits_taken_back(log: EvidenceLog, realm: Realm, *, at_tai_ns: int) -> TakenBack:
    """Return which orbits of partners may be used no more at an instant.

    A file that came once more, and of which one item still holds, may be used.
    """
    found: dict[tuple[str, str], set[Standing]] = {}
    for item in standing_of_received(log, realm):
        if item.kind == ItemKind.ORBIT:
            found.setdefault((item.partner, item.digest), set()).add(item.standing(at_tai_ns))
    over = {one: standings for one, standings in found.items() if Standing.HOLDS not in standings}
    return TakenBack(
        standings={
            one: Standing.RECALLED if Standing.RECALLED in standings else Standing.EXPIRED
            for one, standings in over.items()
        }
    )
