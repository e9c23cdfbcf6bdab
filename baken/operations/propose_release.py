"""Propose a release: explained, allowed by policy, and then for a person to sign; default none."""

from baken.astro.time import utc_text
from baken.errors import RefusedByPolicy
from baken.operations.desk import Desk
from baken.operations.explain_release import Wish, explain_release
from baken.operations.keep_evidence import THE_LOG
from baken.operations.keep_policies import keep_policies
from baken.operations.ports import NODE_OF_REALM
from baken.operations.release_desk import Sharing, release
from baken.records.evidence import EntryKind, Field
from baken.records.marking import Marking
from baken.records.release import Offer, ReleaseId, ReleaseStanding, Ruling
from baken.records.release_view import ReleaseView
from baken.share.release_history import offer_fields, ruling_fields


def propose_release(desk: Desk, sharing: Sharing, wish: Wish) -> ReleaseStanding:
    """Propose that something goes to one recipient, and return it under the name it got.

    What policy does not allow is not proposed; that it was asked, and what policy said, is kept.
    Raises: RefusedByPolicy with the rules; NoSuchRecord, WrongUsage for what cannot be asked so.
    """
    view = explain_release(desk.log, sharing, wish, releaser=desk.actor, at_tai_ns=desk.at_tai_ns)
    keep_policies(desk, sharing.policies, wish.realm)
    if not view.may_go or view.label is None:
        _keep_refusal(desk, wish, view)
        raise RefusedByPolicy(refusal_text(view))
    release_id = _reserved_id(desk, sharing.node, wish)
    offer = offer_of_view(wish, view, view.label, release_id)
    fields = (*offer_fields(offer), *ruling_fields(ruling_of(view)))
    desk.keep(desk.entry(EntryKind.RELEASE, str(release_id), wish.realm, *fields))
    return release(desk.log, release_id)


def offer_of_view(wish: Wish, view: ReleaseView, label: Marking, release_id: ReleaseId) -> Offer:
    """Return what was explained as an offer under a name."""
    return Offer(
        release_id=release_id,
        what=wish.what.strip().upper(),
        recipient=view.recipient,
        item_id=wish.item_id,
        title=view.title,
        precision=view.precision,
        label=label,
        terms=view.terms,
        because=wish.because.strip(),
        consents=wish.consents,
        pieces=tuple(each.piece for each in view.pieces if each.piece is not None),
        not_before_tai_ns=view.not_before_tai_ns,
        realm=wish.realm,
    )


def ruling_of(view: ReleaseView) -> Ruling:
    """Return what policy said of what goes, and of nothing else."""
    goes = [each for each in view.pieces if each.goes]
    return Ruling(
        policy_digest=view.policy_digest,
        policy_ids=tuple(sorted({name for each in goes for name in each.policy_ids})),
        obligations=frozenset(name for each in goes for name in each.obligations),
    )


def refusal_text(view: ReleaseView) -> str:
    """Return in one line why nothing goes, and what would still be asked."""
    rules = sorted({name for each in view.pieces for name in each.policy_ids})
    missing = sorted({name for each in view.pieces for name in each.missing_consents})
    asked = sorted({name for each in view.pieces for name in each.obligations})
    parts = [f"nothing of {view.what} goes to {view.recipient}: {', '.join((*view.troubles, *rules))}"]
    parts += [f"still asked: {', '.join(asked)}"] if asked else []
    parts += [f"consent of {', '.join(missing)} is missing"] if missing else []
    return "; ".join([*parts, "'baken release explain' shows it field by field"])


def _keep_refusal(desk: Desk, wish: Wish, view: ReleaseView) -> None:
    rules = tuple(sorted({name for each in view.pieces for name in each.policy_ids}))
    fields: tuple[Field, ...] = (
        ("title", f"release of {wish.what} to {view.recipient} refused"),
        ("what", wish.what),
        ("recipient", view.recipient),
        ("because", wish.because),
        ("policy_digest", view.policy_digest),
        ("policy_ids", rules),
        ("policy_errors", view.troubles),
    )
    desk.keep(desk.entry(EntryKind.POLICY, THE_LOG, wish.realm, *fields))


def _reserved_id(desk: Desk, node: str, wish: Wish) -> ReleaseId:
    """Return a name no release has had, by a number of the log: who proposes may not see all releases."""
    year = int(utc_text(desk.at_tai_ns, 0)[:4])
    name = NODE_OF_REALM.get(wish.realm, node)
    return ReleaseId(node=name, year=year, number=desk.log.reserve_number(f"{name}-RL", year=year))
