"""Do warnings that come in at the command line come out under one event, side by side, in every language?"""

from pathlib import Path

import pypdf
import pytest

from baken.astro.time import tai_ns_from_utc
from baken.formats import cdm_kvn, cdm_xml
from baken.report.case_words import CASE_WORDS
from tests.makers import warning

WIDTH = 100


@pytest.fixture
def two_originators(tmp_path: Path) -> tuple[str, str]:
    """Two files of warnings of one encounter: three updates of one originator, one of another."""
    here = [
        warning("HERE", hours_before=hours, radial_m=radial_m, sigma_m=sigma_m, collision_probability=said)
        for hours, radial_m, sigma_m, said in (
            (60.0, 900.0, 400.0, 1e-6),
            (36.0, 300.0, 200.0, 3e-5),
            (12.0, 60.0, 90.0, 2e-3),
        )
    ]
    there = warning(
        "[bold]THERE", hours_before=8.0, radial_m=-800.0, sigma_m=90.0, pair=(900_002, 900_001),
        tca_tai_ns=here[0].tca_tai_ns + 2_500_000_000,
    )  # fmt: skip
    (tmp_path / "here.cdm").write_bytes(cdm_kvn.write(here))
    (tmp_path / "there.xml").write_bytes(cdm_xml.write([there]))
    return "here.cdm", "there.xml"


def test_an_import_says_what_it_changed_and_the_second_changes_nothing(ask, two_originators):
    first = ask("--json", "cdm", "import", *two_originators).document()
    assert first == {
        "files": [
            {"path": "here.cdm", "format": "cdm-kvn", "read": 3, "accepted": 3, "rejected": []},
            {"path": "there.xml", "format": "cdm-xml", "read": 1, "accepted": 1, "rejected": []},
        ],
        "events": ["LOCAL-CJ26-0001"], "events_new": 1, "updates_new": 4, "already_known": 0, "objects": 2,
        "conflicts": [],
    }  # fmt: skip
    second = ask("--json", "cdm", "import", *two_originators).document()
    assert (second["updates_new"], second["already_known"], second["events_new"]) == (0, 4, 0)
    assert second["events"] == ["LOCAL-CJ26-0001"]


def test_a_bad_message_is_named_by_line_and_field_and_strict_keeps_none_of_its_file(ask, tmp_path):
    good, bad = (cdm_kvn.write([warning(name)]) for name in ("HERE", "THERE"))
    spoiled = bad.replace(b"MISS_DISTANCE = 50", b"MISS_DISTANCE = fifty")
    assert spoiled != bad
    (tmp_path / "mixed.cdm").write_bytes(good + spoiled)
    told = ask("--json", "cdm", "import", "mixed.cdm", "--strict")
    assert told.code == 1
    (file,) = told.document()["files"]
    assert (file["read"], file["accepted"], told.document()["updates_new"]) == (2, 0, 0)
    assert file["rejected"][0]["field"] == "MISS_DISTANCE"
    assert file["rejected"][0]["line"] > good.count(b"\n")
    told = ask("--json", "cdm", "import", "mixed.cdm")
    assert (told.code, told.document()["updates_new"]) == (0, 1)


def test_a_file_of_nothing_but_bad_messages_is_exit_2_with_its_line(ask, tmp_path):
    bad = cdm_kvn.write([warning()]).replace(b"MISS_DISTANCE = 50", b"MISS_DISTANCE = fifty")
    (tmp_path / "bad.cdm").write_bytes(bad)
    told = ask("cdm", "import", "bad.cdm")
    assert told.code == 2
    assert told.err.startswith("baken: bad.cdm:")
    assert "MISS_DISTANCE" in told.err


def test_a_list_says_how_many_spoke_and_the_largest_that_was_said(ask, two_originators):
    ask("cdm", "import", *two_originators)
    (listed,) = ask("--json", "event", "list").document()["listed"]
    assert (listed["originators"], listed["updates"]) == (["HERE", "[bold]THERE"], 4)
    assert listed["largest_probability_said"] == 2e-3
    assert "2, 4 updates" in ask("event", "list").out


def test_a_shown_event_has_its_originators_side_by_side_with_what_they_do(ask, two_originators, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    ask("cdm", "import", *two_originators)
    out = ask("event", "show", "LOCAL-CJ26-0001").out
    assert max(len(line.rstrip()) for line in out.splitlines()) <= WIDTH
    head = next(line for line in out.splitlines() if "[bold]THERE" in line and "HERE" in line.split("[")[0])
    assert head.split() == ["HERE", "[bold]THERE"]
    facts = ["2.0e-03", "█ rising", "▁ falling", "too few", "2.5 s apart", "owner only", "900001 MADE 900001"]
    for told in [*facts, "R, T and N are seen from there"]:
        assert told in out, told


def test_a_shown_event_is_one_document_with_every_update(ask, two_originators):
    ask("cdm", "import", *two_originators)
    document = ask("--json", "event", "show", "LOCAL-CJ26-0001").document()
    case = document["case"]
    assert [update["originator"] for update in case["updates"]] == ["HERE", "HERE", "HERE", "[bold]THERE"]
    assert [update["stands"] for update in case["updates"]] == [False, False, True, True]
    assert case["superseded"] == 2
    first = case["updates"][0]
    assert first["created_utc"] == "2026-02-28T12:00:00.000Z"
    assert (first["miss_radial_m"], first["probability_said"]) == (900.0, 1e-6)
    assert first["sources"][0]["name"] == "here.cdm"
    assert {"probability", "tca", "miss"} <= {one["name"] for one in case["disagreements"]}
    trend = next(one for one in case["trends"] if one["quantity"] == "probability")
    assert (trend["originator"], trend["hours_to_tca"], trend["direction"]) == (
        "HERE",
        [60.0, 36.0, 12.0],
        "rising",
    )


def test_a_shown_event_speaks_dutch(ask, two_originators):
    ask("cdm", "import", *two_originators)
    out = ask("--language", "nl", "event", "show", "LOCAL-CJ26-0001").out
    for name in (
        "case.side_by_side",
        "case.trend",
        "case.disagree",
        "case.rising",
        "case.untold",
        "case.kept",
    ):
        assert CASE_WORDS[name][1] in out
        assert CASE_WORDS[name][0] not in out
    assert "unknown" not in out


def test_more_than_three_originators_stand_under_each_other_and_a_label_is_told(ask, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    names = [f"CENTRE-{letter}" for letter in "ABCDE"]
    (tmp_path / "five.cdm").write_bytes(cdm_kvn.write([warning(name) for name in names]))
    ask("cdm", "import", "five.cdm")
    out = ask("event", "show", "LOCAL-CJ26-0001").out
    heads = [
        line.split() for line in out.splitlines() if line.strip().startswith("CENTRE-") and "MADE" not in line
    ]
    assert names[:3] in heads
    assert names[3:] in heads
    assert "do not contradict" in out


def test_what_this_node_saw_stands_beside_a_warning_of_the_same_encounter(ask, sky, tmp_path):
    brief = ask("--json", "run", "--once", "--catalogue", sky, "--days", "2").document()
    seen = next(event for event in brief["attention"] if not event["in_company"])
    numbers = (seen["secondary_norad_cat_id"], seen["primary_norad_cat_id"])
    message = warning("THERE", tca_tai_ns=tai_ns_from_utc(seen["peak_utc"]), pair=numbers)
    (tmp_path / "there.cdm").write_bytes(cdm_kvn.write([message]))
    told = ask("--json", "cdm", "import", "there.cdm").document()
    assert (told["events"], told["events_new"]) == ([seen["event_id"]], 0)
    document = ask("--json", "event", "show", seen["event_id"]).document()
    assert document["digest"] == seen["digest"]
    assert document["case"]["originators"] == ["LOCAL", "THERE"]
    by_name = {update["originator"]: update for update in document["case"]["updates"]}
    parties = [[party["object_id"] for party in by_name[name]["parties"]] for name in ("LOCAL", "THERE")]
    assert parties[0] == parties[1][::-1]
    assert by_name["LOCAL"]["assessed"]["probability"] == seen["probability"]
    again = ask("--json", "run", "--once", "--catalogue", sky, "--days", "2").document()
    assert seen["event_id"] in {event["event_id"] for event in again["attention"]}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "What could be done"), ("nl", "Wat er gedaan kan worden")]
)
def test_an_event_goes_on_one_page_with_both_originators_and_the_options(
    ask, two_originators, language, said
):
    ask("cdm", "import", *two_originators)
    told = ask("--language", language, "event", "page", "LOCAL-CJ26-0001", "-o", "page.pdf")
    assert told.code == 0
    (page,) = pypdf.PdfReader("page.pdf").pages
    text = " ".join(page.extract_text().split())
    for words in ("LOCAL-CJ26-0001", "HERE", "THERE", said, "+T"):
        assert words in text, words


def test_a_page_of_an_event_nobody_knows_is_refused(ask):
    told = ask("event", "page", "LOCAL-CJ26-0099", "-o", "page.pdf")
    assert told.code == 2
    assert not Path("page.pdf").exists()
