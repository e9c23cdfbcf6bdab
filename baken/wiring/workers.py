"""Who does the work: this thread, several threads of this machine, or a cluster."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from baken.errors import OutsideServiceFailed, RefusedByPolicy, WrongUsage
from baken.records.event import Runner
from baken.transports.hosts import is_loopback
from baken.wiring.compiler_cache import settle_compiler_cache

CLUSTER_ANSWERS_WITHIN_S = 20


@contextmanager
def threads(n_workers: int | None) -> Iterator[Runner]:
    """Lend a runner of this many threads; the kernels let go of the interpreter, so threads suffice.

    An interrupt does not wait for what has not begun.
    """
    if n_workers is not None and n_workers < 1:
        raise WrongUsage(f"--workers is a number of at least 1; it was {n_workers}")
    pool = ThreadPoolExecutor(n_workers or os.cpu_count() or 1, thread_name_prefix="baken")
    try:
        yield pool.map
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[Runner]:
    """Lend a runner that works on the Dask cluster at this address.

    Raises: OutsideServiceFailed when nobody answers there; RefusedByPolicy for one that anybody on the way
    could pass himself off as.
    """
    _refuse_unproved(address)
    from distributed import Client, WorkerPlugin

    class SettledWorker(WorkerPlugin):
        """Makes every worker, also one that joins late, keep compiled kernels where this node does."""

        name = "baken-compiler-cache"

        def setup(self, worker: object) -> None:  # noqa: ARG002
            settle_compiler_cache()

    try:
        client: Any = Client(address, timeout=CLUSTER_ANSWERS_WITHIN_S)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError, TypeError) as error:  # The last: TLS without certificates.
        raise OutsideServiceFailed(
            f"no Dask scheduler answered at {address}; start one with 'dask scheduler' or leave --cluster out"
        ) from error
    try:
        client.register_plugin(SettledWorker())
        yield _runner_of(client)
    finally:
        client.close()


def _refuse_unproved(address: str) -> None:
    # What a scheduler answers is unpacked by running it: whoever answers in its place is in this node.
    scheme, _, place = address.rpartition("://")
    try:
        host = urlsplit(f"//{place}").hostname or ""
    except ValueError:
        host = ""
    if scheme != "tls" and not is_loopback(host):
        raise RefusedByPolicy(
            f"--cluster {address}: whoever answers there can run anything here; reach it over tls://, with "
            "certificates in the configuration of Dask, or on this machine"
        )


def _runner_of(client: Any) -> Runner:
    def run(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        futures = client.map(function, list(tasks), pure=False)
        return (future.result() for future in futures)

    return run
