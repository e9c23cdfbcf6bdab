"""The one place where Python is compiled: machine code that is kept, and lets go of the interpreter."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """Compile a function over arrays and floats the first time it is called, and keep the result on disk.

    Compiled functions let go of the interpreter's lock, so threads run them side by side.
    ``fastmath`` stays off: it removes the checks for NaN by which a bad row is known.  Division is IEEE's, as
    in NumPy: a bad row is an infinity or a NaN, never an exception.
    """
    return cast(Kernel, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
