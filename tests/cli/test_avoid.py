"""Does ``baken cdm avoid`` lay out what could be done, from a message alone and against a sky?"""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import LONG_AGO

A_DAY = ("--start", LONG_AGO, "--days", "1")


@pytest.fixture
def warning(ask, sky) -> str:
    """A message of two orbits that meet late in the day, ``warning.cdm``, made at the day's beginning."""
    assert ask("screen", "--catalogue", sky, *A_DAY, "--miss-km", "40", "-o", "found.cdm").code == 0
    messages = Path("found.cdm").read_text().split("CCSDS_CDM_VERS")[1:]
    text = "CCSDS_CDM_VERS" + messages[-1]
    lines = [
        f"CREATION_DATE = {LONG_AGO[:-1]}" if line.startswith("CREATION_DATE") else line
        for line in text.splitlines()
    ]
    Path("warning.cdm").write_text("\n".join(lines) + "\n")
    return "warning.cdm"


def test_options_are_listed_in_order_and_never_chosen(ask, warning):
    told = ask("--json", "cdm", "avoid", warning, "--hbr-m", "20")
    document = told.document()
    assert (document["standing"], document["marking"]) == ("HYPOTHETICAL", "owner only")
    order = [(o["burn_utc"], document["directions"].index(o["direction"])) for o in document["options"]]
    assert order == sorted(order)
    assert all(o["secondaries"] is None for o in document["options"])
    assert not {"recommended", "best", "chosen"} & set(json.dumps(document).lower().split('"'))
    shape = len(document["directions"]), len(document["burn_utc"]), len(document["delta_v_m_s"])
    after = document["probability_after"]
    assert (len(after), len(after[0]), len(after[0][0])) == shape
    people = ask("cdm", "avoid", warning, "--hbr-m", "20").out
    assert "HYPOTHETICAL" in people.splitlines()[0]
    assert "none preferred" in people
    assert "…" not in people


def test_whom_an_option_would_meet_instead_is_looked_for_in_a_sky(ask, sky, warning):
    document = ask(
        "--json", "cdm", "avoid", warning, "--hours", "6", "--catalogue", sky, "--wanted-probability", "1e-4"
    ).document()
    assert document["options"]
    assert all(isinstance(option["secondaries"], list) for option in document["options"])
    assert any("secondaries" in line for line in document["assumptions"])


def test_each_of_the_two_can_burn(ask, warning):
    one, two = (
        ask("--json", "cdm", "avoid", warning, "--hours", "6", "--for", which).document()
        for which in ("1", "2")
    )
    assert {one["norad_cat_id"], two["norad_cat_id"]} == {900_001, 900_002}
    assert one["probability_before"] == pytest.approx(two["probability_before"], rel=1e-6)


@pytest.mark.parametrize(("name", "begins"), [("map.svg", b"<?xml"), ("map.png", b"\x89PNG")])
def test_the_map_is_drawn_where_asked(ask, warning, name, begins):
    assert ask("cdm", "avoid", warning, "--hours", "6", "--plot", name).code == 0
    assert Path(name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--for", "3"), ("--dv-max", "0"), ("--dv-max", "nan"), ("--wanted-probability", "2"),
        ("--hours", "-1"), ("--hbr-m", "0"), ("--plot", "map.pdf"),
    ],
)  # fmt: skip
def test_a_question_put_wrongly_is_one_line_that_names_it(ask, warning, wrong):
    told = ask("cdm", "avoid", warning, *wrong)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert wrong[0] in told.err


def test_a_file_without_a_warning_is_refused_by_name(ask, sky):
    told = ask("cdm", "avoid", sky)
    assert told.code == 2
    assert sky in told.err
