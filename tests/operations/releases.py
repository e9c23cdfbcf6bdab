"""A desk from which things are released, with partners and policies as a home has them."""

from dataclasses import dataclass, replace

from baken.evidence.keys import birth, new_key
from baken.operations.approve_release import approve_release, sign_release
from baken.operations.desk import Desk
from baken.operations.explain_release import Wish
from baken.operations.keep_keys import keep_key_note
from baken.operations.propose_release import propose_release
from baken.operations.release_desk import Sharing, release
from baken.records.evidence import EntryKind
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner
from baken.records.precision import precision_from_text
from baken.records.terms import Terms
from baken.share.classifications import Classifications
from baken.share.policy import Policies, read_policies
from baken.wiring.policies import schema
from tests.memory_log import CountedLuck
from tests.operations.cases import NOON_TAI_NS, desk_of

DAY_NS = 86_400 * 1_000_000_000
REAL = frozenset({Realm.REAL})
PARTNERS = {code: Partner(code=code, names={}, realms=REAL, out_folder=code) for code in ("DE", "FR", "US")}
OURS = Marking(owner="NL")
FOR_WARNING = Terms(purpose="collision warning", expires_tai_ns=NOON_TAI_NS + 30 * DAY_NS)
COARSE = "epoch=1min position=1km digits=2 keep=title"
TWO_PERSONS = """
@id("as-baken-says")
permit (principal, action, resource);
@id("two-persons")
@obligation("two-person")
forbid (principal, action == Action::"release", resource) when { context.approvals < 2 };
"""


def shipped_policies(**states: str) -> Policies:
    """Return Baken's own policies, and those of states."""
    from baken.wiring.policies import _shipped

    return read_policies({"baken": _shipped("baken.cedar"), **states}, schema())


@dataclass
class House:
    """A node with two authorities, each with a key."""

    desk: Desk
    sharing: Sharing
    keys: dict[str, object]

    def wish(self, what: str, to: str = "DE", **said: object) -> Wish:
        """Return what somebody wants to release."""
        asked = {"precision": precision_from_text(COARSE), "terms": FOR_WARNING, "because": "they asked"}
        return Wish(what=what, recipient=to, item_id=self.desk.luck(16).hex(), **{**asked, **said})

    def proposed(self, what: str, to: str = "DE", **said: object):
        """Propose a release."""
        return propose_release(self.desk, self.sharing, self.wish(what, to, **said))

    def approved(self, release_id, by: str = "first", note: bytes | None = None, **said: object):
        """Approve a release as one of the authorities."""
        offer = release(self.desk.log, release_id).offer
        note = note or sign_release(offer, self.keys[by])
        desk = self.as_(by)
        return approve_release(desk, self.sharing, release_id, note, "it helps them", **said)

    def as_(self, actor: str, later_s: float = 0.0) -> Desk:
        """Return the desk with somebody else at it, perhaps later."""
        return replace(self.desk, actor=actor, at_tai_ns=self.desk.at_tai_ns + round(later_s * 1e9))

    def kept(self, *fields, kind=EntryKind.OBSERVATION, subject="log", marking=OURS, content=None) -> str:
        """Keep an entry and return its name."""
        (one,) = self.desk.keep(
            self.desk.entry(kind, subject, Realm.REAL, *fields, marking=marking, content=content)
        )
        return one.entry_id


def house(policies: Policies | None = None, classifications: Classifications | None = None) -> House:
    """Return a house with nothing in its log but the keys of two authorities."""
    desk = desk_of("analyst")
    keys = {
        name: new_key(f"baken/NL/authority/{name}", CountedLuck(drawn=1000 * (place + 1)))
        for place, name in enumerate(("first", "second"))
    }
    for name, key in keys.items():
        note = birth(key, at_tai_ns=NOON_TAI_NS)
        keep_key_note(desk.log, note, actor=name, at_tai_ns=NOON_TAI_NS, luck=desk.luck, realm=Realm.REAL)
    sharing = Sharing(
        node="NL",
        policies=policies or shipped_policies(),
        classifications=classifications or Classifications(version="0"),
        partners=PARTNERS,
    )
    return House(desk=desk, sharing=sharing, keys=keys)
