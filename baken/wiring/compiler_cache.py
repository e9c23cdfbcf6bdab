"""Where compiled kernels are kept between runs: one folder for each state of the source.

numba looks only at a kernel's own file when it asks whether its machine code is still good; a kernel that
calls another one, in another file, would go on with what that one was.  So the folder is named by all.
What lies in it is run, so it is one where nobody else can write.
"""

import atexit
import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from stat import S_IWOTH

import platformdirs

PACKAGE = Path(__file__).parents[1]
ROOMS_WITH_KERNELS = ("astro", "assess")
VARIABLE = "NUMBA_CACHE_DIR"
KEPT = 3
FOR_ITS_OWNER = 0o700


def settle_compiler_cache() -> None:
    """Choose the folder, unless somebody did; call this before the first kernel is imported."""
    if VARIABLE in os.environ:
        return
    everybodys = platformdirs.user_cache_path("baken") / "kernels"
    folder = (everybodys if _is_ours_alone(everybodys) else _for_this_run()) / digest_of_kernels()
    os.environ[VARIABLE] = str(folder)
    if not folder.exists():
        _forget_all_but_the_latest(everybodys)


def _is_ours_alone(folder: Path) -> bool:
    """Say whether nobody else can lay machine code there, which would run as ours."""
    with suppress(OSError):  # A disk that takes nothing keeps nothing, and numba goes without.
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
    above = [each for each in (folder, folder.parent) if each.exists()]
    return all(each.stat().st_uid == os.getuid() and not each.stat().st_mode & S_IWOTH for each in above)


def _for_this_run() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="baken-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


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
