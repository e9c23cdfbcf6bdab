"""Can the toolbox be read, weighed and compared at the command line, in both languages?"""

import re
from importlib.metadata import entry_points

import pytest

CASE = "LOCAL-IN26-0001"


@pytest.fixture
def case(ask):
    for words in (
        ("incident", "open", "--title", "Silent modems", "--kind", "cyber-attack", "--because", "x"),
        (
            "evidence",
            "add",
            "--about",
            CASE,
            "--text",
            "silent",
            "--title",
            "modems",
            "--releasable-to",
            "EU",
        ),
    ):
        told = ask(*words)
        assert told.code == 0, told.err
    return CASE


def words_of(told):
    assert told.code == 0, told.err
    return " ".join(told.out.split())


def test_the_catalogue_reads_without_a_case_and_in_both_languages(ask):
    document = ask("--json", "respond", "measures").document()
    assert len(document["measures"]) >= 45
    assert document["measures"][0]["category"] != "restrictive"
    assert "To be checked by counsel" in words_of(ask("respond", "measure", "teu-42-7"))
    assert "Na te gaan door een jurist" in words_of(ask("--language", "nl", "respond", "measure", "teu-42-7"))
    assert "Genoemd, nooit gekozen" in words_of(ask("--language", "nl", "respond", "measures"))


def test_a_case_says_what_is_missing(ask, case):
    out = words_of(ask("respond", "measures", case, "--category", "restrictive"))
    assert "needs 3 more released to EU" in out
    assert "Listed, never chosen" in out
    document = ask("--json", "respond", "measures", case).document()
    assert document["case"]["released"]["EU"] == 1
    by_name = {one["measure_id"]: one for one in document["measures"]}
    assert "airspace-restriction" not in by_name
    assert by_name["csirt-network"]["supported"]
    assert {each["need"] for each in by_name["attribution-eu"]["missing"]} >= {"determination", "evidence"}
    everything = ask("--json", "respond", "measures", case, "--all").document()["measures"]
    assert "airspace-restriction" in {one["measure_id"] for one in everything}


def test_no_number_in_the_list_ranks_a_measure(ask, case):
    names = set(ask("--json", "respond", "measures", case).document()["measures"][0])
    assert not names & {"score", "rank", "priority", "recommended", "best", "weight"}


def test_measures_are_weighed_proposed_decided_and_compared(ask, case):
    for words in (
        ("worksheet", case, "demarche", "--effect", "an answer", "--scale", "one letter"),
        ("propose", case, "demarche", "--because", "to ask"),
        ("outcome", case, "demarche", "adopted", "--decider", "the minister", "--because", "to ask"),
    ):
        assert re.match("kept as EV-", words_of(ask("respond", *words)))
    document = ask("--json", "respond", "compare", case, "demarche", "cyber-listing").document()
    assert [one["measure_id"] for one in document["measures"]] == ["demarche", "cyber-listing"]
    sheet = document["worksheets"][0]
    assert (sheet["weighed"]["effect"]["text"], sheet["weighed"]["risk"]) == ("an answer", None)
    assert sheet["decisions"][0]["decider"] == "the minister"
    out = words_of(ask("respond", "worksheet", case, "demarche"))
    assert "adopted by the minister" in out
    assert "nobody said" in out
    assert "naast elkaar" in words_of(ask("--language", "nl", "respond", "compare", case, "demarche")).lower()


def test_a_home_adds_and_replaces_measures(ask, tmp_path):
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    shipped = ask("--json", "respond", "measure", "demarche").document()
    own = home / "measures.toml"
    own.write_text(OWN, encoding="utf-8")
    assert ask("--json", "respond", "measure", "demarche").document()["what"]["en"] == "Say it by telephone."
    assert shipped["what"]["en"] != "Say it by telephone."
    own.write_text(OWN.replace('voting = "one-authority"', 'voting = "lots"'), encoding="utf-8")
    told = ask("respond", "measures")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert re.search(r"measures.toml: \[\[measure\]\] 1 demarche voting: is 'lots'; it is one of", told.err)


def test_our_catalogue_is_listed_as_a_strangers_would_be():
    assert [one.value for one in entry_points(group="baken.measures")] == ["baken.respond.measures"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("measure", "orbital-laser"), "no measure is called orbital-laser"),
        (("measures", "LOCAL-IN26-0099"), "no incident is called"),
        (("compare", CASE, "orbital-laser"), "no measure is called"),
        (("worksheet", CASE, "demarche", "--effect", " "), "filled in by a person"),
        (("outcome", CASE, "demarche", "adopted", "--decider", "x", "--because", "x"), "nobody proposed"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(ask, case, words, why):
    told = ask("respond", *words)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert why in told.err


OWN = """
[[measure]]
id = "demarche"
name = { nl = "Démarche", en = "Démarche" }
what = { nl = "Zeg het door de telefoon.", en = "Say it by telephone." }
category = "stability-building"
level = "national"
legal_basis = { nl = "eigen bevoegdheid", en = "own authority" }
proposer = "foreign-affairs"
decider = "foreign-affairs"
executor = "missions"
voting = "one-authority"
attribution = "none"
reversible = "yes"
escalation = "low"
works_within = "hours"
duration = { nl = "eens", en = "once" }
line = { nl = "Wij hebben gebeld.", en = "We called." }
sources = ["vienna-diplomatic"]
"""
