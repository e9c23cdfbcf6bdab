"""Does each language say everything, and nothing in the other's numbers?"""

import pytest

from baken.report.words import LANGUAGES, WORDS, Phrase, Speech


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_spoken(language):
    say = Speech(language)
    figures = dict.fromkeys(("median", "ninetieth", "oldest", "weeks", "count", "days"), 1234567)
    others = {"rejected": 1, "left_out": 2, "names": "a", "seed": "1", "option": "", "objects": 3, "sky": "b"}
    for name in WORDS:
        assert say(name, **figures, **others, approaches=4, threshold="5 km"), name


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
