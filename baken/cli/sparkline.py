"""A row of figures as a row of blocks, for a terminal."""

import math
from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
MISSING = "·"
LEAST, WIDEST = 1e-10, 10


def sparkline(values: Sequence[float | None]) -> str:
    """Return the last ten figures as blocks, higher for more orders of magnitude; a missing one is a dot.

    >>> sparkline([1e-7, 1e-6, None, 1e-4]), sparkline([3.0]), sparkline([None])
    ('▁▃·█', '▄', '·')
    """
    levels = [None if value is None else math.log10(max(value, LEAST)) for value in values[-WIDEST:]]
    told = [level for level in levels if level is not None]
    least, most = min(told, default=0.0), max(told, default=0.0)
    return "".join(MISSING if level is None else _block(level, least, most) for level in levels)


def _block(level: float, least: float, most: float) -> str:
    if most == least:
        return BLOCKS[len(BLOCKS) // 2 - 1]
    return BLOCKS[round((level - least) / (most - least) * (len(BLOCKS) - 1))]
