"""Approve a release: a person signs exactly what goes, and policy is asked again at that moment."""

from dataclasses import replace

from baken.errors import RefusedByPolicy, WrongUsage
from baken.evidence.signed_note import SigningKey, VerifierKey, read_note, signed, signers
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.explain_release import Wish, explain_release, is_case
from baken.operations.keep_keys import good_keys
from baken.operations.keep_policies import keep_policies
from baken.operations.propose_release import offer_of_view, refusal_text, ruling_of
from baken.operations.release_desk import Sharing, release, say_of_release
from baken.records.evidence import Content
from baken.records.marking import Realm
from baken.records.precision import precision_from_text
from baken.records.release import Offer, ReleaseId, ReleaseStanding
from baken.records.release_view import ReleaseView
from baken.share.exchange import ReleaseStep, advance
from baken.share.release_history import ruling_fields
from baken.share.release_statement import statement_of

MEDIA_TYPE = "text/vnd.c2sp.signed-note"


def sign_release(offer: Offer, key: SigningKey) -> bytes:
    """Return what goes as a note that a person signed with his own key."""
    return sign_statement(statement_of(offer), key)


def sign_statement(statement: str, key: SigningKey) -> bytes:
    """Return a statement as a signed note: what a person does where his key lies."""
    return signed(statement + "\n", key).content


def approve_release(
    desk: Desk,
    sharing: Sharing,
    release_id: ReleaseId,
    note: bytes,
    because: str,
    *,
    seen: int | None = None,
) -> ReleaseStanding:
    """Keep that a person lets a release go: signed with the key of an authority of this node, for a reason.

    Where policy asks two persons, the first endorses and the second approves: two persons with two keys, of
    whom one may have proposed it.  Anything that changed since it was proposed stops it.
    Raises: RefusedByPolicy when policy says no, or something changed: it is stopped then; BadSignature,
    BadMessage for a note nobody known here signed; WrongUsage when it says something else, or a person signs
    twice.
    """
    now = release(desk.log, release_id, seen=seen)
    advance(now.stage, ReleaseStep.APPROVE)
    if not because.strip():
        raise WrongUsage("an approval has a reason; give --because")
    key = _signer(desk, sharing, now.offer, note)
    _refuse_same(now, desk.actor, key)
    view = asked_again(desk, sharing, now, signer=desk.actor)
    keep_policies(desk, sharing.policies, now.offer.realm)
    stop(desk, now, view, change_of(now.offer, view))
    content = Content(
        digest=desk.log.keep_content(note),
        media_type=MEDIA_TYPE,
        name=f"{release_id}.note",
        size_bytes=len(note),
    )
    step = ReleaseStep.ENDORSE if view.needs_two else ReleaseStep.APPROVE
    signed_by = (("signed_by", key.text), *ruling_fields(ruling_of(view)))
    return say_of_release(desk, now, step, because, *signed_by, content=content)


def asked_again(
    desk: Desk, sharing: Sharing, now: ReleaseStanding, *, signer: str | None = None
) -> ReleaseView:
    """Return what a release would give now, asked as it was proposed, with all who signed so far."""
    others = frozenset(each.by for each in now.approvals)
    return explain_release(
        desk.log,
        sharing,
        wish_of(now.offer),
        releaser=now.proposed_by,
        at_tai_ns=desk.at_tai_ns,
        signers=others | ({signer} if signer else frozenset()),
    )


def wish_of(offer: Offer) -> Wish:
    """Return what was asked for when it was proposed; of a case, the entries it had then."""
    return Wish(
        what=offer.what,
        recipient=offer.recipient,
        precision=precision_from_text(offer.precision),
        terms=offer.terms,
        because=offer.because,
        item_id=offer.item_id,
        realm=offer.realm,
        title=offer.title,
        consents=offer.consents,
        only=frozenset(each.entry_id for each in offer.pieces) if is_case(offer.what) else frozenset(),
    )


def stop(desk: Desk, now: ReleaseStanding, view: ReleaseView, why: str) -> None:
    """Stop a release for a reason, if there is one: it is then proposed anew, or not.

    Raises: RefusedByPolicy with the reason.
    """
    if why:
        say_of_release(desk, now, ReleaseStep.STOP, why, *ruling_fields(ruling_of(view)))
        raise RefusedByPolicy(f"{now.release_id} is stopped: {why}; propose it anew")


def change_of(offer: Offer, view: ReleaseView) -> str:
    """Return what is no longer as it was offered; empty when all is."""
    if not view.may_go or view.label is None:
        return refusal_text(view)
    again = offer_of_view(wish_of(offer), view, view.label, offer.release_id)
    if again.label != offer.label:
        return f"its label would now read {again.label.text}"
    if again.pieces != offer.pieces:
        return "what would go is no longer what was proposed"
    later = replace(again, not_before_tai_ns=offer.not_before_tai_ns)
    return "" if later == offer else "its title, terms or form are no longer what was proposed"


def authority_keys(
    log: EvidenceLog, sharing: Sharing, realm: Realm, at_tai_ns: int
) -> tuple[VerifierKey, ...]:
    """Return the keys with which people of this node may sign a release at an instant."""
    authorities = f"baken/{sharing.node}/authority/"
    return tuple(each for each in good_keys(log, realm, at_tai_ns) if each.name.startswith(authorities))


def _signer(desk: Desk, sharing: Sharing, offer: Offer, note: bytes) -> VerifierKey:
    read = read_note(note)
    key, *_ = signers(read, authority_keys(desk.log, sharing, offer.realm, desk.at_tai_ns))
    if read.text != statement_of(offer) + "\n":
        raise WrongUsage(
            f"what was signed is not what {offer.release_id} offers; read it again and sign that"
        )
    return key


def _refuse_same(now: ReleaseStanding, actor: str, key: VerifierKey) -> None:
    for each in now.approvals:
        if each.by.strip().casefold() == actor.strip().casefold() or each.key == key.text:
            raise WrongUsage(
                f"{each.by} signed {now.release_id} already; another person signs with a key of his own"
            )
