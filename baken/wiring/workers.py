"""Who does the work: this thread, several threads of this machine, or a cluster."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from baken.errors import OutsideServiceFailed, WrongUsage
from baken.records.event import Runner
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

    Raises: OutsideServiceFailed when nobody answers there.
    """
    from distributed import Client, WorkerPlugin

    class SettledWorker(WorkerPlugin):
        """Makes every worker, also one that joins late, keep compiled kernels where this node does."""

        name = "baken-compiler-cache"

        def setup(self, worker: object) -> None:  # noqa: ARG002
            settle_compiler_cache()

    try:
        client: Any = Client(address, timeout=CLUSTER_ANSWERS_WITHIN_S)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise OutsideServiceFailed(
            f"no Dask scheduler answered at {address}; start one with 'dask scheduler' or leave --cluster out"
        ) from error
    try:
        client.register_plugin(SettledWorker())
        yield _runner_of(client)
    finally:
        client.close()


def _runner_of(client: Any) -> Runner:
    def run(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        futures = client.map(function, list(tasks), pure=False)
        return (future.result() for future in futures)

    return run
