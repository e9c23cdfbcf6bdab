"""What every contender is asked, what it answers, and how it is asked: in a process of its own."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

SECONDS_A_DAY = 86_400.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Task:
    """A catalogue file, an interval and a miss distance."""

    catalogue: Path
    start_utc: np.datetime64
    span_s: float
    miss_m: float

    def arguments(self) -> list[str]:
        return [str(self.catalogue), str(self.start_utc), str(self.span_s), str(self.miss_m)]


@dataclass(frozen=True, slots=True)
class Found:
    """The encounters one contender found, by catalogue number, and what it says of itself."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    tca_s: npt.NDArray[np.float64]
    miss_m: npt.NDArray[np.float64]
    objects: int
    screening_s: float
    remarks: dict[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process used, by the operating system's account."""

    wall_s: float
    cpu_s: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Run:
    """One contender's answer, over which span, and at what cost."""

    found: Found
    span_s: float
    cost: Cost

    @property
    def days(self) -> float:
        return self.span_s / SECONDS_A_DAY


@dataclass(slots=True)
class Stopwatch:
    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    watch, begin = Stopwatch(), time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - begin


def in_a_process(
    program: str, arguments: Sequence[str], environment: dict[str, str] | None = None
) -> tuple[bytes, Cost]:
    """Run a program of Python, and return what it wrote to standard output and what it cost.

    Raises: RuntimeError when it fails.
    """
    with TemporaryDirectory() as folder:
        said, peak = Path(folder) / "stdout", Path(folder) / "peak"
        to_file = (os.POSIX_SPAWN_OPEN, 1, str(said), os.O_WRONLY | os.O_CREAT, 0o600)
        around = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
        command = [sys.executable, "-m", "benchmarks.rivals.measured", str(peak), program, *arguments]
        with stopwatch() as wall:
            process = os.posix_spawn(sys.executable, command, around, file_actions=[to_file])
            _, status, usage = os.wait4(process, 0)
        if status != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
        cost = Cost(wall.seconds, usage.ru_utime + usage.ru_stime, int(peak.read_text()))
        return said.read_bytes(), cost


def run_module(module: str, task: Task) -> Run:
    """Run a contender that is a module of this folder."""
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.npz"
        _, cost = in_a_process(module, [*task.arguments(), str(answer)])
        return Run(_read_answer(answer), task.span_s, cost)


def contend(screen: Callable[[Task], Found]) -> None:
    """Be such a contender: read the task from the command line, leave the answer where it says."""
    catalogue, start, span_s, miss_m, answer = sys.argv[1:]
    found = screen(Task(Path(catalogue), np.datetime64(start, "ns"), float(span_s), float(miss_m)))
    said = {"objects": found.objects, "screening_s": found.screening_s, "remarks": found.remarks}
    np.savez(
        answer,
        first=found.first,
        second=found.second,
        tca_s=found.tca_s,
        miss_m=found.miss_m,
        said=np.array(json.dumps(said)),
    )


def _read_answer(path: Path) -> Found:
    with np.load(path) as answer:
        said = json.loads(str(answer["said"]))
        return Found(answer["first"], answer["second"], answer["tca_s"], answer["miss_m"], **said)
