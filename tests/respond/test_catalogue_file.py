"""Is the catalogue that ships complete and sourced, and is a slip of whoever edits it told in place?"""

import re

import pytest

from baken.errors import NoSuchRecord, UnreadableInput
from baken.incident.wording import objections_to
from baken.records.measure import Attribution, Category
from baken.respond.measures.catalogue_file import catalogue_of, read_catalogue_file
from tests.respond.measures_made import shipped, shipped_file

LEAST = 45
GOOD = """
[[source]]
id = "a-text"
title = "A text"
url = "https://example.org"
[[who]]
id = "council"
name = { nl = "de Raad", en = "the Council" }
[[measure]]
id = "talk"
name = { nl = "praten", en = "talk" }
what = { nl = "men praat", en = "people talk" }
category = "cooperative"
level = "eu"
legal_basis = { nl = "artikel 1", en = "article 1" }
proposer = "council"
decider = "council"
executor = "council"
voting = "consensus"
attribution = "none"
evidence_for = { EU = 2 }
reversible = "yes"
escalation = "low"
works_within = "days"
duration = { nl = "eens", en = "once" }
line = { nl = "wij praten", en = "we talk" }
sources = ["a-text"]
"""
SLIPS = [
    (
        'category = "cooperative"',
        'category = "friendly"',
        r"\[\[measure\]\] 1 talk category: is 'friendly'.*one of",
    ),
    (
        'decider = "council"',
        'decider = "councl"',
        r"talk decider: names 'councl'.*\[\[who\]\].*mend the name",
    ),
    ('sources = ["a-text"]', "sources = []", r"talk sources: names none; write like"),
    ('sources = ["a-text"]', 'sources = ["b"]', r"talk sources: names 'b'.*\[\[source\]\]"),
    ('voting = "consensus"', "", r"talk voting: is missing"),
    ('nl = "praten", ', "", r"talk name nl: is missing"),
    ("EU = 2", "EU = 0.5", r"talk evidence_for EU: is 0.5; write how many"),
    ('escalation = "low"', 'escalaton = "low"', r"talk escalation: is missing"),
    ("line = {", 'effect = "great"\nline = {', r"talk effect: no such field"),
    ('id = "talk"', 'id = "Talk!"', r"id: is 'Talk!'"),
    ("[[source]]", "[[sauce]]", r"talk sources: names 'a-text'"),
    ("[[measure]]", "[[measure", "no TOML"),
]


@pytest.mark.capability(
    "A catalogue of measures: listed with public sources, never chosen",
    status="MODELLED",
    authority="Council conclusions 14512/23, paragraph 19; to be checked by counsel",
)
def test_every_shipped_measure_has_a_source_and_waits_for_counsel():
    measures = shipped().measures
    assert len(measures) >= LEAST
    assert {one.category for one in measures} == set(Category)
    for one in measures:
        assert one.to_be_checked_by_counsel
        assert all(
            re.match(r"https://\S+$", source.url) and source.title and source.says for source in one.sources
        )


def test_every_source_and_party_that_ships_is_used():
    file = shipped_file()
    assert set(file.sources) == {source.source_id for one in file.measures for source in one.sources}
    parties = {party for one in file.measures for party in (one.proposer, one.decider, one.executor)}
    assert set(file.parties.values()) == parties


def test_no_shipped_line_to_take_names_a_state_or_a_motive():
    for one in shipped().measures:
        for text in (one.line.nl, one.line.en):
            assert objections_to(text) == (), one.measure_id


def test_who_may_say_who_did_it_is_asked_for_a_determination():
    named = [one for one in shipped().measures if one.measure_id.startswith("attribution-")]
    assert {one.attribution for one in named} == {Attribution.DETERMINATION}


def test_a_file_reads_as_it_was_written():
    (one,) = read_catalogue_file(GOOD).measures
    assert (one.decider.nl, one.evidence_for, one.precedent) == ("de Raad", (("EU", 2),), None)
    assert one.to_be_checked_by_counsel


@pytest.mark.parametrize(("written", "instead", "said"), SLIPS)
def test_a_slip_is_told_with_measure_and_field(written, instead, said):
    assert written in GOOD
    with pytest.raises(UnreadableInput, match=said):
        read_catalogue_file(GOOD.replace(written, instead))


def test_two_measures_of_one_name_in_one_file_are_a_slip_and_in_two_files_the_later_stands():
    measure = GOOD[GOOD.index("[[measure]]") :]
    with pytest.raises(UnreadableInput, match="stands above already"):
        read_catalogue_file(GOOD + measure)
    first = read_catalogue_file(GOOD)
    second = read_catalogue_file(measure.replace("people talk", "people still talk"), before=first)
    both = catalogue_of([first, second])
    assert [one.what.en for one in both.measures] == ["people still talk"]
    with pytest.raises(NoSuchRecord, match="no measure is called shout"):
        both.measure("shout")
