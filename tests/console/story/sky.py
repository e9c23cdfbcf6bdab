"""The sky of the story: invented, small, and watched once."""

import time
from pathlib import Path

from baken.cli.run import watch_of
from baken.operations.keep_sky import keep_sky
from baken.operations.watch import turn
from baken.wiring.plugins import detectors
from baken.wiring.readers import THE_NODE
from baken.wiring.skies import simulated_sky
from baken.wiring.stores import open_evidence
from baken.wiring.workers import threads
from tests.console.story.homes import NOW_TAI_NS

N_OBJECTS = 8_000
DAYS = 3.0


def watch(home: Path) -> None:
    """Watch an invented sky, and keep it with what was seen."""
    sky = simulated_sky(now_tai_ns=NOW_TAI_NS, n_objects=N_OBJECTS)
    with open_evidence(home, THE_NODE) as (store, _), threads(2) as run:
        store.name_node("NL")
        turn(
            watch_of(sky, DAYS),
            detectors(),
            store,
            run=run,
            at_tai_ns=NOW_TAI_NS,
            stopwatch=time.perf_counter,
        )
        keep_sky(store, sky.catalogue, sky.past, at_tai_ns=NOW_TAI_NS)
