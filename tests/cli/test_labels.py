"""Can a security officer read what labels mean here, and which clearance is good for what?"""

from pathlib import Path

from baken.wiring.classifications import FILE
from tests.cli.conftest import Ask
from tests.share.test_classifications import SMALL


def test_the_table_is_shown_with_its_sources_and_what_nobody_could_check(ask: Ask) -> None:
    told = ask("evidence", "labels").out
    for part in (
        "NL/STG. GEHEIM",
        "Where a policy has no level",
        "Not checked, so not in it",
        "accredits no machine",
    ):
        assert part in told
    document = ask("--json", "evidence", "labels").document()
    assert {"NL/STG. GEHEIM", "EU/RESTREINT UE"} <= {each["level"] for each in document["levels"]}
    assert all(document[name] for name in ("unverified", "handling", "agreements", "sources"))


def test_one_can_ask_what_a_clearance_is_good_for(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / FILE).write_text(SMALL, encoding="utf-8")
    asked = ask("--json", "evidence", "labels", "A/HIGH").document()
    assert asked["good_for"] == {"A/HIGH": "a law", "A/LOW": "a law", "B/HIGH": "A and B", "B/LOW": "A and B"}
    assert "A and B" in ask("evidence", "labels", "A/HIGH").out
    told = ask("evidence", "labels", "A/TOP")
    assert (told.code, "'A/TOP', so it gives nothing" in told.err) == (2, True)


def test_a_label_and_labels_of_fields_are_asked_for_alike_everywhere(ask: Ask) -> None:
    asked = ["--releasable-to", "DE", "--label", "TLP:GREEN", "--label", "CLASS:NL/STG. GEHEIM"]
    told = ask("--json", "evidence", "add", "--text", "It blinked.", "--source", "a mast", *asked)
    assert told.document()["added"][0]["marking"]["handling"] == ["CLASS:NL/STG. GEHEIM", "TLP:GREEN"]
    of_source = ["--field-label", "source=; TLP:RED"]
    told = ask("--json", "evidence", "add", "--text", "It blinked.", "--source", "a mast", *of_source)
    assert told.document()["added"][0]["marking"]["of_fields"] == {
        "source": {"owner": "LOCAL", "releasable_to": [], "handling": ["TLP:RED"]}
    }
    assert "narrower for source" in ask("evidence", "list").out


def test_a_label_that_would_protect_nothing_is_refused(ask: Ask) -> None:
    for option, problem in (
        (["--label", "TLP:PINK"], "--label: 'PINK' is not a valid Tlp"),
        (["--label", "SECRET"], "--label: no label has a demand like 'SECRET'"),
        (["--label", "CLASS:NL/SECRET"], "there is no classification NL/SECRET"),
        (["--field-label", "source=DE; CLASS:STG. GEHEIM"], "there is no classification STG. GEHEIM"),
        (["--releasable-to", "NL: DE"], "--releasable-to is names with commas"),
        (["--field-label", "source"], "--field-label is FIELD=LABEL"),
        (["--field-label", "source=DE", "--field-label", "source="], "gives source two labels"),
        (["--field-label", "sauce=DE"], "there is no field 'sauce' to label"),
    ):
        told = ask("evidence", "add", "--text", "It blinked.", "--source", "a mast", *option)
        assert (told.code, problem in told.err) == (2, True), told.err
    assert ask("--json", "evidence", "list").document()["entries"] == 0


def test_an_entry_gets_another_label_and_stays_what_it_was(ask: Ask) -> None:
    ask("evidence", "add", "--text", "It blinked.", "--label", "TLP:RED", "--label", "FROM:FR")
    told = ask("evidence", "relabel", "EV-0", "--releasable-to", "DE", "--because", "they asked")
    assert (told.code, "FR has not consented" in told.err) == (3, True)
    told = ask(
        *("--json", "evidence", "relabel", "EV-0", "--releasable-to", "DE", "--label", "TLP:AMBER"),
        *("--because", "they asked", "--consent", "FR"),
    ).document()
    assert told["before"] == {"owner": "LOCAL", "releasable_to": [], "handling": ["TLP:RED", "FROM:FR"]}
    assert told["after"] == {"owner": "LOCAL", "releasable_to": ["DE"], "handling": ["TLP:AMBER", "FROM:FR"]}
    shown = ask("--json", "evidence", "show", "EV-0").document()
    assert shown["marking"] == told["after"]
    assert shown["fields"]["marking_handling"] == ["TLP:RED", "FROM:FR"]
    assert "LOCAL: DE; TLP:AMBER" in ask("evidence", "list").out


def test_what_is_not_said_of_a_label_stays_and_a_licence_is_nobody_s_to_lift(ask: Ask) -> None:
    ask("evidence", "add", "--text", "It blinked.", "--label", "CLASS:NL/STG. GEHEIM", "--label", "LICENCE:X")
    told = ask("evidence", "relabel", "EV-0", "--without", "LICENCE", "--because", "why not")
    assert (told.code, "keeps the licences" in told.err) == (3, True)
    told = ask("evidence", "relabel", "EV-0", "--without", "TLP", "--because", "why not")
    assert (told.code, "there is no TLP to take away; there is CLASS, LICENCE" in told.err) == (2, True)
    assert "now" in ask("evidence", "relabel", "EV-0", "--without", "CLASS", "--because", "it is out").out
    assert ask("--json", "evidence", "show", "EV-0").document()["marking"]["handling"] == ["LICENCE:X"]
