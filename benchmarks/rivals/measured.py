"""Run a program and leave its peak memory in a file.

The system counts the memory of the parent that started a program as the program's own.  Here is what
the program needed itself, which ``/proc`` knows as VmHWM.

    python -m benchmarks.rivals.measured PEAK_FILE MODULE[:FUNCTION] ARGUMENT...
"""

import importlib
import resource
import runpy
import sys
from pathlib import Path


def main() -> None:
    peak_file, program, *arguments = sys.argv[1:]
    sys.argv = [program, *arguments]
    try:
        _run(program)
    finally:
        Path(peak_file).write_text(str(peak_bytes()))


def _run(program: str) -> None:
    module, _, function = program.partition(":")
    if function:
        getattr(importlib.import_module(module), function)()
    else:
        runpy.run_module(module, run_name="__main__")


def peak_bytes() -> int:
    """Return the most memory this process held, in bytes."""
    try:
        status = Path("/proc/self/status").read_text()
    except FileNotFoundError:  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    main()
