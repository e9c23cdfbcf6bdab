"""Reads a conjunction database of NASA CARA's EventRate tool: every update of one satellite's encounters.

It holds, for each update, when it was made, when closest approach falls, and the probability for 41 hard-body
radii.  It holds no miss and no covariance.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.io

FILE = Path("conjunction") / "OCMDB_43617_test_PcTable.mat"
# Columns of the table, counted from 0; see the field definitions beside the file.
SECONDARY, CREATED_DAY, TCA_DAY, LEFT_DAY = 1, 23, 24, 25
FIRST_PROBABILITY, N_RADII = 26, 41
# CARA's usual radius for a satellite whose size is not told; the file does not say how large this one is.
HARD_BODY_RADIUS_M = 20.0
# Updates of one encounter differ by seconds; the next encounter of a pair is half a revolution away.
SAME_ENCOUNTER_DAY = 10.0 / 1440.0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class History:
    """The updates of one encounter, oldest first."""

    secondary: int
    created_day: Floats
    tca_day: float
    left_day: Floats
    probability: Floats


def read_histories(data: Path) -> tuple[list[History], Floats]:
    """Return the histories, by secondary and time, and the instants at which anything was screened."""
    content = scipy.io.loadmat(data / FILE, squeeze_me=True, struct_as_record=False)
    table, radius_m = content["DBTable"], np.asarray(content["PcTable"].HBR, float)
    table = table[np.lexsort((table[:, TCA_DAY], table[:, SECONDARY]))]
    starts = (np.diff(table[:, SECONDARY]) != 0.0) | (np.diff(table[:, TCA_DAY]) > SAME_ENCOUNTER_DAY)
    parts = np.split(table, np.flatnonzero(starts) + 1)
    return [_history(part, radius_m) for part in parts], np.unique(table[:, CREATED_DAY])


def _history(part: Floats, radius_m: Floats) -> History:
    rows = part[np.argsort(part[:, CREATED_DAY], kind="stable")]
    curves = rows[:, FIRST_PROBABILITY : FIRST_PROBABILITY + N_RADII]
    return History(
        secondary=int(rows[0, SECONDARY]),
        created_day=rows[:, CREATED_DAY],
        tca_day=float(rows[-1, TCA_DAY]),
        left_day=rows[:, LEFT_DAY],
        probability=curves[:, np.argmin(np.abs(radius_m - HARD_BODY_RADIUS_M))],
    )
