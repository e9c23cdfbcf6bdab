"""Take in a bundle of a partner: his opinion, beside ours and never merged with it; all of it or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baken.errors import RefusedByPolicy, TheirMistake, UnreadableInput
from baken.evidence.bundle import BundleRefused, Why, opened_bundle, refuse_out_of_turn, refuse_unfit
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
from baken.operations.partner_entries import last_seen, with_partner
from baken.operations.partner_keys import partners_by_key, periods_of_partner
from baken.operations.ports import Store
from baken.operations.received_entries import entries_of_bundle, entries_that_it_came
from baken.records.bundle import Bundle, BundleItem, ItemKind, received_label
from baken.records.evidence import KeptEntry
from baken.records.partner import Partner, source_of_partner


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
        desk.keep(*entries_that_it_came(desk, bundle, content, taken=False), seen=seen)
        raise
    judged = [_judged(item, bundle, around) for item in bundle.items]
    # Orbits first: the store knows again what it was told before, so a machine that stops here loses nothing.
    for each in judged:
        _keep_orbits(store, each, bundle, desk.at_tai_ns)
    verdicts = {each.item.item_id: each.verdict for each in judged}
    kept = desk.keep(*entries_of_bundle(desk, bundle, content, verdicts), seen=seen)
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
    verdict: str
    orbits: ReadFile | None = None


def _judged(item: BundleItem, bundle: Bundle, around: Around) -> _Judged:
    if item.kind is ItemKind.ORBIT:
        return _judged_orbits(item, bundle)
    verdict = _dossier_verdict(item, bundle, around) if item.kind is ItemKind.DOSSIER else "kept as said"
    return _Judged(item=item, verdict=verdict)


def _judged_orbits(item: BundleItem, bundle: Bundle) -> _Judged:
    try:
        read = read_catalogue(_named(item), _provenance(bundle, item))
        _refuse_hypothetical(read)
    except (TheirMistake, RefusedByPolicy) as error:
        said = "".join(sign for sign in " ".join(str(error).split()) if sign.isprintable())
        return _Judged(item=item, verdict=f"not taken as an orbit: {said}")
    n_orbits = len(read.element_sets) + len(read.ephemerides)
    verdict = f"{n_orbits} orbits beside ours, {len(read.reading.rejected)} rejected"
    return _Judged(item=item, verdict=verdict, orbits=read)


def _refuse_hypothetical(read: ReadFile) -> None:
    if any(ephemeris.is_hypothetical for ephemeris in read.ephemerides):
        raise RefusedByPolicy("it says it is HYPOTHETICAL, and what-ifs are never kept beside what flies")


def _named(item: BundleItem) -> NamedContent:
    if item.file is None:
        raise UnreadableInput(f"item {item.item_id} has no file")
    return NamedContent(name=item.file.name, content=item.file.content)


def _provenance(bundle: Bundle, item: BundleItem) -> Provenance:
    marking = received_label(item, bundle.sender)
    return Provenance(source=source_of_partner(bundle.sender), realm=bundle.realm, marking=marking)


def _keep_orbits(store: Store, judged: _Judged, bundle: Bundle, at_tai_ns: int) -> None:
    if judged.orbits is not None:
        provenance = _provenance(bundle, judged.item)
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
