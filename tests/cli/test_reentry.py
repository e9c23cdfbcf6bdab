"""Does ``baken reentry`` answer as its contract says?"""

import pytest

FALLING = """0 FALLING ONE
1 99901U 20001A   20060.00000000  .01200000  00000-0  40000-3 0  9990
2 99901  51.6000 120.0000 0005000  90.0000 270.0000 16.30000000    10
"""
CONTRACT_KEYS = {"norad_cat_id", "reentry_utc", "window_start_utc", "window_end_utc"}


def with_checksum(line: str) -> str:
    body = line[:68]
    return body + str(sum(int(c) if c.isdigit() else c == "-" for c in body) % 10)


@pytest.fixture
def falling(tmp_path):
    path = tmp_path / "falling.3le"
    name, first, second = FALLING.strip().splitlines()
    path.write_text("\n".join([name, with_checksum(first), with_checksum(second)]) + "\n")
    return str(path)


def test_a_prediction_is_one_document_with_the_keys_of_the_contract(ask, falling):
    told = ask("--json", "reentry", "predict", falling).document()
    assert set(told) >= CONTRACT_KEYS
    assert told["window_start_utc"] < told["reentry_utc"] < told["window_end_utc"]
    assert told["as_of_utc"] == told["last_elements_utc"] == "2020-02-29T00:00:00.000Z"
    assert any("No space weather" in line for line in told["assumptions"])
    assert told["casualty_expectation"] is None
    assert "the mass is not" in told["casualty_expectation_is_unknown_because"]


def test_a_table_says_that_the_harm_is_not_known_and_how_it_would_be(ask, falling):
    told = " ".join(ask("reentry", "predict", falling).out.split())
    assert "Expected casualties are not known here" in told
    assert "1 in 10,000" in told


@pytest.mark.long
def test_the_same_question_has_the_same_answer(ask, falling):
    first, second = (ask("--json", "reentry", "predict", falling).document() for _ in range(2))
    assert first == second


def test_the_list_holds_who_comes_down_and_tells_how_many_were_looked_at(ask, falling):
    told = ask("--json", "reentry", "list", "--catalogue", falling, "-o", "down.csv").document()
    assert [row["norad_cat_id"] for row in told["reentries"]] == [99901]
    assert (told["objects"], told["candidates"]) == (1, 1)


def test_nothing_is_known_before_the_first_element_set(ask, falling):
    told = ask("reentry", "predict", falling, "--as-of", "2020-01-01T00:00:00Z")
    assert told.code != 0
    assert "--as-of" in told.err


def test_a_set_that_is_issued_for_days_ahead_does_not_move_the_instant_of_a_catalogue(ask, tmp_path):
    _, first, second = FALLING.strip().splitlines()

    def lines(number: int, day: str) -> str:
        line = first.replace("99901", str(number)).replace("060.00000000", day)
        return f"{with_checksum(line)}\n{with_checksum(second.replace('99901', str(number)))}\n"

    path = tmp_path / "sky.tle"
    path.write_text(
        lines(99901, "060.00000000") + lines(99902, "060.20000000") + lines(99903, "071.00000000")
    )
    told = ask("--json", "reentry", "list", "--catalogue", str(path)).document()
    assert told["as_of_utc"] == "2020-02-29T04:48:00.000Z"
    assert told["objects"] == 2
