"""Can somebody see which rules hold here, and check a file of rules before it holds?"""

from io import StringIO
from pathlib import Path

from rich.console import Console

from baken.cli.release_view import show_rules
from baken.operations.desk import Desk
from baken.operations.explain_release import explain_release
from baken.operations.keep_policies import keep_policies
from baken.records.marking import Realm
from baken.records.reader import Keeper
from baken.report.words import Speech
from baken.wiring.luck import luck
from baken.wiring.stores import open_evidence
from tests.cli.conftest import Ask
from tests.operations.cases import NOON_TAI_NS
from tests.operations.releases import house
from tests.share import asking


def test_the_rules_that_hold_are_listed_set_by_set(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "policies"
    folder.mkdir(parents=True)
    (folder / "NL.cedar").write_text(asking.STATES["NL"], encoding="utf-8")
    told = ask("--json", "policy", "list").document()
    assert [each["name"] for each in told["sets"]] == ["baken", "NL"]
    assert told["digest"] == asking.policies(NL=asking.STATES["NL"]).digest
    assert {
        "id": "NL:two-persons-for-orbits",
        "effect": "forbid",
        "obligations": ["two-person"],
        "says": {"en": "Two persons let an orbit go.", "nl": "Twee personen geven een baan vrij."},
    } in told["sets"][1]["rules"]
    assert "two-persons-for-orbits" in ask("policy", "list").out


def test_a_broken_file_is_told_with_what_it_means(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "policies"
    folder.mkdir(parents=True)
    (folder / "NL.cedar").write_text("permit (", encoding="utf-8")
    told = ask("policy", "list")
    assert told.code == 1
    assert "NL.cedar: is no Cedar" in told.out
    assert "nothing is allowed until it is mended" in told.out


def test_a_file_is_checked_before_it_holds(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "DE.cedar").write_text(asking.STATES["DE"], encoding="utf-8")
    (tmp_path / "FR.cedar").write_text(asking.STATES["FR"].replace("purpose", "purse"), encoding="utf-8")
    told = ask("--json", "policy", "check", "DE.cedar").document()
    assert told["rules"][1]["obligations"] == ["reciprocity"]
    assert told["digest"] == asking.policy_set(asking.STATES["DE"], "DE").digest
    refused = ask("policy", "check", "FR.cedar")
    assert refused.code == 2
    assert "FR.cedar policy a-purse-to-read-cases: attribute `purse`" in refused.err


def test_a_file_that_only_forbids_is_said_to_forbid_everything(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "BE.cedar").write_text('@id("no") forbid (principal, action, resource);', encoding="utf-8")
    told = ask("policy", "check", "BE.cedar")
    assert told.code == 1
    assert "permits nothing" in told.out


def test_rules_that_decisions_named_can_be_read_later(ask: Ask, tmp_path: Path) -> None:
    held = asking.policies(NL=asking.STATES["NL"])
    with open_evidence(tmp_path / "home", Keeper(name="k")) as (_, log):
        keep_policies(Desk(log=log, actor="officer", at_tai_ns=0, luck=luck), held, Realm.REAL)
    (kept,) = ask("--json", "policy", "kept").document()["kept"]
    assert kept == {"digest": held.digest, "kept_utc": "1999-12-31T23:59:28Z"}
    assert held.digest in ask("policy", "kept").out
    assert ask("--json", "policy", "kept", held.digest).document()["texts"]["NL"] == asking.STATES["NL"]
    assert "// NL.cedar" in ask("policy", "kept", held.digest[:20]).out
    assert ask("policy", "kept", "sha256:ff").code == 2


def test_a_release_that_is_explained_says_what_its_rules_mean() -> None:
    here = house()
    wish = here.wish(here.kept(("title", "A pass"), marking=asking.label("NL", needs=frozenset({"cyber"}))))
    view = explain_release(here.desk.log, here.sharing, wish, releaser="first", at_tai_ns=NOON_TAI_NS)
    for language, said in (("en", "He has no need to know"), ("nl", "Hij hoeft niet te weten")):
        console = Console(file=StringIO(), width=120)
        show_rules(console, [view], here.sharing.policies, Speech(language))
        assert f"baken:need-to-know  {said}" in console.file.getvalue()
