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
V1 = "/api/v1"


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


@pytest.fixture
def case(client: TestClient) -> str:
    body = {"title": "It comes down", "kind": "uncontrolled-reentry", "because": "x"}
    place = client.post(f"{V1}/incidents", json={**body, "event_ids": ["LOCAL-RE26-0001"]}).headers[
        "location"
    ]
    judging = {"name": "severity", "value": "serious", "because": "large"}
    assert client.post(f"{place}/judgements", json=judging).status_code == 200
    return place


@pytest.fixture
def response(client: TestClient, case: str) -> str:
    answer = client.post(f"{case}/response/plans", json={"because": "it is serious"})
    assert answer.status_code == 201, answer.json()
    return f"{case}/response"
