"""Who says what may go into a dossier: policy for what is labelled for its reader, a release for the rest."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from baken.operations.build_dossier import Allowed, Gate
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.explain_release import case_of
from baken.operations.label_of_bytes import with_label_of_its_bytes
from baken.operations.partner_entries import Standing, standings_among
from baken.operations.release_desk import Sharing
from baken.operations.release_question import Act, ask_policy
from baken.operations.released_piece import fields_without, kind_of
from baken.records.evidence import KeptEntry
from baken.records.marking import Marking
from baken.records.release import Offer

TO_VERIFY = "verification"
NOTHING = frozenset[str]()


def gate_of_labels(log: EvidenceLog, sharing: Sharing, act: Act) -> Gate:
    """Return what lets go what is labelled for a recipient, field by field, where policy allows it too.

    Nothing is widened here: whoever labelled it did that.  Who has no file here as a partner gets nothing;
    nobody gets what its originator took back, or gave for a time that is over.
    It goes for the purpose of the act, else for the one its recipient receives for.
    """

    def gate(kept: KeptEntry, recipient: str) -> Allowed:
        kept = with_label_of_its_bytes(log, kept)
        marking = kept.marking
        partner = sharing.partners.get(recipient)
        if partner is None:
            return Allowed(names=NOTHING, because=f"no partner {recipient} has a file here")
        if not _names(marking, recipient):
            return Allowed(names=NOTHING, because=f"label {marking.text}")
        standing = standings_among(log, kept.entry.realm, [kept], act.at_tai_ns).get(kept.sequence)
        if standing not in (None, Standing.HOLDS):
            return Allowed(names=NOTHING, because=f"partner:{standing}")
        purpose = act.terms.purpose or partner.purpose or TO_VERIFY
        ask = partial(
            ask_policy,
            sharing,
            partner,
            replace(act, terms=replace(act.terms, purpose=purpose)),
            marking,
            realm=kept.entry.realm,
            kind=kind_of(log, kept.entry),
            case=case_of(kept),
        )
        itself = ask()
        rules = ", ".join(itself.decision.policy_ids)
        if itself.needs_two or not itself.may_go:
            return Allowed(names=NOTHING, because=f"policy {rules}")
        held = {
            field
            for field, _ in marking.of_fields
            if not (_names(marking.of(field), recipient) and ask(field=field).may_go)
        }
        return Allowed(names=fields_without(kept, held), because=f"label {marking.text}; policy {rules}")

    return gate


def gate_of_release(offer: Offer) -> Gate:
    """Return what lets go exactly what was signed, to its recipient, and nothing else."""
    signed: Mapping[str, tuple[str, ...]] = {piece.entry_id: piece.names for piece in offer.pieces}

    def gate(kept: KeptEntry, recipient: str) -> Allowed:
        names = signed.get(kept.entry_id, ()) if recipient == offer.recipient else ()
        because = f"release {offer.release_id}" if names else f"not part of release {offer.release_id}"
        return Allowed(names=frozenset(names), because=because)

    return gate


def _names(marking: Marking, recipient: str) -> bool:
    return recipient in marking.releasable_to or recipient == marking.owner
