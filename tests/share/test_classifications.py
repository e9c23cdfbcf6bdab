"""Is a clearance good for what its policy and a named agreement say, and for nothing else?"""

import pytest

from baken.errors import UnreadableInput
from baken.share.classifications import Classifications, covers, may_handle, policy_of, why_covers
from baken.share.classifications_file import read_classifications
from baken.wiring.classifications import FILE, classifications, shipped_classifications

POLICIES = {"BE", "DE", "ES", "EU", "FR", "IT", "LU", "NATO", "NL", "PL", "UK"}
# OJ C 202 of 2011, annex: the row of each state, as printed, from highest to lowest.
PRINTED_2011 = {
    "EU": ("TRÈS SECRET UE", "SECRET UE", "CONFIDENTIEL UE", "RESTREINT UE"),
    "BE": ("ZEER GEHEIM", "GEHEIM", "VERTROUWELIJK"),
    "DE": ("STRENG GEHEIM", "GEHEIM", "VS-VERTRAULICH", "VS-NUR FÜR DEN DIENSTGEBRAUCH"),
    "ES": ("SECRETO", "RESERVADO", "CONFIDENCIAL", "DIFUSIÓN LIMITADA"),
    "FR": ("TRÈS SECRET DÉFENSE", "SECRET DÉFENSE", "CONFIDENTIEL DÉFENSE"),
    "IT": ("SEGRETISSIMO", "SEGRETO", "RISERVATISSIMO", "RISERVATO"),
    "LU": ("TRÈS SECRET LUX", "SECRET LUX", "CONFIDENTIEL LUX", "RESTREINT LUX"),
    "NL": ("STG. ZEER GEHEIM", "STG. GEHEIM", "STG. CONFIDENTIEEL", "DEP. VERTROUWELIJK"),
    "PL": ("ŚCIŚLE TAJNE", "TAJNE", "POUFNE", "ZASTRZEŻONE"),
}

SMALL = """
version = "1"
[[source]]
id = "s"
title = "a law"
where = "a gazette"
checked = "all of it"
[[level]]
id = "A/HIGH"
written = "High"
covers = ["A/LOW"]
source = "s"
[[level]]
id = "A/LOW"
written = "Low"
source = "s"
[[level]]
id = "B/HIGH"
written = "Hoog"
covers = ["B/LOW"]
source = "s"
[[level]]
id = "B/LOW"
written = "Laag"
source = "s"
[[level]]
id = "C/HIGH"
written = "Haut"
source = "s"
[[agreement]]
id = "A-B"
title = "A and B"
scope = "all"
source = "s"
[[agreement.alike]]
levels = ["A/HIGH", "B/HIGH"]
[[agreement]]
id = "B-C"
title = "B and C"
scope = "all"
source = "s"
[[agreement.one_way]]
clearance = "B/HIGH"
good_for = "C/HIGH"
"""


@pytest.fixture(scope="module")
def shipped() -> Classifications:
    return shipped_classifications()


@pytest.mark.capability(
    "Which clearance is good for which classification",
    status="VALIDATED",
    authority="OJ C 202, 8.7.2011, annex",
)
def test_the_printed_annex_of_2011_is_the_table(shipped: Classifications, deviation) -> None:
    names = [[f"{policy}/{level}" for level in ladder] for policy, ladder in PRINTED_2011.items()]
    wrong = [
        (one, other)
        for ladder in names
        for rank, one in enumerate(ladder)
        for others in names
        for other_rank, other in enumerate(others)
        if covers(one, other, shipped) != (rank <= other_rank)
    ]
    deviation(len(wrong), "pairs of levels", 0)


def test_every_policy_that_was_asked_for_is_there(shipped: Classifications) -> None:
    assert {level.policy for level in shipped.levels} == POLICIES
    assert all(level.source.where and level.source.checked for level in shipped.levels)
    assert shipped.unverified


def test_belgium_and_france_have_a_rule_where_they_have_no_level(shipped: Classifications) -> None:
    assert {(rule.policy, rule.classification) for rule in shipped.handling} == {
        ("BE", "EU/RESTREINT UE"),
        ("FR", "EU/RESTREINT UE"),
    }
    alike = [group for each in shipped.agreements for group in each.alike if "EU/RESTREINT UE" in group]
    assert not any(policy_of(name) in {"BE", "FR"} for group in alike for name in group)
    assert covers("BE/VERTROUWELIJK", "EU/RESTREINT UE", shipped)
    assert covers("FR/SECRET", "EU/CONFIDENTIEL UE", shipped)


def test_what_was_not_checked_gives_nothing(shipped: Classifications) -> None:
    assert may_handle(frozenset({"UK/TOP SECRET"}), shipped) == {"UK/TOP SECRET", "UK/SECRET"}
    assert not any(
        policy_of(one) != "NATO" for one in may_handle(frozenset({"NATO/COSMIC TOP SECRET"}), shipped)
    )
    assert not covers("NL/STG. GEHEIM", "NATO/NATO SECRET", shipped)
    assert covers("DE/GEHEIM", "NATO/NATO SECRET", shipped)


def test_a_clearance_is_good_for_all_that_what_it_covers_is_good_for_in_its_policy(
    shipped: Classifications,
) -> None:
    for level in shipped.levels:
        for lower in level.covers:
            assert may_handle(frozenset({lower}), shipped) <= may_handle(frozenset({level.name}), shipped)


def test_more_clearances_never_give_less_and_unknown_ones_nothing(shipped: Classifications) -> None:
    some = frozenset({"NL/STG. GEHEIM", "DE/VS-VERTRAULICH"})
    each = [may_handle(frozenset({one}), shipped) for one in some]
    assert may_handle(some, shipped) == frozenset().union(*each)
    assert may_handle(frozenset({"NL/stg. geheim", "NL", "", "XX/SECRET"}), shipped) == frozenset()


def test_agreements_do_not_chain() -> None:
    table = read_classifications(SMALL)
    assert may_handle(frozenset({"A/HIGH"}), table) == {"A/HIGH", "A/LOW", "B/HIGH", "B/LOW"}
    assert covers("B/HIGH", "C/HIGH", table)
    assert not covers("C/HIGH", "B/HIGH", table)
    assert why_covers("A/HIGH", "B/LOW", table) == "A and B"
    assert why_covers("A/HIGH", "A/LOW", table) == "a law"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('covers = ["A/LOW"]', 'covers = ["A/LOST"]', "[[level]] 1 covers: no [[level]] is called 'A/LOST'"),
        ('covers = ["A/LOW"]', 'covers = ["B/HIGH"]', "[[level]] 1 covers: B/HIGH is of another policy"),
        ('id = "A/LOW"', 'id = "LOW"', "[[level]] 2 id: is 'LOW'; write POLICY/LEVEL"),
        ('id = "B/LOW"', 'id = "A/LOW"', "[[level]] 4 id: 'A/LOW' stands above already"),
        (
            '"A/HIGH", "B/HIGH"',
            '"A/HIGH", "A/LOW"',
            "A/LOW does not cover A/HIGH",
        ),
        ('"A/HIGH", "B/HIGH"', '"A/HIGH"', "[[agreement]] 1 alike: names fewer than two levels"),
        (
            'good_for = "C/HIGH"',
            'good_for = "D/HIGH"',
            "2 one_way: no [[level]] is called 'D/HIGH'",
        ),
        ('scope = "all"', 'scoop = "all"', "[[agreement]] 1 scope: is missing"),
        ('written = "Low"', 'written = "Low"\nrank = 3', "[[level]] 2 rank: no such field"),
        ('source = "s"', 'source = "t"', "no [[source]] is called 't'"),
        ('version = "1"', "", "version: is missing"),
    ],
)
def test_a_table_that_cannot_hold_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in SMALL
    with pytest.raises(UnreadableInput) as refused:
        read_classifications(SMALL.replace(old, new, 1))
    assert said in str(refused.value)


def test_a_level_names_all_it_covers_and_nothing_is_added_by_reasoning() -> None:
    lowest = '[[level]]\nid = "A/LOWEST"\nwritten = "Lowest"\nsource = "s"\n[[agreement]]'
    open_table = SMALL.replace("[[agreement]]", lowest, 1).replace(
        'written = "Low"', 'written = "Low"\ncovers = ["A/LOWEST"]'
    )
    with pytest.raises(UnreadableInput, match=r"A/LOW covers A/LOWEST, so write that here as well"):
        read_classifications(open_table)


def test_a_home_has_its_own_table_or_the_shipped_one(tmp_path, shipped: Classifications) -> None:
    assert classifications(tmp_path) == shipped
    (tmp_path / FILE).write_text(SMALL, encoding="utf-8")
    assert classifications(tmp_path).version == "1"
    (tmp_path / FILE).write_text("level = 3", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=FILE):
        classifications(tmp_path)
