"""Do people answer the questions of mutual assistance in an exercise, and does software conclude nothing?"""

import re

import pytest

from baken.wiring.checklists import mutual_assistance

VERDICT = re.compile(
    r"\b(is|constitutes|amounts to|vormt|sprake van) (an? )?(armed|gewapende) (aggression|agressie|attack)\b"
    r"|\b(applies|does not apply|is van toepassing|invoked successfully|score|verdict|oordeel)\b",
    re.IGNORECASE,
)
CASE = "EXER-IN26-0001"


@pytest.fixture
def case(ask, monkeypatch) -> str:
    monkeypatch.setenv("BAKEN_ACTOR", "lina")
    opened = ("--title", "Modems", "--kind", "cyber-attack", "--because", "a drill", "--realm", "EXERCISE")
    assert ask("incident", "open", *opened).code == 0
    return CASE


def test_a_verdict_would_be_seen():
    assert all(map(VERDICT.search, ("this is armed aggression", "het artikel is van toepassing")))


def test_every_question_has_a_source_and_both_languages(tmp_path):
    checklist = mutual_assistance(tmp_path)
    assert len(checklist.questions) >= 12
    assert all(
        question.source_ids and question.text.nl != question.text.en for question in checklist.questions
    )


def test_answers_are_kept_with_who_gave_them_and_the_earlier_stays(ask, case):
    assert ask("respond", "assistance", case, "--answer", "aid-asked=one night").code == 0
    told = ask("--json", "respond", "assistance", case, "--answer", "aid-asked=two nights", "--as", "omar")
    (asked,) = (each for each in told.document()["questions"] if each["question"] == "aid-asked")
    assert [(each["text"], each["by"]) for each in asked["answers"]] == [
        ("one night", "lina"),
        ("two nights", "omar"),
    ]
    shown = ask("respond", "assistance", case).out
    assert "two nights" in shown
    assert "one night\n" not in shown


def test_two_answers_to_one_question_at_once_are_both_kept(ask, case):
    words = ("--answer", "aid-asked=one night", "--answer", "aid-asked=two nights")
    told = ask("--json", "respond", "assistance", case, *words).document()
    (asked,) = (each for each in told["questions"] if each["question"] == "aid-asked")
    assert [each["text"] for each in asked["answers"]] == ["one night", "two nights"]


@pytest.mark.parametrize("realm", ["SIMULATED", "TEST"])
def test_only_an_exercise_asks_for_answers(ask, case, realm):
    opened = ("--title", "Modems", "--kind", "cyber-attack", "--because", "a try", "--realm", realm)
    other = ask("--json", "incident", "open", *opened).document()["incident_id"]
    assert ask("respond", "assistance", other, "--answer", "aid-asked=help").code == 3


def test_in_earnest_nobody_answers_here(ask, case):
    ask("incident", "open", "--title", "Modems", "--kind", "cyber-attack", "--because", "a call")
    told = ask("respond", "assistance", "LOCAL-IN26-0001", "--answer", "aid-asked=help")
    assert (told.code, "for exercises" in told.err) == (3, True)
    assert "help" not in ask("--json", "respond", "assistance", "LOCAL-IN26-0001").out


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_output_says_whether_the_article_applies(ask, case, language, tmp_path):
    empty = ask("--language", language, "respond", "assistance", case).out
    everything = [
        word
        for each in mutual_assistance(tmp_path).questions
        for word in ("--answer", f"{each.question_id}=told")
    ]
    full = ask("--language", language, "respond", "assistance", case, *everything)
    as_json = ask("--json", "respond", "assistance", case)
    # The list itself says of itself, once in each language, that it does not say so.
    about = mutual_assistance(tmp_path).about
    for text in (empty, full.out, as_json.out):
        flat = " ".join(text.split())
        for said in (about.nl, about.en):
            flat = flat.replace(said, "")
        assert not VERDICT.search(flat)
    assert (full.code, as_json.code) == (0, 0)


def test_an_answer_that_cannot_be_kept_names_the_next_step(ask, case):
    for words, why in (
        ("nothing=told", "no question is called"),
        ("aid-asked", "--answer"),
        ("aid-asked= ", "says something"),
    ):
        told = ask("respond", "assistance", case, "--answer", words)
        assert (told.code, why in told.err) == (2, True)
