"""Answer a partner: what a person says of something that came from him goes with the next bundle to him."""

from collections.abc import Collection

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Seen
from baken.operations.partner_entries import What, WithPartner, with_partner
from baken.operations.received_entries import answer_fields
from baken.records.bundle import AnswerKind, ItemAnswer, new_item_id
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.marking import Marking, Realm
from baken.records.partner import source_of_partner
from baken.share.references import refuse_references

TO_A_RECALL = frozenset({AnswerKind.RECALL_DONE, AnswerKind.RECALL_REFUSED})


def answer_partner(
    desk: Desk, realm: Realm, code: str, item_id: str, kind: AnswerKind, text: str, *, node: str
) -> KeptEntry:
    """Keep what somebody says of an item of a partner; it is due to go to him.

    The label of an answer names the partner and us, and nobody else.
    Raises: NoSuchRecord for an item that never came from him; WrongUsage for an answer to a recall that he
    never asked, without words where words are due, or
    for words that name what stays here; Overtaken.
    """
    now = with_partner(desk.log, realm, code)
    item_id = _full_id(item_id, now)
    if kind in TO_A_RECALL and item_id not in {each.item_id for each in now.recalls}:
        raise WrongUsage(f"{code} did not ask to use {item_id} no more; nothing is to be answered to that")
    refuse_references(text, "--text")
    marking = Marking(owner=node, releasable_to=frozenset({code, node}))
    try:
        answer = ItemAnswer(
            answer_id=new_item_id(desk.luck),
            item_id=item_id,
            kind=kind,
            text=text,
            at_tai_ns=desk.at_tai_ns,
            marking=marking,
        )
    except ValueError as error:
        raise WrongUsage(f"--text: {error}") from error
    entry = desk.entry(
        EntryKind.PARTNER,
        source_of_partner(code),
        realm,
        *answer_fields(code, What.OUR_ANSWER, answer),
        ("title", f"{kind.value} to {code}"),
        marking=marking,
    )
    return desk.keep(entry, seen=Seen(subject=source_of_partner(code), n_entries=now.n_entries))[0]


def _full_id(beginning: str, now: WithPartner) -> str:
    """Return the item that is called so, or whose name begins so when only one does."""
    known = {each.item_id for each in now.items} | {each.item_id for each in now.recalls}
    return _only_one(beginning, known, now.partner)


def _only_one(beginning: str, known: Collection[str], code: str) -> str:
    found = sorted(each for each in known if beginning and each.startswith(beginning.strip().lower()))
    if len(found) != 1:
        problem = "no item" if not found else f"{len(found)} items"
        raise NoSuchRecord(
            f"{problem} of {code} begins with {beginning!r}; 'baken partner log {code}' shows them"
        )
    return found[0]
