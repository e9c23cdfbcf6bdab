"""Ask policy about one thing that is to go to one recipient: the same question each time, never wider."""

from dataclasses import dataclass, replace

from baken.operations.release_desk import Sharing
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner, partner_reader
from baken.records.reader import Item, ReleaseCircumstances
from baken.records.terms import Terms
from baken.share.classifications import may_handle
from baken.share.decide import Decision, may_release
from baken.share.offer_label import widened

TWO_PERSON = "two-person"
# Whoever would sign later.
TWO_OTHERS = frozenset({"the first of two", "the second of two"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who lets something go, why and on which terms; who agreed, and who signed so far."""

    releaser: str
    because: str
    terms: Terms
    reduced: bool
    consents: frozenset[str] = frozenset()
    signers: frozenset[str] = frozenset()
    at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What policy says of one thing: it may go, it may once two persons signed, or it may not."""

    decision: Decision
    needs_two: bool = False

    @property
    def may_go(self) -> bool:
        """Whether nothing stands against it but, perhaps, a signature that is still missing."""
        return self.decision.allowed

    @property
    def obligations(self) -> tuple[str, ...]:
        """What it is tied to."""
        first = (TWO_PERSON,) if self.needs_two else ()
        return tuple(dict.fromkeys((*first, *self.decision.obligations)))


def ask_policy(
    sharing: Sharing,
    partner: Partner,
    act: Act,
    marking: Marking,
    *,
    realm: Realm,
    kind: str,
    case: str = "",
    field: str = "",
) -> Verdict:
    """Ask whether something may go to a partner, or one field of it that has a label of its own.

    It is asked about under the label it would have then (``share/offer_label``).  Where a rule asks two
    persons it is asked once more as if two had signed, so that all else that stands against it is seen now.
    """
    as_if = widened(marking.without_fields, partner.code, held_by=sharing.node, consents=act.consents)
    label = replace(marking, releasable_to=as_if.releasable_to)
    label = label.of(field) if field else label.without_fields
    item = Item(marking=label, realm=realm, held_by=sharing.node, kind=kind, case=case)
    now = _asked(sharing, partner, act, item)
    if now.allowed or TWO_PERSON not in now.obligations:
        return Verdict(
            decision=now, needs_two=TWO_PERSON in now.obligations and len(act.signers) < len(TWO_OTHERS)
        )
    signed = replace(act, signers=act.signers | TWO_OTHERS)
    return Verdict(decision=_asked(sharing, partner, signed, item), needs_two=True)


def _asked(sharing: Sharing, partner: Partner, act: Act, item: Item) -> Decision:
    reader = partner_reader(partner, at_tai_ns=act.at_tai_ns)
    in_force = [each.name for each in partner.agreements if each.is_in_force(act.at_tai_ns)]
    release = ReleaseCircumstances(
        releaser=act.releaser,
        reason=act.because,
        purpose=act.terms.purpose,
        expires_tai_ns=act.terms.expires_tai_ns,
        consents=act.consents,
        approvals=act.signers,
        onward=act.terms.onward,
        reduced=act.reduced,
        agreements=frozenset(in_force),
        gives_back=partner.reciprocal,
        licences=partner.licences,
    )
    return may_release(
        sharing.policies,
        reader,
        item,
        release,
        at_tai_ns=act.at_tai_ns,
        may_handle=may_handle(reader.clearances, sharing.classifications),
    )
