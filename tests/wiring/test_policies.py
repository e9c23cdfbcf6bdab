"""Do the policies of a home stand, and does whatever cannot be read there deny?"""

import pytest

from baken.errors import UnreadableInput
from baken.wiring.policies import policies, policy_file
from tests.share import asking


def test_a_home_without_a_folder_asks_what_baken_asks(tmp_path):
    held = policies(tmp_path)
    assert ([each.name for each in held.sets], held.broken) == (["baken"], ())


def test_every_file_of_a_state_is_asked_too(tmp_path):
    folder = tmp_path / "policies"
    folder.mkdir()
    for name, text in asking.STATES.items():
        (folder / f"{name}.cedar").write_text(text, encoding="utf-8")
    assert policies(tmp_path).digest == asking.policies(**asking.STATES).digest


WHAT_LIES_THERE = [
    ("NL.cedar", b"permit (", "NL.cedar: is no Cedar"),
    ("NL.cedar", b"\xff", "NL.cedar: is no text"),
    ("NL.ceder", b"", "NL.ceder: is no policy of a state"),
    ("baken.cedar", asking.BASE.encode(), "baken.cedar: is no policy of a state"),
    ("a:b.cedar", asking.STATES["NL"].encode(), "a:b.cedar: 'a:b' is no name"),
]


@pytest.mark.parametrize(("name", "content", "said"), WHAT_LIES_THERE)
def test_what_cannot_be_read_is_told_as_broken(name, content, said, tmp_path):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / name).write_bytes(content)
    assert policies(tmp_path).broken[0].startswith(said)


def test_a_folder_that_is_none_is_not_passed_over(tmp_path):
    (tmp_path / "policies").write_text("")
    assert policies(tmp_path).broken == ("policies: Not a directory; make it a folder that can be read",)


def test_a_file_that_lies_elsewhere_is_named_in_what_is_wrong_with_it(tmp_path):
    file = tmp_path / "NL.cedar"
    file.write_text("permit (principal, action, resource);", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"NL\.cedar policy0: has no name"):
        policy_file(file)
