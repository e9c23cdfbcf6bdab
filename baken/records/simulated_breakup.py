"""What would become of a breakup that is imagined: how many pieces, for how long, and for whom a risk."""

from dataclasses import dataclass

from baken.astro.arrays import Floats
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The least, the middle and the most of what was drawn."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesLeft:
    """How many pieces larger than a length were made, and are up after each of the times asked for."""

    least_length_m: float
    made: Range
    left: tuple[Range, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudRisk:
    """What the cloud adds for one object: expected collisions a year with pieces larger than a length.

    One range for each of the times asked for, as if the cloud stayed as it is then.  ``passages`` are the
    first passes near the place of the breakup, or opposite to it, with the distance in metres.
    """

    identity: Identity
    area_m2: float
    least_length_m: float
    collisions_a_year: tuple[Range, ...]
    passages: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudInShell:
    """What the cloud adds for an object that flies anywhere between two heights, as ``CloudRisk`` has it."""

    low_m: float
    high_m: float
    area_m2: float
    least_length_m: float
    collisions_a_year: tuple[Range, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CloudView:
    """The middle cloud at one time: each piece that is up, and the density of the whole over height.

    Shape: pieces (n,); ``density_per_m3`` (k,) between the k + 1 edges, of pieces larger than 10 cm.
    """

    after_s: float
    period_s: Floats
    apogee_m: Floats
    perigee_m: Floats
    edge_m: Floats
    density_per_m3: Floats
    spread_along_orbit: float
    spread_in_node: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SimulatedBreakup:
    """A breakup by the standard model of NASA: several drawn clouds under several suns."""

    parent: Identity
    epoch_tai_ns: int
    kind: str
    body: str
    is_catastrophic: bool | None
    seed: int
    n_clouds: int
    n_suns: int
    after_s: tuple[float, ...]
    pieces: tuple[PiecesLeft, ...]
    risks: tuple[CloudRisk, ...]
    shells: tuple[CloudInShell, ...]
    views: tuple[CloudView, ...]
    element_sets: tuple[ElementSet, ...]
    assumptions: tuple[str, ...]
    realm: Realm = Realm.SIMULATED
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
