"""Orekit's two-dimensional probabilities of collision, called through JPype."""

from collections.abc import Callable

import numpy as np

from benchmarks.rivals.contest import stopwatch

PACKAGE = "org.orekit.ssa.collision.shorttermencounter.probability.twod."


def start_java() -> None:
    """Start the Java of the bench dependencies; once in a process."""
    import orekit_jpype

    orekit_jpype.initVM()


def twod(name: str) -> Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
    """Return a method of Orekit with the call of ``foster_1992``: NaN where Orekit throws.

    It throws where its own sum leaves the range from 0 to 1, by a rounding below nought for one.
    """
    import jpype

    method = jpype.JClass(PACKAGE + name)()
    refusal = jpype.JClass("org.hipparchus.exception.MathIllegalArgumentException")

    def one(row: list[float]) -> float:
        try:
            return float(method.compute(*row).getValue())
        except refusal:
            return np.nan

    def probabilities(miss_m: np.ndarray, sigma_m: np.ndarray, radius_m: np.ndarray) -> np.ndarray:
        rows = np.column_stack([miss_m, sigma_m, radius_m]).tolist()
        return np.array([one(row) for row in rows])

    return probabilities


def seconds_a_call(n: int) -> float:
    """Return what a call of Java costs that does nothing to speak of: two of them, as above."""
    import jpype

    largest = jpype.JClass("java.lang.Math").max
    with stopwatch() as watch:
        for i in range(n):
            largest(float(i), 1.0)
            largest(float(i), 2.0)
    return watch.seconds / n
