"""Is machine code forgotten when any kernel it may hold changes?"""

import os
from pathlib import Path

from baken.wiring import compiler_cache


def test_another_source_gets_another_folder(tmp_path, monkeypatch):
    (tmp_path / "astro").mkdir()
    kernel = tmp_path / "astro" / "kernel.py"
    kernel.write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(compiler_cache, "PACKAGE", tmp_path)
    before = compiler_cache.digest_of_kernels()
    kernel.write_text("x = 2\n", encoding="utf-8")
    assert compiler_cache.digest_of_kernels() != before


def test_a_folder_that_somebody_chose_is_left_alone(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/chosen")
    compiler_cache.settle_compiler_cache()
    assert os.environ["NUMBA_CACHE_DIR"] == "/chosen"


def test_machine_code_is_kept_where_nobody_else_can_lay_any(tmp_path, monkeypatch):
    monkeypatch.setattr(compiler_cache.platformdirs, "user_cache_path", lambda name: tmp_path / "cache")
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    compiler_cache.settle_compiler_cache()
    kept = Path(os.environ["NUMBA_CACHE_DIR"])
    assert kept.parent == tmp_path / "cache" / "kernels"
    assert kept.parent.stat().st_mode & 0o077 == 0

    kept.parent.chmod(0o777)
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    compiler_cache.settle_compiler_cache()
    elsewhere = Path(os.environ["NUMBA_CACHE_DIR"])
    assert tmp_path not in elsewhere.parents
    assert elsewhere.parent.stat().st_mode & 0o077 == 0


def test_only_the_latest_states_are_kept(tmp_path, monkeypatch):
    for age in range(6):
        folder = tmp_path / "kernels" / f"state-{age}"
        folder.mkdir(parents=True)
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setattr(compiler_cache.platformdirs, "user_cache_path", lambda name: tmp_path)
    compiler_cache.settle_compiler_cache()
    assert sorted(p.name for p in (tmp_path / "kernels").iterdir()) == ["state-0", "state-1"]
