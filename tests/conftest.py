"""What every test may ask for: the shared data, and a place to state how far a value was off."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from baken.wiring.compiler_cache import settle_compiler_cache
from tests.ledger import Ledger

# Before any test imports a kernel.
settle_compiler_cache()

# A machine that does other things besides is slow, and not wrong.
settings.register_profile("baken", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("baken")

ROOT = Path(__file__).parent.parent
Deviation = Callable[[float, str, float], None]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared development data, or skip."""
    folder = Path(os.environ.get("BAKEN_TEST_DATA", ROOT / ".." / "shared" / "data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"the shared data is not here: {folder} (set BAKEN_TEST_DATA)")
    return folder


@pytest.fixture
def deviation(request: pytest.FixtureRequest) -> Deviation:
    """Return ``deviation(largest, unit, tolerance)``, which records how far off something was, and judges."""

    def record(largest: float, unit: str, tolerance: float) -> None:
        request.node.user_properties.append(("deviation", (float(largest), unit, float(tolerance))))
        assert largest <= tolerance, f"off by {largest:.3g} {unit}; {tolerance:.3g} {unit} is allowed"

    return record


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-ledger", action="store_true", help="write docs/ledger.md from what the tests saw"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Ledger(config), "honesty-ledger")
