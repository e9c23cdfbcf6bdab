"""Does nobody but a cluster that proves who it is get to work for this node?"""

import pytest

from baken.errors import RefusedByPolicy
from baken.wiring import workers
from baken.wiring.workers import cluster


@pytest.mark.parametrize(
    "address",
    [
        "tcp://10.0.0.1:8786",
        "10.0.0.1:8786",
        "scheduler.example:8786",
        "tcp://[::2]:1",
        "ucx://x:1",
        "",
        "[::1",
    ],
)
def test_a_cluster_that_anybody_could_be_is_refused_before_it_is_called(address: str) -> None:
    with pytest.raises(RefusedByPolicy, match="can run anything here"), cluster(address):
        pass


@pytest.mark.parametrize("address", ["tls://10.0.0.1:1", "tcp://127.0.0.1:1", "localhost:1", "tcp://[::1]:1"])
def test_a_cluster_on_this_machine_or_over_tls_may_be_called(address: str) -> None:
    workers._refuse_unproved(address)
