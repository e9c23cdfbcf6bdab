"""Does a release read back from the log as it was proposed and signed, and is a broken history seen?"""

from dataclasses import replace

import pytest

from baken.evidence.sealing import seal
from baken.records.evidence import Content, Entry, EntryKind, KeptEntry
from baken.records.handling import Onward
from baken.records.marking import Marking, Realm
from baken.records.release import Offer, Piece, ReleaseStage, Ruling, read_release_id
from baken.records.terms import Terms
from baken.share.exchange import ReleaseStep
from baken.share.release_history import BrokenRelease, offer_fields, release_of, ruling_fields

DIGEST = "sha256:" + "ab" * 32
RULED = Ruling(policy_digest=DIGEST, policy_ids=("audience-receives",), obligations=frozenset({"two-person"}))
OFFER = Offer(
    release_id=read_release_id("NL-RL26-0001"),
    what="EV-12",
    recipient="DE",
    item_id="0" * 32,
    title="An orbit",
    precision="epoch=1min position=1km",
    label=Marking(owner="NL", releasable_to=frozenset({"DE"})),
    terms=Terms(purpose="collision warning", onward=Onward.NOBODY, expires_tai_ns=10**18, licence=""),
    because="asked by DE",
    consents=(("US", "EV-9"),),
    pieces=(
        Piece(
            entry_id="EV-12",
            subject="NL-CJ26-0001",
            digest=DIGEST,
            names=("title", "miss_distance_m"),
        ),
    ),
    not_before_tai_ns=5,
    realm=Realm.REAL,
)

ANOTHER = replace(OFFER, release_id=read_release_id("NL-RL26-0002"))


def told(*acts, offer=OFFER):
    """Return the entries of a release: its proposal, then acts as (actor, step)."""
    first = ("analyst", None)
    return [kept(place, actor, step, offer) for place, (actor, step) in enumerate([first, *acts])]


def kept(place, actor, step, offer=OFFER):
    """Return one entry of a release in its place."""
    fields = offer_fields(offer) if step is None else (("act", step.value), ("because", "so"))
    signed = step in (ReleaseStep.ENDORSE, ReleaseStep.APPROVE)
    content = Content(digest=DIGEST, media_type="text/plain", name="note", size_bytes=1) if signed else None
    entry = Entry(
        kind=EntryKind.RELEASE,
        subject=str(offer.release_id),
        actor=actor,
        at_tai_ns=place,
        fields=(*fields, *ruling_fields(RULED), ("signed_by", f"key of {actor}")),
        content=content,
        realm=offer.realm,
    )
    return KeptEntry(sequence=place, sealed=seal(entry, bytes(32)), kept_at_tai_ns=place)


@pytest.mark.parametrize("expires_tai_ns", [None, 10**18])
def test_an_offer_reads_back_as_it_was_proposed(expires_tai_ns):
    offer = replace(OFFER, terms=replace(OFFER.terms, expires_tai_ns=expires_tai_ns))
    assert release_of(told(offer=offer)).offer == offer


def test_who_signed_and_what_policy_said_is_told_in_order():
    standing = release_of(told(("first", ReleaseStep.ENDORSE), ("second", ReleaseStep.APPROVE)))
    assert standing.stage is ReleaseStage.APPROVED
    assert [each.by for each in standing.approvals] == ["first", "second"]
    assert [moment.ruling for moment in standing.moments] == [RULED] * 3


@pytest.mark.parametrize(
    "broken",
    [
        [],
        [kept(0, "officer", ReleaseStep.APPROVE)],
        told(("officer", ReleaseStep.SEND)),
        [*told(), kept(1, "officer", ReleaseStep.APPROVE, ANOTHER)],
    ],
    ids=["empty", "no proposal", "sent before approved", "of another release"],
)
def test_a_history_that_cannot_be_is_refused(broken):
    with pytest.raises(BrokenRelease):
        release_of(broken)


def test_an_approval_without_a_signature_is_refused():
    unsigned = kept(1, "officer", ReleaseStep.APPROVE)
    entry = replace(unsigned.entry, content=None)
    with pytest.raises(BrokenRelease, match="no signature"):
        release_of([*told(), replace(unsigned, sealed=seal(entry, bytes(32)))])
