"""A node behind its HTTP door, with nothing on the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from baken.store.home import open_home
from baken.web.app import application
from baken.web.service import Service
from tests.makers import EPOCH_TAI_NS, falling
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES

HOST = "localhost"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    opened = open_home(tmp_path / "home", None)
    opened.store.keep_findings([falling(hours=20.0)], node="LOCAL", at_tai_ns=EPOCH_TAI_NS)
    yield Service(
        store=opened.store,
        log=opened.log,
        actor="officer",
        rules=RULES,
        now_tai_ns=lambda: EPOCH_TAI_NS,
        luck=CountedLuck(),
        home=tmp_path / "home",
    )
    opened.store.close()


@pytest.fixture
def client(service: Service) -> TestClient:
    return TestClient(application(service, hosts={HOST}, version="test"), base_url=f"http://{HOST}")


@pytest.fixture
def outside(service: Service) -> TestClient:
    app = application(service, hosts={HOST}, version="test", only_reports=True)
    return TestClient(app, base_url=f"http://{HOST}")
