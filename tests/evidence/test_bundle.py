"""Does a bundle come in only whole, signed, for us, in its turn, in its time, and no lower than before?"""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.evidence.bundle import (
    BUNDLE_TYPE,
    MANIFEST,
    MAX_BUNDLE_BYTES,
    BundleRefused,
    Why,
    link_of,
    write_bundle,
)
from baken.evidence.bundle_manifest import content_digest, manifest_of
from baken.evidence.dossier import zip_of
from baken.evidence.dsse import envelope
from baken.evidence.keys import Period
from baken.records.bundle import LastSeen, SeenItem, new_item_id
from baken.records.handling import NO_HANDLING, Handling, Tlp
from baken.records.marking import Marking, Realm
from tests.evidence.bundles import (
    DAY_NS,
    DRILL,
    FOR_DE,
    KEY,
    LUCK,
    NOW_TAI_NS,
    THIEF,
    bundle,
    good,
    item,
    read,
    seen_after,
)

FIRST = bundle()
WRITTEN = write_bundle(FIRST, KEY)
FILES = {f"items/{one.item_id}": one.file.content for one in FIRST.items if one.file}


def refused(content: bytes, **asked) -> BundleRefused:
    with pytest.raises(BundleRefused) as caught:
        read(content, **asked)
    assert "\n" not in str(caught.value)
    return caught.value


def test_what_is_written_is_read_and_writes_the_same_bytes_again():
    assert read(WRITTEN) == FIRST
    assert write_bundle(read(WRITTEN), KEY) == WRITTEN


@pytest.mark.capability(
    "a bundle with any one byte altered is refused",
    status="VALIDATED",
    authority="every bit of every byte of a bundle turned, one by one; Hypothesis for cuts and insertions",
)
def test_a_bundle_with_any_byte_altered_is_refused(deviation):
    taken = 0
    for place, byte in enumerate(WRITTEN):
        bit = 1 << place % 8
        altered = WRITTEN[:place] + bytes([byte ^ bit]) + WRITTEN[place + 1 :]
        try:
            read(altered)
            taken += 1
        except BundleRefused:
            continue
    deviation(taken, "altered bundles taken in", tolerance=0)
    assert taken == 0


@settings(max_examples=150, deadline=None)
@given(start=st.integers(0, len(WRITTEN)), width=st.integers(0, 400), put=st.binary(max_size=40))
def test_a_bundle_that_was_cut_or_added_to_is_refused(start, width, put):
    bent = WRITTEN[:start] + put + WRITTEN[start + width :]
    if bent != WRITTEN:
        refused(bent)


@settings(max_examples=100, deadline=None)
@given(
    payload=st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["format", "version", "from", "to", "items", "number", "realm"]),
                inner,
                max_size=7,
            )
        ),
        max_leaves=9,
    )
)
def test_any_manifest_a_partner_signs_is_read_or_refused_in_a_sentence(payload):
    signed = envelope(BUNDLE_TYPE, json.dumps(payload).encode(), KEY)
    assert refused(zip_of({MANIFEST: signed})).why is Why.ALTERED


MEMBERS = [
    "refused",
    "from",
    "to",
    "previous",
    "policy_digest",
    "number",
    "version",
    "taken_to",
    "items",
    "recalls",
    "answers",
    "realm",
    "made_at_utc",
    "valid_until_utc",
]


@pytest.mark.parametrize("name", MEMBERS)
def test_a_manifest_with_a_member_that_is_none_is_refused(name):
    for value in (None, True, 1.5, -1, {}, "x\x1b[2J", [[]], [{}], {"a": 1}):
        told = {**json.loads(manifest_of(FIRST)), name: value}
        payload = json.dumps(told, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
        assert refused(zip_of({**FILES, MANIFEST: envelope(BUNDLE_TYPE, payload, KEY)}))


def test_a_bundle_for_somebody_else_is_refused():
    error = refused(WRITTEN, me="FR")
    assert (error.why, str(error)) == (Why.NOT_FOR_US, "refused (not for us): it is for DE, and this is FR")


def test_a_bundle_signed_by_another_key_of_that_name_is_refused():
    assert refused(write_bundle(FIRST, THIEF)).why is Why.NOT_SIGNED


def test_a_bundle_signed_by_a_revoked_key_is_refused_whatever_time_it_names():
    revoked = [Period(key=KEY.verifier, from_tai_ns=None, until_tai_ns=NOW_TAI_NS + DAY_NS, is_revoked=True)]
    assert refused(WRITTEN, keys=revoked).why is Why.REVOKED


def test_the_key_of_one_world_signs_no_bundle_of_another():
    forged = envelope(BUNDLE_TYPE, manifest_of(replace(FIRST, items=())), DRILL)
    assert refused(zip_of({MANIFEST: forged}), keys=good(DRILL)).why is Why.NOT_SIGNED
    with pytest.raises(ValueError, match="is not signed by"):
        write_bundle(FIRST, DRILL)


def test_the_same_bundle_again_is_refused():
    assert refused(WRITTEN, last=seen_after(FIRST)).why is Why.REPLAYED


def test_another_bundle_of_the_same_number_is_refused():
    other = write_bundle(bundle(), KEY)
    assert refused(other, last=seen_after(FIRST)).why is Why.ALTERED


def test_a_bundle_in_its_turn_is_read_and_an_older_one_is_not():
    second = bundle(number=2, previous=link_of(FIRST, WRITTEN).digest)
    assert read(write_bundle(second, KEY), last=seen_after(FIRST)) == second
    assert refused(WRITTEN, last=seen_after(second)).why is Why.REPLAYED


def test_a_bundle_that_comes_too_early_waits_and_says_which_are_missing():
    early = write_bundle(bundle(number=4, previous="sha256:" + "1" * 64), KEY)
    error = refused(early, last=seen_after(FIRST))
    assert (error.why, list(error.missing)) == (Why.GAP, [2, 3])
    assert "bundles 2 to 3 of NL did not come" in str(error)


def test_a_bundle_that_follows_another_than_came_is_refused():
    other = write_bundle(bundle(number=2, previous="sha256:" + "1" * 64), KEY)
    assert refused(other, last=seen_after(FIRST)).why is Why.ALTERED


def test_an_expired_bundle_is_refused():
    assert refused(WRITTEN, at=NOW_TAI_NS + DAY_NS).why is Why.EXPIRED


def test_an_older_format_than_was_written_before_is_refused():
    assert refused(WRITTEN, last=LastSeen(version=2)).why is Why.DOWNGRADED


def test_a_newer_format_is_refused_and_says_what_to_do():
    newer = envelope(BUNDLE_TYPE, manifest_of(replace(FIRST, version=2)), KEY)
    error = refused(zip_of({**FILES, MANIFEST: newer}))
    assert error.why is Why.NEWER
    assert "bring Baken up to date" in str(error)


STRICTER = [
    Marking(owner="NL", releasable_to=frozenset({"DE"}), handling=Handling(tlp=Tlp.RED)),
    Marking(owner="NL", releasable_to=frozenset({"DE"})),
    replace(FOR_DE, handling=replace(FOR_DE.handling, needs=frozenset({"counterspace"}))),
    replace(FOR_DE, handling=replace(FOR_DE.handling, originators=frozenset({"FR"}))),
    replace(FOR_DE, of_fields=(("title", Marking(owner="NL")),)),
    replace(FOR_DE, handling=NO_HANDLING),
]


@pytest.mark.parametrize("before", STRICTER, ids=lambda label: label.text)
def test_the_same_content_under_a_lower_label_is_refused(before):
    seen = {content_digest(FIRST.items[0]): SeenItem(marking=before, realm=Realm.REAL)}
    assert refused(WRITTEN, last=LastSeen(seen=seen)).why is Why.DOWNGRADED


def test_the_same_content_under_the_same_or_a_higher_label_is_read():
    wide = replace(FOR_DE, releasable_to=frozenset({"DE", "FR"}), handling=Handling(tlp=Tlp.GREEN))
    for before in (FOR_DE, wide):
        seen = {content_digest(FIRST.items[0]): SeenItem(marking=before, realm=Realm.REAL)}
        assert read(WRITTEN, last=LastSeen(seen=seen)) == FIRST


def test_what_was_an_exercise_does_not_come_back_as_real():
    seen = {content_digest(one): SeenItem(marking=FOR_DE, realm=Realm.EXERCISE) for one in FIRST.items[1:]}
    assert refused(WRITTEN, last=LastSeen(seen=seen)).why is Why.DOWNGRADED


def test_a_name_of_an_item_is_used_once():
    again = LastSeen(item_ids=frozenset({FIRST.items[1].item_id}))
    assert refused(WRITTEN, last=again).why is Why.ALTERED


def odd_zip(*files: tuple[str, bytes], packing=zipfile.ZIP_STORED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        for name, each in files:
            archive.writestr(zipfile.ZipInfo(name), each, compress_type=packing)
    return content.getvalue()


SIGNED = envelope(BUNDLE_TYPE, manifest_of(replace(FIRST, items=())), KEY)


@pytest.mark.parametrize(
    "content",
    [
        odd_zip((MANIFEST, SIGNED), packing=zipfile.ZIP_DEFLATED),
        odd_zip((MANIFEST, SIGNED), ("items/" + "0" * 32, bytes(10**7)), packing=zipfile.ZIP_DEFLATED),
        odd_zip((MANIFEST, SIGNED), ("../../etc/passwd", b"x")),
        odd_zip((MANIFEST, SIGNED), ("/etc/passwd", b"x")),
        odd_zip((MANIFEST, SIGNED), ("items/" + "0" * 32 + "\n", b"x")),
        zip_of({MANIFEST: SIGNED, "items/" + "0" * 32: b"belongs to none"}),
        zip_of({}),
        b"",
        b"PK\x05\x06" + bytes(18) + WRITTEN,
        WRITTEN + WRITTEN,
    ],
)
def test_a_zip_that_is_not_as_bundles_are_is_refused(content):
    assert refused(content).why is Why.ALTERED


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_is_refused():
    assert "twice" in str(refused(odd_zip((MANIFEST, SIGNED), (MANIFEST, SIGNED))))


def test_a_file_larger_than_any_bundle_is_refused_before_it_is_opened():
    class Huge(bytes):
        def __len__(self) -> int:
            return MAX_BUNDLE_BYTES + 1

    assert "at most" in str(refused(Huge()))


def test_nothing_for_nobody_stands_in_a_bundle():
    with pytest.raises(ValueError, match="owner only"):
        item(marking=Marking(owner="NL"))


@pytest.mark.parametrize(
    "changes",
    [
        {"item_id": "EV-12"},
        {"title": "two\nlines"},
        {"title": "\x1b[2J"},
        {"told": (("kind", 1), ("kind", 2))},
        {"told": (("Marking owner", 1),)},
    ],
)
def test_an_item_with_odd_parts_is_refused(changes):
    with pytest.raises(ValueError, match="item"):
        item(**changes)


def test_a_text_that_would_steer_a_terminal_is_neither_written_nor_read():
    steers = bundle(items=(item(told=(("text", "\x1b[2J"),)),))
    with pytest.raises(ValueError, match="cannot be printed"):
        write_bundle(steers, KEY)
    signed = envelope(BUNDLE_TYPE, manifest_of(steers), KEY)
    assert "cannot be printed" in str(refused(zip_of({MANIFEST: signed})))


def test_names_of_items_are_drawn_anew():
    assert len({new_item_id(LUCK) for _ in range(50)}) == 50
