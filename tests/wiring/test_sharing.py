"""Can a file make a partner of somebody whom nobody can tell from another, or from this node itself?"""

import pytest

from baken.errors import UnreadableInput
from baken.wiring.sharing import sharing_of


@pytest.mark.parametrize("told", ['code = "NL"', 'code = "nl"', 'code = "DE"\naudiences = ["EU", "NL"]'])
def test_nobody_gets_what_is_for_this_node_by_bearing_its_name(tmp_path, told):
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "one.toml").write_text(told)
    with pytest.raises(UnreadableInput, match="NL is this node itself"):
        sharing_of(tmp_path, "NL")
    assert sharing_of(tmp_path, "FR").partners


def test_two_partners_are_told_apart_by_more_than_large_and_small_letters(tmp_path):
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "one.toml").write_text('code = "DE"')
    (tmp_path / "partners" / "two.toml").write_text('code = "de"')
    with pytest.raises(UnreadableInput, match="DE has another file already"):
        sharing_of(tmp_path, "NL")
