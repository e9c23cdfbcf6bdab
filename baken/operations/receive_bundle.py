"""Take in a bundle of a partner: his opinion, beside ours and never merged with it; all of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from baken.errors import RefusedByPolicy, TheirMistake, UnreadableInput
from baken.evidence.bundle import (
    BundleRefused,
    Why,
    link_of,
    opened_bundle,
    refuse_out_of_turn,
    refuse_unfit,
)
from baken.evidence.bundle_manifest import content_digest
from baken.evidence.keys import Period
from baken.evidence.signed_note import VerifierKey
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Seen
from baken.operations.exchange_ports import DossierCheck
from baken.operations.import_catalogue import (
    NamedContent,
    Provenance,
    ReadFile,
    import_catalogue,
    read_catalogue,
)
from baken.operations.partner_entries import LABEL, What, last_seen, with_partner
from baken.operations.partner_keys import partners_by_key, periods_of_partner
from baken.operations.ports import Store
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
from baken.records.evidence import Content, Entry, EntryKind, Field, KeptEntry
from baken.records.marking import OWNER_ONLY, Marking, strictest
from baken.records.marking_forms import marking_fields
from baken.records.partner import Partner, source_of_partner

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Who we are, whom we know, and how a dossier is checked."""

    me: str
    partners: Mapping[str, Partner]
    check_dossier: DossierCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A bundle that was taken in, what came of each item, and the entries that tell of it."""

    bundle: Bundle
    verdicts: Mapping[str, str]
    kept: tuple[KeptEntry, ...]


def receive_bundle(desk: Desk, store: Store, content: bytes, around: Around) -> Received:
    """Take in a bundle: verified, in its turn, for us; then every item under its sender's label.

    Orbits join the store as opinions of his beside all others; a dossier is verified, and its verdict stands
    with it.  A bundle that comes in its turn and is too old or downgraded keeps its place in the row, so that
    the next can come; nothing of it is taken, and its sender is told.
    Raises: BundleRefused; Overtaken when something else came from him meanwhile.  Nothing else is kept then.
    """
    bundle, partner = _opened(content, around, desk.at_tai_ns)
    n_entries = with_partner(desk.log, bundle.realm, partner.code).n_entries
    seen = Seen(subject=source_of_partner(partner.code), n_entries=n_entries)
    before = last_seen(desk.log, partner.code)
    refuse_out_of_turn(bundle, content, before)
    try:
        refuse_unfit(bundle, before, now_tai_ns=desk.at_tai_ns)
    except BundleRefused:
        desk.keep(*_bundle_entries(desk, bundle, content, taken=False), seen=seen)
        raise
    judged = [_judged(item, bundle, around) for item in bundle.items]
    # Orbits first: the store knows again what it was told before, so a machine that stops here loses nothing.
    for each in judged:
        if each.orbits is not None:
            _keep_orbits(store, each, bundle, desk.at_tai_ns)
    kept = desk.keep(*_entries(desk, bundle, content, judged), seen=seen)
    verdicts = {each.item.item_id: each.verdict for each in judged}
    return Received(bundle=bundle, verdicts=verdicts, kept=kept)


def _opened(content: bytes, around: Around, at_tai_ns: int) -> tuple[Bundle, Partner]:
    whose = partners_by_key(around.partners.values())
    keys: list[Period] = [
        period for partner in around.partners.values() for period in periods_of_partner(partner)
    ]
    bundle, key = opened_bundle(content, keys, me=around.me, now_tai_ns=at_tai_ns)
    partner = whose[key]
    if bundle.sender != partner.code:
        raise BundleRefused(
            Why.NOT_SIGNED,
            f"it says it is from {bundle.sender}, and the key that signed it is {partner.code}'s",
        )
    if bundle.realm not in partner.realms:
        raise BundleRefused(
            Why.NOT_AGREED, f"nothing was agreed with {partner.code} about the world {bundle.realm}"
        )
    return bundle, partner


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """An item, what was found of it, and the orbits in it when there are."""

    item: BundleItem
    marking: Marking
    verdict: str
    orbits: ReadFile | None = None


def _judged(item: BundleItem, bundle: Bundle, around: Around) -> _Judged:
    marking = received_label(item, bundle.sender)
    if item.kind is ItemKind.ORBIT:
        return _judged_orbits(item, bundle, marking)
    verdict = _dossier_verdict(item, bundle, around) if item.kind is ItemKind.DOSSIER else "kept as said"
    return _Judged(item=item, marking=marking, verdict=verdict)


def _judged_orbits(item: BundleItem, bundle: Bundle, marking: Marking) -> _Judged:
    provenance = _provenance(bundle, marking)
    try:
        read = read_catalogue(_named(item), provenance)
        _refuse_hypothetical(read)
    except (TheirMistake, RefusedByPolicy) as error:
        return _Judged(item=item, marking=marking, verdict=f"not taken as an orbit: {error}")
    n_orbits = len(read.element_sets) + len(read.ephemerides)
    verdict = f"{n_orbits} orbits beside ours, {len(read.reading.rejected)} rejected"
    return _Judged(item=item, marking=marking, verdict=verdict, orbits=read)


def _refuse_hypothetical(read: ReadFile) -> None:
    if any(ephemeris.is_hypothetical for ephemeris in read.ephemerides):
        raise RefusedByPolicy("it says it is HYPOTHETICAL, and what-ifs are never kept beside what flies")


def _named(item: BundleItem) -> NamedContent:
    if item.file is None:
        raise UnreadableInput(f"item {item.item_id} has no file")
    return NamedContent(name=item.file.name, content=item.file.content)


def _provenance(bundle: Bundle, marking: Marking) -> Provenance:
    return Provenance(source=source_of_partner(bundle.sender), realm=bundle.realm, marking=marking)


def _keep_orbits(store: Store, judged: _Judged, bundle: Bundle, at_tai_ns: int) -> None:
    if judged.orbits is not None:
        provenance = _provenance(bundle, judged.marking)
        import_catalogue(store, [judged.orbits], provenance, at_tai_ns=at_tai_ns, strict=False)


def _dossier_verdict(item: BundleItem, bundle: Bundle, around: Around) -> str:
    """Say whether a dossier holds, by a key of its sender or else of another partner we know."""
    others = [partner for code, partner in around.partners.items() if code != bundle.sender]
    keys = _keys([around.partners[bundle.sender], *others])
    checked = [around.check_dossier(_named(item).content, key) for key in keys]
    held = next((each for each in checked if each.holds), None)
    if held is None:
        return f"does not hold: {checked[0].told}"
    if held.realm != bundle.realm.value:
        return f"does not hold: it speaks of the world {held.realm}, and came as {bundle.realm}"
    if held.recipient != around.me:
        return f"does not hold: it is a copy for {held.recipient}, and this is {around.me}"
    return f"holds: {held.told}; signed by {held.signed_by}"


def _keys(partners: Iterable[Partner]) -> list[VerifierKey]:
    return [
        period.key for partner in partners for period in periods_of_partner(partner) if not period.is_revoked
    ]


def _entries(desk: Desk, bundle: Bundle, content: bytes, judged: Sequence[_Judged]) -> list[Entry]:
    cases = cases_of_items(desk.log, bundle.realm, bundle.sender)
    return [
        *_bundle_entries(desk, bundle, content, taken=True),
        *(_item_entry(desk, bundle, each) for each in judged),
        *(_recall_entry(desk, bundle, each) for each in bundle.recalls),
        *(_answer_entry(desk, bundle, each, cases) for each in bundle.answers),
    ]


def _bundle_entries(desk: Desk, bundle: Bundle, content: bytes, *, taken: bool) -> Iterator[Entry]:
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


def _item_entry(desk: Desk, bundle: Bundle, judged: _Judged) -> Entry:
    item = judged.item
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
        ("verdict", judged.verdict),
        *_terms_fields(item),
        *((_kept_name(name), value) for name, value in item.told),
        content=_content(desk, item),
        marking=_kept_marking(judged.marking),
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


def _recall_entry(desk: Desk, bundle: Bundle, recall: RecallRequest) -> Entry:
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
