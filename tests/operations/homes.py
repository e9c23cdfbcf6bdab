"""Homes of states that exchange bundles: each with a store, a log and a key of its own."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from baken.cli.dossier_check import check_dossier
from baken.evidence.checkpoint import origin_of
from baken.evidence.keys import new_key
from baken.evidence.signed_note import SigningKey
from baken.operations.desk import Desk
from baken.operations.ports import Store
from baken.operations.receive_bundle import Around, Received, receive_bundle
from baken.operations.send_bundle import Load, SentBundle, send_bundle
from baken.records.bundle import BundleItem, ItemKind, new_item_id
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner, PartnerKey
from baken.records.terms import Terms
from baken.store.home import open_home
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS

DAY_NS = 86_400_000_000_000
DIGEST = "sha256:" + "0" * 64


@dataclass
class House:
    """A state at work."""

    node: str
    store: Store
    desk: Desk
    keys: dict[Realm, SigningKey]
    partners: dict[str, Partner] = field(default_factory=dict)

    def around(self) -> Around:
        return Around(me=self.node, partners=self.partners, check_dossier=check_dossier)

    def receive(self, content: bytes) -> Received:
        return receive_bundle(self.desk, self.store, content, self.around())

    def send(self, code: str, *items: BundleItem, recalls=(), realm=Realm.REAL, also=()) -> SentBundle:
        load = Load(
            realm=realm,
            policy_digest=DIGEST,
            valid_until_tai_ns=self.desk.at_tai_ns + DAY_NS,
            items=items,
            recalls=tuple(recalls),
        )
        return send_bundle(self.desk, self.keys[realm], self.node, code, load, also=also)

    def item(self, kind: ItemKind, to: str, **changes) -> BundleItem:
        plain = {
            "item_id": new_item_id(self.desk.luck),
            "title": "An item",
            "marking": Marking(owner=self.node, releasable_to=frozenset({to})),
            "terms": Terms(purpose="space safety"),
        }
        return BundleItem(kind=kind, **{**plain, **changes})


def house(node: str, folder: Path, drawn: int) -> House:
    """Return a state on its own; its home is a copy of an empty one, which is quicker than to make one."""
    empty = folder.parent / "empty-home"
    if not empty.exists():
        open_home(empty).store.close()
    shutil.copytree(empty, folder / node)
    luck = CountedLuck(drawn=drawn)
    return House(
        node=node,
        store=open_home(folder / node).store,
        desk=Desk(log=MemoryLog(), actor="baken", at_tai_ns=NOON_TAI_NS, luck=luck),
        keys={realm: new_key(origin_of(node, realm), luck) for realm in (Realm.REAL, Realm.EXERCISE)},
    )


def acquaint(*houses: House, realms=frozenset({Realm.REAL, Realm.EXERCISE})) -> None:
    """Let every state have a file of every other one."""
    for one in houses:
        for other in houses:
            if other is not one:
                vkeys = [key.verifier.text for key in other.keys.values()]
                one.partners[other.node] = Partner(
                    code=other.node,
                    names={"en": other.node},
                    realms=realms,
                    keys=tuple(PartnerKey(vkey=vkey) for vkey in vkeys),
                )
