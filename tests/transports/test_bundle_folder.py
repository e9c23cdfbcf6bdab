"""Does a bundle lie in a folder whole or not at all, and is nothing read there that is no file of bundles?"""

import os

import pytest

from baken.errors import OutsideServiceFailed, RefusedByPolicy
from baken.transports.bundle_folder import BundleFolder


@pytest.fixture
def folder(tmp_path) -> BundleFolder:
    return BundleFolder(path=tmp_path, max_bytes=100)


def test_what_is_laid_there_is_read_there_and_put_away(folder, tmp_path):
    assert folder.put("NL-DE-real-000001.zip", b"content") == str(tmp_path / "NL-DE-real-000001.zip")
    assert [(one.name, one.content) for one in folder.lying()] == [("NL-DE-real-000001.zip", b"content")]
    folder.put_away("NL-DE-real-000001.zip")
    assert folder.lying() == ()
    assert (tmp_path / "taken" / "NL-DE-real-000001.zip").read_bytes() == b"content"


def test_the_same_bundle_is_laid_once_and_another_under_its_name_is_refused(folder):
    folder.put("a.zip", b"content")
    folder.put("a.zip", b"content")
    with pytest.raises(RefusedByPolicy, match="another file lies there"):
        folder.put("a.zip", b"other")
    assert [one.content for one in folder.lying()] == [b"content"]


def test_a_writer_that_was_killed_leaves_nothing_that_looks_like_a_bundle(folder, tmp_path):
    (tmp_path / ".a.zip.unfinished").write_bytes(b"cont")
    assert folder.lying() == ()
    folder.put("a.zip", b"content")
    assert [one.content for one in folder.lying()] == [b"content"]


def test_what_is_no_file_or_too_large_has_no_content(folder, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "link.zip").symlink_to(tmp_path / "secret")
    (tmp_path / "large.zip").write_bytes(bytes(101))
    (tmp_path / "folder.zip").mkdir()
    os.mkfifo(tmp_path / "pipe.zip")
    assert {one.name: one.content for one in folder.lying()} == dict.fromkeys(
        ("link.zip", "large.zip", "folder.zip", "pipe.zip")
    )


def test_a_folder_that_is_not_there_is_told(tmp_path):
    gone = BundleFolder(path=tmp_path / "gone", max_bytes=100)
    assert gone.lying() == ()
    with pytest.raises(OutsideServiceFailed, match="no such file"):
        gone.put("a.zip", b"content")
