"""astroz, a screening library in Zig, asked through its own public door.

It reads OMM in JSON, so the catalogue is handed to it that way, outside its time.  ``STEP_MINUTES`` is the
quickest of 1, 1/2, 1/3, 1/4 and 1/6 on the catalogue of 2024-11-01; its own default, one minute, is slower.
"""

from datetime import UTC, datetime

import astroz
import numpy as np

from benchmarks.rivals.contest import Found, Task, contend, stopwatch

STEP_MINUTES = 0.5


def screen(task: Task) -> Found:
    sky = astroz.Constellation(str(task.catalogue))
    with stopwatch() as screening:
        met = astroz.screen(
            sky,
            task.span_s / 60.0,
            threshold=task.miss_m / 1e3,
            step=STEP_MINUTES,
            start_time=datetime.fromtimestamp(task.start_utc.astype("datetime64[s]").astype(int), UTC),
        )
    numbers = np.array(sky.satnums)
    return Found(
        first=numbers[met.i],
        second=numbers[met.j],
        tca_s=met.time * 60.0,
        miss_m=met.distance * 1e3,
        objects=sky.num_satellites,
        screening_s=screening.seconds,
    )


if __name__ == "__main__":
    contend(screen)
