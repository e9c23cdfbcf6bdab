"""What is kept of a bundle that came: that it came, its bytes, each item, each request, each answer."""

from collections.abc import Iterator, Mapping

from baken.evidence.bundle import link_of
from baken.evidence.bundle_manifest import content_digest
from baken.operations.desk import Desk
from baken.operations.partner_entries import LABEL, What, with_partner
from baken.operations.released_cases import cases_of_items
from baken.operations.send_bundle import MEDIA_TYPE, name_of_bundle
from baken.records.bundle import (
    Bundle,
    BundleItem,
    ItemAnswer,
    ItemKind,
    RecallRequest,
    received_label,
    received_marking,
)
from baken.records.evidence import Content, Entry, EntryKind, Field
from baken.records.marking import OWNER_ONLY, Marking, strictest
from baken.records.marking_forms import marking_fields
from baken.records.partner import source_of_partner

# What an item is kept as; a report is what an operator makes to us, so that of a partner is a document.
KEPT_AS: Mapping[ItemKind, EntryKind] = {
    ItemKind.ORBIT: EntryKind.PARTNER,
    ItemKind.DOSSIER: EntryKind.PARTNER,
    ItemKind.REPORT: EntryKind.DOCUMENT,
    ItemKind.FINDING: EntryKind.FINDING,
    ItemKind.OBSERVATION: EntryKind.OBSERVATION,
    ItemKind.MESSAGE: EntryKind.MESSAGE,
    ItemKind.IMAGE: EntryKind.IMAGE,
    ItemKind.DOCUMENT: EntryKind.DOCUMENT,
    ItemKind.STATEMENT: EntryKind.STATEMENT,
}
# What is told under these names is said in words of ours too; all else keeps his name with a prefix.
OWN_WORDS = frozenset({"text"})


def entries_of_bundle(desk: Desk, bundle: Bundle, content: bytes, verdicts: Mapping[str, str]) -> list[Entry]:
    """Return all that is kept of a bundle that is taken in, with what was found of each item, by its name."""
    cases = cases_of_items(desk.log, bundle.realm, bundle.sender)
    before = with_partner(desk.log, bundle.realm, bundle.sender).items
    labels = {each.item_id: each.marking.whole for each in before}
    labels |= {each.item_id: received_label(each, bundle.sender).whole for each in bundle.items}
    return [
        *entries_that_it_came(desk, bundle, content, taken=True),
        *(_item_entry(desk, bundle, each, verdicts[each.item_id]) for each in bundle.items),
        *(_recall_entry(desk, bundle, each, labels.get(each.item_id, OWNER_ONLY)) for each in bundle.recalls),
        *(_answer_entry(desk, bundle, each, cases) for each in bundle.answers),
    ]


def entries_that_it_came(desk: Desk, bundle: Bundle, content: bytes, *, taken: bool) -> Iterator[Entry]:
    """Yield that a bundle came, for all here to see, and its bytes, which ask what all in it asks."""
    subject, link = source_of_partner(bundle.sender), link_of(bundle, content)
    title = f"bundle {bundle.number} of {bundle.sender}" + ("" if taken else ", not taken")
    yield desk.entry(
        EntryKind.PARTNER,
        subject,
        bundle.realm,
        ("title", title),
        ("partner", bundle.sender),
        ("what", What.BUNDLE.value),
        ("number", bundle.number),
        ("version", bundle.version),
        ("bundle_digest", link.digest),
        ("policy_digest", bundle.policy_digest),
        ("taken_to", bundle.taken_to),
        ("refused", bundle.refused),
        ("taken", taken),
    )
    labels = frozenset(
        [
            *(received_label(item, bundle.sender) for item in bundle.items),
            *(received_marking(answer.marking, bundle.sender) for answer in bundle.answers),
        ]
    )
    yield desk.entry(
        EntryKind.PARTNER,
        subject,
        bundle.realm,
        ("title", title),
        ("partner", bundle.sender),
        ("what", What.FILE.value),
        content=Content(
            digest=desk.log.keep_content(content),
            media_type=MEDIA_TYPE,
            name=name_of_bundle(bundle),
            size_bytes=len(content),
        ),
        marking=strictest(labels) if labels else OWNER_ONLY,
    )


def _item_entry(desk: Desk, bundle: Bundle, item: BundleItem, verdict: str) -> Entry:
    return desk.entry(
        KEPT_AS[item.kind],
        source_of_partner(bundle.sender),
        bundle.realm,
        ("title", item.title),
        ("partner", bundle.sender),
        ("what", What.ITEM.value),
        ("source", source_of_partner(bundle.sender)),
        ("item_id", item.item_id),
        ("item_kind", item.kind.value),
        ("item_digest", content_digest(item)),
        ("bundle_number", bundle.number),
        ("verdict", verdict),
        *_terms_fields(item),
        *((_kept_name(name), value) for name, value in item.told),
        content=_content(desk, item),
        marking=_kept_marking(received_label(item, bundle.sender)),
    )


def _terms_fields(item: BundleItem) -> tuple[Field, ...]:
    expires = item.terms.expires_tai_ns
    return (
        ("purpose", item.terms.purpose),
        ("onward", item.terms.onward.value),
        ("licence", item.terms.licence),
        ("expires_tai_ns", "" if expires is None else str(expires)),
        ("in_reply_to", item.in_reply_to),
    )


def _kept_name(name: str) -> str:
    return name if name in OWN_WORDS else f"told_{name}"


def _kept_marking(marking: Marking) -> Marking:
    """Return a label whose narrower labels of fields are those of the fields as they are kept."""
    of_fields = tuple(
        sorted((name if name == "title" else _kept_name(name), label) for name, label in marking.of_fields)
    )
    return Marking(
        owner=marking.owner,
        releasable_to=marking.releasable_to,
        handling=marking.handling,
        of_fields=of_fields,
    )


def _content(desk: Desk, item: BundleItem) -> Content | None:
    if item.file is None:
        return None
    return Content(
        digest=desk.log.keep_content(item.file.content),
        media_type=item.file.media_type,
        name=item.file.name,
        size_bytes=len(item.file.content),
    )


def _recall_entry(desk: Desk, bundle: Bundle, recall: RecallRequest, marking: Marking) -> Entry:
    """Return that a partner takes something back: why he does is for whom that thing is."""
    return desk.entry(
        EntryKind.PARTNER,
        source_of_partner(bundle.sender),
        bundle.realm,
        ("title", f"{bundle.sender} asks to use item {recall.item_id} no more"),
        ("partner", bundle.sender),
        ("what", What.RECALL.value),
        ("item_id", recall.item_id),
        ("because", recall.because),
        ("said_at_tai_ns", str(recall.at_tai_ns)),
        marking=marking,
    )


def _answer_entry(desk: Desk, bundle: Bundle, answer: ItemAnswer, cases: Mapping[str, str]) -> Entry:
    """Return what a partner says of something of ours, beside the case it is about when there is one."""
    return desk.entry(
        EntryKind.PARTNER,
        cases.get(answer.item_id) or source_of_partner(bundle.sender),
        bundle.realm,
        *answer_fields(bundle.sender, What.ANSWER, answer),
        ("title", f"{bundle.sender}: {answer.kind.value}"),
        ("source", source_of_partner(bundle.sender)),
        marking=received_marking(answer.marking, bundle.sender),
    )


def answer_fields(code: str, what: What, answer: ItemAnswer) -> tuple[Field, ...]:
    """Return an answer as fields of the entry that holds it."""
    return (
        ("partner", code),
        ("what", what.value),
        ("answer_id", answer.answer_id),
        ("item_id", answer.item_id),
        ("answer", answer.kind.value),
        ("text", answer.text),
        ("said_at_tai_ns", str(answer.at_tai_ns)),
        *marking_fields(answer.marking, LABEL),
    )
