"""Does each language say everything, and nothing in the other's numbers?"""

import string

import pytest

from baken.report.words import LANGUAGES, WORDS, Phrase, Speech


@pytest.mark.parametrize("name", WORDS)
def test_every_phrase_can_be_spoken_in_each_language_with_the_same_figures(name):
    figures = {field for _, field, _, _ in string.Formatter().parse(WORDS[name][0]) if field}
    for language in LANGUAGES:
        told = Speech(language)(name, **dict.fromkeys(figures, "1234567"))
        assert told, name
        assert told.count("1234567") == len(figures), name


def test_thousands_are_never_set_apart_by_the_other_languages_decimal_sign():
    assert Speech("en").count(1_234_567) == "1,234,567"
    assert "." not in Speech("nl").count(1_234_567)
    assert "," not in Speech("nl").count(1_234_567)


def test_a_phrase_made_elsewhere_is_told_in_the_language_of_the_listener():
    stored = Phrase("sky.stored")
    assert [Speech(language).tell(stored) for language in LANGUAGES] == [
        "the stored catalogue", "de bewaarde catalogus",
    ]  # fmt: skip


def test_a_name_that_nobody_translated_is_told_in_plain_words():
    assert Speech("nl")("account.passed_by_the_moon") == "passed by the moon"
