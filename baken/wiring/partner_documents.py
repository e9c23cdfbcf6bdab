"""Partners, and what passed with them, as scripts read them."""

from collections.abc import Sequence
from typing import Any

from baken.astro.time import utc_text
from baken.operations.partner_entries import WithPartner
from baken.operations.receive_folder import Outcome
from baken.operations.would_get import WouldGet
from baken.records.bundle import Link
from baken.records.evidence import entry_id_of
from baken.records.marking_forms import marking_document
from baken.records.partner import Partner
from baken.share.partner_doubts import Doubted
from baken.testing.check_partner import Tried


def partner_document(partner: Partner, doubts: Sequence[Doubted], at_tai_ns: int) -> dict[str, Any]:
    """Return a partner as his file describes him, and what in it to look at."""
    return {
        "code": partner.code,
        "names": dict(partner.names),
        "audiences": sorted(partner.audiences | {partner.code}),
        "nationalities": sorted(partner.nationalities),
        "agreements": [
            {
                "name": each.name,
                "clearances": sorted(each.clearances),
                "from_utc": utc_text(each.from_tai_ns, 0),
                "until_utc": _utc(each.until_tai_ns),
                "in_force": each.is_in_force(at_tai_ns),
            }
            for each in partner.agreements
        ],
        "clearances": sorted(partner.clearances(at_tai_ns)),
        "needs": sorted(partner.needs),
        "categories": sorted(partner.categories),
        "licences": sorted(partner.licences),
        "realms": sorted(partner.realms),
        "reciprocal": partner.reciprocal,
        "purpose": partner.purpose,
        "precision": partner.precision,
        "handling": list(partner.handling.tokens),
        "keys": [
            {"vkey": each.vkey, "revoked_since_utc": _utc(each.revoked_since_tai_ns)} for each in partner.keys
        ],
        "out": partner.out_folder,
        "in": partner.in_folder,
        "contact": partner.contact,
        "language": partner.language,
        "doubts": [{"doubt": each.doubt.value, "name": each.name} for each in doubts],
    }


def exchange_document(now: WithPartner, at_tai_ns: int) -> dict[str, Any]:
    """Return what passed between a partner and us."""
    return {
        "partner": now.partner,
        "realm": now.realm.value,
        "received": _link(now.received),
        "not_taken": list(now.not_taken),
        "sent": _link(now.sent),
        "taken_to": now.taken_to,
        "refused": list(now.refused),
        "items": [
            {
                "item_id": item.item_id,
                "kind": item.kind,
                "title": item.title,
                "entry_id": entry_id_of(item.entry_sequence),
                "label": marking_document(item.marking),
                "standing": item.standing(at_tai_ns).value,
                "expires_utc": _utc(item.expires_tai_ns),
                "recalled_because": item.recalled_because,
                "verdict": item.verdict,
                "in_reply_to": item.in_reply_to,
                "our_answers": [each.value for each in item.our_answers],
            }
            for item in now.items
        ],
        "recalls": [
            {
                "item_id": each.item_id,
                "because": each.because,
                "entry_id": entry_id_of(each.entry_sequence),
                "is_known": each.is_known,
                "our_answer": each.our_answer.value if each.our_answer else None,
            }
            for each in now.recalls
        ],
        "answers": [
            {
                "item_id": each.answer.item_id,
                "answer": each.answer.kind.value,
                "text": each.answer.text,
                "about": each.subject,
                "entry_id": entry_id_of(each.entry_sequence),
                "label": marking_document(each.answer.marking),
            }
            for each in now.answers
        ],
        "due": [{"item_id": each.item_id, "answer": each.kind.value, "text": each.text} for each in now.due],
    }


def outcome_document(outcome: Outcome) -> dict[str, Any]:
    """Return what became of one file with a bundle."""
    if outcome.received is None:
        refused = outcome.refused
        return {
            "file": outcome.name,
            "taken": False,
            "why": refused.why.value if refused else "",
            "because": str(refused) if refused else "",
            "missing": list(refused.missing) if refused else [],
        }
    bundle = outcome.received.bundle
    return {
        "file": outcome.name,
        "taken": True,
        "from": bundle.sender,
        "realm": bundle.realm.value,
        "number": bundle.number,
        "items": [
            {
                "item_id": item.item_id,
                "kind": item.kind.value,
                "title": item.title,
                "label": marking_document(item.marking),
                "verdict": outcome.received.verdicts[item.item_id],
            }
            for item in bundle.items
        ],
        "recalls": [{"item_id": each.item_id, "because": each.because} for each in bundle.recalls],
        "answers": [
            {"item_id": each.item_id, "answer": each.kind.value, "text": each.text} for each in bundle.answers
        ],
        "kept_as": [kept.entry_id for kept in outcome.received.kept],
    }


def outcome_in_short(outcome: Outcome) -> dict[str, Any]:
    """Return what became of one file, for somebody who may not read all that is in it."""
    whole, short = outcome_document(outcome), ("file", "taken", "why", "from", "realm", "number")
    return {name: whole[name] for name in short if name in whole}


def tried_document(tried: Tried) -> dict[str, Any]:
    """Return one offer that was made on purpose, and what policy said."""
    return {
        "offered": tried.probe.value,
        "name": tried.name,
        "would_go": tried.decision.allowed,
        "as_it_should_be": tried.is_as_it_should_be,
        "policy_ids": list(tried.decision.policy_ids),
        "errors": list(tried.decision.errors),
    }


def would_document(would: WouldGet) -> dict[str, Any]:
    """Return an entry that could go today, and by which rules."""
    entry = would.kept.entry
    return {
        "entry_id": would.kept.entry_id,
        "realm": entry.realm.value,
        "kind": entry.kind.value,
        "about": entry.subject,
        "title": entry.text("title"),
        "label": marking_document(entry.marking),
        "policy_ids": list(would.decision.policy_ids),
    }


def _link(link: Link | None) -> dict[str, Any] | None:
    return None if link is None else {"number": link.number, "digest": link.digest}


def _utc(at_tai_ns: int | None) -> str | None:
    return None if at_tai_ns is None else utc_text(at_tai_ns, 0)
