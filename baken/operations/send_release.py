"""Send what was approved and is due: asked of policy once more, then one signed bundle for its recipient.

First each release is kept as gone, then the bundle with all that went and is in none yet.  Whoever is stopped
in between goes on where he was: what is kept as gone and is in no bundle goes in the next one, and a bundle
whose file is missing is laid out again from the log, to the byte.
"""

from collections.abc import Callable
from dataclasses import dataclass

from baken.errors import RefusedByPolicy, UnreadableInput
from baken.evidence.signed_note import read_note, signers
from baken.operations.approve_release import asked_again, authority_keys, change_of, stop
from baken.operations.build_dossier import AskedDossier, Seal, build_dossier
from baken.operations.desk import Desk
from baken.operations.dossier_gate import gate_of_release
from baken.operations.keep_keys import key_periods
from baken.operations.keep_policies import keep_policies
from baken.operations.partner_entries import with_partner
from baken.operations.propose_release import ruling_of
from baken.operations.release_desk import Sharing, releases, say_of_release
from baken.operations.send_bundle import Load, SentBundle, send_bundle
from baken.operations.sign_log import sign_log
from baken.records.bundle import BundleItem, ItemFile, ItemKind, RecallRequest
from baken.records.hypothesis import Matrix
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from baken.records.release import ReleaseStage, ReleaseStanding
from baken.records.release_view import ReleaseView
from baken.share.exchange import ReleaseStep
from baken.share.release_history import ruling_fields
from baken.share.release_statement import statement_of

VALID_FOR_NS = 30 * 86_400 * 1_000_000_000
DOSSIER_TYPE = "application/zip"
DUE = "approved, and due"
ASKS_TWO = "policy asks two persons now, and one has signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """What bundles and dossiers are made with: the key of the log, the verifier, and how a matrix is told."""

    seal: Seal
    verifier: bytes
    tell_matrix: Callable[[Matrix], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReleases:
    """What went to a recipient in which bundle, what was stopped and why, and what is not due yet."""

    bundle: SentBundle | None
    sent: tuple[ReleaseStanding, ...]
    recalled: tuple[ReleaseStanding, ...]
    stopped: tuple[str, ...]
    waiting: tuple[ReleaseStanding, ...]


def send_releases(
    desk: Desk, sharing: Sharing, recipient: str, realm: Realm, packing: Packing
) -> SentReleases:
    """Send one recipient all that was approved for him and is due, what is recalled, and our answers.

    Raises: Overtaken when something passed with him meanwhile: nothing is lost, ask again.
    """
    code = sharing.partner(recipient).code
    keep_policies(desk, sharing.policies, realm)
    n_seen = with_partner(desk.log, realm, code).n_entries
    own = [each for each in releases(desk.log, realm) if each.offer.recipient == code]
    approved = [each for each in own if each.stage is ReleaseStage.APPROVED]
    waiting = [each for each in approved if each.offer.not_before_tai_ns > desk.at_tai_ns]
    stopped = [why for each in approved if each not in waiting and (why := _let_go(desk, sharing, each))]
    after = [each for each in releases(desk.log, realm) if each.offer.recipient == code]
    gone = [each for each in after if each.stage is ReleaseStage.SENT and each.bundle_number is None]
    views = [(each, asked_again(desk, sharing, each)) for each in gone]
    # Kept as gone when somebody was stopped, and something changed since: a person has to recall it.
    changed = [f"{each.release_id}: {why}" for each, view in views if (why := _stands_against(each, view))]
    going = [(each, view) for each, view in views if not _stands_against(each, view)]
    recalled = [each for each in after if each.stage is ReleaseStage.RECALLED and each.bundle_number]
    load = Load(
        realm=realm,
        policy_digest=sharing.policies.digest,
        valid_until_tai_ns=desk.at_tai_ns + VALID_FOR_NS,
        items=tuple(_item(desk, each, view, packing) for each, view in going),
        recalls=tuple(_request(each) for each in recalled),
    )
    bundle = None
    if load.items or load.recalls or with_partner(desk.log, realm, code).due:
        bundle = send_bundle(desk, packing.seal.key, sharing.node, code, load, seen=n_seen)
    return SentReleases(
        bundle=bundle,
        sent=tuple(each for each, _ in going),
        recalled=tuple(recalled),
        stopped=(*stopped, *changed),
        waiting=tuple(waiting),
    )


def _let_go(desk: Desk, sharing: Sharing, now: ReleaseStanding) -> str:
    """Keep that a release goes, when all is as it was signed and policy still allows it; else say why not."""
    try:
        view = asked_again(desk, sharing, now)
        stop(desk, now, view, _revoked(desk, now))
        _refuse_unsigned(desk, sharing, now)
        stop(desk, now, view, _stands_against(now, view))
    except RefusedByPolicy as error:
        return str(error)
    say_of_release(desk, now, ReleaseStep.SEND, DUE, *ruling_fields(ruling_of(view)))
    return ""


def _stands_against(now: ReleaseStanding, view: ReleaseView) -> str:
    return change_of(now.offer, view) or (ASKS_TWO if view.needs_two else "")


def _revoked(desk: Desk, now: ReleaseStanding) -> str:
    """Return whose key was revoked before it went, since whenever; else nothing."""
    periods = key_periods(desk.log, now.offer.realm)
    bad = {period.key.text for period in periods if period.is_revoked}
    whose = [each.by for each in now.approvals if each.key in bad]
    return f"the key with which {' and '.join(whose)} signed it was revoked since" if whose else ""


def _refuse_unsigned(desk: Desk, sharing: Sharing, now: ReleaseStanding) -> None:
    """Refuse a release whose signatures do not say what it offers: then the log was changed."""
    for approval in now.approvals:
        note = read_note(desk.log.content(approval.note_digest))
        good = authority_keys(desk.log, sharing, now.offer.realm, approval.at_tai_ns)
        signers(note, [key for key in good if key.text == approval.key])
        if note.text != statement_of(now.offer) + "\n":
            raise UnreadableInput(
                f"{now.release_id}: {approval.by} signed something else; see 'baken evidence check'"
            )


def _item(desk: Desk, now: ReleaseStanding, view: ReleaseView, packing: Packing) -> BundleItem:
    if view.item is not None:
        return view.item
    return BundleItem(
        item_id=now.offer.item_id,
        kind=ItemKind.DOSSIER,
        title=now.offer.title,
        marking=now.offer.label,
        terms=now.offer.terms,
        file=_dossier(desk, now, packing),
    )


def _dossier(desk: Desk, now: ReleaseStanding, packing: Packing) -> ItemFile:
    offer = now.offer
    sign_log(desk.log, offer.realm, packing.seal.key, at_tai_ns=desk.at_tai_ns)
    asked = AskedDossier(
        incident_id=read_incident_id(offer.what),
        title=offer.title,
        recipients=(offer.recipient,),
        verifier=packing.verifier,
        gate=gate_of_release(offer),
    )
    built = build_dossier(desk, asked, packing.seal, packing.tell_matrix)
    return ItemFile(
        name=f"{offer.item_id}.zip", media_type=DOSSIER_TYPE, content=built.copies[offer.recipient]
    )


def _request(now: ReleaseStanding) -> RecallRequest:
    recall = next(moment for moment in reversed(now.moments) if moment.step == ReleaseStep.RECALL)
    return RecallRequest(item_id=now.offer.item_id, because=recall.because, at_tai_ns=recall.at_tai_ns)
