"""Serving a home over HTTP: its door, who is let in by it, and the console that a browser opens on it."""

import socket
import threading
import time
import webbrowser
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from baken.errors import WrongUsage
from baken.operations.people_ports import People
from baken.records.reader import Keeper
from baken.web.app import application
from baken.web.entrance import Entrance
from baken.web.service import Service
from baken.wiring.clock import now_tai_ns
from baken.wiring.code_version import code_version
from baken.wiring.identity_provider import identity_provider
from baken.wiring.luck import luck
from baken.wiring.priority_rules import priority_rules
from baken.wiring.stores import PeopleOfHome, open_for_many, open_people

if TYPE_CHECKING:
    import uvicorn

HERE = "127.0.0.1"
USUAL_PORT = 8420
# A stream that nobody closes would keep the door open for ever.
CLOSE_WITHIN_S = 3
BROWSER_WAITS_S = 10.0


@contextmanager
def served_home(
    home: Path, keeper: Keeper, *, hosts: Collection[str], only_reports: bool = False, is_secure: bool = False
) -> Iterator[tuple[FastAPI, PeopleOfHome]]:
    """Lend the application of a home, not yet listening, and what it knows of people."""
    with open_for_many(home) as seen_by, open_people(home, keeper) as here:
        store, log = seen_by(keeper)
        service = Service(
            store=store,
            log=log,
            actor=keeper.name,
            lend=seen_by,
            rules=priority_rules(home),
            now_tai_ns=now_tai_ns,
            luck=luck,
            home=home,
        )
        entrance = None if only_reports else _entrance(home, here, keeper, is_secure)
        yield (
            application(
                service, hosts=hosts, version=code_version(), only_reports=only_reports, entrance=entrance
            ),
            here,
        )


def _entrance(home: Path, here: PeopleOfHome, keeper: Keeper, is_secure: bool) -> Entrance:
    people: People = here.people
    return Entrance(
        people=people,
        log=here.log,
        keeper=keeper,
        node=here.node,
        now_tai_ns=now_tai_ns,
        luck=luck,
        is_secure=is_secure,
        provider=identity_provider(home),
    )


def listening(
    app: FastAPI,
    host: str,
    port: int,
    tls_cert: str | None = None,
    tls_key: str | None = None,
    behind_proxy: str | None = None,
) -> "uvicorn.Server":
    """Return the server of an application, not yet listening."""
    import uvicorn  # Not needed by any other command, and slow to come.

    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=CLOSE_WITHIN_S,
        ssl_certfile=tls_cert,
        ssl_keyfile=tls_key,
        # Whoever is not the proxy says nothing of where others come from.
        proxy_headers=behind_proxy is not None,
        forwarded_allow_ips=behind_proxy or "",
    )
    return uvicorn.Server(config)


def door_on(port: int) -> socket.socket:
    """Return a door on this machine: on the port that is asked, else the usual one, else any that is free.

    Raises: WrongUsage when the port that is asked is taken.
    """
    for wanted in [port] if port else [USUAL_PORT, 0]:
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HERE, wanted))
        except OSError:
            door.close()
            continue
        return door
    raise WrongUsage(f"--port {port}: something else listens there; choose another, or leave it out")


def open_browser_on(server: "uvicorn.Server", address: str) -> None:
    """Open a browser on an address as soon as a server answers there."""

    def wait_and_open() -> None:
        until_s = time.monotonic() + BROWSER_WAITS_S
        while not server.started and time.monotonic() < until_s:
            time.sleep(0.05)
        webbrowser.open(address)

    threading.Thread(target=wait_and_open, daemon=True).start()
