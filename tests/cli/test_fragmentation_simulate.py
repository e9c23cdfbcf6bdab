"""Does ``baken fragmentation simulate`` tell what would become of a breakup, never as if it were real?"""

from pathlib import Path

import pytest

from baken.formats.realm_word import REALM_KEYWORD
from baken.formats.sniff import read_any

SMALL = ("--mass-kg", "100", "--scale", "0.1", "--clouds", "1")


def test_a_breakup_is_told_as_a_table_a_drawing_and_element_sets(ask, sky):
    told = ask(
        "fragmentation", "simulate", sky, "--object", "900100", *SMALL, "--asset", "900101",
        "-o", "pieces.csv", "--plot", "cloud.svg",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert told.out.startswith("SIMULATED: nothing broke")
    for word in ("10 cm", "after 5 y", "Expected collisions a year", "factor of 3"):
        assert word in told.out
    assert "…" not in told.out
    pieces = read_any(Path("pieces.csv").read_bytes()).records
    assert len(pieces) > 10
    assert all((REALM_KEYWORD, "SIMULATED") in one.other_fields for one in pieces)
    assert Path("cloud.svg").read_bytes().count(b"<svg") == 1


@pytest.mark.long
def test_the_same_seed_gives_the_same_document_and_another_does_not(ask, sky):
    words = ("--json", "fragmentation", "simulate", sky, "--object", "900100", *SMALL)
    one, again, other = ask(*words), ask(*words), ask(*words, "--seed", "2")
    assert one.raw == again.raw
    assert one.document()["pieces"] != other.document()["pieces"]
    document = one.document()
    assert document["realm"] == "SIMULATED"
    for size in document["pieces"]:
        middles = [size["made"]["median"], *(left["median"] for left in size["left"])]
        assert middles == sorted(middles, reverse=True)
        assert all(left["low"] <= left["median"] <= left["high"] for left in size["left"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "collision", "--mass-kg", "100"), "--projectile-kg"),
        (("--mass-kg", "0"), "--mass-kg"),
        (("--mass-kg", "100", "--speed-km-s", "5"), "nothing strikes"),
        (("--mass-kg", "100", "--clouds", "0"), "--clouds"),
        (("--mass-kg", "100", "--plot", "cloud.gif"), "--plot"),
        (("--mass-kg", "1", "--kind", "collision", "--projectile-kg", "9", "--speed-km-s", "0.1"), "heavier"),
    ],
)
def test_what_cannot_break_is_refused_in_one_line(ask, sky, words, said):
    told = ask("fragmentation", "simulate", sky, "--object", "900100", *words)
    assert told.code == 2
    assert said in told.err
    assert told.err.count("\n") == 1
