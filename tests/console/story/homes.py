"""The doors of a home at one fixed instant: for a story that acts, and for a browser that looks."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.testclient import TestClient

from baken.astro.time import tai_ns_from_utc
from baken.cli.serving import HERE, listening
from baken.records.reader import Keeper
from baken.web.app import application
from baken.web.entrance import Entrance
from baken.web.guard import LOOPBACK
from baken.web.service import Service
from baken.wiring.priority_rules import priority_rules
from baken.wiring.stores import open_for_many, open_people
from tests.memory_log import CountedLuck

NOW = "2026-11-26T06:00:00Z"
NOW_TAI_NS = tai_ns_from_utc(NOW)
OFFICER = Keeper(name="officer")


@dataclass(frozen=True)
class Door:
    """A home as its keeper works with it, and the client through which he acts."""

    home: Path
    service: Service
    client: TestClient

    def post(self, noun: str, **body: object) -> dict:
        """Do something; what is refused fails here."""
        answer = self.client.post(f"/api/v1{noun}", json=body)
        assert answer.status_code < 300, f"{noun}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def get(self, noun: str, **params: object) -> dict:
        """Ask something."""
        answer = self.client.get(f"/api/v1{noun}", params=params)
        assert answer.status_code == 200, f"{noun}: {answer.status_code} {answer.text}"
        return answer.json()


@contextmanager
def application_of(home: Path) -> Iterator[tuple[Service, object]]:
    """Lend the application of a home at ``NOW``: for its keeper, or for people once there are accounts."""
    luck = CountedLuck()
    with open_for_many(home) as seen_by, open_people(home, OFFICER) as people:
        store, log = seen_by(OFFICER)
        service = Service(
            store=store,
            log=log,
            actor=OFFICER.name,
            lend=seen_by,
            rules=priority_rules(home),
            now_tai_ns=lambda: NOW_TAI_NS,
            luck=luck,
            home=home,
        )
        entrance = Entrance(
            people=people.people,
            log=people.log,
            keeper=OFFICER,
            node=people.node,
            now_tai_ns=lambda: NOW_TAI_NS,
            luck=luck,
        )
        yield service, application(service, hosts=LOOPBACK, version="test", entrance=entrance)


@contextmanager
def at_home(home: Path) -> Iterator[Door]:
    """Lend the door of a home to its keeper, without a network."""
    with application_of(home) as (service, app):
        yield Door(home=home, service=service, client=TestClient(app, base_url=f"http://{HERE}"))


def _door(port: int) -> socket.socket:
    # Never the usual one: a node of somebody else may be open there.
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((HERE, port))
    return door


@contextmanager
def served(home: Path, port: int = 0) -> Iterator[str]:
    """Serve a home on this machine, and lend its address."""
    with application_of(home) as (_, app), _door(port) as door:
        server: uvicorn.Server = listening(app, HERE, door.getsockname()[1])
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://{HERE}:{door.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)
