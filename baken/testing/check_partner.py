"""Is it safe to share with this partner?  Offer on purpose what must not go, and see every offer refused.

``check_partner`` asks the policies of a node about a partner as his file describes him.  ``check_receiver``
asks another side that reads bundles, ours or a stranger's, whether it refuses all that is not as it left.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from baken.evidence.bundle import link_of, write_bundle
from baken.evidence.signed_note import SigningKey
from baken.records.bundle import Bundle, BundleItem, ItemKind
from baken.records.handling import Handling, Tlp
from baken.records.marking import Marking, Realm
from baken.records.partner import Partner, partner_reader
from baken.records.reader import Item, ReleaseCircumstances
from baken.records.terms import Terms
from baken.share.classifications import Classifications, may_handle
from baken.share.decide import Decision, may_release
from baken.share.policy import Policies

DAY_NS = 86_400 * 1_000_000_000
# Names that stand for nobody: no partner is called so, and no table knows such a level.
NOBODY, NO_LEVEL = "NOBODY-ANYWHERE", "NOWHERE/UNHEARD OF"
TWO_PERSONS = frozenset({"the first", "the second"})


class Probe(StrEnum):
    """What is offered on purpose; all but the first must not go."""

    FOR_HIM = "for-him"
    OWNER_ONLY = "owner-only"
    UNLABELLED = "unlabelled"
    OTHER_RECIPIENT = "other-recipient"
    OTHER_ORIGINATOR = "other-originator"
    WRONG_REALM = "wrong-realm"
    EXPIRED = "expired"
    FIELD = "field"
    CLASSIFIED = "classified"
    NEED = "need"
    NO_REASON = "no-reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who shares, by which rules: the node, its policies, and what a clearance is good for there."""

    node: str
    policies: Policies
    classifications: Classifications
    at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One offer, about which name if any, and what policy said."""

    probe: Probe
    name: str
    decision: Decision

    @property
    def is_as_it_should_be(self) -> bool:
        """Whether what must not go was refused; what is for him goes or not, as a state's rules say."""
        return self.probe is Probe.FOR_HIM or not self.decision.allowed


def check_partner(partner: Partner, sharing: Sharing, other_codes: Collection[str] = ()) -> tuple[str, ...]:
    """Return every offer that should have been refused and would go, in words; nothing when all were."""
    return tuple(
        f"{tried.probe} {tried.name}: would go to {partner.code} ({', '.join(tried.decision.policy_ids)})"
        for tried in tries(partner, sharing, other_codes)
        if not tried.is_as_it_should_be
    )


def tries(partner: Partner, sharing: Sharing, other_codes: Collection[str] = ()) -> tuple[Tried, ...]:
    """Offer a partner one thing that is for him, and every kind of thing that must not go to him."""
    release = release_of_a_try(partner, sharing)
    return tuple(
        Tried(probe=probe, name=name, decision=would_go(partner, sharing, item, changed))
        for probe, name, item, changed in _offers(partner, sharing, release, other_codes)
    )


def would_go(partner: Partner, sharing: Sharing, item: Item, release: ReleaseCircumstances) -> Decision:
    """Ask policy whether something would go to a partner today."""
    reader = partner_reader(partner, at_tai_ns=sharing.at_tai_ns)
    return may_release(
        sharing.policies,
        reader,
        item,
        release,
        at_tai_ns=sharing.at_tai_ns,
        may_handle=may_handle(reader.clearances, sharing.classifications),
    )


def release_of_a_try(partner: Partner, sharing: Sharing) -> ReleaseCircumstances:
    """Return how it would be released so that nothing but the item itself could stand in the way."""
    in_force = {each.name for each in partner.agreements if each.is_in_force(sharing.at_tai_ns)}
    return ReleaseCircumstances(
        releaser="a person who tries",
        reason="to see what would go",
        purpose=partner.purpose or "to see what would go",
        expires_tai_ns=sharing.at_tai_ns + DAY_NS,
        approvals=TWO_PERSONS,
        reduced=True,
        agreements=frozenset(in_force),
        gives_back=partner.reciprocal,
        licences=partner.licences,
    )


def _offers(
    partner: Partner, sharing: Sharing, release: ReleaseCircumstances, other_codes: Collection[str]
) -> Iterator[tuple[Probe, str, Item, ReleaseCircumstances]]:
    realm = next((each for each in Realm if each in partner.realms), Realm.REAL)
    # As open as can be in all else, so that nothing else is what refuses.
    green = Handling(tlp=Tlp.GREEN)
    for_him = Marking(owner=sharing.node, releasable_to=frozenset({partner.code}), handling=green)
    sound = Item(marking=for_him, realm=realm, held_by=sharing.node, kind="finding")

    def labelled(marking: Marking) -> Item:
        return replace(sound, marking=marking)

    def asking(handling: Handling) -> Item:
        return labelled(replace(for_him, handling=handling))

    narrow = (("sensor", Marking(owner=sharing.node)),)
    of_another = replace(for_him, owner=NOBODY)
    yield Probe.FOR_HIM, "", sound, release
    yield Probe.OWNER_ONLY, "", labelled(replace(for_him, releasable_to=frozenset())), release
    yield Probe.UNLABELLED, "", labelled(Marking()), release
    for code in (NOBODY, *sorted(set(other_codes) - {partner.code, sharing.node})):
        yield (
            Probe.OTHER_RECIPIENT,
            code,
            labelled(replace(for_him, releasable_to=frozenset({code}))),
            release,
        )
    yield Probe.OTHER_ORIGINATOR, "", labelled(of_another), release
    for other in sorted(set(Realm) - partner.realms):
        yield Probe.WRONG_REALM, other.value, replace(sound, realm=other), release
    yield Probe.EXPIRED, "", sound, replace(release, expires_tai_ns=sharing.at_tai_ns)
    yield Probe.FIELD, "sensor", labelled(replace(for_him, of_fields=narrow)), release
    yield Probe.CLASSIFIED, NO_LEVEL, asking(replace(green, classifications=frozenset({NO_LEVEL}))), release
    yield Probe.NEED, NOBODY, asking(replace(green, needs=frozenset({NOBODY}))), release
    yield Probe.NO_REASON, "", sound, replace(release, reason="")


def check_receiver(
    takes: Callable[[bytes], bool], sender: SigningKey, thief: SigningKey, *, me: str, at_tai_ns: int
) -> tuple[str, ...]:
    """Return every promise a reader of bundles breaks, in words; nothing when it keeps them all.

    ``takes`` says whether it took a bundle in; it knows ``sender`` as the key ``baken/NL/test`` of NL and
    nothing came from there yet.  ``thief`` is another key of that name.
    """
    first = _bundle(me, 1, "", at_tai_ns)
    sound = write_bundle(first, sender)
    second = write_bundle(_bundle(me, 2, link_of(first, sound).digest, at_tai_ns), sender)
    refused = {
        "signed by a key it does not know": write_bundle(first, thief),
        "for somebody else": write_bundle(_bundle(f"{me}-NOT", 1, "", at_tai_ns), sender),
        "whose turn has not come": second,
        "cut short": sound[:-1],
        "with something behind it": sound + b"\n",
        **{
            f"with byte {place} altered": _turned(sound, place)
            for place in range(0, len(sound), max(1, len(sound) // 64))
        },
    }
    broken = [f"it takes a bundle {how}" for how, content in refused.items() if takes(content)]
    if not takes(sound):
        broken.append("it refuses a sound bundle")
    if takes(sound):
        broken.append("it takes the same bundle twice")
    if not takes(second):
        broken.append("it refuses a bundle whose turn has come")
    return tuple(broken)


def _turned(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _bundle(recipient: str, number: int, previous: str, at_tai_ns: int) -> Bundle:
    said = BundleItem(
        item_id=f"{number:032x}",
        kind=ItemKind.STATEMENT,
        title="A statement",
        marking=Marking(owner="NL", releasable_to=frozenset({recipient})),
        terms=Terms(purpose="to see that it arrives"),
        told=(("text", f"statement number {number}"),),
    )
    return Bundle(
        sender="NL",
        recipient=recipient,
        realm=Realm.TEST,
        number=number,
        previous=previous,
        made_at_tai_ns=at_tai_ns,
        valid_until_tai_ns=at_tai_ns + DAY_NS,
        policy_digest="sha256:" + "0" * 64,
        items=(said,),
    )
