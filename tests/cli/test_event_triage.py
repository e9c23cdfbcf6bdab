"""Does triage stay quiet, and say which rule fired when it does not?"""

from pathlib import Path

import pytest

from baken.formats import cdm_kvn
from tests.makers import warning

MINE = """
[[rule]]
name = "mine"
source = "a test"
look_probability = 0.5
act_probability = 0.9
"""


@pytest.fixture
def kept(ask, tmp_path: Path) -> None:
    """A home with one encounter that grew, and one far away from any level."""
    grew = [
        warning("HERE", hours_before=hours, radial_m=radial_m, sigma_m=sigma_m)
        for hours, radial_m, sigma_m in ((100.0, 2_500.0, 500.0), (60.0, 60.0, 90.0))
    ]
    far = warning("HERE", hours_before=50.0, radial_m=90_000.0, sigma_m=90.0, pair=(900_011, 900_012))
    (tmp_path / "here.cdm").write_bytes(cdm_kvn.write([*grew, far]))
    assert ask("cdm", "import", "here.cdm").code == 0


def test_only_what_a_rule_calls_is_told_with_rule_figure_and_time(ask, kept):
    told = ask("--json", "event", "triage").document()
    assert (told["events"], [one["level"] for one in told["called"]]) == (2, ["ACT"])
    (called,) = told["called"]
    assert {alert["rule"] for alert in called["standing"]} == {"CARA", "UK"}
    assert "1e-04 to act" in called["standing"][0]["because"]
    assert called["alerts"][0]["cause"] == "raised"
    assert called["forecast"] == []


def test_all_shows_the_quiet_too_and_a_forecast_only_when_asked_for(ask, kept):
    told = ask("--json", "event", "triage", "--all", "--forecast").document()
    assert [one["level"] for one in told["called"]] == ["ACT", "QUIET"]
    chances = [one["chance"] for one in told["called"][0]["forecast"]]
    assert chances
    assert all(0.0 < chance < 1.0 for chance in chances)
    assert "little better than the base rate" in ask("event", "triage", "--forecast").out


def test_rules_of_ones_own_replace_ours(ask, kept, tmp_path):
    (tmp_path / "mine.toml").write_text(MINE)
    told = ask("--json", "event", "triage", "--rules", "mine.toml").document()
    assert (told["rules"], told["called"]) == (["mine"], [])


def test_a_rule_that_cannot_be_is_refused_with_its_file_and_field(ask, kept, tmp_path):
    (tmp_path / "mine.toml").write_text(MINE.replace("0.9", "0.1"))
    told = ask("event", "triage", "--rules", "mine.toml")
    assert told.code == 2
    assert "mine.toml" in told.err
    assert "act_probability" in told.err
