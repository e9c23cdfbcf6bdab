"""Make the next bundle for a partner: numbered, signed, kept; what lets its items go is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from baken.errors import WrongUsage
from baken.evidence.bundle import link_of, write_bundle
from baken.evidence.signed_note import SigningKey
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, Overtaken, Seen
from baken.operations.partner_entries import What, WithPartner, with_partner
from baken.records.bundle import Bundle, BundleItem, RecallRequest
from baken.records.evidence import Content, Entry, EntryKind, KeptEntry
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm
from baken.records.partner import source_of_partner

MEDIA_TYPE = "application/vnd.baken.bundle+zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What goes along: items that were released, requests to forget some, under which rules, until when."""

    realm: Realm
    policy_digest: str
    valid_until_tai_ns: int
    items: tuple[BundleItem, ...] = ()
    recalls: tuple[RecallRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBundle:
    """A bundle as it was written and kept; ``name`` is that of its file."""

    bundle: Bundle
    content: bytes
    name: str
    kept: tuple[KeptEntry, ...]


def send_bundle(
    desk: Desk,
    key: SigningKey,
    node: str,
    code: str,
    load: Load,
    *,
    also: Sequence[Entry] = (),
    seen: int | None = None,
) -> SentBundle:
    """Write the next bundle to a partner, with our answers that are due, and keep that it went.

    ``also`` are entries of whoever released the items; they are kept with it, all or none.  The file itself
    is for the door to lay in the partner's folder, and may be laid there again from the log.
    ``seen`` is how many entries about him there were when the load was put together.
    Raises: WrongUsage when there is nothing to send; Overtaken when something passed with him meanwhile.
    """
    now = with_partner(desk.log, load.realm, code)
    if seen is not None and seen != now.n_entries:
        raise Overtaken(f"something passed with {code} meanwhile; look again at what is to go")
    if not (load.items or load.recalls or now.due):
        raise WrongUsage(f"there is nothing to send to {code} in {load.realm}")
    bundle = _next(now, node, load, desk.at_tai_ns)
    content = write_bundle(bundle, key)
    kept = desk.keep(
        _sent_entry(desk, bundle, content),
        *also,
        seen=Seen(subject=source_of_partner(code), n_entries=now.n_entries),
    )
    return SentBundle(bundle=bundle, content=content, name=name_of_bundle(bundle), kept=kept)


def sent_again(log: EvidenceLog, realm: Realm, code: str) -> tuple[tuple[str, bytes], ...]:
    """Return name and bytes of every bundle that a partner did not say he took in: to be laid out again."""
    now = with_partner(log, realm, code)
    entries = log.entries(realm, subject=source_of_partner(code), kinds={EntryKind.PARTNER})
    names = {one.entry.text("bundle_digest"): one.entry.text("file_name") for one in entries}
    return tuple(
        (names[digest], log.content(digest)) for number, digest in now.sent_digests if number > now.taken_to
    )


def name_of_bundle(bundle: Bundle) -> str:
    """Return what the file of a bundle is called: from whom, to whom, of which world, its number."""
    return f"{bundle.sender}-{bundle.recipient}-{bundle.realm.value.lower()}-{bundle.number:06d}.zip"


def _next(now: WithPartner, node: str, load: Load, at_tai_ns: int) -> Bundle:
    return Bundle(
        sender=node,
        recipient=now.partner,
        realm=load.realm,
        number=now.sent.number + 1 if now.sent else 1,
        previous=now.sent.digest if now.sent else "",
        made_at_tai_ns=at_tai_ns,
        valid_until_tai_ns=load.valid_until_tai_ns,
        policy_digest=load.policy_digest,
        items=load.items,
        recalls=load.recalls,
        answers=now.due,
        taken_to=now.received.number if now.received else 0,
        refused=now.not_taken,
    )


def _sent_entry(desk: Desk, bundle: Bundle, content: bytes) -> Entry:
    desk.log.keep_content(content)
    link = link_of(bundle, content)
    return desk.entry(
        EntryKind.PARTNER,
        source_of_partner(bundle.recipient),
        bundle.realm,
        ("title", f"bundle {bundle.number} to {bundle.recipient}"),
        ("partner", bundle.recipient),
        ("what", What.SENT.value),
        ("number", bundle.number),
        ("bundle_digest", link.digest),
        ("file_name", name_of_bundle(bundle)),
        ("policy_digest", bundle.policy_digest),
        ("items", tuple(one.item_id for one in bundle.items)),
        ("recalls", tuple(one.item_id for one in bundle.recalls)),
        ("answers", tuple(one.answer_id for one in bundle.answers)),
        content=Content(
            digest=digest_of_bytes(content),
            media_type=MEDIA_TYPE,
            name=name_of_bundle(bundle),
            size_bytes=len(content),
        ),
    )
