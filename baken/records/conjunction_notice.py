"""A warning in brief: who, when, how near and how likely, without the states to judge it by."""

from dataclasses import dataclass

from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedObject:
    """One of the two objects of a notice; ``size`` is the sender's class of radar cross-section."""

    identity: Identity
    name: str = ""
    kind: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConjunctionNotice:
    """What is told in public of a warning: enough to know of an encounter, too little to assess it.

    It has neither states nor covariances, so no probability but the sender's can be given; ask the operator
    or the sender for the whole message.
    """

    originator: str
    message_id: str
    created_tai_ns: int
    tca_tai_ns: int
    miss_distance_m: float
    first: NoticedObject
    second: NoticedObject
    collision_probability: float | None = None
    is_emergency: bool | None = None
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    other_fields: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.miss_distance_m >= 0.0:
            raise ValueError(f"miss_distance_m is not negative; it is {self.miss_distance_m}")
        probability = self.collision_probability
        if probability is not None and not 0.0 <= probability <= 1.0:
            raise ValueError(f"collision_probability is in [0, 1]; it is {probability}")
