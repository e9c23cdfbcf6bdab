"""Where land is, as a picture: made once from the land mask that comes along, and kept for later runs."""

import struct
import zlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version

import numpy as np
import platformdirs

from baken.astro.arrays import Floats
from baken.errors import WrongUsage
from baken.wiring.files import write_bytes
from baken.wiring.geography import MASK_COLUMNS, MASK_ROWS, rows_of_mask

ROWS, COLUMNS = 720, 1_440  # a quarter of a degree
# One in so many rows and columns of the mask is looked at: 36 points in each cell of the picture.
EVERY = 5
SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, EIGHT_BITS = 0, 8


@cache
def land_png() -> bytes:
    """Return which part of each cell is land, from black to white, the northernmost row first.

    Reading the mask takes some seconds, so the picture is kept beside the compiled kernels.
    """
    kept = platformdirs.user_cache_path("baken") / f"land-{version('global-land-mask')}-{ROWS}.png"
    with suppress(OSError):  # None is kept yet, or this disk keeps nothing.
        return kept.read_bytes()
    made = png(land_share())
    with suppress(OSError, WrongUsage):
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(str(kept), made)
    return made


def land_share() -> Floats:
    """Return which part of each cell is land, (720, 1440)."""
    fine = np.array([row[EVERY // 2 :: EVERY] for row in rows_of_mask(EVERY)])
    points = MASK_ROWS // EVERY // ROWS, MASK_COLUMNS // EVERY // COLUMNS
    in_cells = fine.reshape(ROWS, points[0], COLUMNS, points[1])
    return np.asarray(1.0 - in_cells.mean(axis=(1, 3)))


def png(brightness: Floats) -> bytes:
    """Return a grey picture of numbers from 0 to 1, the top row first.

    Source: W3C, Portable Network Graphics (3rd ed.), sections 5 and 11.2.
    """
    rows = np.rint(255.0 * brightness).astype(np.uint8)
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", rows.shape[1], rows.shape[0], EIGHT_BITS, GREY, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
