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
