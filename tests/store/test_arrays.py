"""Are large arrays there whole, and do those who read them keep what they opened?"""

from pathlib import Path

import numpy as np
import pytest

from baken.errors import UnreadableInput, WrongUsage
from baken.store import arrays
from baken.store.arrays import open_arrays, save_arrays

OLD = {"coefficients": np.arange(24.0).reshape(2, 3, 4), "status": np.array([0, 6], dtype=np.int8)}
NEW = {"coefficients": -np.arange(6.0).reshape(3, 2).T}


def same(some: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> bool:
    return some.keys() == others.keys() and all(np.array_equal(some[name], others[name]) for name in some)


def test_arrays_come_back_in_place_and_unwritable(tmp_path: Path) -> None:
    save_arrays(tmp_path / "motion", OLD)
    back = open_arrays(tmp_path / "motion")
    assert same(back, OLD)
    assert all(
        isinstance(array, np.memmap) and array.dtype == OLD[name].dtype for name, array in back.items()
    )
    with pytest.raises(ValueError, match="read-only"):
        back["status"][0] = 1


def test_who_reads_the_old_ones_keeps_them_while_new_ones_come(tmp_path: Path) -> None:
    save_arrays(tmp_path, OLD)
    held = open_arrays(tmp_path)
    save_arrays(tmp_path, NEW)
    assert same(held, OLD)
    assert same(open_arrays(tmp_path), NEW)
    assert len(list(tmp_path.iterdir())) == 2


def test_who_stops_halfway_leaves_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_arrays(tmp_path, OLD)

    def stop(_file: Path, _content: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(arrays, "write_whole", stop)
    with pytest.raises(KeyboardInterrupt):
        save_arrays(tmp_path, NEW)
    monkeypatch.undo()
    assert same(open_arrays(tmp_path), OLD)
    save_arrays(tmp_path, NEW)
    assert same(open_arrays(tmp_path), NEW)


@pytest.mark.parametrize("harm", ["nothing there", "no contents", "cut short"])
def test_a_folder_without_whole_arrays_is_refused(tmp_path: Path, harm: str) -> None:
    if harm != "nothing there":
        save_arrays(tmp_path, OLD)
        file = next(tmp_path.glob("coefficients*")) if harm == "cut short" else tmp_path / arrays.CONTENTS
        file.write_bytes(file.read_bytes()[:-5] if harm == "cut short" else b"{}")
    with pytest.raises(UnreadableInput, match="compute them anew"):
        open_arrays(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUsage):
        save_arrays(tmp_path / "file", OLD)
