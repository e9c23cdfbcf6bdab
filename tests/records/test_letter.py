"""Can a letter be born that breaks a header, hides its world, or says nothing?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.letter import DRILLS, Letter, closing_line, write_letter
from baken.records.marking import Marking, Realm
from tests.makers import EPOCH_TAI_NS

SHARED = Marking(owner="NL", releasable_to=frozenset({"NL", "EU"}))
LANGUAGES = st.sampled_from(sorted(DRILLS))
BREAKS = ["\n", "\r", "\r\nBcc: all@example.org", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"]
HIDDEN = ["\u202e", "\u200b", "\ud800", "\x7f"]


def draft(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "key": "NL-IN26-0001.warn.1",
        "sender": "Baken NL, duty officer",
        "to": "desk@example.org",
        "subject": "Please acknowledge",
        "text": "A fragment comes down.",
        "realm": Realm.REAL,
        "marking": SHARED,
        "language": "en",
        "at_tai_ns": EPOCH_TAI_NS,
    }
    return plain | changes


def letter(**changes: object) -> Letter:
    return write_letter(**draft(**changes))


@pytest.mark.parametrize("sign", BREAKS + HIDDEN)
@pytest.mark.parametrize("field", ["key", "sender", "to", "subject"])
def test_no_field_of_a_header_can_begin_a_second_line_or_hide_a_sign(field, sign):
    with pytest.raises(ValueError, match="letter"):
        letter(**{field: f"one{sign}two"})


@pytest.mark.parametrize("text", ["=?utf-8?q?EXERCISE_EXERCISE?=", "two  spaces", " before", "after "])
@pytest.mark.parametrize("field", ["sender", "to", "subject"])
def test_what_a_mail_program_shows_is_what_stands_there(field, text):
    with pytest.raises(ValueError, match=r"=\?|single spaces"):
        letter(**{field: text})


@given(st.text(), st.sampled_from(["sender", "to", "subject"]))
def test_whatever_is_born_has_headers_of_one_line(text, field):
    try:
        born = letter(**{field: text})
    except ValueError:
        return
    assert len(getattr(born, field).splitlines()) == 1


@pytest.mark.parametrize("sign", ["\r", "\x00", "\x1b", "\u2028", "\ud800"])
def test_a_body_holds_no_control_sign_but_line_ends_and_tabs(sign):
    with pytest.raises(ValueError, match="body"):
        letter(text=f"one{sign}two")
    assert "\tone\n\ntwo" in letter(text="\tone\n\ntwo").body


def test_a_label_cannot_break_a_header():
    with pytest.raises(ValueError, match="label"):
        letter(marking=Marking(owner="NL\nBcc: all@example.org"))


@pytest.mark.parametrize(
    "key", ["", ".", "..", ".a", "a.", "a..b", "a/b", "a b", "é", "a" * 65, "a@b", "a\n"]
)
def test_a_key_is_safe_as_a_file_name_and_in_a_message_id(key):
    with pytest.raises(ValueError, match="key"):
        letter(key=key)


@pytest.mark.parametrize("field", ["sender", "to", "subject", "text"])
@pytest.mark.parametrize("nothing", ["", "  ", "\t\n"])
def test_nothing_in_a_letter_is_empty(field, nothing):
    with pytest.raises(ValueError, match="empty"):
        letter(**{field: nothing})


@given(st.sampled_from(Realm), LANGUAGES)
def test_every_letter_says_of_which_world_it_is(realm, language):
    born = letter(realm=realm, language=language)
    word = DRILLS[language].get(realm)
    assert born.subject == (f"{word} {word} {word}: " if word else "") + "Please acknowledge"
    assert born.body.splitlines()[-1] == closing_line(realm, SHARED, language)


@given(st.sampled_from(Realm), st.sampled_from(Realm), LANGUAGES)
def test_a_letter_never_moves_to_another_world(realm, other, language):
    born = letter(realm=realm, language=language)
    if other is realm:
        assert replace(born, realm=other) == born
    else:
        with pytest.raises(ValueError, match="world"):
            replace(born, realm=other)


@pytest.mark.parametrize(
    "subject", ["EXERCISE EXERCISE EXERCISE: x", "oefening oefening: x", "Test test test"]
)
def test_a_real_letter_cannot_sound_like_a_drill(subject):
    with pytest.raises(ValueError, match="cannot read"):
        letter(subject=subject)
    assert letter(subject="Exercise your judgement").realm is Realm.REAL


def test_a_letter_cannot_change_its_label_and_keep_its_last_line():
    with pytest.raises(ValueError, match="ends with"):
        replace(letter(), marking=Marking(owner="NL"))


def test_a_letter_is_in_a_language_that_has_words_for_its_world():
    with pytest.raises(ValueError, match="en or nl"):
        letter(language="fr")
