"""Is a file written whole or not at all, and does a refusal begin with its name?"""

import gzip
import stat

import pytest

from baken.errors import BadMessage, UnreadableInput, WrongUsage
from baken.wiring.files import read_bytes, said_of, write_bytes


def test_a_packed_file_is_the_same_bytes_each_time(tmp_path):
    for name in ("a.gz", "b.gz"):
        write_bytes(str(tmp_path / name), b"content")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"content"


def test_a_failed_write_leaves_what_was_there_and_nothing_beside_it(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(WrongUsage, match="folder"):
        write_bytes(str(tmp_path / "folder"), b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_result_has_the_rights_of_any_new_file(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    write_bytes(str(tmp_path / "ours"), b"")
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "ours")]
    assert rights[0] == rights[1]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            BadMessage("is wrong", line=3, field="EPOCH", next_step="mend it"),
            "f.csv:3 EPOCH: is wrong; mend it",
        ),
        (BadMessage("is wrong", field="EPOCH"), "f.csv: EPOCH: is wrong"),
        (UnreadableInput("this is empty; fetch it anew"), "f.csv: this is empty; fetch it anew"),
        (
            UnreadableInput("line 7: this breaks off; fetch it anew"),
            "f.csv:7: this breaks off; fetch it anew",
        ),
        (UnreadableInput("f.csv: no such file"), "f.csv: no such file"),
    ],
)
def test_a_refusal_begins_with_the_file_and_the_line(error, line):
    with pytest.raises(UnreadableInput) as refusal, said_of("f.csv"):
        raise error
    assert str(refusal.value) == line


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnreadableInput, match="is a directory; check the path"):
        read_bytes(str(tmp_path))
