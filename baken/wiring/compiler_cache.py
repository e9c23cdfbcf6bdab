"""Where compiled kernels are kept between runs: one folder for each state of the source.

numba looks only at a kernel's own file when it asks whether its machine code is still good; a kernel that
calls another one, in another file, would go on with what that one was.  So the folder is named by all.
"""

import hashlib
import os
import shutil
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parents[1]
ROOMS_WITH_KERNELS = ("astro", "assess")
VARIABLE = "NUMBA_CACHE_DIR"
KEPT = 3


def settle_compiler_cache() -> None:
    """Choose the folder, unless somebody did; call this before the first kernel is imported."""
    if VARIABLE in os.environ:
        return
    everybodys = platformdirs.user_cache_path("baken") / "kernels"
    folder = everybodys / digest_of_kernels()
    os.environ[VARIABLE] = str(folder)
    if not folder.exists():
        _forget_all_but_the_latest(everybodys)


def digest_of_kernels() -> str:
    """Return the name of this state of the source."""
    digest = hashlib.sha256()
    for room in ROOMS_WITH_KERNELS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _forget_all_but_the_latest(everybodys: Path) -> None:
    if not everybodys.is_dir():
        return
    by_age = sorted(everybodys.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in by_age[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
