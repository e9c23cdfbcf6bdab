"""Does the one digest of an entry stand for all it says, and tell nothing of what is withheld?"""

import dataclasses
import hashlib
import hmac
import json

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.evidence.sealing import canonical, commitment_of, disclose, holds, leaf_of, seal
from baken.records.evidence import Entry, EntryKind
from baken.records.marking import Marking, Realm

SECRET = bytes(range(32))
ENTRY = Entry(
    kind=EntryKind.NOTE,
    subject="NL-IN26-0001",
    actor="officer",
    at_tai_ns=1,
    fields=(("text", "é \x01"), ("miss_distance_m", 12.5), ("names", ("a", ("b", 1)))),
    marking=Marking(owner="NL"),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None)
@given(VALUES)
def test_documents_are_written_as_the_general_writer_does(document) -> None:
    assert canonical(document) == rfc8785.dumps(document)


@pytest.mark.parametrize("document", [float("nan"), [float("inf")], 2**53, "\ud800", {1: 2}])
def test_what_json_cannot_carry_is_refused(document: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (each library has words of its own)
        canonical(document)


def test_the_digest_follows_from_the_published_recipe() -> None:
    digests = []
    for name, value in ENTRY.disclosable:
        salt = hmac.new(SECRET, name.encode(), hashlib.sha256).hexdigest()
        plain = json.loads(json.dumps(value))
        digests.append(hashlib.sha256(rfc8785.dumps(["baken field 1", salt, name, plain])).hexdigest())
    whole = hashlib.sha256(rfc8785.dumps(["baken entry 1", sorted(digests)])).hexdigest()
    assert seal(ENTRY, SECRET).commitment == "sha256:" + whole


def test_whatever_is_shown_the_entry_is_the_same() -> None:
    sealed = seal(ENTRY, SECRET)
    names = [name for name, _ in ENTRY.disclosable]
    for shown in ([], names[:3], names):
        part = disclose(sealed, shown)
        assert holds(part)
        assert part.commitment == sealed.commitment
        assert part.n_withheld == len(names) - len(shown)
    assert disclose(sealed, {"text"}).value("text") == "é \x01"
    assert disclose(sealed, {"text"}).value("actor") is None


def test_a_changed_value_name_or_salt_is_none_of_the_entry() -> None:
    part = disclose(seal(ENTRY, SECRET), {"text"})
    (field,) = part.shown
    for change in ({"value": "e \x01"}, {"name": "title"}, {"salt": "00" * 32}):
        assert not holds(dataclasses.replace(part, shown=(dataclasses.replace(field, **change),)))
    assert not holds(dataclasses.replace(part, shown=(field, field)))


def test_a_secret_of_another_gives_another_digest() -> None:
    assert seal(ENTRY, SECRET).commitment != seal(ENTRY, bytes(32)).commitment


def test_what_an_entry_does_not_have_cannot_be_shown() -> None:
    with pytest.raises(ValueError, match="has no field colour"):
        disclose(seal(ENTRY, SECRET), {"colour"})


def test_a_leaf_tells_that_an_entry_exists_and_in_which_world() -> None:
    commitment = commitment_of([])
    assert json.loads(leaf_of(commitment, Realm.TEST)) == {"commitment": commitment, "realm": "TEST"}
