"""Does the house keep its conventions, and would each test see it if it did not?"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import conventions

ROOT = Path(__file__).parents[2]

KEPT = [
    conventions.unnamed_units,
    conventions.clock_luck_environment,
    conventions.undocumented,
    conventions.swollen_modules,
    conventions.raw_compilers,
    conventions.unnamed_readers,
]
TRESPASSES = [
    (conventions.unnamed_units, "astro/planted.py", "def drift(speed: float) -> float:\n    return speed\n"),
    (
        conventions.unnamed_units,
        "assess/conjunction/planted.py",
        "def drift(*, gap: Floats) -> Floats:\n    return gap\n",
    ),
    (conventions.clock_luck_environment, "records/planted.py", "import time\nNOW = time.time()\n"),
    (conventions.clock_luck_environment, "operations/planted.py", "def f():\n    return datetime.now()\n"),
    (conventions.clock_luck_environment, "formats/planted.py", "def f():\n    return open('x')\n"),
    (conventions.clock_luck_environment, "formats/planted.py", "def f(path):\n    return path.read_text()\n"),
    (
        conventions.clock_luck_environment,
        "astro/planted.py",
        "def f():\n    return np.random.default_rng()\n",
    ),
    (conventions.clock_luck_environment, "astro/planted.py", "def f():\n    return os.environ['HOME']\n"),
    (conventions.undocumented, "report/planted.py", '"""A module."""\n\ndef spoken():\n    return 1\n'),
    (conventions.swollen_modules, "report/planted.py", '"""A module."""\n' + "x = 1\n" * 401),
    (
        conventions.unnamed_readers,
        "wiring/planted.py",
        "def f(home: Path) -> Iterator[Store]:\n    yield home\n",
    ),
    (
        conventions.unnamed_readers,
        "wiring/planted.py",
        "def f(home: Path, reader: Reader) -> EvidenceLog | None:\n    return None\n",
    ),
    (conventions.unnamed_readers, "cli/planted.py", "from baken.store.home import open_home\n"),
    (conventions.raw_compilers, "astro/planted.py", "import numba\n\n@numba.njit\ndef f(x):\n    return x\n"),
]


@pytest.mark.parametrize("convention", KEPT, ids=lambda convention: convention.__name__)
def test_the_house_keeps_its_convention(convention):
    assert list(convention(ROOT)) == []


@pytest.mark.parametrize(("convention", "place", "text"), TRESPASSES)
def test_a_planted_trespass_is_seen(convention, place, text, tmp_path):
    planted = tmp_path / "baken" / place
    planted.parent.mkdir(parents=True)
    planted.write_text(text, encoding="utf-8")
    assert len(list(convention(tmp_path))) == 1


def test_nine_functions_in_ten_fit_on_a_screen():
    n_functions = sum(1 for path in (ROOT / "baken").rglob("*.py") for _ in conventions.all_functions(path))
    too_long = list(conventions.long_functions(ROOT))
    assert len(too_long) <= conventions.MAX_LONG_FUNCTIONS_SHARE * n_functions, "\n".join(too_long)


def test_a_long_function_is_seen(tmp_path):
    planted = tmp_path / "baken" / "report" / "planted.py"
    planted.parent.mkdir(parents=True)
    planted.write_text("def f():\n" + "    x = 1\n" * 36, encoding="utf-8")
    assert len(list(conventions.long_functions(tmp_path))) == 1


IMPORTS_THAT_BREAK_THE_HOUSE = [
    ("records/planted.py", "import baken.operations.ports\n"),  # a noun that knows a procedure
    ("catalogue/planted.py", "import baken.assess.conjunction\n"),  # a stage that knows its sibling
    ("astro/planted.py", "import baken.records.event\n"),  # bedrock that knows a noun
    ("operations/planted.py", "import sqlalchemy\n"),  # a procedure that opens a database
    ("assess/conjunction/sieve.py", "import baken.records.event\n"),  # a kernel that knows a noun
]


@pytest.mark.parametrize(("place", "text"), IMPORTS_THAT_BREAK_THE_HOUSE)
def test_import_linter_sees_a_planted_import(place, text, tmp_path):
    shutil.copytree(ROOT / "baken", tmp_path / "baken", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "baken" / place
    planted.write_text((planted.read_text() if planted.exists() else "") + text, encoding="utf-8")
    linted = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert "BROKEN" in linted.stdout


def test_lock_files_name_no_address():
    for lock in (ROOT / "requirements").glob("*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8")
