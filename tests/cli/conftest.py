"""A terminal to ask Baken at, and small skies to ask about."""

import io
import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.cli.main import answer
from baken.operations.export_catalogue import text_of
from baken.wiring.skies import drawn_sky
from tests.makers import crossing_pair, element_set

# Skies more than two weeks old are watched at their own date, whatever this machine's clock says.
LONG_AGO_TAI_NS = tai_ns_from_utc("2020-03-01T00:00:00Z")
LONG_AGO = "2020-03-01T00:00:00Z"


@dataclass(frozen=True)
class Told:
    """What a command left behind: its exit code, and both streams."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    def document(self) -> dict:
        """The one JSON document on standard output; anything beside it fails."""
        return json.loads(self.out)


Ask = Callable[..., Told]


@pytest.fixture
def ask(tmp_path: Path, capsysbinary: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask Baken something in this process, in an empty folder, with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAKEN_DATABASE_URL", raising=False)

    def one(*words: str, given: bytes = b"") -> Told:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        capsysbinary.readouterr()
        code = answer(["--home", str(tmp_path / "home"), *words])
        told = capsysbinary.readouterr()
        return Told(int(code), told.out, told.err.decode())

    return one


def befriend(home: Path, *codes: str) -> None:
    """Let a home know partners with whom it may speak of the real world."""
    folder = home / "partners"
    folder.mkdir(parents=True, exist_ok=True)
    for code in codes:
        (folder / f"{code}.toml").write_text(f'code = "{code}"\nrealms = ["REAL"]\n')


def real_sky() -> bytes:
    """Return a sky that says it is real: two orbits that meet, and some that meet nobody."""
    quiet = [
        element_set(
            900_100 + n,
            epoch_tai_ns=LONG_AGO_TAI_NS,
            raan_rad=math.radians(15.0 * n),
            mean_anomaly_rad=math.radians(40.0 * n),
        )
        for n in range(3)
    ]
    return text_of([*crossing_pair(epoch_tai_ns=LONG_AGO_TAI_NS), *quiet], "omm-csv")


@pytest.fixture
def sky(tmp_path: Path) -> str:
    """A file of real elements, ``sky.csv``."""
    (tmp_path / "sky.csv").write_bytes(real_sky())
    return "sky.csv"


@pytest.fixture(scope="session")
def invented() -> bytes:
    """An invented sky of 300 objects, in which something meets within a day."""
    drawn = drawn_sky(seed=31, n_objects=300, epoch_tai_ns=LONG_AGO_TAI_NS)
    return text_of(drawn.element_sets, "omm-csv")


@pytest.fixture
def invented_sky(tmp_path: Path, invented: bytes) -> str:
    """A file of invented elements, ``invented.csv``."""
    (tmp_path / "invented.csv").write_bytes(invented)
    return "invented.csv"
