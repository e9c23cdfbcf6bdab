"""Does the single-file verifier believe what it should, and nothing else, down to the last byte?"""

import base64
import contextlib
import functools
import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.time import utc_text
from baken.cli import verify_dossier as v
from baken.errors import BadMessage
from baken.evidence.dossier import COPY_TYPE, MANIFEST_TYPE, zip_of
from baken.evidence.dsse import envelope
from baken.evidence.keys import KeyAct, KeyStatement, birth, new_key, periods, revocation, rotation
from baken.evidence.merkle import leaf_hash, tree_of
from baken.evidence.sealing import seal
from baken.evidence.signed_note import WITNESS as WITNESS_USE
from baken.evidence.signed_note import SigningKey, cosigned, read_note, signed
from baken.operations.build_dossier import Held
from baken.operations.sign_log import sign_log, take_cosigned
from baken.records.evidence import EntryKind
from tests.memory_log import CountedLuck
from tests.operations.cases import NOON_TAI_NS
from tests.operations.dossiers import (
    FOR_BOTH,
    KEY,
    ORIGIN,
    SEEN_POSIX_S,
    THIEF,
    WITNESS_KEY,
    built_of,
    small_case,
)

HOUR_NS = 3_600 * 10**9
TRUSTED = v.key_of(KEY.verifier.text, "--key")
WITNESS = v.key_of(WITNESS_KEY.verifier.text, "--witness")
# RFC 8032, section 7.1, tests 1 to 3: secret key, public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]
ODDLY_WRITTEN = [
    *(b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a": 1}', b'"\\u0061"', b"1.0", b"1e0", b"NaN", b"["),
    *(b"\xff", b'"\\ud800"', b"9007199254740993", b"-0"),
]
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def files_in(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built():
    return built_of(small_case())


@pytest.fixture(scope="module")
def files(built):
    return files_in(built.copies["DE"])


@pytest.fixture
def quick(monkeypatch):
    """Remember signatures that were checked already; what is checked stays the same."""
    monkeypatch.setattr(v, "is_signed", functools.cache(v.is_signed))


def resigned(files, key=KEY, **changes):
    """Return a copy whose list of files was made anew by whoever holds a key."""
    told = json.loads(base64.b64decode(json.loads(files["copy.json"])["payload"])) | changes
    told["files"] = [
        {"name": name, "sha256": hashlib.sha256(files[name]).hexdigest(), "size": len(files[name])}
        for name in sorted(files)
        if name != "copy.json"
    ]
    return {**files, "copy.json": envelope(COPY_TYPE, rfc8785.dumps(told), key)}


def refused(files, match, trusted=TRUSTED, witnesses=(WITNESS,)):
    with pytest.raises(v.DoesNotHold, match=match):
        v.verify(files, trusted, witnesses)


@pytest.mark.capability(
    "Ed25519 in the single-file verifier", status="VALIDATED", authority="RFC 8032, section 7.1"
)
@pytest.mark.parametrize(("public_key", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard_hold_and_no_others(public_key, message, signature):
    key, told, value = map(bytes.fromhex, (public_key, message, signature))
    assert v.is_signed(key, told, value)
    for place in range(64):
        wrong = bytes(b ^ (1 if at == place else 0) for at, b in enumerate(value))
        assert not v.is_signed(key, told, wrong)
    assert not v.is_signed(key, told + b"\0", value)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 511))
def test_signatures_hold_where_another_implementation_says_so(secret, message, bit):
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public, value = private.public_key().public_bytes_raw(), private.sign(message)
    assert v.is_signed(public, message, value)
    flipped = (int.from_bytes(value, "little") ^ (1 << bit)).to_bytes(64, "little")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(flipped, message)
    except InvalidSignature:
        assert not v.is_signed(public, message, flipped)


EDGE_CASES = json.loads((Path(__file__).parents[1] / "authorities" / "ed25519_edge_cases.json").read_text())
# The equation of RFC 8032 without the cofactor holds for these two, of keys that are not of small order.
SIGNED_AFTER_ALL = (2, 3)


@pytest.mark.capability(
    "Ed25519 in the single-file verifier", status="VALIDATED", authority="Taming the many EdDSAs (2020)"
)
@pytest.mark.parametrize("place", range(len(EDGE_CASES)), ids=lambda place: EDGE_CASES[place]["what"])
def test_signatures_on_the_edge_of_the_standard_are_taken_strictly(place):
    case = [bytes.fromhex(EDGE_CASES[place][name]) for name in ("public_key", "message", "signature")]
    assert v.is_signed(*case) == (place in SIGNED_AFTER_ALL)


def test_a_signature_cannot_be_written_in_a_second_way():
    public, message, value = map(bytes.fromhex, RFC_8032[1])
    larger = (int.from_bytes(value[32:], "little") + v.ORDER).to_bytes(32, "little")
    assert not v.is_signed(public, message, value[:32] + larger)


@pytest.mark.parametrize("encoded", [b"\1" + bytes(31), bytes(32), (v.PRIME - 1).to_bytes(32, "little")])
def test_keys_of_small_order_sign_nothing(encoded):
    assert not v.is_signed(encoded, b"anything", encoded + bytes(32))


@given(JSON)
def test_json_is_written_as_another_implementation_of_the_standard_does(value):
    assert v.canonical(value).encode() == rfc8785.dumps(value)
    assert v.read_canonical(rfc8785.dumps(value), "here") == value


@pytest.mark.parametrize("content", ODDLY_WRITTEN)
def test_json_written_in_any_other_way_is_refused(content):
    with pytest.raises(v.DoesNotHold):
        v.read_canonical(content, "here")


def test_json_that_is_deep_or_huge_is_refused_in_a_line():
    for content in (b"[" * 100_000, b"1" * 10_000, b'{"a":' * 50_000):
        with pytest.raises(v.DoesNotHold):
            v.read_canonical(content, "here")


@given(st.integers(1, 70), st.data())
def test_proofs_lead_to_the_root_of_the_log_and_changed_ones_do_not(size, data):
    leaves = [b"leaf %d" % number for number in range(size)]
    tree = tree_of([leaf_hash(leaf) for leaf in leaves])
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(index)
    assert v.root_of(leaves[index], index, size, path, "here") == tree.root()
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index)) if size > 1 else None
    if other is not None:
        with contextlib.suppress(v.DoesNotHold):
            assert v.root_of(leaves[index], other, size, path, "here") != tree.root()


def test_a_dossier_holds_and_says_what_is_shown_and_what_exists(files):
    report = v.verify(files, TRUSTED, [WITNESS])
    assert (report.title, report.realm, report.recipient) == ("A small case", "REAL", "DE")
    assert report.witnessed == (("witness.example", SEEN_POSIX_S),)
    told = {entry.entry_id: v.shown_text(entry) for entry in report.shown}
    assert told == {
        "EV-0": "exists, withheld by its owner",
        "EV-1": "9 fields shown (for both)",
        "EV-2": "12 fields shown (for one)",
        "EV-3": "exists, withheld by its owner",
    }
    assert report.shown[1].fields["height_m"] == 1.5e-7


def test_two_recipients_hold_different_parts_of_one_signed_dossier(built):
    of_de, of_fr = (files_in(built.copies[name]) for name in ("DE", "FR"))
    assert of_de["dossier.json"] == of_fr["dossier.json"]
    assert v.verify(of_fr, TRUSTED).shown[2].fields is None
    assert "contents" not in "".join(of_fr)
    assert b"for one" not in built.copies["FR"]
    assert b"for nobody" not in built.copies["DE"]


def test_a_field_that_is_held_back_leaves_the_rest_of_its_entry_to_check():
    built = built_of(small_case(), held=(Held(sequence=1, field="height_m"), Held(sequence=2)))
    shown = v.verify(files_in(built.copies["DE"]), TRUSTED).shown
    assert (shown[1].n_withheld, "height_m" in shown[1].fields, shown[2].fields) == (1, False, None)


def test_whoever_guesses_every_word_of_a_withheld_entry_cannot_tell_that_he_is_right(files):
    case = small_case()
    withheld = case.desk.log.entries(case.incident.realm)[3]
    manifest = json.loads(base64.b64decode(json.loads(files["dossier.json"])["payload"]))
    (commitment,) = [each["commitment"] for each in manifest["entries"] if each["entry_id"] == "EV-3"]
    # With the secret anybody can; without it the same words give another digest each time.
    assert seal(withheld.entry, withheld.sealed.secret).commitment == commitment
    shown = [
        field[0] for name in ("EV-1", "EV-2") for field in json.loads(files[f"entries/{name}.json"])["shown"]
    ]
    for secret in (bytes(32), *(bytes.fromhex(salt) for salt in shown)):
        assert seal(withheld.entry, secret).commitment != commitment


@pytest.mark.long
def test_any_byte_of_any_file_that_is_changed_is_found_and_its_file_named(files, quick):
    for name, content in files.items():
        for place in range(len(content)):
            changed = {**files, name: content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]}
            refused(changed, f"^{name}: ")


def test_any_byte_of_what_is_said_of_keys_that_is_changed_is_found_and_its_file_named(quick):
    after = new_key(ORIGIN, CountedLuck(drawn=4000))
    notes = (
        birth(KEY, at_tai_ns=NOON_TAI_NS - 2 * HOUR_NS),
        birth(WITNESS_KEY, at_tai_ns=NOON_TAI_NS),
        rotation(KEY, after, at_tai_ns=NOON_TAI_NS - HOUR_NS),
        revocation(KEY.verifier, after, since_tai_ns=NOON_TAI_NS - HOUR_NS, because="lost"),
    )
    files = files_in(built_of(small_case(), key=after, notes=notes, recipients=("DE",)).copies["DE"])
    assert v.verify(files, TRUSTED).signed_by.endswith(after.verifier.key_id.hex())
    for name in [name for name in files if name.startswith("keys/")]:
        content = files[name]
        for place in range(len(content)):
            changed = {**files, name: content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]}
            refused(changed, f"^{name}: ")


def test_any_byte_of_a_zip_that_is_changed_is_found(built, quick):
    content = built.copies["DE"]
    for place in range(len(content)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(v.DoesNotHold):
            v.verify(v.files_of_zip(changed), TRUSTED)


def test_a_zip_that_was_cut_or_grew_is_found(built):
    content = built.copies["DE"]
    for changed in (content[:-1], content[: len(content) // 2], content + b"\0", b"PK" + content, b""):
        with pytest.raises(v.DoesNotHold):
            v.files_of_zip(changed)


def test_files_that_are_added_removed_or_renamed_are_found(files):
    for name in files:
        rest = {other: content for other, content in files.items() if other != name}
        refused(rest, "is missing|not signed")
        refused({**rest, name + "x": files[name]}, "is not part|is missing")
    refused({**files, "extra.txt": b""}, "^extra.txt: is not part")


def rotated_away():
    """Return the files of a dossier whose first key was stolen, and handed on and revoked before."""
    after = new_key(ORIGIN, CountedLuck(drawn=4000))
    at_tai_ns = NOON_TAI_NS - HOUR_NS
    notes = (
        rotation(KEY, after, at_tai_ns=at_tai_ns),
        revocation(KEY.verifier, after, since_tai_ns=at_tai_ns, because="stolen"),
    )
    return files_in(built_of(small_case(), key=after, notes=notes).copies["DE"])


def test_who_stole_an_old_key_cannot_hand_out_a_copy_of_his_own():
    files = rotated_away()
    assert v.verify(files, TRUSTED).shown
    fewer = {name: content for name, content in files.items() if name != "entries/EV-2.json"}
    fewer = {name: content for name, content in fewer.items() if not name.startswith("contents/")}
    for forged in ({**files, "README.txt": b"all is well"}, fewer):
        refused(resigned(forged, KEY), "^copy.json: is signed with another key than its dossier")


def test_only_what_is_written_as_a_statement_speaks_of_keys():
    after = new_key(ORIGIN, CountedLuck(drawn=4000))
    true = rotation(KEY, after, at_tai_ns=NOON_TAI_NS - HOUR_NS).text
    for text in (
        *(true.replace("baken key statement 1", "something else"), true.replace("to ", "because ")),
        *(true.replace("T", "X"), true + "extra\n", true.replace("rotated", "revoked"), "rotated\n"),
        true.replace("at 2026-08", "at 2026-99"),
    ):
        assert text != true
        refused(
            files_in(built_of(small_case(), key=after, notes=(signed(text, KEY, after),)).copies["DE"]),
            "^keys/0000.note: |^copy.json: is not signed",
        )


NODE_KEYS = [new_key(ORIGIN, CountedLuck(drawn=100 * place)) for place in range(1, 4)]
STRANGER = new_key("baken/DE/real", CountedLuck(drawn=900))
ALL_KEYS = [*NODE_KEYS, STRANGER]


@st.composite
def said_of_keys(draw):
    """Draw what is said of keys, by whoever may say it or by somebody else."""
    one, other, by = (draw(st.sampled_from(ALL_KEYS)) for _ in range(3))
    at_tai_ns = NOON_TAI_NS + draw(st.integers(-3, 3)) * HOUR_NS
    act = draw(st.sampled_from(["born", "rotated", "revoked", "forged"]))
    if act == "rotated" and one.name == other.name and one != other:
        return rotation(one, other, at_tai_ns=at_tai_ns)
    if act == "revoked":
        return revocation(one.verifier, by, since_tai_ns=at_tai_ns, because="why")
    note = birth(one, at_tai_ns=at_tai_ns)
    return note if act == "born" else signed(note.text, by)


def utc_ns(at_tai_ns):
    return None if at_tai_ns is None else v.nanoseconds(utc_text(at_tai_ns, 9), "here")


@pytest.mark.capability(
    "Lives of keys in the single-file verifier", status="MODELLED", authority="an implementation of its own"
)
@given(st.lists(said_of_keys(), max_size=6))
def test_keys_are_followed_as_another_implementation_follows_them(notes):
    first: SigningKey = NODE_KEYS[0]
    read = [v.note_of(note.content, "here") for note in notes]
    trusted = v.key_of(first.verifier.text, "here")
    try:
        expected = periods(first.verifier, notes)
    except BadMessage:
        with pytest.raises(v.DoesNotHold):
            v.periods_of(trusted, read)
        return
    found = v.periods_of(trusted, read)
    assert [(each.key.public_key, each.first_ns, each.last_ns, each.is_revoked) for each in found] == [
        (each.key.public_key, utc_ns(each.from_tai_ns), utc_ns(each.until_tai_ns), each.is_revoked)
        for each in expected
    ]


def test_a_witness_whose_signature_is_not_its_own_is_no_witness(files):
    text, _, lines = files["checkpoint"].decode().rpartition("\n\n")
    *others, last = lines.splitlines()
    name = last.split()[1]
    value = bytearray(base64.b64decode(last.split()[2]))
    value[20] ^= 1
    forged = "\n".join([*others, f"— {name} {base64.b64encode(bytes(value)).decode()}"]) + "\n"
    changed = {**files, "checkpoint": f"{text}\n\n{forged}".encode()}
    refused(resigned(changed), "^checkpoint: bears a signature of witness.example that is not its own")


def test_a_witness_who_did_not_see_the_log_is_named(files):
    other = v.key_of(new_key("other.example", CountedLuck(drawn=7000), 4).verifier.text, "--witness")
    report = v.verify(files, TRUSTED, [WITNESS, other])
    assert report.not_witnessed == ("other.example",)
    assert any("other.example did not see" in line for line in v.lines_of(report))


def test_a_dossier_of_a_game_says_so_before_anything_else(files):
    first, second, *_ = v.lines_of(v.verify(files, TRUSTED)._replace(realm="EXERCISE"))
    assert (first.count("EXERCISE"), second) == (3, "HOLDS: A small case")


def values_of(document, path=()):
    """Yield the way to each value in a JSON document."""
    yield path
    if isinstance(document, dict | list):
        for name, value in document.items() if isinstance(document, dict) else enumerate(document):
            yield from values_of(value, (*path, name))


def replaced(document, path, value):
    if not path:
        return value
    changed = dict(document) if isinstance(document, dict) else list(document)
    changed[path[0]] = replaced(document[path[0]], path[1:], value)
    return changed


ODD_VALUES = [None, True, -1, 1e300, "", "x", "sha256:", [], [[]], [None], {}, {"a": [1]}, "EV-\u0661"]


@pytest.mark.parametrize("name", ["dossier.json", "copy.json", "entries/EV-1.json", "entries/EV-2.json"])
def test_whatever_its_maker_signs_is_refused_in_a_line_and_never_a_stack(files, quick, name):
    is_envelope = not name.startswith("entries")
    whole = json.loads(files[name])
    document = json.loads(base64.b64decode(whole["payload"])) if is_envelope else whole
    for path in values_of(document):
        for odd in ODD_VALUES:
            content = rfc8785.dumps(replaced(document, path, odd))
            content = envelope(whole["payloadType"], content, KEY) if is_envelope else content
            changed = {**files, name: content}
            changed = changed if name == "copy.json" else resigned(changed)
            try:
                told = "\n".join(v.lines_of(v.verify(changed, TRUSTED, [WITNESS])))
            except v.DoesNotHold as error:
                told = str(error)
            assert not told.startswith("the dossier:"), "the file is named"


def test_what_steers_a_terminal_is_shown_and_not_obeyed(files, tmp_path, capsys):
    for name, content in {**files, "x\x1b[2JHOLDS: \udcff": b""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert v.main([str(tmp_path), "--key", KEY.verifier.text]) == 1
    told = capsys.readouterr().out
    assert told.startswith("DOES NOT HOLD: x\\x1b[2J")
    assert told.count("\n") == 1
    report = v.verify(files, TRUSTED)._replace(title="a\nHOLDS: b\x1b[1A")
    assert v.plain(next(v.lines_of(report))) == "HOLDS: a\\nHOLDS: b\\x1b[1A"


def test_an_empty_folder_in_a_dossier_is_named(files, tmp_path):
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "contents" / "more").mkdir()
    with pytest.raises(v.DoesNotHold, match=r"^contents/more: is not part"):
        v.files_of(tmp_path)


def test_a_zip_that_says_it_holds_more_than_it_does_is_not_unpacked():
    content = bytearray(zip_of({"a": b"x" * 1000, "b": b"x" * 1000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 20 : at + 28] = (2**29).to_bytes(4, "little") * 2
    with pytest.raises(v.DoesNotHold, match="more than it does"):
        v.files_of_zip(bytes(content))


def test_any_damage_to_a_zip_is_refused_in_a_line(built):
    content, random_of = built.copies["DE"], random.Random(2)
    headers = [at for mark in (b"PK\x01\x02", b"PK\x05\x06") for at in places_of(content, mark)]
    for _ in range(3000):
        changed = bytearray(content)
        for _ in range(random_of.randrange(1, 6)):
            changed[random_of.choice(headers) + random_of.randrange(46)] = random_of.randrange(256)
        if bytes(changed) != content:
            with pytest.raises(v.DoesNotHold):
                v.files_of_zip(bytes(changed))


def places_of(content, mark):
    at = content.find(mark)
    while 0 <= at < len(content) - 46:
        yield at
        at = content.find(mark, at + 1)


def test_what_is_neither_a_folder_nor_a_file_cannot_be_read():
    with pytest.raises(v.CannotBeRead):
        v.files_of(Path("/dev/zero"))


def test_what_another_key_signed_is_refused(files):
    refused(resigned(files, THIEF), "^copy.json: is not signed")
    refused(files_in(built_of(small_case(), key=THIEF).copies["DE"]), "is not signed")
    refused(files, "is not signed", v.key_of(THIEF.verifier.text, "--key"))


def test_a_copy_of_another_dossier_or_recipient_cannot_be_put_in_its_place(files, built):
    other = files_in(built_of(small_case(), held=(Held(sequence=2),)).copies["DE"])
    refused({**files, "copy.json": other["copy.json"]}, "altered|is not part|is missing")
    of_fr = files_in(built.copies["FR"])
    refused({**files, "copy.json": of_fr["copy.json"]}, "is not part")


def test_even_whoever_holds_the_key_cannot_make_entries_say_something_else(files):
    one, two = files["entries/EV-1.json"], files["entries/EV-2.json"]
    swapped = {**files, "entries/EV-1.json": two, "entries/EV-2.json": one}
    refused(resigned(swapped), "^entries/EV-1.json: does not belong")
    disclosure = json.loads(one)
    disclosure["shown"][-1][2] = 3.0
    refused(resigned({**files, "entries/EV-1.json": rfc8785.dumps(disclosure)}), "is not a field of EV-1")
    disclosure = json.loads(one)
    disclosure["shown"].append(disclosure["shown"][0])
    refused(resigned({**files, "entries/EV-1.json": rfc8785.dumps(disclosure)}), "is not a field of EV-1")


def test_proofs_contents_and_checkpoint_are_held_against_each_other(files):
    (name,) = [name for name in files if name.startswith("contents/")]
    refused(resigned({**files, name: b"something else"}), "is not the content its entry names")
    refused(resigned({**files, "contents/" + "0" * 64: b"x"}), "belongs to no entry")
    proofs = {**files, "proofs/EV-1.tlog-proof": files["proofs/EV-2.tlog-proof"]}
    refused(resigned(proofs), "^proofs/EV-1.tlog-proof")
    older = files_in(built_of(small_case(), key=KEY, witnessed=False).copies["DE"])["checkpoint"]
    refused(resigned({**files, "checkpoint": older}), "^proofs/EV-0")


def test_the_world_of_a_copy_is_that_of_its_dossier(files):
    refused(resigned(files, realm="EXERCISE"), "another world")


def test_a_key_that_follows_from_the_trusted_one_is_trusted():
    after = new_key(ORIGIN, CountedLuck(drawn=4000))
    note = rotation(KEY, after, at_tai_ns=NOON_TAI_NS - HOUR_NS)
    built = built_of(small_case(), key=after, notes=(note,))
    assert v.verify(files_in(built.copies["DE"]), TRUSTED).signed_by.endswith(after.verifier.key_id.hex())


def test_a_key_that_was_handed_on_signs_nothing_more():
    after = new_key(ORIGIN, CountedLuck(drawn=4000))
    note = rotation(KEY, after, at_tai_ns=NOON_TAI_NS - HOUR_NS)
    refused(files_in(built_of(small_case(), notes=(note,)).copies["DE"]), "no longer good")


def test_a_key_of_somebody_else_cannot_be_named_its_successor():
    note = rotation(THIEF, new_key(ORIGIN, CountedLuck(drawn=5000)), at_tai_ns=NOON_TAI_NS - HOUR_NS)
    built = built_of(small_case(), key=new_key(ORIGIN, CountedLuck(drawn=5000)), notes=(note,))
    refused(files_in(built.copies["DE"]), "is not signed")


def test_of_a_revoked_key_only_what_a_witness_saw_before_counts():
    late = revocation(KEY.verifier, KEY, since_tai_ns=NOON_TAI_NS + HOUR_NS, because="lost")
    early = revocation(KEY.verifier, KEY, since_tai_ns=NOON_TAI_NS - HOUR_NS, because="stolen")
    held = files_in(built_of(small_case(), notes=(late,)).copies["DE"])
    report = v.verify(held, TRUSTED, [WITNESS])
    assert report.witnessed
    # Whoever stole the key may choose anew among what the log had, under a title of his own.
    assert any("title and choice" in line for line in v.lines_of(report))
    refused(held, "no witness", witnesses=())
    refused(files_in(built_of(small_case(), notes=(early,)).copies["DE"]), "no longer good|no witness")


def test_a_link_or_a_way_out_of_the_folder_is_refused(files, tmp_path):
    (tmp_path / "secret").symlink_to("/etc/passwd")
    with pytest.raises(v.DoesNotHold, match="secret"):
        v.files_of(tmp_path)
    with pytest.raises(v.DoesNotHold, match="name that no file"):
        v.files_of_zip(zip_of({"../outside": b"x"}))


@pytest.mark.parametrize("packed", [True, False])
def test_it_runs_alone_under_a_bare_python(built, tmp_path, packed):
    alone = tmp_path / "verify_dossier.py"
    alone.write_bytes(Path(v.__file__).read_bytes())
    dossier = tmp_path / "dossier"
    if packed:
        dossier.write_bytes(built.copies["DE"])
    else:
        for name, content in files_in(built.copies["DE"]).items():
            (dossier / name).parent.mkdir(parents=True, exist_ok=True)
            (dossier / name).write_bytes(content)
    words = ["-I", "-S", str(alone), str(dossier), "--key", KEY.verifier.text]
    told = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("HOLDS: A small case")
    wrong = [*words[:-1], THIEF.verifier.text, "--json"]
    told = subprocess.run([sys.executable, *wrong], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (told.returncode, json.loads(told.stdout)["holds"]) == (1, False)


@pytest.mark.parametrize("words", [["nowhere", "--key", KEY.verifier.text], ["here", "--key", "x"], ["here"]])
def test_what_cannot_be_read_or_was_not_asked_well_is_another_exit(words, capsys):
    try:
        code = v.main(words)
    except SystemExit as exit_:
        code = exit_.code
    assert code == 2


def test_garbage_is_refused_in_a_line_and_never_a_stack(files):
    random_of = random.Random(1)
    # What nobody checks may be anything its maker signs for.
    checked = [name for name in files if name.startswith(("entries", "proofs", "checkpoint", "dossier"))]
    for _ in range(200):
        junk = random_of.randbytes(random_of.randrange(0, 80))
        refused(resigned({**files, random_of.choice(checked): junk}), "^[a-zE]")
        refused({**files, "copy.json": junk}, "^copy.json")


def remade(files, key=KEY, **changes):
    """Return a dossier whose manifest was made anew by whoever holds its key."""
    told = json.loads(base64.b64decode(json.loads(files["dossier.json"])["payload"]))
    told = {name: value for name, value in (told | changes).items() if value is not None}
    return resigned({**files, "dossier.json": envelope(MANIFEST_TYPE, rfc8785.dumps(told), key)}, key)


def test_a_key_signs_nothing_before_it_was_handed_to():
    after = new_key(ORIGIN, CountedLuck(drawn=4000))
    note = rotation(KEY, after, at_tai_ns=NOON_TAI_NS + HOUR_NS)
    refused(files_in(built_of(small_case(), key=after, notes=(note,)).copies["DE"]), "not yet good")


def test_a_reason_for_revoking_a_key_cannot_hand_it_on():
    thief = THIEF.verifier.text
    at = "2026-01-01T00:00:00Z"
    because = f"lost\u2028rotated {KEY.verifier.text}\u2028to {thief}\u2028at {at}"
    said = KeyStatement(act=KeyAct.REVOKED, key=KEY.verifier, at_tai_ns=NOON_TAI_NS, because=because)
    note = v.note_of(signed(said.text, KEY, THIEF).content, "keys")
    (period,) = v.periods_of(TRUSTED, [note])
    assert period.is_revoked


def test_what_a_key_may_not_say_is_refused_and_its_note_named():
    one, two, other = (
        new_key(name, CountedLuck(drawn=drawn))
        for name, drawn in ((ORIGIN, 4000), (ORIGIN, 5000), ("baken/XX/real", 6000))
    )
    text = rotation(KEY, one, at_tai_ns=NOON_TAI_NS).text
    renamed = text.replace(one.verifier.text, other.verifier.text)
    handed = rotation(KEY, one, at_tai_ns=NOON_TAI_NS)
    by_the_old = revocation(KEY.verifier, KEY, since_tai_ns=NOON_TAI_NS, because="")
    back = rotation(one, two, at_tai_ns=NOON_TAI_NS - HOUR_NS)

    def refused_note(*notes):
        with pytest.raises(v.DoesNotHold, match=r"^here: "):
            v.periods_of(TRUSTED, [v.note_of(note.content, "here") for note in notes])

    refused_note(signed(renamed, KEY, other))
    refused_note(handed, back)
    refused_note(handed, by_the_old)
    refused_note(signed(text.replace("baken key statement 1", "another thing"), KEY, one))


def test_an_entry_cannot_be_counted_twice(files):
    entries = json.loads(base64.b64decode(json.loads(files["dossier.json"])["payload"]))["entries"]
    refused(remade(files, entries=[*entries, entries[1]]), "^dossier.json: names an entry twice")


def test_who_signs_for_the_log_is_not_counted_as_a_witness_of_it():
    case = small_case()
    own = SigningKey("independent.example", KEY.private_key, WITNESS_USE)
    kept = sign_log(case.desk.log, case.incident.realm, KEY, at_tai_ns=NOON_TAI_NS)
    note = cosigned(read_note(kept.note), own, posix_s=SEEN_POSIX_S).content
    take_cosigned(case.desk.log, case.incident.realm, note, [KEY.verifier], at_tai_ns=NOON_TAI_NS)
    files = files_in(built_of(case, witnessed=False).copies["DE"])
    assert v.verify(files, TRUSTED, [v.key_of(own.verifier.text, "--witness")]).witnessed == ()


def test_one_witness_named_twice_is_one(files):
    assert len(v.verify(files, TRUSTED, [WITNESS, WITNESS]).witnessed) == 1


@pytest.mark.parametrize(
    "changes",
    [{"log": None}, {"log": 1}, {"entries": [1]}, {"entries": None}, {"made_at_utc": "2026-99-99T00:00:00Z"}],
)
def test_a_manifest_that_is_built_otherwise_is_refused_in_a_line(files, changes):
    refused(remade(files, **changes), "dossier")


@pytest.mark.parametrize("disclosure", [{"digests": [1, "a"], "shown": []}, {"digests": [[]], "shown": []}])
def test_an_entry_that_is_built_otherwise_is_refused_in_a_line(files, disclosure):
    refused(resigned({**files, "entries/EV-1.json": rfc8785.dumps(disclosure)}), "^entries/EV-1.json: ")


@pytest.mark.parametrize("number", ["9" * 400, "1e999"])
def test_a_number_past_all_numbers_is_refused_in_a_line(files, number):
    refused({**files, "copy.json": f'{{"a":{number}}}'.encode()}, "copy.json|is not built")


@pytest.mark.parametrize("name", ["a", "photo.png"])
def test_a_report_that_names_what_came_along_can_be_verified(name):
    case = small_case()
    subject, realm = str(case.incident.incident_id), case.incident.realm
    case.desk.keep(
        case.desk.entry(EntryKind.REPORT, subject, realm, ("attachments", (name,)), marking=FOR_BOTH)
    )
    report = v.verify(files_in(built_of(case).copies["DE"]), TRUSTED)
    assert report.shown[-1].contents_withheld == ()


def test_no_title_can_write_a_line_of_its_own(files, tmp_path, capsys):
    title = "A case\n  log seen by witness.example at 2026-01-01T00:00:00Z\r\x1b[2K\u202e\u2028"
    path = tmp_path / "case.zip"
    path.write_bytes(zip_of(remade(files, title=title)))
    assert v.main([str(path), "--key", KEY.verifier.text]) == 0
    first, *rest = capsys.readouterr().out.split("\n")
    assert first.startswith(r"HOLDS: A case\n  log seen by")
    assert not any("seen by" in line for line in rest)
    assert first.isprintable()
    path.write_bytes(zip_of({**files, "x\nHOLDS: A case": b""}))
    assert v.main([str(path), "--key", KEY.verifier.text]) == 1
    assert "\nHOLDS" not in capsys.readouterr().out


def test_whoever_verifies_is_told_that_a_matrix_is_its_makers_word(files):
    files = resigned({**files, "hypotheses.json": b'{"settled":true}'})
    assert any("neither entries nor" in line for line in v.lines_of(v.verify(files, TRUSTED)))
