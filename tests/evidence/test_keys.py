"""Is a key good when it was, and not a moment longer, whoever says otherwise?"""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import BadMessage
from baken.evidence.checkpoint import opened_checkpoint
from baken.evidence.keys import (
    KeyAct,
    KeyStatement,
    birth,
    checked_statement,
    new_key,
    notes_about,
    periods,
    read_statement,
    revocation,
    rotation,
    trusted_keys,
)
from baken.evidence.signed_note import WITNESS, BadSignature, SignedNote, SigningKey, read_note, signed
from tests.evidence.notes import ORIGIN, key_of, log_of, note_of
from tests.memory_log import CountedLuck

DAY_NS = 86_400 * 1_000_000_000
FIRST, SECOND, THIRD, THIEF = (key_of(ORIGIN, seed) for seed in (1, 2, 3, 66))
BIRTH = birth(FIRST, at_tai_ns=DAY_NS)
HANDED_ON = rotation(FIRST, SECOND, at_tai_ns=10 * DAY_NS)
HANDED_ON_AGAIN = rotation(SECOND, THIRD, at_tai_ns=20 * DAY_NS)


def good(notes: list[SignedNote], day: float) -> list[SigningKey]:
    trusted = trusted_keys(FIRST.verifier, notes, round(day * DAY_NS))
    return [key for key in (FIRST, SECOND, THIRD, THIEF) if key.verifier in trusted]


def revoked(key: SigningKey, by: SigningKey, day: float) -> SignedNote:
    return revocation(key.verifier, by, since_tai_ns=round(day * DAY_NS), because="a laptop was stolen")


def test_a_key_is_good_from_its_birth_to_its_successor() -> None:
    notes = [BIRTH, HANDED_ON, HANDED_ON_AGAIN]
    assert [good(notes, day) for day in (0, 1, 9.99, 10, 20, 999)] == [
        [], [FIRST], [FIRST], [SECOND], [THIRD], [THIRD],
    ]  # fmt: skip
    assert good([], 0) == good([HANDED_ON], 0) == [FIRST]


def test_what_a_rotated_key_signs_later_is_not_believed() -> None:
    notes = [BIRTH, HANDED_ON]
    late = note_of(log_of(3), key=FIRST)
    assert opened_checkpoint(late, trusted_keys(FIRST.verifier, notes, 9 * DAY_NS)).size == 3
    with pytest.raises(BadSignature, match="nobody whose key is known"):
        opened_checkpoint(late, trusted_keys(FIRST.verifier, notes, 11 * DAY_NS))


def test_a_key_is_handed_on_once() -> None:
    for day in (5, 10, 15):
        stolen = rotation(FIRST, THIEF, at_tai_ns=day * DAY_NS)
        with pytest.raises(BadMessage, match="it is not the newest"):
            good([BIRTH, HANDED_ON, stolen], 30)


def test_nobody_hands_on_the_key_of_another() -> None:
    statement = KeyStatement(
        act=KeyAct.ROTATED, key=FIRST.verifier, successor=THIEF.verifier, at_tai_ns=10 * DAY_NS
    )
    for by in ([THIEF], [THIEF, SECOND], []):
        forged = signed(statement.text, *by)
        with pytest.raises(BadSignature):
            good([BIRTH, forged], 30)
        with pytest.raises(BadSignature):
            checked_statement(forged)


def test_nobody_is_named_successor_against_his_will() -> None:
    statement = read_statement(HANDED_ON.text)
    with pytest.raises(BadSignature):
        good([BIRTH, signed(statement.text, FIRST)], 30)


def test_a_signature_of_another_note_forges_none() -> None:
    later = dataclasses.replace(read_statement(HANDED_ON.text), at_tai_ns=12 * DAY_NS)
    forged = dataclasses.replace(HANDED_ON, text=later.text)
    with pytest.raises(BadSignature, match="is not of this text"):
        good([BIRTH, forged], 30)


def test_keys_do_not_follow_each_other_in_a_circle() -> None:
    with pytest.raises(BadMessage, match="its successor came before it"):
        good([BIRTH, HANDED_ON, rotation(SECOND, FIRST, at_tai_ns=20 * DAY_NS)], 30)


def test_a_key_is_not_handed_on_before_it_was_good() -> None:
    with pytest.raises(BadMessage, match="before it was good"):
        good([BIRTH, HANDED_ON, rotation(SECOND, THIRD, at_tai_ns=9 * DAY_NS)], 30)


def test_a_key_revokes_itself_from_a_moment_in_the_past() -> None:
    notes = [BIRTH, revoked(FIRST, FIRST, 5)]
    assert [good(notes, day) for day in (4.9, 5, 30)] == [[FIRST], [], []]
    with pytest.raises(BadMessage, match="or revoked"):
        good([*notes, HANDED_ON], 30)


def test_a_successor_revokes_who_came_before_and_stays_good() -> None:
    notes = [BIRTH, HANDED_ON, HANDED_ON_AGAIN, revoked(FIRST, THIRD, 5)]
    assert [good(notes, day) for day in (4.9, 5, 10, 20)] == [[FIRST], [], [SECOND], [THIRD]]
    assert [period.is_revoked for period in periods(FIRST.verifier, notes)] == [True, False, False]


def test_a_revocation_never_makes_a_key_good_for_longer() -> None:
    notes = [BIRTH, HANDED_ON, revoked(FIRST, SECOND, 15)]
    assert [good(notes, day) for day in (9, 12)] == [[FIRST], [SECOND]]


def test_an_old_key_says_nothing_more() -> None:
    for victim in (FIRST, SECOND):
        with pytest.raises(BadSignature):
            good([BIRTH, HANDED_ON, revoked(victim, FIRST, 5)], 30)


def test_nobody_revokes_the_key_of_another() -> None:
    for by in (THIEF, THIRD, key_of("baken/DE/real", 1)):
        with pytest.raises(BadSignature):
            good([BIRTH, HANDED_ON, revoked(SECOND, by, 15)], 30)


def test_a_key_is_born_once() -> None:
    with pytest.raises(BadMessage, match="it was born before"):
        good([BIRTH, BIRTH], 30)
    with pytest.raises(BadMessage, match="it was born before"):
        good([BIRTH, HANDED_ON, birth(SECOND, at_tai_ns=0)], 30)


def test_what_is_said_of_other_keys_is_passed_over() -> None:
    stranger = key_of("baken/DE/real", 9)
    notes = [birth(stranger, at_tai_ns=0), BIRTH, revoked(stranger, stranger, 1), HANDED_ON]
    assert good(notes, 15) == [SECOND]
    assert notes_about(FIRST.verifier, notes) == (BIRTH, HANDED_ON)


def test_a_witness_has_a_life_of_keys_as_well() -> None:
    old, new = key_of("baken/DE/witness", 4, WITNESS), key_of("baken/DE/witness", 5, WITNESS)
    notes = [birth(old, at_tai_ns=0), rotation(old, new, at_tai_ns=DAY_NS)]
    assert trusted_keys(old.verifier, notes, DAY_NS) == (new.verifier,)


@pytest.mark.parametrize("successor", [FIRST, key_of("baken/DE/real", 9), key_of(ORIGIN, 9, WITNESS)])
def test_a_successor_is_another_key_of_the_same_name_and_use(successor: SigningKey) -> None:
    with pytest.raises(ValueError, match="followed by another one"):
        rotation(FIRST, successor, at_tai_ns=0)


def test_a_key_follows_from_its_luck() -> None:
    one, other = new_key(ORIGIN, CountedLuck()), new_key(ORIGIN, CountedLuck())
    assert one.verifier == other.verifier
    luck = CountedLuck()
    assert new_key(ORIGIN, luck).verifier != new_key(ORIGIN, luck).verifier


@settings(deadline=None)
@given(st.integers(0, 2**62), st.text(st.characters(exclude_categories=("Cs", "C", "Z")), max_size=20))
def test_what_is_said_is_read_back(at_tai_ns: int, because: str) -> None:
    for note in (
        birth(FIRST, at_tai_ns=at_tai_ns),
        rotation(FIRST, SECOND, at_tai_ns=at_tai_ns),
        revocation(FIRST.verifier, SECOND, since_tai_ns=at_tai_ns, because=because),
    ):
        assert read_statement(note.text).text == note.text
        assert read_statement(note.text).at_tai_ns == at_tai_ns
        assert read_note(note.content) == note


NO_STATEMENTS = [
    "",
    "\n",
    BIRTH.text.replace("born", "loved"),
    BIRTH.text.replace("statement 1", "statement 2"),
    BIRTH.text.replace("\nat ", "\nto "),
    BIRTH.text + "because nothing\nbecause more\n",
    BIRTH.text + "to nobody\n",
    BIRTH.text.replace("Z\n", "\n"),
    BIRTH.text.removesuffix("\n"),
    HANDED_ON.text.replace("rotated", "born"),
    BIRTH.text.replace("born", "rotated"),
    BIRTH.text.replace(".000000000Z", "Z"),
]


@pytest.mark.parametrize("text", NO_STATEMENTS)
def test_what_says_nothing_of_a_key_is_refused(text: str) -> None:
    with pytest.raises(BadMessage):
        read_statement(text)


OWNED = [FIRST, SECOND, THIRD]
DAYS = st.integers(0, 40)
SAID = st.one_of(
    st.tuples(st.just("hand on"), st.sampled_from(OWNED), st.sampled_from(OWNED), DAYS),
    st.tuples(st.just("revoke"), st.sampled_from(OWNED), st.sampled_from(OWNED), DAYS),
    st.tuples(st.just("steal"), st.sampled_from(OWNED), st.sampled_from([THIEF]), DAYS),
    st.tuples(st.just("slander"), st.sampled_from(OWNED), st.sampled_from([THIEF]), DAYS),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(SAID, max_size=8))
def test_whatever_is_said_in_whatever_order_one_key_is_good_and_never_a_thief_s(said: list) -> None:
    notes: list[SignedNote] = [BIRTH]
    revocations: list[SignedNote] = []
    for what, key, other, day in said:
        chain = [period.key for period in periods(FIRST.verifier, notes)]
        if what == "steal" and key.verifier == chain[-1]:
            continue  # who holds the newest key is its owner, for all that others can tell
        if what in {"hand on", "steal"} and key != other:
            note = rotation(key, other, at_tai_ns=day * DAY_NS)
        elif what in {"revoke", "slander"}:
            note = revoked(key, other, day)
        else:
            continue
        try:
            periods(FIRST.verifier, [*notes, note])
        except BadMessage:
            continue
        notes.append(note)
        # A stranger's word about a key that nobody follows yet is passed over; the key's own word is not.
        if what == "revoke" and (key.verifier in chain or key == other):
            revocations.append(note)
    found = periods(FIRST.verifier, notes)
    for day in range(41):
        trusted = [period.key for period in found if period.holds(day * DAY_NS)]
        assert len(trusted) <= 1
        assert THIEF.verifier not in trusted
    for note in revocations:
        statement = read_statement(note.text)
        for after_ns in (0, 1, 40 * DAY_NS):
            trusted = trusted_keys(FIRST.verifier, notes, statement.at_tai_ns + after_ns)
            assert statement.key not in trusted


def test_a_key_that_revoked_itself_is_nobody_s_successor() -> None:
    with pytest.raises(BadMessage, match="its successor revoked itself before"):
        good([BIRTH, revoked(SECOND, SECOND, 30), HANDED_ON], 15)
    # What a stranger says of it changes nothing.
    assert good([BIRTH, revoked(SECOND, THIEF, 1), HANDED_ON], 15) == [SECOND]
