"""Does ``baken cdm assess`` print what its contract promises, and refuse what it must?"""

import pytest

from baken.formats import cdm_kvn, cdm_xml, ndm_xml
from tests.assess.conjunction.made_warnings import warning
from tests.makers import element_set

CONTRACT = {
    "path", "tca_utc", "miss_distance_m", "hard_body_radius_m", "message_probability", "methods",
    "max_probability", "mahalanobis", "assessed",
}  # fmt: skip
ASSESSED = {"probability", "low", "high", "method", "region", "checks"}


@pytest.fixture
def files(tmp_path):
    """Two warnings, ``fast.cdm`` and ``slow.xml``."""
    fast = warning(collision_probability=0.004, collision_probability_method="FOSTER-1992")
    slow = warning(angle_rad=1e-4, miss_rtn_m=(200.0, 30.0, 20.0), message_id="MADE-2")
    (tmp_path / "fast.cdm").write_bytes(cdm_kvn.write([fast]))
    (tmp_path / "slow.xml").write_bytes(cdm_xml.write([slow]))
    return ["fast.cdm", "slow.xml"]


def test_the_document_has_the_keys_of_the_contract(ask, files):
    told = ask("--json", "cdm", "assess", *files)
    assert told.code == 0
    messages = told.document()["messages"]
    assert [message["path"] for message in messages] == files
    for message in messages:
        assert set(message) >= CONTRACT
        assert set(message["assessed"]) >= ASSESSED
        assert message["assessed"]["region"] in {"robust", "diluted", "undetermined"}
        assert set(message["assessed"]["checks"].values()) <= {"held", "failed", "untested"}
        assert message["tca_utc"].endswith("Z")
    assert messages[0]["message_probability"] == 0.004
    assert messages[0]["assessed"]["method"] == "foster_1992"
    assert messages[1]["assessed"]["method"] == "hall_2021"


@pytest.mark.parametrize(("language", "said"), [("en", "short encounter"), ("nl", "korte ontmoeting")])
def test_a_person_reads_the_answer_and_every_check_in_his_language(ask, files, language, said):
    told = ask("--language", language, "cdm", "assess", files[0])
    assert told.code == 0
    for words in ("MADE 900001", "MADE 900002", "0.003952", "foster_1992", said, "12 m"):
        assert words in told.out, words


def test_one_method_or_all_stand_beside_the_two_that_decide(ask, files):
    two = {"foster_1992", "hall_2021"}
    one = ask("--json", "cdm", "assess", files[0], "--method", "chan_1997").document()["messages"][0]
    words = ("--json", "cdm", "assess", files[0], "--method", "all", "--samples", "2000")
    every = ask(*words).document()["messages"][0]
    assert set(one["methods"]) == two | {"chan_1997"}
    assert set(every["methods"]) > two | {"alfano_2005", "patera_2005", "laas_2015", "alfriend_1999"}
    assert "monte_carlo_two_body" in every["methods"]
    assert any("of 2000 pairs collided (seed 1)" in said for said in every["assessed"]["remarks"])
    assert ask(*words).document()["messages"][0] == every


def test_a_larger_hard_body_is_taken_when_asked_for(ask, files):
    plain = ask("--json", "cdm", "assess", files[0]).document()["messages"][0]
    larger = ask("--json", "cdm", "assess", files[0], "--hbr-m", "24").document()["messages"][0]
    assert (larger["hard_body_radius_m"], larger["hard_body_source"]) == (24.0, "asked for")
    assert larger["assessed"]["probability"] > 3.5 * plain["assessed"]["probability"]


def test_a_broken_file_gets_its_line_and_keyword_and_the_others_are_assessed(ask, files, tmp_path):
    broken = (tmp_path / "fast.cdm").read_bytes().replace(b"MISS_DISTANCE = ", b"MISS_DISTANCE = far ")
    (tmp_path / "broken.cdm").write_bytes(broken)
    told = ask("--json", "cdm", "assess", "broken.cdm", files[0])
    assert told.code == 2
    document = told.document()
    assert [message["path"] for message in document["messages"]] == [files[0]]
    assert document["refused"][0]["path"] == "broken.cdm"
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if text.startswith(b"MISS_DISTANCE"))
    assert f"broken.cdm:{line} MISS_DISTANCE" in told.err


def test_records_beside_the_warnings_of_a_file_are_named(ask, tmp_path):
    (tmp_path / "mixed.xml").write_bytes(ndm_xml.write([element_set(), warning()]))
    document = ask("--json", "cdm", "assess", "mixed.xml").document()
    assert [message["path"] for message in document["messages"]] == ["mixed.xml"]
    assert [one["field"] for one in document["rejected"]] == ["ElementSet"]


def test_a_file_that_holds_no_warning_says_what_it_is(ask, sky):
    told = ask("cdm", "assess", sky)
    assert told.code == 2
    assert "omm-csv; a conjunction message (CDM) is needed" in told.err


@pytest.mark.parametrize(
    "words", [("--hbr-m", "0"), ("--hbr-m", "-3"), ("--method", "magic"), ("--scale", "0", "1")]
)
def test_a_question_without_an_answer_is_refused(ask, files, words):
    told = ask("cdm", "assess", files[0], *words)
    assert told.code == 2
    assert told.out == ""


def test_a_notebook_gets_one_row_a_message(ask, files, tmp_path, monkeypatch):
    import baken

    monkeypatch.chdir(tmp_path)
    table = baken.assess_cdm(files[0], hard_body_radius_m=24.0)
    assert table["probability_method"].to_list() == ["foster_1992"]
    assert table["hard_body_radius_m"].to_list() == [24.0]


def test_a_message_without_covariance_is_told_to_have_no_probability(ask, tmp_path):
    bare = cdm_kvn.write([warning()]).decode().splitlines()
    kept = [line for line in bare if not line.startswith(("CR_", "CT_", "CN_", "CRDOT", "CTDOT", "CNDOT"))]
    (tmp_path / "bare.cdm").write_text("\n".join(kept) + "\n")
    message = ask("--json", "cdm", "assess", "bare.cdm").document()["messages"][0]
    assert message["assessed"]["probability"] is None
    assert message["assessed"]["high"] == message["max_probability"]
    assert message["assessed"]["checks"]["covariance_given"] == "failed"
