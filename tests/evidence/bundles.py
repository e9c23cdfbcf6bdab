"""A small bundle from NL to DE, as tests attack it."""

from dataclasses import replace

from baken.evidence.bundle import link_of, read_bundle, write_bundle
from baken.evidence.keys import Period, new_key
from baken.records.bundle import (
    AnswerKind,
    Bundle,
    BundleItem,
    ItemAnswer,
    ItemFile,
    ItemKind,
    LastSeen,
    RecallRequest,
    new_item_id,
)
from baken.records.handling import Handling, Tlp
from baken.records.marking import Marking, Realm
from baken.records.terms import Terms
from tests.memory_log import CountedLuck

LUCK = CountedLuck(drawn=5000)
KEY = new_key("baken/NL/real", LUCK)
THIEF = new_key("baken/NL/real", LUCK)
DRILL = new_key("baken/NL/exercise", LUCK)
NOW_TAI_NS, DAY_NS = 839_937_637_000_000_000, 86_400_000_000_000
FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}), handling=Handling(tlp=Tlp.AMBER))


def item(**changes) -> BundleItem:
    """Return something to send."""
    whole = BundleItem(
        item_id=new_item_id(LUCK),
        kind=ItemKind.DOCUMENT,
        title="Eén bijlage",
        marking=FOR_DE,
        terms=Terms(purpose="collision warning", expires_tai_ns=NOW_TAI_NS + 30 * DAY_NS),
        told=(("text", "één"), ("rounded_to_s", 600.0), ("objects", ("25544", None))),
        file=ItemFile(name="note.txt", media_type="text/plain", content=b"hello"),
    )
    return replace(whole, **changes)


def bundle(**changes) -> Bundle:
    """Return the first bundle."""
    whole = Bundle(
        sender="NL",
        recipient="DE",
        realm=Realm.REAL,
        number=1,
        previous="",
        made_at_tai_ns=NOW_TAI_NS - DAY_NS,
        valid_until_tai_ns=NOW_TAI_NS + DAY_NS,
        policy_digest="sha256:" + "0" * 64,
        items=(item(), item(kind=ItemKind.STATEMENT, file=None, title="Said")),
        recalls=(RecallRequest(item_id=new_item_id(LUCK), because="wrong orbit", at_tai_ns=NOW_TAI_NS),),
        answers=(
            ItemAnswer(
                answer_id=new_item_id(LUCK),
                item_id=new_item_id(LUCK),
                kind=AnswerKind.DISSENT,
                text="we saw\nno burn",
                at_tai_ns=NOW_TAI_NS,
                marking=FOR_DE,
            ),
        ),
    )
    return replace(whole, **changes)


def good(key=KEY) -> list[Period]:
    """Return what DE knows of the keys of NL."""
    return [Period(key=key.verifier, from_tai_ns=None)]


def read(content: bytes, *, keys=None, me="DE", last: LastSeen | None = None, at=NOW_TAI_NS) -> Bundle:
    """Read a bundle as DE does."""
    return read_bundle(content, keys or good(), me=me, last=last, now_tai_ns=at)


def seen_after(one: Bundle, **more) -> LastSeen:
    """Return what DE saw once this bundle came."""
    return LastSeen(links={one.realm: link_of(one, write_bundle(one, KEY))}, version=one.version, **more)
