"""Tell what was given to partners and what came back, from the log of a world."""

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import ReceivedItem, WithPartner, partners_heard_of, with_partner
from baken.operations.release_desk import releases
from baken.records.bundle import AnswerKind
from baken.records.contribution import Contribution, Returned
from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.records.terms import Terms
from baken.share.contribution import contributions


def tell_contributions(log: EvidenceLog, realm: Realm, *, at_tai_ns: int) -> tuple[Contribution, ...]:
    """Return what passed with each partner in a world, as it stands at an instant."""
    passed = [with_partner(log, realm, code) for code in partners_heard_of(log, realm)]
    said: dict[str, list[AnswerKind]] = {}
    for each in (answer.answer for one in passed for answer in one.answers):
        said.setdefault(each.item_id, []).append(each.kind)
    returned = {one.partner: _returned(log, one, at_tai_ns) for one in passed}
    return contributions(realm, releases(log, realm), said, returned, at_tai_ns=at_tai_ns)


def _returned(log: EvidenceLog, passed: WithPartner, at_tai_ns: int) -> tuple[Returned, ...]:
    return tuple(
        Returned(
            item_id=item.item_id,
            kind=item.kind,
            title=item.title,
            came_at_tai_ns=item.received_at_tai_ns,
            label=item.marking,
            terms=_terms(log, item),
            standing=item.standing(at_tai_ns).value,
            in_reply_to=item.in_reply_to,
        )
        for item in passed.items
    )


def _terms(log: EvidenceLog, item: ReceivedItem) -> Terms:
    entry = log.entry(item.realm, item.entry_sequence).entry
    return Terms(
        purpose=entry.text("purpose"),
        onward=Onward(entry.text("onward")),
        expires_tai_ns=item.expires_tai_ns,
        licence=entry.text("licence"),
    )
